//! What a test gives besides its records: rows of reference data, and who acts.

use diagnostics::problems::TestProblem;
use syntax::ast::{self, DatumKind, Member, Span};
use values::{Text, Type, Value, text};

use super::super::Checker;
use super::Lines;
use crate::db::{Db, Item};
use crate::names::{ACTOR, Space, declares, find};
use crate::reference::{Shape, shape};
use crate::rulebook::typed_field;
use crate::schema::{FieldInfo, Lookup, leads_to};
use crate::typed::test::{Datum, Given, GivenRecords, GivenTable};
use crate::typed::{ExprKind as Typed, Field};

/// The item that declares a table.
pub(super) fn table_item<'db>(db: &'db dyn Db, name: &str) -> Option<Item<'db>> {
    find(db, Space::Value, name).filter(|item| declares(db, *item, "reference"))
}

/// The columns of a table; none for any other name, and where something is wrong with them.
pub(super) fn columns<'db>(db: &'db dyn Db, name: &str) -> Option<&'db [FieldInfo]> {
    let shape = shape(db, table_item(db, name)?).as_ref()?;
    Some(&shape.columns)
}

/// What a name in a row leads to.
pub(super) fn column(table: &str, columns: &[FieldInfo], path: &[String]) -> Lookup {
    let name = path.first().map_or("", String::as_str);
    match columns.iter().find(|column| *column.name == *name) {
        Some(FieldInfo { ty: None, .. }) => Lookup::Reported,
        Some(column) => Lookup::Stored(column.clone()),
        None => {
            let known = columns.iter().map(|column| column.name.to_string()).collect();
            Lookup::Unknown { record: table.to_owned(), field: name.to_owned(), known }
        }
    }
}

impl Checker<'_> {
    /// The tables of which lines give rows; several lines about one table give the rows of all.
    pub(super) fn given_tables(&mut self, lines: &Lines<'_, ast::Given>) -> Option<Vec<GivenTable>> {
        let (mut tables, mut right) = (Vec::<GivenTable>::new(), true);
        for (given, span) in lines {
            let name = Text::from(given.name.text.as_str());
            let rows = self.not_before(given, *span).and_then(|()| self.given_rows(given, &tables));
            match (rows, tables.iter_mut().find(|table| table.name == name)) {
                (None, _) => right = false,
                (Some((_, rows)), Some(table)) => table.rows.extend(rows),
                (Some((columns, rows)), None) => tables.push(GivenTable { name, columns, rows }),
            }
        }
        right.then_some(tables)
    }

    /// The records that references lead to; several lines about one type give the records of all.
    pub(super) fn given_beside(&mut self, lines: &Lines<'_, ast::Given>, decided: &str) -> Option<Vec<GivenRecords>> {
        let (mut beside, mut right) = (Vec::<GivenRecords>::new(), true);
        let led_to = leads_to(self.db, decided);
        let is_beside = |given: &ast::Given| given.name.text != decided && led_to.contains(&given.name.text);
        for (given, span) in lines.iter().filter(|(given, _)| is_beside(given)) {
            let record = Text::from(given.name.text.as_str());
            let records = self.not_before(given, *span).and_then(|()| self.given(given));
            match (records, beside.iter_mut().find(|known| known.record == record)) {
                (None, _) => right = false,
                (Some(records), Some(known)) => known.records.extend(records),
                (Some(records), None) => beside.push(GivenRecords { record, records }),
            }
        }
        right.then_some(beside)
    }

    /// Who acts. The outer `None` is a mistake, the inner one no line.
    pub(super) fn given_actor(&mut self, lines: &Lines<'_, ast::Given>) -> Option<Option<Given>> {
        if let Some((_, again)) = lines.get(1) {
            self.misplaced("this test says who acts already", "remove one of them", *again);
        }
        let Some((given, span)) = lines.first() else { return Some(None) };
        self.not_before(given, *span)?;
        if !matches!(given.value.kind, DatumKind::Record(_)) {
            return self.no_record(&given.value);
        }
        Some(Some(self.given(given)?.into_iter().next()?))
    }

    fn not_before(&mut self, given: &ast::Given, span: Span) -> Option<()> {
        if given.before.is_none() {
            return Some(());
        }
        let reason = match given.name.text.as_str() {
            ACTOR => "`before` is about the record, not about who acts".to_owned(),
            name if table_item(self.db, name).is_some() => {
                format!("`before` is about the record, and `{name}` is reference data")
            }
            name => format!("`before` is about the record that is decided, and not about `{name}`"),
        };
        self.misplaced(&reason, "remove `before`, or this line", span);
        None
    }

    /// The columns of a table and the rows of one line, whose keys stand neither twice nor in the rows before.
    fn given_rows(&mut self, given: &ast::Given, before: &[GivenTable]) -> Option<(Vec<Field>, Vec<Given>)> {
        let table = given.name.text.as_str();
        let shape = shape(self.db, table_item(self.db, table)?).as_ref()?;
        let rows = self.given(given);
        let keys: Vec<Option<Span>> = members(given).map(|(row, span)| self.key(table, shape, row, span)).collect();
        let (rows, keys) = (rows?, keys.into_iter().collect::<Option<Vec<Span>>>()?);
        let known = before.iter().filter(|known| *known.name == *table).flat_map(|known| &known.rows);
        let mut taken: Vec<Value> = known.filter_map(|row| key_of(shape, &row.data)).collect();
        for (row, span) in rows.iter().zip(keys) {
            let Some(key) = key_of(shape, &row.data) else { continue };
            if taken.contains(&key) {
                let (field, help) = (shape.key.name.to_string(), "remove one of them".to_owned());
                let reason = "another row of this test has the same key".to_owned();
                self.problem(TestProblem::CannotGive { field, reason, help }, span);
                return None;
            }
            taken.push(key);
        }
        Some((shape.columns.iter().cloned().filter_map(|column| typed_field(self.db, column)).collect(), rows))
    }

    /// Where the value of a row's key stands; says so if it is not there.
    fn key(&mut self, table: &str, shape: &Shape, row: &[Member], span: Span) -> Option<Span> {
        let key = &*shape.key.name;
        if let Some(member) = row.iter().find(|member| member.name.text == key) {
            return Some(member.value.span);
        }
        let lacks = format!("gives a row of `{table}` without its key");
        let help = format!("say which row it is: `given {table} {{ {key}: … }}`");
        self.problem(TestProblem::Incomplete { lacks, help }, span);
        None
    }
}

/// The rows of a line as they are written.
fn members(given: &ast::Given) -> impl Iterator<Item = (&[Member], Span)> {
    let rows = match &given.value.kind {
        DatumKind::List(rows) => rows.as_slice(),
        _ => std::slice::from_ref(&given.value),
    };
    rows.iter().filter_map(|row| match &row.kind {
        DatumKind::Record(members) => Some((members.as_slice(), row.span)),
        _ => None,
    })
}

/// The key of a row as it is compared; none where it is computed.
fn key_of(shape: &Shape, row: &Datum) -> Option<Value> {
    let Datum::Record(members) = row else { return None };
    let (_, Datum::Value(key)) = members.iter().find(|(name, _)| shape.key.source.last() == Some(name))? else {
        return None;
    };
    match (&key.kind, &shape.key.ty) {
        (Typed::Constant(Value::Text(key)), Some(ty)) if !Type::is_exact(ty) => Some(Value::text(text::fold(key))),
        (Typed::Constant(key), _) => Some(key.clone()),
        _ => None,
    }
}
