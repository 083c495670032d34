//! What rules decide, as tests ask for it: firewalls between a test and the rules' own text.

use std::collections::BTreeSet;

use syntax::ast;

use crate::db::{Db, all_items, parsed};
use crate::names::Symbol;
use crate::sets::{SetRecord, set_record};

/// The record types that rules decide.
#[salsa::tracked]
pub fn decided_records(db: &dyn Db) -> BTreeSet<String> {
    let rules = all_items(db).iter().filter(|item| rule_name(&parsed(db, **item).item).is_some());
    let records = rules.filter_map(|item| match set_record(db, *item) {
        SetRecord::Known { record, .. } => Some(record.clone()),
        SetRecord::None | SetRecord::Reported => None,
    });
    records.collect()
}

/// The names of the rules that decide a record type; `otherwise` is one where a set has it.
#[salsa::tracked]
pub fn rule_names<'db>(db: &'db dyn Db, record: Symbol<'db>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in all_items(db) {
        let Some(Some(name)) = rule_name(&parsed(db, *item).item) else { continue };
        if matches!(set_record(db, *item), SetRecord::Known { record: of, .. } if of == record.name(db)) {
            names.insert(name.to_owned());
        }
    }
    names
}

/// Whether something is a rule, and its name if it has one.
fn rule_name(item: &ast::Item) -> Option<Option<&str>> {
    match item {
        ast::Item::Rule(rule) => Some(rule.name.as_ref().map(|name| name.text.as_str())),
        ast::Item::Otherwise(_) => Some(Some("otherwise")),
        _ => None,
    }
}
