//! Changes that an editor offers: cures of what is wrong, and other ways to say the same. Each kind has a file of its own
//! and leaves comments and the layout of the rest as they are.

mod brackets;
mod cells;
mod declare;
mod did_you_mean;
mod extract_define;
mod extract_list;
mod fix_all;
mod otherwise;
mod presence;
mod sort_rows;
mod to_rules;
mod to_table;

use std::ops::Range;
use std::sync::Arc;

use diagnostics::{Code, Finding};
use semantics::ItemView;
use syntax::ast::Span;
use syntax::{TokenKind, scan};

use crate::Snapshot;
use crate::edits::{Edits, FileEdits};
use crate::titles::code_start;

/// A change that an editor offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does, beginning with a verb.
    pub title: String,
    /// What kind of change it is.
    pub kind: ActionKind,
    /// The finding that it cures, if it cures one: its code and its place in the file.
    pub cures: Option<(Code, Range<usize>)>,
    /// Whether it is surely what is wanted.
    pub preferred: bool,
    /// The changes.
    pub files: Vec<FileEdits>,
}

/// The kinds of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// It cures a finding.
    Fix,
    /// It gives a part a name.
    Extract,
    /// It says the same in another way.
    Rewrite,
    /// It cures all findings of the file that have one cure.
    FixAll,
}

/// What is looked at.
struct Context<'s> {
    snapshot: &'s Snapshot,
    path: Arc<str>,
    text: &'s str,
    /// What is selected, in bytes of the file.
    range: Range<usize>,
    /// The item at the beginning of the selection.
    view: ItemView<'s>,
    /// What is wrong in the selection.
    findings: Vec<Finding>,
}

impl Snapshot {
    /// The changes that are offered for what is selected in a file.
    pub fn actions(&self, path: &str, range: Range<usize>) -> Vec<Action> {
        let Some(context) = Context::at(self, path, range) else { return Vec::new() };
        let offers: [fn(&Context<'_>) -> Vec<Action>; 11] = [
            brackets::offer,
            did_you_mean::offer,
            declare::offer,
            presence::offer,
            otherwise::offer,
            extract_define::offer,
            extract_list::offer,
            to_table::offer,
            to_rules::offer,
            sort_rows::offer,
            fix_all::offer,
        ];
        offers.into_iter().flat_map(|offer| offer(&context)).collect()
    }
}

impl<'s> Context<'s> {
    fn at(snapshot: &'s Snapshot, path: &str, range: Range<usize>) -> Option<Self> {
        let text = snapshot.text(path)?;
        text.get(range.clone())?;
        let view = snapshot.project().item_at(path, range.start)?;
        let touches = |finding: &Finding| {
            finding.place.file == *view.path() && finding.place.start <= range.end && range.start <= finding.place.end
        };
        let findings = snapshot.project().item_findings(path).into_iter().filter(touches).collect();
        Some(Self { snapshot, path: view.path().clone(), text, range, view, findings })
    }

    /// The words of the item at a place.
    fn words(&self, span: Span) -> &'s str {
        self.view.text().get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// A place of the item in the file.
    fn in_file(&self, span: Span) -> Range<usize> {
        let start = self.view.start();
        start + span.start as usize..start + span.end as usize
    }

    /// Where a new item can stand before this one: before the set in which it lies.
    fn before_item(&self) -> usize {
        self.view.set().unwrap_or(self.view).start()
    }

    /// Whether the selection lies in a place of the item.
    fn is_within(&self, span: Span) -> bool {
        let place = self.in_file(span);
        place.start <= self.range.start && self.range.end <= place.end
    }

    /// Whether comments stand in the item, other than above it: what is written anew would lose them.
    fn has_comments(&self, view: ItemView<'_>) -> bool {
        let code = view.text().get(code_start(view.text())..).unwrap_or_default();
        scan(code).iter().any(|token| token.kind == TokenKind::Comment)
    }

    /// A change of this file.
    fn action(&self, title: impl Into<String>, kind: ActionKind, edits: Vec<(Range<usize>, String)>) -> Action {
        let mut all = Edits::default();
        edits.into_iter().for_each(|(range, text)| all.put(&self.path, range, text));
        Action { title: title.into(), kind, cures: None, preferred: false, files: all.finish() }
    }

    /// A cure of a finding.
    fn fix(&self, finding: &Finding, title: impl Into<String>, edits: Vec<(Range<usize>, String)>) -> Action {
        let cures = Some((finding.problem.code(), finding.place.start..finding.place.end));
        Action { cures, ..self.action(title, ActionKind::Fix, edits) }
    }

    /// A name that nothing has yet: the first of `name`, `name2`, …
    fn free_name(&self, name: &str, is_taken: impl Fn(&str) -> bool) -> String {
        let numbered = (2..).map(|number| format!("{name}{number}"));
        std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
    }
}
