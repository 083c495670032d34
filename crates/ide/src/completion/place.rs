//! What stands before the cursor, and what the grammar lets follow.

use std::ops::Range;

use semantics::{EACH, ItemView, Kind, Mention, Role, Thing};
use syntax::{ChunkKind, Continuations, Token, TokenKind, continuations, scan};

use crate::Snapshot;

/// A place where something is being written.
pub(super) struct Place<'s> {
    /// The item that it belongs to or follows.
    pub(super) view: ItemView<'s>,
    /// The text of that item before the word that is being written.
    pub(super) before: &'s str,
    /// The words and signs of that text.
    pub(super) tokens: Vec<Token>,
    /// The bytes of the file that are being written.
    pub(super) range: Range<usize>,
    /// What kind of place it is.
    pub(super) kind: PlaceKind,
    /// What the grammar lets follow.
    pub(super) next: Continuations,
    /// Whether an item may begin here.
    pub(super) begins_item: bool,
    /// The record type that the item is about.
    pub(super) record: Option<String>,
    /// What is mentioned in the item.
    near: &'s [Mention],
}

/// The kinds of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PlaceKind {
    /// In a comment.
    Comment,
    /// In a text in quotes, outside of its braces.
    Text,
    /// Behind a number without a unit.
    Number { digits: String },
    /// Behind a dot: the record type and the names before it.
    Below { record: String, names: Vec<String> },
    /// Anywhere else.
    Open,
}

impl<'s> Place<'s> {
    pub(super) fn at(snapshot: &'s Snapshot, path: &str, offset: usize) -> Option<Self> {
        let text = snapshot.text(path)?;
        text.get(..offset)?;
        let here = snapshot.project().item_at(path, offset)?;
        let start = here.start();
        let written = text.get(start..offset)?;
        let tokens = scan(written);
        let is_first = tokens.len() <= 1 && tokens.iter().all(|token| token.kind == TokenKind::Word);
        // The first word of an item may as well be the next word of the one before.
        let earlier =
            is_first.then(|| start.checked_sub(1).and_then(|at| snapshot.project().item_at(path, at))).flatten();
        match earlier {
            Some(earlier) => Self::in_item(snapshot, earlier, text.get(earlier.start()..offset)?, offset, here),
            None => Self::in_item(snapshot, here, written, offset, here),
        }
    }

    fn in_item(
        snapshot: &'s Snapshot,
        view: ItemView<'s>,
        written: &'s str,
        offset: usize,
        near: ItemView<'s>,
    ) -> Option<Self> {
        let mut tokens = scan(written);
        let last = tokens.last().copied().filter(|last| last.end == written.len());
        if last.is_some_and(|last| last.kind == TokenKind::Comment) {
            return Some(Self::of((snapshot, view), written, tokens, offset..offset, PlaceKind::Comment, near));
        }
        if let Some(open) = last.filter(|last| last.kind == TokenKind::Text { closed: false }) {
            return Self::in_text((snapshot, view), written, tokens, open, offset, near);
        }
        if let Some(number) = last.filter(|last| last.kind == TokenKind::Number) {
            let digits = number.of(written).trim_end_matches(char::is_alphabetic).to_owned();
            tokens.pop();
            let range = offset - number.of(written).len()..offset;
            return Some(Self::of((snapshot, view), written, tokens, range, PlaceKind::Number { digits }, near));
        }
        let partial = last.filter(Token::is_name);
        tokens.truncate(tokens.len() - usize::from(partial.is_some()));
        let from = partial.map_or(written.len(), |partial| partial.start);
        let before = written.get(..from)?;
        let range = offset - (written.len() - from)..offset;
        tokens.retain(|token| token.kind != TokenKind::Comment);
        let mut place = Self::of((snapshot, view), before, tokens, range, PlaceKind::Open, near);
        place.kind = place.below(place.tokens.len()).unwrap_or(PlaceKind::Open);
        if place.kind == PlaceKind::Open {
            place.next = continuations(view.kind(), before);
            let code = before.trim_end_matches([' ', '\t']);
            let begins_line = code.is_empty() || code.ends_with('\n');
            let may_end = place.next.ends || matches!(view.kind(), ChunkKind::Close | ChunkKind::Unknown);
            let opens = view.kind() == ChunkKind::RulesHeader && before.trim_end().ends_with('{');
            let closes = view.kind() == ChunkKind::Table && before.trim_end().ends_with('}');
            place.begins_item = begins_line && (may_end || opens || closes || before.trim().is_empty());
        }
        Some(place)
    }

