//! The records, and the rows of tables, that a test gives: each value has the type of its field, and what is required and left out gets a plain value.

use diagnostics::problems::{NameProblem, TestProblem, TypeProblem};
use syntax::ast::{self, DatumKind, ExprKind, Member};
use values::{Duration, Money, Number, Text, Type, Value};

use super::super::build::{constant, now};
use super::super::{Checker, Wanted};
use super::around::{column, columns};
use crate::names::nearest;
use crate::schema::{
    EACH, FieldInfo, FieldPath, LinkInfo, Lookup, field, field_names, is_declared, joined, list_of, names_of,
    stored_fields,
};
use crate::typed::test::{Datum, Given};
use crate::typed::{Expr, ExprKind as Typed};

/// A value and the keys under which the data has it.
type Placed = (Vec<Text>, Datum);

/// A record that is being given.
struct Holder<'a> {
    /// Its type.
    record: &'a str,
    /// The names of the fields that lead to what is looked at.
    path: Vec<String>,
    /// Which record of the test it is, from 1.
    number: usize,
}

impl Checker<'_> {
    /// The records that a line gives.
    pub(super) fn given(&mut self, given: &ast::Given) -> Option<Vec<Given>> {
        let records = match &given.value.kind {
            DatumKind::List(data) => data.iter().collect(),
            _ => vec![&given.value],
        };
        let checked: Vec<Option<Given>> = records
            .into_iter()
            .zip(1..)
            .map(|(datum, number)| {
                let DatumKind::Record(members) = &datum.kind else { return self.no_record(datum) };
                let data = self.given_record(&given.name.text, members, number)?;
                Some(Given { span: datum.span, data, before: None })
            })
            .collect();
        checked.into_iter().collect()
    }

    /// What a record was before the event, as far as a line tells: the keys of the data, nothing more.
    pub(super) fn given_before(&mut self, given: &ast::Given) -> Option<Datum> {
        let DatumKind::Record(members) = &given.value.kind else { return self.no_record(&given.value) };
        let (mut placed, mut names) = (Some(Vec::new()), Vec::new());
        let holder = Holder { record: &given.name.text, path: Vec::new(), number: 1 };
        self.given_members(&holder, members, &mut placed, &mut names);
        placed.map(nested)
    }

    pub(super) fn no_record<T>(&mut self, datum: &ast::Datum) -> Option<T> {
        let (context, expected) = ("`given`".to_owned(), "a record in braces".to_owned());
        let found = if matches!(datum.kind, DatumKind::List(_)) { "a list" } else { "a single value" };
        self.problem(TypeProblem::Expected { context, expected, found: found.into() }, datum.span);
        None
    }

    /// A record with its plain values, by the keys of the data.
    fn given_record(&mut self, record: &str, members: &[Member], number: usize) -> Option<Datum> {
        let holder = Holder { record, path: Vec::new(), number };
        let mut placed = Some(Vec::new());
        let mut names = Vec::new();
        self.given_members(&holder, members, &mut placed, &mut names);
        let mut placed = placed?;
        let fields = columns(self.db, record).map_or_else(|| stored_fields(self.db, record), <[FieldInfo]>::to_vec);
        let own = fields.iter().filter(|field| list_of(&field.name).is_none());
        placed.extend(plain_values(own, &names, number));
        Some(nested(placed))
    }

    /// An item of a list of nested records: `lead.lines[]` of its type.
    fn given_item(&mut self, (record, list): (&str, &str), members: &[Member], number: usize) -> Option<Datum> {
        let holder = Holder { record, path: names_of(list), number };
        let mut placed = Some(Vec::new());
        let mut names = Vec::new();
        self.given_members(&holder, members, &mut placed, &mut names);
        let mut placed = placed?;
        let fields = stored_fields(self.db, record);
        let own = fields.iter().filter(|field| list_of(&field.name).is_some_and(|of| format!("{of}{EACH}") == list));
        placed.extend(plain_values(own, &names, number));
        Some(nested(placed))
    }

    /// The members of a record, at any depth: their values, and the names of the fields that were given.
    fn given_members(
        &mut self,
        holder: &Holder<'_>,
        members: &[Member],
        placed: &mut Option<Vec<Placed>>,
        names: &mut Vec<String>,
    ) {
        for (place, member) in members.iter().enumerate() {
            if members.iter().take(place).any(|earlier| earlier.name.text == member.name.text) {
                let problem = NameProblem::Duplicate { what: "field".into(), name: member.name.text.clone() };
                self.problem(problem, member.name.span);
                *placed = None;
                continue;
            }
            let path: Vec<String> = holder.path.iter().cloned().chain([member.name.text.clone()]).collect();
            if let Lookup::Stored(FieldInfo { link: Some(link), .. }) = self.lookup(holder.record, &path) {
                self.given_apart(&link, member);
                *placed = None;
                continue;
            }
            match &member.value.kind {
                DatumKind::Record(inner) if self.holds_fields(holder, &path) => {
                    let below = Holder { path, ..*holder };
                    self.own(&below, placed, names);
                    self.given_members(&below, inner, placed, names);
                }
                _ => {
                    let checked = self.member(holder, &path, member);
                    names.push(joined(&path));
                    match (checked, placed.as_mut()) {
                        (Some(found), Some(placed)) => placed.extend(found),
                        _ => *placed = None,
                    }
                }
            }
        }
    }

    /// The record that a reference leads to is not given here.
    fn given_apart(&mut self, link: &LinkInfo, member: &Member) {
        let key = link.by.rsplit('.').next().unwrap_or(&link.by);
        let reason = format!("it stands for the `{}` that `{key}` names", link.record);
        let help =
            format!("give the key, such as `{key}: \"1\"`, and the record beside it: `given {} {{ … }}`", link.record);
        let field = member.name.text.clone();
        self.problem(TestProblem::CannotGive { field, reason, help }, member.name.span);
    }

    /// A nested record is there, even when nothing is given in it.
    fn own(&self, holder: &Holder<'_>, placed: &mut Option<Vec<Placed>>, names: &mut Vec<String>) {
        names.push(joined(&holder.path));
        if let (Lookup::Stored(info), Some(placed)) = (self.lookup(holder.record, &holder.path), placed.as_mut()) {
            placed.push((info.source, Datum::Record(Vec::new())));
        }
    }

    /// Whether a path leads to a nested record, or may, for all that is known.
    fn holds_fields(&self, holder: &Holder<'_>, path: &[String]) -> bool {
        match self.lookup(holder.record, path) {
            Lookup::Stored(FieldInfo { ty: Some(Type::Record(_)), .. }) => true,
            Lookup::Reported => !is_declared(self.db, holder.record),
            _ => false,
        }
    }

    fn lookup(&self, record: &str, path: &[String]) -> Lookup {
        if let Some(columns) = columns(self.db, record) {
            return column(record, columns, path);
        }
        field(self.db, FieldPath::new(self.db, record.to_owned(), path.to_vec())).clone()
    }

    /// A single value. The outer `None` is a mistake; a field that no rule reads is left out.
    fn member(&mut self, holder: &Holder<'_>, path: &[String], member: &Member) -> Option<Option<Placed>> {
        let name = member.name.text.as_str();
        match self.lookup(holder.record, path) {
            Lookup::Stored(info) => {
                let value = self.datum(&info, &member.value, holder.number)?;
                Some(Some((info.source, value)))
            }
            Lookup::Derived => {
                let reason = "it is computed from other fields".to_owned();
                let help = "give the fields that it is computed from, and expect what must come out".to_owned();
                self.problem(TestProblem::CannotGive { field: joined(path), reason, help }, member.name.span);
                None
            }
            Lookup::Unknown { record, field, known } => {
                let suggestion = nearest(&field, known.iter().map(String::as_str));
                self.problem(NameProblem::UnknownField { record, field, suggestion, known }, member.name.span);
                None
            }
            Lookup::Reported | Lookup::DerivedElsewhere { .. } => {
                let known = field_names(self.db, holder.record);
                let whole = joined(path);
                let suggestion = nearest(&whole, known.iter().map(String::as_str));
                if is_declared(self.db, holder.record) || known.contains(&whole) {
                    return None;
                }
                if suggestion.is_some() {
                    let (record, field) = (holder.record.to_owned(), name.to_owned());
                    self.problem(NameProblem::UnknownField { record, field, suggestion, known }, member.name.span);
                    return None;
                }
                Some(None)
            }
        }
    }

    /// A value of a field's type.
    fn datum(&mut self, info: &FieldInfo, datum: &ast::Datum, number: usize) -> Option<Datum> {
        let ty = info.ty.as_ref()?;
        if let DatumKind::Value(value) = &datum.kind
            && matches!(value.kind, ExprKind::Missing)
            && !info.optional
            && info.default.is_none()
        {
            let reason = "its type does not end in `?`, so that it can never be missing".to_owned();
            let help = "leave it out, which gives it a plain value, or write `?` after its type".to_owned();
            self.problem(TestProblem::CannotGive { field: info.name.to_string(), reason, help }, datum.span);
            return None;
        }
        if !info.declared && matches!(ty, Type::Record(_)) {
            return self.anything(datum);
        }
        self.datum_of(ty, datum, &info.name, number)
    }

    /// A field of which only its presence is asked for takes any value.
    fn anything(&mut self, datum: &ast::Datum) -> Option<Datum> {
        match &datum.kind {
            DatumKind::Value(ast::Expr { kind: ExprKind::Missing, .. }) => {
                Some(Datum::Value(constant(Value::Missing, Type::Text)))
            }
            DatumKind::Value(value) => self.expr(value, None).map(Datum::Value),
            _ => Some(Datum::Record(Vec::new())),
        }
    }

    fn datum_of(&mut self, ty: &Type, datum: &ast::Datum, what: &str, number: usize) -> Option<Datum> {
        match (&datum.kind, ty) {
            (DatumKind::List(data), Type::List(member)) => {
                let members: Vec<Option<Datum>> =
                    data.iter().map(|datum| self.datum_of(member, datum, what, number)).collect();
                Some(Datum::List(members.into_iter().collect::<Option<_>>()?))
            }
            (DatumKind::Record(members), Type::Record(record)) => match record.split_once('.') {
                Some((record, list)) if list.ends_with(EACH) => self.given_item((record, list), members, number),
                _ => self.given_record(record, members, number),
            },
            (DatumKind::Value(value), _) => {
                let typed = self.expr(value, Some(Wanted::new(ty, what)))?;
                let typed = self.fit(typed, ty, what, value.span)?;
                Some(Datum::Value(self.fold(typed)))
            }
            (found, _) => {
                let found = if matches!(found, DatumKind::List(_)) { "a list" } else { "a record" }.to_owned();
                let (context, expected) = (format!("`{what}`"), ty.with_article());
                self.problem(TypeProblem::Expected { context, expected, found }, datum.span);
                None
            }
        }
    }
}

