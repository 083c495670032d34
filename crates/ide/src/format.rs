//! The canonical layout as the smallest changes that lead to it, so that cursors and folds stay where they are.

use std::ops::Range;

use crate::Snapshot;

/// A change of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that are replaced.
    pub range: Range<usize>,
    /// With what.
    pub replacement: String,
}

impl Snapshot {
    /// The changes that lay out a file, in order; none where it is laid out already.
    pub fn format(&self, path: &str) -> Vec<Edit> {
        let longest = self.project().limits().tokens;
        self.text(path).map_or_else(Vec::new, |text| changes(text, &syntax::format_within(text, longest).text))
    }

    /// The changes that lay out those lines of a file which a range of bytes touches.
    pub fn format_range(&self, path: &str, range: Range<usize>) -> Vec<Edit> {
        let Some(text) = self.text(path) else { return Vec::new() };
        let before = text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let after = text.get(range.end..).and_then(|after| after.find('\n')).map_or(text.len(), |at| range.end + at);
        let mut edits = self.format(path);
        edits.retain(|edit| before <= edit.range.start && edit.range.end <= after);
        edits
    }
}

/// What may differ between a file and its layout: the space between words, and the dashes below a table's heading.
fn is_soft(character: char) -> bool {
    character.is_whitespace() || character == '-'
}

/// The changes that make one text of another which differs from it in soft characters alone; all of it, where it does in
/// others.
fn changes(before: &str, after: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let (mut old, mut new) = (0, 0);
    loop {
        let (from, to) = (run(before, old), run(after, new));
        if before.get(from.clone()) != after.get(to.clone()) {
            edits.extend(trimmed(before, from.clone(), after.get(to.clone()).unwrap_or_default()));
        }
        (old, new) = (from.end, to.end);
        match (next(before, old), next(after, new)) {
            (None, None) => return edits,
            (Some(one), Some(other)) if one == other => {
                old += one.len_utf8();
                new += other.len_utf8();
            }
            _ => return vec![Edit { range: 0..before.len(), replacement: after.to_owned() }],
        }
    }
}

/// The soft characters from a place on.
fn run(text: &str, from: usize) -> Range<usize> {
    let rest = text.get(from..).unwrap_or_default();
    from..rest.find(|character| !is_soft(character)).map_or(text.len(), |length| from + length)
}

fn next(text: &str, from: usize) -> Option<char> {
    text.get(from..)?.chars().next()
}

/// A change without what both sides begin and end with.
fn trimmed(before: &str, range: Range<usize>, replacement: &str) -> Option<Edit> {
    let old = before.get(range.clone())?;
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let head: usize = old.chars().zip(replacement.chars()).take_while(same).map(|(one, _)| one.len_utf8()).sum();
    let (old, new) = (old.get(head..)?, replacement.get(head..)?);
    let tail: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(one, _)| one.len_utf8()).sum();
    let replacement = new.get(..new.len() - tail)?.to_owned();
    Some(Edit { range: range.start + head..range.end - tail, replacement })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Workspace;

    fn applied(text: &str, edits: &[Edit]) -> String {
        let mut text = text.to_owned();
        for edit in edits.iter().rev() {
            text.replace_range(edit.range.clone(), &edit.replacement);
        }
        text
    }

    #[test]
    fn only_what_differs_is_changed() {
        let text = "when lead.score>70   then assign sales\n\n\n\nteam sales  { ada }\n";
        let mut workspace = Workspace::new();
        workspace.set_file("a.rules", text);
        let edits = workspace.snapshot().format("a.rules");
        assert_eq!(applied(text, &edits), syntax::format(text).text);
        assert!(edits.iter().all(|edit| edit.range.len() < 4), "{edits:?}");
    }

    #[test]
    fn a_range_is_laid_out_by_itself() {
        let text = "team a  { ada }\nteam b  { bob }\n";
        let mut workspace = Workspace::new();
        workspace.set_file("a.rules", text);
        let edits = workspace.snapshot().format_range("a.rules", 20..22);
        assert_eq!(applied(text, &edits), "team a  { ada }\nteam b { bob }\n");
    }

    #[test]
    fn other_differences_replace_the_whole() {
        assert_eq!(changes("a b", "a c"), [Edit { range: 0..3, replacement: "a c".to_owned() }]);
        assert_eq!(changes("", ""), []);
    }
}
