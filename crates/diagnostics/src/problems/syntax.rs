//! What `syntax` finds while it reads the text.

use limits::Limit;

use super::limits::moved;
use super::wording::{any_of, code, did_you_mean, quote};
use crate::Severity;

/// A problem with how something is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SyntaxProblem {
    /// Something else was expected here.
    Unexpected {
        /// What could stand here, in the analyst's words: "a value", "`then`".
        expected: Vec<String>,
        /// The word or sign that stands here; empty at the end of the item.
        found: String,
        /// What was probably meant by `found`; empty where nothing need stand there.
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
        /// How it is written, where that can be told.
        meant: Option<String>,
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
    /// A declaration, a test or `never` between the rules of a set.
    InsideSet {
        /// The word that it begins with.
        word: String,
    },
    /// A line of a score that has its place and stands elsewhere, or a second one of them.
    Misplaced {
        /// The word that it begins with.
        word: String,
        /// Where it stands: "once, before all other lines".
        place: String,
    },
    /// A row of a table with too few or too many cells.
    RaggedRow {
        /// How many it has.
        cells: usize,
        /// How many columns the table has.
        columns: usize,
    },
    /// A cell of a table without a word in it.
    EmptyCell {
        /// Whether it is a heading.
        heading: bool,
    },
    /// The file is not UTF-8 from here on.
    InvalidUtf8,
}