/// The plain values of the required fields that were not given.
fn plain_values<'a>(fields: impl Iterator<Item = &'a FieldInfo>, given: &[String], number: usize) -> Vec<Placed> {
    let lacking = fields.filter(|field| {
        let needed = !field.optional && field.default.is_none();
        needed && !given.iter().any(|name| **name == *field.name)
    });
    let plain = lacking.filter_map(|field| Some((field.source.clone(), plain(field.ty.as_ref()?, field.key, number)?)));
    plain.collect()
}

/// The plain value of a type: an empty text, 0, `false`, the first label, no members, the instant of the test.
fn plain(ty: &Type, key: bool, number: usize) -> Option<Datum> {
    let count = || Value::Number(Number::from(i64::try_from(number).unwrap_or(i64::MAX)));
    let value = match ty {
        Type::Number if key => count(),
        _ if key => Value::text(number.to_string()),
        Type::Truth => Value::Truth(false),
        Type::Number => Value::Number(Number::from(0)),
        Type::Money(currency) => Value::Money(Money::new(Number::from(0), (*currency)?)),
        Type::OneOf(labels) => Value::Text(labels.first()?.clone()),
        Type::Date => return Some(Datum::Value(Expr { kind: Typed::Today, ty: Type::Date, optional: false })),
        Type::DateTime => return Some(Datum::Value(now())),
        Type::Duration | Type::AnchoredDuration => Value::Duration(Duration::Exact(0)),
        Type::List(_) => return Some(Datum::List(Vec::new())),
        Type::Record(_) => return Some(Datum::Record(Vec::new())),
        Type::Text | Type::ExactText | Type::User | Type::Team | Type::Queue => Value::text(""),
    };
    Some(Datum::Value(constant(value, ty.clone())))
}

