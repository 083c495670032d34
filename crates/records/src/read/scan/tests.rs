//! The cursor takes what serde_json takes; of many bytes at once the same is said as of each.

use serde::de::IgnoredAny;

use super::strings::is_special;
use super::{Cursor, Marks, mark_specials};

/// Whether a text is JSON, as the cursor sees it.
fn is_json(text: &str) -> bool {
    let mut marks = Marks::default();
    mark_specials(&mut marks, text);
    let mut cursor = Cursor::new(text, &marks);
    cursor.skip().and_then(|()| cursor.end()).is_ok()
}

#[test]
fn many_bytes_are_judged_like_each_of_them() {
    let mut marks = Marks::default();
    let mut marked = |text: &str| {
        let mut places = Vec::new();
        mark_specials(&mut marks, text);
        marks.each(|place| places.push(place));
        places
    };
    for byte in 0..0x80 {
        for place in 0..200 {
            let text = format!("{}{}{}", "x".repeat(place), char::from(byte), "é".repeat(70));
            let wanted = if is_special(&byte) { vec![place] } else { Vec::new() };
            assert_eq!(marked(&text), wanted, "{byte} at {place}");
        }
    }
    let others: String = (0x80..0x3000).filter_map(char::from_u32).collect();
    assert!(marked(&others).is_empty());
}

/// Whatever becomes of a text when some of it is left out, doubled or exchanged.
#[test]
fn what_serde_json_takes_is_taken_and_nothing_else() {
    let whole = concat!(
        "{\"id\" : \"L-1\", \"é\":[1,-2.5e+3,0.25,{\"x\":[]},[[]],\"\\u00e9\\n\\\"a long text, longer than a block\"],",
        "\"t\":true,\"f\":false,\"n\":null,\"o\":{ }, \"last\":\"\"}"
    );
    assert!(is_json(whole));
    let letters: Vec<char> = whole.chars().collect();
    let (mut taken, mut refused) = (0, 0);
    for place in 0..letters.len() {
        for other in ['"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', 'e', '.', ' ', 'u', '\t', '\u{1}', 'é'] {
            for replaced in 0..3 {
                let (before, after) = (letters.get(..place).unwrap(), letters.get(place + replaced..).unwrap_or(&[]));
                let text: String = before.iter().chain([&other]).chain(after).collect();
                let wanted = serde_json::from_str::<IgnoredAny>(&text).is_ok();
                assert_eq!(is_json(&text), wanted, "{text}");
                *(if wanted { &mut taken } else { &mut refused }) += 1;
            }
        }
        let cut: String = letters.iter().take(place).collect();
        assert!(!is_json(&cut), "{cut}");
    }
    assert!(taken > 500 && refused > 500, "{taken} taken, {refused} refused");
}
