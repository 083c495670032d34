//! From the text of a record to its values.

use std::sync::Arc;

use values::{Text, Value};
use vm::program::{Decision, Field};

use super::batch::Piece;
use super::cells::Cells;
use super::columns::{Absent, Columns};
use super::convert::Convert;
use super::envelope::EventReader;
use super::filling::Filling;
use super::links::Links;
use super::shape::Shape;
use super::slots::Slots;
use super::{Asked, Input, Options, header, json, text_of};
use crate::fault::{Raw, Rejected, Wrong};
use crate::join::Broken;
use crate::parquet::{Mapping, RowReader, Table};
use crate::source::{Layout, SourceError};
use crate::split::Pieces;

/// Reads records from their texts, in any order and on any thread: a clone reads what it reads, and counts for itself.
#[derive(Clone)]
pub struct Parser {
    file: Arc<str>,
    fields: Arc<[Field]>,
    links: Option<Links>,
    form: Form,
    convert: Convert,
    event: Option<Text>,
    events: Option<EventReader>,
    by_line: bool,
    /// Memory for the values of the next record.
    spare: Vec<Value>,
}

/// What the program's fields are, as seen from the format.
#[derive(Clone)]
enum Form {
    Json(Shape),
    Rows {
        columns: Columns,
        cells: Cells,
        separator: u8,
    },
    /// Columns, and what is read from the JSON of some.
    Table {
        mapping: Mapping,
        texts: Shape,
    },
}

impl Parser {
    /// A parser for an input of which nothing has been taken; of a table it takes the header.
    pub(super) fn new(
        file: Arc<str>,
        layout: Layout,
        pieces: &mut Pieces,
        asked: Asked<'_>,
        options: Options,
    ) -> Result<Self, SourceError> {
        let Asked { fields, items, .. } = asked;
        if let (Layout::Rows { .. }, true) = (layout, options.envelopes.is_some()) {
            return Err(SourceError::EventsInTable { file: file.to_string() });
        }
        let form = match layout {
            Layout::Rows { separator } => {
                let mut cells = Cells::default();
                let columns = match header(&file, pieces, separator, &mut cells)? {
                    true => Columns::find(&file, &cells, fields)?,
                    false => Columns::default(),
                };
                Form::Rows { columns, cells, separator }
            }
            Layout::Lines | Layout::Array | Layout::Objects => Form::Json(Shape::of(fields, items)),
        };
        Self::with(file, form, layout != Layout::Array, asked, options)
    }

    /// A parser for the rows of a table that lies column by column, and who reads those.
    pub(super) fn of_table(
        file: Arc<str>,
        table: &Table,
        asked: Asked<'_>,
        options: Options,
    ) -> Result<(Self, RowReader), SourceError> {
        let (mapping, reader) = Mapping::find(&file, table, asked)?;
        let texts = Shape::of(&mapping.texts(asked.fields), asked.items);
        Ok((Self::with(file, Form::Table { mapping, texts }, true, asked, options)?, reader))
    }

