//! Puts what rules say beside what the data holds.

use std::collections::BTreeMap;

use diagnostics::Place;
use records::survey::Survey;
use semantics::{Compared, LookedUp};
use values::Type;
use values::probe::Probe;
use vm::program::Field;

use super::links::Followed;
use super::wording;
use crate::report::{counted, nearest};

/// What both sides say.
pub(super) struct Sides<'s> {
    pub(super) fields: &'s [Field],
    /// Whether a `record` block declares the type.
    pub(super) declared: bool,
    pub(super) asked: &'s [Compared],
    pub(super) looked_up: &'s [LookedUp],
    pub(super) followed: &'s Followed,
    pub(super) survey: &'s Survey,
}

/// What kind of thing does not fit, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    NeverOccurs,
    NoRow,
    BrokenLink,
    WrongType,
    NotDeclaredLabel,
    RequiredMissing,
    NeverThere,
    RepeatedKey,
    Source,
    AlwaysHolds,
    ListMembers,
    UnusedRow,
    UnusedLabel,
    UndeclaredField,
}

/// One thing that does not fit.
pub(super) struct Drift {
    pub(super) kind: Kind,
    pub(super) field: String,
    /// What there is to say, in one sentence.
    pub(super) sentence: String,
    /// How many records it concerns.
    pub(super) count: u64,
    /// Where rules say it, and in which of them.
    pub(super) places: Vec<(Place, String)>,
    /// Examples from the data.
    pub(super) samples: Vec<String>,
    /// What the data has that is near.
    pub(super) near: Option<String>,
}

impl Drift {
    pub(super) fn new(kind: Kind, field: &str, count: u64, sentence: String) -> Self {
        let (places, samples) = (Vec::new(), Vec::new());
        Self { kind, field: field.to_owned(), sentence, count, places, samples, near: None }
    }
}

/// All that does not fit, the most important first; `beyond` does not fit the records that references lead to.
pub(super) fn drift(sides: &Sides<'_>, beyond: Vec<Drift>) -> Vec<Drift> {
    let mut found = sides.comparisons();
    found.extend(beyond);
    found.extend(sides.lookups());
    found.extend(sides.links());
    for place in 0..sides.fields.len() {
        sides.field(place, &mut found);
    }
    sides.keys(&mut found);
    sides.undeclared(&mut found);
    found.sort_by_key(|drift| drift.kind);
    found
}

