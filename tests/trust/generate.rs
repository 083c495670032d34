//! Writes rulebooks that have nothing wrong with them, and records for them.
//!
//! What is written is text, so that all of the way is tried: a rulebook is parsed, checked and compiled like anybody's. It is
//! well typed because every expression is written for a type that is wanted; what the check finds all the same (rows that
//! overlap, rules that settle the same) is no defect of it and is written anew.
//!
//! ```text
//! choices ──book──▶ Book ─┬─▶ rule text
//!                         └─ what its rules compare with ──record──▶ records on both sides of every line
//! ```

pub(crate) mod author;
pub(crate) mod book;
mod condition;
mod derived;
mod effect;
mod fold;
pub(crate) mod json;
mod literal;
pub(crate) mod record;
pub(crate) mod schema;
mod sets;
mod surroundings;
mod table;
mod value;
pub(crate) mod words;

use author::Author;
use book::{Book, Item};

use crate::source::Source;

/// What a rulebook should be like.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wish {
    /// Records that a table can hold: no lists of records, no events.
    pub(crate) flat: bool,
    /// Single values only, and what is said of them in most languages: nothing of the members of lists, no patterns, no
    /// calendars, no reference data, no points that fade.
    pub(crate) scalar: bool,
}

const ZONES: [&str; 4] = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"];

/// The moments at which records are decided: an ordinary one, both ends of a day, and where the clocks change.
const NOWS: [&str; 6] = [
    "2026-11-20T09:00:00Z",
    "2026-10-25T01:30:00Z",
    "2026-03-29T01:00:00Z",
    "2026-12-31T23:59:59Z",
    "2024-02-29T12:00:00Z",
    "2026-11-20T00:00:00Z",
];

/// Writes a rulebook.
pub(crate) fn book(source: &mut Source, wish: Wish) -> Book {
    let events = !wish.flat && source.once_in(4);
    let (zone, now) = (source.one(&ZONES), source.one(&NOWS));
    let fields = schema::fields(source, wish);
    let mut author = Author::new(source, "lead", events, wish.scalar);
    let mut items = author.record_types(&fields);
    author.learn("lead", &fields, true);
    items.extend(author.surroundings());
    items.extend(author.constants());
    items.extend(author.named_lists());
    for _ in 0..author.source.below(6) {
        let before = author.paths.len();
        let derived = author.derived();
        author.remember_fields_of(&derived.text(), before);
        items.push(derived);
    }
    items.extend(author.rule_sets());
    let calendar = (author.calendars.len() > 1).then(|| author.calendars[0]);
    let Author { files, seen, others, .. } = author;
    let records = |it: author::Other| (it.name, record::others(source, &it.fields, &seen, now));
    let others = others.into_iter().map(records).collect();
    Book { items, files, others, zone, calendar, root: "lead", fields, events, now, seen }
}

impl Author<'_> {
    /// The record blocks.
    fn record_types(&mut self, fields: &[schema::Field]) -> Vec<Item> {
        let mut items = vec![Item::declaration(format!("record lead {}", schema::block(fields)))];
        for field in fields {
            if let schema::Holds::Items { of: Some(name), fields } = &field.holds {
                items.push(Item::declaration(format!("record {name} {}", schema::block(fields))));
            }
        }
        if fields.iter().any(|field| matches!(field.holds, schema::Holds::Reference { .. })) {
            let fields = schema::account(self.source);
            items.push(Item::declaration(format!("record account {}", schema::block(&fields))));
            self.others.push(author::Other { name: "account", fields });
        }
        if self.events {
            let actor = schema::actor();
            items.push(Item::declaration(format!("record actor {}", schema::block(&actor))));
            self.learn("actor", &actor, false);
        }
        items
    }
}
