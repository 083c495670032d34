//! A sieve: of many cases those that hold, found by an index instead of asking each. The lines of a score, the rows of a
//! table, the cases of a `decide`.

use serde::{Deserialize, Serialize};
use values::builtins::Builtin;

use super::Index;

/// Cases, and what is made of those that hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sieve {
    /// Which cases can hold: what it calls rules are places in `cases`.
    pub index: Index,
    /// The cases in written order.
    pub cases: Vec<Case>,
    /// What is made of them.
    pub made: Made,
}

impl Sieve {
    /// Where all that it runs begins, what its index looks at included.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = u32> {
        let cases = self.cases.iter().flat_map(|case| case.condition.into_iter().chain([case.value]));
        let otherwise = if let Made::First(otherwise) = self.made { Some(otherwise) } else { None };
        let looked_at = self.index.dimensions.iter().map(|dimension| dimension.entry);
        cases.chain(otherwise).chain(looked_at)
    }
}

/// A case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Where the code of its condition begins, which leaves one truth; none if it always holds.
    pub condition: Option<u32>,
    /// Where the code of its value begins, which leaves one value.
    pub value: u32,
}

/// What is made of the values of the cases that hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Made {
    /// The value of the first; where none holds, what the code that begins there leaves.
    First(u32),
    /// What a built-in gives that leaves out missing values: the sum, the only one.
    All(Builtin),
}

/// Of how many cases, one after the other, the values are given to a built-in at once.
pub const TOGETHER: u32 = 64;