impl Sides<'_> {
    /// Constants that no record meets, each once with all its places; conditions that every value meets.
    pub(super) fn comparisons(&self) -> Vec<Drift> {
        let mut grouped: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
        let mut lists: BTreeMap<(&str, usize), Vec<usize>> = BTreeMap::new();
        for (place, one) in self.asked.iter().enumerate() {
            let Some(field) = self.fields.iter().position(|field| field.name == one.field) else { continue };
            match &one.list {
                Some(list) => lists.entry((list, field)).or_default().push(place),
                None => grouped.entry((field, wording::probe(&one.probe))).or_default().push(place),
            }
        }
        let mut found: Vec<Drift> =
            grouped.iter().filter_map(|((field, _), asked)| self.constant(*field, asked)).collect();
        found.extend(lists.iter().filter_map(|((list, field), asked)| self.list(list, *field, asked)));
        found.sort_by(|one, other| one.places.first().map(|it| &it.0).cmp(&other.places.first().map(|it| &it.0)));
        found
    }

    fn constant(&self, field: usize, asked: &[usize]) -> Option<Drift> {
        let (seen, info) = (self.survey.fields.get(field)?, self.fields.get(field)?);
        let first = self.asked.get(*asked.first()?)?;
        let held = *self.survey.held.get(*asked.first()?)?;
        if seen.present == 0 {
            return None;
        }
        let kind = match held {
            0 => Kind::NeverOccurs,
            held if held == seen.present && is_threshold(&first.probe) => Kind::AlwaysHolds,
            _ => return None,
        };
        let mut sentence = wording::sentence(&first.probe, &info.name, held);
        let near = if held == 0 { self.near(&first.probe, field) } else { None };
        if let Some((near, count, _)) = &near {
            sentence.push_str(&format!("; the data has \"{near}\" in {}", counted(*count, "record")));
        } else if let Some(range) = wording::range(seen) {
            sentence.push_str(&format!("; its values go from {range}"));
        } else if held == 0 {
            sentence.push_str(&wording::some_values(seen));
        }
        let mut drift = Drift::new(kind, &info.name, held, sentence);
        drift.near = near.map(|(near, ..)| near);
        drift.places = self.places(asked);
        Some(drift)
    }

    /// A list of which members never occur; it is a defect only if none does.
    fn list(&self, list: &str, field: usize, asked: &[usize]) -> Option<Drift> {
        let (seen, info) = (self.survey.fields.get(field)?, self.fields.get(field)?);
        let mut all: Vec<(String, usize)> = Vec::new();
        for place in asked {
            let text = wording::constant(&self.asked.get(*place)?.probe);
            if !all.iter().any(|(known, _)| *known == text) {
                all.push((text, *place));
            }
        }
        let never: Vec<&(String, usize)> =
            all.iter().filter(|(_, place)| self.survey.held.get(*place) == Some(&0)).collect();
        if never.is_empty() || seen.present == 0 {
            return None;
        }
        let spelt_otherwise = |(_, place): &&(String, usize)| {
            self.asked.get(*place).is_some_and(|one| self.near(&one.probe, field).is_some_and(|near| near.2))
        };
        let is_defect = never.len() == all.len() || never.iter().copied().any(|one| spelt_otherwise(&one));
        let kind = if is_defect { Kind::NeverOccurs } else { Kind::ListMembers };
        let shown: Vec<&str> = never.iter().take(5).map(|(text, _)| text.as_str()).collect();
        let more = if never.len() > shown.len() { ", …" } else { "" };
        let counts = format!("{} of the {} members", never.len(), all.len());
        let occur = if never.len() == 1 { "occurs" } else { "occur" };
        let sentence = format!("{counts} of `{list}` never {occur} in `{}`: {}{more}", info.name, shown.join(", "));
        let mut drift = Drift::new(kind, &info.name, never.len() as u64, sentence);
        let near = never.iter().filter_map(|(text, place)| {
            let (near, count, _) = self.near(&self.asked.get(*place)?.probe, field)?;
            Some(format!("{text}: the data has \"{near}\" in {}", counted(count, "record")))
        });
        drift.samples = near.take(5).collect();
        let mut places = self.places(asked);
        places.dedup_by(|one, other| one.0 == other.0);
        drift.places = places;
        Some(drift)
    }

    fn places(&self, asked: &[usize]) -> Vec<(Place, String)> {
        let asked = asked.iter().filter_map(|place| self.asked.get(*place));
        asked.map(|one| (one.place.clone(), one.owner.clone())).collect()
    }

    /// The value of the data that is most like a constant, how often it is there, and whether it differs in blanks and signs
    /// only.
    fn near(&self, probe: &Probe, field: usize) -> Option<(String, u64, bool)> {
        let Probe::Equal { value: values::Value::Text(text), .. } = probe else { return None };
        let values = &self.survey.fields.get(field)?.values;
        let same = values.iter().find(|(value, _)| letters(value) == letters(text));
        let (value, count) = match same {
            Some(same) => same,
            None => values.get_key_value(nearest(text, values.keys().map(String::as_str))?)?,
        };
        Some((value.clone(), *count, same.is_some()))
    }

    /// What does not fit in one field.
    fn field(&self, place: usize, found: &mut Vec<Drift>) {
        let (Some(info), Some(seen)) = (self.fields.get(place), self.survey.fields.get(place)) else { return };
        let records = self.survey.records - self.survey.unreadable;
        let name = &*info.name;
        if seen.wrong > 0 {
            let sentence = format!(
                "{} of `{name}` {} not {}",
                counted(seen.wrong, "value"),
                is_or_are(seen.wrong),
                info.ty.with_article()
            );
            let mut drift = Drift::new(Kind::WrongType, name, seen.wrong, sentence);
            let sample = |it: &records::survey::Sample| format!("{}:{}: {}", it.file, it.line, it.value);
            drift.samples = seen.samples.iter().map(sample).collect();
            found.push(drift);
        }
        let outside: u64 = seen.outside.values().sum();
        if outside > 0 {
            let sentence =
                format!("{} of `{name}` {} none of its labels", counted(outside, "value"), is_or_are(outside));
            let mut drift = Drift::new(Kind::NotDeclaredLabel, name, outside, sentence);
            drift.samples = wording::counts(&seen.outside);
            found.push(drift);
        }
        let filled = seen.present + seen.wrong + outside;
        let is_nested = matches!(info.ty, Type::Record(_));
        if filled == 0 && (!is_nested || !seen.known) {
            found.push(self.never_there(info, seen.known));
        } else if filled < records && !is_nested && (info.key || !info.optional && info.default.is_none()) {
            let sentence = format!(
                "`{name}` is required and has no value in {} of {}",
                records - filled,
                counted(records, "record")
            );
            found.push(Drift::new(Kind::RequiredMissing, name, records - filled, sentence));
        }
        if let Type::OneOf(labels) = &info.ty
            && seen.present > 0
        {
            let never: Vec<String> = labels
                .iter()
                .filter(|label| !seen.values.contains_key(&***label))
                .map(|label| format!("\"{label}\""))
                .collect();
            if !never.is_empty() {
                let sentence = format!("of the labels of `{name}` the data never has {}", never.join(", "));
                found.push(Drift::new(Kind::UnusedLabel, name, never.len() as u64, sentence));
            }
        }
    }

    fn never_there(&self, info: &Field, known: bool) -> Drift {
        let source: Vec<&str> = info.source.iter().map(|step| &**step).collect();
        let source = source.join(".");
        let sentence = match known {
            true => format!("`{}` never has a value", info.name),
            false => format!("the data has no `{source}`"),
        };
        let mut drift = Drift::new(Kind::NeverThere, &info.name, 0, sentence);
        let names = || self.survey.undeclared.iter().map(|it| it.name.as_str());
        let near = names().find(|name| letters(name) == letters(&source)).or_else(|| nearest(&source, names()));
        if let Some(near) = near.filter(|_| !known) {
            drift.sentence.push_str(&format!("; it has `{near}`"));
            drift.near = Some(near.to_owned());
        }
        drift
    }

    fn keys(&self, found: &mut Vec<Drift>) {
        let repeated = &self.survey.repeated;
        let Some(key) = self.fields.iter().find(|field| field.key).filter(|_| repeated.records > 0) else { return };
        let sentence = format!("{} with a key that an earlier record has", counted(repeated.records, "record"));
        let mut drift = Drift::new(Kind::RepeatedKey, &key.name, repeated.records, sentence);
        drift.samples = repeated
            .first
            .iter()
            .map(|(key, first, again)| format!("\"{key}\" on line {first} and on line {again}"))
            .collect();
        found.push(drift);
    }

    fn undeclared(&self, found: &mut Vec<Drift>) {
        for undeclared in self.survey.undeclared.iter().filter(|it| self.declared && it.present > 0) {
            let name = if undeclared.name.is_empty() { "a column without a name" } else { &undeclared.name };
            let sentence = format!("`{name}` is not declared, and stands in {}", counted(undeclared.present, "record"));
            let mut drift = Drift::new(Kind::UndeclaredField, name, undeclared.present, sentence);
            drift.samples.push(format!("such as {}", undeclared.sample));
            found.push(drift);
        }
    }
}

/// Whether a question is about order, so that values may all lie on one side.
fn is_threshold(probe: &Probe) -> bool {
    matches!(probe, Probe::Ordered { .. } | Probe::Between { .. })
}

/// The letters and digits of a text, without capitals.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

const fn is_or_are(count: u64) -> &'static str {
    if count == 1 { "is" } else { "are" }
}
