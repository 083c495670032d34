//! The incremental database: its inputs, and the items that files are cut into.
//!
//! Everything a query knows of the text comes through an [`Item`]: its text, trimmed, and positions relative to it. Where
//! an item begins in its file is known to [`places`](crate::places) alone, so that an edit above disturbs nothing below.

use std::ops::Range;
use std::sync::Arc;

use diagnostics::problems::SyntaxProblem;
use limits::Limits;
use syntax::ast::Span;
use syntax::{ChunkKind, Parsed};

/// What the queries of this crate are asked through.
#[salsa::db]
pub trait Db: salsa::Database {}

/// A rule file. There is one for a path as long as the process lives; a file that is gone is in no workspace.
#[salsa::input(debug)]
pub struct SourceFile {
    /// The path as the user named it.
    #[returns(ref)]
    pub path: Arc<str>,
    /// The text.
    #[returns(ref)]
    pub text: Arc<str>,
}

/// The rulebook: which files there are, and what they share.
#[salsa::input(singleton, debug)]
pub struct Workspace {
    /// The rule files, in path order.
    #[returns(ref)]
    pub files: Vec<SourceFile>,
    /// The name of the time zone in which dates and times without offset are read.
    #[returns(ref)]
    pub zone: Arc<str>,
    /// The name of the calendar that `rulebook.toml` sets for business time that names none.
    #[returns(ref)]
    pub calendar: Option<Arc<str>>,
    /// The files that `list … from "…"` names: the name as written, and the text or why there is none.
    #[returns(ref)]
    pub data: Vec<(Arc<str>, Result<Arc<str>, String>)>,
    /// The names that the settings list.
    #[returns(ref)]
    pub listed: Listed,
    /// How much there may be of what rules are made of.
    #[returns(copy)]
    pub limits: Limits,
}

/// Names of things outside the rulebook, as far as its settings list them; where there is no list, any name will do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// What `call` can name.
    pub integrations: Option<Vec<String>>,
    /// What `send email` can name.
    pub templates: Option<Vec<String>>,
}

/// One item of a rule file. It stays the same item across edits as long as its file, kind and key stay.
#[salsa::tracked(debug)]
pub struct Item<'db> {
    /// The file it lies in.
    #[returns(copy)]
    pub file: SourceFile,
    /// What it is, by its first words.
    #[returns(copy)]
    pub kind: ChunkKind,
    /// What tells it from its neighbours: its name.
    #[returns(ref)]
    pub key: String,
    /// Its text.
    #[tracked]
    #[returns(ref)]
    pub text: Arc<str>,
    /// Its first byte in the file.
    #[tracked]
    #[returns(copy)]
    pub(crate) start: u32,
    /// The opening of the rule set that it belongs to.
    #[tracked]
    #[returns(copy)]
    pub set: Option<Item<'db>>,
}

/// A file cut into its items.
#[derive(Clone, Debug, PartialEq, Eq, salsa::SalsaValue)]
pub struct Cut<'db> {
    /// The items in written order.
    pub items: Vec<Item<'db>>,
    /// What is wrong between them, by absolute place.
    pub problems: Vec<(Range<usize>, SyntaxProblem)>,
}

/// Cuts a file into its items.
#[salsa::tracked]
pub fn cut<'db>(db: &'db dyn Db, file: SourceFile) -> Cut<'db> {
    let text = file.text(db);
    let split = syntax::split(text);
    // One more than there may be: it has the finding.
    let most = Workspace::get(db).limits(db).items + 1;
    let mut items: Vec<Item<'db>> = Vec::with_capacity(split.chunks.len().min(most));
    for chunk in split.chunks.into_iter().take(most) {
        let set = chunk.set.and_then(|index| items.get(index).copied());
        let part = text.get(chunk.range.clone()).unwrap_or_default();
        let start = u32::try_from(chunk.range.start).unwrap_or(u32::MAX);
        items.push(Item::new(db, file, chunk.kind, chunk.key, Arc::from(part), start, set));
    }
    Cut { items, problems: split.problems }
}

/// The items of a file, in written order.
pub fn items(db: &dyn Db, file: SourceFile) -> &[Item<'_>] {
    &cut(db, file).items
}

/// Reads one item.
#[salsa::tracked]
pub fn parsed<'db>(db: &'db dyn Db, item: Item<'db>) -> Parsed {
    syntax::parse_within(item.kind(db), item.text(db), Workspace::get(db).limits(db).tokens)
}

/// The items of all files, in path order and then in written order.
#[salsa::tracked]
pub fn all_items(db: &dyn Db) -> Vec<Item<'_>> {
    let files = Workspace::get(db).files(db);
    files.iter().flat_map(|file| items(db, *file).iter().copied()).collect()
}

/// The first item that is too many for a rulebook.
#[salsa::tracked]
pub fn surplus(db: &dyn Db) -> Option<Item<'_>> {
    all_items(db).get(Workspace::get(db).limits(db).items).copied()
}

/// A range of bytes in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct ItemSpan<'db> {
    /// The item.
    pub item: Item<'db>,
    /// The range, relative to it.
    pub span: Span,
}
