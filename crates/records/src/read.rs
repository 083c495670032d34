//! Records, one by one: from the text of a record to the values that a program asks for. Start with [`Reader`].
//!
//! A record passes these stations, and leaves at the first where it is wrong:
//!
//! ```text
//! a piece of text ─▶ UTF-8? nesting? ─▶ JSON object / row of cells ─▶ each field's value by its type ─▶ complete?
//! ```

pub(crate) mod cells;
mod columns;
pub(crate) mod convert;
mod envelope;
mod filling;
pub(crate) mod json;
mod links;
mod meant;
mod shape;

use std::sync::Arc;

use jiff::tz::TimeZone;
use limits::{Limit, Limits};
use values::Text;
use vm::program::{Decision, Field, Items, Join};

use crate::fault::{Raw, RecordFault, Rejected, Wrong};
use crate::join::{Broken, Joined};
use crate::source::{Layout, Source, SourceError};
use crate::split::{End, Pieces, Place};
use cells::Cells;
pub use columns::Absent;
use columns::Columns;
use convert::Convert;
pub use envelope::Envelopes;
use envelope::EventReader;
use filling::Filling;
pub(crate) use filling::key_text;
use links::Links;
use shape::Shape;

/// What is read of a record: its fields, those of the items in its lists, and those of the records that it refers to.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Its fields.
    pub fields: &'a [Field],
    /// The fields of the items in its lists of records.
    pub items: &'a [Items],
    /// The references that are followed.
    pub joins: &'a [Join],
}

impl<'a> From<&'a Decision> for Asked<'a> {
    fn from(decision: &'a Decision) -> Self {
        Self { fields: &decision.fields, items: &decision.items, joins: &decision.joins }
    }
}

/// Fields among which there is no list of records and no reference.
impl<'a> From<&'a [Field]> for Asked<'a> {
    fn from(fields: &'a [Field]) -> Self {
        Self { fields, items: &[], joins: &[] }
    }
}

/// How records are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The zone of dates and times without an offset.
    pub zone: TimeZone,
    /// Whether a JSON text that reads as a number or a truth is taken for one.
    pub lenient: bool,
    /// How long records, texts and lists may be; beyond is a fault.
    pub limits: Limits,
    /// The event that each record has met: `created`.
    pub event: Option<Text>,
    /// How records are taken out of envelopes, if they come in such.
    pub envelopes: Option<Envelopes>,
    /// The records that references lead to, read for the same fields.
    pub joined: Option<Arc<Joined>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            zone: TimeZone::UTC,
            lenient: false,
            limits: Limits::default(),
            event: None,
            envelopes: None,
            joined: None,
        }
    }
}

/// A record that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its values, in the order of the fields asked for.
    pub record: vm::Record,
    /// Its identity, if its type has a `key`.
    pub key: Option<Text>,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Which record of the input it is, from 1; wrong ones count too.
    pub number: u64,
}

/// Reads the records of an input: each comes out once, as what it is or as what is wrong with it.
///
/// The outer result fails where the input as a whole does, and nothing comes after that; the records before it stand.
pub struct Reader {
    file: Arc<str>,
    fields: Arc<[Field]>,
    links: Option<Links>,
    pieces: Pieces,
    form: Form,
    convert: Convert,
    event: Option<Text>,
    events: Option<EventReader>,
    place: Place,
    number: u64,
    by_line: bool,
    is_live: bool,
    ended: bool,
}

/// What the program's fields are, as seen from the format.
enum Form {
    Json(Shape),
    Rows { columns: Columns, cells: Cells, separator: u8 },
}

