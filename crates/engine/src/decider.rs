//! Who decides, on one thread.

use std::sync::Arc;

use records::write::{Parts, Run};
use records::{Envelopes, Input, Options, Parser, Piece, Rejected, Slots};
use values::{Clock, Instant, Text, Value};
use vm::program::Decision;
use vm::{Machine, Verdict, Verified};

use crate::{Decided, Engine, Error, Refused, Related};

/// How records are read and decided.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The instant that rules call `now`, until [`Decider::set_now`] sets another.
    pub now: Instant,
    /// The type of the records; none for the only one that the rules decide.
    pub record_type: Option<String>,
    /// The event that each record has met: `created`.
    pub event: Option<String>,
    /// Whether records come in envelopes that tell their event, or as CloudEvents; what they say of the time counts as *now*.
    pub envelopes: bool,
    /// Whether a JSON text that reads as a number or a truth is taken for one.
    pub lenient: bool,
    /// Whether verdicts hold all derived values.
    pub values: bool,
    /// Whether verdicts tell which rules were decided by missing values.
    pub by_missing: bool,
    /// Whether verdicts tell how each rule turned out; the rules must be [traceable](crate::Rules::traceable).
    pub trace: bool,
    /// What a record without a key is called in verdicts: `record`, unless it is said.
    pub label: String,
    /// The records that references lead to; needed where rules follow any.
    pub related: Option<Related>,
}

impl Settings {
    /// Records of the only type there is, strictly read, at an instant; verdicts hold derived values and no more.
    pub fn at(now: Instant) -> Self {
        Self {
            now,
            record_type: None,
            event: None,
            envelopes: false,
            lenient: false,
            values: true,
            by_missing: false,
            trace: false,
            label: "record".to_owned(),
            related: None,
        }
    }

    /// The same, for records of a type.
    #[must_use]
    pub fn of_type(mut self, record_type: &str) -> Self {
        self.record_type = Some(record_type.to_owned());
        self
    }
}

/// A field that rules read, to put a value into: [`Decider::slot`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(usize);

/// Decides records of one type, one after the other, in memory that is used again. A clone has its own memory.
#[derive(Clone)]
pub struct Decider {
    program: Verified,
    place: usize,
    clock: Clock,
    parts: Arc<Parts>,
    parser: Parser,
    machine: Machine,
    label: Text,
    /// *Now*, where it has been set anew.
    now: Option<Instant>,
    verdict: Verdict,
    json: String,
}

impl Engine {
    /// A decider. Making one costs some time; deciding a record does not.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchType`], [`Error::NotTraceable`], and [`Error::Source`] where rules follow references and the settings
    /// have no [`Related`] records.
    pub fn decider(&self, settings: &Settings) -> Result<Decider, Error> {
        let (place, decision) = self.decision(settings.record_type.as_deref())?;
        if settings.trace && !self.program.is_traceable() {
            return Err(Error::NotTraceable);
        }
        let clock = Clock { limits: self.limits, ..self.program.clock(settings.now) };
        let reading = Options {
            zone: clock.zone.clone(),
            lenient: settings.lenient,
            limits: self.limits,
            event: settings.event.as_deref().map(Text::from),
            envelopes: settings.envelopes.then(|| Envelopes::of(decision, true)),
            joined: settings.related.as_ref().map(|related| Arc::clone(&related.0)),
        };
        let Settings { values, by_missing, trace, .. } = *settings;
        let options = vm::Options { values, by_missing, trace };
        let machine = Machine::new(&self.program, place, clock.clone(), options);
        Ok(Decider {
            place,
            parts: Arc::clone(Run::new(&self.program, decision, &clock).parts()),
            parser: Parser::of_objects(&settings.label, decision, reading)?,
            machine: machine.ok_or_else(|| self.no_such_type(settings.record_type.as_deref()))?,
            label: settings.label.as_str().into(),
            now: None,
            verdict: Verdict::default(),
            json: String::new(),
            program: self.program.clone(),
            clock,
        })
    }

    /// The decision about records of a type, and its place.
    pub(crate) fn decision(&self, record_type: Option<&str>) -> Result<(usize, &Decision), Error> {
        let mut decisions = self.program.decisions.iter().enumerate();
        let found = match record_type {
            Some(name) => decisions.find(|(_, decision)| *decision.record == *name),
            None => decisions.next().filter(|_| self.program.decisions.len() == 1),
        };
        found.ok_or_else(|| self.no_such_type(record_type))
    }

    fn no_such_type(&self, wanted: Option<&str>) -> Error {
        let known = self.record_types().map(str::to_owned).collect();
        Error::NoSuchType { wanted: wanted.map(str::to_owned), known }
    }
}

impl Decider {
    /// Sets the instant that rules call `now`, for the records that follow.
    pub const fn set_now(&mut self, now: Instant) {
        self.now = Some(now);
    }

    /// Decides a record from its JSON: one object, or an envelope with one if the settings say so.
    ///
    /// # Errors
    ///
    /// What is wrong with the record, or what a rule needed and could not be computed. The next record is not affected.
    pub fn json(&mut self, record: &[u8]) -> Result<Decided<'_>, Refused> {
        let piece = Piece::alone(record);
        let input = self.parser.read(piece);
        self.decide(piece, input)
    }

    /// The field of a name, as rules write it behind the type: `company.employees`. None if the rules do not read it, so
    /// that there is no need to put anything into it; nor if it lies in the record that a reference leads to.
    pub fn slot(&self, field: &str) -> Option<Slot> {
        let fields = &self.program.decisions.get(self.place)?.fields;
        fields.iter().position(|it| *it.name == *field && it.through.is_none()).map(Slot)
    }

    /// Decides a record from its values. Fields that nothing is put into are missing; a nested record is present where one of
    /// its fields is, or where `true` is put into its own slot. Values must be of the type of their field; labels, dates, times and money may come as texts. Lists of
    /// records come as [JSON](Self::json) only.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn values(&mut self, values: impl IntoIterator<Item = (Slot, Value)>) -> Result<Decided<'_>, Refused> {
        let input = self.parser.read_values(|slots: &mut Slots<'_>| {
            values.into_iter().for_each(|(Slot(place), value)| slots.put(place, value));
        });
        self.decide(Piece::alone(&[]), input)
    }

    fn decide(&mut self, piece: Piece<'_>, read: Result<Input, Box<Rejected>>) -> Result<Decided<'_>, Refused> {
        let mut input = read.map_err(Refused)?;
        input.record.now = input.record.now.or(self.now);
        let ran = match self.program.decisions.get(self.place) {
            Some(decision) => self
                .machine
                .run_into(&input.record, &mut self.verdict)
                .map_err(|fault| Refused(Box::new(self.parser.undecided(piece, &input, decision, &fault)))),
            None => Ok(()), // `Engine::decider` has seen to it that there is one.
        };
        let key = input.key.take();
        self.parser.reuse(input);
        ran.map(|()| self.decided(key))
    }

    fn decided(&mut self, key: Option<Text>) -> Decided<'_> {
        let record = key.unwrap_or_else(|| self.label.clone());
        Decided {
            program: &self.program,
            place: self.place,
            clock: &self.clock,
            parts: &self.parts,
            record,
            verdict: &mut self.verdict,
            json: &mut self.json,
        }
    }
}
