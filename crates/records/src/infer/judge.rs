//! A type for each field, by what was found in it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use values::text::fold;

use super::describe::quoted;
use super::name::{snake_case, unique};
use super::observed::{FIELDS, Observed, Table, Texts, sum};

/// How many labels a `one of` may have.
const MOST_LABELS: usize = 12;
/// How often each of them must stand there, and all together.
const LEAST_EACH: u64 = 2;
const LEAST_ALL: u64 = 20;

/// A field as it will be declared.
#[derive(Debug)]
pub(super) struct Field {
    /// The name that rules will use.
    pub(super) name: String,
    /// The key or column in the data.
    pub(super) column: String,
    pub(super) kind: Kind,
    pub(super) optional: bool,
    pub(super) key: bool,
    pub(super) sentinels: Vec<&'static str>,
    /// How many records have a value.
    pub(super) present: u64,
    pub(super) remark: Option<String>,
}

/// What a field holds.
#[derive(Debug)]
pub(super) enum Kind {
    Truth,
    Number,
    Money,
    Date,
    DateTime,
    Text,
    OneOf(Vec<String>),
    List(&'static str),
    Nested(Vec<Field>),
    /// Nothing that can be declared, and why.
    LeftOut(String),
}

/// The fields of a table; the first that can be the key is.
pub(super) fn fields(table: &Table) -> Vec<Field> {
    let mut fields = inner_fields(table);
    let key = fields.iter_mut().zip(&table.fields).find(|(field, (_, observed))| {
        let is_scalar = matches!(field.kind, Kind::Text | Kind::Number);
        let is_whole = !field.optional && observed.texts.blank == 0;
        is_scalar && is_whole && table.records > 1 && observed.identifies(table.records)
    });
    if let Some((field, _)) = key {
        field.key = true;
    }
    fields
}

fn inner_fields(table: &Table) -> Vec<Field> {
    let mut taken = BTreeSet::new();
    let twice = |column: &str| table.fields.iter().filter(|(other, _)| other == column).count() > 1;
    let mut fields = Vec::new();
    for (column, observed) in &table.fields {
        let mut field = field(column, observed, table.records);
        if column.is_empty() {
            field.kind = Kind::LeftOut("it has no name".to_owned());
        } else if twice(column) {
            field.kind = Kind::LeftOut("more than one column has this name".to_owned());
        }
        field.name = unique(field.name, &mut taken);
        fields.push(field);
    }
    if table.overflowed {
        let kind = Kind::LeftOut(format!("there are more than {FIELDS} keys, and the rest was not looked at"));
        fields.push(Field { kind, ..field("…", &Observed::default(), 0) });
    }
    fields
}

fn field(column: &str, observed: &Observed, records: u64) -> Field {
    let texts = &observed.texts;
    let kind = kind(observed);
    let is_text = matches!(kind, Kind::Text | Kind::OneOf(_));
    let mut sentinels: Vec<&'static str> = texts.sentinels.keys().copied().collect();
    let mut present = observed.truths + observed.numbers + observed.lists + observed.objects + texts.plain;
    if is_text {
        present += sum(&texts.doubtful);
    } else {
        sentinels.extend(texts.doubtful.keys());
    }
    if matches!(kind, Kind::Text) {
        present += texts.blank;
    }
    let remark = remark(&kind, observed);
    Field {
        name: snake_case(column),
        column: column.to_owned(),
        kind,
        optional: present < records || !sentinels.is_empty(),
        key: false,
        sentinels,
        present,
        remark,
    }
}

/// The type that each value has; texts that stand for nothing aside.
fn kind(observed: &Observed) -> Kind {
    let texts = &observed.texts;
    let counts = [
        ("truths", observed.truths),
        ("numbers", observed.numbers),
        ("lists", observed.lists),
        ("records", observed.objects),
    ];
    let mut found = counts.iter().filter(|(_, count)| *count > 0);
    match (found.next(), found.next()) {
        _ if observed.unreadable > 0 => Kind::LeftOut(format!("{} values cannot be read", observed.unreadable)),
        (None, _) => text_kind(texts),
        (Some(_), None) if texts.plain == 0 => match counts.map(|(_, count)| count > 0) {
            [true, ..] => Kind::Truth,
            [_, true, ..] => Kind::Number,
            [_, _, true, _] => list_kind(observed.members.as_deref()),
            _ if observed.inner.fields.is_empty() => Kind::LeftOut("its records have no fields".to_owned()),
            _ => Kind::Nested(inner_fields(&observed.inner)),
        },
        _ => {
            let all = counts.into_iter().chain([("texts", texts.count())]).filter(|(_, count)| *count > 0);
            let mixed: Vec<String> = all.map(|(what, count)| format!("{count} {what}")).collect();
            Kind::LeftOut(format!("it has no one type: {}", mixed.join(", ")))
        }
    }
}

fn text_kind(texts: &Texts) -> Kind {
    match () {
        () if texts.plain == 0 => Kind::Text,
        () if texts.all_truths => Kind::Truth,
        () if texts.all_numbers => Kind::Number,
        () if texts.all_money => Kind::Money,
        () if texts.all_dates => Kind::Date,
        () if texts.all_datetimes => Kind::DateTime,
        () => labels(texts).map_or(Kind::Text, Kind::OneOf),
    }
}

fn list_kind(members: Option<&Observed>) -> Kind {
    let Some(members) = members else { return Kind::List("text") };
    let texts = &members.texts;
    let has_sentinels = !texts.sentinels.is_empty() || !texts.doubtful.is_empty();
    match kind(members) {
        Kind::Text | Kind::OneOf(_) => Kind::List("text"),
        Kind::Date if !has_sentinels => Kind::List("date"),
        Kind::DateTime if !has_sentinels => Kind::List("datetime"),
        Kind::Money if !has_sentinels => Kind::List("money"),
        Kind::Date | Kind::DateTime | Kind::Money => Kind::List("text"),
        Kind::Truth => Kind::List("true or false"),
        Kind::Number => Kind::List("number"),
        Kind::List(_) | Kind::Nested(_) | Kind::LeftOut(_) => {
            Kind::LeftOut("its lists do not hold plain values".to_owned())
        }
    }
}

/// The labels of a field that has few, the most frequent first.
fn labels(texts: &Texts) -> Option<Vec<String>> {
    let labels = spellings(texts);
    let is_small = (2..=MOST_LABELS).contains(&labels.len());
    let recurs = labels.iter().all(|(_, count)| *count >= LEAST_EACH);
    let suffices = labels.iter().map(|(_, count)| count).sum::<u64>() >= LEAST_ALL;
    (is_small && recurs && suffices && texts.labels.is_some())
        .then(|| labels.into_iter().map(|(label, _)| label).collect())
}

/// The texts with their counts, the most frequent first. Spellings that differ in case are one text, in the spelling that
/// is most frequent.
fn spellings(texts: &Texts) -> Vec<(String, u64)> {
    let doubtful = texts.doubtful.iter().map(|(&text, &count)| (text.to_owned(), count));
    let spellings = texts.labels.iter().flatten().map(|(text, &count)| (text.clone(), count)).chain(doubtful);
    let mut labels: BTreeMap<String, (String, u64, u64)> = BTreeMap::new();
    for (text, count) in spellings {
        let (spelling, most, all) = labels.entry(fold(&text)).or_default();
        *all += count;
        if count > *most {
            (*spelling, *most) = (text, count);
        }
    }
    let mut labels: Vec<(String, u64)> = labels.into_values().map(|(spelling, _, all)| (spelling, all)).collect();
    labels.sort_by_key(|(_, count)| Reverse(*count));
    labels
}

/// More about the values, for a comment.
fn remark(kind: &Kind, observed: &Observed) -> Option<String> {
    match kind {
        Kind::Number => observed.range.map(|(least, most)| format!("{least} to {most}")),
        Kind::Text | Kind::OneOf(_) => {
            observed.texts.labels.as_ref().filter(|labels| !labels.is_empty())?;
            let labels = spellings(&observed.texts);
            let noun = if labels.len() == 1 { "value" } else { "values" };
            let shown = most_frequent(&labels);
            let colon = if shown.is_empty() { "" } else { ": " };
            Some(format!("{} {noun}{colon}{shown}", labels.len()))
        }
        _ => None,
    }
}

/// The first of the labels, with their counts; none if no label recurs.
fn most_frequent(labels: &[(String, u64)]) -> String {
    const SHOWN: usize = 3;
    let recurring = labels.iter().filter(|(_, count)| *count > 1).take(SHOWN);
    let mut shown = recurring.map(|(label, count)| format!("{} {count}", quoted(label))).collect::<Vec<_>>().join(", ");
    if labels.len() > SHOWN && !shown.is_empty() {
        shown.push_str(", …");
    }
    shown
}
