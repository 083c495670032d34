//! Exact decimals: what is read, what is computed, where it ends.

use values::{FaultCode, Number, NumberError};

use crate::number;

type Operation = fn(Number, Number) -> Result<Number, FaultCode>;

const ADD: Operation = Number::add;
const SUBTRACT: Operation = Number::subtract;
const MULTIPLY: Operation = Number::multiply;
const DIVIDE: Operation = Number::divide;
const REMAINDER: Operation = Number::remainder;

const LARGEST: &str = "79228162514264337593543950330";

fn check(left: &str, operation: Operation, right: &str, expected: Result<&str, FaultCode>) {
    let result = operation(number(left), number(right)).map(|number| number.to_string());
    assert_eq!(result, expected.map(str::to_owned), "{left} with {right}");
}

#[test]
fn tenths_add_up() {
    check("0.1", ADD, "0.2", Ok("0.3"));
    check("1", SUBTRACT, "0.9", Ok("0.1"));
    check("0.3", SUBTRACT, "0.3", Ok("0"));
    check("1.10", MULTIPLY, "3", Ok("3.3"));
    check("70_000", MULTIPLY, "12%", Ok("8400"));
}

#[test]
fn integers_go_on_where_64_bits_end() {
    check("9223372036854775807", ADD, "1", Ok("9223372036854775808"));
    check("-9223372036854775808", SUBTRACT, "1", Ok("-9223372036854775809"));
    check("9223372036854775808", SUBTRACT, "1", Ok("9223372036854775807"));
    check("9223372036854775807", MULTIPLY, "2", Ok("18446744073709551614"));
    check("-9223372036854775808", DIVIDE, "-1", Ok("9223372036854775808"));
    check("-9223372036854775808", REMAINDER, "-1", Ok("0"));
    assert_eq!(number("-9223372036854775808").negate(), number("9223372036854775808"));
    assert_eq!(number("9223372036854775808").negate().as_i64(), Some(i64::MIN));
    assert_eq!(number("9223372036854775808").as_i64(), None);
}

#[test]
fn what_does_not_fit_is_a_fault() {
    check(LARGEST, ADD, "1000", Err(FaultCode::NumberOverflow));
    check(LARGEST, MULTIPLY, "-2", Err(FaultCode::NumberOverflow));
    check(LARGEST, DIVIDE, "0.5", Err(FaultCode::NumberOverflow));
    check("1", DIVIDE, "0", Err(FaultCode::DivisionByZero));
    check("0", REMAINDER, "0.0", Err(FaultCode::DivisionByZero));
    check(LARGEST, SUBTRACT, LARGEST, Ok("0"));
}

#[test]
fn results_have_28_digits_and_halves_go_to_the_even_neighbour() {
    check("10", DIVIDE, "3", Ok("3.333333333333333333333333333"));
    check("2", DIVIDE, "3", Ok("0.6666666666666666666666666667"));
    check("1", DIVIDE, "-7", Ok("-0.1428571428571428571428571429"));
    check("1", DIVIDE, "3", Ok("0.3333333333333333333333333333"));
    // The last digit is rounded away exactly once: …5 followed by something is more than a half.
    check("1000000000000000000000000000", ADD, "0.5", Ok("1000000000000000000000000000"));
    check("1000000000000000000000000001", ADD, "0.5", Ok("1000000000000000000000000002"));
    check("1000000000000000000000000000", ADD, "0.5000000000000000000000000001", Ok("1000000000000000000000000001"));
    check(
        "1000000000000000000000000001",
        SUBTRACT,
        "0.5000000000000000000000000001",
        Ok("1000000000000000000000000000"),
    );
    check(
        "9999999999999999999999999999",
        MULTIPLY,
        "0.9999999999999999999999999999",
        Ok("9999999999999999999999999998"),
    );
}

#[test]
fn what_is_too_small_is_rounded_to_zero() {
    check("0.0000000000000000000000000001", DIVIDE, "2", Ok("0"));
    check("0.0000000000000000000000000003", DIVIDE, "2", Ok("0.0000000000000000000000000002"));
    check("0.00000000000001", MULTIPLY, "0.000000000000001", Ok("0"));
    check("0.0000000000000000000000000001", REMAINDER, LARGEST, Ok("0.0000000000000000000000000001"));
}

#[test]
fn a_remainder_has_the_sign_of_the_divisor() {
    check("7", REMAINDER, "3", Ok("1"));
    check("-7", REMAINDER, "3", Ok("2"));
    check("7", REMAINDER, "-3", Ok("-2"));
    check("-7", REMAINDER, "-3", Ok("-1"));
    check("5.5", REMAINDER, "2", Ok("1.5"));
    check("1", REMAINDER, "0.3", Ok("0.1"));
}

#[test]
fn rounding() {
    let round = |text: &str, digits: i32| number(text).round(digits).map(|number| number.to_string());
    for (text, digits, expected) in [
        ("2.5", 0, "2"),
        ("3.5", 0, "4"),
        ("-2.5", 0, "-2"),
        ("2.345", 2, "2.34"),
        ("2.3450001", 2, "2.35"),
        ("1250", -2, "1200"),
        ("1350", -2, "1400"),
        ("49", -2, "0"),
        ("0.5", i32::MAX, "0.5"),
        ("5", i32::MIN, "0"),
    ] {
        assert_eq!(round(text, digits), Ok(expected.to_owned()), "round({text}, {digits})");
    }
    assert_eq!(round(LARGEST, -29), Err(FaultCode::NumberOverflow));
    assert_eq!((number("-2.5").floor(), number("-2.5").ceiling()), (number("-3"), number("-2")));
    assert_eq!((number("2.5").floor(), number("2.5").ceiling()), (number("2"), number("3")));
    assert_eq!(number("-0.7").abs(), number("0.7"));
}

#[test]
fn one_number_has_one_form() {
    for same in ["1.50", "1.5", "15e-1", "0.15E+1", "0001.5"] {
        assert_eq!(Number::parse(same), Ok(number("1.5")), "{same}");
    }
    assert_eq!(Number::parse("-0"), Ok(Number::ZERO));
    assert_eq!(Number::parse("0e400"), Ok(Number::ZERO));
    assert_eq!(Number::parse("1.00e2").ok().and_then(Number::as_i64), Some(100));
    assert_eq!(Number::parse("1e28").map(|number| number.to_string()), Ok("10000000000000000000000000000".to_owned()));
    assert!(number("0.5") < number("1") && number("-9223372036854775809") < number("-9223372036854775808"));
}

#[test]
fn what_cannot_be_held_exactly_is_refused() {
    let many_digits = "1".repeat(29);
    let out_of_range = [
        "1e400",
        "1e-400",
        "1e-29",
        "8e28",
        "1e99999999999999999999",
        many_digits.as_str(),
        "1.0000000000000000000000000001",
    ];
    for text in out_of_range {
        assert_eq!(Number::parse(text), Err(NumberError::OutOfRange), "{text}");
    }
    for text in ["", "-", ".5", "5.", "+5", " 5", "1_000", "0x10", "NaN", "1e", "1e+", "--1", "１"] {
        assert_eq!(Number::parse(text), Err(NumberError::Malformed), "{text}");
    }
    let zeros_do_not_count = format!("1{}", "0".repeat(28));
    assert!(Number::parse(&zeros_do_not_count).is_ok());
    assert!(Number::parse(&format!("0.5{}", "0".repeat(100_000))).is_ok());
}