impl Reader {
    /// Begins to read. Of a CSV file the header is read at once, and is wrong if a column for a required field is not
    /// there or a column that is used stands twice.
    pub fn new<'a>(source: Source, asked: impl Into<Asked<'a>>, options: Options) -> Result<Self, SourceError> {
        let asked = asked.into();
        let Asked { fields, items, .. } = asked;
        let links = Links::of(asked, options.joined)?;
        let is_live = source.is_live();
        let (file, layout) = (source.name, source.layout);
        let mut pieces = Pieces::new(source.stream, source.start, layout, options.limits.record_size);
        if let (Layout::Rows { .. }, true) = (layout, options.envelopes.is_some()) {
            return Err(SourceError::EventsInTable { file: file.to_string() });
        }
        let form = match layout {
            Layout::Rows { separator } => {
                let mut cells = Cells::default();
                let columns = match header(&file, &mut pieces, separator, &mut cells)? {
                    true => Columns::find(&file, &cells, fields)?,
                    false => Columns::default(),
                };
                Form::Rows { columns, cells, separator }
            }
            Layout::Lines | Layout::Array | Layout::Objects => Form::Json(Shape::of(fields, items)),
        };
        Ok(Self {
            file,
            fields: fields.into(),
            links,
            pieces,
            form,
            convert: Convert::new(options.zone, options.lenient, options.limits),
            event: options.event,
            events: options.envelopes.map(EventReader::new),
            place: Place { line: 1, offset: 0, length: 0, end: End::Whole },
            number: 0,
            by_line: layout != Layout::Array,
            is_live,
            ended: false,
        })
    }

    /// The input as the user named it.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What verdicts call a record: by its key, else by file and line (`leads.csv:17`), or, as many elements of a JSON
    /// array can share a line, by its place in the array (`leads.json#17`).
    pub fn label(&self, input: &Input) -> String {
        self.label_of(input.key.as_ref(), input.line, input.number)
    }

    fn label_of(&self, key: Option<&Text>, line: u64, number: u64) -> String {
        match key {
            Some(key) => key.to_string(),
            None if self.by_line => format!("{}:{line}", self.file),
            None => format!("{}#{number}", self.file),
        }
    }

    /// The columns that fields name and the file does not have; those fields are missing in each of its records.
    pub fn absent_columns(&self) -> &[Absent] {
        match &self.form {
            Form::Json(_) => &[],
            Form::Rows { columns, .. } => columns.absent(),
        }
    }

    /// Whether the next record may have to be waited for, because the input comes from another program: what is known by
    /// now should be handed on before. Never true for a file.
    pub fn may_wait(&self) -> bool {
        self.is_live && !self.pieces.has_next_at_hand()
    }

    /// How many texts have been taken for a number or a truth so far, reading leniently.
    pub fn read_leniently(&self) -> u64 {
        self.convert.read_leniently()
    }

    /// The references whose links led nowhere so far.
    pub fn broken_links(&self) -> impl Iterator<Item = &Broken> {
        self.links.iter().flat_map(Links::broken)
    }

    /// The record read last, as it stands in the input.
    pub fn raw(&self) -> Raw {
        self.raw_for(true)
    }

    /// The report on the record read last, which could not be decided.
    pub fn undecided(&self, input: &Input, decision: &Decision, fault: &vm::Fault) -> Rejected {
        let key = input.key.clone();
        Rejected::undecided(self.file.clone(), input.line, key, self.raw(), decision, fault)
    }

    fn raw_for(&self, whole: bool) -> Raw {
        let bytes = self.pieces.bytes();
        let Place { offset, length, .. } = self.place;
        match std::str::from_utf8(bytes) {
            _ if bytes.len() as u64 != length => Raw::Elsewhere { offset, length, shown: Box::default() },
            Err(_) => Raw::Elsewhere { offset, length, shown: String::from_utf8_lossy(bytes).into() },
            Ok(text) if whole && matches!(self.form, Form::Json(_)) => Raw::Json(text.into()),
            Ok(text) => Raw::Text(text.into()),
        }
    }

    fn read(&mut self) -> Result<Input, Box<Rejected>> {
        let fields = Arc::clone(&self.fields);
        if let (Some(events), Form::Json(shape)) = (&self.events, &self.form) {
            let (key, record) = match text_of(&self.pieces, self.place.end) {
                Err(wrong) => (None, Err(wrong)),
                Ok(text) => events.read(text, shape, &self.convert, &fields),
            };
            return self.known(key, record);
        }
        let mut filling = Filling::new(&fields);
        let filled = match text_of(&self.pieces, self.place.end) {
            Err(wrong) => Err(wrong),
            Ok(text) => match &mut self.form {
                Form::Json(shape) => json::fill(text, shape, &self.convert, &mut filling),
                Form::Rows { columns, cells, separator } => {
                    cells.split(text, *separator).and_then(|()| columns.fill(cells, &self.convert, &mut filling))
                }
            },
        };
        let key = filling.key();
        let values = filled.and_then(|()| filling.finish());
        self.known(key, values.map(|values| vm::Record { event: self.event.clone(), ..vm::Record::of(values) }))
    }

    fn known(&mut self, key: Option<Text>, record: Result<vm::Record, Wrong>) -> Result<Input, Box<Rejected>> {
        let record = record.map_err(|wrong| Box::new(self.reject(key.clone(), wrong)))?;
        let mut input = Input { record, key, line: self.place.line, number: self.number };
        if let Some(mut links) = self.links.take() {
            links.follow(&mut input.record, &mut || self.label_of(input.key.as_ref(), input.line, input.number));
            self.links = Some(links);
        }
        Ok(input)
    }

    fn reject(&self, key: Option<Text>, wrong: Wrong) -> Rejected {
        Rejected {
            file: self.file.clone(),
            line: self.place.line,
            key,
            field: wrong.field,
            value: wrong.value,
            code: wrong.fault.code(),
            message: wrong.message,
            raw: self.raw_for(wrong.fault.leaves_json_whole()),
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Result<Input, Box<Rejected>>, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.pieces.advance() {
            Ok(Some(place)) => {
                self.place = place;
                self.number += 1;
                Some(Ok(self.read()))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(SourceError::reading_on(&self.file, &error, self.number, self.place.line)))
            }
        }
    }
}

/// The text of a piece, if it is a whole record of text.
pub(crate) fn text_of(pieces: &Pieces, end: End) -> Result<&str, Wrong> {
    match end {
        End::TooLarge => {
            let (fault, limit) =
                (RecordFault::RecordTooLarge, Limits { record_size: pieces.limit(), ..Limits::default() });
            return Err(Wrong::because(fault, format!("{}: {}", fault.sentence(), limit.told(Limit::RecordSize))));
        }
        End::Broken => return Err(Wrong::whole(RecordFault::BrokenArray)),
        End::Cut | End::Whole => {}
    }
    let text = std::str::from_utf8(pieces.bytes()).map_err(|error| {
        let message = format!("the record is no UTF-8 text from its byte {} on", error.valid_up_to() + 1);
        Wrong::because(RecordFault::InvalidUtf8, message)
    })?;
    if end == End::Cut { Err(Wrong::whole(RecordFault::TruncatedRecord)) } else { Ok(text) }
}

/// Reads the header of a CSV file into `cells`; false if the file is empty.
pub(crate) fn header(file: &str, pieces: &mut Pieces, separator: u8, cells: &mut Cells) -> Result<bool, SourceError> {
    let Some(place) = pieces.advance().map_err(|error| SourceError::reading(file, &error))? else { return Ok(false) };
    text_of(pieces, place.end)
        .and_then(|text| cells.split(text, separator))
        .map(|()| true)
        .map_err(|wrong| SourceError::Header { file: file.to_owned(), reason: wrong.message })
}

#[cfg(test)]
mod tests;
