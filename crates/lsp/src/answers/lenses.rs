//! What stands above rules and tests, and what comes of choosing it.

use ide::{LensAction, Outcome};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tower_lsp::ls_types::{CodeLens, Command, LSPAny, Uri};

use crate::view::View;

/// Runs a test.
pub(crate) const RUN_TEST: &str = "rulebook.runTest";

/// Shows the verdict on the first record of the sample that a rule fires on.
pub(crate) const SHOW_VERDICT: &str = "rulebook.showVerdict";

/// What a command is about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct About {
    /// The file.
    pub(crate) uri: Uri,
    /// The name of the test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) test: Option<String>,
    /// The name of the rule's set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) set: Option<String>,
    /// The name of the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<String>,
}

/// What stands above the rules and tests of a file.
pub(crate) fn lenses(view: &View) -> Vec<CodeLens> {
    let Some(uri) = view.names.uri(&view.file) else { return Vec::new() };
    let lens = |lens: ide::Lens| CodeLens {
        range: view.here(lens.range),
        command: Some(command(&uri, lens.title, lens.action)),
        data: None,
    };
    view.snapshot.lenses(&view.file, &view.tried()).into_iter().map(lens).collect()
}

fn command(uri: &Uri, title: String, action: Option<LensAction>) -> Command {
    let about = About { uri: uri.clone(), test: None, set: None, rule: None };
    let (name, about) = match action {
        // Words that only tell have no command: clients show them as plain text.
        None => return Command { title, command: String::new(), arguments: None },
        Some(LensAction::RunTest { name }) => (RUN_TEST, About { test: Some(name), ..about }),
        Some(LensAction::ShowVerdict { set, rule }) => {
            (SHOW_VERDICT, About { set: Some(set), rule: Some(rule), ..about })
        }
    };
    Command { title, command: name.to_owned(), arguments: serde_json::to_value(about).ok().map(|about| vec![about]) }
}

/// The verdict on the first record of the sample that a rule fires on.
pub(crate) fn verdict(view: &View, about: &About) -> Option<LSPAny> {
    let tried = view.tried();
    let example = tried.example(about.set.as_deref()?, about.rule.as_deref()?)?;
    let verdict: LSPAny = serde_json::from_str(&example.verdict).ok()?;
    Some(json!({ "record": example.label.as_str(), "verdict": verdict }))
}

/// A verdict in a line: the record, and what is done with it. What it was made of is left to clients that can show it.
pub(crate) fn in_short(shown: &LSPAny) -> Option<String> {
    const MADE_OF: [&str; 7] = ["record", "type", "now", "event", "fired", "values", "trace"];
    let mut done = shown.get("verdict")?.as_object()?.clone();
    done.retain(|name, _| !MADE_OF.contains(&name.as_str()));
    let done = if done.is_empty() { "nothing is done".to_owned() } else { LSPAny::Object(done).to_string() };
    Some(format!("{}: {done}", shown.get("record")?.as_str()?))
}

/// What came of a test.
pub(crate) fn outcome(outcome: &Outcome) -> LSPAny {
    let failures = outcome.failures.iter().map(|it| json!({ "sentence": it.sentence, "notes": it.notes }));
    json!({
        "test": outcome.name.as_str(),
        "passed": outcome.passed(),
        "records": outcome.records,
        "failures": failures.collect::<Vec<_>>(),
    })
}
