//! A hint for a number or date in the spelling of some country: how it must be written in data.

use jiff::tz::TimeZone;
use values::{Currency, Type, literal};

/// The longest text that is looked at, in bytes: no date and no amount is longer.
const LONGEST: usize = 40;

/// ``write `31/12/2026` as `2026-12-31` ``, where a text can be recognised; both readings where there are two.
pub(super) fn hint(text: &str, ty: &Type) -> Option<String> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let meant = match ty {
        Type::Number => literal::numbers_meant(text),
        Type::Money(currency) => amounts(text, *currency),
        Type::Date => literal::dates_meant(text).iter().map(ToString::to_string).collect(),
        Type::DateTime => moments(text),
        _ => Vec::new(),
    };
    match meant.as_slice() {
        [] => None,
        [only] => Some(format!("write `{text}` as `{only}`")),
        [first, second, ..] => Some(format!("write `{text}` as `{first}` or `{second}`, whichever is meant")),
    }
}

/// Amounts with their currency where the text has one.
fn amounts(text: &str, declared: Option<Currency>) -> Vec<String> {
    let amount = text.trim_matches(|letter: char| letter.is_ascii_uppercase() || letter == ' ');
    let rewritten = literal::numbers_meant(amount).into_iter().map(|number| text.replacen(amount, &number, 1));
    rewritten.filter(|text| literal::money_of(text, declared).is_some()).collect()
}

/// A day, with or without a time behind it.
fn moments(text: &str) -> Vec<String> {
    let (day, time) = match text.split_once([' ', 'T']) {
        Some((day, time)) => (day, format!("T{time}")),
        None => (text, String::new()),
    };
    let moments = literal::dates_meant(day).into_iter().map(|date| format!("{date}{time}"));
    let is_read = |text: &String| time.is_empty() || literal::instant(text, &TimeZone::UTC).is_ok();
    moments.filter(is_read).collect()
}
