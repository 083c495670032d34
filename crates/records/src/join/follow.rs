//! Which values a reference brings, from where, and to which places.

use values::{Text, Type, Value};
use vm::program::{Field, FieldPlace, Items};

use super::Joined;
use super::table::Table;
use crate::read::{Asked, key_text};

/// What is done for a reference.
#[derive(Debug)]
pub(super) struct Follow {
    /// Where the key is found.
    by: FieldPlace,
    /// The table that has the records.
    pub(super) table: usize,
    /// Each place that gets a value, with the column that it comes from; none for the presence of the record.
    fills: Vec<(usize, Option<usize>)>,
}

/// What is read from a source: its key first.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) fields: Vec<Field>,
    pub(super) items: Vec<Items>,
    /// For each field that a reference brings, what it is called there and here: the reference, the place, the column.
    columns: Vec<(usize, usize, usize)>,
}

/// The fields of the record, or of the items, in which a reference stands.
fn beside<'a>(asked: Asked<'a>, by: FieldPlace) -> &'a [Field] {
    match by {
        FieldPlace::Field(_) => asked.fields,
        FieldPlace::Item { items, .. } => asked.items.get(items as usize).map_or(&[], |items| &items.fields),
    }
}

/// The places that a reference fills.
fn filled(asked: Asked<'_>, join: usize) -> impl Iterator<Item = (usize, &Field)> {
    let fields = asked.joins.get(join).map_or(&[][..], |it| beside(asked, it.by));
    fields.iter().enumerate().filter(move |(_, field)| field.through.is_some_and(|through| through as usize == join))
}

/// What is read of the records of a type, for all references that lead there.
pub(super) fn wanted(asked: Asked<'_>, record: &Text) -> Wanted {
    let mut wanted = Wanted { fields: Vec::new(), items: Vec::new(), columns: Vec::new() };
    for (index, join) in asked.joins.iter().enumerate().filter(|(_, join)| join.record == *record) {
        if wanted.fields.is_empty() {
            wanted.fields.push(Field { key: true, optional: false, default: None, ..join.key.clone() });
        }
        let within = format!("{}.", join.name);
        for (place, field) in filled(asked, index).filter(|(_, field)| !is_presence(field)) {
            let name = Text::from(field.name.strip_prefix(within.as_str()).unwrap_or(&field.name));
            let own = Field { name, through: None, ..field.clone() };
            let column = wanted.column(own);
            wanted.columns.push((index, place, column));
            if let FieldPlace::Field(_) = join.by {
                wanted.lists(asked, FieldPlace::Field(number(place)), FieldPlace::Field(number(column)));
            }
        }
    }
    wanted
}

impl Wanted {
    /// Nothing but the key.
    pub(super) fn only(key: Field) -> Self {
        Self { fields: vec![key], items: Vec::new(), columns: Vec::new() }
    }

    /// The column of a field. A list of records is read anew for each reference, which may ask for other fields of its items.
    fn column(&mut self, field: Field) -> usize {
        let is_list = matches!(&field.ty, Type::List(member) if matches!(**member, Type::Record(_)));
        let known = self.fields.iter().skip(1).position(|known| *known == field && !is_list);
        known.map_or_else(
            || {
                self.fields.push(field);
                self.fields.len() - 1
            },
            |known| known + 1,
        )
    }

    /// What is read of the items of a list.
    fn lists(&mut self, asked: Asked<'_>, here: FieldPlace, there: FieldPlace) {
        for (index, items) in (0..).zip(asked.items).filter(|(_, items)| items.list == here) {
            let place = number(self.items.len());
            self.items.push(Items { list: there, fields: items.fields.clone() });
            for field in 0..number(items.fields.len()) {
                let (here, there) =
                    (FieldPlace::Item { items: index, field }, FieldPlace::Item { items: place, field });
                self.lists(asked, here, there);
            }
        }
    }
}

