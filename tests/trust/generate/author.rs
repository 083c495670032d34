//! Whoever writes a rulebook: what there is to write about, and what has been written.

use super::literal::{Seen, literal};
use super::schema::{Field, Holds, Ty};
use super::words::Phrase;
use crate::source::Source;

/// Something that has a name and a value.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// As rules write it: `lead.company.employees`.
    pub(crate) name: String,
    pub(crate) ty: Ty,
}

/// A list of records.
#[derive(Clone, Debug)]
pub(crate) struct Items {
    pub(crate) path: String,
    pub(crate) fields: Vec<Field>,
}

/// A type of records to which references lead.
#[derive(Clone, Debug)]
pub(crate) struct Other {
    pub(crate) name: &'static str,
    pub(crate) fields: Vec<Field>,
}

/// A table of reference data.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) name: &'static str,
    /// The key first.
    pub(crate) columns: Vec<Field>,
}

/// Somebody, or a place where work waits.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) kind: &'static str,
    pub(crate) name: &'static str,
}

/// A stored field that a derived value is made of.
#[derive(Clone, Debug)]
pub(crate) struct Derivation {
    pub(crate) field: Named,
    /// Whether rules may clear it.
    pub(crate) clearable: bool,
    pub(crate) derived: Named,
}

/// A question that a rulebook asks.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) subject: Phrase,
    pub(crate) ty: Ty,
    pub(crate) test: Phrase,
}

/// Writes expressions, conditions and effects about one record.
pub(crate) struct Author<'s> {
    pub(crate) source: &'s mut Source,
    pub(crate) seen: Seen,
    /// The name of the record type.
    pub(crate) root: &'static str,
    /// What can be read: stored and derived fields, and what is known of the items of lists being gone through.
    pub(crate) paths: Vec<Named>,
    /// The paths that rules may write, with whether they may be cleared.
    pub(crate) writable: Vec<(Named, bool)>,
    /// Which derived values are made of them: once one is written, later sets derive anew.
    pub(crate) derivations: Vec<Derivation>,
    /// What the sets so far have written, and what is derived from it.
    pub(crate) written: Vec<Named>,
    pub(crate) items: Vec<Items>,
    /// The types of the records to which references lead.
    pub(crate) others: Vec<Other>,
    /// The references, as rules follow them.
    pub(crate) links: Vec<String>,
    pub(crate) constants: Vec<Named>,
    /// Named lists, by the type of their members.
    pub(crate) lists: Vec<Named>,
    pub(crate) calendars: Vec<&'static str>,
    pub(crate) references: Vec<Reference>,
    pub(crate) targets: Vec<Target>,
    /// What has been asked of the record.
    pub(crate) asked: Vec<Asked>,
    /// The files that the rules name.
    pub(crate) files: Vec<(String, String)>,
    /// Whether it matters what happened to the record.
    pub(crate) events: bool,
    /// Whether only single values are written about, as [`Wish`](super::Wish) says.
    pub(crate) scalar: bool,
    /// How many lists are being gone through.
    pub(crate) level: usize,
    /// How many of the paths, the first ones, tell of the item at hand.
    of_item: usize,
    /// How many derived values and rules have been named.
    pub(crate) named: usize,
}

impl<'s> Author<'s> {
    pub(crate) fn new(source: &'s mut Source, root: &'static str, events: bool, scalar: bool) -> Self {
        Self {
            source,
            seen: Seen::default(),
            root,
            paths: Vec::new(),
            writable: Vec::new(),
            derivations: Vec::new(),
            written: Vec::new(),
            items: Vec::new(),
            others: Vec::new(),
            links: Vec::new(),
            constants: Vec::new(),
            lists: Vec::new(),
            calendars: Vec::new(),
            references: Vec::new(),
            targets: Vec::new(),
            asked: Vec::new(),
            files: Vec::new(),
            events,
            scalar,
            level: 0,
            of_item: 0,
            named: 0,
        }
    }

