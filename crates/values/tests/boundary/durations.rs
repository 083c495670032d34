//! Lengths of time as they are written and shown.

use values::literal::{LiteralError, duration};
use values::{Duration, DurationUnit, FaultCode};

use crate::number;

#[test]
fn written_and_shown() {
    for (written, shown) in [
        ("2d", "2d"),
        ("2 days", "2d"),
        ("1 day", "1d"),
        ("24h", "1d"),
        ("36h", "36h"),
        ("1w", "7d"),
        ("90min", "90min"),
        ("1.5h", "90min"),
        ("90s", "90s"),
        ("1.5s", "1.5s"),
        ("0d", "0s"),
        ("-2d", "-2d"),
        ("3mo", "3mo"),
        ("12 months", "1y"),
        ("0.5y", "6mo"),
        ("PT4H", "4h"),
        ("P2D", "2d"),
        ("P1DT12H", "36h"),
        ("PT1H30M", "90min"),
        ("PT0.5S", "0.5s"),
        ("P1Y6M", "18mo"),
        ("-P1W", "-7d"),
    ] {
        assert_eq!(duration(written).map(|length| length.to_string()), Ok(shown.to_owned()), "{written}");
    }
}

#[test]
fn what_is_no_duration() {
    for text in [
        "", "2", "d", "2x", "2 Days", "--2d", "2d3h", "P", "PT", "P2", "P1DT", "PT1H1H", "PT1M1H", "P1YT1H", "P1H",
        "1_d", "5%d", "P-1D", "2\u{a0}d",
    ] {
        assert_eq!(duration(text), Err(LiteralError::Malformed), "{text}");
    }
    assert_eq!(duration("5m"), Err(LiteralError::AmbiguousUnit));
    for text in ["300y d", "1e3d"] {
        assert!(duration(text).is_err(), "{text}");
    }
    for text in ["110000d", "1.5mo", "200000000y", "P9999999999W"] {
        assert_eq!(duration(text), Err(LiteralError::OutOfRange), "{text}");
    }
}

#[test]
fn amounts_and_units() {
    assert_eq!(Duration::of(number("1.5"), DurationUnit::Day), Ok(Duration::exact(129_600_000_000_000)));
    assert_eq!(Duration::of(number("2"), DurationUnit::Year), Ok(Duration::Months(24)));
    assert_eq!(Duration::of(number("0.5"), DurationUnit::Month), Err(FaultCode::DurationOverflow));
    assert_eq!(Duration::of(number("1_000_000"), DurationUnit::Day), Err(FaultCode::DurationOverflow));
    assert_eq!(Duration::Exact(i64::MIN).negate(), Err(FaultCode::DurationOverflow));
    assert_eq!(Duration::Exact(i64::MIN).to_string(), "-9223372036.854775808s");
    for word in DurationUnit::words() {
        let unit = DurationUnit::named(word).expect("a unit");
        assert_eq!(DurationUnit::named(unit.symbol()), Some(unit));
    }
}
