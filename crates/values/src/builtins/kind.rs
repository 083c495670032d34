//! The kinds of things that built-ins take and give, and how they meet the types of the language.

use crate::{Currency, Type};

/// What an argument may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `true or false`.
    Truth,
    /// A number.
    Number,
    /// An amount of money, of whatever currency.
    Money,
    /// Any [textual](Type::is_textual) type.
    Text,
    /// `text exact`.
    ExactText,
    /// A date.
    Date,
    /// A datetime.
    DateTime,
    /// A date or a datetime.
    Moment,
    /// A duration of exact length.
    Duration,
    /// A duration in months or in business time.
    AnchoredDuration,
    /// A calendar, of which the machine is given the number.
    Calendar,
    /// Anything that any other of its type can be compared with: numbers, dates, datetimes, durations.
    Ordered,
    /// The same type as the first argument, or what that list holds. Money of the same currency, as far as both are known.
    AsFirst,
    /// A list of textual members.
    Texts,
    /// A list of numbers.
    Numbers,
    /// A list of amounts of money.
    Amounts,
    /// A list of members that are [`Ordered`](Self::Ordered).
    OrderedList,
    /// A list of anything.
    List,
}

impl Kind {
    /// Whether an argument of a type will do; `first` is the type of the first argument.
    pub fn accepts(self, ty: &Type, first: &Type) -> bool {
        match (self, ty) {
            (Self::Truth, Type::Truth)
            | (Self::Number | Self::Calendar, Type::Number)
            | (Self::Money, Type::Money(_))
            | (Self::ExactText, Type::ExactText)
            | (Self::Date | Self::Moment, Type::Date)
            | (Self::DateTime | Self::Moment, Type::DateTime)
            | (Self::Duration, Type::Duration)
            | (Self::AnchoredDuration, Type::AnchoredDuration)
            | (Self::List, Type::List(_)) => true,
            (Self::Text, ty) => ty.is_textual(),
            (Self::Ordered, ty) => ty.is_ordered() && !matches!(ty, Type::Money(_)),
            (Self::Texts, Type::List(member)) => member.is_textual(),
            (Self::Numbers, Type::List(member)) => **member == Type::Number,
            (Self::Amounts, Type::List(member)) => matches!(**member, Type::Money(_)),
            (Self::OrderedList, Type::List(member)) => Self::Ordered.accepts(member, member),
            (Self::AsFirst, ty) => {
                let wanted = if let Type::List(member) = first { member } else { first };
                let alike = wanted == ty || wanted.may_differ_in_currency(ty);
                alike || (wanted.is_textual() && ty.is_textual())
            }
            _ => false,
        }
    }

    /// In the words of a message: `number`, `date or datetime`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Truth => "true or false",
            Self::Number => "number",
            Self::Money => "money",
            Self::Text => "text",
            Self::ExactText => "text exact",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::Moment => "date or datetime",
            Self::Duration => "duration",
            Self::AnchoredDuration => "duration in months or years",
            Self::Calendar => "the name of a calendar",
            Self::Ordered => "number, date, datetime or duration",
            Self::AsFirst => "the same type as the first",
            Self::Texts => "list of text",
            Self::Numbers => "list of number",
            Self::Amounts => "list of money",
            Self::OrderedList => "list of numbers, dates, datetimes or durations",
            Self::List => "list",
        }
    }

    /// The most likely type of an argument whose type nobody has declared.
    pub fn hint(self) -> Option<Type> {
        Some(match self {
            Self::Truth => Type::Truth,
            Self::Number | Self::Ordered => Type::Number,
            Self::Money => Type::Money(None),
            Self::Text | Self::ExactText => Type::Text,
            Self::Date => Type::Date,
            Self::DateTime | Self::Moment => Type::DateTime,
            Self::Duration => Type::Duration,
            Self::AnchoredDuration => Type::AnchoredDuration,
            Self::Texts => Type::List(Box::new(Type::Text)),
            Self::Amounts => Type::List(Box::new(Type::Money(None))),
            Self::Numbers | Self::OrderedList => Type::List(Box::new(Type::Number)),
            Self::AsFirst | Self::List | Self::Calendar => return None,
        })
    }
}

/// The type of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResultType {
    /// `true or false`.
    Truth,
    /// A number.
    Number,
    /// Money of the currency that the arguments are known to be of.
    Money,
    /// Money of whatever currency.
    AnyMoney,
    /// Text.
    Text,
    /// `text exact` when every textual argument is, else text.
    AsTexts,
    /// `text exact`.
    ExactText,
    /// A list of text.
    Texts,
    /// A list of `text exact`.
    ExactTexts,
    /// A date.
    Date,
    /// A datetime.
    DateTime,
    /// A duration of exact length.
    Duration,
    /// The type of the first argument.
    AsFirst,
    /// What the first argument, a list, holds.
    MemberOfFirst,
}

impl ResultType {
    /// The type for arguments of given types.
    pub fn of(self, arguments: &[Type]) -> Type {
        let first = arguments.first();
        match self {
            Self::Truth => Type::Truth,
            Self::Number => Type::Number,
            Self::Money => Type::Money(known_currency(arguments)),
            Self::AnyMoney => Type::Money(None),
            Self::Text => Type::Text,
            Self::AsTexts => textual(arguments),
            Self::ExactText => Type::ExactText,
            Self::Texts => Type::List(Box::new(Type::Text)),
            Self::ExactTexts => Type::List(Box::new(Type::ExactText)),
            Self::Date => Type::Date,
            Self::DateTime => Type::DateTime,
            Self::Duration => Type::Duration,
            Self::AsFirst => first.cloned().unwrap_or(Type::Text),
            Self::MemberOfFirst => match first {
                Some(Type::List(member)) => (**member).clone(),
                _ => Type::Text,
            },
        }
    }

    /// The type as far as it does not depend on the arguments.
    pub fn hint(self) -> Option<Type> {
        match self {
            Self::AsTexts | Self::ExactText => Some(Type::Text),
            Self::ExactTexts => Some(Type::List(Box::new(Type::Text))),
            Self::AsFirst | Self::MemberOfFirst => None,
            fixed => Some(fixed.of(&[])),
        }
    }
}

/// The first currency that is known among them.
fn known_currency(arguments: &[Type]) -> Option<Currency> {
    arguments.iter().find_map(|ty| if let Type::Money(currency) = ty { *currency } else { None })
}

/// `text exact` when every textual type among them is.
fn textual(arguments: &[Type]) -> Type {
    let mut texts = arguments.iter().filter(|ty| ty.is_textual()).peekable();
    if texts.peek().is_some() && texts.all(Type::is_exact) { Type::ExactText } else { Type::Text }
}
