//! What could be written at a place: names of the rulebook, values, words of the language, each ranked by how well it fits.
//!
//! [`place`](mod@place) tells what stands before the cursor, and the grammar what may follow it; [`names`], [`values`] and
//! [`words`] offer what can. It works in text that is half written: see `syntax::continuations`.

mod names;
mod place;
mod snippets;
mod subject;
mod values;
mod words;

use std::ops::Range;

use semantics::{Kind, Thing};
use syntax::{ChunkKind, Wanted};

use crate::Snapshot;
use place::Place;

/// What could be written at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that it would replace.
    pub range: Range<usize>,
    /// What could be written, the likeliest first.
    pub items: Vec<Suggestion>,
}

/// One thing that could be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// As it is listed.
    pub label: String,
    /// What it is.
    pub kind: SuggestionKind,
    /// What is written; `$1`, `${1:name}` and `$0` are stops of the cursor if it is a snippet.
    pub insert: String,
    /// Whether it has stops of the cursor.
    pub snippet: bool,
    /// A few words beside it: its type, the kind of target.
    pub detail: String,
    /// How well it fits: the least fits best. Of two that fit alike the order of the list tells.
    pub rank: u8,
    /// What to ask [`Snapshot::explain`] about it; empty if there is nothing.
    pub key: String,
}

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestionKind {
    /// Something that has a name.
    Name(Kind),
    /// A value: a label, a number with its unit.
    Value,
    /// A word of the language.
    Word,
    /// The type of a field.
    Type,
    /// A whole item or clause.
    Snippet,
    /// A file.
    File,
}

/// The suggestions so far.
struct Offer<'s> {
    snapshot: &'s Snapshot,
    place: Place<'s>,
    items: Vec<Suggestion>,
}

/// How well things fit.
mod rank {
    /// It has the type that is wanted, or is the only kind of thing that can stand here.
    pub(super) const FITS: u8 = 0;
    /// It is mentioned nearby.
    pub(super) const NEAR: u8 = 1;
    /// It can stand here.
    pub(super) const CAN: u8 = 2;
    /// A word of the language.
    pub(super) const WORD: u8 = 3;
    /// It may stand here, but has another type than is wanted.
    pub(super) const UNLIKELY: u8 = 4;
}

impl Snapshot {
    /// What could be written at a byte of a file.
    pub fn completion(&self, path: &str, offset: usize) -> Completion {
        let Some(place) = Place::at(self, path, offset) else {
            return self.text(path).map_or_else(Completion::default, |text| snippets::first(text, offset));
        };
        let range = place.range.clone();
        let mut offer = Offer { snapshot: self, place, items: Vec::new() };
        offer.everything();
        let mut items = offer.items;
        let mut seen = std::collections::HashSet::new();
        items.retain(|item| seen.insert(item.label.clone()));
        let written = self.text(path).and_then(|text| text.get(range.clone())).unwrap_or_default().to_lowercase();
        items.retain(|item| has_letters(&item.label, &written));
        items.sort_by_key(|item| (!item.label.to_lowercase().starts_with(&written), item.rank));
        Completion { range, items }
    }

    /// What is to be said of a suggestion, in Markdown, by its key.
    pub fn explain(&self, key: &str) -> Option<String> {
        if let Some(word) = key.strip_prefix("word|") {
            return crate::hover::word(word).map(|about| about.sentence.to_owned());
        }
        let thing = thing_of(key)?;
        let view = self.project().declaring(&thing).into_iter().next();
        let view = view.or_else(|| self.project().all_items().next())?;
        self.about(view, &thing)
    }
}

/// Whether what is written stands in a label, letter after letter: the rest is not worth sending.
fn has_letters(label: &str, written: &str) -> bool {
    let mut letters = label.chars().flat_map(char::to_lowercase);
    written.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

/// The kinds of things that are suggested, with the word for each in a key.
const KINDS: [(Kind, &str); 13] = [
    (Kind::Record, "record"),
    (Kind::Field, "field"),
    (Kind::Derived, "derived"),
    (Kind::Reference, "reference"),
    (Kind::Constant, "constant"),
    (Kind::List, "list"),
    (Kind::Target, "target"),
    (Kind::Calendar, "calendar"),
    (Kind::Set, "set"),
    (Kind::Rule, "rule"),
    (Kind::Function, "function"),
    (Kind::Integration, "integration"),
    (Kind::Template, "template"),
];

fn key_of(thing: &Thing) -> String {
    let word = KINDS.iter().find(|(kind, _)| *kind == thing.kind).map(|(_, word)| *word);
    word.map_or_else(String::new, |word| format!("{word}|{}|{}", thing.of, thing.name))
}

fn thing_of(key: &str) -> Option<Thing> {
    let (word, rest) = key.split_once('|')?;
    let (of, name) = rest.split_once('|')?;
    let (kind, _) = KINDS.iter().find(|(_, known)| *known == word)?;
    Some(Thing::of(*kind, of, name))
}

impl Offer<'_> {
    fn put(&mut self, suggestion: Suggestion) {
        self.items.push(suggestion);
    }

    fn everything(&mut self) {
        match &self.place.kind {
            place::PlaceKind::Comment => {}
            place::PlaceKind::Below { .. } => self.below(),
            place::PlaceKind::Text => self.within_text(),
            place::PlaceKind::Number { .. } => self.units(),
            place::PlaceKind::Open => self.open(),
        }
    }

    /// What the grammar lets stand here.
    fn open(&mut self) {
        if matches!(self.place.word_back(0), "team" | "queue" | "user") && self.place.view.kind() != ChunkKind::Record {
            return self.targets();
        }
        let wanted = self.place.next.wanted.clone();
        self.wanted_by_word();
        for wanted in wanted {
            match wanted {
                Wanted::Value => self.value(),
                Wanted::Entry => {
                    self.value();
                    self.lists();
                }
                Wanted::Target => self.targets(),
                Wanted::Text => self.texts(),
                Wanted::Type => self.types(),
                Wanted::Field => self.field_names(),
                Wanted::Name | Wanted::Pattern => {}
            }
        }
        if self.place.begins_item {
            self.item_snippets();
        }
        self.words();
    }

    /// A suggestion of something that has a name.
    fn named(&mut self, thing: &Thing, label: &str, detail: String, rank: u8) {
        let builds = matches!(thing.kind, Kind::Derived | Kind::Constant | Kind::List);
        if builds && self.place.declares(thing) {
            return;
        }
        let rank = if rank == rank::CAN && self.place.is_near(thing) { rank::NEAR } else { rank };
        self.put(Suggestion {
            label: label.to_owned(),
            kind: SuggestionKind::Name(thing.kind),
            insert: label.to_owned(),
            snippet: false,
            detail,
            rank,
            key: key_of(thing),
        });
    }

    fn plain(&mut self, label: &str, kind: SuggestionKind, detail: &str, rank: u8) {
        let (insert, detail) = (label.to_owned(), detail.to_owned());
        let label = label.to_owned();
        self.put(Suggestion { label, kind, insert, snippet: false, detail, rank, key: String::new() });
    }
}
