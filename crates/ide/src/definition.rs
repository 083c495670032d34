//! Where a name is declared, and where its type is.

use std::ops::Range;

use diagnostics::Place;
use semantics::{EACH, Kind, Thing};
use values::Type;

use crate::Snapshot;

/// The answer for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Where the name stands that was asked about.
    pub origin: Range<usize>,
    /// Where it is declared: in several places if several items declare it.
    pub places: Vec<Place>,
}

impl Snapshot {
    /// Where the name at a byte of a file is declared.
    pub fn definition(&self, path: &str, offset: usize) -> Option<Definition> {
        let (view, mention) = self.project().mention_at(path, offset)?;
        let places = match mention.thing.kind {
            Kind::Variable => view.declaration(&mention.thing).into_iter().collect(),
            _ => self.project().declarations(&mention.thing),
        };
        let origin = view.place(mention.span);
        (!places.is_empty()).then_some(Definition { origin: origin.start..origin.end, places })
    }

    /// Where the record type is declared that the value at a byte of a file is of, or leads to.
    pub fn type_definition(&self, path: &str, offset: usize) -> Option<Definition> {
        let (view, mention) = self.project().mention_at(path, offset)?;
        let thing = self.record_behind(&mention.thing)?;
        let places = self.project().declarations(&thing);
        let origin = view.place(mention.span);
        (!places.is_empty()).then_some(Definition { origin: origin.start..origin.end, places })
    }

    /// The record type of what has a name.
    fn record_behind(&self, thing: &Thing) -> Option<Thing> {
        if thing.kind == Kind::Record {
            return Some(thing.clone());
        }
        let known = self.project().known_thing(thing)?;
        if let Some(record) = &known.link {
            return Some(Thing::new(Kind::Record, record));
        }
        let mut ty = known.ty?;
        while let Type::List(member) = ty {
            ty = *member;
        }
        let Type::Record(record) = ty else { return None };
        if self.project().value_named(&record).is_some() {
            return Some(Thing::new(Kind::Record, &record));
        }
        // Fields in braces: their record type is the field itself.
        Some(Thing::of(Kind::Field, &thing.of, thing.name.trim_end_matches(EACH)))
    }
}
