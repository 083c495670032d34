//! What stands in each field, counted.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use values::{Number, Type, Value};

use super::name::is_like_an_identity;
use crate::fault::{RecordFault, Wrong};
use crate::read::convert::{Convert, decode};
use crate::read::json::wrong_json;

/// Texts that stand for nothing wherever they are found.
const SENTINELS: [&str; 11] = ["", "Select", "N/A", "n/a", "#N/A", "NULL", "null", "-", "--", "?", "(blank)"];

/// Texts that stand for nothing where the field is otherwise no text; in a text they may mean what they say.
const DOUBTFUL: [&str; 11] = ["NA", "na", "NaN", "nan", "None", "none", "Unknown", "unknown", "nil", "Null", "TBD"];

/// How many different labels of a field are kept.
const LABELS: usize = 64;
/// How long a label may be, in bytes.
const LABEL_LENGTH: usize = 80;
/// How many keys of an object are looked at.
const FIELDS: usize = 2_000;
/// How many values are compared to find out whether all are different.
const DIFFERENT: usize = 4_000_000;
/// How deep records may be nested in records.
const DEPTH: usize = 5;

/// The fields of a record or of a nested one, in order of appearance.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// How many records there were.
    pub(super) records: u64,
    pub(super) fields: Vec<(String, Observed)>,
    /// Whether there are more fields than are looked at.
    pub(super) overflowed: bool,
    places: HashMap<String, usize>,
}

impl Table {
    /// Fields by the header of a CSV file.
    pub(super) fn add_columns<'c>(&mut self, columns: impl Iterator<Item = &'c str>) {
        self.fields = columns.map(|column| (column.to_owned(), Observed::named(column))).collect();
    }

    fn field(&mut self, key: &str) -> Option<&mut Observed> {
        let place = match self.places.get(key) {
            Some(&place) => place,
            None if self.fields.len() == FIELDS => {
                self.overflowed = true;
                return None;
            }
            None => {
                self.fields.push((key.to_owned(), Observed::named(key)));
                self.places.insert(key.to_owned(), self.fields.len() - 1);
                self.fields.len() - 1
            }
        };
        self.fields.get_mut(place).map(|(_, observed)| observed)
    }
}

/// What was found in one field, or among the members of its lists.
#[derive(Debug, Default)]
pub(super) struct Observed {
    pub(super) truths: u64,
    pub(super) numbers: u64,
    pub(super) texts: Texts,
    pub(super) lists: u64,
    pub(super) objects: u64,
    /// Numbers out of range, texts with half a character.
    pub(super) unreadable: u64,
    /// The smallest and the largest number.
    pub(super) range: Option<(Number, Number)>,
    /// The members of the lists.
    pub(super) members: Option<Box<Observed>>,
    /// The fields of the objects.
    pub(super) inner: Table,
    different: Option<Different>,
}

/// The values of a field as far as they are known to be different.
#[derive(Debug, Default)]
struct Different(HashSet<u64>);

impl Observed {
    fn named(name: &str) -> Self {
        Self { different: is_like_an_identity(name).then(Different::default), ..Self::default() }
    }

    /// Whether the field is named like an identity and each of `count` values is another one.
    pub(super) fn identifies(&self, count: u64) -> bool {
        self.different.as_ref().is_some_and(|different| different.0.len() as u64 == count)
    }

    fn note_difference(&mut self, value: &str) {
        let Some(Different(known)) = &mut self.different else { return };
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        if !known.insert(hasher.finish()) || known.len() > DIFFERENT {
            self.different = None;
        }
    }

    fn note_number(&mut self, number: Number) {
        let (least, most) = self.range.unwrap_or((number, number));
        self.range = Some((least.min(number), most.max(number)));
    }
}

/// The texts that were found in a field.
#[derive(Debug)]
pub(super) struct Texts {
    /// Those that are neither sentinels nor doubtful nor blank.
    pub(super) plain: u64,
    /// Cells of nothing but blanks.
    pub(super) blank: u64,
    pub(super) sentinels: BTreeMap<&'static str, u64>,
    pub(super) doubtful: BTreeMap<&'static str, u64>,
    /// Whether each plain text reads as …
    pub(super) all_numbers: bool,
    pub(super) all_truths: bool,
    pub(super) all_dates: bool,
    pub(super) all_datetimes: bool,
    /// The plain texts and how often each stands there; none when there are too many different ones.
    pub(super) labels: Option<BTreeMap<String, u64>>,
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            plain: 0,
            blank: 0,
            sentinels: BTreeMap::new(),
            doubtful: BTreeMap::new(),
            all_numbers: true,
            all_truths: true,
            all_dates: true,
            all_datetimes: true,
            labels: Some(BTreeMap::new()),
        }
    }
}

impl Texts {
    /// Every text found.
    pub(super) fn count(&self) -> u64 {
        self.plain + self.blank + sum(&self.sentinels) + sum(&self.doubtful)
    }