    /// In a text: what is between its braces is a place of its own.
    fn in_text(
        (snapshot, view): (&'s Snapshot, ItemView<'s>),
        written: &'s str,
        mut tokens: Vec<Token>,
        open: Token,
        offset: usize,
        near: ItemView<'s>,
    ) -> Option<Self> {
        tokens.pop();
        let said = open.of(written);
        let brace = said.rfind('{').filter(|at| !said.get(*at..).unwrap_or_default().contains('}'));
        let Some(brace) = brace.filter(|at| !said.get(..*at).unwrap_or_default().ends_with('{')) else {
            let range = offset - said.len() + 1..offset;
            return Some(Self::of((snapshot, view), written, tokens, range, PlaceKind::Text, near));
        };
        let inside = said.get(brace + 1..)?;
        let mut inner = scan(inside);
        let partial = inner.last().copied().filter(|last| last.end == inside.len() && last.is_name());
        inner.truncate(inner.len() - usize::from(partial.is_some()));
        let from = partial.map_or(inside.len(), |partial| partial.start);
        let before = inside.get(..from)?;
        let range = offset - (inside.len() - from)..offset;
        let mut place = Self::of((snapshot, view), before, inner, range, PlaceKind::Open, near);
        place.kind = place.below(place.tokens.len()).unwrap_or(PlaceKind::Open);
        place.next = continuations(ChunkKind::Let, &format!("let a = {before}"));
        Some(place)
    }

    fn of(
        (snapshot, view): (&'s Snapshot, ItemView<'s>),
        before: &'s str,
        tokens: Vec<Token>,
        range: Range<usize>,
        kind: PlaceKind,
        near: ItemView<'s>,
    ) -> Self {
        let mut place = Self {
            view,
            before,
            tokens,
            range,
            kind,
            next: Continuations::default(),
            begins_item: false,
            record: None,
            near: near.mentions(),
        };
        place.record = place.record_here(snapshot, near);
        place
    }

    /// The record type that is written about: as far as anything tells what the item is about, or the only one that is
    /// declared.
    fn record_here(&self, snapshot: &'s Snapshot, near: ItemView<'s>) -> Option<String> {
        let given = self.given().map(|(record, _)| record);
        let known =
            given.or_else(|| near.record()).or_else(|| self.view.record()).or_else(|| self.first_root(snapshot));
        known.or_else(|| {
            let declared = snapshot.project().declared_records();
            if let [only] = declared.as_slice() { Some(only.clone()) } else { None }
        })
    }

    /// The first name before a dot that can be a record type.
    fn first_root(&self, snapshot: &'s Snapshot) -> Option<String> {
        let variables = self.variables();
        let roots = (1..self.tokens.len()).filter(|place| self.word(*place) == ".").map(|dot| dot - 1);
        let names = roots.filter(|root| *root == 0 || self.word(root - 1) != ".").map(|root| unquoted(self.word(root)));
        let is_record = |name: &String| {
            let thing = snapshot.project().value_named(name);
            !variables.contains(name) && thing.is_none_or(|thing| thing.kind == Kind::Record)
        };
        let is_name = |name: &String| name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
        names.filter(is_name).find(is_record)
    }

