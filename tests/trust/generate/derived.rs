//! Constants, lists and derived values.

use super::author::{Author, Named};
use super::book::Item;
use super::schema::Ty;
use super::value::SINGLE;
use super::words::{Phrase, Tight};

/// The types of derived values. Texts that are all known make a closed type, which `decide` has a case of its own for.
const TYPES: [Ty; 8] =
    [Ty::Truth, Ty::Number, Ty::Date, Ty::Moment, Ty::Duration, Ty::Text, Ty::Money(Some("EUR")), Ty::Number];

const GRADES: [&str; 3] = ["high", "middle", "low"];

impl Author<'_> {
    /// `let hot = 70`
    pub(crate) fn constants(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        for name in ["hot", "limit_day", "opening"] {
            if !self.source.once_in(3) {
                continue;
            }
            let ty = match name {
                "hot" => Ty::Number,
                "limit_day" => Ty::Date,
                _ => Ty::Duration,
            };
            let mut value = self.literal(&ty);
            if ty == Ty::Number && self.source.once_in(3) {
                let other = self.literal(&ty);
                value = Phrase::joined(Tight::Sum, &value, "+", &other, Tight::Product);
            }
            items.push(Item::declaration(format!("let {name} = {}", value.text)));
            self.constants.push(Named { name: name.to_owned(), ty });
        }
        items
    }

    /// `list dach = "DE", "AT"`
    pub(crate) fn named_lists(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        for (name, ty) in [("dach", Ty::Text), ("steps", Ty::Number), ("partners", Ty::Text)] {
            if !self.source.once_in(3) {
                continue;
            }
            if name == "partners" {
                let rows: Vec<String> = (0..self.length_of_list()).map(|_| self.partner()).collect();
                self.files.push(("partners.csv".to_owned(), format!("partner\n{}", rows.concat())));
                items.push(Item::declaration("list partners from \"partners.csv\""));
            } else {
                let count = self.length_of_list();
                let entries: Vec<String> = (0..count).map(|_| self.literal(&ty).at(Tight::Unary)).collect();
                items.push(Item::declaration(format!("list {name} = {}", entries.join(", "))));
            }
            self.lists.push(Named { name: name.to_owned(), ty });
        }
        items
    }

    /// How many members a list has: a few, or so many that the machine no longer compares with each.
    pub(crate) fn length_of_list(&mut self) -> usize {
        if self.source.once_in(6) { self.source.between(9, 12) } else { self.source.between(1, 4) }
    }

    fn partner(&mut self) -> String {
        let partner = self.source.one(&["Acme GmbH", "DE", "Ada", "ana@example.com"]);
        self.seen.texts.push(partner.to_owned());
        format!("{partner}\n")
    }

    /// One derived value or several.
    pub(crate) fn derived(&mut self) -> Item {
        match self.source.below(8) {
            0..=2 => self.define(),
            3 => self.decide(),
            4 => self.decide_label(),
            5 | 6 => self.score(),
            _ => self.table(),
        }
    }

    /// A new derived value, readable from now on.
    pub(crate) fn derives(&mut self, ty: Ty) -> String {
        let number = self.next_number();
        let name = format!("{}.d{number}", self.root);
        self.paths.push(Named { name: name.clone(), ty });
        name
    }

    fn define(&mut self) -> Item {
        let gathered = if self.source.once_in(3) { self.made_of_a_field() } else { None };
        let (ty, value) = gathered.unwrap_or_else(|| {
            let ty = self.source.one(&TYPES);
            let value = self.value_of_open_type(&ty, 3);
            (ty, value)
        });
        let name = self.derives(ty);
        Item::derived(format!("define {name} = {value}"))
    }

    /// A value whose type is not closed though all its texts are known.
    pub(crate) fn value_of_open_type(&mut self, ty: &Ty, depth: usize) -> String {
        let value = self.value(ty, depth);
        if *ty == Ty::Text { format!("trim({})", value.argument()) } else { value.text }
    }

    fn decide(&mut self) -> Item {
        let ty = self.source.one(&TYPES);
        let mut lines = Vec::new();
        for _ in 0..self.source.between(1, 3) {
            let condition = self.condition(2);
            lines.push(format!("when {} then {}", condition.text, self.value_of_open_type(&ty, 1)));
        }
        if !self.source.once_in(3) {
            lines.push(format!("otherwise {}", self.value_of_open_type(&ty, 1)));
        }
        let name = self.derives(ty);
        Item::block(format!("decide {name}"), lines)
    }

    /// A grade: all its values are known.
    fn decide_label(&mut self) -> Item {
        let mut lines: Vec<String> = Vec::new();
        for grade in &GRADES[..2] {
            lines.push(format!("when {} then \"{grade}\"", self.condition(2).text));
        }
        lines.push(format!("otherwise \"{}\"", GRADES[2]));
        let name = self.derives(Ty::OneOf(GRADES.into()));
        Item::block(format!("decide {name}"), lines)
    }

    fn score(&mut self) -> Item {
        let mut lines = Vec::new();
        if self.source.once_in(2) {
            lines.push(format!("start {}", self.literal(&Ty::Number).at(Tight::Sum)));
        }
        for _ in 0..self.source.between(1, 4) {
            lines.push(self.score_line());
        }
        if self.source.once_in(2) {
            let most = self.source.between(20, 100);
            lines.push(format!("limit 0..{most}"));
            self.seen.numbers.push(i64::try_from(most).expect("small") * 1_000);
        }
        let name = self.derives(Ty::Number);
        Item::block(format!("score {name}"), lines)
    }

    fn score_line(&mut self) -> String {
        let verb = self.source.one(&["add", "subtract"]);
        if self.source.once_in(3)
            && let Some(line) = self.score_of_items(verb)
        {
            return line;
        }
        let points = self.points();
        let mut line = format!("{verb} {points}");
        let always = self.source.once_in(4);
        if !always {
            line.push_str(&format!(" when {}", self.condition(1).text));
        }
        line + &self.fading()
    }

    fn points(&mut self) -> String {
        if self.source.once_in(4) {
            return self.operand(&Ty::Number, 1).at(Tight::Sum);
        }
        self.literal(&Ty::Number).at(Tight::Sum)
    }

    /// `halving every 14d since …, at most 20`
    fn fading(&mut self) -> String {
        let mut words = String::new();
        if !self.scalar && self.source.once_in(3) {
            let every = self.source.one(&["14d", "30d", "1h", "1w"]);
            let time = self.some_time();
            words.push_str(&format!(" halving every {every} since {}", self.operand(&time, 0).at(Tight::Sum)));
        }
        if self.source.once_in(4) {
            words.push_str(&format!(", at most {}", self.source.between(1, 40)));
        }
        words
    }

    /// `add 5 for each a in lead.activities where …`
    fn score_of_items(&mut self, verb: &str) -> Option<String> {
        let list = self.items.get(self.source.below(self.items.len()))?.clone();
        let known = super::fold::known("a", &list);
        Some(self.over(known, Vec::new(), |it| {
            let points = it.points();
            let condition =
                if it.source.once_in(2) { format!(" where {}", it.condition(1).text) } else { String::new() };
            format!("{verb} {points} for each a in {}{condition}{}", list.path, it.fading())
        }))
    }

    /// Types that a table can ask for or give.
    pub(crate) fn some_type(&mut self) -> Ty {
        self.source.one(&SINGLE)
    }
}