/// A record with what was different before.
pub(super) fn over(data: &Datum, before: &Datum) -> Datum {
    let (Datum::Record(now), Datum::Record(before)) = (data, before) else { return before.clone() };
    let mut all = now.clone();
    for (key, value) in before {
        match all.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => *known = over(known, value),
            None => all.push((key.clone(), value.clone())),
        }
    }
    Datum::Record(all)
}

/// Values by their keys, as one record.
fn nested(placed: Vec<Placed>) -> Datum {
    let mut root = Vec::new();
    for (keys, datum) in placed {
        put(&mut root, &keys, datum);
    }
    Datum::Record(root)
}

fn put(members: &mut Vec<(Text, Datum)>, keys: &[Text], datum: Datum) {
    let [first, rest @ ..] = keys else { return };
    let known = members.iter_mut().find(|(key, _)| key == first);
    match (known, rest) {
        (None, []) => members.push((first.clone(), datum)),
        (Some((_, Datum::Record(_))), []) if matches!(datum, Datum::Record(_)) => {}
        (Some((_, known)), []) => *known = datum,
        (Some((_, Datum::Record(inner))), rest) => put(inner, rest, datum),
        (Some(_), _) => {}
        (None, rest) => {
            let mut inner = Vec::new();
            put(&mut inner, rest, datum);
            members.push((first.clone(), Datum::Record(inner)));
        }
    }
}
