//! Decision tables: all policies, all kinds of cells.

use super::author::Author;
use super::book::Item;
use super::literal::DATES;
use super::schema::Ty;
use super::words::{Phrase, Tight};

const POLICIES: [&str; 8] = ["first match", "unique match", "any match", "collect", "sum", "min", "max", "count"];

impl Author<'_> {
    pub(crate) fn table(&mut self) -> Item {
        let policy = self.source.one(&POLICIES);
        let mut headings: Vec<(Phrase, Ty)> = Vec::new();
        for _ in 0..self.source.between(1, 3) {
            let types = self.readable_types();
            let ty = self.source.one(&types);
            headings.push((self.operand(&ty, 1), ty));
        }
        let outputs: Vec<Ty> = (0..self.source.between(1, 2)).map(|_| self.output(policy)).collect();
        let count = self.source.between(1, 5);
        // Rows that may not disagree give the same, or are told apart by their first cell.
        let given: Vec<String> = outputs.iter().map(|ty| self.given(ty, policy)).collect();
        let mut rows = Vec::new();
        for number in 0..count {
            // The first row tells the type.
            let may_lack = number > 0;
            let mut cells: Vec<String> = headings.iter().map(|(_, ty)| self.cell(ty)).collect();
            if let ("unique match", Some(first)) = (policy, cells.first_mut()) {
                *first = self.apart(&headings[0].1, number);
            }
            for (ty, same) in outputs.iter().zip(&given) {
                cells.push(match policy {
                    "any match" if may_lack && self.source.once_in(5) => "missing".to_owned(),
                    "any match" => same.clone(),
                    _ if may_lack && policy != "sum" && self.source.once_in(6) => "missing".to_owned(),
                    _ => self.given(ty, policy),
                });
            }
            rows.push(format!("| {} |{}", cells.join(" | "), self.in_force()));
        }
        let number = self.next_number();
        let names: Vec<String> = outputs.iter().map(|ty| self.derives(result(policy, ty))).collect();
        let headings = headings.iter().map(|(heading, _)| heading.at(Tight::Condition));
        let headings: Vec<String> = headings.chain(names.iter().map(|name| format!("=> {name}"))).collect();
        let head = format!("| {} |", headings.join(" | "));
        let free = matches!(policy, "unique match" | "any match" | "sum" | "min" | "max" | "count");
        Item::table(format!("table t{number} for {}, {policy}", self.root), head, rows, free)
    }

    fn output(&mut self, policy: &str) -> Ty {
        match policy {
            "sum" => Ty::Number,
            "min" | "max" => self.source.one(&[Ty::Number, Ty::Date, Ty::Duration]),
            _ => match self.some_type() {
                Ty::Exact => Ty::Text,
                other => other,
            },
        }
    }

    /// What a row gives. Where values are added up they are written down, so that their order does not matter.
    fn given(&mut self, ty: &Ty, policy: &str) -> String {
        match self.source.below(3) {
            2 if policy != "sum" => self.value_of_open_type(ty, 1),
            _ if *ty == Ty::Text => format!("trim({})", self.literal(ty).text),
            _ => self.literal(ty).text,
        }
    }

    /// From when and until when a row counts.
    fn in_force(&mut self) -> String {
        match self.source.below(8) {
            0..=5 => String::new(),
            6 => format!(" from {}", self.source.one(&DATES)),
            _ => format!(" until {}", self.source.one(&DATES)),
        }
    }

    /// What a row asks of a value.
    fn cell(&mut self, ty: &Ty) -> String {
        match self.source.below(10) {
            0..=2 => "any".to_owned(),
            3 | 4 => self.entry(ty),
            5 => {
                let entries: Vec<String> = (0..self.source.between(1, 3)).map(|_| self.entry(ty)).collect();
                entries.join(", ")
            }
            6 => format!("not {}", self.entry(ty)),
            7 => "missing".to_owned(),
            8 => self.test_of(&Phrase::whole("it"), ty, 1).text,
            _ => self.operand(ty, 0).at(Tight::Sum),
        }
    }

    fn entry(&mut self, ty: &Ty) -> String {
        let ordered = matches!(ty, Ty::Number | Ty::Date | Ty::Moment | Ty::Duration | Ty::Money(_));
        let named: Vec<String> = self.lists.iter().filter(|list| list.ty == *ty).map(|it| it.name.clone()).collect();
        match self.source.below(5) {
            0 | 1 => self.literal(ty).at(Tight::Unary),
            2 if ordered => format!("{}..{}", self.literal(ty).at(Tight::Unary), self.literal(ty).at(Tight::Unary)),
            3 if ordered => {
                let sign = self.source.one(&[">=", "<", ">", "<=", "!="]);
                format!("{sign} {}", self.literal(ty).at(Tight::Sum))
            }
            4 if !named.is_empty() => format!("in {}", self.source.one(&named)),
            _ => self.literal(ty).at(Tight::Unary),
        }
    }

    /// A cell that no two rows have in common.
    fn apart(&mut self, ty: &Ty, number: usize) -> String {
        match ty {
            Ty::Number => format!("{}..<{}", number * 20, number * 20 + 20),
            Ty::Money(Some(currency)) => format!("{} {currency}..<{} {currency}", number * 20, number * 20 + 20),
            Ty::OneOf(labels) => labels.get(number).map_or("missing".to_owned(), |label| format!("\"{label}\"")),
            Ty::Truth => ["true", "false", "missing"][number.min(2)].to_owned(),
            Ty::Date => format!("2026-{:02}-01..2026-{:02}-28", number + 1, number + 1),
            _ => self.test_of(&Phrase::whole("it"), ty, 1).text,
        }
    }
}

/// The type of what a policy makes of what rows give.
fn result(policy: &str, given: &Ty) -> Ty {
    match policy {
        "collect" => Ty::List(Box::new(given.clone())),
        "count" => Ty::Number,
        _ => given.clone(),
    }
}
