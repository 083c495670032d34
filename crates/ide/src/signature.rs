//! How the function is called whose brackets are being filled.

use std::ops::Range;

use syntax::{Token, TokenKind, scan};
use values::builtins::{Form, rows};

use crate::Snapshot;

/// The ways to call a function, and where in its brackets the cursor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureHelp {
    /// Each way; the first is the likeliest for what is written.
    pub signatures: Vec<Signature>,
    /// Which parameter is being written, from 0.
    pub parameter: usize,
}

/// A way to call a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `round(number, digits)`
    pub label: String,
    /// Where each parameter stands in it, in bytes.
    pub parameters: Vec<Range<usize>>,
    /// What it gives.
    pub text: String,
}

/// How the functions of lists are called, which take no values but items.
const OVER: [(&str, &str, &str); 4] = [
    ("any", "any(item in list where condition)", "whether there is an item that meets the condition"),
    ("all", "all(item in list where condition)", "whether every item meets the condition"),
    ("none", "none(item in list where condition)", "whether no item meets the condition"),
    ("count", "count(item in list where condition)", "how many items meet the condition"),
];

impl Snapshot {
    /// How the function around a byte of a file is called.
    pub fn signature_help(&self, path: &str, offset: usize) -> Option<SignatureHelp> {
        let view = self.project().item_at(path, offset)?;
        let before = self.text(path)?.get(view.start()..offset)?;
        let tokens: Vec<Token> = scan(before).into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
        let (function, parameter) = open_call(before, &tokens)?;
        let mut signatures: Vec<Signature> = rows()
            .filter(|row| row.form == Form::Function && row.name == function)
            .map(|row| Signature::new(row.signature(), row.doc))
            .collect();
        let over = OVER.iter().filter(|(name, ..)| *name == function);
        signatures.extend(over.map(|(_, label, text)| Signature::new((*label).to_owned(), text)));
        signatures.dedup_by(|one, other| one.label == other.label);
        // Those with room for what is written come first.
        signatures.sort_by_key(|signature| signature.parameters.len() <= parameter);
        (!signatures.is_empty()).then_some(SignatureHelp { signatures, parameter })
    }
}

impl Signature {
    fn new(label: String, text: &str) -> Self {
        let open = label.find('(').map_or(0, |open| open + 1);
        let inside = label.get(open..label.len().saturating_sub(1)).unwrap_or_default();
        let mut at = open;
        let mut parameters = Vec::new();
        for parameter in inside.split(", ").filter(|parameter| !parameter.is_empty()) {
            parameters.push(at..at + parameter.len());
            at += parameter.len() + ", ".len();
        }
        Self { parameters, text: text.to_owned(), label }
    }
}

/// The function whose brackets are open at the end of a text, and how many commas stand in them.
fn open_call<'t>(text: &'t str, tokens: &[Token]) -> Option<(&'t str, usize)> {
    let (mut depth, mut commas) = (0usize, 0);
    for (place, token) in tokens.iter().enumerate().rev() {
        match token.of(text) {
            ")" | "]" | "}" => depth += 1,
            "(" if depth == 0 => {
                let name = place.checked_sub(1).and_then(|before| tokens.get(before)).filter(|token| token.is_name());
                match name {
                    Some(name) if !matches!(name.of(text), "of" | "in" | "and" | "or" | "not") => {
                        return Some((name.of(text), commas));
                    }
                    _ => commas = 0,
                }
            }
            "[" | "{" if depth == 0 => return None,
            "(" | "[" | "{" => depth -= 1,
            "," if depth == 0 => commas += 1,
            _ => {}
        }
    }
    None
}
