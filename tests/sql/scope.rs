//! What names mean where an expression stands.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use syntax::ast::{Entry, Expr, Path};

use super::Unsaid;
use super::column::Sql;

/// What a rulebook declares, and when it is asked.
#[derive(Debug)]
pub(super) struct Known {
    /// The record type that is decided.
    pub(super) root: String,
    pub(super) constants: BTreeMap<String, Expr>,
    pub(super) lists: BTreeMap<String, Vec<Entry>>,
    /// The values of fields that have a few of them, as they are declared.
    pub(super) labels: BTreeMap<String, Vec<String>>,
    pub(super) zone: TimeZone,
    pub(super) now: Timestamp,
}

/// The values that can be read, by their names without the record type.
pub(super) type View = BTreeMap<String, Sql>;

/// Where expressions stand: what can be read there, and what is noted on the way.
pub(super) struct Scope<'a> {
    pub(super) known: &'a Known,
    pub(super) view: &'a View,
    /// Conditions under which a record would be a fault, if the rules ask so far: SQL cannot tell how far they ask.
    pub(super) doubts: Vec<String>,
}

impl<'a> Scope<'a> {
    pub(super) const fn new(known: &'a Known, view: &'a View) -> Self {
        Self { known, view, doubts: Vec::new() }
    }

    /// Says something that is asked for only where a condition holds: there alone it can be in doubt.
    pub(super) fn where_holds<T>(&mut self, condition: &str, say: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.doubts.len();
        let said = say(self);
        for doubt in self.doubts.iter_mut().skip(before) {
            *doubt = format!("({condition} AND {doubt})");
        }
        said
    }

    pub(super) fn path(&mut self, path: &Path) -> Result<Sql, Unsaid> {
        if path.root.text == self.known.root && !path.fields.is_empty() {
            let name = name_of(path);
            return self.view.get(&name).cloned().ok_or(Unsaid("a value that is not in the table"));
        }
        let constant = self.known.constants.get(&path.root.text).filter(|_| path.fields.is_empty());
        self.value(constant.ok_or(Unsaid("a name that is not in the table"))?)
    }

    /// The members of a list: single values, and both ends of ranges.
    pub(super) fn members(&mut self, entries: &[Entry], depth: usize) -> Result<Vec<Member>, Unsaid> {
        let mut members = Vec::new();
        for entry in entries {
            match entry {
                Entry::One(expr) => match self.list_named(expr).filter(|_| depth < 8) {
                    Some(entries) => members.extend(self.members(&entries, depth + 1)?),
                    None => members.push(Member::One(self.value(expr)?)),
                },
                Entry::Range { low, high, exclusive, .. } => {
                    members.push(Member::Range(self.value(low)?, self.value(high)?, *exclusive));
                }
            }
        }
        Ok(members)
    }

    fn list_named(&self, expr: &Expr) -> Option<Vec<Entry>> {
        match &expr.kind {
            syntax::ast::ExprKind::Path(path) if path.fields.is_empty() => {
                self.known.lists.get(&path.root.text).cloned()
            }
            _ => None,
        }
    }
}

/// A member of a list.
pub(super) enum Member {
    One(Sql),
    /// Both ends, and whether the second is outside.
    Range(Sql, Sql, bool),
}

/// The name of a field, without the record type.
pub(super) fn name_of(path: &Path) -> String {
    path.fields.iter().map(|field| field.text.as_str()).collect::<Vec<_>>().join(".")
}