    /// The word or sign so many places back from the end; empty if there is none.
    pub(super) fn word_back(&self, back: usize) -> &'s str {
        self.tokens.len().checked_sub(back + 1).map_or("", |place| self.word(place))
    }

    /// The word or sign at a place.
    pub(super) fn word(&self, place: usize) -> &'s str {
        self.tokens.get(place).map_or("", |token| token.of(self.before))
    }

    /// Whether something is mentioned in the item.
    pub(super) fn is_near(&self, thing: &Thing) -> bool {
        self.near.iter().any(|mention| mention.thing == *thing)
    }

    /// Whether the item itself declares something.
    pub(super) fn declares(&self, thing: &Thing) -> bool {
        self.near.iter().any(|mention| mention.role == Role::Declares && mention.thing == *thing)
    }

    /// Whether the last clause is what a rule does.
    pub(super) fn is_in_effects(&self) -> bool {
        let clause = (0..self.tokens.len()).rev().map(|place| self.word(place));
        clause.take_while(|word| *word != "when").any(|word| matches!(word, "then" | "otherwise"))
    }

    /// The path that ends before a place, if a dot stands there.
    fn below(&self, end: usize) -> Option<PlaceKind> {
        let (record, names) = self.path_before(end)?;
        Some(PlaceKind::Below { record, names })
    }

    /// The record type and the names of the path whose last dot stands directly before a place.
    fn path_before(&self, end: usize) -> Option<(String, Vec<String>)> {
        if end.checked_sub(1).map(|place| self.word(place)) != Some(".") {
            return None;
        }
        self.path_ending(end - 1)
    }

    /// The record type and the names of the path that ends directly before a place.
    pub(super) fn path_ending(&self, end: usize) -> Option<(String, Vec<String>)> {
        self.path_to(end, 0)
    }

    fn path_to(&self, end: usize, depth: usize) -> Option<(String, Vec<String>)> {
        let mut names = Vec::new();
        let mut place = end.checked_sub(1)?;
        loop {
            if self.word(place) == "]" {
                let open = (0..place).rev().find(|open| self.word(*open) == "[")?;
                let reference = self.word(open.checked_sub(1)?);
                names.reverse();
                return Some((unquoted(reference), names));
            }
            let name = self.tokens.get(place).filter(|token| token.is_name())?;
            names.push(unquoted(name.of(self.before)));
            if place < 2 || self.word(place - 1) != "." {
                break;
            }
            place -= 2;
        }
        let root = names.pop()?;
        names.reverse();
        Some(self.resolved(root, names, depth))
    }

    /// A path that begins with an item of a list, from the record on.
    fn resolved(&self, root: String, names: Vec<String>, depth: usize) -> (String, Vec<String>) {
        let lists = (1..self.tokens.len()).find(|place| self.word(*place) == "in" && self.word(place - 1) == root);
        let Some(mut end) = lists.map(|place| place + 2).filter(|_| depth < MOST_LISTS) else { return (root, names) };
        while self.word(end) == "." {
            end += 2;
        }
        let Some((record, mut around)) = self.path_to(end.min(self.tokens.len()), depth + 1) else {
            return (root, names);
        };
        around.push(EACH.to_owned());
        around.extend(names);
        (record, around)
    }

    /// What a test is giving here: the record type, and the names of the fields around the place.
    pub(super) fn given(&self) -> Option<(String, Vec<String>)> {
        if self.view.kind() != ChunkKind::Test {
            return None;
        }
        let given = (0..self.tokens.len()).rev().find(|place| self.word(*place) == "given")?;
        let named = given + 1 + usize::from(self.word(given + 1) == "before");
        let record = unquoted(self.tokens.get(named).filter(|token| token.is_name())?.of(self.before));
        let mut around: Vec<Option<String>> = Vec::new();
        for place in named + 1..self.tokens.len() {
            match self.word(place) {
                "{" | "[" => {
                    let member = (self.word(place - 1) == ":").then(|| unquoted(self.word(place - 2)));
                    around.push(member.or_else(|| (self.word(place) == "{").then(String::new)));
                }
                "}" | "]" => drop(around.pop()),
                _ => {}
            }
        }
        if around.is_empty() {
            return None;
        }
        let lists = |name: &String| !name.is_empty();
        Some((record, around.into_iter().flatten().filter(lists).collect()))
    }

    /// The names of the items of lists that are being gone through.
    pub(super) fn variables(&self) -> Vec<String> {
        let is_item = |place: &usize| {
            let before = place.checked_sub(2).map_or("", |before| self.word(before));
            self.word(*place) == "in" && matches!(before, "(" | "for" | "each")
        };
        (1..self.tokens.len()).filter(is_item).map(|place| self.word(place - 1).to_owned()).collect()
    }
}

/// Lists in lists deeper than this are not followed.
const MOST_LISTS: usize = 8;

/// A name without its backquotes.
pub(super) fn unquoted(name: &str) -> String {
    name.trim_matches('`').to_owned()
}
