//! What the table says of a built-in.

use super::kind::{Kind, ResultType};
use crate::{Clock, FaultCode, Type, Value};

/// One built-in.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What it is called in program files and disassemblies; no other row has the same.
    pub key: &'static str,
    /// What analysts write: a function's name, an operator's sign (`unary-` for the sign before a number), a test's words.
    /// Rows may share a name; the types of the arguments choose between them.
    pub name: &'static str,
    /// How it is written.
    pub form: Form,
    /// What it takes.
    pub parameters: &'static [Parameter],
    /// Whether the last parameter may be given several times.
    pub variadic: bool,
    /// The type of what it gives.
    pub result: ResultType,
    /// What it does about missing arguments.
    pub missing: WhenMissing,
    /// Whether it may find nothing although every argument is present.
    pub may_be_missing: bool,
    /// Whether it can fault.
    pub may_fault: bool,
    /// A call and what it gives: `left("Berlin", 3) = "Ber"`.
    pub example: &'static str,
    /// What it gives, in one line.
    pub doc: &'static str,
    /// Computes it, from arguments that the [missing rule](WhenMissing) has let through.
    pub call: Call,
}

/// Computes a built-in.
pub type Call = fn(&Clock, &[Value]) -> Result<Value, FaultCode>;

/// How a built-in is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `round(x)`
    Function,
    /// `a + b`
    Operator,
    /// Words between operands, such as `contains`; the checker knows them by their key.
    Test,
}

/// What a built-in does when an argument is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WhenMissing {
    /// Its result is missing too.
    Propagates,
    /// It looks at missing values itself.
    Handles,
    /// It leaves them out. It takes any number of arguments, and may be given some of them and then what comes of these and
    /// the others.
    LeavesOut,
}

/// One thing that a built-in takes.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name, for messages: `text`, `digits`.
    pub name: &'static str,
    /// What it may be.
    pub kind: Kind,
}

impl Row {
    /// A row of a function: propagates missing values, cannot fault, always finds something.
    pub(super) const fn function(
        name: &'static str,
        parameters: &'static [Parameter],
        result: ResultType,
        call: Call,
    ) -> Self {
        Self {
            key: name,
            name,
            form: Form::Function,
            parameters,
            variadic: false,
            result,
            missing: WhenMissing::Propagates,
            may_be_missing: false,
            may_fault: false,
            example: "",
            doc: "",
            call,
        }
    }

    /// A row of an operator. All may fault but those of which [`never_faults`](Self::never_faults) says otherwise.
    pub(super) const fn operator(
        sign: &'static str,
        key: &'static str,
        parameters: &'static [Parameter],
        result: ResultType,
        call: Call,
    ) -> Self {
        Self { form: Form::Operator, key, may_fault: true, ..Self::function(sign, parameters, result, call) }
    }

    /// A row of a test.
    pub(super) const fn test(words: &'static str, parameters: &'static [Parameter], call: Call) -> Self {
        Self { form: Form::Test, ..Self::function(words, parameters, ResultType::Truth, call) }
    }

    pub(super) const fn keyed(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    pub(super) const fn variadic(self) -> Self {
        Self { variadic: true, ..self }
    }

    pub(super) const fn handles_missing(self) -> Self {
        Self { missing: WhenMissing::Handles, ..self }
    }

    /// It leaves out missing values, of any number.
    pub(super) const fn leaves_out_missing(self) -> Self {
        Self { missing: WhenMissing::LeavesOut, variadic: true, ..self }
    }

    pub(super) const fn may_be_missing(self) -> Self {
        Self { may_be_missing: true, ..self }
    }

    pub(super) const fn may_fault(self) -> Self {
        Self { may_fault: true, ..self }
    }

    pub(super) const fn never_faults(self) -> Self {
        Self { may_fault: false, ..self }
    }

    pub(super) const fn explained(self, example: &'static str, doc: &'static str) -> Self {
        Self { example, doc, ..self }
    }

    /// Whether a missing argument makes the result missing.
    pub const fn propagates(&self) -> bool {
        matches!(self.missing, WhenMissing::Propagates)
    }

    /// The parameter at a place, counting from 0; the last one again and again when it may be given several times.
    pub fn parameter(&self, place: usize) -> Option<&'static Parameter> {
        let last = self.parameters.last().filter(|_| self.variadic);
        self.parameters.get(place).or(last)
    }

    /// Whether it takes so many arguments.
    pub const fn takes(&self, count: usize) -> bool {
        let named = self.parameters.len();
        if self.variadic { count >= named } else { count == named }
    }

    /// How it is called: `mid(text, start, count)`, `min(value, value, …)`.
    pub fn signature(&self) -> String {
        let mut names: Vec<&str> = self.parameters.iter().map(|parameter| parameter.name).collect();
        if self.variadic {
            names.push("…");
        }
        format!("{}({})", self.name, names.join(", "))
    }

    /// The type of the result for arguments of given types.
    pub fn result_for(&self, arguments: &[Type]) -> Type {
        self.result.of(arguments)
    }
}