    fn note_label(&mut self, text: &str) {
        let Some(labels) = &mut self.labels else { return };
        if let Some(count) = labels.get_mut(text) {
            *count += 1;
        } else if labels.len() < LABELS && text.len() <= LABEL_LENGTH {
            labels.insert(text.to_owned(), 1);
        } else {
            self.labels = None;
        }
    }
}

/// How many there are in all.
pub(super) fn sum(counts: &BTreeMap<&'static str, u64>) -> u64 {
    counts.values().sum()
}

/// Puts values into tables.
pub(super) struct Observer {
    convert: Convert,
}

impl Observer {
    pub(super) const fn new(convert: Convert) -> Self {
        Self { convert }
    }

    /// The cells of a row, one for each field.
    pub(super) fn row<'c>(&self, cells: impl Iterator<Item = &'c str>, table: &mut Table) {
        table.records += 1;
        for ((_, observed), cell) in table.fields.iter_mut().zip(cells) {
            if cell.is_empty() {
            } else if cell.trim().is_empty() {
                observed.texts.blank += 1;
            } else {
                self.text(cell, cell.trim(), observed);
                observed.note_difference(cell);
            }
        }
    }

    /// A well-formed JSON object.
    pub(super) fn object(&self, text: &str, table: &mut Table) -> Result<(), Wrong> {
        self.object_at(text, table, 0)
    }

    fn object_at(&self, text: &str, table: &mut Table, depth: usize) -> Result<(), Wrong> {
        let mut json = serde_json::Deserializer::from_str(text);
        let entries = json.deserialize_map(Entries).and_then(|entries| json.end().map(|()| entries));
        let mut entries = entries.map_err(|error| wrong_json(&error))?;
        let mut keys = HashSet::new();
        if !entries.iter().all(|(key, _)| keys.insert(key.as_str())) {
            return Err(Wrong::whole(RecordFault::DuplicateKey));
        }
        drop(keys);
        table.records += 1;
        for (key, value) in entries.drain(..) {
            if let Some(observed) = table.field(&key) {
                self.json(value.get(), observed, depth)?;
            }
        }
        Ok(())
    }

    fn json(&self, json: &str, observed: &mut Observed, depth: usize) -> Result<(), Wrong> {
        match json.as_bytes().first() {
            Some(b'n') => {}
            Some(b't' | b'f') => observed.truths += 1,
            Some(b'"') => match decode(json, &Type::Text) {
                Ok(text) => {
                    self.text(&text, &text, observed);
                    observed.note_difference(&text);
                }
                Err(_) => observed.unreadable += 1,
            },
            Some(b'[') => {
                observed.lists += 1;
                let members: Vec<&RawValue> = serde_json::from_str(json).map_err(|error| wrong_json(&error))?;
                let inner = observed.members.get_or_insert_default();
                for member in members {
                    self.json(member.get(), inner, DEPTH)?;
                }
            }
            Some(b'{') => {
                observed.objects += 1;
                if depth < DEPTH {
                    self.object_at(json, &mut observed.inner, depth + 1)?;
                }
            }
            _ => match self.convert.json_as(json, &Type::Number) {
                Ok(Value::Number(number)) => {
                    observed.numbers += 1;
                    observed.note_number(number);
                    observed.note_difference(json);
                }
                _ => observed.unreadable += 1,
            },
        }
        Ok(())
    }

    /// A text that is not empty as a cell; `label` is what it is among labels.
    fn text(&self, text: &str, label: &str, observed: &mut Observed) {
        let texts = &mut observed.texts;
        for (known, counts) in [(&SENTINELS, &mut texts.sentinels), (&DOUBTFUL, &mut texts.doubtful)] {
            if let Some(known) = known.iter().find(|known| **known == text) {
                *counts.entry(known).or_default() += 1;
                return;
            }
        }
        texts.plain += 1;
        texts.note_label(label);
        let fits = |ty: &Type| self.convert.cell_as(text, ty).ok();
        texts.all_truths = texts.all_truths && is_word(label) && fits(&Type::Truth).is_some();
        texts.all_dates = texts.all_dates && fits(&Type::Date).is_some();
        texts.all_datetimes = texts.all_datetimes && fits(&Type::DateTime).is_some();
        texts.all_numbers = texts.all_numbers && is_plain_number(label);
        if texts.all_numbers
            && let Some(Value::Number(number)) = fits(&Type::Number)
        {
            observed.note_number(number);
        } else {
            texts.all_numbers = false;
        }
    }
}

/// Zeros and ones are left to be numbers.
fn is_word(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// Whether a text that reads as a number is likely to be one: `007` and `12E4` are codes.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_padded = digits.starts_with('0') && digits.len() > 1 && !digits.starts_with("0.");
    !is_padded && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// The keys and values of an object in written order.
struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(entries)
    }
}
