//! The finite list of ways in which computing with conforming records can still go wrong.

use std::fmt;

use limits::Limit;
use serde::{Deserialize, Serialize};

/// Why a computation yields no value. A fault spoils the record that it happens on and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FaultCode {
    /// A number left the range of exact decimals (about ±7.9 × 10^28).
    NumberOverflow,
    /// Division or remainder by zero.
    DivisionByZero,
    /// Amounts of different currencies were added or compared.
    CurrencyMismatch,
    /// A date or instant left the years -9999 to 9999.
    DateOutOfRange,
    /// A duration left its range (about ±292 years).
    DurationOverflow,
    /// Two rules of a `unique match` set held for one record.
    SeveralMatches,
    /// Two rows of a `unique match` table held for one record.
    SeveralRows,
    /// Two rows of an `any match` table held for one record and gave different values.
    RowsDisagree,
    /// A computed target that no declaration names.
    UnknownTarget,
    /// A text grew over its limit while it was computed.
    TextTooLong,
    /// A list grew over its limit while it was computed.
    ListTooLong,
    /// The evaluation took more steps than its limit.
    TooManySteps,
}

impl FaultCode {
    /// All of them, in the order in which guides list them.
    pub const fn all() -> &'static [Self] {
        &[
            Self::NumberOverflow,
            Self::DivisionByZero,
            Self::CurrencyMismatch,
            Self::DateOutOfRange,
            Self::DurationOverflow,
            Self::SeveralMatches,
            Self::SeveralRows,
            Self::RowsDisagree,
            Self::UnknownTarget,
            Self::TextTooLong,
            Self::ListTooLong,
            Self::TooManySteps,
        ]
    }

    /// The stable code, as it stands in rejects files and reports.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NumberOverflow => "number-overflow",
            Self::DivisionByZero => "division-by-zero",
            Self::CurrencyMismatch => "currency-mismatch",
            Self::DateOutOfRange => "date-out-of-range",
            Self::DurationOverflow => "duration-overflow",
            Self::SeveralMatches => "several-matches",
            Self::SeveralRows => "several-rows",
            Self::RowsDisagree => "rows-disagree",
            Self::UnknownTarget => "unknown-target",
            Self::TextTooLong => "text-too-long",
            Self::ListTooLong => "list-too-long",
            Self::TooManySteps => "too-many-steps",
        }
    }

    /// What the author of the rules can do about it: a sentence or two.
    pub const fn cure(self) -> &'static str {
        match self {
            Self::NumberOverflow => "Ask for the size of the numbers before they are multiplied.",
            Self::DivisionByZero => {
                "Ask first: `if order.quantity > 0 then order.total / order.quantity else missing`."
            }
            Self::CurrencyMismatch => {
                "Ask for the currency first: `currency(deal.amount) is \"EUR\" and deal.amount > 500 EUR`."
            }
            Self::DateOutOfRange => "Look at the date in the record: it is probably a slip.",
            Self::DurationOverflow => "Look at the dates in the record: they lie centuries apart.",
            Self::SeveralMatches => {
                "Make the conditions of the named rules exclude each other, or let the set say `first match`."
            }
            Self::SeveralRows => {
                "Make the rows of the table exclude each other, or let it say `first match` and order its rows."
            }
            Self::RowsDisagree => {
                "Make the rows that hold together give the same value, or let the table say `first match`."
            }
            Self::UnknownTarget => "Declare the name as a `team`, `queue` or `user`, or correct it in the record.",
            Self::TextTooLong => {
                "Look at the texts of the record: one is unusually long. If it is meant, move the limit with `--limit-text-length`."
            }
            Self::ListTooLong => {
                "Look at the lists of the record: one is unusually long. If it is meant, move the limit with `--limit-list-length`."
            }
            Self::TooManySteps => {
                "Look for a list in the record that is unusually long. If it is meant, move the limit with `--limit-steps`."
            }
        }
    }

    /// The limit that was met, if it was one.
    pub const fn limit(self) -> Option<Limit> {
        match self {
            Self::TextTooLong => Some(Limit::TextLength),
            Self::ListTooLong => Some(Limit::ListLength),
            Self::TooManySteps => Some(Limit::Steps),
            _ => None,
        }
    }

    /// One sentence for the person who reads the report.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NumberOverflow => "a number left the range of exact decimals (28 digits)",
            Self::DivisionByZero => "a number was divided by zero",
            Self::CurrencyMismatch => "amounts of different currencies were added or compared",
            Self::DateOutOfRange => "a date left the years -9999 to 9999",
            Self::DurationOverflow => "a duration left the range of about 292 years",
            Self::SeveralMatches => "several rules of a `unique match` set held at once",
            Self::SeveralRows => "several rows of a `unique match` table held at once",
            Self::RowsDisagree => "rows of an `any match` table held at once and gave different values",
            Self::UnknownTarget => "a computed target is not a declared team, queue or user",
            Self::TextTooLong => "a text is too long",
            Self::ListTooLong => "a list is too long",
            Self::TooManySteps => "deciding the record took too many steps",
        }
    }
}

impl fmt::Display for FaultCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.sentence())
    }
}
