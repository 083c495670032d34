//! What stands in the table: the fields of the record type that SQL can keep, and how a record fills a row.

use jiff::tz::TimeZone;
use rusqlite::types::Value;
use serde_json::Value as Json;
use syntax::ast::{Expr, ExprKind, Field, Piece, TypeKind};

use super::column::{Kind, Sql, named};
use super::time::{days, moment};

/// A field of a record that has a column.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    /// As rules write it, without the record type.
    pub(super) name: String,
    /// The keys under which the data hold it.
    path: Vec<String>,
    pub(super) kind: Kind,
    /// The values of a closed type.
    pub(super) labels: Vec<String>,
    /// Whether a value must be there.
    required: bool,
    key: bool,
    /// What a missing value counts as.
    pub(super) default: Option<Expr>,
    sentinels: Vec<String>,
}

/// Numbers go so far, in thousandths: beyond a million the record is left to the other properties.
const FAR: i128 = 1_000_000_000;
/// Days from 1950 to 2050.
const DAYS: (i128, i128) = (-7_305, 29_220);

/// The fields that have a column.
pub(super) fn stored(fields: &[Field], above: &[String], name: &str, required: bool) -> Vec<Stored> {
    let mut found = Vec::new();
    for field in fields {
        let name = format!("{name}{}", field.name.text);
        let data_name = field.from.as_ref().map_or(&field.name.text, |from| &from.text).clone();
        let path = [above, &[data_name]].concat();
        let required = required && field.optional.is_none();
        if let TypeKind::Nested(inner) = &field.ty.kind {
            found.extend(stored(inner, &path, &format!("{name}."), required));
            continue;
        }
        let Some((kind, labels)) = kind(&field.ty.kind) else { continue };
        let sentinels = field.missing_when.iter().filter_map(text_of).collect();
        let required = required && field.default.is_none();
        let default = field.default.clone();
        found.push(Stored { name, path, kind, labels, required, key: field.key.is_some(), default, sentinels });
    }
    found
}

fn kind(ty: &TypeKind) -> Option<(Kind, Vec<String>)> {
    let kind = match ty {
        TypeKind::Named(name) => match name.text.as_str() {
            "text" | "user" | "team" | "queue" => Kind::Text(false),
            "number" => Kind::Number(3),
            "date" => Kind::Date,
            "datetime" => Kind::Moment,
            "duration" => Kind::Duration,
            _ => return None,
        },
        TypeKind::ExactText => Kind::Text(true),
        TypeKind::Money(currency) => Kind::Money(3, currency.text.clone()),
        TypeKind::Truth => Kind::Truth,
        TypeKind::OneOf(labels) => {
            let labels: Option<Vec<String>> = labels.iter().map(text_of).collect();
            return labels.map(|labels| (Kind::Text(false), labels));
        }
        TypeKind::List(member) => match kind(&member.kind)? {
            (Kind::Text(exact), labels) if labels.is_empty() => Kind::Texts(exact),
            _ => return None,
        },
        TypeKind::Nested(_) | TypeKind::Reference { .. } | TypeKind::Error => return None,
    };
    Some((kind, Vec::new()))
}

