//! What `semantics` finds while it checks types. Types stand here as they are written in rule files.

use super::wording::{a, all_of, names, quote, quote_unless_words, text};

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
    /// A division, or a remainder, by nothing but zero.
    ZeroDivisor,
    /// A number that exact decimals cannot hold.
    NumberOutOfRange {
        /// As written.
        text: String,
    },
    /// A duration that must be longer than nothing.
    NotPositive {
        /// Where: "`halving every`".
        context: String,
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
        /// Why: "it is the key", "it is derived by a definition".
        reason: String,
        /// What to do instead, beginning with a verb.
        instead: String,
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
    /// An effect or condition that would need too many values at once.
    TooManyValues {
        /// The most allowed.
        limit: usize,
    },
    /// Definitions that build on each other too deeply.
    DefinitionDepth {
        /// The deepest chain allowed.
        limit: usize,
    },
}

impl TypeProblem {
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Operands { operator, left, right } => {
                format!("{} does not fit here: {left}, and the other side is {}", quote(operator), a(right))
            }
            Self::Expected { context, expected, found } => {
                format!("{} needs {}, and this is {}", quote_unless_words(context), a(expected), a(found))
            }
            Self::ArgumentCount { function, found, .. } => {
                format!("{} is given the wrong number of values: {found}", quote(function))
            }
            Self::Inference { field, first, second } => {
                format!("{} is used as {} here and as {} elsewhere", quote(field), a(second), a(first))
            }
            Self::CannotInfer { field } => format!("nothing tells which type {} has", quote(field)),
            Self::NotOneOf { literal, field, .. } => {
                format!("{} is none of the values of {}", quote(&text(unquoted(literal))), quote_unless_words(field))
            }
            Self::AnchoredDuration { text } => {
                format!("{} is not always of the same length, and an exact one is needed here", quote(text))
            }
            Self::ZeroDivisor => "a division by zero has no result".into(),
            Self::NumberOutOfRange { text } => format!("the number {} has too many digits", quote(text)),
            Self::NotPositive { context, text } => {
                format!("{context} needs a time above zero, and this is {}", quote(text))
            }
            Self::DurationOutOfRange { text } => format!("the duration {} is too long", quote(text)),
            Self::InvalidPattern { reason } => format!("this pattern cannot be used: {reason}"),
            Self::CannotWrite { field, reason, .. } => format!("{} cannot be written: {reason}", quote(field)),
            Self::Declaration { what, reason } => format!("{what} does not fit: {reason}"),
            Self::UndeclaredMember { members } => {
                format!("this can be {}, which no declaration names as a team, queue or user", listed(members))
            }
            Self::NotConstant { context } => format!("{context} cannot depend on a record"),
            Self::TooManyValues { limit } => format!("this needs more than {limit} values at once"),
            Self::DefinitionDepth { limit } => format!("more than {limit} definitions build on each other here"),
        }
    }

    pub(super) fn label(&self) -> String {
        match self {
            Self::Operands { .. } => "do not go together".into(),
            Self::Expected { found, .. } => format!("this is {}", a(found)),
            Self::ArgumentCount { .. } => "the wrong number of values".into(),
            Self::Inference { second, .. } => format!("{} here", a(second)),
            Self::CannotInfer { .. } => "of unknown type".into(),
            Self::NotOneOf { suggestion, .. } => {
                let label = suggestion.as_ref().map(|label| format!("did you mean {}?", quote(&text(label))));
                label.unwrap_or_else(|| "never has this value".into())
            }
            Self::AnchoredDuration { .. } => "of no exact length".into(),
            Self::ZeroDivisor => "is zero".into(),
            Self::NumberOutOfRange { .. } => "too many digits".into(),
            Self::NotPositive { .. } => "no time at all".into(),
            Self::DurationOutOfRange { .. } => "too long".into(),
            Self::InvalidPattern { .. } => "cannot be used".into(),
            Self::CannotWrite { .. } => "cannot be written".into(),
            Self::Declaration { .. } => "does not fit".into(),
            Self::UndeclaredMember { .. } => "not all of it is declared".into(),
            Self::NotConstant { .. } => "depends on a record".into(),
            Self::TooManyValues { .. } => "too many values".into(),
            Self::DefinitionDepth { .. } => "too deep".into(),
        }
    }

    pub(super) fn help(&self) -> Option<String> {
        let help = match self {
            Self::Operands { operator, left, .. } if left.contains("is a list") && operator != "contains" => {
                "write `contains` to look for a member of a list".into()
            }
            Self::Operands { left, right, .. } if right == "a text" && left.ends_with(" is a number") => {
                "write a number without quotes, or a text as `number(…)`".into()
            }
            Self::Operands { left, right, .. } if right == "a text" && is_moment(left) => {
                "write a date without quotes: `2026-01-31`".into()
            }
            Self::Operands { operator, left, right } if right == "a number" && lacks_unit(operator, left) => {
                "give the number a unit, such as `h` or `d`".into()
            }
            Self::Operands { left, right, .. } if is_money(left) && is_money(right) && !left.ends_with(right) => {
                "compare amounts of one currency; a rate is yours to declare and to keep, as in `let usd_per_eur = …` and `amount(…) * usd_per_eur * 1 USD`".into()
            }
            Self::Operands { left, right, .. } if is_money(left) && right == "a number" => {
                "give the number its currency, as in `500 EUR`, or take the `amount(…)` of the money".into()
            }
            Self::Operands { operator, right, .. } if operator == "in" && right.contains("list of ") => {
                "turn it round to look into a list: the list first, then `contains` and what is looked for".into()
            }
            Self::Operands { operator, .. } => joined_by(operator).into(),
            Self::Expected { context, expected, found } => instead(context, &a(expected), &a(found)),
            Self::ArgumentCount { signature, .. } => format!("write it as {}", quote(signature)),
            Self::Inference { .. } => "declare the record type, so that the field has one type everywhere".into(),
            Self::CannotInfer { .. } => "declare it in a `record`".into(),
            Self::NotOneOf { suggestion, labels, .. } => not_one_of(suggestion.as_ref(), labels),
            Self::AnchoredDuration { text } if text.contains("business") => {
                "write it where it has a beginning, as in `now - … > 4 business hours`, or measure `business_hours(…, now)`"
                    .into()
            }
            Self::AnchoredDuration { .. } => {
                "write days or weeks, or add it to a date instead: `… + 3mo < today`".into()
            }
            Self::ZeroDivisor => "divide by another number".into(),
            Self::NumberOutOfRange { .. } => "write at most 28 digits".into(),
            Self::NotPositive { .. } => "write how long it takes, such as `14d`".into(),
            Self::DurationOutOfRange { .. } => "write a shorter one".into(),
            Self::InvalidPattern { .. } => {
                "correct the pattern, or use `contains`, `starts with` or `ends with`".into()
            }
            Self::CannotWrite { instead, .. } => instead.clone(),
            Self::Declaration { what, .. } => fitting(what).into(),
            Self::UndeclaredMember { members } => declare_targets(members),
            Self::NotConstant { .. } => "use `define` for what depends on a record".into(),
            Self::TooManyValues { .. } => "split it, or give parts of it a name with `define`".into(),
            Self::DefinitionDepth { .. } => "join some of them into one".into(),
        };
        Some(help)
    }

    pub(super) fn replacements(&self) -> Vec<(String, String)> {
        match self {
            Self::NotOneOf { suggestion: Some(label), .. } => {
                let label = text(label);
                vec![(format!("write {}", quote(&label)), label)]
            }
            _ => Vec::new(),
        }
    }
}

