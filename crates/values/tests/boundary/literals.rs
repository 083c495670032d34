//! Numbers, dates and instants as rule files and data write them.

use values::literal::{LiteralError, date, dates_meant, instant, number, numbers_meant};

use crate::zone;

#[test]
fn numbers() {
    for (written, plain) in [
        ("70_000", "70000"),
        ("1.5", "1.5"),
        ("12%", "0.12"),
        ("5k", "5000"),
        ("2.5M", "2500000"),
        ("-1_0.5_0", "-10.5"),
        ("0.5%", "0.005"),
    ] {
        assert_eq!(number(written).map(|number| number.to_string()), Ok(plain.to_owned()), "{written}");
    }
    for text in ["", "_1", "1_", "1__0", "1_.5", "k", "5K", "5 k", "1e5", "1.2.3", "5kk", "%", "1,000"] {
        assert_eq!(number(text), Err(LiteralError::Malformed), "{text}");
    }
    assert_eq!(number("99_999_999_999_999_999_999_999_999_999"), Err(LiteralError::OutOfRange));
}

#[test]
fn dates() {
    assert_eq!(date("2024-02-29").map(|date| date.to_string()), Ok("2024-02-29".to_owned()));
    for text in [
        "2026-1-31",
        "26-01-31",
        "20260131",
        "2026-01-31 ",
        "2026/01/31",
        "31.01.2026",
        "2026-01-31T09:00",
        "+002026-01-31",
        "２026-01-31",
    ] {
        assert_eq!(date(text), Err(LiteralError::Malformed), "{text}");
    }
    for text in ["2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-01-00"] {
        assert_eq!(date(text), Err(LiteralError::Impossible), "{text}");
    }
}

#[test]
fn instants() {
    let utc = |text: &str| instant(text, &zone("Europe/Berlin")).map(|instant| instant.to_string());
    for (written, expected) in [
        ("2026-01-31T09:00+01:00", "2026-01-31T08:00:00Z"),
        ("2026-01-31T09:00", "2026-01-31T08:00:00Z"),
        ("2026-07-31 09:00", "2026-07-31T07:00:00Z"),
        ("2026-01-31 09:00:30.25Z", "2026-01-31T09:00:30.25Z"),
        ("2026-01-31t09:00z", "2026-01-31T09:00:00Z"),
        ("2026-01-31T09:00:00.123456789-0530", "2026-01-31T14:30:00.123456789Z"),
        ("2026-01-31T09:00+01", "2026-01-31T08:00:00Z"),
        ("2026-03-29T02:30", "2026-03-29T01:30:00Z"),
    ] {
        assert_eq!(utc(written), Ok(expected.to_owned()), "{written}");
    }
    for text in [
        "2026-01-31",
        "2026-01-31T9:00",
        "2026-01-31T09",
        "2026-01-31T09:00:",
        "2026-01-31T09:00.",
        "2026-01-31T09:00:00.1234567890",
        "2026-01-31T09:00 +01:00",
        "2026-01-31  09:00",
        "2026-01-31T09:00+1",
        "2026-01-31T09:00[Europe/Berlin]",
    ] {
        assert_eq!(utc(text), Err(LiteralError::Malformed), "{text}");
    }
    for text in [
        "2026-02-30T09:00",
        "2026-01-31T24:00",
        "2026-01-31T09:60",
        "2026-01-31T09:00:60",
        "2026-01-31T09:00+99:00",
        "2026-01-31T09:00+01:60",
    ] {
        assert_eq!(utc(text), Err(LiteralError::Impossible), "{text}");
    }
    assert_eq!(utc("9999-12-31T23:59-20:00"), Err(LiteralError::OutOfRange));
}

#[test]
fn days_in_the_spelling_of_a_country() {
    let meant = |text: &str| dates_meant(text).iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
    for (written, expected) in [
        ("31.12.2026", "2026-12-31"),
        ("3.4.2026", "2026-04-03"),
        ("31/12/2026", "2026-12-31"),
        ("12/31/2026", "2026-12-31"),
        ("03/04/2026", "2026-04-03 or 2026-03-04"),
        ("4/4/2026", "2026-04-04"),
        ("31-12-2026", "2026-12-31"),
        ("2026/12/31", "2026-12-31"),
        ("2026-1-5", "2026-01-05"),
    ] {
        assert_eq!(meant(written), expected, "{written}");
    }
    for text in [
        "",
        "soon",
        "2026-12-31",
        "31.12.26",
        "12.31.2026",
        "31/31/2026",
        "31.12/2026",
        "1.2.3.2026",
        "+1.2.2026",
        "٣/١/2026",
    ] {
        assert_eq!(meant(text), "", "{text}");
    }
}

#[test]
fn numbers_in_the_spelling_of_a_country() {
    for (written, expected) in [
        ("12,50", "12.50"),
        ("-0,5", "-0.5"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1,234", "1.234 or 1234"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1 234,50", "1234.50"),
        ("1'234.50", "1234.50"),
    ] {
        assert_eq!(numbers_meant(written).join(" or "), expected, "{written}");
    }
    for text in ["", "12.50", "1,2,3", ",", "12,", "a,b", "1,,2", "12,50,", "12 50", "1234,567.5", "1e5,0e"] {
        assert_eq!(numbers_meant(text), Vec::<String>::new(), "{text}");
    }
}
