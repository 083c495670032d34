//! Records, one by one: from the text of a record to the values that a program asks for. Start with [`Reader`].
//!
//! A record passes these stations, and leaves at the first where it is wrong:
//!
//! ```text
//! a piece of text ─▶ UTF-8? nesting? ─▶ JSON object / row of cells ─▶ each field's value by its type ─▶ complete?
//! ```

mod batch;
pub(crate) mod cells;
mod columns;
pub(crate) mod convert;
mod cut;
mod envelope;
mod filling;
pub(crate) mod json;
mod links;
mod marks;
mod meant;
mod parser;
mod scan;
mod shape;
mod slots;

use std::sync::Arc;

use jiff::tz::TimeZone;
use limits::{Limit, Limits};
use values::Text;
use vm::program::{Decision, Field, Items, Join};

use crate::fault::{RecordFault, Rejected, Wrong};
use crate::join::Joined;
use crate::parquet::Rows;
use crate::source::{Source, SourceError};
use crate::split::{End, Pieces, Place};
pub use batch::{Batch, Piece};
use cells::Cells;
pub use columns::Absent;
pub(crate) use convert::Convert;
use cut::Cut;
pub use envelope::Envelopes;
pub(crate) use filling::{Filling, key_text};
pub use parser::Parser;
pub use slots::Slots;

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
///
/// Instead of one record after the other it also gives out [batches](Reader::fill) of their texts, which copies of its
/// [`Parser`] read on other threads.
pub struct Reader {
    cut: Cut,
    parser: Parser,
    place: Place,
    number: u64,
    is_live: bool,
    ended: bool,
}

impl Reader {
    /// Begins to read. Of a CSV file the header is read at once, and is wrong if a column for a required field is not
    /// there or a column that is used stands twice.
    pub fn new<'a>(source: Source, asked: impl Into<Asked<'a>>, options: Options) -> Result<Self, SourceError> {
        let is_live = source.is_live();
        let (file, layout) = (source.name, source.layout);
        let (cut, parser) = match source.table.filter(|_| options.envelopes.is_none()) {
            Some(table) => {
                let (parser, reader) = Parser::of_table(file, &table, asked.into(), options)?;
                (Cut::Columns(reader, Rows::default()), parser)
            }
            None => {
                let mut pieces = Pieces::new(source.stream, source.start, layout, options.limits.record_size);
                let parser = Parser::new(file, layout, &mut pieces, asked.into(), options)?;
                (Cut::Texts(pieces), parser)
            }
        };
        let place = Place { line: 1, offset: 0, length: 0, end: End::Whole };
        Ok(Self { cut, parser, place, number: 0, is_live, ended: false })
    }

    /// Reads records from their texts. It knows no more of the input than what does not change from record to record.
    pub const fn parser(&self) -> &Parser {
        &self.parser
    }

    /// The input as the user named it.
    pub fn file(&self) -> &str {
        self.parser.file()
    }

    /// What verdicts call a record; see [`Parser::label`].
    pub fn label(&self, input: &Input) -> Text {
        self.parser.label(input)
    }

    /// The columns that fields name and the file does not have; those fields are missing in each of its records.
    pub fn absent_columns(&self) -> &[Absent] {
        self.parser.absent_columns()
    }

    /// How many texts have been taken for a number or a truth since this was asked last, reading leniently.
    pub fn take_read_leniently(&mut self) -> u64 {
        self.parser.take_read_leniently()
    }

    /// The report on the record read last, which could not be decided; see [`Parser::undecided`].
    pub fn undecided(&self, input: &Input, decision: &Decision, fault: &vm::Fault) -> Rejected {
        self.parser.undecided(self.piece(), input, decision, fault)
    }

    /// Whether the next record may have to be waited for.
    fn may_wait(&self) -> bool {
        self.is_live && !self.cut.has_next_at_hand()
    }

    /// Puts the texts of the next records into a batch, in place of what was in it; false at the end of the input, when
    /// there is nothing to put. A batch ends when it is full, and where the next record may have to be waited for.
    pub fn fill(&mut self, batch: &mut Batch) -> bool {
        batch.clear();
        if let Some(filled) = self.cut.fill(batch) {
            self.number += batch.pieces().count() as u64;
            self.ended = !matches!(filled, Ok(true));
            filled.err().into_iter().for_each(|error| batch.fail(self.broken_off(&error)));
            return !batch.is_empty();
        }
        while !self.ended && !batch.is_full() {
            match self.advance() {
                Some(Ok(())) => batch.push(self.piece()),
                Some(Err(error)) => batch.fail(error),
                None => {}
            }
            if self.may_wait() {
                batch.wait();
                break;
            }
        }
        !batch.is_empty()
    }

    /// Goes to the next record, if there is one.
    fn advance(&mut self) -> Option<Result<(), SourceError>> {
        match self.cut.advance(self.number) {
            Ok(Some(place)) => {
                self.place = place;
                self.number += 1;
                Some(Ok(()))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(self.broken_off(&error)))
            }
        }
    }

    fn broken_off(&self, error: &std::io::Error) -> SourceError {
        SourceError::reading_on(self.parser.file(), error, self.number, self.place.line)
    }

    fn piece(&self) -> Piece<'_> {
        self.cut.piece(self.place, self.number)
    }
}

impl Iterator for Reader {
    type Item = Result<Result<Input, Box<Rejected>>, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.advance()? {
            Ok(()) => {
                let piece = self.cut.piece(self.place, self.number);
                Some(Ok(self.parser.read(piece)))
            }
            Err(error) => Some(Err(error)),
        }
    }
}

/// The text of a piece, if it is a whole record of text. `limit` is the length of the longest record that is kept.
pub(crate) fn text_of(bytes: &[u8], end: End, limit: usize) -> Result<&str, Wrong> {
    match end {
        End::TooLarge => {
            let (fault, limit) = (RecordFault::RecordTooLarge, Limits { record_size: limit, ..Limits::default() });
            return Err(Wrong::because(fault, format!("{}: {}", fault.sentence(), limit.told(Limit::RecordSize))));
        }
        End::Broken => return Err(Wrong::whole(RecordFault::BrokenArray)),
        End::Cut | End::Whole => {}
    }
    let text = simdutf8::basic::from_utf8(bytes).map_err(|_| no_text(bytes))?;
    if end == End::Cut { Err(Wrong::whole(RecordFault::TruncatedRecord)) } else { Ok(text) }
}

/// Where bytes are no text.
#[cold]
fn no_text(bytes: &[u8]) -> Wrong {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let message = format!("the record is no UTF-8 text from its byte {} on", valid + 1);
    Wrong::because(RecordFault::InvalidUtf8, message)
}

/// Reads the header of a CSV file into `cells`; false if the file is empty.
pub(crate) fn header(file: &str, pieces: &mut Pieces, separator: u8, cells: &mut Cells) -> Result<bool, SourceError> {
    let Some(place) = pieces.advance().map_err(|error| SourceError::reading(file, &error))? else { return Ok(false) };
    text_of(pieces.bytes(), place.end, pieces.limit())
        .and_then(|text| cells.split(text, separator))
        .map(|()| true)
        .map_err(|wrong| SourceError::Header { file: file.to_owned(), reason: wrong.message })
}

#[cfg(test)]
mod tests;