impl SyntaxProblem {
    /// A look-alike or unseen character in a text or comment changes nothing that is decided by structure; the rest is
    /// an error.
    pub(super) fn severity(&self) -> Severity {
        match self {
            Self::ConfusableCharacter { in_text: true, .. } | Self::InvisibleCharacter { in_text: true, .. } => {
                Severity::Warning
            }
            _ => Severity::Error,
        }
    }

    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Unexpected { expected, found, .. } => unexpected(expected, found),
            Self::UnknownItem { found, .. } => format!("nothing in a rule file begins with {}", quote(found)),
            Self::UnterminatedText => "this text has no closing quote on its line".into(),
            Self::UnterminatedPattern => "this pattern has no closing slash on its line".into(),
            Self::UnbalancedBracket { bracket } if closing(*bracket).is_some() => {
                format!("`{bracket}` is never closed")
            }
            Self::UnbalancedBracket { bracket } => format!("`{bracket}` closes nothing"),
            Self::MixedAndOr { .. } => {
                "`and` and `or` stand side by side without brackets, which can be read in two ways".into()
            }
            Self::AmbiguousUnit { amount } => {
                format!("{} may mean minutes or months", quote(&format!("{amount}m")))
            }
            Self::UnknownUnit { amount, unit } => {
                format!("{} ends in {}, which is no unit", quote(&format!("{amount}{unit}")), quote(unit))
            }
            Self::ImpossibleDate { text, reason, .. } => format!("{} is no date or time: {reason}", quote(text)),
            Self::InvalidEscape { text } => format!("{} means nothing inside a text", quote(text)),
            Self::ConfusableCharacter { found, looks_like, .. } => {
                format!("{} ({}) only looks like {}", quote(&found.to_string()), code_point(*found), quote(looks_like))
            }
            Self::InvisibleCharacter { found, .. } => {
                format!("there is {} ({}) here, which cannot be seen", character_name(*found), code_point(*found))
            }
            Self::NestingLimit { limit } => format!("this is nested more than {limit} levels deep"),
            Self::SizeLimit { limit } => format!("this has more than {limit} words and signs"),
            Self::NotYet { construct } => format!("this version does not decide {construct} yet"),
            Self::CompareWithMissing { .. } => "`missing` equals nothing, not even another missing value".into(),
            Self::ChainedComparison => "one comparison cannot follow another".into(),
            Self::ReservedName { name } => {
                format!("{} is a word of the language and cannot be a name here", quote(name))
            }
            Self::EffectAfterStop => "no effect can follow `stop`".into(),
            Self::AfterOtherwise => "nothing can follow the `otherwise` of a rule set".into(),
            Self::StrayOtherwise => "`otherwise` stands outside a rule set".into(),
            Self::InsideSet { word } => {
                format!("{} stands inside a rule set, where only rules and `otherwise` can stand", quote(word))
            }
            Self::Misplaced { word, place } => format!("{} stands {place}", quote(word)),
            Self::RaggedRow { cells, columns } => {
                format!("this row has {}, and the table has {}", count(*cells, "cell"), count(*columns, "column"))
            }
            Self::EmptyCell { heading: true } => "this column has no heading".into(),
            Self::EmptyCell { heading: false } => "this cell is empty".into(),
            Self::InvalidUtf8 => "the file is not UTF-8 text from here on".into(),
        }
    }

    pub(super) fn label(&self) -> String {
        match self {
            Self::Unexpected { suggestion: Some(nothing), .. } if nothing.is_empty() => "not needed here".into(),
            Self::Unexpected { suggestion: suggestion @ Some(_), .. }
            | Self::UnknownItem { suggestion: suggestion @ Some(_), .. } => {
                did_you_mean(suggestion.as_ref()).unwrap_or_default()
            }
            Self::Unexpected { found, .. } if found.is_empty() => "something is missing here".into(),
            Self::Unexpected { .. } => "not expected here".into(),
            Self::UnknownItem { .. } => "not known".into(),
            Self::UnterminatedText | Self::UnterminatedPattern => "begins here".into(),
            Self::UnbalancedBracket { bracket } if closing(*bracket).is_some() => "opened here".into(),
            Self::UnbalancedBracket { .. } => "nothing is open here".into(),
            Self::MixedAndOr { .. } => "needs brackets".into(),
            Self::AmbiguousUnit { .. } => "minutes or months?".into(),
            Self::UnknownUnit { .. } => "no such unit".into(),
            Self::ImpossibleDate { meant, .. } => {
                did_you_mean(meant.as_ref()).unwrap_or_else(|| "in no calendar".into())
            }
            Self::InvalidEscape { .. } => "means nothing".into(),
            Self::ConfusableCharacter { looks_like, .. } => format!("looks like {}", quote(looks_like)),
            Self::InvisibleCharacter { .. } => "cannot be seen".into(),
            Self::NestingLimit { .. } => "too deep".into(),
            Self::SizeLimit { .. } => "too long".into(),
            Self::NotYet { .. } => "not yet".into(),
            Self::CompareWithMissing { .. } => "compares with nothing".into(),
            Self::ChainedComparison => "a second comparison".into(),
            Self::ReservedName { .. } => "a word of the language".into(),
            Self::EffectAfterStop => "is never reached".into(),
            Self::AfterOtherwise => "comes after `otherwise`".into(),
            Self::StrayOtherwise => "belongs to no rule set".into(),
            Self::InsideSet { .. } | Self::Misplaced { .. } => "not its place".into(),
            Self::RaggedRow { cells, columns } if cells < columns => "too few cells".into(),
            Self::RaggedRow { .. } => "too many cells".into(),
            Self::EmptyCell { .. } => "nothing stands here".into(),
            Self::InvalidUtf8 => "cannot be read".into(),
        }
    }

    pub(super) fn help(&self) -> Option<String> {
        let help = match self {
            Self::Unexpected { suggestion: Some(nothing), found, .. } if nothing.is_empty() => {
                format!("leave out {}", quote(found))
            }
            Self::Unexpected { suggestion, .. } => format!("write {}", quote(suggestion.as_ref()?)),
            Self::UnknownItem { suggestion: Some(suggestion), .. } => format!("write {}", quote(suggestion)),
            Self::UnknownItem { .. } => format!("begin with {ITEMS}"),
            Self::UnterminatedText => "end it with `\"`; a quote inside a text is written `\\\"`".into(),
            Self::UnterminatedPattern => "end it with `/`; a slash inside a pattern is written `\\/`".into(),
            Self::UnbalancedBracket { bracket } => match closing(*bracket) {
                Some(closing) => format!("write `{closing}` where it ends"),
                None => "remove it, or open the bracket that it should close".into(),
            },
            Self::MixedAndOr { and_first, or_first } => {
                format!("write {}, or else {}", code(and_first), code(or_first))
            }
            Self::AmbiguousUnit { amount } => format!("write `{amount}min` for minutes, or `{amount}mo` for months"),
            Self::UnknownUnit { .. } => {
                "use `s`, `min`, `h`, `d`, `w`, `mo` or `y` for a duration, `k` or `M` for thousands or millions".into()
            }
            Self::ImpossibleDate { meant: Some(meant), .. } => format!("write {}", quote(meant)),
            Self::ImpossibleDate { .. } => {
                "write a date as `2026-01-31`, a time as `09:00`, and both as `2026-01-31T09:00`".into()
            }
            Self::InvalidEscape { text } => escape_help(text).into(),
            Self::ConfusableCharacter { looks_like, in_text: false, .. } => format!("write {}", quote(looks_like)),
            Self::ConfusableCharacter { looks_like, .. } => format!("write {}, unless it is meant", quote(looks_like)),
            Self::InvisibleCharacter { in_text: false, .. } => "remove it".into(),
            Self::InvisibleCharacter { found, .. } => {
                format!("remove it, or write `{}` inside a text where it is meant", found.escape_unicode())
            }
            Self::NestingLimit { .. } => "give the inner part a name with `define`".into(),
            Self::SizeLimit { .. } => {
                format!("split it, or give parts of it a name with `define` or `list`; {}", moved(Limit::Tokens))
            }
            Self::NotYet { .. } => "leave it out until a later version".into(),
            Self::CompareWithMissing { negated: false } => "write `is missing`".into(),
            Self::CompareWithMissing { negated: true } => "write `is present`".into(),
            Self::ChainedComparison => "write `between … and …`, or join two comparisons with `and`".into(),
            Self::ReservedName { name } => {
                format!(
                    "write `lead.{name}` for a field of that name, else choose another name or put backquotes around it"
                )
            }
            Self::EffectAfterStop => "write `stop` last".into(),
            Self::AfterOtherwise => "move it above `otherwise`, or join both".into(),
            Self::StrayOtherwise => "put it last into a set: `rules \"…\" for … { … }`".into(),
            Self::InsideSet { word } if word == "never" => {
                "move it above `rules`: it holds for the whole rulebook, whatever set a rule stands in".into()
            }
            Self::InsideSet { .. } => "move it above `rules`, or behind the `}` of the set".into(),
            Self::Misplaced { .. } | Self::RaggedRow { .. } | Self::EmptyCell { .. } => self.help_with_lines(),
            Self::InvalidUtf8 => "save the file with the encoding UTF-8".into(),
        };
        Some(help)
    }

    /// What to do about a line of a score or table.
    fn help_with_lines(&self) -> String {
        match self {
            Self::Misplaced { word, .. } => format!("move it there, and keep one {}", quote(word)),
            Self::RaggedRow { .. } => "write one cell for each column, `any` where everything will do".into(),
            Self::EmptyCell { heading: true } => {
                "write what its cells ask about, such as `lead.country`, or what they give: `=> lead.region`".into()
            }
            Self::EmptyCell { heading: false } => {
                "write `any` where everything will do, `missing` where there is no value".into()
            }
            _ => String::new(),
        }
    }

    pub(super) fn replacements(&self) -> Vec<(String, String)> {
        let write = |text: &str| (format!("write {}", code(text)), text.to_owned());
        match self {
            Self::Unexpected { suggestion: Some(nothing), found, .. } if nothing.is_empty() => {
                vec![(format!("leave out {}", quote(found)), String::new())]
            }
            Self::Unexpected { suggestion: Some(suggestion), .. }
            | Self::UnknownItem { suggestion: Some(suggestion), .. } => vec![write(suggestion)],
            Self::ImpossibleDate { meant: Some(meant), .. } => vec![write(meant)],
            Self::MixedAndOr { and_first, or_first } => vec![write(and_first), write(or_first)],
            Self::AmbiguousUnit { amount } => vec![write(&format!("{amount}min")), write(&format!("{amount}mo"))],
            Self::ConfusableCharacter { looks_like, .. } => vec![write(looks_like)],
            Self::InvisibleCharacter { .. } => vec![("remove it".into(), String::new())],
            Self::ReservedName { name } => vec![("write it in backquotes".into(), format!("`{name}`"))],
            _ => Vec::new(),
        }
    }
}

