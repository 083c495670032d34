//! Whole items, as they are begun.

use syntax::{ChunkKind, TokenKind};

use super::{Completion, Offer, Suggestion, SuggestionKind, rank};

/// The word that begins an item, and the item with stops for what it lacks.
const ITEMS: [(&str, &str); 18] = [
    ("when", "when $1 then $2"),
    ("rule", "rule \"$1\"\n  when $2\n  then $3"),
    ("rules", "rules \"$1\" for ${2:lead}, first match {\n  rule \"$3\" when $4 then $5\n}"),
    ("record", "record ${1:lead} {\n  id: text key\n  $2\n}"),
    ("let", "let ${1:name} = $2"),
    ("list", "list ${1:name} = \"$2\""),
    ("define", "define ${1:lead}.${2:name} = $3"),
    ("decide", "decide ${1:lead}.${2:name} {\n  when $3 then $4\n  otherwise $5\n}"),
    ("score", "score ${1:lead}.${2:name} {\n  add ${3:10} when $4\n  limit 0..100\n}"),
    ("table", "table ${1:name} for ${2:lead}, first match {\n  | ${2:lead}.$3 | => ${2:lead}.$4 |\n  | any | $5 |\n}"),
    ("team", "team ${1:name} { \"$2\" }"),
    ("queue", "queue ${1:name}"),
    ("user", "user ${1:name} = \"$2\""),
    ("calendar", "calendar ${1:office} {\n  hours mon..fri ${2:09:00..17:30}\n}"),
    ("reference", "reference ${1:name} from \"${1:name}.csv\" keyed by ${2:key} { ${2:key}: text exact, $3 }"),
    ("never", "never $1 when $2"),
    ("test", "test \"$1\" {\n  given ${2:lead} { $3 }\n  expect $4\n}"),
    ("otherwise", "otherwise $1"),
];

impl Offer<'_> {
    /// The items that could begin here.
    pub(super) fn item_snippets(&mut self) {
        let in_set = self.place.view.set().is_some() || self.place.view.kind() == ChunkKind::RulesHeader;
        let is_closed = self.place.view.kind() == ChunkKind::Close;
        for (word, insert) in ITEMS {
            let is_rule = matches!(word, "when" | "rule" | "otherwise");
            let inside = in_set && !is_closed;
            if (inside && !is_rule) || (word == "otherwise" && !inside) {
                continue;
            }
            self.put(snippet(word, insert));
        }
    }
}

/// What could be written in a file before its first item.
pub(super) fn first(text: &str, offset: usize) -> Completion {
    let before = text.get(..offset).unwrap_or_default();
    let word = syntax::scan(before).into_iter().next_back().filter(|token| token.end == offset);
    if word.is_some_and(|word| word.kind == TokenKind::Comment) {
        return Completion::default();
    }
    let items =
        ITEMS.iter().filter(|(word, _)| *word != "otherwise").map(|(word, insert)| snippet(word, insert)).collect();
    Completion { range: word.map_or(offset, |word| word.start)..offset, items }
}

fn snippet(word: &str, insert: &str) -> Suggestion {
    let is_rule = matches!(word, "when" | "rule" | "otherwise");
    Suggestion {
        label: word.to_owned(),
        kind: SuggestionKind::Snippet,
        insert: insert.to_owned(),
        snippet: true,
        detail: "begins an item".to_owned(),
        rank: if is_rule { rank::FITS } else { rank::NEAR },
        key: format!("word|{word}"),
    }
}
