//! What `semantics` finds while it binds names.

/// A problem with a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NameProblem {
    /// A declared record type has no such field.
    UnknownField {
        /// The record type or nested path: `lead`, `lead.company`.
        record: String,
        /// The name that is not there.
        field: String,
        /// A field that it nearly is.
        suggestion: Option<String>,
        /// The fields that are there, in declared order.
        known: Vec<String>,
    },
    /// A record type that is named (`for leed`, `list of activty`) and not declared.
    UnknownRecord {
        /// The name.
        name: String,
        /// A record type that it nearly is.
        suggestion: Option<String>,
    },
    /// A bare name that is no constant and no list.
    UnknownName {
        /// The name.
        name: String,
        /// A constant or list that it nearly is; or a field, as `lead.score`.
        suggestion: Option<String>,
    },
    /// A target that no declaration names.
    UnknownTarget {
        /// The name.
        name: String,
        /// A declared target that it nearly is.
        suggestion: Option<String>,
        /// Whether the rulebook declares any targets: an error then, a warning while it declares none.
        any_declared: bool,
    },
    /// A target of another kind than is written before it.
    WrongTargetKind {
        /// The name.
        name: String,
        /// `team`, `queue` or `user`, as declared.
        declared: String,
        /// As written.
        written: String,
    },
    /// A function that does not exist.
    UnknownFunction {
        /// The name.
        name: String,
        /// A function that it nearly is.
        suggestion: Option<String>,
    },
    /// One name declared twice; the related place is the first.
    Duplicate {
        /// "record type", "constant", "list", "field", "rule", "team" …
        what: String,
        /// The name.
        name: String,
    },
    /// Definitions that need each other; the related places are the others of the circle.
    Circle {
        /// The whole circle in order, beginning with the one at this place.
        names: Vec<String>,
    },
    /// Declared and never used.
    Unused {
        /// "constant", "list", "definition", "team" …
        what: String,
        /// The name.
        name: String,
    },
    /// A rule that reads more than one kind of record.
    SeveralRecords {
        /// Their names.
        names: Vec<String>,
    },
    /// A rule outside a set `for` a record type that reads no record, so that nobody knows what it decides.
    NoRecord,
    /// A constant, team or the like used where it cannot stand: a list as a value, a record as a value.
    WrongPlace {
        /// The name.
        name: String,
        /// What it is: "a list".
        is: String,
        /// What was expected: "a value".
        expected: String,
    },
    /// A list from a file that cannot be read.
    UnreadableFile {
        /// The file as written.
        file: String,
        /// Why.
        reason: String,
    },
}
