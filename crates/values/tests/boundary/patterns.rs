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
