//! What the blocks under one heading mean, and running them in order.

use std::path::Path;

use crate::page::{Block, Change, Page};
use crate::pipeline::{self, Project, Records};
use crate::{console, edit, editor};

/// The moment at which pages decide their records when they name no other.
const NOW: &str = "2026-11-20T09:00:00Z";

/// The name of a rule file that a page gives no name.
const UNNAMED: &str = "example.rules";

/// The kinds of block that show a result.
const ANSWERS: [&str; 8] = ["verdict", "diagnostics", "ast", "typed", "tree", "bytecode", "queries", "console"];

/// What became of a page.
#[derive(Default)]
pub(crate) struct Outcome {
    /// What would have to change for the page to be true, in the order of the page.
    pub(crate) changes: Vec<Change>,
    /// What no rewriting can mend.
    pub(crate) complaints: Vec<String>,
}

/// Runs a page section by section.
pub(crate) fn run(file: &Path, page: &Page) -> Outcome {
    let mut outcome = Outcome::default();
    let mut state = State { code: code(file), ..State::default() };
    for section in &page.sections {
        for block in section {
            match state.step(file, block) {
                Ok(change) => outcome.changes.extend(change),
                Err(complaint) => outcome.complaints.push(block.complain(&complaint)),
            }
        }
        outcome.complaints.extend(state.finish().err());
    }
    if let (Some(code), false) = (&state.code, state.shown) {
        outcome.complaints.push(format!("no `diagnostics` block shows a finding of the code `{code}`"));
    }
    outcome
}

/// The code that a page of `tests/diagnostics` is about.
fn code(file: &Path) -> Option<String> {
    let folder = file.parent()?.file_name()?;
    (folder == "diagnostics").then(|| file.file_stem().unwrap_or_default().to_string_lossy().into_owned())
}

/// What the blocks so far amount to.
#[derive(Default)]
struct State {
    /// The rulebook.
    project: Project,
    /// What it was before the last edit.
    before: Option<Project>,
    /// Where the cursor of an editor stands: the file and the bytes from it to its other end.
    cursor: Option<(String, std::ops::Range<usize>)>,
    /// The records that wait for a verdict.
    records: Records,
    /// Whether a result followed the rulebook.
    answered: bool,
    /// Whether the verdict of the records was shown.
    decided: bool,
    /// Whether the page's own code was shown.
    shown: bool,
    /// The code that the page is about.
    code: Option<String>,
}

impl State {
    fn step(&mut self, page: &Path, block: &Block) -> Result<Option<Change>, String> {
        let name = block.attribute("file");
        self.answered |= ANSWERS.contains(&block.kind.as_str()) || editor::QUESTIONS.contains(&block.kind.as_str());
        let answer = match block.kind.as_str() {
            "rules" => return self.rules(name.unwrap_or(UNNAMED), &block.content).map(|()| None),
            "edit" => return self.edit(name.unwrap_or(UNNAMED), &block.content).map(|()| None),
            "record" | "event" => {
                self.records.events = block.kind == "event";
                self.record(block.attribute("type"), &block.content);
                return Ok(self.beside(name, &block.content));
            }
            "verdict" => {
                let now = block.attribute("now").unwrap_or(NOW);
                self.decided = true;
                let traced = block.attribute("trace").is_some_and(|value| value == "yes");
                pipeline::verdicts(self.rulebook()?, &self.records, now, traced)?
            }
            "diagnostics" => self.diagnostics()?,
            "ast" | "typed" | "tree" | "bytecode" => console::dump(&block.kind, self.rulebook()?)?,
            "queries" => {
                let before = self.before.as_ref().ok_or("there is no edit above")?;
                pipeline::queries(before, self.rulebook()?, block.attribute("references"))?
            }
            "console" => {
                let printed = console::run(page, &self.project, &block.content)?;
                pipeline::printed_conforms(&printed)?;
                self.shown |= self.code.as_ref().is_some_and(|code| printed.contains(&format!(": {code}\n")));
                printed
            }
            question if editor::QUESTIONS.contains(&question) => {
                let cursor = self.cursor.as_ref().ok_or("no rules above have a cursor, `$0`")?;
                editor::answer(self.rulebook()?, cursor, block)?
            }
            _ => {
                if let (Some(record), Some(file)) = (block.attribute("source"), name) {
                    self.project.source(record, file);
                }
                return Ok(self.beside(name, &block.content));
            }
        };
        Ok(block.expect(&answer))
    }

    /// A rule file: part of the rulebook above, or the beginning of a new one.
    fn rules(&mut self, name: &str, text: &str) -> Result<(), String> {
        if self.answered || self.project.text(name).is_some() {
            self.finish()?;
        }
        let (text, cursor) = editor::without_cursor(text);
        self.cursor = cursor.map(|place| (name.to_owned(), place)).or(self.cursor.take());
        self.project.insert(name, &text);
        Ok(())
    }

    fn edit(&mut self, name: &str, change: &str) -> Result<(), String> {
        let text = self.project.text(name).ok_or_else(|| format!("there is no file `{name}` above"))?;
        let text = edit::apply(text, change)?;
        self.before = Some(self.project.clone());
        self.project.insert(name, &text);
        Ok(())
    }

    fn record(&mut self, of_type: Option<&str>, records: &str) {
        if std::mem::take(&mut self.decided) {
            self.records.text.clear();
        }
        self.records.text.push_str(records);
        self.records.of_type = of_type.map(str::to_owned);
    }

    /// Another file beside the rules, when the block names one.
    fn beside(&mut self, name: Option<&str>, text: &str) -> Option<Change> {
        if let Some(name) = name {
            self.project.insert(name, text);
        }
        None
    }

    fn diagnostics(&mut self) -> Result<String, String> {
        let project = self.rulebook()?;
        let findings = pipeline::check(project)?;
        let shown = pipeline::rendered(&findings, project);
        let own = self.code.as_deref();
        self.shown |= findings.iter().any(|finding| Some(finding.problem.code().name()) == own);
        Ok(shown)
    }

    /// The rulebook that a result block is about.
    fn rulebook(&self) -> Result<&Project, String> {
        if self.project.rule_files().is_empty() { Err("there are no rules above".into()) } else { Ok(&self.project) }
    }

    /// Ends a rulebook: one that nothing was shown of has no error, nor, on the page of a code, a finding of that code.
    fn finish(&mut self) -> Result<(), String> {
        let code = self.code.take();
        let ended = std::mem::replace(self, Self { code, shown: self.shown, ..Self::default() });
        if ended.answered || ended.project.rule_files().is_empty() { Ok(()) } else { self.check(&ended.project) }
    }

    fn check(&self, project: &Project) -> Result<(), String> {
        let findings = pipeline::check(project)?;
        let own = |name: &str| self.code.as_deref() == Some(name);
        let unwanted = |finding: &diagnostics::Finding| {
            finding.severity() == diagnostics::Severity::Error || own(finding.problem.code().name())
        };
        let unwanted: Vec<_> = findings.into_iter().filter(unwanted).collect();
        if unwanted.is_empty() {
            return Ok(());
        }
        Err(format!("rules with no result below them have findings\n{}", pipeline::rendered(&unwanted, project)))
    }
}