    /// A parser for records that come one by one from no file: JSON objects ([`Piece::alone`]), or
    /// [values](Self::read_values). `name` is what reports call the place that they come from.
    ///
    /// # Errors
    ///
    /// References lead to records that `options` do not have.
    pub fn of_objects<'a>(name: &str, asked: impl Into<Asked<'a>>, options: Options) -> Result<Self, SourceError> {
        let asked = asked.into();
        Self::with(name.into(), Form::Json(Shape::of(asked.fields, asked.items)), true, asked, options)
    }

    fn with(
        file: Arc<str>,
        form: Form,
        by_line: bool,
        asked: Asked<'_>,
        options: Options,
    ) -> Result<Self, SourceError> {
        Ok(Self {
            file,
            fields: asked.fields.into(),
            links: Links::of(asked, options.joined)?,
            form,
            convert: Convert::new(options.zone, options.lenient, options.limits),
            event: options.event,
            events: options.envelopes.map(EventReader::new),
            by_line,
            spare: Vec::new(),
        })
    }

    /// The input as the user named it.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What verdicts call a record: by its key, else by file and line (`leads.csv:17`), or, as many elements of a JSON
    /// array can share a line, by its place in the array (`leads.json#17`).
    pub fn label(&self, input: &Input) -> Text {
        self.label_of(input.key.as_ref(), input.line, input.number)
    }

    fn label_of(&self, key: Option<&Text>, line: u64, number: u64) -> Text {
        match key {
            Some(key) => key.clone(),
            None if self.by_line => format!("{}:{line}", self.file).into(),
            None => format!("{}#{number}", self.file).into(),
        }
    }

    /// The columns that fields name and the file does not have; those fields are missing in each of its records.
    pub fn absent_columns(&self) -> &[Absent] {
        match &self.form {
            Form::Json(_) => &[],
            Form::Rows { columns, .. } => columns.absent(),
            Form::Table { mapping, .. } => mapping.absent(),
        }
    }

    /// How many texts have been taken for a number or a truth since this was asked last, reading leniently.
    pub fn take_read_leniently(&mut self) -> u64 {
        self.convert.take_read_leniently()
    }

    /// The references whose links led nowhere since this was asked last; the first of their records is among those.
    pub fn take_broken_links(&mut self) -> Vec<Broken> {
        self.links.as_mut().map(Links::take_broken).unwrap_or_default()
    }

    /// Reads a record, or says what is wrong with it.
    pub fn read(&mut self, piece: Piece<'_>) -> Result<Input, Box<Rejected>> {
        let Self { fields, form, convert, events, .. } = self;
        let text = text_of(piece.bytes, piece.place.end, convert.limits().record_size);
        if let (Some(events), Form::Json(shape)) = (events, &mut *form) {
            let (key, record) = match text {
                Err(wrong) => (None, Err(wrong)),
                Ok(text) => events.read(text, shape, convert, fields),
            };
            return self.known(piece, key, record);
        }
        let mut filling = Filling::within(fields, std::mem::take(&mut self.spare));
        let filled = text.and_then(|text| match form {
            Form::Json(shape) => json::fill(text, shape, convert, &mut filling),
            Form::Rows { columns, cells, separator } => {
                cells.split(text, *separator).and_then(|()| columns.fill(cells, convert, &mut filling))
            }
            Form::Table { mapping, texts } => piece.rows.map_or(Ok(()), |rows| {
                mapping.fill(rows, piece.number, convert, &mut filling);
                let text = mapping.text(rows, piece.number).transpose()?;
                text.map_or(Ok(()), |text| json::fill(text, texts, convert, &mut filling))
            }),
        });
        let key = filling.key();
        let values = filled.and_then(|()| filling.finish());
        self.known(piece, key, values.map(|values| vm::Record { event: self.event.clone(), ..vm::Record::of(values) }))
    }

    /// Takes a record whose values are known, or says what is wrong with it. `put` puts them into the fields asked for, by
    /// their places; each must be of its field's type, a text may stand for one as it does in JSON. Fields that nothing is
    /// put into are missing. Lists of records come as text only.
    pub fn read_values(&mut self, put: impl FnOnce(&mut Slots<'_>)) -> Result<Input, Box<Rejected>> {
        let fields = Arc::clone(&self.fields);
        let mut slots = Slots::new(Filling::within(&fields, std::mem::take(&mut self.spare)), &self.convert);
        put(&mut slots);
        let filling = slots.filled();
        let key = filling.key();
        let record = filling.finish().map(|values| vm::Record { event: self.event.clone(), ..vm::Record::of(values) });
        self.known(Piece::alone(&[]), key, record)
    }

    /// Takes back a record that is done with, so that the next one needs no memory of its own.
    pub fn reuse(&mut self, input: Input) {
        self.spare = input.record.values;
    }

    fn known(
        &mut self,
        piece: Piece<'_>,
        key: Option<Text>,
        record: Result<vm::Record, Wrong>,
    ) -> Result<Input, Box<Rejected>> {
        let record = record.map_err(|wrong| Box::new(self.reject(piece, key.clone(), wrong)))?;
        let mut input = Input { record, key, line: piece.place.line, number: piece.number };
        if let Some(mut links) = self.links.take() {
            links.follow(&mut input.record, &mut || {
                self.label_of(input.key.as_ref(), input.line, input.number).to_string()
            });
            self.links = Some(links);
        }
        Ok(input)
    }

    /// The report on a record that was read and could not be decided.
    pub fn undecided(&self, piece: Piece<'_>, input: &Input, decision: &Decision, fault: &vm::Fault) -> Rejected {
        let raw = self.raw(piece, true);
        Rejected::undecided(self.file.clone(), input.line, input.key.clone(), raw, decision, fault)
    }

    fn reject(&self, piece: Piece<'_>, key: Option<Text>, wrong: Wrong) -> Rejected {
        Rejected {
            file: self.file.clone(),
            line: piece.place.line,
            key,
            field: wrong.field,
            value: wrong.value,
            code: wrong.fault.code(),
            message: wrong.message,
            raw: self.raw(piece, wrong.fault.leaves_json_whole()),
        }
    }

    /// A record as it stands in the input; `whole` tells whether its JSON is well-formed.
    fn raw(&self, piece: Piece<'_>, whole: bool) -> Raw {
        let (bytes, offset, length) = (piece.bytes, piece.place.offset, piece.place.length);
        if let (Form::Table { mapping, .. }, Some(rows)) = (&self.form, piece.rows) {
            return mapping.raw(rows, piece.number, self.convert.limits());
        }
        match std::str::from_utf8(bytes) {
            _ if bytes.len() as u64 != length => Raw::Elsewhere { offset, length, shown: Box::default() },
            Err(_) => Raw::Elsewhere { offset, length, shown: String::from_utf8_lossy(bytes).into() },
            Ok("") => Raw::Text(Box::default()), // Its values were no text.
            Ok(text) if whole && matches!(self.form, Form::Json(_)) => Raw::Json(text.into()),
            Ok(text) => Raw::Text(text.into()),
        }
    }
}
