//! The records of one source, by their keys.

use std::collections::HashMap;

use values::{Text, Value};

use super::Report;
use super::follow::Wanted;
use crate::read::{Asked, Options, Reader};
use crate::source::{Source, SourceError};

/// Records of one type with the values that are asked for.
#[derive(Debug)]
pub(super) struct Table {
    /// Which record has a key. No order of it ever shows.
    rows: HashMap<Text, u32>,
    /// How many values a record has, its key included.
    width: usize,
    /// The values, record by record.
    values: Vec<Value>,
}

impl Table {
    /// Reads a source to its end.
    pub(super) fn read(
        source: Source,
        wanted: &Wanted,
        record: &Text,
        options: Options,
    ) -> Result<(Self, Report), SourceError> {
        let asked = Asked { fields: &wanted.fields, items: &wanted.items, joins: &[] };
        let mut reader = Reader::new(source, asked, options)?;
        let (record, file, absent) = (record.clone(), reader.file().to_owned(), reader.absent_columns().to_vec());
        let mut report = Report { record, file, absent, ..Report::default() };
        let mut table = Self { rows: HashMap::new(), width: wanted.fields.len(), values: Vec::new() };
        let mut lines: Vec<u64> = Vec::new();
        for read in reader.by_ref() {
            report.records += 1;
            let input = match read? {
                Ok(input) => input,
                Err(rejected) => {
                    report.wrong += 1;
                    report.first_wrong.get_or_insert(*rejected);
                    continue;
                }
            };
            let Some(key) = input.key else { continue };
            match table.rows.get(&key) {
                Some(first) => {
                    report.repeated += 1;
                    let line = lines.get(*first as usize).copied().unwrap_or_default();
                    report.first_repeated.get_or_insert((key, line, input.line));
                }
                None => {
                    table.rows.insert(key, u32::try_from(lines.len()).unwrap_or(u32::MAX));
                    table.values.extend(input.record.values);
                    lines.push(input.line);
                }
            }
        }
        report.read_leniently = reader.take_read_leniently();
        Ok((table, report))
    }

    /// The values of the record with a key.
    pub(super) fn row(&self, key: &Text) -> Option<&[Value]> {
        let start = usize::try_from(*self.rows.get(key)?).ok()?.checked_mul(self.width)?;
        self.values.get(start..start + self.width)
    }

    /// The keys, in the order of texts.
    pub(super) fn keys(&self) -> Vec<&Text> {
        let mut keys: Vec<&Text> = self.rows.keys().collect();
        keys.sort_unstable();
        keys
    }

    /// A key that differs from another in capitals and blanks only; the first in the order of texts if there are several.
    pub(super) fn similar(&self, key: &Text) -> Option<Text> {
        let letters = |key: &str| -> String {
            key.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect()
        };
        let wanted = letters(key);
        self.rows.keys().filter(|known| letters(known) == wanted).min().cloned()
    }
}
