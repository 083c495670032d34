//! What does not fit, for people and for programs.

use diagnostics::Place;
use records::survey::Survey;
use serde_json::{Value, json};

use super::find::{Drift, Kind};
use crate::load::Rulebook;
use crate::table::harmless;
use crate::terminal::Terminal;

/// How many things of a kind are shown to people.
const SHOWN: usize = 20;
/// How many places of one thing are shown.
const PLACES: usize = 3;

/// A report in groups, the most important first.
pub(super) fn for_people(drift: &[Drift], rulebook: &Rulebook, terminal: Terminal) -> String {
    let mut text = String::new();
    let mut rest = drift;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|drift| drift.kind == first.kind).count();
        let (group, others) = rest.split_at(count);
        rest = others;
        text.push_str(&format!("{}\n\n", terminal.heading(first.kind.heading())));
        for drift in group.iter().take(SHOWN) {
            write_one(&mut text, drift, rulebook);
        }
        if group.len() > SHOWN {
            text.push_str(&format!("  … and {} more; `--format json` tells all\n", group.len() - SHOWN));
        }
        text.push('\n');
    }
    text
}

fn write_one(text: &mut String, drift: &Drift, rulebook: &Rulebook) {
    text.push_str(&format!("  {}\n", harmless(&drift.sentence)));
    for sample in &drift.samples {
        text.push_str(&format!("      {}\n", harmless(sample)));
    }
    for (place, owner) in drift.places.iter().take(PLACES) {
        let spot = spot(place, rulebook);
        text.push_str(&format!("    {}:{}:{}  in {owner}\n", spot.file, spot.line, spot.column));
        let blank = " ".repeat(spot.code.chars().take(spot.from).count());
        text.push_str(&format!("      {}\n      {blank}{}\n", harmless(&spot.code), "~".repeat(spot.width.max(1))));
    }
    if drift.places.len() > PLACES {
        text.push_str(&format!("    … and in {} more places\n", drift.places.len() - PLACES));
    }
}

/// A place as people look for it.
struct Spot {
    file: String,
    line: usize,
    column: usize,
    /// The line, without what indents it.
    code: String,
    /// How many letters of it stand before the place, and how many the place has on this line.
    from: usize,
    width: usize,
}

fn spot(place: &Place, rulebook: &Rulebook) -> Spot {
    let (file, text) = rulebook.file(&place.file).unwrap_or((&place.file, ""));
    let before = text.get(..place.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    let column = text.get(start..place.start).unwrap_or_default().chars().count();
    let said = text.get(place.start..place.end).unwrap_or_default().lines().next().unwrap_or_default();
    Spot {
        file: file.to_owned(),
        line: before.matches('\n').count() + 1,
        column: column + 1,
        code: line.trim().to_owned(),
        from: column.saturating_sub(indent),
        width: said.chars().count(),
    }
}

/// The same as one JSON object.
pub(super) fn for_programs(drift: &[Drift], rulebook: &Rulebook, record: &str, survey: &Survey) -> String {
    let found: Vec<Value> = drift.iter().map(|drift| one(drift, rulebook)).collect();
    let report = json!({
        "type": record,
        "records": survey.records,
        "unreadable": survey.unreadable,
        "found": found,
    });
    format!("{report:#}\n")
}

fn one(drift: &Drift, rulebook: &Rulebook) -> Value {
    let places = drift.places.iter().map(|(place, owner)| {
        let spot = spot(place, rulebook);
        json!({"file": spot.file, "line": spot.line, "column": spot.column, "in": owner})
    });
    let mut one = json!({
        "kind": drift.kind.name(),
        "field": drift.field,
        "count": drift.count,
        "message": drift.sentence,
    });
    if let Value::Object(entries) = &mut one {
        let places: Vec<Value> = places.collect();
        entries.extend((!places.is_empty()).then(|| ("places".to_owned(), Value::Array(places))));
        entries.extend((!drift.samples.is_empty()).then(|| ("samples".to_owned(), json!(drift.samples))));
        entries.extend(drift.near.as_ref().map(|near| ("near".to_owned(), json!(near))));
    }
    one
}

impl Kind {
    const fn heading(self) -> &'static str {
        match self {
            Self::NeverOccurs => "What rules compare with and the data never has",
            Self::NoRow => "Values that are looked up and have no row",
            Self::BrokenLink => "References to records that are not there",
            Self::WrongType => "Values of another type: each is a fault where a rule asks for it",
            Self::NotDeclaredLabel => "Values outside `one of`: each is a fault where a rule asks for it",
            Self::RequiredMissing => "Required fields without a value: each is a fault",
            Self::NeverThere => "Fields that the data does not have",
            Self::RepeatedKey => "Keys that stand twice",
            Self::Source => "Records that references cannot lead to",
            Self::AlwaysHolds => "Conditions that hold for every value",
            Self::ListMembers => "Members of lists that the data never has",
            Self::UnusedRow => "Rows of reference data that no record asks for",
            Self::UnusedLabel => "Labels that the data never has",
            Self::UndeclaredField => "Fields of the data that are not declared",
        }
    }

    /// The name for programs, which stays as it is.
    const fn name(self) -> &'static str {
        match self {
            Self::NeverOccurs => "never-occurs",
            Self::NoRow => "no-row",
            Self::BrokenLink => "broken-link",
            Self::WrongType => "wrong-type",
            Self::NotDeclaredLabel => "not-one-of",
            Self::RequiredMissing => "required-missing",
            Self::NeverThere => "never-there",
            Self::RepeatedKey => "repeated-key",
            Self::Source => "source",
            Self::AlwaysHolds => "always-holds",
            Self::ListMembers => "list-members",
            Self::UnusedRow => "unused-row",
            Self::UnusedLabel => "unused-label",
            Self::UndeclaredField => "undeclared-field",
        }
    }
}
