//! The files that are open in the editor, kept in step with it change by change.

use std::sync::Arc;

use tower_lsp::ls_types::TextDocumentContentChangeEvent;

use crate::lines::{Encoding, Lines};

/// A file that is open. Whatever the disk says, this is its text.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    text: String,
    lines: Arc<Lines>,
    encoding: Encoding,
    /// The client's count of its changes.
    pub(crate) version: i32,
}

impl Document {
    /// A file as it is opened.
    pub(crate) fn new(text: String, version: i32, encoding: Encoding) -> Self {
        Self { lines: Arc::new(Lines::of(&text, encoding)), text, encoding, version }
    }

    /// What it says.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where its lines are.
    pub(crate) fn lines(&self) -> &Arc<Lines> {
        &self.lines
    }

    /// Makes the changes of one message, one after the other: each is meant in the text that the one before it left.
    pub(crate) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        self.version = version;
        for change in changes {
            let Some(range) = change.range else {
                *self = Self::new(change.text, version, self.encoding);
                continue;
            };
            let range = self.lines.bytes(&self.text, range);
            self.text.replace_range(range.clone(), &change.text);
            Arc::make_mut(&mut self.lines).replaced(&range, change.text.len(), &self.text);
        }
    }
}

#[cfg(test)]
mod tests {
    use tower_lsp::ls_types::{Position, Range};

    use super::*;

    fn change(start: (u32, u32), end: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let range = Range::new(Position::new(start.0, start.1), Position::new(end.0, end.1));
        TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: text.to_owned() }
    }

    #[test]
    fn changes_follow_each_other() {
        let mut document = Document::new("one\ntwo\n".to_owned(), 1, Encoding::Utf16);
        document
            .change(2, vec![change((0, 0), (1, 0), ""), change((0, 3), (0, 3), "𝄞x"), change((0, 5), (9, 0), "!\n")]);
        assert_eq!((document.text(), document.version), ("two𝄞!\n", 2));
        let whole = TextDocumentContentChangeEvent { range: None, range_length: None, text: "new".to_owned() };
        document.change(3, vec![whole, change((0, 3), (0, 3), "er")]);
        assert_eq!(document.text(), "newer");
    }
}
