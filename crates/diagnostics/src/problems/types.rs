//! What `semantics` finds while it checks types. Types stand here as they are written in rule files.

/// A problem with a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeProblem {
    /// An operator between two types that it does not join: `lead.score > "hot"`.
    Operands {
        /// The operator as written: `>`, `contains`, `+`.
        operator: String,
        /// What the left is: "`lead.score` is a number".
        left: String,
        /// The type of the right.
        right: String,
    },
    /// One type was expected and another is here.
    Expected {
        /// Where: "a condition", "`set lead.stage`", "the first argument of `round`".
        context: String,
        /// The expected type.
        expected: String,
        /// The type that is here.
        found: String,
    },
    /// A function given too few or too many arguments.
    ArgumentCount {
        /// The function.
        function: String,
        /// How it is written: `round(number, digits)`.
        signature: String,
        /// How many were given.
        found: usize,
    },
    /// Two uses of an undeclared field that disagree; the related place is the other use.
    Inference {
        /// The field: `lead.score`.
        field: String,
        /// The type that its other use asks for.
        first: String,
        /// The type that this use asks for.
        second: String,
    },
    /// Nothing tells the type of an undeclared field.
    CannotInfer {
        /// The field.
        field: String,
    },
    /// A literal that is none of the labels of a `one of`.
    NotOneOf {
        /// The literal.
        literal: String,
        /// What it is compared with or set to: `lead.stage`.
        field: String,
        /// A label that it nearly is.
        suggestion: Option<String>,
        /// The labels.
        labels: Vec<String>,
    },
    /// A month, year or business duration where only an exact one can stand.
    AnchoredDuration {
        /// As written.
        text: String,
    },
    /// A number that exact decimals cannot hold.
    NumberOutOfRange {
        /// As written.
        text: String,
    },
    /// A duration that is too long.
    DurationOutOfRange {
        /// As written.
        text: String,
    },
    /// A pattern that is not well formed or too large.
    InvalidPattern {
        /// What is wrong with it.
        reason: String,
    },
    /// A field that an effect may not write.
    CannotWrite {
        /// The field.
        field: String,
        /// Why: "it is the key", "it is derived", "it is not declared".
        reason: String,
    },
    /// A part of a record's declaration that does not fit its type: a default, a sentinel, a key.
    Declaration {
        /// What: "the default", "a key".
        what: String,
        /// Why it does not fit.
        reason: String,
    },
    /// A computed target whose type has a member that is not declared as a target.
    UndeclaredMember {
        /// The members that no declaration names.
        members: Vec<String>,
    },
    /// A value that depends on the record where only a constant can stand.
    NotConstant {
        /// Where: "a constant", "a list".
        context: String,
    },
    /// Definitions that build on each other too deeply.
    DefinitionDepth {
        /// The deepest chain allowed.
        limit: usize,
    },
}