    /// Learns what fields there are below a path.
    pub(crate) fn learn(&mut self, path: &str, fields: &[Field], writable: bool) {
        for field in fields {
            let name = format!("{path}.{}", field.name);
            match &field.holds {
                Holds::Value(ty) => {
                    let named = Named { name, ty: ty.clone() };
                    // In another record no list is written.
                    let list_elsewhere = matches!(ty, Ty::List(_)) && self.links.iter().any(|link| link == path);
                    if writable && !field.key && !list_elsewhere {
                        self.writable.push((named.clone(), field.optional));
                    }
                    self.paths.push(named);
                }
                Holds::Fields(fields) => self.learn(&name, fields, writable),
                Holds::Items { fields, .. } => self.items.push(Items { path: name, fields: fields.clone() }),
                // Of a parent's parent nothing more is asked: there is no end of it.
                Holds::Reference { .. } if self.links.len() == 2 => {}
                Holds::Reference { to, by } => {
                    self.paths.push(Named { name: format!("{path}.{by}"), ty: Ty::Text });
                    self.links.push(name.clone());
                    let fields = self.others.iter().find(|other| other.name == *to).map(|other| other.fields.clone());
                    // Rules write in records that theirs refers to, and no further.
                    let direct = self.links.len() == 1;
                    self.learn(&name, &fields.unwrap_or_default(), writable && direct);
                }
            }
        }
    }

    /// Remembers which fields the latest derived values are made of: those that were not there `before`.
    pub(crate) fn remember_fields_of(&mut self, text: &str, before: usize) {
        let made_of: Vec<(Named, bool)> =
            self.writable.iter().filter(|(field, _)| text.contains(&field.name)).cloned().collect();
        for derived in self.paths.iter().skip(before).filter(|derived| !matches!(derived.ty, Ty::List(_))) {
            let derivations = made_of.iter().cloned().map(|(field, clearable)| Derivation {
                field,
                clearable,
                derived: derived.clone(),
            });
            self.derivations.extend(derivations);
        }
    }

    /// The derived values that fields stand behind.
    pub(crate) fn derived_from_fields(&self) -> Vec<Named> {
        self.derivations.iter().map(|it| it.derived.clone()).collect()
    }

    /// Remembers that a field gets another value.
    pub(crate) fn remember_written(&mut self, field: &Named) {
        let derived = self.derivations.iter().filter(|it| it.field.name == field.name).map(|it| it.derived.clone());
        let derived: Vec<Named> = derived.collect();
        if !matches!(field.ty, Ty::List(_)) {
            self.written.push(field.clone());
        }
        self.written.extend(derived);
    }

    /// A number that no other derived value or rule has.
    pub(crate) fn next_number(&mut self) -> usize {
        self.named += 1;
        self.named
    }

    pub(crate) fn literal(&mut self, ty: &Ty) -> Phrase {
        literal(self.source, &mut self.seen, ty)
    }

    /// Something that can be read and has the type: of the item at hand, more often than not, if it has such.
    pub(crate) fn read(&mut self, ty: &Ty) -> Option<Phrase> {
        let own = self.of_item > 0 && !self.source.once_in(3);
        let fitting = |paths: &[Named]| -> Vec<String> {
            paths.iter().filter(|path| path.ty == *ty).map(|path| path.name.clone()).collect()
        };
        let of_item = if own { fitting(&self.paths[..self.of_item]) } else { Vec::new() };
        let fitting = if of_item.is_empty() { fitting(&self.paths) } else { of_item };
        (!fitting.is_empty()).then(|| Phrase::whole(self.source.one(&fitting)))
    }

    /// A constant of the type.
    pub(crate) fn constant(&mut self, ty: &Ty) -> Option<Phrase> {
        let fitting: Vec<String> =
            self.constants.iter().filter(|constant| constant.ty == *ty).map(|it| it.name.clone()).collect();
        (!fitting.is_empty()).then(|| Phrase::whole(self.source.one(&fitting)))
    }

    /// The types of what can be read.
    pub(crate) fn readable_types(&self) -> Vec<Ty> {
        let mut types: Vec<Ty> = Vec::new();
        for path in self.paths.iter().filter(|path| !matches!(path.ty, Ty::List(_))) {
            if !types.contains(&path.ty) {
                types.push(path.ty.clone());
            }
        }
        if types.is_empty() { vec![Ty::Number] } else { types }
    }

    /// Writes something about the items of a list: what is known of an item is known only there.
    pub(crate) fn over<T>(&mut self, known: Vec<Named>, items: Vec<Items>, write: impl FnOnce(&mut Self) -> T) -> T {
        let (paths, lists) = (self.paths.len(), self.items.len());
        let around = std::mem::replace(&mut self.of_item, known.len());
        // What is known of the item comes first: it is what one asks for here.
        self.paths.splice(0..0, known.iter().cloned());
        self.items.extend(items);
        self.level += 1;
        let written = write(self);
        self.level -= 1;
        self.of_item = around;
        self.paths.drain(..known.len());
        debug_assert_eq!(paths, self.paths.len());
        self.items.truncate(lists);
        written
    }
}
