//! What is well typed and still not what can have been meant.

use super::wording::{code, did_you_mean, quote, text as quoted};
use crate::Severity;

/// A problem with what a condition or effect means.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ConditionProblem {
    /// A condition that holds for every record.
    AlwaysTrue {
        /// Why, without full stop: "`lead.name` is never missing".
        reason: String,
    },
    /// A condition that holds for no record.
    AlwaysFalse {
        /// Why.
        reason: String,
    },
    /// A range whose low end is above its high end.
    EmptyRange {
        /// The low end as written.
        low: String,
        /// The high end as written.
        high: String,
        /// Whether a condition asks for it, which then never holds; anywhere else it is an error, for nothing is meant by it.
        asked: bool,
    },
    /// A negative form that also holds for records without a value (a hint).
    HoldsWhenMissing {
        /// The field that may be missing.
        field: String,
    },
    /// A target that may be missing, so that the effect is then not performed.
    TargetMayBeMissing {
        /// The expression.
        target: String,
    },
    /// A `decide` without `otherwise` whose lines may all fail.
    Gap {
        /// The derived value: `lead.tier`.
        definition: String,
    },
    /// A table in which there are records that no row covers.
    GapInTable {
        /// A row that would cover some of them, where that can be told: `| "US" | < 50 | … |`.
        example: Option<String>,
    },
    /// Two rows of a table that can hold together and may not; the related place is the earlier one.
    OverlappingRows {
        /// A record for which both hold, where that is proved.
        witness: Option<String>,
        /// Whether they might if they gave the same: an `any match` table.
        agree: bool,
    },
    /// A row of a `first match` table behind others that take all its records.
    UnreachableRow {
        /// Whether one row does, which is the related place.
        one: bool,
    },
    /// A comparison with the empty text, which a table never holds: an empty cell is missing.
    EmptyText,
    /// A text that a column of reference data is compared with, or looked up by, and that none of its rows has.
    NotInColumn {
        /// The text.
        text: String,
        /// The reference data.
        reference: String,
        /// The column.
        column: String,
        /// A text that the column has, and that it nearly is.
        suggestion: Option<String>,
    },
    /// A moment compared for equality with a day, which holds for the first moment of that day and no other.
    MidnightOnly {
        /// The moment as written.
        moment: String,
        /// The day as written.
        day: String,
        /// Whether the moment may also lie before the day, so that the day's first moment is the last that is taken in.
        until: bool,
    },
    /// Something too large to be looked at whole (a hint, which `check` also says at its end): nothing is wrong with it.
    NotExamined(Unexamined),
    /// A rule behind one that always holds in a `first match` set; the related place is that one.
    Unreachable {
        /// The rule that always holds.
        by: String,
    },
}

/// What is too large to be looked at whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unexamined {
    /// Pairs of rules about one type of record that decide the same, the first so many aside.
    Pairs(usize),
    /// The rows of a table beside each other.
    Rows,
    /// The rows of a table one by one, in traces and coverage; it has so many, and so many are told at most.
    Lines {
        /// How many rows it has.
        rows: usize,
        /// How many a table may have.
        most: usize,
    },
}

impl Unexamined {
    fn sentence(self) -> String {
        match self {
            Self::Pairs(most) => format!(
                "{most} pairs of rules that decide the same were compared, and from here on no more: overlaps and conflicts may stand below"
            ),
            Self::Rows => {
                "this table is too large to compare all of its rows: it may have gaps, and rows that never hold or meet"
                    .into()
            }
            Self::Lines { rows, most } => format!(
                "this table has {rows} rows: traces and coverage tell which row held of tables with up to {most}"
            ),
        }
    }
}

impl ConditionProblem {
    pub(super) const fn severity(&self) -> Severity {
        match self {
            Self::HoldsWhenMissing { .. } | Self::NotExamined(_) => Severity::Hint,
            Self::OverlappingRows { witness: Some(_), .. } | Self::EmptyRange { asked: false, .. } => Severity::Error,
            _ => Severity::Warning,
        }
    }

    pub(super) fn sentence(&self) -> String {
        match self {
            Self::AlwaysTrue { reason } => format!("this always holds, because {reason}"),
            Self::AlwaysFalse { reason } => format!("this never holds, because {reason}"),
            Self::EmptyRange { low, high, asked: true } => {
                format!("nothing lies between {} and {}", quote(low), quote(high))
            }
            Self::EmptyRange { low, high, asked: false } => {
                format!("what begins at {} cannot end at {}", quote(low), quote(high))
            }
            Self::HoldsWhenMissing { field } => format!("this also holds where {} is missing", quote(field)),
            Self::TargetMayBeMissing { target } => {
                format!("{} may be missing, and then nothing happens", quote(target))
            }
            Self::EmptyText => "an empty cell of a table is missing, so it never equals `\"\"`".into(),
            Self::NotInColumn { text, reference, column, .. } => {
                format!("no row of {} has {} as its {}", quote(reference), quote(&quoted(text)), quote(column))
            }
            Self::MidnightOnly { moment, day, until: true } => format!(
                "{} may have a time of day, and of {} this takes in the first moment only",
                quote(moment),
                quote(day)
            ),
            Self::MidnightOnly { moment, day, until: false } => {
                format!("{} may have a time of day, and then equals {} at midnight only", quote(moment), quote(day))
            }
            Self::Gap { definition } => format!("{} has no value where none of its lines holds", quote(definition)),
            Self::GapInTable { example: Some(example) } => {
                format!("no row of this table covers {}", code(example))
            }
            Self::GapInTable { example: None } => "there may be records that no row of this table covers".into(),
            Self::OverlappingRows { witness: Some(witness), agree: false } => {
                format!("two rows of this table hold together: for {witness}")
            }
            Self::OverlappingRows { witness: Some(witness), agree: true } => {
                format!("two rows of this table hold together and give different values: for {witness}")
            }
            Self::OverlappingRows { witness: None, agree: false } => {
                "two rows of this table may hold together, and then the record has a fault".into()
            }
            Self::OverlappingRows { witness: None, agree: true } => {
                "two rows of this table may hold together with different values, and then the record has a fault".into()
            }
            Self::UnreachableRow { one: true } => {
                "this row never holds, because an earlier one takes its records".into()
            }
            Self::UnreachableRow { one: false } => {
                "this row never holds, because the rows above it take its records".into()
            }
            Self::NotExamined(what) => what.sentence(),
            Self::Unreachable { by } => format!("this rule never fires, because {} always comes first", quote(by)),
        }
    }

