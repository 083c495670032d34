//! The canonical layout: what is laid out once stays as it is, and says what it said.

use syntax::{Chunk, ChunkKind, equal_ignoring_spans, format, keywords, parse, split};

use super::{Text, texts};

#[test]
fn what_is_laid_out_stays_so_and_says_the_same() {
    for Text { name, rules, .. } in texts() {
        let formatted = format(&rules).text;
        assert_same_text(&name, &formatted, &format(&formatted).text);
        assert_same_items(&name, &rules, &formatted);
    }
}

/// Indentation means nothing, unless something is wrong: then it tells where a rule set ends.
#[test]
fn what_is_not_indented_says_the_same() {
    for Text { name, rules, .. } in texts().into_iter().filter(|text| format(&text.rules).unchanged.is_empty()) {
        let flat: String = rules.lines().map(|line| line.trim_start().to_owned() + "\n").collect();
        assert_same_items(&name, &rules, &flat);
    }
}

/// Breaking lines is a matter of single columns, so each item is brought to the margin: written on one line, with a name
/// in it drawn out until the line is about as long as it may be.
#[test]
fn an_item_that_just_fits_and_one_that_just_does_not_stay_so_too() {
    let mut widths = (94..=103).cycle();
    for Text { name, rules, .. } in texts() {
        let chunks = split(&rules).chunks.into_iter().filter(|chunk| !is_part_of_set(chunk));
        for item in chunks.map(|chunk| &rules[chunk.range]).filter(|item| !item.contains('#')) {
            let Some(drawn_out) = drawn_out(item, widths.next().unwrap()) else { continue };
            let formatted = format(&drawn_out).text;
            assert_same_text(&name, &formatted, &format(&formatted).text);
        }
    }
}

/// A brace of a rule set is nothing by itself.
fn is_part_of_set(chunk: &Chunk) -> bool {
    matches!(chunk.kind, ChunkKind::RulesHeader | ChunkKind::Close)
}

/// The item on one line that is `width` wide, because its first name or text has become longer. `None` when it is wider
/// anyway.
fn drawn_out(item: &str, width: usize) -> Option<String> {
    let line = item.split_whitespace().collect::<Vec<_>>().join(" ");
    let more = width.checked_sub(line.chars().count())?;
    let name = line.split(' ').find(|word| word.starts_with(char::is_alphabetic) && keywords::class(word).is_none())?;
    Some(line.replacen(name, &format!("{}{name}", "n".repeat(more)), 1))
}

fn assert_same_text(name: &str, once: &str, twice: &str) {
    let change = once.lines().zip(twice.lines()).find(|(once, twice)| once != twice);
    assert_eq!(once.len(), twice.len(), "{name}: laid out twice, first change: {change:#?}\n{once}");
    assert_eq!(change, None, "{name}: laid out twice");
}

fn assert_same_items(name: &str, before: &str, after: &str) {
    let (old, new) = (split(before).chunks, split(after).chunks);
    assert_eq!(old.len(), new.len(), "{name}: the items of\n{after}");
    for (old, new) in old.into_iter().zip(new) {
        let [old, new] = [(old, before), (new, after)].map(|(chunk, text)| parse(chunk.kind, &text[chunk.range]));
        assert!(equal_ignoring_spans(&old.item, &new.item), "{name}: {:#?}\nhas become {:#?}", old.item, new.item);
        assert_eq!(old.problems.len(), new.problems.len(), "{name}: {:?} {:?}", old.problems, new.problems);
    }
}