/// Whether something is a point in time.
fn is_moment(what: &str) -> bool {
    what.ends_with(" is a date") || what.ends_with(" is a datetime")
}

/// Whether something is an amount of money.
fn is_money(what: &str) -> bool {
    what.ends_with(" is money") || what.contains("money in ") || what == "money"
}

/// Whether a number beside it is probably a length of time.
fn lacks_unit(operator: &str, left: &str) -> bool {
    left.ends_with(" is a duration") || (is_moment(left) && ["+", "-"].contains(&operator))
}

/// What an operator joins.
fn joined_by(operator: &str) -> &'static str {
    match operator {
        "<" | "<=" | ">" | ">=" => "compare two numbers, two amounts of money, two dates or two durations",
        "+" => "add two numbers, two texts or two durations, or a duration to a date",
        "-" => "subtract two numbers, two dates or two durations, or a duration from a date",
        "*" => "multiply two numbers, or money or a duration by a number",
        "/" => "divide two numbers, two amounts or two durations, or one of these by a number",
        "%" => "use it between two numbers",
        "contains" => "look for a text in a text, or for a member in a list",
        "between" => "ask this of a number, a date or a duration, with ends of the same type",
        _ => "compare two values of one type",
    }
}

/// What to write where a type was expected and another is.
fn instead(context: &str, expected: &str, found: &str) -> String {
    let single = ["a number", "a date", "a datetime", "a duration", "true or false"].contains(&found);
    match expected {
        "true or false" if found == "a text" => {
            "compare it with something; for one of several values write `in \"…\", \"…\"`".into()
        }
        "true or false" => "compare it with something, or ask whether it `is present`".into(),
        "a duration" if found == "a number" => "give it a unit, such as `h` or `d`".into(),
        "a text" if context == "`is blank`" => "ask whether it `is missing`".into(),
        "a date" | "a datetime" | "a date or datetime" if found == "a text" => {
            "write it without quotes, year first: `2026-01-31`; a field of that kind is declared as `date` or `datetime`".into()
        }
        "a date" if found == "a datetime" => "write `date(…)` around it, or `today`".into(),
        "money" if found == "a number" => "give it a currency: `500 EUR`".into(),
        _ if expected.starts_with("money in ") && found == "a number" => {
            format!("give it a currency: `500 {}`", &expected["money in ".len()..])
        }
        _ if expected.starts_with("money in ") && found.starts_with("money") => {
            "use one currency, or ask for `currency(…)` first and compare with amounts of that".into()
        }
        "a number" if found.starts_with("money") => "write `amount(…)` around it".into(),
        "a number" | "a number or money" if found == "a text" => "write it without quotes, or as `number(…)`".into(),
        "a text" if single => "write it in quotes, a field in braces too: `\"{…}\"`".into(),
        _ => format!("write something that is {expected}"),
    }
}

