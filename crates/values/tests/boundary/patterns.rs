//! Patterns.

use values::{Pattern, PatternError};

#[test]
fn a_pattern_is_found_anywhere() {
    let matches = |source: &str, ignore_case: bool, text: &str| {
        Pattern::new(source, ignore_case, 1 << 20).expect("a pattern").is_match(text)
    };
    assert!(matches(r"\d+", false, "room 12"));
    assert!(!matches(r"^\d+$", false, "room 12"));
    assert!(!matches("berlin", false, "BERLIN"));
    assert!(matches("berlin", true, "BERLIN"));
    assert!(matches("straße", true, "STRAẞE"));
    assert!(matches(r"a\/b", false, "a/b"));
}

#[test]
fn a_wrong_pattern_says_where() {
    let error = |source: &str| Pattern::new(source, false, 1 << 20).expect_err("no pattern");
    assert_eq!(error("ab(c"), PatternError::Malformed { reason: "unclosed group".to_owned(), at: 2..3 });
    assert!(matches!(error(r"(?=a)"), PatternError::Malformed { .. }));
    assert!(matches!(error(r"(a)\1"), PatternError::Malformed { .. }));
    assert!(matches!(error(&"(".repeat(10_000)), PatternError::Malformed { .. }));
    assert!(matches!(error(&format!("{}a{}", "(".repeat(200), ")".repeat(200))), PatternError::Malformed { .. }));
    assert_eq!(error(r"(\w{100}){100}"), PatternError::TooLarge);
}

#[test]
fn patterns_are_the_same_when_written_the_same() {
    let pattern = |ignore_case: bool| Pattern::new("a+", ignore_case, 1 << 20).expect("a pattern");
    assert_eq!(pattern(true), pattern(true));
    assert_ne!(pattern(true), pattern(false));
    assert_eq!(pattern(true).to_string(), "/a+/i");
}

#[test]
fn what_was_read_is_compiled_within_the_memory_that_is_left() {
    let read = |source: &str| {
        let bytes = postcard::to_stdvec(&(source, false)).expect("bytes");
        postcard::from_bytes::<Pattern>(&bytes).expect("a pattern")
    };
    let small = read("^a+$");
    assert!(!small.is_match("aaa"));
    let taken = small.prepare(1 << 20).expect("it is small");
    assert!((1..=1 << 15).contains(&taken) && small.is_match("aaa"));
    assert_eq!(small.prepare(0), Ok(0));
    let large = read(r"\w{20}");
    assert_eq!(large.prepare(1 << 18), Err(PatternError::TooLarge));
    assert!((1 << 20..=1 << 22).contains(&large.prepare(1 << 24).expect("there is room")));
    assert!(matches!(read("(").prepare(1 << 20), Err(PatternError::Malformed { .. })));
}
