//! Whatever stands in a file, half-written rules too, and wherever the cursor is: an editor's questions have answers.

use diagnostics::{Code, Severity};
use ide::{Action, HintSettings, Snapshot, Workspace};

use super::texts;

/// The cursor stands at so many places of each text.
const PLACES: usize = 6;

const FILE: &str = "example.rules";

#[test]
fn every_question_has_an_answer_at_every_place() {
    let mut workspace = Workspace::new();
    for (number, text) in texts().into_iter().enumerate() {
        workspace.set_file(FILE, &text.rules);
        let snapshot = workspace.snapshot();
        ask_whole(&snapshot, &text.name);
        for at in places(&text.rules, number) {
            ask(&snapshot, at);
        }
    }
}

#[test]
fn every_question_has_an_answer_while_a_text_is_written() {
    let mut workspace = Workspace::new();
    for (number, text) in texts().into_iter().enumerate() {
        for at in places(&text.rules, number).take(PLACES / 2) {
            workspace.set_file(FILE, &text.rules[..at]);
            let snapshot = workspace.snapshot();
            ask_whole(&snapshot, &text.name);
            ask(&snapshot, at);
        }
    }
}

#[test]
fn another_name_changes_nothing_else() {
    let (mut renamed, mut workspace) = (0, Workspace::new());
    for (number, text) in texts().into_iter().enumerate() {
        workspace.set_file(FILE, &text.rules);
        let before = codes(&workspace.snapshot());
        // Where something is wrong the wrong name may be the one that is changed.
        if workspace.snapshot().diagnostics().iter().any(|it| it.severity > Severity::Hint) {
            continue;
        }
        for at in places(&text.rules, number) {
            let Ok(edits) = workspace.snapshot().rename(FILE, at, "another_name") else { continue };
            let mut after = text.rules.clone();
            for edit in edits.iter().flat_map(|file| &file.edits).rev() {
                after.replace_range(edit.range.clone(), &edit.replacement);
            }
            workspace.set_file(FILE, &after);
            assert_eq!(codes(&workspace.snapshot()), before, "{} at {at}:\n{after}", text.name);
            workspace.set_file(FILE, &text.rules);
            renamed += 1;
        }
    }
    assert!(renamed > 200, "{renamed}");
}

#[test]
fn what_is_said_in_another_way_is_right_too() {
    let (mut tried, mut wrong, mut workspace) = (0, Vec::new(), Workspace::new());
    for (number, text) in texts().into_iter().enumerate() {
        workspace.set_file(FILE, &text.rules);
        let before = errors(&workspace.snapshot());
        for at in places(&text.rules, number).take(PLACES / 2) {
            // No snapshot may live while the file changes.
            let actions = workspace.snapshot().actions(FILE, at..at);
            // Once one target is declared, the others must be too.
            let is_target =
                |action: &Action| action.cures.as_ref().is_some_and(|(code, _)| *code == Code::UnknownTarget);
            for action in actions.into_iter().filter(|action| !is_target(action)) {
                let mut after = text.rules.clone();
                for edit in action.files.iter().flat_map(|file| &file.edits).rev() {
                    after.replace_range(edit.range.clone(), &edit.replacement);
                }
                workspace.set_file(FILE, &after);
                let now = errors(&workspace.snapshot());
                let worse = before.is_empty() && !now.is_empty();
                if worse {
                    wrong.push(format!("{}, {} at {at}: {now:?}\n{after}", action.title, text.name));
                }
                workspace.set_file(FILE, &text.rules);
                tried += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(tried > 100, "{tried}");
}

/// The errors of the file, in words.
fn errors(snapshot: &Snapshot) -> Vec<String> {
    let errors = snapshot.diagnostics().into_iter().filter(|it| it.severity == Severity::Error);
    errors.map(|it| it.message).collect()
}

/// What is wrong with the file, without what is guessed of names.
fn codes(snapshot: &Snapshot) -> Vec<&'static str> {
    snapshot.diagnostics().into_iter().map(|it| it.code.name()).collect()
}

/// Some places of a text, other ones for each.
fn places(text: &str, number: usize) -> impl Iterator<Item = usize> {
    let step = (text.len() / PLACES).max(1);
    (0..=text.len()).skip(number % step).step_by(step).filter(|at| text.is_char_boundary(*at))
}

/// Asks everything at a place.
fn ask(snapshot: &Snapshot, at: usize) {
    let completion = snapshot.completion(FILE, at);
    assert!(completion.range.start <= completion.range.end && completion.range.end <= at, "{completion:?} at {at}");
    if let Some(first) = completion.items.first() {
        snapshot.explain(&first.key);
    }
    snapshot.hover(FILE, at);
    snapshot.signature_help(FILE, at);
    snapshot.definition(FILE, at);
    snapshot.type_definition(FILE, at);
    snapshot.references(FILE, at, true);
    snapshot.highlights(FILE, at);
    snapshot.selection_ranges(FILE, at);
    snapshot.call_item(FILE, at);
    snapshot.incoming_calls(FILE, at);
    snapshot.outgoing_calls(FILE, at);
    snapshot.linked_ranges(FILE, at);
    snapshot.actions(FILE, at..at);
    snapshot.format_on_type(FILE, at);
    let _ = (snapshot.prepare_rename(FILE, at), snapshot.rename(FILE, at, "another_name"));
}

/// Asks everything about a file.
fn ask_whole(snapshot: &Snapshot, name: &str) {
    let tokens = snapshot.tokens(FILE);
    let apart = tokens.iter().zip(tokens.iter().skip(1)).all(|(one, next)| one.range.end <= next.range.start);
    assert!(apart, "words of {name} overlap: {tokens:?}");
    snapshot.symbols(FILE);
    snapshot.folds(FILE);
    snapshot.links(FILE);
    snapshot.workspace_symbols("a");
    let now = "2026-11-20T09:00:00Z".parse().ok();
    snapshot.hints(FILE, 0..usize::MAX, HintSettings::default(), now);
}
