//! Literals, and the memory of those that were written: where rules draw a line, records should lie on both sides of it.

use jiff::civil::Date;

use super::schema::Ty;
use super::words::{Phrase, quoted};
use crate::source::Source;

/// What the rules compare with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// In thousandths.
    pub(crate) numbers: Vec<i64>,
    pub(crate) texts: Vec<String>,
    pub(crate) dates: Vec<Date>,
    /// As they are written, with and without an offset.
    pub(crate) moments: Vec<String>,
    /// In seconds.
    pub(crate) durations: Vec<i64>,
}

/// Texts that rules ask for.
pub(crate) const TEXTS: [&str; 14] = [
    "DE",
    "AT",
    "us",
    "Ada",
    "vip",
    "demo",
    "Acme GmbH",
    "acme ltd & co",
    "ana@example.com",
    "Straße",
    "ΟΔΟΣ",
    "5",
    "{x} \"y\" \\",
    "a",
];

/// In thousandths.
const NUMBERS: [i64; 16] = [
    0,
    1_000,
    2_000,
    5_000,
    10_000,
    50_000,
    70_000,
    100_000,
    500,
    1_500,
    120,
    -3_000,
    5_000_000,
    333,
    999_999_999_000,
    1,
];

pub(crate) const DATES: [&str; 10] = [
    "2026-11-20",
    "2026-11-19",
    "2026-12-31",
    "2026-01-31",
    "2024-02-29",
    "2026-03-29",
    "2026-10-25",
    "2027-02-28",
    "2000-01-01",
    "1969-12-31",
];

pub(crate) const MOMENTS: [&str; 8] = [
    "2026-11-20T09:00Z",
    "2026-11-20T09:00:00+01:00",
    "2026-11-19T23:59:59Z",
    "2026-10-25T02:30",
    "2026-03-29T02:30",
    "2026-10-25T01:00:00Z",
    "2026-11-20T00:00",
    "2024-02-29T12:00-05:00",
];

/// Lengths of exact length, with their seconds.
const DURATIONS: [(&str, i64); 11] = [
    ("2d", 172_800),
    ("0s", 0),
    ("90s", 90),
    ("30min", 1_800),
    ("4h", 14_400),
    ("1w", 604_800),
    ("7 days", 604_800),
    ("1.5h", 5_400),
    ("30d", 2_592_000),
    ("365d", 31_536_000),
    ("1 hour", 3_600),
];

/// Lengths that need a date to count from.
pub(crate) const MONTHS: [&str; 4] = ["1mo", "3 months", "1y", "18mo"];

/// Patterns, each a way in which texts are looked through.
pub(crate) const PATTERNS: [&str; 7] =
    ["/^[A-Z]{2}$/", "/a/i", "/\\d+/", "/^acme/i", "/(gmbh|ltd)/i", "/\\bdemo\\b/", "/@example\\.com$/"];

/// A literal of a type. Lists have none.
pub(crate) fn literal(source: &mut Source, seen: &mut Seen, ty: &Ty) -> Phrase {
    match ty {
        Ty::Text | Ty::Exact => {
            let text = source.one(&TEXTS);
            seen.texts.push(text.to_owned());
            Phrase::literal(quoted(text))
        }
        Ty::OneOf(labels) => {
            let label = source.one(labels);
            Phrase::literal(quoted(&cased(source, label)))
        }
        Ty::Who(_) => Phrase::literal(quoted(source.one(&["ana@example.com", "bo@example.com"]))),
        Ty::Number => number(source, seen),
        Ty::Money(currency) => {
            let thousandths = source.one(&NUMBERS).abs();
            seen.numbers.push(thousandths);
            let currency = currency.unwrap_or("EUR");
            Phrase::literal(format!("{} {currency}", decimal(thousandths)))
        }
        Ty::Truth => Phrase::literal(source.one(&["true", "false"])),
        Ty::Date => {
            let date = if source.once_in(6) { "today" } else { source.one(&DATES) };
            seen.dates.extend(date.parse::<Date>());
            Phrase::literal(date)
        }
        Ty::Moment => {
            let moment = if source.once_in(4) { "now" } else { source.one(&MOMENTS) };
            seen.moments.extend((moment != "now").then(|| moment.to_owned()));
            Phrase::literal(moment)
        }
        Ty::Duration => {
            let (words, seconds) = source.one(&DURATIONS);
            seen.durations.push(seconds);
            Phrase::literal(words)
        }
        Ty::List(_) => panic!("lists have no literals"),
    }
}

fn number(source: &mut Source, seen: &mut Seen) -> Phrase {
    let thousandths = match source.below(4) {
        0..=2 => source.one(&NUMBERS),
        _ => i64::try_from(source.below(100_000)).expect("small") * source.one(&[1_000, 1, 10]),
    };
    seen.numbers.push(thousandths);
    let size = match thousandths.abs() {
        whole @ 1_000_000.. if whole % 1_000_000 == 0 && source.once_in(2) => format!("{}k", whole / 1_000_000),
        small @ 1..1_000 if small % 10 == 0 && source.once_in(2) => format!("{}%", small / 10),
        other => decimal(other),
    };
    if thousandths < 0 { Phrase::negative(size) } else { Phrase::literal(size) }
}

/// Thousandths as a decimal number.
pub(crate) fn decimal(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, rest) = (thousandths.abs() / 1_000, thousandths.abs() % 1_000);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{}", format!("{whole}.{rest:03}").trim_end_matches('0'))
}

/// A text in other capitals. As it is is the simplest.
pub(crate) fn cased(source: &mut Source, text: &str) -> String {
    match source.below(4) {
        0 | 1 => text.to_owned(),
        2 => text.to_uppercase(),
        _ => text.to_lowercase(),
    }
}
