//! What can be wrong with a rulebook, as plain fields; and for each its code, severity, sentence, label and help.

mod conditions;
mod names;
mod syntax;
mod types;

pub use conditions::ConditionProblem;
pub use names::NameProblem;
pub use syntax::SyntaxProblem;
pub use types::TypeProblem;

use crate::{Code, Severity};

/// Anything that a phase may find, without place and sentence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// Found while the text was read.
    Syntax(SyntaxProblem),
    /// Found while names were bound.
    Name(NameProblem),
    /// Found while types were checked.
    Type(TypeProblem),
    /// Found where a condition or effect is well typed and still not what can have been meant.
    Condition(ConditionProblem),
}