/// A text that is written down.
pub(super) fn text_of(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Text(pieces) => match pieces.as_slice() {
            [] => Some(String::new()),
            [Piece::Text(text)] => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

impl Stored {
    /// The column.
    pub(super) fn column(&self) -> Sql {
        let bounds = match self.kind {
            Kind::Number(_) | Kind::Money(..) | Kind::Duration => (-FAR, FAR),
            Kind::Date => DAYS,
            Kind::Moment => (DAYS.0 * 86_400, DAYS.1 * 86_400),
            _ => (0, 1),
        };
        Sql { text: named(&self.name), kind: self.kind.clone(), bounds, literal: false }
    }

    /// What a record has in the column; nothing if SQL cannot keep it, or it would be a fault.
    pub(super) fn value(&self, record: &Json, zone: &TimeZone) -> Option<Value> {
        let mut found = record;
        for key in &self.path {
            found = found.get(key).unwrap_or(&Json::Null);
        }
        let is_sentinel = found.as_str().is_some_and(|text| self.sentinels.iter().any(|sentinel| sentinel == text));
        let is_blank_key = self.key && found.as_str().is_some_and(|text| text.trim().is_empty());
        let Some(found) = Some(found).filter(|found| !found.is_null() && !is_sentinel && !is_blank_key) else {
            return (!self.required).then_some(Value::Null);
        };
        let value = kept(found, &self.kind, zone)?;
        match value {
            Value::Text(text) if !self.labels.is_empty() => {
                let label = self.labels.iter().find(|label| label.eq_ignore_ascii_case(&text))?;
                Some(Value::Text(label.clone()))
            }
            Value::Integer(number) => {
                let (low, high) = self.column().bounds;
                (low..=high).contains(&number.into()).then_some(Value::Integer(number))
            }
            value => Some(value),
        }
    }
}

/// A value as SQLite keeps it: from data, or from a verdict, to compare it with what SQL says.
pub(super) fn kept(json: &Json, kind: &Kind, zone: &TimeZone) -> Option<Value> {
    let whole = |number: i128| i64::try_from(number).ok().map(Value::Integer);
    match (kind, json) {
        (_, Json::Null) => Some(Value::Null),
        (Kind::Truth, Json::Bool(truth)) => Some(Value::Integer((*truth).into())),
        (Kind::Number(scale) | Kind::Money(scale, _), json) if digits(json).is_some() => {
            whole(scaled(&digits(json)?, *scale)?)
        }
        (Kind::Money(scale, currency), Json::Object(members)) => {
            let same = members.get("currency")?.as_str()?.eq_ignore_ascii_case(currency);
            whole(scaled(&digits(members.get("amount").filter(|_| same)?)?, *scale)?)
        }
        (Kind::Money(scale, currency), Json::String(text)) => {
            let (amount, code) = text.split_once(' ').unwrap_or((text, currency));
            whole(scaled(amount, *scale).filter(|_| code.eq_ignore_ascii_case(currency))?)
        }
        (Kind::Text(_), Json::String(text)) => text.is_ascii().then(|| Value::Text(text.clone())),
        (Kind::Texts(_), Json::Array(members)) => {
            let texts = members.iter().all(|member| member.as_str().is_some_and(str::is_ascii));
            texts.then(|| Value::Text(json.to_string()))
        }
        (Kind::Date, Json::String(text)) => whole(days(text.parse().ok()?)),
        (Kind::Moment, Json::String(text)) => moment(text, zone).or_else(|| midnight(text, zone)).map(Value::Integer),
        (Kind::Duration, Json::String(text)) => seconds(text).and_then(whole),
        _ => None,
    }
}

/// The digits of a number, as [`exact`](crate::reference::exact) keeps them.
fn digits(json: &Json) -> Option<String> {
    match json {
        Json::Number(number) => Some(number.to_string()),
        Json::Object(members) => Some(members.get("$number")?.as_str()?.to_owned()),
        _ => None,
    }
}

fn midnight(day: &str, zone: &TimeZone) -> Option<i64> {
    moment(&format!("{day}T00:00"), zone)
}

/// The digits of a number in a unit, if it is a whole number of them.
fn scaled(digits: &str, scale: u32) -> Option<i128> {
    let (digits, power) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let decimals = decimals.trim_end_matches('0');
    let missing = i64::from(scale) + power.parse::<i64>().ok()? - i64::try_from(decimals.len()).ok()?;
    let times = 10_i128.checked_pow(u32::try_from(missing).ok()?)?;
    format!("{whole}{decimals}").parse::<i128>().ok()?.checked_mul(times)
}

/// `90s`, `36h`, `-2d`
fn seconds(text: &str) -> Option<i128> {
    let unit = text.find(|sign: char| sign.is_ascii_alphabetic())?;
    let (digits, unit) = text.split_at(unit);
    let each = match unit {
        "s" => 1,
        "min" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return None,
    };
    digits.parse::<i128>().ok().map(|number| number * each)
}
