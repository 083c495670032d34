//! Effects that write to the record: `set`, `clear`, `add`, `remove`.

use diagnostics::problems::TypeProblem;
use syntax::ast::{self, Path};
use values::{Text, Type, Value};

use super::build::constant;
use super::path::place_of;
use super::{Checker, Wanted};
use crate::schema::{FieldInfo, FieldPath, Lookup, field, key_field, names_of};
use crate::typed::{Effect, Expr, ExprKind as Typed};

/// What can be written instead of what cannot.
const STORED: &str = "write a field that is declared, stored and not the key";

impl Checker<'_> {
    pub(super) fn set(&mut self, path: &Path, value: &ast::Expr) -> Option<Effect> {
        let field = self.writable(path);
        let Some(ty) = field.as_ref().and_then(|field| field.ty.clone()) else {
            if !matches!(value.kind, ast::ExprKind::Missing) {
                self.expr(value, None);
            }
            return None;
        };
        let what = self.written(path.span);
        let typed = self.expr(value, Some(Wanted::new(&ty, what)))?;
        let typed = self.fit(typed, &ty, what, value.span)?;
        if typed.optional && field.as_ref().is_some_and(|field| !field.optional) {
            return match typed.kind {
                Typed::Constant(_) => self.never_missing(path),
                _ => self.unsure(path, value),
            };
        }
        Some(Effect::Set { field: self.written_field(field?), value: typed })
    }

    pub(super) fn clear(&mut self, path: &Path) -> Option<Effect> {
        let field = self.writable(path)?;
        if !field.optional {
            return self.never_missing(path);
        }
        let missing = constant(Value::Missing, field.ty.clone()?);
        Some(Effect::Set { field: self.written_field(field), value: missing })
    }

    pub(super) fn change_list(&mut self, value: &ast::Expr, path: &Path) -> Option<(Text, Expr)> {
        let field = self.writable(path)?;
        if field.through.is_some() {
            return self.cannot_write(path, "it is a list in another record", "write rules for records of that type");
        }
        let Some(Type::List(member)) = field.ty else {
            return self.cannot_write(path, "it is not a list", "write `set` to give it another value");
        };
        let what = self.written(path.span);
        let typed = self.expect(value, &member, what)?;
        Some((field.name, typed))
    }

    /// The stored field that an effect may write.
    pub(super) fn writable(&mut self, path: &Path) -> Option<FieldInfo> {
        if path.fields.is_empty() {
            return self.cannot_write(path, "it is not a field of the record", STORED);
        }
        match self.follow(path)? {
            Lookup::Derived => self.cannot_write(path, "it is derived by a definition", STORED),
            Lookup::Stored(field) if field.key => self.cannot_write(path, "it is the key of the record", STORED),
            Lookup::Stored(FieldInfo { link: Some(link), .. }) => {
                let instead = format!("write `{}`, which holds the key of the other record", link.by);
                self.cannot_write(path, "it is a reference to another record", &instead)
            }
            Lookup::Stored(FieldInfo { through: Some(through), name, ty, .. })
                if !self.is_next_door(&through, &name, ty.as_ref(), path) =>
            {
                None
            }
            Lookup::Stored(FieldInfo { ty: Some(Type::Record(_)), declared: true, .. }) => {
                self.cannot_write(path, "it is a record of its own", "write its fields one by one")
            }
            Lookup::Stored(FieldInfo { ty: Some(Type::List(member)), .. }) if matches!(*member, Type::Record(_)) => {
                self.cannot_write(path, "it is a list of records", "write a field that holds single values")
            }
            Lookup::Stored(field) => Some(field),
            _ => None,
        }
    }

    /// Whether a field in another record can be written: neither its key, nor in a record to which only that one refers.
    fn is_next_door(&mut self, through: &Text, name: &Text, ty: Option<&Type>, path: &Path) -> bool {
        let instead = "write another field of the record that is referred to, or write rules for records of that type";
        let Some(record) = self.record.clone() else { return false };
        let link = match field(self.db, FieldPath::new(self.db, record, names_of(through))) {
            Lookup::Stored(FieldInfo { through: None, link: Some(link), .. }) => link.clone(),
            _ => {
                self.cannot_write::<()>(path, "it lies in a record to which only another record refers", instead);
                return false;
            }
        };
        let key = key_field(self.db, &link.record).map(|key| format!("{through}.{}", key.name));
        let reason = match ty {
            _ if key.is_some_and(|key| key == **name) => "it is the key of the other record",
            Some(Type::Record(_)) => "it is a record of its own",
            _ => return true,
        };
        self.cannot_write::<()>(path, reason, instead);
        false
    }

    /// The name of a field that an effect writes. Where it lies in another record, whether that is there is asked for too.
    fn written_field(&mut self, field: FieldInfo) -> Text {
        if let Some(through) = &field.through {
            place_of(&mut self.symbols.fields, through);
        }
        field.name
    }

    fn never_missing<T>(&mut self, path: &Path) -> Option<T> {
        let reason = "its type does not end in `?`, so that it can never be missing";
        self.cannot_write(path, reason, "write `?` after its type")
    }

    fn unsure<T>(&mut self, path: &Path, value: &ast::Expr) -> Option<T> {
        let (field, words) = (self.written(path.span), self.written(value.span));
        let reason = format!("its type does not end in `?`, and `{words}` may be missing");
        let whole = if matches!(value.kind, ast::ExprKind::Path(_)) { words.to_owned() } else { format!("({words})") };
        let instead = format!("write `{whole} default …`, or `?` after the type of `{field}`");
        self.cannot_write(path, &reason, &instead)
    }

    fn cannot_write<T>(&mut self, path: &Path, reason: &str, instead: &str) -> Option<T> {
        let field = self.written(path.span).to_owned();
        let (reason, instead) = (reason.to_owned(), instead.to_owned());
        self.problem(TypeProblem::CannotWrite { field, reason, instead }, path.span);
        None
    }
}
