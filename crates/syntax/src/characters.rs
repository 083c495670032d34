//! Characters that cannot be seen, and letters that look like others: what a reader cannot tell from the screen.

use std::ops::Range;

use diagnostics::problems::SyntaxProblem;
use unicode_ident::is_xid_continue;
use unicode_security::skeleton;

use crate::tokens::{Token, TokenKind};

/// What is treacherous in one token. In texts and comments it is only a warning, and a foreign letter none at all.
pub(crate) fn check<'t>(text: &'t str, token: &Token) -> impl Iterator<Item = (Range<usize>, SyntaxProblem)> + 't {
    let said = token.of(text);
    let start = token.start;
    let in_text = matches!(token.kind, TokenKind::Text { .. } | TokenKind::Pattern { .. } | TokenKind::Comment);
    let name = matches!(token.kind, TokenKind::Word | TokenKind::Quoted) && mixes_latin(said);
    let unusual = said.char_indices().filter(|(_, character)| !character.is_ascii() || character.is_ascii_control());
    unusual.filter_map(move |(at, found)| {
        let place = start + at..start + at + found.len_utf8();
        if is_invisible(found) {
            return Some((place, SyntaxProblem::InvisibleCharacter { found, in_text }));
        }
        let looks_like = latin_look(found).filter(|_| name)?;
        Some((place, SyntaxProblem::ConfusableCharacter { found, looks_like, in_text: false }))
    })
}

/// Characters without a shape of their own, and those that change the order in which others are shown.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{8}'
            | '\u{b}'..='\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{7f}'..='\u{a0}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{1680}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2000}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}'
            | '\u{3000}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a name is written in Latin letters, at least in part. A name that is all Greek or Cyrillic confuses nobody.
fn mixes_latin(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// The Latin letters that a letter looks like, if it is not one of the usual Latin letters with a mark.
fn latin_look(letter: char) -> Option<String> {
    if !is_xid_continue(letter) || is_latin(letter) {
        return None;
    }
    let look: String = skeleton(letter.encode_utf8(&mut [0; 4])).collect();
    (!look.is_empty() && look.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(look)
}

/// The Latin blocks in which living languages are written: é, ß, ł, ő.
fn is_latin(letter: char) -> bool {
    matches!(letter, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}
