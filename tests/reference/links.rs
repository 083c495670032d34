//! References: the first record of another type that has the key, if there is one that can be read.

use semantics::typed::Field;
use serde_json::Value as Json;
use values::{Text, Value};

use super::Stop;
use super::read::Reading;

impl Reading<'_> {
    /// A field in the record that a reference leads to, or whether there is such a record.
    pub(super) fn elsewhere(&self, place: u32, field: &Field, record: &Json) -> Result<Value, Stop> {
        let reference = if field.link.is_some() { Some(&field.name) } else { field.through.as_ref() };
        let other = reference.map_or(Ok(None), |reference| self.other(reference, record))?;
        match other {
            None => Ok(Value::Missing),
            Some(_) if field.link.is_some() => Ok(Value::Truth(true)),
            Some(other) => self.field(place, field, other, ""),
        }
    }

    /// The record that a reference leads to.
    fn other<'r>(&'r self, reference: &Text, record: &'r Json) -> Result<Option<&'r Json>, Stop> {
        let Some(link) = self.named(reference).and_then(|(_, field)| field.link.as_deref()) else { return Ok(None) };
        let Some((place, by)) = self.named(&link.by) else { return Ok(None) };
        let holder = match &by.through {
            Some(outer) => self.other(outer, record)?,
            None => Some(record),
        };
        let Some(holder) = holder else { return Ok(None) };
        let key = self.field(place, by, holder, "")?;
        let has_key = |other: &&Json| self.field(u32::MAX, &link.key, other, "").is_ok_and(|found| found == key);
        let all = self.others.get(link.record.as_str()).map_or(&[][..], Vec::as_slice);
        Ok(all.iter().filter(|other| self.can_be_read(&link.record, other)).find(has_key).filter(|_| !key.is_missing()))
    }

    /// Whether all that any reference asks of a record of a type is as it should be.
    fn can_be_read(&self, record: &Text, other: &Json) -> bool {
        let leads_there = |reference: &Text| {
            self.named(reference)
                .is_some_and(|(_, field)| field.link.as_ref().is_some_and(|link| link.record == *record))
        };
        (0..).zip(self.fields).all(|(place, field)| {
            let asked = field.link.is_none() && field.through.as_ref().is_some_and(leads_there);
            !asked || self.field(place, field, other, "").is_ok()
        })
    }

    fn named(&self, name: &Text) -> Option<(u32, &Field)> {
        (0..).zip(self.fields).find(|(_, field)| field.name == *name)
    }
}
