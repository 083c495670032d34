//! Text that ignores case, and looking for one text in another.

use std::cmp::Ordering;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;

use values::text::{
    Case, contains_ignoring_case, contains_word_exact, contains_word_ignoring_case, ends_with_ignoring_case,
    equal_ignoring_case, fold, hash_ignoring_case, occurrences, order_ignoring_case, starts_with_ignoring_case,
};

/// Equality, order, hash and folding say the same.
fn check_same(left: &str, right: &str, same: bool) {
    let hash = |text: &str| {
        let mut hasher = DefaultHasher::new();
        hash_ignoring_case(text, &mut hasher);
        hasher.finish()
    };
    assert_eq!(equal_ignoring_case(left, right), same, "{left} and {right}");
    assert_eq!(fold(left) == fold(right), same, "{left} and {right} folded");
    assert_eq!(order_ignoring_case(left, right) == Ordering::Equal, same, "order of {left} and {right}");
    assert_eq!(hash(left) == hash(right), same, "hash of {left} and {right}");
}

#[test]
fn letters_are_folded_one_by_one() {
    for (left, right) in [
        ("", ""),
        ("dE", "De"),
        ("straße", "STRAẞE"),
        ("ΟΔΟΣ", "οδος"),
        ("οδοσ", "οδος"),
        ("\u{212a}", "k"),
        ("ſ", "S"),
    ] {
        check_same(left, right, true);
    }
    for (left, right) in [
        ("a", ""),
        ("ab", "a"),
        ("STRASSE", "straße"),
        ("İ", "i"),
        ("İ", "I"),
        ("ı", "I"),
        ("é", "e"),
        ("é", "e\u{301}"),
    ] {
        check_same(left, right, false);
    }
}

#[test]
fn searching_ignores_case() {
    assert!(contains_ignoring_case("Weiße STRAẞE 5", "straße"));
    assert!(contains_ignoring_case("100 \u{212a}", "k"));
    assert!(contains_ignoring_case("anything", ""));
    assert!(!contains_ignoring_case("", "a"));
    assert!(starts_with_ignoring_case("ÄRZTE ohne", "ärzte"));
    assert!(!starts_with_ignoring_case("a", "ab"));
    assert!(ends_with_ignoring_case("ada@GMAIL.com", "@gmail.COM"));
    assert!(ends_with_ignoring_case("ΟΔΟΣ", "ος"));
    assert!(!ends_with_ignoring_case("b", "ab"));
}

#[test]
fn a_word_is_not_part_of_a_longer_one() {
    for (text, word) in [
        ("Book a DEMO!", "demo"),
        ("demo_2", "demo"),
        ("uses C++ daily", "c++"),
        ("a-b, aa", "AA"),
        ("Münzen für Müller", "müller"),
    ] {
        assert!(contains_word_ignoring_case(text, word), "{word} in {text}");
    }
    for (text, word) in
        [("democracy", "demo"), ("Kundendemo", "demo"), ("demo2", "demo"), ("überdemo", "demo"), ("naïve", "na")]
    {
        assert!(!contains_word_ignoring_case(text, word), "{word} in {text}");
    }
    assert!(!contains_word_exact("Demo", "demo"));
    // The first occurrence is cut by a letter, the second overlaps it.
    assert!(contains_word_exact("yx a x a x", "x a x"));
}

#[test]
fn long_parts_are_found_where_short_ones_are() {
    for repeated in ["ab", "aab", "äB", "ſ"] {
        let text = format!("{}c{}", repeated.repeat(90), repeated.repeat(100));
        let part = repeated.to_uppercase().repeat(80);
        let slowly: Vec<usize> =
            text.char_indices().map(|(at, _)| at).filter(|at| starts_with_ignoring_case(&text[*at..], &part)).collect();
        let found: Vec<usize> = occurrences(&text, &part, Case::Ignored).map(|(start, _)| start).collect();
        assert_eq!(found, slowly, "{repeated}");
        assert!(!found.is_empty() && contains_ignoring_case(&text, &part));
    }
    let hard = "a".repeat(1_000_000);
    assert!(!contains_word_ignoring_case(&hard, &format!("{}b", &hard[..500_000])));
}
