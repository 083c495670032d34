//! Looking for a long text, in time linear in both: the search of Knuth, Morris and Pratt.

/// The places of all occurrences of `part` in `text`, overlapping ones too, as ranges of bytes. `letter` says what a
/// character counts as.
pub(super) fn occurrences(text: &str, part: &str, letter: impl Fn(char) -> char) -> Vec<(usize, usize)> {
    let part: Vec<char> = part.chars().map(&letter).collect();
    let borders = borders(&part);
    let starts: Vec<usize> = text.char_indices().map(|(start, _)| start).chain([text.len()]).collect();
    let mut found = Vec::new();
    let mut matched = 0;
    for (place, character) in text.chars().enumerate() {
        matched = extended(&part, &borders, matched, letter(character));
        if matched == part.len() {
            let end = place + 1;
            found.extend(starts.get(end - matched).copied().zip(starts.get(end).copied()));
        }
    }
    found
}

/// For every beginning of the part, the length of the longest shorter beginning that it also ends with.
///
/// ```text
///     part      a b a b c
///     borders   0 0 1 2 0
/// ```
fn borders(part: &[char]) -> Vec<usize> {
    let mut borders = Vec::with_capacity(part.len());
    borders.extend(part.first().map(|_| 0));
    let mut matched = 0;
    for character in part.iter().skip(1) {
        matched = extended(part, &borders, matched, *character);
        borders.push(matched);
    }
    borders
}

/// How much of the part is matched after one more character, when `matched` characters were before.
fn extended(part: &[char], borders: &[usize], mut matched: usize, character: char) -> usize {
    let shorter = |matched: usize| matched.checked_sub(1).and_then(|last| borders.get(last)).copied();
    while part.get(matched) != Some(&character) {
        match shorter(matched) {
            Some(border) => matched = border,
            None => return 0,
        }
    }
    matched + 1
}
