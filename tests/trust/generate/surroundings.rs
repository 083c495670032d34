//! What stands around the rules: teams, queues and people, calendars, tables of reference data.

use super::author::{Author, Reference, Target};
use super::book::Item;
use super::literal::{DATES, TEXTS};
use super::schema::{self, Field, Holds, Ty};

impl Author<'_> {
    /// Declares some of each, or none.
    pub(crate) fn surroundings(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        if self.source.once_in(2) {
            items.extend(self.people());
        }
        for name in ["office", "china"] {
            if !self.scalar && self.source.once_in(3) {
                items.push(self.calendar(name));
                self.calendars.push(name);
            }
        }
        if !self.scalar && self.source.once_in(3) {
            items.push(self.reference());
        }
        items
    }

    fn people(&mut self) -> Vec<Item> {
        let mut members = Vec::new();
        for name in ["\"ana@example.com\"", "\"bo@example.com\"", "\"cy@example.com\""] {
            let mut member = name.to_owned();
            if self.source.once_in(3) {
                member.push_str(&format!(" weight {}", self.source.between(1, 4)));
            }
            if self.source.once_in(4) {
                member.push_str(&format!(" away {}", self.source.one(&["2026-11-20", "2026-10-20..2026-12-31"])));
            }
            members.push(member);
            if self.source.once_in(3) {
                break;
            }
        }
        self.targets = [("team", "sales"), ("queue", "triage"), ("user", "director"), ("queue", "night")]
            .map(|(kind, name)| Target { kind, name })
            .into();
        let team = format!("team sales {{ {} }}", members.join(", "));
        let texts = [team.as_str(), "queue triage", "user director = \"dana@example.com\"", "queue night"];
        texts.map(Item::declaration).into()
    }

    fn calendar(&mut self, name: &str) -> Item {
        let mut lines = Vec::new();
        if self.source.once_in(2) {
            let zone = self.source.one(&["Europe/Berlin", "Asia/Shanghai", "America/New_York"]);
            lines.push(format!("time zone \"{zone}\""));
        }
        let days = self.source.one(&["mon..fri", "mon..thu", "mon, wed, fri", "sun..thu"]);
        let hours = self.source.one(&["09:00..17:30", "09:00..12:00, 13:00..17:30", "00:00..24:00", "22:00..24:00"]);
        lines.push(format!("hours {days} {hours}"));
        if self.source.once_in(3) {
            lines.push("hours sat 10:00..12:00".to_owned());
        }
        if self.source.once_in(2) {
            lines.push("holidays 2026-12-25, 2026-12-28..2026-12-31, 2026-11-19".to_owned());
        }
        if self.source.once_in(4) {
            let file = format!("{name}-holidays.csv");
            self.files.push((file.clone(), "day,what\n2026-01-01,New Year\n2026-10-26,\n".to_owned()));
            lines.push(format!("holidays from \"{file}\""));
        }
        Item::block(format!("calendar {name}"), lines)
    }

    fn reference(&mut self) -> Item {
        let columns = schema::columns(self.source);
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let mut table = format!("{}\n", names.join(","));
        for key in TEXTS.iter().filter(|text| !text.contains(['"', ','])) {
            if self.source.once_in(2) {
                let cells: Vec<String> = columns[1..].iter().map(|column| self.table_cell(column)).collect();
                let cells = cells.iter().map(|cell| format!(",{cell}")).collect::<String>();
                table.push_str(&format!("{key}{cells}\n"));
            }
        }
        self.files.push(("inventory.csv".to_owned(), table));
        let text = format!("reference inventory from \"inventory.csv\" keyed by product {}", schema::block(&columns));
        self.references.push(Reference { name: "inventory", columns });
        Item::declaration(text)
    }

    fn table_cell(&mut self, column: &Field) -> String {
        if column.may_lack() && self.source.once_in(3) {
            return String::new();
        }
        match &column.holds {
            Holds::Value(Ty::Number) => self.source.one(&["0", "15", "70", "0.5", "-3"]).to_string(),
            Holds::Value(Ty::OneOf(labels)) => self.source.one(labels).to_string(),
            Holds::Value(Ty::Date) => self.source.one(&DATES).to_string(),
            _ => self.source.one(&["Acme GmbH", "DE", "Ada"]).to_string(),
        }
    }
}
