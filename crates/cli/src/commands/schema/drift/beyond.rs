//! Comparisons with what stands in the records that references lead to: values that never occur in their sources.

use std::collections::BTreeSet;

use records::survey::{Survey, Watch};
use records::{Options, RecordType, Reference};
use semantics::Compared;
use values::Text;

use super::expand;
use super::find::{Drift, Sides};
use super::links::Followed;
use crate::report::Failure;
use crate::sources::RecordSources;

/// What rules compare with and no record of the sources has, for each type of record to which references lead, directly or
/// through others; `surveyed` is the type that is looked at anyway.
pub(super) fn beyond(
    references: &[Reference],
    (types, surveyed): (&[RecordType], &str),
    compared: &[Compared],
    (files, options): (&RecordSources, &Options),
) -> Result<Vec<Drift>, Failure> {
    let (mut known, mut found) = (BTreeSet::from([Text::from(surveyed)]), Vec::new());
    let mut waiting: Vec<Text> = references.iter().map(|reference| reference.record.clone()).collect();
    while let Some(record) = waiting.pop() {
        let Some(file) = files.file(&record) else { continue };
        if !known.insert(record.clone()) {
            continue;
        }
        let under = |name: &Text| Text::from(format!("{record}.{name}"));
        let mut inner = expand::expanded(types, &record);
        inner.fields.iter_mut().for_each(|field| field.name = under(&field.name));
        waiting.extend(inner.references.into_iter().map(|reference| reference.record));
        let (mut asked, mut watches) = (Vec::new(), Vec::new());
        for one in compared.iter().filter(|one| one.record == *record) {
            let one = Compared { field: under(&one.field), ..one.clone() };
            let Some(field) = inner.fields.iter().position(|field| field.name == one.field) else { continue };
            watches.push(Watch { field, probe: one.probe.clone() });
            asked.push(one);
        }
        if asked.is_empty() {
            continue;
        }
        let mut survey = Survey::new(inner.fields.clone(), watches, options.clone());
        survey.read(file.open()?)?;
        let (fields, looked_up, followed) = (&*inner.fields, &[][..], &Followed::none());
        let sides = Sides { fields, declared: true, asked: &asked, looked_up, followed, survey: &survey };
        found.extend(sides.comparisons());
    }
    Ok(found)
}
