//! Characters that a screen obeys, hides or reorders instead of showing them. No message lets one through.

/// Whether a character must not reach a screen as it is. Line ends and tabs may.
pub(crate) fn is_unseen(character: char) -> bool {
    let obeyed = character.is_control() && !matches!(character, '\n' | '\r' | '\t');
    let hidden = matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
    obeyed || hidden
}
