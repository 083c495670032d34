//! What can be wrong with one record, and how it is reported. The table of all codes and sentences is `RecordFault::row`.

use std::fmt;
use std::sync::Arc;

use values::{FaultCode, Text};
use vm::program::Decision;

/// A way in which one record can be wrong. It spoils that record and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordFault {
    /// Bytes that are no UTF-8.
    InvalidUtf8,
    /// Text that is no JSON.
    MalformedJson,
    /// The input ends inside the record.
    TruncatedRecord,
    /// Something follows the record on its line.
    TrailingCharacters,
    /// JSON, but no `{ … }`.
    NotAnObject,
    /// Brackets nested more than 128 deep.
    NestingTooDeep,
    /// Longer than the limit on records.
    RecordTooLarge,
    /// `\ud800` without its other half: half a character.
    LoneSurrogate,
    /// A key that counts stands twice.
    DuplicateKey,
    /// The structure around the records of a JSON array is broken: from here on nothing can be told apart.
    BrokenArray,
    /// Quotes of a CSV row that do not match.
    MalformedRow,
    /// A CSV row with more or fewer cells than the header.
    RaggedRow,
    /// A value that is not of the declared type.
    WrongType,
    /// A number that exact decimals cannot hold.
    NumberOutOfRange,
    /// A text that is none of the declared labels.
    NotOneOf,
    /// A text that is longer than the limit.
    TextTooLong,
    /// A list that is longer than the limit.
    ListTooLong,
    /// No value where one is required.
    RequiredFieldMissing,
    /// An event that is not in an envelope as it should be.
    WrongEnvelope,
}

impl RecordFault {
    /// Every fault: first those of the record as a whole, then those of one field.
    pub const ALL: [Self; 19] = [
        Self::RecordTooLarge,
        Self::InvalidUtf8,
        Self::NestingTooDeep,
        Self::BrokenArray,
        Self::TruncatedRecord,
        Self::MalformedJson,
        Self::TrailingCharacters,
        Self::NotAnObject,
        Self::LoneSurrogate,
        Self::DuplicateKey,
        Self::MalformedRow,
        Self::RaggedRow,
        Self::WrongEnvelope,
        Self::WrongType,
        Self::NumberOutOfRange,
        Self::NotOneOf,
        Self::TextTooLong,
        Self::ListTooLong,
        Self::RequiredFieldMissing,
    ];

    /// The stable code, as it stands in rejects files and reports.
    pub const fn code(self) -> &'static str {
        self.row().0
    }

    /// One sentence for the person who reads the report.
    pub const fn sentence(self) -> &'static str {
        self.row().1
    }

    /// What the person who has the data can do about it: a sentence or two.
    pub const fn cure(self) -> &'static str {
        match self {
            Self::InvalidUtf8 => "Export the data as UTF-8.",
            Self::MalformedJson | Self::TrailingCharacters => {
                "Look at the column that the message names; programs that write JSON do not make this mistake."
            }
            Self::TruncatedRecord => "Export again: the last line of a broken export is often cut off.",
            Self::NotAnObject => "Write each record as `{ \"id\": …, … }`, one on a line.",
            Self::NestingTooDeep => "Flatten the record, or leave the deep part out of the export.",
            Self::RecordTooLarge => {
                "Look for a missing line break. If the record is meant, move the limit with `--limit-record-size`."
            }
            Self::LoneSurrogate => "Export again with a program that writes whole characters.",
            Self::DuplicateKey => "Keep one of the two: nobody can tell which of them is meant.",
            Self::BrokenArray => "Mend the comma or bracket at this place, or write one record on a line (NDJSON).",
            Self::MalformedRow => "Double each quote inside a quoted cell: `\"say \"\"hello\"\"\"`.",
            Self::RaggedRow => {
                "Put quotes around cells that hold a comma, and give every row as many cells as the header."
            }
            Self::WrongType => {
                "Correct the value, or the type in the `record` block. Words that mean nothing, such as `n/a`, belong to \
                 `missing when`; numbers in quotes are read with `--lenient`; dates are written `2026-01-31`."
            }
            Self::NumberOutOfRange => "Declare the field as text if it is a code and not an amount.",
            Self::NotOneOf => "Correct the value, or add it to the `one of` of its field.",
            Self::TextTooLong => FaultCode::TextTooLong.cure(),
            Self::ListTooLong => FaultCode::ListTooLong.cure(),
            Self::WrongEnvelope => {
                "Write `{ \"event\": \"updated\", \"before\": { … }, \"after\": { … } }`, or a CloudEvent with such `data`."
            }
            Self::RequiredFieldMissing => "Fill the value in, or put `?` or a `default` behind the type of its field.",
        }
    }

    const fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::InvalidUtf8 => ("invalid-utf8", "the record holds bytes that are no UTF-8 text"),
            Self::MalformedJson => ("malformed-json", "the record is not valid JSON"),
            Self::TruncatedRecord => ("truncated-record", "the record breaks off before its last bracket"),
            Self::TrailingCharacters => ("trailing-characters", "something follows the record on its line"),
            Self::NotAnObject => ("not-an-object", "a record is a JSON object in curly brackets"),
            Self::NestingTooDeep => ("nesting-too-deep", "brackets are nested more than 128 deep"),
            Self::RecordTooLarge => ("record-too-large", "the record is too long"),
            Self::LoneSurrogate => ("lone-surrogate", "an escape such as \\ud800 stands for half a character only"),
            Self::DuplicateKey => ("duplicate-key", "a key that the rules use stands twice in one object"),
            Self::BrokenArray => {
                ("broken-array", "the list of records is broken here and the rest cannot be told apart")
            }
            Self::MalformedRow => ("malformed-row", "the quotes in the row do not match"),
            Self::RaggedRow => ("ragged-row", "the row does not have as many cells as the header"),
            Self::WrongType => ("wrong-type", "a value is not of the type that its field declares"),
            Self::NumberOutOfRange => ("number-out-of-range", "a number has more than 28 digits or is too large"),
            Self::NotOneOf => ("not-one-of", "a text is none of the labels that its field declares"),
            Self::TextTooLong => (FaultCode::TextTooLong.code(), FaultCode::TextTooLong.sentence()),
            Self::ListTooLong => (FaultCode::ListTooLong.code(), FaultCode::ListTooLong.sentence()),
            Self::WrongEnvelope => ("wrong-envelope", "the envelope of the record is not as it should be"),
            Self::RequiredFieldMissing => ("required-field-missing", "a field that must have a value has none"),
        }
    }

    /// Whether the record is whole, well-formed JSON all the same, so that it can stand as JSON in the rejects file.
    pub(crate) const fn leaves_json_whole(self) -> bool {
        matches!(
            self,
            Self::WrongEnvelope
                | Self::WrongType
                | Self::NumberOutOfRange
                | Self::NotOneOf
                | Self::TextTooLong
                | Self::ListTooLong
                | Self::RequiredFieldMissing
        )
    }
}

