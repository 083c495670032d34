//! The links of records while these are read: followed one record after the other, broken ones counted.

use std::sync::Arc;

use values::Text;
use vm::program::{Field, Items, Join};

use super::Asked;
use crate::join::{Broken, Joined};
use crate::source::SourceError;

/// The references of what is read, and where they lead.
#[derive(Clone)]
pub(super) struct Links {
    fields: Arc<[Field]>,
    items: Arc<[Items]>,
    joins: Arc<[Join]>,
    joined: Arc<Joined>,
    broken: Vec<Broken>,
}

impl Links {
    /// The links of what is asked for, if there are any; wrong when nobody has read the records that they lead to.
    pub(super) fn of(asked: Asked<'_>, joined: Option<Arc<Joined>>) -> Result<Option<Self>, SourceError> {
        let Some(first) = asked.joins.first() else { return Ok(None) };
        let Some(joined) = joined else { return Err(SourceError::NoSource { record: first.record.to_string() }) };
        let broken = joined.unbroken(asked);
        let (fields, items, joins) = (asked.fields.into(), asked.items.into(), asked.joins.into());
        Ok(Some(Self { fields, items, joins, joined, broken }))
    }

    /// Those that led nowhere since this was asked last.
    pub(super) fn take_broken(&mut self) -> Vec<Broken> {
        let broken = self.broken.iter_mut().filter(|broken| broken.records > 0);
        broken.map(|broken| std::mem::replace(broken, Broken { records: 0, ..broken.clone() })).collect()
    }

    /// Follows the links of a record, as it is and as it was; only those of the record as it is are counted.
    pub(super) fn follow(&mut self, record: &mut vm::Record, label: &mut dyn FnMut() -> String) {
        let asked = Asked { fields: &self.fields, items: &self.items, joins: &self.joins };
        let mut led_nowhere: Vec<(usize, Text)> = Vec::new();
        self.joined.complete(asked, &mut record.values, &mut |join, key| {
            if led_nowhere.iter().all(|(known, _)| *known != join) {
                led_nowhere.push((join, key));
            }
        });
        if let Some(before) = &mut record.before {
            self.joined.complete(asked, before, &mut |_, _| {});
        }
        for (join, key) in led_nowhere {
            let Some(broken) = self.broken.get_mut(join) else { continue };
            if broken.records == 0 {
                broken.first = label();
                broken.similar = self.joined.similar(join, &key);
                broken.key = key;
            }
            broken.records += 1;
        }
    }
}
