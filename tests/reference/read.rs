//! A record as JSON becomes the values of its fields: what is missing, what counts as what, and what does not fit.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use semantics::typed::Field;
use serde_json::Value as Json;
use values::literal::{self, Unfit};
use values::{Currency, Money, Number, NumberError, Type, Value};

use super::{Stop, json};

/// The values of the fields that lie in no list, in their order and each at its place; what lies in lists is in their items.
pub(super) fn read(
    fields: &[Field],
    record: &Json,
    others: &BTreeMap<String, Vec<Json>>,
    zone: &TimeZone,
) -> Result<Vec<Value>, Stop> {
    if !record.is_object() {
        return Err(Stop { code: "not-an-object".to_owned(), field: None });
    }
    Reading { fields, others, zone }.members(None, record, "")
}

pub(super) struct Reading<'a> {
    pub(super) fields: &'a [Field],
    /// The records to which references lead, by type.
    pub(super) others: &'a BTreeMap<String, Vec<Json>>,
    zone: &'a TimeZone,
}

impl Reading<'_> {
    /// The values of a record, or of an item of a list; `at` is the path to it. A place that belongs elsewhere is missing.
    fn members(&self, list: Option<u32>, record: &Json, at: &str) -> Result<Vec<Value>, Stop> {
        let values = (0..).zip(self.fields).map(|(place, field)| match field.list == list {
            true if field.link.is_some() || field.through.is_some() => self.elsewhere(place, field, record),
            true => self.field(place, field, record, at),
            false => Ok(Value::Missing),
        });
        values.collect()
    }

    pub(super) fn field(&self, place: u32, field: &Field, record: &Json, at: &str) -> Result<Value, Stop> {
        let name = field.name.rsplit("[].").next().unwrap_or_default();
        let path = format!("{at}{name}");
        let value = match find(field, record, at, name)? {
            // Of a field that nobody has declared rules may ask no more than whether it is there.
            Some(_) if !field.declared && matches!(field.ty, Type::Record(_)) => Value::Truth(true),
            Some(json) => self.value(json, &field.ty, place, &path)?,
            None => Value::Missing,
        };
        // A key that says nothing tells no record from another.
        let blank = field.key && matches!(&value, Value::Text(text) if text.trim().is_empty());
        let value = if blank { Value::Missing } else { value };
        match (value, &field.default) {
            (Value::Missing, Some(default)) => Ok(default.clone()),
            (Value::Missing, None) if !field.optional => Err(Stop::of("required-field-missing", &path)),
            (value, _) => Ok(value),
        }
    }

    fn value(&self, json: &Json, ty: &Type, place: u32, path: &str) -> Result<Value, Stop> {
        let unfit = || Stop::of("wrong-type", path);
        match (ty, json) {
            (Type::List(ty), Json::Array(members)) => {
                let of_records = matches!(**ty, Type::Record(_));
                let item = |(number, member): (usize, &Json)| match member {
                    Json::Null => Ok(Value::Missing),
                    Json::Object(_) if of_records => {
                        let at = format!("{path}[{number}].");
                        Ok(Value::Record(self.members(Some(place), member, &at)?.into()))
                    }
                    _ if of_records => Err(Stop::of("wrong-type", &format!("{path}[{number}]"))),
                    _ => self.value(member, ty, place, path),
                };
                Ok(Value::List((1..).zip(members).map(item).collect::<Result<_, Stop>>()?))
            }
            (Type::Record(_), Json::Object(_)) => Ok(Value::Truth(true)),
            (Type::Truth, Json::Bool(truth)) => Ok(Value::Truth(*truth)),
            (Type::Number, json) => {
                Number::parse(&json::number(json).ok_or_else(unfit)?).map(Value::Number).map_err(|error| match error {
                    NumberError::OutOfRange => Stop::of("number-out-of-range", path),
                    NumberError::Malformed => unfit(),
                })
            }
            (Type::Money(currency), Json::Object(_) | Json::Number(_)) => {
                money(json, *currency).map(Value::Money).ok_or_else(unfit)
            }
            (Type::Truth | Type::Record(_) | Type::List(_), _) => Err(unfit()),
            (_, Json::String(text)) => literal::of_type(text, ty, self.zone).map_err(|error| match error {
                Unfit::NotOneOf => Stop::of("not-one-of", path),
                Unfit::OutOfRange => Stop::of("number-out-of-range", path),
                Unfit::Malformed => unfit(),
            }),
            _ => Err(unfit()),
        }
    }
}

/// What the data holds of a field; nothing for `null`, an absent key, a sentinel, and where a record around it is missing.
fn find<'a>(field: &Field, record: &'a Json, at: &str, name: &str) -> Result<Option<&'a Json>, Stop> {
    let mut found = record;
    for (depth, key) in field.source.iter().enumerate() {
        let Json::Object(members) = found else {
            let outer: Vec<&str> = name.split('.').take(depth).collect();
            return Err(Stop::of("wrong-type", &format!("{at}{}", outer.join("."))));
        };
        match members.get(key.as_str()) {
            None | Some(Json::Null) => return Ok(None),
            Some(json) => found = json,
        }
    }
    let is_sentinel = found.as_str().is_some_and(|text| field.sentinels.iter().any(|sentinel| *sentinel == text));
    Ok(Some(found).filter(|_| !is_sentinel))
}

/// `{"amount": 12.5, "currency": "EUR"}`, or the amount alone where the field tells the currency.
fn money(json: &Json, declared: Option<Currency>) -> Option<Money> {
    let (amount, currency) = match json::number(json) {
        Some(digits) => (digits, declared?),
        None => {
            let currency = Currency::named(json.get("currency")?.as_str()?)?;
            (json::number(json.get("amount")?)?, currency)
        }
    };
    let fits = declared.is_none_or(|declared| declared == currency);
    Some(Money::new(Number::parse(&amount).ok()?, currency)).filter(|_| fits)
}
