//! A Markdown page as its fenced blocks, by section, with their places so that they can be rewritten.

use std::ops::Range;

use similar::TextDiff;

/// A page.
pub(crate) struct Page {
    text: String,
    /// The blocks under each heading, in order. What stands above the first heading is a section too.
    pub(crate) sections: Vec<Vec<Block>>,
}

/// A fenced block.
pub(crate) struct Block {
    /// The first word after the fence: `rules`, `verdict` … Empty when there is none.
    pub(crate) kind: String,
    /// The words `name=value` after it.
    attributes: Vec<(String, String)>,
    /// What stands in it, with the line end of its last line.
    pub(crate) content: String,
    /// Where the content stands in the page, in bytes.
    place: Range<usize>,
    /// The line of the page on which the content begins, from 1.
    line: usize,
}

/// New content for a block.
pub(crate) struct Change {
    place: Range<usize>,
    line: usize,
    kind: String,
    actual: String,
}

/// The kinds of block that run, or show what happened.
pub(crate) const RUNNING: [&str; 10] =
    ["rules", "verdict", "diagnostics", "ast", "typed", "tree", "bytecode", "edit", "queries", "console"];

impl Block {
    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What has to change so that the block shows `actual`; nothing when it does.
    pub(crate) fn expect(&self, actual: &str) -> Option<Change> {
        let mut actual = actual.to_owned();
        if !actual.is_empty() && !actual.ends_with('\n') {
            actual.push('\n');
        }
        let change = Change { place: self.place.clone(), line: self.line, kind: self.kind.clone(), actual };
        (change.actual != self.content).then_some(change)
    }

    /// A complaint about this block.
    pub(crate) fn complain(&self, what: &str) -> String {
        format!("line {}, `{}`: {what}", self.line, self.kind)
    }
}

impl Page {
    /// Reads a page. Fences are three or more backquotes at the start of a line.
    pub(crate) fn parse(text: &str) -> Self {
        let mut sections = vec![Vec::new()];
        let mut open: Option<(&str, Block)> = None;
        let mut start = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let end = start + line.len();
            let words = line.trim_end();
            let fence = words.len() - words.trim_start_matches('`').len();
            match &mut open {
                Some((opening, block)) if fence >= opening.len() && words.len() == fence => {
                    block.place.end = start;
                    block.content = text.get(block.place.clone()).unwrap_or_default().to_owned();
                    sections
                        .last_mut()
                        .into_iter()
                        .for_each(|section| section.extend(open.take().map(|(_, block)| block)));
                }
                Some(_) => {}
                None if fence >= 3 => open = words.get(..fence).map(|opening| (opening, block(words, end, number + 2))),
                None if words.starts_with('#') => sections.push(Vec::new()),
                None => {}
            }
            start = end;
        }
        Self { text: text.to_owned(), sections }
    }

    /// Whether there is anything to run.
    pub(crate) fn runs(&self) -> bool {
        self.sections.iter().flatten().any(|block| RUNNING.contains(&block.kind.as_str()))
    }

    /// The text of the page with the changes made.
    pub(crate) fn with(&self, changes: &[Change]) -> String {
        let mut text = self.text.clone();
        for change in changes.iter().rev() {
            text.replace_range(change.place.clone(), &change.actual);
        }
        text
    }

    /// What is different, for people.
    pub(crate) fn difference(&self, change: &Change) -> String {
        let written = self.text.get(change.place.clone()).unwrap_or_default();
        let diff = TextDiff::from_lines(written, &change.actual);
        let lines = diff.unified_diff().context_radius(4).header("what the page says", "what happens").to_string();
        format!("line {}, `{}` is different (BLESS=1 rewrites it)\n{lines}", change.line, change.kind)
    }
}

/// The block that a fence opens, still without content.
fn block(fence: &str, start: usize, line: usize) -> Block {
    let mut words = fence.trim_start_matches('`').split_whitespace();
    let kind = words.next().unwrap_or_default().to_owned();
    let attributes = words.filter_map(|word| word.split_once('=')).map(|(name, value)| (name.into(), value.into()));
    Block { kind, attributes: attributes.collect(), content: String::new(), place: start..start, line }
}
