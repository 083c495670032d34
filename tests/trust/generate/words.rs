//! Words of the language, put together so that what belongs together stays together.

/// How tightly an expression holds together, from the loosest to the tightest: the levels of the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tight {
    /// `if`, which takes all that follows; `and`, `or`.
    Condition,
    Not,
    Comparison,
    Sum,
    Product,
    Default,
    Unary,
    Primary,
}

/// An expression as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) text: String,
    tight: Tight,
    /// Whether it begins with a literal: in brackets a comma and a literal go on with a list.
    begins_with_literal: bool,
    /// Whether a comma behind it could be taken for its own.
    ends_open: bool,
}

impl Phrase {
    pub(crate) fn new(tight: Tight, text: impl Into<String>) -> Self {
        Self { text: text.into(), tight, begins_with_literal: false, ends_open: false }
    }

    /// A path, a call, anything that holds together by itself.
    pub(crate) fn whole(text: impl Into<String>) -> Self {
        Self::new(Tight::Primary, text)
    }

    pub(crate) fn literal(text: impl Into<String>) -> Self {
        Self { begins_with_literal: true, ..Self::whole(text) }
    }

    /// Something with a minus before it.
    pub(crate) fn negative(text: impl AsRef<str>) -> Self {
        Self { begins_with_literal: true, ..Self::new(Tight::Unary, format!("-{}", text.as_ref())) }
    }

    /// `left word right`, which holds together so tightly; the right side as tightly as `right_tight`.
    pub(crate) fn joined(tight: Tight, left: &Self, word: &str, right: &Self, right_tight: Tight) -> Self {
        let text = format!("{} {word} {}", left.at(tight), right.at(right_tight));
        let begins = left.begins_with_literal && left.tight >= tight;
        Self { text, tight, begins_with_literal: begins, ends_open: right.ends_open && right.tight >= right_tight }
    }

    /// A comparison: an operand, and what is said of it.
    pub(crate) fn said_of(subject: &Self, says: impl AsRef<str>) -> Self {
        let text = format!("{} {}", subject.at(Tight::Sum), says.as_ref());
        let begins = subject.begins_with_literal && subject.tight >= Tight::Sum;
        Self { text, tight: Tight::Comparison, begins_with_literal: begins, ends_open: false }
    }

    /// Beginning and ending with these, so that it is read as they are at both ends.
    pub(crate) fn between(self, first: Option<&Self>, last: &Self) -> Self {
        let begins_with_literal = first.is_some_and(|first| first.begins_with_literal && first.tight >= self.tight);
        Self { begins_with_literal, ends_open: last.ends_open && last.tight >= self.tight, ..self }
    }

    /// The same, ending with a list without brackets.
    pub(crate) fn open(self) -> Self {
        Self { ends_open: true, ..self }
    }

    /// As part of something that holds together so tightly: in brackets if it does not.
    pub(crate) fn at(&self, tight: Tight) -> String {
        if self.tight >= tight { self.text.clone() } else { format!("({})", self.text) }
    }

    /// As one of several between commas.
    pub(crate) fn between_commas(&self) -> String {
        if self.begins_with_literal || self.ends_open { format!("({})", self.text) } else { self.text.clone() }
    }

    /// As one of several values between the brackets of a call, of which each is a sum.
    pub(crate) fn argument(&self) -> String {
        self.at(Tight::Sum)
    }
}

/// A text in quotes.
pub(crate) fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('{', "{{").replace('}', "}}");
    format!("\"{text}\"")
}
