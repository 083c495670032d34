//! References: the records that they lead to, read once from their sources and found by their keys. Start with
//! [`Joined::read`].
//!
//! Only the fields that are asked for are kept, so memory grows with the records of the sources and with nothing else. What is
//! wrong in a source is in the [`Report`] on it: links to a record that could not be read are broken.

mod follow;
mod keys;
mod table;

use values::Text;
use vm::program::{Field, Join};

use crate::fault::Rejected;
use crate::read::{Absent, Asked, Options};
use crate::source::{Source, SourceError};
use follow::Follow;
pub use keys::SourceKeys;
use table::Table;

/// The records that references lead to, for all references of one decision.
#[derive(Debug)]
pub struct Joined {
    /// What is done for each reference.
    follow: Vec<Follow>,
    /// For each place among the items of lists, whether anything in them is a reference.
    items: Vec<bool>,
    tables: Vec<Table>,
    reports: Vec<Report>,
}

/// What a source was found to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The type of its records.
    pub record: Text,
    /// The source as the user named it.
    pub file: String,
    /// How many records it holds, wrong ones included.
    pub records: u64,
    /// How many of them are wrong, so that no link leads to them.
    pub wrong: u64,
    /// The first of those.
    pub first_wrong: Option<Rejected>,
    /// How many have a key that an earlier one has; the earlier one counts.
    pub repeated: u64,
    /// The first key that is repeated, with the lines of both records.
    pub first_repeated: Option<(Text, u64, u64)>,
    /// The columns that fields name and the source does not have.
    pub absent: Vec<Absent>,
    /// How many texts were taken for a number or a truth.
    pub read_leniently: u64,
}

/// A reference whose links were broken: there is no record with the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The reference as rules write it, without the record type: `account`, `account.parent`; in an item, `product`.
    pub reference: Text,
    /// The type of the record that is not there.
    pub record: Text,
    /// The source that does not have it, as the user named it.
    pub file: String,
    /// How many records have such a link; each counts once.
    pub records: u64,
    /// What verdicts call the first of them.
    pub first: String,
    /// The key that it names.
    pub key: Text,
    /// A key that the source has and that differs in capitals and blanks only, and is probably meant.
    pub similar: Option<Text>,
}

impl Joined {
    /// Reads each source that the references of a decision need; `open` opens the one of a record type.
    ///
    /// # Errors
    ///
    /// Whatever `open` says, and a source that cannot be read to its end.
    pub fn read<E: From<SourceError>>(
        asked: Asked<'_>,
        mut open: impl FnMut(&Text) -> Result<Source, E>,
        options: &Options,
    ) -> Result<Self, E> {
        let mut records: Vec<&Text> = Vec::new();
        for join in asked.joins {
            if !records.contains(&&join.record) {
                records.push(&join.record);
            }
        }
        let options = Options { event: None, envelopes: None, joined: None, ..options.clone() };
        let mut joined = Self {
            follow: follow::plan(asked, &records),
            items: follow::with_references(asked),
            tables: Vec::new(),
            reports: Vec::new(),
        };
        for record in records {
            let wanted = follow::wanted(asked, record);
            let (table, report) = Table::read(open(record)?, &wanted, record, options.clone())?;
            joined.tables.push(table);
            joined.reports.push(report);
        }
        Ok(joined)
    }

    /// What the sources were found to hold, in the order in which references name them.
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// A reference that has not been broken yet.
    pub(crate) fn unbroken(&self, asked: Asked<'_>) -> Vec<Broken> {
        let unbroken = |(join, follow): (&Join, &Follow)| {
            let file = self.reports.get(follow.table).map_or_else(String::new, |report| report.file.clone());
            let (reference, record) = (join.name.clone(), join.record.clone());
            Broken { reference, record, file, records: 0, first: String::new(), key: Text::from(""), similar: None }
        };
        asked.joins.iter().zip(&self.follow).map(unbroken).collect()
    }

    /// A key of a reference's source that is probably meant by one that it does not have.
    pub(crate) fn similar(&self, join: usize, key: &Text) -> Option<Text> {
        let table = self.follow.get(join).and_then(|follow| self.tables.get(follow.table))?;
        table.similar(key)
    }
}

/// Whether a field lies in another record than the one that is read.
pub(crate) fn is_elsewhere(field: &Field) -> bool {
    field.through.is_some()
}
