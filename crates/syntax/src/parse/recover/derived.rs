//! `decide` and `score`, line by line: one that cannot be read leaves the others.

use std::ops::Range;

use super::super::build::Build;
use super::super::grammar::{Failure, Rule};
use super::declarations::{lost, name_at};
use super::{bytes, condition, report, report_item, span};
use crate::ast::{Decide, DecideLine, Expr, Item, Path, Score, ScoreLine};

/// A `decide`, line by line.
pub(super) fn decide(build: &mut Build<'_>, error: &Failure) -> Item {
    let (Some(root), Some(field)) = (name_at(build, 1), name_at(build, 3)) else { return lost(build, error) };
    let path = Path { span: root.span.to(field.span), root, fields: vec![field] };
    let mut decide = Decide { path, lines: Vec::new(), otherwise: None };
    let end = build.source.tokens().len();
    if build.source.word(4) != "{" || build.source.word(end - 1) != "}" {
        report_item(build, error);
        decide.otherwise = Some(Expr::error(span(build, 0..end)));
        return Item::Decide(decide);
    }
    for places in decide_parts(build, 5..end - 1) {
        let first = places.start;
        match build.source.word(first) {
            "otherwise" => decide.otherwise = Some(condition::condition(build, first + 1..places.end)),
            "when" => decide.lines.push(decide_line(build, places)),
            _ => super::expected(build, first, "`when`", None),
        }
    }
    Item::Decide(decide)
}

/// Cuts at each `when` and `otherwise` outside brackets.
fn decide_parts(build: &Build<'_>, places: Range<usize>) -> Vec<Range<usize>> {
    let begins = |place: &usize| {
        let word = build.source.word(*place);
        word == "otherwise" || (word == "when" && build.source.word(place - 1) != "missing")
    };
    let mut starts: Vec<usize> = places.clone().filter(begins).collect();
    if starts.first().is_none_or(|first| *first > places.start) && !places.is_empty() {
        starts.insert(0, places.start);
    }
    let ends = starts.iter().skip(1).copied().chain([places.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

fn decide_line(build: &mut Build<'_>, places: Range<usize>) -> DecideLine {
    let line = span(build, places.clone());
    let then = places.clone().find(|place| build.source.word(*place) == "then");
    let Some(then) = then else {
        super::expected(build, places.end, "`then`", None);
        return DecideLine { condition: Expr::error(line), value: Expr::error(line), span: line };
    };
    let condition = condition::condition(build, places.start + 1..then);
    let value = condition::condition(build, then + 1..places.end);
    DecideLine { condition, value, span: line }
}

/// A `score`, line by line.
pub(super) fn score(build: &mut Build<'_>, error: &Failure) -> Item {
    let (Some(root), Some(field)) = (name_at(build, 1), name_at(build, 3)) else { return lost(build, error) };
    let path = Path { span: root.span.to(field.span), root, fields: vec![field] };
    let mut score = Score { path, start: None, lines: Vec::new(), limit: None };
    let end = build.source.tokens().len();
    if build.source.word(4) != "{" || build.source.word(end - 1) != "}" {
        report_item(build, error);
        score.lines.push(unknown_line(build, 0..end));
        return Item::Score(score);
    }
    for places in score_parts(build, 5..end - 1) {
        let range = bytes(build, places.clone());
        let read = build.part(Rule::score_part, range, |build, part| build.score_part(part, &mut score));
        if let Err((base, error)) = read {
            report(build, places.clone(), base, &error);
            let line = unknown_line(build, places);
            score.lines.push(line);
        }
    }
    Item::Score(score)
}

/// A line of which nothing is known, so that the score is not taken for a smaller one.
fn unknown_line(build: &Build<'_>, places: Range<usize>) -> ScoreLine {
    let span = span(build, places);
    ScoreLine {
        subtract: false,
        amount: Expr::error(span),
        each: None,
        condition: None,
        halving: None,
        at_most: None,
        span,
    }
}

/// Cuts at each word that begins a line and is no name of a field.
fn score_parts(build: &Build<'_>, places: Range<usize>) -> Vec<Range<usize>> {
    let source = build.source;
    let mut depth = 0_usize;
    let begins = |place: &usize| {
        let word = source.word(*place);
        match word {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let named = source.word(place - 1) == "." || source.word(place + 1) == ".";
        depth == 0 && !named && matches!(word, "start" | "add" | "subtract" | "limit")
    };
    let mut starts: Vec<usize> = places.clone().filter(begins).collect();
    if starts.first().is_none_or(|first| *first > places.start) && !places.is_empty() {
        starts.insert(0, places.start);
    }
    let ends = starts.iter().skip(1).copied().chain([places.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}
