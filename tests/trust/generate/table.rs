//! Decision tables: all policies, all kinds of cells.

use super::author::Author;
use super::book::Item;
use super::json::Json;
use super::literal::DATES;
use super::schema::Ty;
use super::words::{Phrase, Tight};

/// A row of a table.
struct Row {
    cells: Vec<String>,
    /// From when and until when it counts.
    from: Option<&'static str>,
    until: Option<&'static str>,
}

impl Row {
    fn in_force(&self) -> String {
        let day = |word, day: Option<&str>| day.map_or(String::new(), |day| format!(" {word} {day}"));
        day("from", self.from) + &day("until", self.until)
    }
}

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
        let inputs: Vec<Ty> = headings.iter().map(|(_, ty)| ty.clone()).collect();
        let rows = self.rows(policy, &inputs, &outputs);
        let name = format!("t{}", self.next_number());
        let names: Vec<String> = outputs.iter().map(|ty| self.derives(result(policy, ty))).collect();
        let headings = headings.iter().map(|(heading, _)| heading.at(Tight::Condition));
        let headings: Vec<String> = headings.chain(names.iter().map(|name| format!("=> {name}"))).collect();
        let opening = format!("table {name} for {}, {policy}", self.root);
        if self.source.once_in(3)
            && let Some(text) = in_file(&headings, &rows)
        {
            self.files.push((format!("{name}.csv"), text));
            return Item::derived(format!("{opening} from \"{name}.csv\""));
        }
        let free = matches!(policy, "unique match" | "any match" | "sum" | "min" | "max" | "count");
        let rows = rows.iter().map(|row| format!("| {} |{}", row.cells.join(" | "), row.in_force())).collect();
        Item::table(opening, format!("| {} |", headings.join(" | ")), rows, free)
    }

    fn rows(&mut self, policy: &str, inputs: &[Ty], outputs: &[Ty]) -> Vec<Row> {
        // Rows that may not disagree give the same, or are told apart by their first cell.
        let given: Vec<String> = outputs.iter().map(|ty| self.given(ty, policy)).collect();
        let mut rows = Vec::new();
        for number in 0..self.source.between(1, 5) {
            // The first row tells the type.
            let may_lack = number > 0;
            let mut cells: Vec<String> = inputs.iter().map(|ty| self.cell(ty)).collect();
            if let ("unique match", Some(first)) = (policy, cells.first_mut()) {
                *first = self.apart(&inputs[0], number);
            }
            for (ty, same) in outputs.iter().zip(&given) {
                cells.push(match policy {
                    "any match" if may_lack && self.source.once_in(5) => "missing".to_owned(),
                    "any match" => same.clone(),
                    _ if may_lack && policy != "sum" && self.source.once_in(6) => "missing".to_owned(),
                    _ => self.given(ty, policy),
                });
            }
            let from = self.day();
            let until = if from.is_none() { self.day() } else { None };
            rows.push(Row { cells, from, until });
        }
        rows
    }

    /// A day on which a row begins or ends to count; mostly none.
    fn day(&mut self) -> Option<&'static str> {
        self.source.once_in(8).then(|| self.source.one(&DATES))
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

/// The table as a file, where texts stand without quotes; none if a cell says something that would be a text there:
/// in files cells are literals, fields and what is asked of them, and nothing is computed.
fn in_file(headings: &[String], rows: &[Row]) -> Option<String> {
    let cells = || headings.iter().chain(rows.iter().flat_map(|row| &row.cells));
    let computes = |word: &str| matches!(word, "it" | "if" | "default" | "+" | "-" | "*" | "/" | "%");
    let is_text = |cell: &String| {
        cell.contains(['(', '{', '\\', '@']) || cell.contains("actor.") || cell.split(' ').any(computes)
    };
    if cells().any(is_text) {
        return None;
    }
    let in_cell = |cell: &String| Json::text(cell.replace('"', "")).cell();
    let line = |cells: &[String], rest: [&str; 2]| {
        let cells: Vec<String> = cells.iter().map(in_cell).chain(rest.map(str::to_owned)).collect();
        cells.join(",") + "\n"
    };
    let lines = rows.iter().map(|row| line(&row.cells, [row.from.unwrap_or(""), row.until.unwrap_or("")]));
    Some(line(headings, ["from", "until"]) + &lines.collect::<String>())
}
