//! The cursor takes what serde_json takes; of many bytes at once the same is said as of each.

use serde::de::IgnoredAny;

use super::strings::{is_special, specials};
use super::{Cursor, Marks};

/// Whether a text is JSON, as the cursor sees it.
fn is_json(text: &str) -> bool {
    let mut marks = Marks::default();
    marks.mark(text);
    let mut cursor = Cursor::new(text, &marks);
    cursor.skip().and_then(|()| cursor.end()).is_ok()
}

#[test]
fn many_bytes_are_judged_like_each_of_them() {
    for byte in 0..=u8::MAX {
        for place in 0..64 {
            let mut block = [b'x'; 64];
            *block.get_mut(place).unwrap() = byte;
            assert_eq!(specials(&block), u64::from(is_special(&byte)) << place, "{byte} at {place}");
        }
    }
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
