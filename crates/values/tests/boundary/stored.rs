//! Values in memory and in files.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use values::builtins::Builtin;
use values::{Duration, Pattern, Text, Type, Value};

use crate::{list, number, value};

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(stored: &T) {
    let bytes = postcard::to_stdvec(stored).expect("it can be written");
    assert_eq!(&postcard::from_bytes::<T>(&bytes).expect("it can be read"), stored);
}

/// postcard writes no types, so nothing may depend on seeing any.
#[test]
fn everything_can_be_stored() {
    for number in ["0", "-9223372036854775808", "0.1", "79228162514264337593543950330", "1.000000000000000000000000001"]
    {
        check(&self::number(number));
    }
    check(&Value::List(
        [Value::Missing, Value::Truth(true), value("Ada"), value("1.5"), value("2d"), value("3mo")].into(),
    ));
    check(&Value::List([value("2026-01-31"), value("2026-01-31T09:00:00.000000001"), list(&["a", "b"])].into()));
    check(&Duration::Exact(i64::MIN));
    check(&Pattern::new("^a+$", true, 1 << 20).expect("a pattern"));
    check(&Type::List(Box::new(Type::OneOf([Text::from("new"), Text::from("won")].into()))));
    for row in values::builtins::rows() {
        check(&Builtin::keyed(row.key).expect("a built-in"));
    }
    assert!(postcard::from_bytes::<Builtin>(&postcard::to_stdvec("no such").expect("bytes")).is_err());
}

#[test]
fn a_value_is_small() {
    // A text of up to 23 bytes, and which kind of value it is.
    assert_eq!(size_of::<Value>(), 32);
    assert_eq!(size_of::<Builtin>(), 2);
}
