//! Which derived values build on which, and which rules read them.

use std::ops::Range;

use diagnostics::Place;
use semantics::{ItemView, Kind, Role, Thing};

use crate::Snapshot;
use crate::titles::{code_start, title, written};

/// A derived value, or an item that reads some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallItem {
    /// What it is called: `lead.fit`, `rule "Hot leads"`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// All of it.
    pub place: Place,
    /// Its name.
    pub selection: Range<usize>,
}

/// One item that reads another, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The other.
    pub item: CallItem,
    /// The places at which it is read, in the file of who reads.
    pub places: Vec<Range<usize>>,
}

impl Snapshot {
    /// The derived value that the name at a byte of a file is; else the item there.
    pub fn call_item(&self, path: &str, offset: usize) -> Option<CallItem> {
        if let Some((_, mention)) = self.project().mention_at(path, offset)
            && mention.thing.kind == Kind::Derived
        {
            return self.derived_item(&mention.thing);
        }
        let view = self.project().item_at(path, offset).filter(|view| offset <= view.end())?;
        Some(item_of(view))
    }

    /// Who reads the derived values that are declared at a place.
    pub fn incoming_calls(&self, path: &str, offset: usize) -> Vec<Call> {
        let declared: Vec<Thing> = self.derived_at(path, offset);
        let calls = self.project().all_items().filter_map(|view| {
            let reads = view.mentions().iter().filter(|it| it.role != Role::Declares && declared.contains(&it.thing));
            let places: Vec<Range<usize>> = reads.map(|it| view.place(it.span)).map(|it| it.start..it.end).collect();
            (!places.is_empty()).then(|| Call { item: item_of(view), places })
        });
        calls.collect()
    }

    /// The derived values that the item at a place reads.
    pub fn outgoing_calls(&self, path: &str, offset: usize) -> Vec<Call> {
        let Some(view) = self.project().item_at(path, offset) else { return Vec::new() };
        let mut calls: Vec<(Thing, Call)> = Vec::new();
        for mention in view.mentions() {
            if mention.thing.kind != Kind::Derived || mention.role == Role::Declares {
                continue;
            }
            let place = view.place(mention.span);
            match calls.iter_mut().find(|(thing, _)| *thing == mention.thing) {
                Some((_, call)) => call.places.push(place.start..place.end),
                None => {
                    let Some(item) = self.derived_item(&mention.thing) else { continue };
                    let places = std::iter::once(place.start..place.end).collect();
                    calls.push((mention.thing.clone(), Call { item, places }));
                }
            }
        }
        calls.into_iter().map(|(_, call)| call).collect()
    }

    /// The derived value at a byte, or all that the item there gives.
    fn derived_at(&self, path: &str, offset: usize) -> Vec<Thing> {
        if let Some((_, mention)) = self.project().mention_at(path, offset)
            && mention.thing.kind == Kind::Derived
        {
            return vec![mention.thing.clone()];
        }
        let Some(view) = self.project().item_at(path, offset) else { return Vec::new() };
        let declares = view.mentions().iter().filter(|it| it.role == Role::Declares && it.thing.kind == Kind::Derived);
        declares.map(|mention| mention.thing.clone()).collect()
    }

    fn derived_item(&self, thing: &Thing) -> Option<CallItem> {
        let view = self.project().declaring(thing).into_iter().next()?;
        let selection = view.declaration(thing)?;
        Some(CallItem { name: written(thing), selection: selection.start..selection.end, ..item_of(view) })
    }
}

fn item_of(view: ItemView<'_>) -> CallItem {
    let (start, end) = (view.start(), view.end());
    let declares = view.mentions().iter().find(|it| it.role == Role::Declares && it.thing.kind != Kind::Variable);
    let words = start + code_start(view.text());
    let selection = declares.map_or(words..words, |it| start + it.span.start as usize..start + it.span.end as usize);
    CallItem {
        name: title(view),
        kind: declares.map_or(Kind::Rule, |it| it.thing.kind),
        place: Place { file: view.path().clone(), start, end },
        selection,
    }
}