impl fmt::Display for RecordFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.sentence())
    }
}

/// A record that could not be read or decided, with all that is needed to find, mend and run it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The input it came from, as the user named it.
    pub file: Arc<str>,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its identity, where that could still be read.
    pub key: Option<Text>,
    /// The field at fault as rules write it (`company.employees`), or the key as the data has it.
    pub field: Option<String>,
    /// The value at fault as the data has it, shortened to about 80 characters.
    pub value: Option<String>,
    /// The stable code: a [`RecordFault::code`] or a [`values::FaultCode::code`].
    pub code: &'static str,
    /// What is wrong, in a sentence.
    pub message: String,
    /// The record itself.
    pub raw: Raw,
}

/// A record as it stood in the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raw {
    /// A well-formed JSON object.
    Json(Box<str>),
    /// A CSV row, or text that should have been JSON.
    Text(Box<str>),
    /// Not held: too long, or not text. It can be cut out of the input (uncompressed, its first byte being 0).
    Elsewhere {
        /// Where it begins, in bytes.
        offset: u64,
        /// How long it is, in bytes.
        length: u64,
        /// What can be shown of it; empty when it is too long.
        shown: Box<str>,
    },
}

impl Rejected {
    /// A record that was read and could not be decided. `line`, `key` and `raw` are those of the record.
    pub fn undecided(
        file: Arc<str>,
        line: u64,
        key: Option<Text>,
        raw: Raw,
        decision: &Decision,
        fault: &vm::Fault,
    ) -> Self {
        let rule = fault.rule.and_then(|place| decision.rules.get(usize::try_from(place).ok()?));
        let mut message = fault.code.sentence().to_owned();
        if let Some(rule) = rule {
            message.push_str(&format!(" in rule `{}` ({})", rule.name, rule.at));
        }
        if !fault.detail.is_empty() {
            message.push_str(": ");
            message.push_str(&fault.detail);
        }
        Self { file, line, key, field: None, value: None, code: fault.code.code(), message, raw }
    }
}

/// What is wrong with a record, before it is known which record it is.
#[derive(Debug)]
pub(crate) struct Wrong {
    pub(crate) fault: RecordFault,
    pub(crate) field: Option<String>,
    pub(crate) value: Option<String>,
    pub(crate) message: String,
}

impl Wrong {
    /// A fault of the record as a whole, told by the sentence of its code.
    pub(crate) fn whole(fault: RecordFault) -> Self {
        Self::because(fault, fault.sentence())
    }

    /// A fault of the record as a whole.
    pub(crate) fn because(fault: RecordFault, message: impl Into<String>) -> Self {
        Self { fault, field: None, value: None, message: message.into() }
    }

    /// A fault of one field; `value` as the data has it, of any length.
    pub(crate) fn field(fault: RecordFault, field: &str, value: Option<&str>, message: String) -> Self {
        Self { fault, field: Some(field.to_owned()), value: value.map(shorten), message }
    }
}

/// The beginning of a text that may be long.
pub(crate) fn shorten(text: &str) -> String {
    const SHOWN: usize = 80;
    if text.chars().nth(SHOWN).is_none() {
        return text.to_owned();
    }
    text.chars().take(SHOWN - 1).chain(['…']).collect()
}
