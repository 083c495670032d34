//! Colours that know what names are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use ide::{ColouredToken, Kind, TokenKind};
use tower_lsp::ls_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensDelta,
    SemanticTokensEdit, SemanticTokensFullDeltaResult, SemanticTokensLegend,
};

use crate::view::View;

/// The kinds of tokens, in the order of the numbers that stand for them.
const TYPES: [SemanticTokenType; 14] = [
    SemanticTokenType::KEYWORD,
    SemanticTokenType::STRING,
    SemanticTokenType::NUMBER,
    SemanticTokenType::REGEXP,
    SemanticTokenType::COMMENT,
    SemanticTokenType::OPERATOR,
    SemanticTokenType::STRUCT,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::CLASS,
    SemanticTokenType::NAMESPACE,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::PARAMETER,
    SemanticTokenType::ENUM,
];

/// What the numbers stand for.
pub(crate) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TYPES.to_vec(),
        token_modifiers: vec![SemanticTokenModifier::DECLARATION, SemanticTokenModifier::MODIFICATION],
    }
}

/// What each client was told last of each file, so that only what has changed is sent.
#[derive(Clone, Default)]
pub(crate) struct Told(Arc<Mutex<HashMap<String, SemanticTokens>>>);

impl Told {
    /// All tokens of a file.
    pub(crate) fn full(&self, view: &View) -> SemanticTokens {
        let tokens = self.next(view);
        self.keep(view, &tokens);
        tokens
    }

    /// The tokens of a file, so far as they differ from those that the client has.
    pub(crate) fn delta(&self, view: &View, known: &str) -> SemanticTokensFullDeltaResult {
        let before = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key(view)).cloned();
        let tokens = self.next(view);
        self.keep(view, &tokens);
        match before.filter(|before| before.result_id.as_deref() == Some(known)) {
            Some(before) => {
                let edits = difference(&before.data, &tokens.data);
                SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta { result_id: tokens.result_id, edits })
            }
            None => SemanticTokensFullDeltaResult::Tokens(tokens),
        }
    }

    fn next(&self, view: &View) -> SemanticTokens {
        let data = encoded(view, &view.snapshot.tokens(&view.file));
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = all.get(&key(view)).and_then(|before| before.result_id.as_ref()?.parse::<u64>().ok());
        SemanticTokens { result_id: Some(last.map_or(1, |last| last + 1).to_string()), data }
    }

    fn keep(&self, view: &View, tokens: &SemanticTokens) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key(view), tokens.clone());
    }
}

fn key(view: &View) -> String {
    format!("{} {}", view.number, view.file)
}

/// The tokens of the items that a range touches.
pub(crate) fn within(view: &View, range: Range) -> SemanticTokens {
    let data = encoded(view, &view.snapshot.tokens_within(&view.file, view.bytes(range)));
    SemanticTokens { result_id: None, data }
}

/// Tokens as the protocol wants them: each from where the one before it began.
fn encoded(view: &View, tokens: &[ColouredToken]) -> Vec<SemanticToken> {
    let (mut line, mut column) = (0, 0);
    let encoded = tokens.iter().map(|token| {
        let range = view.here(token.range.clone());
        let delta_line = range.start.line - line;
        let delta_start =
            if delta_line == 0 { range.start.character.saturating_sub(column) } else { range.start.character };
        (line, column) = (range.start.line, range.start.character);
        SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character.saturating_sub(range.start.character),
            token_type: number(token.kind),
            token_modifiers_bitset: u32::from(token.declares) | u32::from(token.writes) << 1,
        }
    });
    encoded.collect()
}

const fn number(kind: TokenKind) -> u32 {
    match kind {
        TokenKind::Word => 0,
        TokenKind::Text => 1,
        TokenKind::Number => 2,
        TokenKind::Pattern => 3,
        TokenKind::Comment => 4,
        TokenKind::Operator => 5,
        TokenKind::Name(kind) => match kind {
            Kind::Record => 6,
            Kind::Field | Kind::Derived => 7,
            Kind::Constant | Kind::List | Kind::Reference | Kind::Calendar => 8,
            Kind::Target => 9,
            Kind::Set | Kind::Integration | Kind::Template | Kind::Workflow => 10,
            Kind::Rule | Kind::Test | Kind::Function => 11,
            Kind::Variable => 12,
            Kind::Table => 13,
        },
    }
}

/// The one change between two lists of tokens; numbers count fives.
fn difference(old: &[SemanticToken], new: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let head = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old, new) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let inserted = new.get(..new.len() - tail).unwrap_or_default();
    if old.len() == tail && inserted.is_empty() {
        return Vec::new();
    }
    vec![SemanticTokensEdit {
        start: 5 * head as u32,
        delete_count: 5 * (old.len() - tail) as u32,
        data: Some(inserted.to_vec()),
    }]
}