/// The words that can begin an item, for the help of one that does not.
const ITEMS: &str = "`when`, `rule`, `rules`, `record`, `let`, `list`, `define`, `decide`, `score`, `table`, `reference`, \
                     `calendar`, `team`, `queue`, `user`, `never` or `test`";

fn unexpected(expected: &[String], found: &str) -> String {
    match (expected, found) {
        ([], "") => "something is missing here".into(),
        ([], found) => format!("{} cannot stand here", quote(found)),
        (expected, "") => format!("expected {}, but nothing follows", any_of(expected)),
        (expected, found) => format!("expected {}, but found {}", any_of(expected), quote(found)),
    }
}

/// What to write where an escape or brace means nothing.
fn escape_help(text: &str) -> &'static str {
    match text {
        "{" => "close it with `}` on the same line, write quotes inside it as `\\\"`, and `{{` for the brace itself",
        _ => "write `\\\\` for a backslash, `{{` and `}}` for braces, `\\n` for a new line, `\\t` for a tab",
    }
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// The bracket that closes an opening one.
const fn closing(bracket: char) -> Option<char> {
    match bracket {
        '(' => Some(')'),
        '{' => Some('}'),
        '[' => Some(']'),
        _ => None,
    }
}

fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// What a character that cannot be seen is called.
fn character_name(character: char) -> &'static str {
    match character {
        '\u{a0}' | '\u{202f}' => "a no-break space",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' | '\u{200d}' | '\u{2060}' => "a zero-width joiner",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark that changes the order of writing"
        }
        '\u{feff}' => "a byte-order mark",
        _ if character.is_whitespace() => "an unusual space",
        _ if character.is_control() => "a control character",
        _ => "a character without a shape",
    }
}
