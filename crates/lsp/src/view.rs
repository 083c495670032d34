//! What a question sees: a rulebook at one moment, and how the client names and counts what is in it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use ide::{Snapshot, Tried};
use tower_lsp::ls_types::{self as lsp, Location, Position, TextEdit, Uri};

use crate::abilities::Abilities;
use crate::carried::Carried;
use crate::configuration::Configuration;
use crate::lines::Lines;
use crate::project::Number;
use crate::trier::{Records, Trial, Trier};

/// How the client names the files of a rulebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    /// The folder that paths are relative to; none for a text that lies in no folder.
    pub(crate) root: Option<PathBuf>,
    /// The open files, under the names that the client gave them.
    pub(crate) open: BTreeMap<String, Uri>,
}

impl Names {
    /// The client's name of a file.
    pub(crate) fn uri(&self, file: &str) -> Option<Uri> {
        self.open.get(file).cloned().or_else(|| Uri::from_file_path(self.root.as_ref()?.join(file)))
    }
}

/// A rulebook at one moment, as the client sees it.
pub(crate) struct View {
    /// What is asked.
    pub(crate) snapshot: Snapshot,
    /// The number of the rulebook.
    pub(crate) number: Number,
    /// The file that is asked about; empty where the question is about them all.
    pub(crate) file: String,
    /// How the client names files.
    pub(crate) names: Arc<Names>,
    /// The versions of the open files.
    pub(crate) versions: BTreeMap<String, i32>,
    /// What the client wants.
    pub(crate) configuration: Arc<Configuration>,
    /// What the client can do.
    pub(crate) client: Abilities,
    /// What is known to be wrong with rulebooks as wholes.
    pub(crate) carried: Carried,
    /// Who tries the rulebook.
    pub(crate) trier: Trier,
    /// Where its records lie.
    pub(crate) records: Arc<Records>,
    /// The lines of the files that have been looked at.
    pub(crate) lines: RefCell<HashMap<String, Arc<Lines>>>,
}

impl View {
    /// What came of trying the rulebook so far.
    pub(crate) fn tried(&self) -> Arc<Tried> {
        self.trier.tries().of(self.number)
    }

    /// The rulebook, to be tried; none while anything in it is an error.
    pub(crate) fn trial(&self) -> Option<Trial> {
        let evaluation = self.snapshot.evaluation()?;
        Some(Trial { number: self.number, evaluation, records: Arc::clone(&self.records) })
    }

    /// The text of a file.
    pub(crate) fn text(&self, file: &str) -> Arc<str> {
        self.snapshot.text(file).map(Arc::clone).unwrap_or_default()
    }

    /// The lines of a file.
    pub(crate) fn lines(&self, file: &str) -> Arc<Lines> {
        let mut lines = self.lines.borrow_mut();
        if let Some(known) = lines.get(file) {
            return Arc::clone(known);
        }
        let new = Arc::new(Lines::of(&self.text(file), self.client.encoding));
        lines.insert(file.to_owned(), Arc::clone(&new));
        new
    }

    /// The byte of a position in the file that is asked about.
    pub(crate) fn offset(&self, position: Position) -> usize {
        self.lines(&self.file).offset(&self.text(&self.file), position)
    }

    /// The bytes of a range in the file that is asked about.
    pub(crate) fn bytes(&self, range: lsp::Range) -> Range<usize> {
        self.lines(&self.file).bytes(&self.text(&self.file), range)
    }

    /// A range of bytes of a file, for the client.
    pub(crate) fn range(&self, file: &str, range: Range<usize>) -> lsp::Range {
        self.lines(file).range(&self.text(file), range)
    }

    /// The same in the file that is asked about.
    pub(crate) fn here(&self, range: Range<usize>) -> lsp::Range {
        self.range(&self.file, range)
    }

    /// A place for the client.
    pub(crate) fn location(&self, file: &str, range: Range<usize>) -> Option<Location> {
        Some(Location::new(self.names.uri(file)?, self.range(file, range)))
    }

    /// Changes of the file that is asked about.
    pub(crate) fn text_edits(&self, edits: Vec<ide::Edit>) -> Vec<TextEdit> {
        edits.into_iter().map(|edit| TextEdit::new(self.here(edit.range), edit.replacement)).collect()
    }
}
