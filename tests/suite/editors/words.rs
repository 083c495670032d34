//! The lists of words in the packages for editors are those of `syntax::keywords`. `BLESS=1` writes them.

use std::env;
use std::fs;

use syntax::keywords::{Class, all};

use super::root;

/// All classes, in the order of the table.
const CLASSES: [Class; 8] = [
    Class::Item,
    Class::LaterItem,
    Class::Clause,
    Class::Connective,
    Class::Operator,
    Class::Value,
    Class::Effect,
    Class::Contextual,
];

/// A file with a list for each class, in the order of [`CLASSES`].
struct Lists {
    file: &'static str,
    /// What stands before each list; empty for a class that the file does not list.
    before: [&'static str; 8],
    /// What stands behind each list.
    after: &'static str,
    /// What stands between two words.
    between: &'static str,
    /// Where the lines of a list are broken, and how they are indented then.
    indent: Option<&'static str>,
}

const LISTS: [Lists; 4] = [
    Lists {
        file: "editors/vscode/syntaxes/rulebook.tmLanguage.json",
        before: [
            r#""keyword.control.item.rulebook", "match": "\\b(?:"#,
            r#""keyword.control.item.later.rulebook", "match": "\\b(?:"#,
            r#""keyword.control.conditional.rulebook", "match": "\\b(?:"#,
            r#""keyword.operator.logical.rulebook", "match": "\\b(?:"#,
            r#""keyword.operator.word.rulebook", "match": "\\b(?:"#,
            r#""constant.language.rulebook", "match": "\\b(?:"#,
            r#""support.function.effect.rulebook", "match": "\\b(?:"#,
            r#""storage.modifier.rulebook", "match": "\\b(?:"#,
        ],
        after: r")\\b",
        between: "|",
        indent: None,
    },
    Lists {
        file: "editors/tree-sitter/queries/highlights.scm",
        before: [
            "; begin an item\n[",
            "",
            "; hold the parts of a rule together\n[",
            "; join conditions\n[",
            "; test and combine\n[",
            "; are values\n[",
            "; do something\n[",
            "; mean something in their own place\n[",
        ],
        after: "] @",
        between: " ",
        indent: Some(" "),
    },
    Lists {
        file: "editors/neovim/syntax/rulebook.vim",
        before: [
            r#"syn match rulebookItem "\<\%("#,
            r#"syn match rulebookLater "\<\%("#,
            r#"syn match rulebookClause "\<\%("#,
            r#"syn match rulebookConnective "\<\%("#,
            r#"syn match rulebookOperator "\<\%("#,
            r#"syn match rulebookValue "\<\%("#,
            r#"syn match rulebookEffect "\<\%("#,
            r#"syn match rulebookContextual "\<\%("#,
        ],
        after: r"\)\>",
        between: r"\|",
        indent: None,
    },
    Lists {
        file: "editors/emacs/rulebook-mode.el",
        before: [
            "(defconst rulebook-item-words\n  '(",
            "(defconst rulebook-later-item-words\n  '(",
            "(defconst rulebook-clause-words\n  '(",
            "(defconst rulebook-connective-words\n  '(",
            "(defconst rulebook-operator-words\n  '(",
            "(defconst rulebook-value-words\n  '(",
            "(defconst rulebook-effect-words\n  '(",
            "(defconst rulebook-contextual-words\n  '(",
        ],
        after: ")\n",
        between: " ",
        indent: Some("    "),
    },
];

/// The longest line of a list that may be broken.
const WIDTH: usize = 110;

impl Lists {
    /// The words of a class as this file writes them.
    fn written(&self, class: Class) -> String {
        let mut out = String::new();
        let mut width = 0;
        for word in all().filter(|keyword| keyword.class == class).map(|keyword| keyword.word) {
            let word = if self.indent.is_some() { format!("\"{word}\"") } else { word.to_owned() };
            match self.indent {
                Some(indent) if width + word.len() > WIDTH => {
                    out.push('\n');
                    out.push_str(indent);
                    width = 0;
                }
                _ if out.is_empty() => {}
                _ => out.push_str(self.between),
            }
            width += word.len() + self.between.len();
            out.push_str(&word);
        }
        out
    }

    /// The file with the lists of the table.
    fn of_the_table(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (class, before) in CLASSES.into_iter().zip(self.before).filter(|(_, before)| !before.is_empty()) {
            let start = text.find(before).unwrap_or_else(|| panic!("{}: no `{before}`", self.file)) + before.len();
            let end = start + text[start..].find(self.after).unwrap();
            text.replace_range(start..end, &self.written(class));
        }
        text
    }
}

#[test]
fn every_editor_has_the_words_of_the_table() {
    for lists in LISTS {
        let path = root().join(lists.file);
        let text = fs::read_to_string(&path).unwrap();
        let meant = lists.of_the_table(&text);
        if env::var_os("BLESS").is_some() {
            fs::write(&path, &meant).unwrap();
        } else {
            assert!(text == meant, "the words in {} are not those of the table: BLESS=1 writes them", lists.file);
        }
    }
}
