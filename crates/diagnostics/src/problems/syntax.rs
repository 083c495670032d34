//! What `syntax` finds while it reads the text.

/// A problem with how something is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SyntaxProblem {
    /// Something else was expected here.
    Unexpected {
        /// What could stand here, in the analyst's words: "a value", "`then`".
        expected: Vec<String>,
        /// The word or sign that stands here; empty at the end of the item.
        found: String,
        /// A keyword that `found` nearly is.
        suggestion: Option<String>,
    },
    /// A line at the outermost level begins with no item of the language.
    UnknownItem {
        /// The word it begins with.
        found: String,
        /// An item word that it nearly is.
        suggestion: Option<String>,
    },
    /// A text whose closing quote is missing on its line; the place is the opening quote.
    UnterminatedText,
    /// A pattern whose closing slash is missing on its line; the place is the opening slash.
    UnterminatedPattern,
    /// A bracket that is never closed (the place is the opening one) or never opened.
    UnbalancedBracket {
        /// The bracket that stands there: `(`, `}` …
        bracket: char,
    },
    /// `and` and `or` side by side without brackets.
    MixedAndOr {
        /// The condition with brackets around its `and` parts.
        and_first: String,
        /// The condition with brackets around its `or` parts.
        or_first: String,
    },
    /// `5m`: minutes or months?
    AmbiguousUnit {
        /// The digits before the `m`.
        amount: String,
    },
    /// A number followed by letters that are no unit.
    UnknownUnit {
        /// The digits.
        amount: String,
        /// The letters.
        unit: String,
    },
    /// A date or time that no calendar has: `2026-02-30`, or that is not written in full: `2026-1-31`.
    ImpossibleDate {
        /// As written.
        text: String,
        /// What is wrong: "February 2026 has 28 days".
        reason: String,
    },
    /// An escape or brace in a text that means nothing.
    InvalidEscape {
        /// As written.
        text: String,
    },
    /// A letter that looks like another one and is not.
    ConfusableCharacter {
        /// The letter that stands there.
        found: char,
        /// What it looks like.
        looks_like: String,
        /// Whether it stands in a quoted text or comment, where it is only a warning.
        in_text: bool,
    },
    /// A character that cannot be seen, or that changes the order in which others are shown.
    InvisibleCharacter {
        /// The character.
        found: char,
        /// Whether it stands in a quoted text or comment, where it is only a warning.
        in_text: bool,
    },
    /// Brackets, `not` or other forms nested too deeply.
    NestingLimit {
        /// The deepest nesting allowed.
        limit: usize,
    },
    /// An item of too many words and signs.
    SizeLimit {
        /// The most words and signs allowed in an item.
        limit: usize,
    },
    /// Part of the language that this version does not decide yet.
    NotYet {
        /// The construct, in words: "`score` items".
        construct: String,
    },
    /// `= missing`, `is not missing` written with signs: `!= missing`.
    CompareWithMissing {
        /// Whether it was the negative form.
        negated: bool,
    },
    /// `1 < x < 5`
    ChainedComparison,
    /// A reserved word used as a bare name.
    ReservedName {
        /// The word.
        name: String,
    },
    /// An effect after `stop`.
    EffectAfterStop,
    /// A rule after `otherwise`, or a second `otherwise`.
    AfterOtherwise,
    /// `otherwise` outside a rule set.
    StrayOtherwise,
    /// The file is not UTF-8 from here on.
    InvalidUtf8,
}
