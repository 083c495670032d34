//! Words of the language that could stand at a place, those that belong together as one.

use syntax::ChunkKind;
use syntax::keywords::{self, Class};

use super::{Offer, Suggestion, SuggestionKind, rank};

/// What a word is written with, in a condition or elsewhere: the label, and what is inserted where that is more.
fn phrases(word: &str, in_effects: bool) -> &'static [(&'static str, &'static str)] {
    match word {
        "is" => &[("is", ""), ("is not", ""), ("is missing", ""), ("is present", ""), ("is blank", "")],
        "starts" => &[("starts with", "starts with \"$1\"")],
        "ends" => &[("ends with", "ends with \"$1\"")],
        "contains" => &[("contains", ""), ("contains any of", ""), ("contains word", "")],
        "matches" => &[("matches", "matches /$1/")],
        "does" => {
            &[("does not contain", ""), ("does not start with", ""), ("does not end with", ""), ("does not match", "")]
        }
        "within" if in_effects => &[("within", "within ${1:2d}")],
        "within" => &[("within last", "within last ${1:7d}"), ("within next", "within next ${1:7d}")],
        "older" => &[("older than", "older than ${1:30d}")],
        "between" => &[("between … and …", "between $1 and $2")],
        "not" => &[("not", ""), ("not in", ""), ("not between", "")],
        "leave" => &[("leave unassigned", "")],
        "keep" => &[("keep owner", "")],
        "create" => &[("create task", "create task \"$1\"")],
        "notify" => &[("notify", "notify ${1:assignee} \"$2\"")],
        "send" => &[("send email", "send email \"${1:template}\" to $2")],
        "call" => &[("call", "call $1")],
        "reject" => &[("reject", "reject \"$1\"")],
        "by" if in_effects => &[("by round robin", ""), ("by least loaded", ""), ("by hash of", "by hash of $1")],
        "else" if in_effects => &[("else escalate to", "else escalate to $1")],
        "due" => &[("due … before …", "due ${1:3d} before $2")],
        "reply" => &[("reply to", "")],
        "only" => &[("only when", "")],
        "unique" => &[("unique match", "")],
        "halving" => &[("halving every", "halving every ${1:14d} since $2")],
        "at" => &[("at most", "at most $1")],
        "keyed" => &[("keyed by", "")],
        "time" => &[("time zone", "time zone \"${1:Europe/Berlin}\"")],
        "hours" => &[("hours", "hours ${1:mon..fri} ${2:09:00..17:30}")],
        "share" => &[("share of", "")],
        "if" if !in_effects => &[("if … then … else …", "if $1 then $2 else $3")],
        "becoming" => &[("becoming true", "")],
        _ => &[],
    }
}

impl Offer<'_> {
    /// What the grammar spells out.
    pub(super) fn words(&mut self) {
        let in_effects = self.place.is_in_effects();
        let many = self.place.next.wanted.contains(&syntax::Wanted::Value);
        for word in self.place.next.words.clone() {
            let phrases = phrases(word, in_effects);
            match word {
                "all" | "any" | "none" if many => {
                    self.phrase(word, &format!("{word} of ( … )"), &format!("{word} of ($1)"));
                }
                "all" if !many => self.phrase(word, "all matches", ""),
                "first" => self.phrase(word, "first match", ""),
                // They are offered with what they belong to.
                "business" | "it" => {}
                "missing" if self.place.view.kind() == ChunkKind::Record => {
                    self.phrase(word, "missing when", "missing when \"$1\"");
                }
                "true" | "false" | "list" | "one" | "text" | "money" if self.is_type() => {}
                _ if phrases.is_empty() => self.phrase(word, word, ""),
                _ => phrases.iter().for_each(|(label, insert)| self.phrase(word, label, insert)),
            }
        }
    }

    fn is_type(&self) -> bool {
        self.place.next.wanted.contains(&syntax::Wanted::Type)
    }

    fn phrase(&mut self, word: &str, label: &str, insert: &str) {
        let expects = self.place.word_back(0) == "expect" && matches!(word, "rule" | "rules" | "no" | "fault" | "lost");
        let leads = expects || matches!(word, "then" | "when" | "otherwise" | "and" | "or");
        let begins = keywords::class(word) == Some(Class::Effect) || word == "is";
        let insert = if insert.is_empty() { label } else { insert };
        self.put(Suggestion {
            label: label.to_owned(),
            kind: SuggestionKind::Word,
            insert: insert.to_owned(),
            snippet: insert.contains('$'),
            detail: String::new(),
            rank: match () {
                () if leads => rank::NEAR,
                () if begins && !self.place.begins_item => rank::CAN,
                () => rank::WORD,
            },
            key: format!("word|{word}"),
        });
    }
}
