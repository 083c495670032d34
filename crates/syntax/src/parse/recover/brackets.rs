//! Brackets that miss their other half.

use std::ops::Range;

use super::super::source::Source;
use crate::ast::Span;
use crate::bounds::offset;

/// The first bracket among some tokens that is never closed, or closes nothing.
pub(super) fn unbalanced(source: &Source, places: Range<usize>) -> Option<(Span, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    for place in places {
        let mut characters = source.word(place).chars();
        let (Some(sign), None) = (characters.next(), characters.next()) else { continue };
        match (closing(sign), open.last()) {
            (Some(_), _) => open.push((place, sign)),
            (None, Some((_, opened))) if closing(*opened) == Some(sign) => drop(open.pop()),
            (None, Some((opened, bracket))) if matches!(sign, ')' | ']' | '}') => return at(source, *opened, *bracket),
            (None, None) if matches!(sign, ')' | ']' | '}') => return at(source, place, sign),
            _ => {}
        }
    }
    open.first().and_then(|(place, bracket)| at(source, *place, *bracket))
}

fn at(source: &Source, place: usize, bracket: char) -> Option<(Span, char)> {
    source.tokens().get(place).map(|token| (Span::new(offset(token.start), offset(token.end)), bracket))
}

/// The bracket that closes an opening one.
fn closing(bracket: char) -> Option<char> {
    match bracket {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    }
}
