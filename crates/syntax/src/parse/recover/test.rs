//! Tests, cut at `now`, `given` and `expect`: a broken line costs that line.

use std::ops::Range;

use super::super::build::Build;
use super::super::grammar::{Failure, Rule};
use super::declarations::quoted_at;
use super::{bytes, expected, report, report_item, span};
use crate::ast::{Item, Test, TestLine, TestLineKind};
use crate::keywords;
use crate::tokens::TokenKind;

/// A test, line by line.
pub(super) fn test(build: &mut Build<'_>, error: &Failure) -> Item {
    let end = build.source.tokens().len();
    let Some(name) = quoted_at(build, 1) else {
        report_item(build, error);
        return Item::Error;
    };
    let over = (build.source.word(2) == "over").then(|| quoted_at(build, 3)).flatten();
    let brace = if over.is_some() { 4 } else { 2 };
    let mut test = Test { name, over, lines: Vec::new() };
    if build.source.word(brace) != "{" || build.source.word(end - 1) != "}" {
        report_item(build, error);
        test.lines.push(TestLine { kind: TestLineKind::Error, span: span(build, 0..end) });
        return Item::Test(test);
    }
    for places in line_parts(build, brace + 1..end - 1) {
        let line = line(build, places);
        test.lines.push(line);
    }
    Item::Test(test)
}

/// Cuts at each word that begins a line, outside brackets or at the start of a line of the file.
fn line_parts(build: &Build<'_>, places: Range<usize>) -> Vec<Range<usize>> {
    let source = build.source;
    let mut starts = vec![places.start];
    let mut depth = 0_usize;
    for place in places.clone() {
        match source.word(place) {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            word if place > places.start && begins_line(build, place, word, depth) => {
                depth = 0;
                starts.push(place);
            }
            _ => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([places.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).filter(|part| !part.is_empty()).collect()
}

fn begins_line(build: &Build<'_>, place: usize, word: &str, depth: usize) -> bool {
    let source = build.source;
    let before = source.tokens().get(place - 1).map_or(0, |token| token.end);
    let first = source.tokens().get(place).is_some_and(|token| source.slice(before..token.start).contains('\n'));
    let is_name = source.word(place + 1) == ":" || matches!(source.word(place - 1), "." | ",");
    match word {
        "expect" | "given" => !is_name && (first || depth == 0),
        "now" | "event" => first && depth == 0,
        _ => first && depth == 0 && is_slip(build, place, word),
    }
}

/// A word that is nearly one that begins a line.
fn is_slip(build: &Build<'_>, place: usize, word: &str) -> bool {
    let is_word = build.source.tokens().get(place).is_some_and(|token| token.kind == TokenKind::Word);
    is_word && keywords::class(word).is_none() && keywords::nearest(word, ["expect", "given"]).is_some()
}

fn line(build: &mut Build<'_>, places: Range<usize>) -> TestLine {
    let range = bytes(build, places.clone());
    let word = build.source.word(places.start);
    if !matches!(word, "now" | "event" | "given" | "expect") {
        let meant = keywords::nearest(word, ["expect", "given", "now"]);
        expected(build, places.start, "`now`, `given` or `expect`", meant);
        return TestLine { kind: TestLineKind::Error, span: span(build, places) };
    }
    match build.part(Rule::test_line_part, range.clone(), Build::test_line) {
        Ok(line) => line,
        Err((base, error)) => {
            report(build, places.clone(), base, &error);
            TestLine { kind: TestLineKind::Error, span: span(build, places) }
        }
    }
}
