//! What a text in the spelling of some country or spreadsheet may have meant.
//!
//! Nothing is read this way: `03/04/2026` is a day in April or in March, and who guesses is wrong half of the time. It is
//! offered to whoever can mend the data.

use crate::{Date, Number};

/// The days that a text such as `31.12.2026`, `12/31/2026` or `2026/1/31` may mean, the likeliest first: none, one, or two
/// where either number could be the month. A text that is [read](super::date) as it stands means nothing else.
pub fn dates_meant(text: &str) -> Vec<Date> {
    let Some(separator) = text.chars().find(|letter| !letter.is_ascii_digit()) else { return Vec::new() };
    let parts: Vec<&str> = text.split(separator).collect();
    let [first, second, third] = parts.as_slice() else { return Vec::new() };
    let orders: &[[&str; 3]] = match (separator, first.len(), third.len()) {
        ('/' | '.' | '-', 4, 1 | 2) => &[[first, second, third]],
        ('.', 1 | 2, 4) => &[[third, second, first]],
        ('/' | '-', 1 | 2, 4) => &[[third, second, first], [third, first, second]],
        _ => &[],
    };
    let mut dates: Vec<Date> = orders.iter().filter_map(|[year, month, day]| day_of(year, month, day)).collect();
    dates.dedup();
    dates.retain(|date| date.to_string() != text);
    dates
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Date> {
    let is_short = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let (year, month, day) = Some(parts).filter(|_| is_short(month) && is_short(day))?;
    Date::new(year, month, day).ok()
}

/// What stands before the fraction, and between groups of three digits, in the habits of several countries.
const HABITS: [(char, char); 4] = [(',', '.'), ('.', ','), (',', ' '), ('.', '\'')];

/// How a number such as `12,50`, `1.234,50` or `1,234` is written here, the likeliest reading first: none, one, or two
/// where a comma could stand before a fraction or between thousands. A text that is read as it stands means nothing else.
pub fn numbers_meant(text: &str) -> Vec<String> {
    if Number::parse(text).is_ok() {
        return Vec::new();
    }
    let mut readings: Vec<String> = Vec::new();
    for (point, group) in HABITS {
        let reading = number_of(text, point, group).filter(|reading| Number::parse(reading).is_ok());
        readings.extend(reading.filter(|reading| !readings.contains(reading)));
    }
    readings
}

fn number_of(text: &str, point: char, group: char) -> Option<String> {
    let (whole, fraction) = text.rsplit_once(point).map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut groups = digits.split(group);
    let first = groups.next()?;
    let has_groups = digits.contains(group);
    let is_grouped = (!has_groups || first.len() <= 3) && groups.all(|group| group.len() == 3);
    let plain: String = digits.split(group).collect();
    let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
    is_grouped.then(|| format!("{sign}{plain}{fraction}"))
}