/// The declarations that are missing: of a few plain names as they would be written.
fn declare_targets(members: &[String]) -> String {
    let plain = |name: &String| name.chars().all(|character| character.is_alphanumeric() || character == '_');
    if members.len() > 3 || !members.iter().all(plain) {
        return "declare each of them as a `queue`, `team` or `user`".into();
    }
    let queues: Vec<String> = members.iter().map(|name| format!("`queue {name}`")).collect();
    format!("declare {}, or a team or user of that name", all_of(&queues))
}

fn not_one_of(suggestion: Option<&String>, labels: &[String]) -> String {
    match suggestion {
        Some(label) => format!("write {}; the values are {}", quote(&text(label)), listed(labels)),
        None => format!("use one of its values: {}", listed(labels)),
    }
}

/// Labels as texts in backquotes.
fn listed(labels: &[String]) -> String {
    let labels: Vec<String> = labels.iter().map(|label| text(unquoted(label))).collect();
    names(&labels)
}

fn unquoted(literal: &str) -> &str {
    literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(literal)
}

/// How a part of a declaration is made to fit.
fn fitting(what: &str) -> &'static str {
    match what {
        "a second key" => "keep `key` at one of them",
        "a key" => "put `key` after a text or number without `?`",
        "a reference" => "refer to a record type that is declared and has a `key`",
        "a default for a reference" => "put the default behind fields of the other record",
        "the name of the key" => {
            "give the key another name, and say from where it is read: `account: account? by account_key from \"account\"`"
        }
        "the key of a reference" => "make both agree, or remove the field: the reference then declares the key itself",
        "the weight" => "write another weight, such as `2` or `0.5`; say `away` of who gets nothing for a while",
        _ => "change it so that it fits the field's type",
    }
}
