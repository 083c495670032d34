//! Every code has a page (without one it does not compile), every page a code, and the page reads as one.

use std::fs;

use diagnostics::Code;

use super::{none, root};

#[test]
fn every_page_has_a_code() {
    let pages = fs::read_dir(root().join("tests/diagnostics")).unwrap();
    let names = pages.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let strange = names.filter(|name| name.strip_suffix(".md").and_then(Code::named).is_none());
    none("files in tests/diagnostics that explain no code", strange);
}

#[test]
fn every_page_reads_as_one() {
    none("pages", Code::all().iter().copied().filter_map(|code| Some(format!("{code}: {}", lack(code)?))));
}

/// What a page lacks.
fn lack(code: Code) -> Option<&'static str> {
    let page = code.page();
    let prose = page.lines().filter(|line| !line.starts_with(['#', '`'])).map(str::len).sum::<usize>();
    let shows = page.contains("```diagnostics") || page.contains("```console");
    match () {
        () if !page.starts_with("# ") => Some("does not begin with a title"),
        () if code.title().is_empty() || code.title().ends_with('.') => Some("has no title without full stop"),
        () if prose < 200 => Some("says too little"),
        () if !shows => Some("does not show the message"),
        () if !page.contains("## ") => Some("shows no cure under a heading of its own"),
        () => None,
    }
}