    pub(super) fn label(&self) -> String {
        match self {
            Self::AlwaysTrue { .. } => "always holds".into(),
            Self::AlwaysFalse { .. } => "never holds".into(),
            Self::EmptyRange { asked: true, .. } => "an empty range".into(),
            Self::EmptyRange { asked: false, .. } => "ends before it begins".into(),
            Self::HoldsWhenMissing { .. } => "holds without a value too".into(),
            Self::TargetMayBeMissing { .. } => "may be missing".into(),
            Self::EmptyText => "asks for an empty text".into(),
            Self::NotInColumn { suggestion, .. } => {
                did_you_mean(suggestion.as_deref().map(quoted).as_ref()).unwrap_or_else(|| "in no row".into())
            }
            Self::MidnightOnly { .. } => "a moment, not a day".into(),
            Self::Gap { .. } => "may be missing".into(),
            Self::GapInTable { .. } => "may give nothing".into(),
            Self::OverlappingRows { .. } => "this row".into(),
            Self::UnreachableRow { .. } => "never holds".into(),
            Self::NotExamined(Unexamined::Pairs(_)) => "not compared from here on".into(),
            Self::NotExamined(_) => "too large".into(),
            Self::Unreachable { .. } => "never fires".into(),
        }
    }

    pub(super) fn help(&self) -> Option<String> {
        let help = match self {
            Self::AlwaysTrue { .. } => "remove it, or ask for what was meant".into(),
            Self::AlwaysFalse { .. } => "ask for what was meant".into(),
            Self::EmptyRange { low, high, asked: true } => {
                format!("write the lower end first: {}, then {}", quote(high), quote(low))
            }
            Self::EmptyRange { low, high, asked: false } => format!("write {} first, then {}", quote(high), quote(low)),
            Self::HoldsWhenMissing { field } => {
                format!("add {} unless those records are meant", code(&format!("and {field} is present")))
            }
            Self::TargetMayBeMissing { target } => {
                format!("say who it is then: {}", code(&format!("({target} default \"…\")")))
            }
            Self::EmptyText => "write `is blank` or `is not blank`, which hold for tables and JSON alike".into(),
            Self::NotInColumn { suggestion: Some(suggestion), .. } => format!("write {}", quote(&quoted(suggestion))),
            Self::NotInColumn { .. } => "look at the file: correct the text, or add the row that it is meant for".into(),
            Self::MidnightOnly { moment, .. } => {
                let (day, within) = (format!("date({moment})"), format!("{moment} within last 1d"));
                format!("write {} to compare days, or ask how long ago it was: {}", quote(&day), quote(&within))
            }
            Self::Gap { .. } => {
                "end it with `otherwise` and a value, or with `otherwise missing` if that is meant".into()
            }
            Self::GapInTable { .. } => {
                "add a row for them, or a last one with `any` in each cell; its value may be `missing`".into()
            }
            Self::OverlappingRows { agree: false, .. } => {
                "make their cells exclude each other, or let the table say `first match`".into()
            }
            Self::OverlappingRows { agree: true, .. } => {
                "let both give the same, make their cells exclude each other, or let the table say `first match`".into()
            }
            Self::UnreachableRow { .. } => "move it up, or remove it".into(),
            Self::NotExamined(Unexamined::Pairs(_)) => {
                "put what depends on a few fields into a `table`, or split the rules into sets that come `after` each other".into()
            }
            Self::NotExamined(_) => "split it into smaller tables, or look at its parts by hand".into(),
            Self::Unreachable { by } => format!("move it above {}, or remove it", quote(by)),
        };
        Some(help)
    }

    pub(super) fn replacements(&self) -> Vec<(String, String)> {
        match self {
            Self::MidnightOnly { moment, .. } => {
                let day = format!("date({moment})");
                vec![(format!("compare days: {}", quote(&day)), day)]
            }
            Self::NotInColumn { suggestion: Some(suggestion), .. } => {
                let text = quoted(suggestion);
                vec![(format!("write {}", quote(&text)), text)]
            }
            _ => Vec::new(),
        }
    }
}
