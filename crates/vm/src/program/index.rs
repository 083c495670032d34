//! An index over the rules of a set: which of them can hold, found without asking each.
//!
//! ```text
//!                     rows: one for each rule (more, where `or` gives it several ways to hold)
//!                     0  1  2  3  4  5
//! country  missing    ·  ·  ·  x  ·  ·      each dimension divides its values into parts; each part of a value has a
//!          others     ·  ·  ·  x  ·  x      bit for each row that it leaves possible
//!          "DE"       x  ·  ·  x  x  ·
//! score    .. 50      ·  x  x  x  ·  x
//!          50 ..      x  x  ·  ·  x  x
//!                     ─────────────────
//! "DE", 70            x  ·  ·  ·  x  ·      a record: one part of each dimension, the bits that all of them have
//! ```
//!
//! This is the bit vector scheme of packet classification: T. V. Lakshman and D. Stiliadis, *High-speed policy-based packet
//! forwarding using efficient multi-dimensional range matching*, SIGCOMM 1998. A program holds what the rules demand; the
//! bits are made of it once, when a machine is made.

use serde::{Deserialize, Serialize};
use values::Value;

use crate::file::nested;

/// The most dimensions of an index: each is computed for every record.
pub const DIMENSIONS: usize = 32;
/// The most parts of all dimensions of an index together. So an index takes no more than 256 bytes for each row.
pub const PARTS: usize = 2048;

/// The part of a missing value.
pub const MISSING: u32 = 0;
/// The part of all values that no label names; on a line, of all values below the first cut.
pub const OTHERS: u32 = 1;
/// The first part that labels name.
pub const FIRST: u32 = 2;

/// Which rules of a set can hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The ways in which rules can hold, rule after rule.
    pub rows: Vec<Row>,
    /// What they depend on.
    pub dimensions: Vec<Dimension>,
}

/// A way in which a rule can hold. A rule without one cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The rule: a place in [`Decision::rules`](super::Decision::rules).
    pub rule: u32,
    /// Whether the rule holds wherever this row is possible; else its condition has to be asked.
    pub whole: bool,
    /// Whether the row also tells what missing values leave of the rule: no choice hangs on anything that it depends on.
    pub certain: bool,
}

/// A value that rules ask for, and what they demand of it. Computing it cannot fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    /// Where its code begins; it leaves one value.
    pub entry: u32,
    /// Whether no choice hangs on it, so that it also tells which rules missing values can have decided.
    pub certain: bool,
    /// How its values fall into parts.
    pub scale: Scale,
    /// The different demands.
    pub demands: Vec<Demand>,
    /// Which rows make which demand, both by their places, in the order of the rows. Others make none.
    pub made_by: Vec<(u32, u32)>,
}

/// How the values of a dimension fall into parts. Missing ones are [`MISSING`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scale {
    /// By what they are: texts and truths, each with its part, [`FIRST`] or more. All others are [`OTHERS`].
    Labels {
        /// The values, texts folded unless `exact`.
        labels: Vec<Label>,
        /// Whether texts are compared to the letter.
        exact: bool,
    },
    /// By what stands in them: texts, and lists of texts. A value falls into the parts of all needles that it holds, each with
    /// its part, [`FIRST`] or more; into [`OTHERS`] if it holds none. A row is possible if one of them leaves it so.
    Holding {
        /// The needles, folded unless `exact`; none is empty.
        needles: Vec<Label>,
        /// Whether texts are compared to the letter.
        exact: bool,
    },
    /// By thresholds, in ascending order: as many parts as there are cuts below a value, from [`OTHERS`] on.
    Line(Vec<Cut>),
}

/// A value and its part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The value.
    #[serde(deserialize_with = "nested::value")]
    pub value: Value,
    /// Its part.
    pub part: u32,
}

/// Where smaller values are told from greater ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// A number, an amount, a date, a time or an exact duration.
    #[serde(deserialize_with = "nested::value")]
    pub value: Value,
    /// Whether the value itself is below the cut.
    pub after: bool,
}

/// What a row demands of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Demand {
    /// The parts that leave the row possible: inclusive ranges.
    pub parts: Vec<(u32, u32)>,
    /// What becomes of the row where the value is missing and may be any.
    pub missing: Missing,
    /// Whether something on which a choice hangs is asked before it.
    pub late: bool,
}

/// What a missing value that may be any makes of a demand: false, unknown or true, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Missing {
    /// It is not met whatever the value is.
    Fails,
    /// It depends on the value.
    Open,
    /// It is met: it is asked whether the value is missing, and nothing else.
    Meets,
}

impl Scale {
    /// How many parts there are.
    pub fn parts(&self) -> usize {
        match self {
            Self::Labels { labels, .. } | Self::Holding { needles: labels, .. } => {
                labels.iter().map(|label| label.part as usize + 1).fold(FIRST as usize, usize::max)
            }
            Self::Line(cuts) => cuts.len() + FIRST as usize,
        }
    }
}
