//! Every word of the language, once, with its class: for the check of reserved names, for "did you mean", for editors.

/// What a word does in the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Begins an item: `record`, `let`, `rules` …
    Item,
    /// Begins an item that this version does not decide yet: `calendar`, `test` …
    LaterItem,
    /// Holds the parts of a rule or of a choice together: `when`, `then`, `else` …
    Clause,
    /// Joins conditions: `and`, `or`, `not`.
    Connective,
    /// Tests or combines values: `is`, `contains`, `within` …
    Operator,
    /// Is a value: `missing`, `now`, `true` …
    Value,
    /// Begins an effect: `assign`, `set` …
    Effect,
    /// Means something in its own place only, and may be a name everywhere: `any`, `first`, `task` …
    Contextual,
}

/// A word and its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Keyword {
    /// As it is written, in lower case.
    pub word: &'static str,
    /// What it does.
    pub class: Class,
}

/// All words of the language, class by class.
pub fn all() -> impl Iterator<Item = Keyword> {
    TABLE.iter().flat_map(|(class, words)| words.iter().map(|word| Keyword { word, class: *class }))
}

/// The class of a word, or `None` when it is no word of the language.
pub fn class(word: &str) -> Option<Class> {
    TABLE.iter().find(|(_, words)| words.contains(&word)).map(|(class, _)| *class)
}

/// Whether a word cannot be a bare name.
pub fn is_reserved(word: &str) -> bool {
    class(word).is_some_and(|class| class != Class::Contextual)
}

/// The words that can begin an item, those of later versions after the others.
pub fn item_words() -> impl Iterator<Item = &'static str> {
    let items = all().filter(|keyword| matches!(keyword.class, Class::Item | Class::LaterItem));
    items.map(|keyword| keyword.word).chain(["when", "otherwise"])
}

/// The candidate that `word` was most likely meant to be: one slip away, two in a word of more than four letters.
///
/// Capitals count for nothing, so `AND` finds `and`; a word that is itself a candidate finds nothing.
pub fn nearest(word: &str, candidates: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let allowed = if lower.chars().count() > 4 { 2 } else { 1 };
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| (strsim::osa_distance(&lower, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= allowed.min(candidate.len().saturating_sub(1)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

const TABLE: &[(Class, &[&str])] = &[
    (
        Class::Item,
        &[
            "record",
            "let",
            "list",
            "define",
            "decide",
            "score",
            "table",
            "calendar",
            "team",
            "queue",
            "reference",
            "user",
            "rules",
            "rule",
            "never",
            "test",
        ],
    ),
    (Class::LaterItem, &["workflow", "lifecycle", "every"]),
    (Class::Clause, &["when", "then", "otherwise", "if", "else"]),
    (Class::Connective, &["and", "or", "not"]),
    (
        Class::Operator,
        &[
            "is", "in", "between", "contains", "starts", "ends", "matches", "within", "older", "before", "after",
            "default", "does", "changed", "was", "becomes", "during",
        ],
    ),
    (Class::Value, &["missing", "now", "today", "true", "false", "it"]),
    (
        Class::Effect,
        &[
            "assign", "leave", "keep", "set", "clear", "add", "remove", "create", "notify", "send", "call", "accept",
            "reject", "start", "stop",
        ],
    ),
    (
        Class::Contextual,
        &[
            "all",
            "any",
            "at",
            "away",
            "becoming",
            "blank",
            "business",
            "by",
            "cc",
            "collect",
            "contain",
            "count",
            "disabled",
            "due",
            "each",
            "email",
            "end",
            "escalate",
            "event",
            "exact",
            "expect",
            "fault",
            "first",
            "for",
            "from",
            "given",
            "halving",
            "hash",
            "holidays",
            "hours",
            "key",
            "keyed",
            "last",
            "least",
            "limit",
            "loaded",
            "lost",
            "match",
            "max",
            "min",
            "money",
            "most",
            "new",
            "next",
            "no",
            "none",
            "of",
            "on",
            "one",
            "only",
            "over",
            "owner",
            "present",
            "reply",
            "robin",
            "round",
            "share",
            "since",
            "subtract",
            "sum",
            "task",
            "text",
            "than",
            "time",
            "to",
            "unassigned",
            "unique",
            "until",
            "weight",
            "where",
            "with",
            "word",
            "zone",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const GRAMMAR: &str = include_str!("../../../grammar/rulebook.pest");

    /// The quoted words of the grammar's rules whose name begins with `prefix`.
    fn quoted(rules: impl Fn(&str) -> bool) -> BTreeSet<String> {
        let start = GRAMMAR.find("// ── Names").unwrap();
        let definitions = GRAMMAR[start..].split("= ").zip(GRAMMAR[start..].split("= ").skip(1));
        definitions
            .filter(|(before, _)| rules(before.split_whitespace().last().unwrap_or_default()))
            .flat_map(|(_, body)| body.split('}').next().unwrap().split('"').skip(1).step_by(2).map(str::to_owned))
            .collect()
    }

    #[test]
    fn the_table_holds_the_words_of_the_grammar() {
        let reserved: BTreeSet<_> =
            all().filter(|keyword| is_reserved(keyword.word)).map(|keyword| keyword.word.to_owned()).collect();
        assert_eq!(quoted(|rule| rule == "reserved"), reserved);
        for word in quoted(|rule| rule.starts_with("kw_")) {
            assert!(class(&word).is_some(), "`{word}` is missing from the table");
        }
    }

    #[test]
    fn a_slip_finds_the_word_that_was_meant() {
        let effects = || all().filter(|keyword| keyword.class == Class::Effect).map(|keyword| keyword.word);
        assert_eq!(nearest("asign", effects()), Some("assign"));
        assert_eq!(nearest("ASSIGN", effects()), Some("assign"));
        assert_eq!(nearest("the", ["then"]), Some("then"));
        assert_eq!(nearest("country", effects()), None);
    }
}
