//! Where the records come from that references lead to: `--source account=accounts.csv`, or `[sources]` in `rulebook.toml`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use records::{Asked, Joined, Options, Report, Source};
use values::Text;
use vm::Program;
use vm::program::Decision;

use crate::load::reason;
use crate::report::{self, Failure, counted, listed, nearest};
use crate::table::harmless;
use crate::terminal::Terminal;

/// The files that hold the records of some types, at most one for each.
#[derive(Clone, Debug, Default)]
pub(crate) struct RecordSources(Vec<SourceFile>);

/// A file that holds the records of a type.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    /// The type.
    pub(crate) record: String,
    /// The file as the user named it.
    pub(crate) shown: String,
    /// Where it is.
    pub(crate) path: PathBuf,
}

impl RecordSources {
    /// The sources that the settings of a rulebook name.
    pub(crate) fn of_settings(files: Vec<SourceFile>) -> Self {
        Self(files)
    }

    /// The same with those that were typed, which count more: `account=accounts.csv`. Each must be of one of the types from
    /// which something is read.
    pub(crate) fn and(mut self, typed: &[String], types: &[&str]) -> Result<Self, Failure> {
        let mut named: Vec<&str> = Vec::new();
        for typed in typed {
            let Some((record, file)) =
                typed.split_once('=').filter(|(record, file)| !record.is_empty() && !file.is_empty())
            else {
                return Err(Failure::new(format!("`--source {typed}` does not say which records are where"))
                    .help("write a type of record and a file, like `--source account=accounts.csv`"));
            };
            if named.contains(&record) {
                return Err(Failure::new(format!("`--source` names two files for `{record}`"))
                    .help("name one file for each type of record"));
            }
            known(record, types)?;
            named.push(record);
            self.0.retain(|known| known.record != record);
            self.0.push(SourceFile { record: record.to_owned(), shown: file.to_owned(), path: PathBuf::from(file) });
        }
        Ok(self)
    }

    /// The files, for those that must not write over them.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.0.iter().map(|file| &file.path)
    }

    /// The file that holds the records of a type.
    pub(crate) fn file(&self, record: &str) -> Option<&SourceFile> {
        self.0.iter().find(|file| file.record == record)
    }

    /// The type whose records are in some files; none if they are named as the source of no type.
    pub(crate) fn type_of_all(&self, paths: &[PathBuf]) -> Result<Option<String>, Failure> {
        let mut types: Vec<Option<&str>> = paths.iter().map(|path| self.type_of(path)).collect();
        types.dedup();
        match types.as_slice() {
            [only] => Ok(only.map(str::to_owned)),
            several => {
                let named = listed(several.iter().flatten().copied());
                Err(Failure::new(format!("the files hold several types of record: {named} are named as sources"))
                    .help("take one type after the other, or say which it is with `--type TYPE`"))
            }
        }
    }

    /// The type whose records are in a file.
    fn type_of(&self, path: &Path) -> Option<&str> {
        let place = fs::canonicalize(path).ok()?;
        let same = |file: &&SourceFile| fs::canonicalize(&file.path).is_ok_and(|other| other == place);
        self.0.iter().find(same).map(|file| file.record.as_str())
    }

    /// Opens the source of the records of a type, or tells why that cannot be.
    pub(crate) fn open(&self, record: &str) -> Result<Source, String> {
        let Some(file) = self.file(record) else {
            return Err(format!(
                "nothing says where the records of type `{record}` are: name the file with `--source {record}=FILE`, or in \
                 `rulebook.toml`"
            ));
        };
        let opened = fs::File::open(&file.path)
            .map_err(|error| format!("`{}` cannot be read: {}", file.shown, reason(&error)))?;
        Source::of_file(&file.shown, opened, None).map_err(|error| error.to_string())
    }

    /// Reads the records that the references of a decision lead to; none if there are no references.
    pub(crate) fn read(&self, decision: &Decision, reading: &Options) -> Result<Option<Arc<Joined>>, Failure> {
        if decision.joins.is_empty() {
            return Ok(None);
        }
        let open =
            |record: &Text| self.file(record).ok_or_else(|| unknown(decision, record)).and_then(SourceFile::open);
        Joined::read(Asked::from(decision), open, reading).map(|joined| Some(Arc::new(joined)))
    }
}

impl SourceFile {
    /// Opens it.
    pub(crate) fn open(&self) -> Result<Source, Failure> {
        let file = fs::File::open(&self.path).map_err(|error| {
            Failure::new(format!("`{}` cannot be read: {}", self.shown, reason(&error)))
                .help(format!("it is named as the source of `{}` records", self.record))
        })?;
        Ok(Source::of_file(&self.shown, file, None)?)
    }
}

/// The files that were typed as sources, as far as it is understood.
pub(crate) fn typed_files(typed: &[String]) -> impl Iterator<Item = PathBuf> {
    typed.iter().filter_map(|typed| typed.split_once('=')).map(|(_, file)| PathBuf::from(file))
}

/// The types of record from which a program reads.
pub(crate) fn types_of(program: &Program) -> Vec<&str> {
    let joins = program.decisions.iter().flat_map(|decision| &decision.joins).map(|join| &*join.record);
    let mut all: Vec<&str> = joins.chain(program.decisions.iter().map(|decision| &*decision.record)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Sees to it that a typed source is of a type from which something is read.
fn known(record: &str, all: &[&str]) -> Result<(), Failure> {
    if all.contains(&record) {
        return Ok(());
    }
    let failure = Failure::new(format!("the rules read nothing from records of type `{record}`"));
    Err(match nearest(record, all.iter().copied()) {
        Some(near) => failure.help(format!("write `--source {near}=FILE`")),
        None => failure.help(format!("leave this `--source` out; the rules know {}", listed(all.iter().copied()))),
    })
}

fn unknown(decision: &Decision, record: &Text) -> Failure {
    let reference = decision.joins.iter().find(|join| join.record == *record).map_or("", |join| &join.name);
    Failure::new(format!("the rules read `{}.{reference}`, and nothing says where its records are", decision.record))
        .help(format!(
            "name the file with `--source {record}=FILE`, or in `rulebook.toml`: `[sources]` and below it `{record} = \"FILE\"`"
        ))
}

/// Says of the sources what is worth knowing before the run.
pub(crate) fn tell_absent_columns(joined: Option<&Arc<Joined>>, terminal: Terminal) {
    for report in joined.into_iter().flat_map(|joined| joined.reports()) {
        if let Some(sentence) = report::absent_columns(&report.file, &report.absent) {
            report::note(terminal, &sentence);
        }
    }
}

/// What is wrong with a source: records that nobody can be led to.
pub(crate) fn wrong(report: &Report) -> Option<String> {
    let first = report.first_wrong.as_ref()?;
    let Report { file, records, wrong, .. } = report;
    let all = counted(*records, "record");
    let sentence = format!("`{file}`: {wrong} of {all} cannot be read, and no link leads there; first ");
    Some(harmless(&sentence) + &crate::summary::one_fault(first))
}

/// What is odd in a source.
pub(crate) fn repeated(report: &Report) -> Option<String> {
    let (key, first, second) = report.first_repeated.as_ref()?;
    let many = counted(report.repeated, "record");
    let has = if report.repeated == 1 { "has" } else { "have" };
    Some(harmless(&format!(
        "`{}`: {many} {has} the key of an earlier one, which counts; first `{key}` in line {second}, as in line {first}",
        report.file
    )))
}
