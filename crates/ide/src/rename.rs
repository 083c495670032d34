//! Another name for what has one, in all files at once; and the names that change while one of them is typed.
//!
//! A stored field has its name from the data. When rules are to call it something else, its declaration says from which
//! column it is read, so that what is read stays the same.

use std::ops::Range;

use semantics::{ItemView, Kind, Mention, Role, Thing};
use syntax::ast::{Field, TypeKind};
use syntax::keywords;

use crate::Snapshot;
use crate::edits::{Edits, FileEdits, backquoted, quoted};
use crate::hover::{declared_field, fields_of};
use crate::titles::{kind_words, written};

/// A name that can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamable {
    /// Where it stands, without its quotes or backquotes.
    pub range: Range<usize>,
    /// The name.
    pub name: String,
}

/// The kinds of things whose names stand in quotes.
const fn is_quoted(kind: Kind) -> bool {
    matches!(kind, Kind::Set | Kind::Rule | Kind::Test)
}

impl Snapshot {
    /// The name at a byte of a file, if it can be changed.
    ///
    /// # Errors
    /// Why it cannot, in a sentence.
    pub fn prepare_rename(&self, path: &str, offset: usize) -> Result<Renamable, String> {
        let (view, mention) = self.project().mention_at(path, offset).ok_or(NOTHING)?;
        self.may_change(&mention.thing)?;
        let place = view.place(mention.span);
        let text = view.text().get(mention.span.start as usize..mention.span.end as usize).unwrap_or_default();
        let quote = usize::from(text.starts_with(['"', '`']));
        Ok(Renamable { range: place.start + quote..place.end - quote, name: mention.thing.last_name().to_owned() })
    }

    /// The changes that give what stands at a byte of a file another name.
    ///
    /// # Errors
    /// Why it cannot have that name, in a sentence.
    pub fn rename(&self, path: &str, offset: usize, name: &str) -> Result<Vec<FileEdits>, String> {
        let (view, mention) = self.project().mention_at(path, offset).ok_or(NOTHING)?;
        let thing = &mention.thing;
        self.may_change(thing)?;
        if name == thing.last_name() {
            return Ok(Vec::new());
        }
        self.is_free(view, thing, name)?;
        let mut edits = Edits::default();
        let items: Vec<ItemView<'_>> = match thing.kind {
            Kind::Variable => vec![view],
            _ => self.project().all_items().collect(),
        };
        for item in items {
            for mention in item.mentions().iter().filter(|it| it.thing == *thing) {
                change(item, mention, name, &mut edits);
            }
        }
        Ok(edits.finish())
    }

    /// The places that have the same name and change with it while it is typed: those of an item of a list.
    pub fn linked_ranges(&self, path: &str, offset: usize) -> Vec<Range<usize>> {
        let Some((view, mention)) = self.project().mention_at(path, offset) else { return Vec::new() };
        if mention.thing.kind != Kind::Variable {
            return Vec::new();
        }
        view.places_of(&mention.thing).into_iter().map(|it| it.place.start..it.place.end).collect()
    }

    fn may_change(&self, thing: &Thing) -> Result<(), String> {
        let name = written(thing);
        let is = kind_words(thing.kind);
        match thing.kind {
            Kind::Function => {
                return Err(format!("`{name}` is {is} of the language, which has its name for everybody"));
            }
            Kind::Integration | Kind::Template | Kind::Workflow => {
                return Err(format!("`{name}` is {is}, which has its name outside of the rules"));
            }
            Kind::Record if thing.name.as_ref() == "actor" => {
                return Err("`actor` is who acts, which has its name for everybody".to_owned());
            }
            Kind::Record | Kind::Variable => return Ok(()),
            _ => {}
        }
        if self.project().declarations(thing).is_empty() {
            return Err(match thing.kind {
                Kind::Field => format!("no field of a `record` block is `{name}`, so its name is that of the data"),
                _ => format!("nothing declares `{name}`"),
            });
        }
        match self.project().file_mentioning(thing) {
            Some(file) => Err(format!("`{name}` also stands in `{file}`, which is no rule file")),
            None => Ok(()),
        }
    }

    /// Whether nothing else has the name.
    fn is_free(&self, view: ItemView<'_>, thing: &Thing, name: &str) -> Result<(), String> {
        if name.trim().is_empty() || name.contains(['\n', '`']) {
            return Err("a name has letters, and no line breaks or backquotes".to_owned());
        }
        if is_quoted(thing.kind) {
            let taken = !self.project().declaring(&Thing::new(thing.kind, name)).is_empty();
            return if taken {
                Err(format!("{} is called \"{name}\" already", kind_words(thing.kind)))
            } else {
                Ok(())
            };
        }
        if keywords::is_reserved(name) && thing.kind != Kind::Field {
            return Err(format!("`{name}` is a word of the language"));
        }
        match self.taken(view, thing, name) {
            Some(other) => Err(format!("{} is called `{name}` already", kind_words(other))),
            None => Ok(()),
        }
    }

    /// What has a name already.
    fn taken(&self, view: ItemView<'_>, thing: &Thing, name: &str) -> Option<Kind> {
        let project = self.project();
        match thing.kind {
            Kind::Field | Kind::Derived => {
                let around = thing.name.strip_suffix(thing.last_name()).unwrap_or_default();
                let fields = project.all_below(&thing.of);
                let whole = format!("{around}{name}");
                fields.into_iter().find(|(known, _)| *known == whole).map(|(_, thing)| thing.kind)
            }
            Kind::Variable => {
                let same = |mention: &&Mention| mention.role == Role::Declares && *mention.thing.name == *name;
                let other = view.mentions().iter().find(same).map(|mention| mention.thing.kind);
                other.or_else(|| project.value_named(name).map(|thing| thing.kind))
            }
            Kind::Record | Kind::Constant | Kind::List | Kind::Reference => {
                let named = project.value_named(name).map(|thing| thing.kind);
                named.or_else(|| {
                    (!project.places_of(&Thing::new(Kind::Record, name)).is_empty()).then_some(Kind::Record)
                })
            }
            kind => project.names_of(kind).iter().any(|known| known == name).then_some(kind),
        }
    }
}

const NOTHING: &str = "nothing here has a name that can be changed";

/// Changes one mention; where a stored field is declared, says from where it is read.
fn change(item: ItemView<'_>, mention: &Mention, name: &str, edits: &mut Edits) {
    let place = item.place(mention.span);
    let kind = mention.thing.kind;
    let new = if is_quoted(kind) { quoted(name) } else { backquoted(name) };
    edits.put(item.path(), place.start..place.end, new);
    if kind == Kind::Field
        && mention.role == Role::Declares
        && let Some(field) = declared_field(fields_of(item.tree()), mention.span.start)
        && is_read(field)
    {
        let at =
            item.start() + field.optional.map_or(field.ty.span.end, |mark| mark.end.max(field.ty.span.end)) as usize;
        edits.put(item.path(), at..at, format!(" from {}", quoted(&field.name.text)));
    }
}

/// Whether a field is read from a column that has its name.
fn is_read(field: &Field) -> bool {
    field.from.is_none() && !matches!(field.ty.kind, TypeKind::Reference { .. })
}
