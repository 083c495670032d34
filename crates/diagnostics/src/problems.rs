//! What can be wrong with a rulebook, as plain fields; and for each its code, severity, sentence, label and help.

mod calendars;
mod conditions;
mod data;
mod effects;
mod limits;
mod names;
mod sets;
mod syntax;
mod tests;
mod types;
mod wording;

pub use calendars::{CalendarProblem, FileLine};
pub use conditions::{ConditionProblem, Unexamined};
pub use data::DataProblem;
pub use effects::EffectProblem;
pub use limits::LimitProblem;
pub use names::NameProblem;
pub use sets::SetProblem;
pub use syntax::SyntaxProblem;
pub use tests::TestProblem;
pub use types::TypeProblem;

use crate::Severity;

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
    /// Found in a table that rules name.
    Data(DataProblem),
    /// Found in a test.
    Test(TestProblem),
    /// Found in what rules do and who is to do it.
    Effect(EffectProblem),
    /// Found where rule sets do not stand together as they should.
    Set(SetProblem),
    /// Found where calendars are declared and used.
    Calendar(CalendarProblem),
    /// Found where a rulebook goes over a limit.
    Limit(LimitProblem),
}

impl Problem {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Syntax(problem) => problem.severity(),
            Self::Name(problem) => problem.severity(),
            Self::Type(_) | Self::Data(_) | Self::Test(_) | Self::Limit(_) => Severity::Error,
            Self::Condition(problem) => problem.severity(),
            Self::Effect(problem) => problem.severity(),
            Self::Set(problem) => problem.severity(),
            Self::Calendar(problem) => problem.severity(),
        }
    }

    /// What is wrong: one sentence, lower case, without full stop, the user's words in backquotes.
    pub fn sentence(&self) -> String {
        match self {
            Self::Syntax(problem) => problem.sentence(),
            Self::Name(problem) => problem.sentence(),
            Self::Type(problem) => problem.sentence(),
            Self::Condition(problem) => problem.sentence(),
            Self::Data(problem) => problem.sentence(),
            Self::Test(problem) => problem.sentence(),
            Self::Effect(problem) => problem.sentence(),
            Self::Set(problem) => problem.sentence(),
            Self::Calendar(problem) => problem.sentence(),
            Self::Limit(problem) => problem.sentence(),
        }
    }

    /// A few words for the underlined place.
    pub fn label(&self) -> String {
        match self {
            Self::Syntax(problem) => problem.label(),
            Self::Name(problem) => problem.label(),
            Self::Type(problem) => problem.label(),
            Self::Condition(problem) => problem.label(),
            Self::Data(problem) => problem.label(),
            Self::Test(problem) => problem.label(),
            Self::Effect(problem) => problem.label(),
            Self::Set(problem) => problem.label(),
            Self::Calendar(problem) => problem.label(),
            Self::Limit(problem) => problem.label(),
        }
    }

    /// What to do about it, beginning with a verb.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Syntax(problem) => problem.help(),
            Self::Name(problem) => problem.help(),
            Self::Type(problem) => problem.help(),
            Self::Condition(problem) => problem.help(),
            Self::Data(problem) => problem.help(),
            Self::Test(problem) => problem.help(),
            Self::Effect(problem) => problem.help(),
            Self::Set(problem) => problem.help(),
            Self::Calendar(problem) => problem.help(),
            Self::Limit(problem) => problem.help(),
        }
    }

    /// What could stand at the place instead, the likeliest first: a title that begins with a verb, and the text.
    /// More than one where only the author can tell what was meant.
    pub fn replacements(&self) -> Vec<(String, String)> {
        match self {
            Self::Syntax(problem) => problem.replacements(),
            Self::Name(problem) => problem.replacements(),
            Self::Type(problem) => problem.replacements(),
            Self::Test(problem) => problem.replacements(),
            Self::Condition(problem) => problem.replacements(),
            Self::Data(_) | Self::Limit(_) => Vec::new(),
            Self::Effect(problem) => problem.replacements(),
            Self::Set(problem) => problem.replacements(),
            Self::Calendar(problem) => problem.replacements(),
        }
    }
}

impl From<SyntaxProblem> for Problem {
    fn from(problem: SyntaxProblem) -> Self {
        Self::Syntax(problem)
    }
}

impl From<NameProblem> for Problem {
    fn from(problem: NameProblem) -> Self {
        Self::Name(problem)
    }
}

impl From<TypeProblem> for Problem {
    fn from(problem: TypeProblem) -> Self {
        Self::Type(problem)
    }
}

impl From<ConditionProblem> for Problem {
    fn from(problem: ConditionProblem) -> Self {
        Self::Condition(problem)
    }
}

impl From<DataProblem> for Problem {
    fn from(problem: DataProblem) -> Self {
        Self::Data(problem)
    }
}

impl From<TestProblem> for Problem {
    fn from(problem: TestProblem) -> Self {
        Self::Test(problem)
    }
}

impl From<EffectProblem> for Problem {
    fn from(problem: EffectProblem) -> Self {
        Self::Effect(problem)
    }
}

impl From<SetProblem> for Problem {
    fn from(problem: SetProblem) -> Self {
        Self::Set(problem)
    }
}

impl From<CalendarProblem> for Problem {
    fn from(problem: CalendarProblem) -> Self {
        Self::Calendar(problem)
    }
}

impl From<LimitProblem> for Problem {
    fn from(problem: LimitProblem) -> Self {
        Self::Limit(problem)
    }
}
