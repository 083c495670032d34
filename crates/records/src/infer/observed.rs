//! What was found in each field, counted.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use values::Number;

use super::name::is_like_an_identity;

/// How many different labels of a field are kept.
const LABELS: usize = 64;
/// How long a label may be, in bytes.
const LABEL_LENGTH: usize = 80;
/// How many keys of an object are looked at.
pub(super) const FIELDS: usize = 2_000;
/// How many values are compared to find out whether all are different.
const DIFFERENT: usize = 4_000_000;

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

    pub(super) fn field(&mut self, key: &str) -> Option<&mut Observed> {
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
    pub(super) fn named(name: &str) -> Self {
        Self { different: is_like_an_identity(name).then(Different::default), ..Self::default() }
    }

    /// Whether the field is named like an identity and each of `count` values is another one.
    pub(super) fn identifies(&self, count: u64) -> bool {
        self.different.as_ref().is_some_and(|different| different.0.len() as u64 == count)
    }

    pub(super) fn note_difference(&mut self, value: &str) {
        let Some(Different(known)) = &mut self.different else { return };
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        if !known.insert(hasher.finish()) || known.len() > DIFFERENT {
            self.different = None;
        }
    }

    pub(super) fn note_number(&mut self, number: Number) {
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
    pub(super) all_money: bool,
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
            all_money: true,
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

    pub(super) fn note_label(&mut self, text: &str) {
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
