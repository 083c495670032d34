//! Values of the data that rules look up in a table which has no row for them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use semantics::LookedUp;
use values::text;

use super::find::{Drift, Kind, Sides, letters};
use crate::report::{counted, nearest};
use crate::table::harmless;

/// How many values are told.
const TOLD: usize = 5;

impl Sides<'_> {
    /// One thing for each field and each table in which it is looked up.
    pub(super) fn lookups(&self) -> Vec<Drift> {
        let mut grouped: BTreeMap<(usize, &str), Vec<&LookedUp>> = BTreeMap::new();
        for one in self.looked_up {
            if let Some(field) = self.fields.iter().position(|field| field.name == one.field) {
                grouped.entry((field, &one.reference)).or_default().push(one);
            }
        }
        let told = |((field, _), places): (&(usize, &str), &Vec<&LookedUp>)| {
            [self.without_row(*field, places), self.without_record(*field, places)]
        };
        grouped.iter().flat_map(told).flatten().collect()
    }

    /// Rows that no value asks for. Only where all values are known.
    fn without_record(&self, field: usize, places: &[&LookedUp]) -> Option<Drift> {
        let (table, info) = (places.first()?, self.fields.get(field)?);
        let seen = self.survey.fields.get(field).filter(|seen| seen.present > 0 && !seen.overflowed)?;
        let asked: BTreeSet<String> = seen.values.keys().map(|value| folded(value, table)).collect();
        let unused: Vec<&str> =
            table.keys.iter().map(|key| &**key).filter(|key| !asked.contains(&folded(key, table))).collect();
        if unused.is_empty() {
            return None;
        }
        let shown: Vec<String> = unused.iter().take(TOLD).map(|key| format!("\"{}\"", harmless(key))).collect();
        let more = if unused.len() > TOLD { ", …" } else { "" };
        let rows = counted(table.keys.len() as u64, "row");
        let (count, name) = (unused.len(), &table.reference);
        let sentence =
            format!("no `{}` asks for {count} of the {rows} of `{name}`: {}{more}", info.name, shown.join(", "));
        Some(Drift::new(Kind::UnusedRow, &info.name, count as u64, sentence))
    }

    fn without_row(&self, field: usize, places: &[&LookedUp]) -> Option<Drift> {
        let (table, info) = (places.first()?, self.fields.get(field)?);
        let keys: BTreeSet<String> = table.keys.iter().map(|key| folded(key, table)).collect();
        let values = self.survey.fields.get(field)?.values.iter();
        let mut absent: Vec<(&String, &u64)> =
            values.filter(|(value, _)| !keys.contains(&folded(value, table))).collect();
        if absent.is_empty() {
            return None;
        }
        absent.sort_by_key(|(_, count)| Reverse(**count));
        let records: u64 = absent.iter().map(|(_, count)| **count).sum();
        let (name, values) = (&info.name, counted(absent.len() as u64, "value"));
        let verb = if absent.len() == 1 { "has" } else { "have" };
        let sentence =
            format!("{values} of `{name}` {verb} no row in `{}`, in {}", table.reference, counted(records, "record"));
        let mut drift = Drift::new(Kind::NoRow, name, records, sentence);
        drift.near = absent.first().and_then(|(value, _)| near(value, table));
        drift.samples = absent.iter().take(TOLD).map(|(value, count)| sample(value, **count, table)).collect();
        drift.places = places.iter().map(|one| (one.place.clone(), one.owner.clone())).collect();
        Some(drift)
    }
}

/// What of a key is compared.
fn folded(key: &str, table: &LookedUp) -> String {
    if table.exact { key.to_owned() } else { text::fold(key).to_string() }
}

fn sample(value: &str, count: u64, table: &LookedUp) -> String {
    let told = format!("\"{}\" in {}", harmless(value), counted(count, "record"));
    match near(value, table) {
        Some(near) => format!("{told}; the table has \"{}\"", harmless(&near)),
        None => told,
    }
}

/// The key that differs in blanks and signs only, or else in few letters.
fn near(value: &str, table: &LookedUp) -> Option<String> {
    let keys = || table.keys.iter().map(|key| &**key);
    keys().find(|key| letters(key) == letters(value)).or_else(|| nearest(value, keys())).map(str::to_owned)
}
