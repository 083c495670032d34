//! Reads records for a survey: every key and every column is looked at, and nothing ends a record early.

use std::collections::BTreeMap;

use serde::de::Deserializer as _;
use serde_json::value::RawValue;
use values::{Type, Value};
use vm::program::Field;

use super::seen::{SAMPLES, Sample, shortened};
use super::{Survey, Undeclared};
use crate::fault::{RecordFault, Wrong};
use crate::infer::Entries;
use crate::read::cells::Cells;
use crate::read::convert::{Mismatch, decode};
use crate::read::json::{check_object, wrong_json};
use crate::read::{header, key_text, text_of};
use crate::source::{Layout, Source, SourceError};
use crate::split::Pieces;

/// How many fields are told that nobody declares.
const UNDECLARED: usize = 2_000;

/// The keys of an object that fields are read from.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    keys: BTreeMap<String, Key>,
}

#[derive(Clone, Debug, Default)]
struct Key {
    /// The fields that are read from it.
    fields: Vec<usize>,
    inner: Layer,
}

impl Layer {
    pub(super) fn of(fields: &[Field]) -> Self {
        let mut outer = Self::default();
        for (place, field) in fields.iter().enumerate() {
            if let Some((last, path)) = field.source.split_last() {
                let layer = path.iter().fold(&mut outer, |layer, step| &mut layer.key(step).inner);
                layer.key(last).fields.push(place);
            }
        }
        outer
    }

    fn key(&mut self, name: &str) -> &mut Key {
        self.keys.entry(name.to_owned()).or_default()
    }
}

/// Where a record stands.
struct At<'f> {
    file: &'f str,
    line: u64,
}

pub(super) fn read(survey: &mut Survey, source: Source) -> Result<(), SourceError> {
    let (file, layout) = (source.name, source.layout);
    let mut pieces = Pieces::new(source.stream, source.start, layout, survey.options.limits.record_size);
    let mut cells = Cells::default();
    let mut columns = Vec::new();
    if let Layout::Rows { separator } = layout {
        header(&file, &mut pieces, separator, &mut cells)?;
        columns = cells.iter().map(|name| survey.column(name.trim())).collect();
    }
    let layer = survey.layer.clone();
    while let Some(place) = pieces.advance().map_err(|error| SourceError::reading(&file, &error))? {
        survey.records += 1;
        let at = At { file: &file, line: place.line };
        let read = text_of(pieces.bytes(), place.end, pieces.limit()).and_then(|text| match layout {
            Layout::Rows { separator } => {
                cells.split(text, separator)?;
                if cells.len() != columns.len() {
                    return Err(Wrong::whole(RecordFault::RaggedRow));
                }
                survey.row(&cells, &columns, &at);
                Ok(())
            }
            _ => check_object(text).and_then(|()| survey.object(text, &layer, "", &at)),
        });
        survey.unreadable += u64::from(read.is_err());
    }
    Ok(())
}

/// What a column is to the record type.
enum Column {
    Fields(Vec<usize>),
    /// Its place among those that nobody declares; none where there are too many.
    Undeclared(Option<usize>),
}

impl Survey {
    fn column(&mut self, name: &str) -> Column {
        let is_read = |field: &Field| field.source.iter().map(|step| &**step).collect::<Vec<_>>().join(".") == name;
        let fields: Vec<usize> = (0..).zip(&self.asked).filter(|(_, field)| is_read(field)).map(|(at, _)| at).collect();
        for place in &fields {
            self.fields.get_mut(*place).into_iter().for_each(|seen| seen.known = true);
        }
        if fields.is_empty() { Column::Undeclared(self.undeclared(name)) } else { Column::Fields(fields) }
    }

    fn undeclared(&mut self, name: &str) -> Option<usize> {
        let known = self.undeclared.iter().position(|known| known.name == name);
        known.or_else(|| {
            (self.undeclared.len() < UNDECLARED).then(|| {
                self.undeclared.push(Undeclared { name: name.to_owned(), present: 0, sample: String::new() });
                self.undeclared.len() - 1
            })
        })
    }

