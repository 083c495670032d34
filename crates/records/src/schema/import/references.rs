//! References to other records, as a schema says that Rulebook has written.

use std::collections::BTreeMap;

use super::super::document::{At, SchemaError, referred};
use super::super::imported::{Field, Kind, Record, Reference};
use super::super::json::Json;
use super::super::own;
use super::super::view::View;
use super::{Importer, is_name, kinds};
use crate::infer::snake_case;

impl<'d> Importer<'d> {
    /// The references whose key a property holds. What is no reference is a remark.
    pub(super) fn references(
        &mut self,
        view: &View<'d>,
        not_kept: &mut Vec<String>,
    ) -> Result<Vec<Reference>, SchemaError> {
        let mut references = Vec::new();
        for (name, at) in view.all(own::REFERENCES).flat_map(At::entries) {
            if at.json.as_text().is_none() {
                not_kept.push(kinds::remark(own::REFERENCES, at.json));
                continue;
            }
            let target = referred(self.viewer.document(), &at)?;
            let record = self.record_type(&target, name);
            let name = if is_name(name) { name.to_owned() } else { snake_case(name) };
            references.push(Reference { name, record });
        }
        let no_object = |at: &&At<'d>| !matches!(at.json, Json::Object(_));
        not_kept.extend(view.all(own::REFERENCES).filter(no_object).map(|at| kinds::remark(own::REFERENCES, at.json)));
        Ok(references)
    }
}

/// Sees to it that each reference leads to records with a key like its own. A field that says no more than the other record's
/// key is declared by the reference.
pub(super) fn settle(records: &mut [Record]) {
    let is_key = |field: &&Field| field.key && !field.optional;
    let key = |record: &Record| Some((record.name.clone(), record.fields.iter().find(is_key)?.ty.clone()));
    let keys: BTreeMap<String, Kind> = records.iter().filter_map(key).collect();
    records.iter_mut().for_each(|record| settle_fields(&mut record.fields, &keys));
}

fn settle_fields(fields: &mut [Field], keys: &BTreeMap<String, Kind>) {
    for field in fields {
        field.ty.inner_mut().into_iter().for_each(|inner| settle_fields(inner, keys));
        let fits = |of: &Reference| keys.get(&of.record).is_some_and(|key| key.finds(&field.ty));
        let (kept, unfit): (Vec<Reference>, Vec<Reference>) = field.references.drain(..).partition(fits);
        field.references = kept;
        let remark = |of: Reference| format!("reference `{}`: its records have no such key", of.name);
        field.not_kept.extend(unfit.into_iter().map(remark));
        let is_theirs = |of: &Reference| keys.get(&of.record) == Some(&field.ty);
        field.is_implied = field.references.first().is_some_and(is_theirs) && !field.key && field.default.is_none();
    }
}