/// What is done for each reference; `records` are the types of the tables.
pub(super) fn plan(asked: Asked<'_>, records: &[&Text]) -> Vec<Follow> {
    let tables: Vec<Wanted> = records.iter().map(|record| wanted(asked, record)).collect();
    let follow = |(index, join): (usize, &vm::program::Join)| {
        let table = records.iter().position(|record| **record == join.record).unwrap_or(usize::MAX);
        let columns = tables.get(table).map_or(&[][..], |table| &table.columns);
        let column = |place: usize| columns.iter().find(|(of, at, _)| (*of, *at) == (index, place)).map(|(.., it)| *it);
        let fills = filled(asked, index).map(|(place, _)| (place, column(place))).collect();
        Follow { by: join.by, table, fills }
    };
    asked.joins.iter().enumerate().map(follow).collect()
}

/// For each place among the items, whether a reference stands in them or in the items of their lists.
pub(super) fn with_references(asked: Asked<'_>) -> Vec<bool> {
    let mut with: Vec<bool> = (0..number(asked.items.len()))
        .map(|at| asked.joins.iter().any(|join| matches!(join.by, FieldPlace::Item { items, .. } if items == at)))
        .collect();
    // Items stand behind those that their list lies in.
    for (place, items) in asked.items.iter().enumerate().rev() {
        if let (FieldPlace::Item { items: around, .. }, Some(true)) = (items.list, with.get(place)) {
            with.get_mut(around as usize).into_iter().for_each(|of| *of = true);
        }
    }
    with
}

impl Joined {
    /// Puts the values of other records into a record. `broken` is told of each link that leads nowhere: the reference and
    /// the key.
    pub(crate) fn complete(&self, asked: Asked<'_>, values: &mut [Value], broken: &mut dyn FnMut(usize, Text)) {
        for (index, follow) in self.follow.iter().enumerate() {
            if let FieldPlace::Field(by) = follow.by {
                self.fill(follow, values, by, &mut |key| broken(index, key));
            }
        }
        self.lists(asked, values, |list| matches!(list, FieldPlace::Field(_)), broken);
    }

    /// Completes the items of the lists in a record or an item.
    fn lists(
        &self,
        asked: Asked<'_>,
        values: &mut [Value],
        own: impl Fn(FieldPlace) -> bool,
        broken: &mut dyn FnMut(usize, Text),
    ) {
        for (place, items) in asked.items.iter().enumerate().filter(|(_, items)| own(items.list)) {
            let (FieldPlace::Field(field) | FieldPlace::Item { field, .. }) = items.list;
            if self.items.get(place) != Some(&true) {
                continue;
            }
            if let Some(value) = values.get_mut(field as usize)
                && let Value::List(members) = value
            {
                let completed = members.iter().map(|member| self.item(asked, place, member, broken)).collect();
                *value = Value::List(completed);
            }
        }
    }

    fn item(&self, asked: Asked<'_>, place: usize, item: &Value, broken: &mut dyn FnMut(usize, Text)) -> Value {
        let Value::Record(values) = item else { return item.clone() };
        let mut values = values.to_vec();
        for (index, follow) in self.follow.iter().enumerate() {
            if let FieldPlace::Item { items, field } = follow.by
                && items as usize == place
            {
                self.fill(follow, &mut values, field, &mut |key| broken(index, key));
            }
        }
        let inside = |list| matches!(list, FieldPlace::Item { items, .. } if items as usize == place);
        self.lists(asked, &mut values, inside, broken);
        Value::Record(values.into())
    }

    fn fill(&self, follow: &Follow, values: &mut [Value], by: u32, broken: &mut dyn FnMut(Text)) {
        let Some(key) = values.get(by as usize).and_then(key_text) else { return };
        let Some(row) = self.tables.get(follow.table).and_then(|table: &Table| table.row(&key)) else {
            return broken(key);
        };
        for (place, column) in &follow.fills {
            let value = column.map_or(Some(Value::Truth(true)), |column| row.get(column).cloned());
            values.get_mut(*place).zip(value).into_iter().for_each(|(slot, value)| *slot = value);
        }
    }
}

/// Whether only the presence of the record is asked for.
fn is_presence(field: &Field) -> bool {
    field.source.is_empty()
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
