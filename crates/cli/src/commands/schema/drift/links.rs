//! References that lead nowhere: keys in the data of which the source of the other records has none.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use records::survey::{Links, Survey};
use records::{Options, RecordType, Reference, Report, SourceKeys};
use values::Text;
use vm::program::Field;

use super::expand::Expanded;
use super::find::{Drift, Kind, Sides, letters};
use crate::report::{self, Failure, counted, grouped, nearest};
use crate::sources::{self, RecordSources};
use crate::table::harmless;
use crate::terminal::Terminal;

/// How many keys are told.
const TOLD: usize = 5;

/// The references of the surveyed records whose links are followed, and the sources that were read for them.
pub(super) struct Followed {
    /// The type of the surveyed records.
    surveyed: Text,
    /// In the order of [`Survey::links`].
    references: Vec<Reference>,
    sources: BTreeMap<Text, Arc<SourceKeys>>,
}

impl Followed {
    /// No references.
    pub(super) fn none() -> Self {
        Self { surveyed: Text::from(""), references: Vec::new(), sources: BTreeMap::new() }
    }

    /// Lets a survey follow each reference to whose records a source is known; of the others it says so.
    pub(super) fn start(
        survey: &mut Survey,
        expanded: Expanded,
        (types, surveyed): (&[RecordType], &str),
        (files, options, terminal): (&RecordSources, &Options, Terminal),
    ) -> Result<Self, Failure> {
        let (references, sources) = (Vec::new(), BTreeMap::new());
        let (mut followed, mut unknown) = (Self { surveyed: Text::from(surveyed), references, sources }, Vec::new());
        for reference in expanded.references {
            let by = expanded.fields.iter().position(|field| field.name == reference.by);
            let (Some(key), Some(by)) = (key_of(types, &reference.record), by) else { continue };
            let Some(file) = files.file(&reference.record) else {
                unknown.push(reference.record);
                continue;
            };
            if !followed.sources.contains_key(&reference.record) {
                let keys = SourceKeys::read(file.open()?, &reference.record, key, options)?;
                followed.sources.insert(reference.record.clone(), Arc::new(keys));
            }
            if let Some(keys) = followed.sources.get(&reference.record) {
                survey.follow(by, Arc::clone(keys));
                followed.references.push(reference);
            }
        }
        unknown.sort();
        unknown.dedup();
        for record in unknown {
            let sentence = format!(
                "nothing says where `{record}` records are, so links to them are not followed; name the file with \
                 `--source {record}=FILE`"
            );
            report::note(terminal, &sentence);
        }
        Ok(followed)
    }
}

fn key_of<'t>(types: &'t [RecordType], record: &Text) -> Option<&'t Field> {
    types.iter().find(|ty| ty.name == *record)?.fields.iter().find(|field| field.key)
}

impl Sides<'_> {
    /// One thing for each reference with links that lead nowhere, and what is wrong with the sources that nobody surveys.
    pub(super) fn links(&self) -> Vec<Drift> {
        let links = self.followed.references.iter().zip(&self.survey.links);
        let broken = links.filter_map(|(reference, links)| broken(reference, links));
        let others = self.followed.sources.iter().filter(|(record, _)| **record != self.followed.surveyed);
        broken.chain(others.flat_map(|(_, source)| odd(source.report()))).collect()
    }
}

fn broken(reference: &Reference, links: &Links) -> Option<Drift> {
    let many = match (links.absent.len() as u64, links.overflowed) {
        (0, _) => return None,
        (many, false) => counted(many, "value"),
        (many, true) => format!("more than {} values", grouped(many)),
    };
    let verb = if links.absent.len() == 1 { "leads" } else { "lead" };
    let Reference { name, by, .. } = reference;
    let (file, records) = (&links.keys.report().file, counted(links.broken, "record"));
    let sentence = format!("{many} of `{by}` {verb} to no `{name}` in `{file}`, in {records}");
    let mut absent: Vec<(&Text, u64)> = links.absent.iter().map(|(key, it)| (key, it.records)).collect();
    absent.sort_by_key(|(_, count)| Reverse(*count));
    absent.truncate(TOLD);
    let keys = links.keys.sorted();
    let near: Vec<Option<&str>> = absent.iter().map(|(key, _)| near(key, &keys)).collect();
    let sample = |((key, count), near): (&(&Text, u64), &Option<&str>)| {
        let meant = near.map(|near| format!("; the source has \"{}\"", harmless(near))).unwrap_or_default();
        format!("\"{}\" in {}{meant}", harmless(key), counted(*count, "record"))
    };
    let mut drift = Drift::new(Kind::BrokenLink, by, links.broken, sentence);
    drift.samples = absent.iter().zip(&near).map(sample).collect();
    drift.near = near.first().copied().flatten().map(str::to_owned);
    Some(drift)
}

/// The key that differs in capitals, blanks and signs only, or else in few letters; in digits never, for `A8` is another
/// account than `A7`.
fn near<'k>(key: &str, keys: &[&'k Text]) -> Option<&'k str> {
    let digits = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
    let all = || keys.iter().map(|key| &***key);
    let same = all().find(|known| letters(known) == letters(key));
    same.or_else(|| nearest(key, all().filter(|known| digits(known) == digits(key))))
}

fn odd(report: &Report) -> Vec<Drift> {
    let wrong = sources::wrong(report).map(|sentence| (report.wrong, sentence));
    let repeated = sources::repeated(report).map(|sentence| (report.repeated, sentence));
    let told = [wrong, repeated].into_iter().flatten();
    told.map(|(count, sentence)| Drift::new(Kind::Source, &report.record, count, sentence)).collect()
}
