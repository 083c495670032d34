//! Everything that is wrong, item by item and then file by file.

use std::collections::BTreeSet;

use diagnostics::problems::{LimitProblem, NameProblem};
use diagnostics::{Finding, Problem, Severity};
use syntax::ast::{self, Span};

use crate::check::{ANY_TARGET, check};
use crate::conflicts::conflicts;
use crate::db::{Db, Item, SourceFile, Workspace, all_items, cut, items, parsed, surplus};
use crate::decided::decided_records;
use crate::definitions::chain_found;
use crate::found::Found;
use crate::names::{Declared, Space, Symbol, all_declared, duplicates};
use crate::overlaps::{any_forbidden_overlap, file_overlaps};
use crate::places::{finding, split_findings};
use crate::reference::table;
use crate::schema::{inference_found, schema};
use crate::sets::set_found;
use crate::table_file::table_text;

/// What is wrong with one item, by place.
#[salsa::tracked]
pub fn item_found<'db>(db: &'db dyn Db, item: Item<'db>) -> Vec<Found<'db>> {
    let problems = parsed(db, item).problems.iter();
    let mut found: Vec<Found<'db>> =
        problems.map(|(span, problem)| Found::new(Problem::Syntax(problem.clone()), *span)).collect();
    found.extend(surplus_found(db, item));
    found.extend(file_found(db, item));
    found.extend(duplicates(db, item).iter().cloned());
    found.extend(chain_found(db, item).clone());
    found.extend(schema(db, item).found.iter().cloned());
    if let ast::Item::Reference(_) = parsed(db, item).item {
        found.extend(table(db, item).found.iter().cloned());
    }
    found.extend(inference_found(db, item).iter().cloned());
    found.extend(check(db, item).found.iter().cloned());
    found.extend(set_found(db, item).iter().cloned());
    found.extend(conflicts(db, item).iter().cloned());
    found.sort_by_key(|found| (found.span.start, found.span.end));
    found.dedup();
    without_echoes(found)
}

/// That an item is the first that is too many.
fn surplus_found<'db>(db: &'db dyn Db, item: Item<'db>) -> Option<Found<'db>> {
    let limit = Workspace::get(db).limits(db).items;
    let whole = Span::new(0, u32::try_from(item.text(db).len()).unwrap_or(u32::MAX));
    (*surplus(db) == Some(item)).then(|| Found::new(LimitProblem::Items { limit }, whole))
}

/// What is wrong with how the rows of a table's file are written.
fn file_found<'db>(db: &'db dyn Db, item: Item<'db>) -> Vec<Found<'db>> {
    let Some(Ok(file)) = table_text(db, item) else { return Vec::new() };
    let found = |(span, problem): &(Span, _)| Found {
        in_file: true,
        ..Found::new(Problem::Syntax(Clone::clone(problem)), *span)
    };
    file.problems.iter().map(found).collect()
}

/// Leaves out what is said of the meaning of words that are wrong in the first place.
fn without_echoes(found: Vec<Found<'_>>) -> Vec<Found<'_>> {
    let is_error = |found: &&Found<'_>| found.problem.severity() == Severity::Error;
    let wrong: Vec<(bool, Span)> = found.iter().filter(is_error).map(|found| (found.in_file, found.span)).collect();
    let echoes = |found: &Found<'_>| {
        let meets = |(in_file, wrong): &(bool, Span)| {
            *in_file == found.in_file && wrong.start < found.span.end && found.span.start < wrong.end
        };
        let guessed = matches!(found.problem, Problem::Condition(_)) && !is_error(&found);
        guessed && wrong.iter().any(meets)
    };
    found.into_iter().filter(|found| !echoes(found)).collect()
}

/// Whether anything keeps the rulebook from running.
#[salsa::tracked]
pub fn any_error(db: &dyn Db) -> bool {
    *basic_error(db) || *any_forbidden_overlap(db)
}

/// Whether anything is wrong with an item, so that the rulebook as a whole cannot be looked at.
#[salsa::tracked]
pub fn basic_error(db: &dyn Db) -> bool {
    let is_error = |severity: Severity| severity == Severity::Error;
    let item_error = |item: &Item<'_>| item_found(db, *item).iter().any(|found| is_error(found.problem.severity()));
    let file_error = |file: &SourceFile| {
        cut(db, *file).problems.iter().any(|(_, problem)| is_error(Problem::Syntax(problem.clone()).severity()))
    };
    Workspace::get(db).files(db).iter().any(file_error) || all_items(db).iter().any(item_error)
}

/// Every name that some item uses.
#[salsa::tracked]
pub fn all_uses(db: &dyn Db) -> BTreeSet<(Space, String)> {
    let mut uses = BTreeSet::new();
    for item in all_items(db) {
        uses.extend(check(db, *item).uses.iter().cloned());
        uses.extend(schema(db, *item).uses.iter().cloned());
    }
    uses
}

/// Whether any item uses a name.
#[salsa::tracked]
pub fn is_used<'db>(db: &'db dyn Db, symbol: Symbol<'db>) -> bool {
    all_uses(db).contains(&(symbol.space(db), symbol.name(db).clone()))
}

/// The complaints of an item of which something is never used. Record types, rule sets and tests need no user.
fn unused<'db>(db: &'db dyn Db, item: Item<'db>) -> Vec<Found<'db>> {
    all_declared(db, item).iter().filter_map(|declared| unused_name(db, declared)).collect()
}

fn unused_name<'db>(db: &'db dyn Db, declared: &Declared) -> Option<Found<'db>> {
    if matches!(declared.space, Space::Set | Space::Table | Space::Test) || declared.what == "record type" {
        return None;
    }
    let used = |name: &str| *is_used(db, Symbol::new(db, declared.space, name.to_owned()));
    let record = declared.name.split('.').next().unwrap_or_default();
    let told = declared.space == Space::Derived && decided_records(db).contains(record);
    let problem = NameProblem::Unused { what: declared.what.to_owned(), name: declared.name.clone(), told };
    let reached = used(&declared.name) || (declared.space == Space::Target && used(ANY_TARGET));
    (!reached).then(|| Found::new(problem, declared.span))
}

/// What is wrong with a file so far as each of its items tells by itself, by place.
pub fn item_findings(db: &dyn Db, file: SourceFile) -> Vec<Finding> {
    let mut findings = split_findings(db, file);
    for item in items(db, file) {
        findings.extend(item_found(db, *item).iter().map(|found| finding(db, *item, found)));
    }
    findings.sort_by_key(|finding| (finding.place.start, finding.place.end));
    findings
}

/// The findings of a file that take a look at all rules. What is unused is only said once nothing is wrong: a use may
/// stand in an item that could not be read.
#[salsa::tracked]
pub fn late_findings(db: &dyn Db, file: SourceFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !*any_error(db) {
        for item in items(db, file) {
            findings.extend(unused(db, *item).iter().map(|found| finding(db, *item, found)));
        }
    }
    findings.extend(file_overlaps(db, file).iter().map(|(item, found)| finding(db, *item, found)));
    findings
}

/// All findings of a file, at their places in it.
#[salsa::tracked]
pub fn file_findings(db: &dyn Db, file: SourceFile) -> Vec<Finding> {
    let mut findings = item_findings(db, file);
    findings.extend(late_findings(db, file).iter().cloned());
    findings.sort_by_key(|finding| (finding.place.start, finding.place.end));
    findings
}
