//! Names and paths: constants, stored fields, derived values.

use diagnostics::problems::{NameProblem, TypeProblem};
use syntax::ast::Path;
use values::Text;

use super::{Checker, Meaning, check};
use crate::definitions::{circle, definition_type};
use crate::names::{ACTOR, Space, Symbol, declares, find, names_in, nearest, path_text};
use crate::schema::{FieldInfo, FieldPath, Lookup, field, field_names, is_declared};
use crate::table_file::unread_outputs;
use crate::typed::{Expr, ExprKind as Typed};

impl Checker<'_> {
    /// What a path stands for, as a value.
    pub(super) fn path(&mut self, path: &Path) -> Option<Expr> {
        if let Some(level) = self.variable(&path.root.text) {
            return self.element(level, path);
        }
        if path.fields.is_empty() {
            return self.bare_name(path);
        }
        if path.root.text == ACTOR && self.record.as_deref().is_some_and(|record| record != ACTOR) {
            return self.actor(path);
        }
        match self.follow(path)? {
            Lookup::Derived => self.derived(path),
            Lookup::Stored(field) => self.stored(&field),
            _ => None,
        }
    }

    /// A field of who acts; missing where nobody knows who that is.
    fn actor(&mut self, path: &Path) -> Option<Expr> {
        self.used(Space::Value, ACTOR);
        let Lookup::Stored(field) = self.look_up(path)? else { return None };
        let place = place_of(&mut self.symbols.actor, &field.name);
        Some(Expr { kind: Typed::Actor(place), ty: field.ty?, optional: true })
    }

    /// Looks a path below the record up; says so when there is no such field.
    pub(super) fn follow(&mut self, path: &Path) -> Option<Lookup> {
        self.root(path)?;
        self.look_up(path)
    }

    fn look_up(&mut self, path: &Path) -> Option<Lookup> {
        let names: Vec<String> = path.fields.iter().map(|name| name.text.clone()).collect();
        let found = field(self.db, FieldPath::new(self.db, path.root.text.clone(), names)).clone();
        self.known_field(found, path)
    }

    /// What a path was found to lead to; says so when it leads nowhere.
    pub(super) fn known_field(&mut self, found: Lookup, path: &Path) -> Option<Lookup> {
        match found {
            // What a table gives whose file cannot be read nobody knows.
            Lookup::Unknown { record, .. } if unread_outputs(self.db).contains(&record) => None,
            Lookup::Unknown { record, field, known } => {
                let suggestion = nearest(&field, known.iter().map(String::as_str));
                let wrong = path.fields.iter().find(|name| name.text == field);
                let span = wrong.map_or(path.span, |name| name.span);
                self.problem(NameProblem::UnknownField { record, field, suggestion, known }, span);
                None
            }
            Lookup::DerivedElsewhere { record, field } => {
                let wrong = path.fields.iter().find(|name| name.text == field);
                let span = wrong.map_or(path.span, |name| name.span);
                let is = format!("derived for the {record} by itself");
                let root = &path.root.text;
                let expected = format!("a stored field of the {record}, or a `define {root}.…` made of such fields,");
                self.problem(NameProblem::WrongPlace { name: format!("{record}.{field}"), is, expected }, span);
                None
            }
            Lookup::Reported => None,
            found => Some(found),
        }
    }

    /// The path must begin with the record that is decided.
    pub(super) fn root(&mut self, path: &Path) -> Option<()> {
        let root = path.root.text.as_str();
        match self.record.clone() {
            Some(record) if record == root => {
                self.used(Space::Value, root);
                Some(())
            }
            Some(record) => {
                let problem = self.other_root(root, record);
                self.problem(problem, path.root.span);
                None
            }
            None => {
                self.problem(TypeProblem::NotConstant { context: "a constant".into() }, path.span);
                None
            }
        }
    }

    /// A second record, or the same one misspelt.
    fn other_root(&self, root: &str, record: String) -> NameProblem {
        match nearest(root, std::iter::once(record.as_str())) {
            Some(suggestion) if !is_declared(self.db, root) => {
                NameProblem::UnknownRecord { name: root.to_owned(), suggestion: Some(suggestion) }
            }
            _ if self.settled => NameProblem::OtherRecord { decided: record, name: root.to_owned() },
            _ => NameProblem::SeveralRecords { names: vec![record, root.to_owned()] },
        }
    }

    fn bare_name(&mut self, path: &Path) -> Option<Expr> {
        let name = path.root.text.as_str();
        let Some(item) = find(self.db, Space::Value, name) else {
            let problem = self.unknown_name(name);
            self.problem(problem, path.span);
            return None;
        };
        self.used(Space::Value, name);
        if declares(self.db, item, "constant") {
            return match &check(self.db, item).meaning {
                Meaning::Constant(value) if circle(self.db, item).is_none() => Some(value.clone()),
                _ => None,
            };
        }
        let wrong = match () {
            () if declares(self.db, item, "list") => "a list",
            () if declares(self.db, item, "reference") => "reference data",
            () => "a record type",
        };
        let (name, is, expected) = (name.to_owned(), wrong.to_owned(), "a value".to_owned());
        self.problem(NameProblem::WrongPlace { name, is, expected }, path.span);
        None
    }

    fn unknown_name(&self, name: &str) -> NameProblem {
        let fields = self.record.as_deref().map(|record| field_names(self.db, record)).unwrap_or_default();
        let below = |field: String| self.record.as_deref().map(|record| format!("{record}.{field}"));
        let as_field = fields.iter().find(|field| field.as_str() == name).cloned().and_then(below);
        let suggestion = as_field
            .or_else(|| from_elsewhere(name).map(str::to_owned))
            .or_else(|| nearest(name, names_in(self.db, Space::Value)))
            .or_else(|| nearest(name, fields.iter().map(String::as_str)).and_then(below));
        NameProblem::UnknownName { name: name.to_owned(), suggestion }
    }

    fn derived(&mut self, path: &Path) -> Option<Expr> {
        let whole = path_text(path);
        self.used(Space::Derived, &whole);
        let (ty, optional) = definition_type(self.db, Symbol::new(self.db, Space::Derived, whole)).clone()?;
        let place = place_of(&mut self.symbols.definitions, &below(path));
        Some(Expr { kind: Typed::Definition(place), ty, optional })
    }

    fn stored(&mut self, field: &FieldInfo) -> Option<Expr> {
        let ty = field.ty.clone()?;
        let place = place_of(&mut self.symbols.fields, &field.name);
        Some(Expr { kind: Typed::Field(place), ty, optional: field.may_be_missing() })
    }
}

/// The word for what spreadsheets and other languages call differently.
fn from_elsewhere(name: &str) -> Option<&'static str> {
    match name.to_lowercase().as_str() {
        "null" | "nil" | "none" | "empty" | "undefined" => Some("missing"),
        "true" | "yes" => Some("true"),
        "false" | "no" => Some("false"),
        _ => None,
    }
}

/// A path as rules write it, without the record type.
pub(super) fn below(path: &Path) -> Text {
    let names: Vec<&str> = path.fields.iter().map(|name| name.text.as_str()).collect();
    Text::from(names.join("."))
}

/// The place of a name in a table of symbols, where it is put if it is new.
pub(super) fn place_of(table: &mut Vec<Text>, name: &Text) -> u32 {
    let place = table.iter().position(|known| known == name).unwrap_or_else(|| {
        table.push(name.clone());
        table.len() - 1
    });
    u32::try_from(place).unwrap_or(u32::MAX)
}
