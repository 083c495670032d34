//! Changes of several files, and how names and texts are written in them.

use std::ops::Range;
use std::sync::Arc;

use crate::format::Edit;

/// The changes of one file, in order; none of them touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdits {
    /// The file.
    pub path: Arc<str>,
    /// Its changes.
    pub edits: Vec<Edit>,
}

/// Gathers changes by file.
#[derive(Default)]
pub(crate) struct Edits {
    files: Vec<FileEdits>,
}

impl Edits {
    pub(crate) fn put(&mut self, path: &Arc<str>, range: Range<usize>, replacement: impl Into<String>) {
        let edit = Edit { range, replacement: replacement.into() };
        match self.files.iter_mut().find(|file| file.path == *path) {
            Some(file) => file.edits.push(edit),
            None => self.files.push(FileEdits { path: Arc::clone(path), edits: vec![edit] }),
        }
    }

    pub(crate) fn finish(mut self) -> Vec<FileEdits> {
        for file in &mut self.files {
            file.edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
            file.edits.dedup();
        }
        self.files.sort_by(|one, other| one.path.cmp(&other.path));
        self.files
    }
}

/// A text in quotes, as rules write it.
pub(crate) fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            '{' => written.push_str("{{"),
            '}' => written.push_str("}}"),
            letter => written.push(letter),
        }
    }
    written.push('"');
    written
}

/// A name as rules write it: in backquotes where it has other letters than names have.
pub(crate) fn backquoted(name: &str) -> String {
    let tokens = syntax::scan(name);
    let is_plain = matches!(tokens.as_slice(), [one] if one.kind == syntax::TokenKind::Word && one.end == name.len());
    if is_plain { name.to_owned() } else { format!("`{name}`") }
}
