//! A rule file as its items, and what is left of it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use syntax::ChunkKind;
use syntax::ast::{Field, Item, Never, Otherwise, Rule, Rules};

use super::Unsaid;
use super::scope::Known;

/// An item and its words.
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) kind: ChunkKind,
    pub(super) item: Item,
}

/// The items of a file in written order.
pub(super) fn pieces(rules: &str) -> Vec<Piece<'_>> {
    let chunks = syntax::split(rules).chunks.into_iter();
    chunks
        .filter_map(|chunk| {
            let text = rules.get(chunk.range)?;
            Some(Piece { text, kind: chunk.kind, item: syntax::parse(chunk.kind, text).item })
        })
        .collect()
}

/// A rule set, each part with its words.
pub(super) struct Set<'a> {
    pub(super) name: String,
    /// Its opening; none of rules outside of any set.
    pub(super) head: Option<(&'a str, &'a Rules)>,
    pub(super) rules: Vec<(&'a str, &'a Rule)>,
    pub(super) otherwise: Option<(&'a str, &'a Otherwise)>,
}

/// The rule sets in written order; rules outside of any are the last, by the name of the file.
pub(super) fn sets<'a>(pieces: &'a [Piece<'a>], file: &str) -> Vec<Set<'a>> {
    let bare = Set { name: file.to_owned(), head: None, rules: Vec::new(), otherwise: None };
    let (mut sets, mut bare, mut open) = (Vec::new(), bare, None::<Set<'a>>);
    for piece in pieces {
        match &piece.item {
            Item::Rules(rules) => {
                let name = rules.name.text.clone();
                open = Some(Set { name, head: Some((piece.text, rules)), rules: Vec::new(), otherwise: None });
            }
            Item::Rule(rule) => open.as_mut().unwrap_or(&mut bare).rules.push((piece.text, rule)),
            Item::Otherwise(otherwise) => open.iter_mut().for_each(|set| set.otherwise = Some((piece.text, otherwise))),
            Item::Close(_) => sets.extend(open.take()),
            _ => {}
        }
    }
    sets.push(bare);
    sets
}

/// What a file declares, and the fields of the record type that is decided.
pub(super) fn known(pieces: &[Piece<'_>], root: &str, zone: &str, now: &str) -> Result<(Known, Vec<Field>), Unsaid> {
    let zone = TimeZone::get(zone).map_err(|_| Unsaid("a time zone"))?;
    let now: Timestamp = now.parse().map_err(|_| Unsaid("a moment"))?;
    let (mut constants, mut lists, mut fields) = (BTreeMap::new(), BTreeMap::new(), None);
    for piece in pieces {
        match &piece.item {
            Item::Let(constant) => drop(constants.insert(constant.name.text.clone(), constant.value.clone())),
            Item::List(list) if list.from.is_none() => {
                drop(lists.insert(list.name.text.clone(), list.entries.clone()));
            }
            Item::Record(record) if record.name.text == root => fields = Some(record.fields.clone()),
            _ => {}
        }
    }
    let fields = fields.ok_or(Unsaid("a record type that is not declared"))?;
    Ok((Known { root: root.to_owned(), constants, lists, labels: BTreeMap::new(), zone, now }, fields))
}

/// The guards.
pub(super) fn guards<'a>(pieces: &'a [Piece<'a>]) -> impl Iterator<Item = (&'a str, &'a Never)> {
    pieces.iter().filter_map(|piece| match &piece.item {
        Item::Never(never) => Some((piece.text, never)),
        _ => None,
    })
}
