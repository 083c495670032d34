//! Which names stand in an item and what each of them is: for editors, which go from a name to where it is declared and
//! to all other places that mention it.
//!
//! [`mentions`] is asked once per item and rests as long as the item and what it names stay what they are; places are
//! relative to the item. `mention/items.rs` begins the walk over its tree, `mention/fields.rs` tells to which record type
//! the field at the end of a path belongs.

mod effects;
mod expressions;
mod fields;
mod items;

use std::sync::Arc;

use syntax::ast::{self, Name, Span};

use crate::db::{Db, Item, parsed};
use crate::names::{Space, all_declared, find};
use crate::table_file::grid;

pub(crate) use fields::origin;

/// What a name can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A record type, also one that no `record` block declares.
    Record,
    /// A stored field of a record type, or a column of reference data.
    Field,
    /// A derived value.
    Derived,
    /// Reference data.
    Reference,
    /// A constant.
    Constant,
    /// A list.
    List,
    /// A team, queue or user.
    Target,
    /// A calendar.
    Calendar,
    /// A rule set.
    Set,
    /// A rule.
    Rule,
    /// A test.
    Test,
    /// A decision table.
    Table,
    /// What an item of a list is called in the condition about it.
    Variable,
    /// A built-in function.
    Function,
    /// What `call` names.
    Integration,
    /// What `send email` names.
    Template,
    /// What `start` names.
    Workflow,
}

/// Something that has a name. Two names that are the same thing are equal, wherever they stand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Thing {
    /// What it is.
    pub kind: Kind,
    /// The record type of a field or derived value, the name of reference data of a column, the place in its item of a
    /// variable; else empty.
    pub of: Arc<str>,
    /// Its name; of a field in a nested record all names below the record type: `company.employees`.
    pub name: Arc<str>,
}

/// What a mention does to what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// It declares it.
    Declares,
    /// It reads it, or points at it.
    Reads,
    /// It gives it another value.
    Writes,
}

/// A name in an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    /// What it names.
    pub thing: Thing,
    /// Where it stands in the item, quotes and backquotes included.
    pub span: Span,
    /// What it does to it.
    pub role: Role,
}

impl Thing {
    /// Something whose name says enough.
    pub fn new(kind: Kind, name: &str) -> Self {
        Self { kind, of: Arc::from(""), name: Arc::from(name) }
    }

    /// Something that belongs to something else.
    pub fn of(kind: Kind, of: &str, name: &str) -> Self {
        Self { kind, of: Arc::from(of), name: Arc::from(name) }
    }

    /// The last part of its name, which is what stands where it is mentioned: `employees` of `company.employees`.
    pub fn last_name(&self) -> &str {
        match self.kind {
            Kind::Field | Kind::Derived => self.name.rsplit('.').next().unwrap_or_default(),
            _ => &self.name,
        }
    }

    /// The namespace and the name under which an item declares it; none for fields, rules and what no item declares.
    pub(crate) fn declared_as(&self) -> Option<(Space, String)> {
        let space = match self.kind {
            Kind::Record | Kind::Reference | Kind::Constant | Kind::List => Space::Value,
            Kind::Derived => return Some((Space::Derived, format!("{}.{}", self.of, self.name))),
            Kind::Target => Space::Target,
            Kind::Calendar => Space::Calendar,
            Kind::Set => Space::Set,
            Kind::Test => Space::Test,
            Kind::Table => Space::Table,
            _ => return None,
        };
        Some((space, self.name.to_string()))
    }
}

/// Every name in an item that is something, in written order.
#[salsa::tracked]
pub fn mentions<'db>(db: &'db dyn Db, item: Item<'db>) -> Vec<Mention> {
    let mut walk = Walk { db, item, mentions: Vec::new(), variables: Vec::new() };
    walk.item(&parsed(db, item).item);
    walk.mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
    walk.mentions.dedup();
    walk.mentions
}

/// What stands in the file from which a table is read, other than in rules; nothing for other items.
#[salsa::tracked]
pub fn file_mentions<'db>(db: &'db dyn Db, item: Item<'db>) -> Vec<Thing> {
    let ast::Item::Table(ast::Table { from: Some(_), .. }) = &parsed(db, item).item else { return Vec::new() };
    let mut walk = Walk { db, item, mentions: Vec::new(), variables: Vec::new() };
    if let Some(grid) = grid(db, item) {
        walk.headings(grid);
        crate::walk::table_parts(grid).for_each(|part| walk.expr(part));
    }
    let mut things: Vec<Thing> = walk.mentions.into_iter().map(|mention| mention.thing).collect();
    things.sort();
    things.dedup();
    things
}

/// What a name of the namespace that records, constants and lists share stands for, if anything.
pub(crate) fn value_named(db: &dyn Db, name: &str) -> Option<Thing> {
    let item = find(db, Space::Value, name)?;
    let declared = all_declared(db, item).iter().find(|declared| declared.space == Space::Value)?;
    let kind = match declared.what {
        "constant" => Kind::Constant,
        "list" => Kind::List,
        "reference" => Kind::Reference,
        _ => Kind::Record,
    };
    Some(Thing::new(kind, name))
}

/// Gathers the names of one item.
struct Walk<'db> {
    db: &'db dyn Db,
    item: Item<'db>,
    mentions: Vec<Mention>,
    /// The items of lists that are being gone through, the outermost first.
    variables: Vec<Variable>,
}

/// What an item of a list is called.
struct Variable {
    name: String,
    thing: Thing,
    /// The record type in which its list lies, and the names from there to it.
    path: Option<(String, Vec<String>)>,
}

impl Walk<'_> {
    fn put(&mut self, thing: Thing, span: Span, role: Role) {
        if span.end > span.start {
            self.mentions.push(Mention { thing, span, role });
        }
    }

    fn reads(&mut self, kind: Kind, name: &Name) {
        self.put(Thing::new(kind, &name.text), name.span, Role::Reads);
    }

    fn declares(&mut self, kind: Kind, name: &Name) {
        self.put(Thing::new(kind, &name.text), name.span, Role::Declares);
    }

    fn quoted(&mut self, kind: Kind, quoted: &ast::Quoted, role: Role) {
        self.put(Thing::new(kind, &quoted.text), quoted.span, role);
    }

    /// A name of the namespace of values, as what it is declared; nothing if it is not.
    fn value(&mut self, name: &Name) {
        if let Some(thing) = value_named(self.db, &name.text) {
            self.put(thing, name.span, Role::Reads);
        }
    }

    /// A record type or reference data; the former also if no block declares it.
    fn record(&mut self, name: &Name) {
        let thing = value_named(self.db, &name.text).unwrap_or_else(|| Thing::new(Kind::Record, &name.text));
        self.put(thing, name.span, Role::Reads);
    }
}
