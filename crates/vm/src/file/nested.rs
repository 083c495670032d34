//! Reads the two nested things in a program, values and types, no deeper than a fixed number of lists.
//!
//! Reading a list of lists of lists … takes a level of the call stack each, and a forged file could ask for a million.
//! So the depth is part of the type that is read: `Item<Item<… Item<Never>>>` has an end. On the wire it looks exactly
//! like [`Value`] and [`Type`], whose variants it repeats in their order.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, de};
use values::{Currency, Date, Duration, Instant, Money, Number, Text, Type, Value};

/// One level more than there are lists: the innermost is no list.
type AnyValue = Item<Item<Item<Item<Item<Never>>>>>;
type AnyType = Kind<Kind<Kind<Kind<Kind<Never>>>>>;

/// Reads the constants of a decision.
pub(crate) fn values<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<Value>, D::Error> {
    Ok(Vec::<AnyValue>::deserialize(input)?.into_iter().map(Value::from).collect())
}

/// Reads the constants of a choice.
pub(crate) fn shared_values<'de, D: Deserializer<'de>>(input: D) -> Result<Arc<[Value]>, D::Error> {
    values(input).map(Arc::from)
}

/// Reads one value.
pub(crate) fn value<'de, D: Deserializer<'de>>(input: D) -> Result<Value, D::Error> {
    AnyValue::deserialize(input).map(Value::from)
}

/// Reads a default.
pub(crate) fn optional_value<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Value>, D::Error> {
    Ok(Option::<AnyValue>::deserialize(input)?.map(Value::from))
}

/// Reads the type of a field.
pub(crate) fn one_type<'de, D: Deserializer<'de>>(input: D) -> Result<Type, D::Error> {
    AnyType::deserialize(input).map(Type::from)
}

/// [`Value`] with `L` for the members of lists.
#[derive(Deserialize)]
enum Item<L> {
    Missing,
    Truth(bool),
    Number(Number),
    Money(Money),
    Text(Text),
    Date(Date),
    DateTime(Instant),
    Duration(Duration),
    List(Vec<L>),
}

impl<L> From<Item<L>> for Value
where
    Value: From<L>,
{
    fn from(item: Item<L>) -> Self {
        match item {
            Item::Missing => Self::Missing,
            Item::Truth(truth) => Self::Truth(truth),
            Item::Money(money) => Self::Money(money),
            Item::Number(number) => Self::Number(number),
            Item::Text(text) => Self::Text(text),
            Item::Date(date) => Self::Date(date),
            Item::DateTime(instant) => Self::DateTime(instant),
            Item::Duration(duration) => Self::Duration(duration),
            Item::List(members) => Self::List(members.into_iter().map(Self::from).collect()),
        }
    }
}

/// [`Type`] with `L` for the members of lists.
#[derive(Deserialize)]
enum Kind<L> {
    Truth,
    Number,
    Money(Option<Currency>),
    Text,
    ExactText,
    OneOf(Arc<[Text]>),
    Date,
    DateTime,
    Duration,
    AnchoredDuration,
    User,
    Team,
    Queue,
    List(L),
    Record(Text),
}

impl<L> From<Kind<L>> for Type
where
    Type: From<L>,
{
    fn from(kind: Kind<L>) -> Self {
        match kind {
            Kind::Truth => Self::Truth,
            Kind::Number => Self::Number,
            Kind::Money(currency) => Self::Money(currency),
            Kind::Text => Self::Text,
            Kind::ExactText => Self::ExactText,
            Kind::OneOf(labels) => Self::OneOf(labels),
            Kind::Date => Self::Date,
            Kind::DateTime => Self::DateTime,
            Kind::Duration => Self::Duration,
            Kind::AnchoredDuration => Self::AnchoredDuration,
            Kind::User => Self::User,
            Kind::Team => Self::Team,
            Kind::Queue => Self::Queue,
            Kind::List(member) => Self::List(Box::new(Self::from(member))),
            Kind::Record(name) => Self::Record(name),
        }
    }
}

/// What stands where nothing may be nested any more: reading it is an error.
enum Never {}

impl<'de> Deserialize<'de> for Never {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(de::Error::custom("too many lists in each other"))
    }
}

impl From<Never> for Value {
    fn from(never: Never) -> Self {
        match never {}
    }
}

impl From<Never> for Type {
    fn from(never: Never) -> Self {
        match never {}
    }
}

#[cfg(test)]
mod tests {
    use limits::fixed::NESTED_LISTS;

    use super::*;

    fn nest<T>(times: usize, innermost: T, wrap: impl Fn(T) -> T) -> T {
        (0..times).fold(innermost, |inner, _| wrap(inner))
    }

    #[test]
    fn values_and_types_read_as_they_were_written() {
        let list = |members: Vec<Value>| Value::List(members.into());
        let plain = vec![
            Value::Missing,
            Value::Truth(true),
            Value::Number(7.into()),
            Value::Money(Money::new(7.into(), Currency::named("EUR").unwrap())),
            Value::text("seven"),
            Value::Date(Date::new(2026, 1, 31).unwrap()),
            Value::DateTime(Instant::UNIX_EPOCH),
            Value::Duration(Duration::Months(3)),
        ];
        let written = nest(NESTED_LISTS, list(plain), |inner| inner);
        let bytes = postcard::to_stdvec(&written).unwrap();
        assert_eq!(Value::from(postcard::from_bytes::<AnyValue>(&bytes).unwrap()), written);

        let labels: Arc<[Text]> = [Text::from("a")].into();
        let plain = [Type::Truth, Type::Number, Type::Text, Type::ExactText, Type::OneOf(labels), Type::Date]
            .into_iter()
            .chain([Type::DateTime, Type::Duration, Type::AnchoredDuration, Type::User, Type::Team, Type::Queue])
            .chain([Type::Money(None), Type::Money(Currency::named("EUR"))])
            .chain([Type::Record(Text::from("company"))]);
        for ty in plain {
            let written = nest(NESTED_LISTS, ty, |inner| Type::List(Box::new(inner)));
            let bytes = postcard::to_stdvec(&written).unwrap();
            assert_eq!(Type::from(postcard::from_bytes::<AnyType>(&bytes).unwrap()), written);
        }
    }

    #[test]
    fn a_million_lists_in_each_other_are_refused() {
        assert!(postcard::from_bytes::<AnyValue>(&[8, 1].repeat(1_000_000)).is_err());
        assert!(postcard::from_bytes::<AnyType>(&[13].repeat(1_000_000)).is_err());
    }
}
