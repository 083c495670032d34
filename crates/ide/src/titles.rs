//! What items are called where an editor lists them, and what is written above them.

use semantics::{ItemView, Kind, Thing};
use syntax::ast::Span;
use syntax::{ChunkKind, TokenKind, scan};

/// What an item is called: `rule "Hot leads"`, `define lead.tier`, `when lead.score > 70`.
pub(crate) fn title(view: ItemView<'_>) -> String {
    let named = |word: &str| format!("{word} {}", view.key());
    let quoted = |word: &str| format!("{word} \"{}\"", view.key());
    match view.kind() {
        ChunkKind::Record => named("record"),
        ChunkKind::Let => named("let"),
        ChunkKind::List => named("list"),
        ChunkKind::Define => named("define"),
        ChunkKind::Decide => named("decide"),
        ChunkKind::Score => named("score"),
        ChunkKind::Calendar => named("calendar"),
        ChunkKind::Table => named("table"),
        ChunkKind::Reference => named("reference"),
        ChunkKind::Target(syntax::ast::TargetKind::Team) => named("team"),
        ChunkKind::Target(syntax::ast::TargetKind::Queue) => named("queue"),
        ChunkKind::Target(syntax::ast::TargetKind::User) => named("user"),
        ChunkKind::RulesHeader => quoted("rules"),
        ChunkKind::Test => quoted("test"),
        ChunkKind::Rule if !view.key().is_empty() => quoted("rule"),
        ChunkKind::Rule | ChunkKind::Otherwise | ChunkKind::Never => first_words(code_of(view.text())),
        ChunkKind::Close | ChunkKind::NotYet(_) | ChunkKind::Unknown => first_words(code_of(view.text())),
    }
}

/// More letters of an item without a name are not shown.
const MOST_LETTERS: usize = 60;

fn first_words(code: &str) -> String {
    let line = syntax::one_line(code);
    match line.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// The text of an item without the comment lines above it.
pub(crate) fn code_of(text: &str) -> &str {
    text.get(code_start(text)..).unwrap_or_default()
}

/// Where the words of an item begin, behind the comment lines above them.
pub(crate) fn code_start(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start();
        if !words.is_empty() && !words.starts_with('#') {
            return at + line.len() - words.len();
        }
        at += line.len();
    }
    0
}

/// The words of the comment lines above an item; none if there are none.
pub(crate) fn doc_of(text: &str) -> Option<String> {
    let comments = text.get(..code_start(text))?;
    let lines: Vec<&str> = comments.lines().map(said).collect();
    let doc = lines.join("\n").trim().to_owned();
    (!doc.is_empty()).then_some(doc)
}

fn said(line: &str) -> &str {
    let line = line.trim().trim_start_matches('#');
    line.strip_prefix(' ').unwrap_or(line)
}

/// What is said of a field: in the comment lines directly above its name, and behind it on its line.
pub(crate) fn doc_of_field(text: &str, name: Span) -> Option<String> {
    let start = text.get(..name.start as usize)?.rfind('\n').map_or(0, |end| end + 1);
    let mut said_of: Vec<&str> = Vec::new();
    for line in text.get(..start)?.lines().rev() {
        match line.trim() {
            comment if comment.starts_with('#') => said_of.insert(0, said(comment)),
            _ => break,
        }
    }
    let rest = text.get(start..)?.lines().next()?;
    let comment = scan(rest).into_iter().find(|token| token.kind == TokenKind::Comment);
    said_of.extend(comment.map(|comment| said(comment.of(rest))));
    let doc = said_of.join("\n");
    (!doc.is_empty()).then_some(doc)
}

/// What kind of thing a name is, with an article.
pub(crate) const fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Record => "a record type",
        Kind::Field => "a stored field",
        Kind::Derived => "a derived value",
        Kind::Reference => "reference data",
        Kind::Constant => "a constant",
        Kind::List => "a list",
        Kind::Target => "a team, queue or user",
        Kind::Calendar => "a calendar",
        Kind::Set => "a rule set",
        Kind::Rule => "a rule",
        Kind::Test => "a test",
        Kind::Table => "a table",
        Kind::Variable => "an item of a list",
        Kind::Function => "a function",
        Kind::Integration => "an integration",
        Kind::Template => "a template",
        Kind::Workflow => "a workflow",
    }
}

/// A thing as rules write it: `lead.score`, `emea`.
pub(crate) fn written(thing: &Thing) -> String {
    match thing.kind {
        Kind::Field | Kind::Derived => format!("{}.{}", thing.of, thing.name),
        _ => thing.name.to_string(),
    }
}