    fn note_undeclared(&mut self, place: Option<usize>, value: &str) {
        if let Some(undeclared) = place.and_then(|place| self.undeclared.get_mut(place)) {
            undeclared.present += 1;
            if undeclared.present == 1 {
                undeclared.sample = shortened(value);
            }
        }
    }

    fn row(&mut self, cells: &Cells, columns: &[Column], at: &At<'_>) {
        for (column, cell) in columns.iter().zip(cells.iter()) {
            match column {
                Column::Undeclared(place) if !cell.trim().is_empty() => self.note_undeclared(*place, cell),
                Column::Undeclared(_) => {}
                Column::Fields(fields) => {
                    for place in fields {
                        let Some(field) = self.asked.get(*place) else { continue };
                        let value = self.convert.cell(cell, field);
                        self.note(*place, value, (cell, cell), at);
                    }
                }
            }
        }
    }

    fn object(&mut self, text: &str, layer: &Layer, path: &str, at: &At<'_>) -> Result<(), Wrong> {
        let mut json = serde_json::Deserializer::from_str(text);
        let entries = json.deserialize_map(Entries).and_then(|entries| json.end().map(|()| entries));
        for (key, value) in entries.map_err(|error| wrong_json(&error))? {
            let json = value.get();
            let Some(known) = layer.keys.get(&key) else {
                if json != "null" {
                    let place = self.undeclared(&format!("{path}{key}"));
                    self.note_undeclared(place, json);
                }
                continue;
            };
            for place in &known.fields {
                let Some(field) = self.asked.get(*place) else { continue };
                let value = self.convert.json(json, field);
                let text = decode(json, &Type::Text).map(String::from).unwrap_or_else(|_| json.to_owned());
                self.note(*place, value, (json, &text), at);
            }
            if known.inner.keys.is_empty() {
                continue;
            }
            if json.starts_with('{') {
                self.object(json, &known.inner, &format!("{path}{key}."), at)?;
            } else if json.starts_with('[') {
                let items: Vec<&RawValue> = serde_json::from_str(json).map_err(|error| wrong_json(&error))?;
                for item in items.iter().map(|item| item.get()).filter(|item| item.starts_with('{')) {
                    self.object(item, &known.inner, &format!("{path}{key}[]."), at)?;
                }
            }
        }
        Ok(())
    }

    /// A value of a field; `data` is how it stands in the input, and the text that it says.
    fn note(&mut self, place: usize, value: Result<Value, Mismatch>, data: (&str, &str), at: &At<'_>) {
        let (Some(field), Some(seen)) = (self.asked.get(place), self.fields.get_mut(place)) else { return };
        seen.known = true;
        match value {
            Ok(Value::Missing) => {}
            Ok(value) => {
                seen.present += 1;
                seen.note(&value);
                let asked = self.watches.iter().zip(&mut self.held).filter(|(watch, _)| watch.field == place);
                asked.for_each(|(watch, held)| *held += u64::from(watch.probe.holds(&value)));
                let Some(key) = key_text(&value) else { return };
                if field.key {
                    self.keys.note(&key, at.line, &mut self.repeated);
                }
                let links = self.links.iter_mut().filter(|links| links.field == place);
                links.for_each(|links| links.follow(&key, self.records));
            }
            Err(mismatch) if mismatch.fault == RecordFault::NotOneOf => seen.note_outside(data.1.trim()),
            Err(mismatch) => {
                seen.wrong += 1;
                if seen.samples.len() < SAMPLES {
                    let message = mismatch.sentence(&field.name);
                    let value = shortened(data.0);
                    seen.samples.push(Sample { file: at.file.to_owned(), line: at.line, value, message });
                }
            }
        }
    }
}
