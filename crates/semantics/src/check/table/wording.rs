//! A part of a table's space in the words of its cells, and a record that lies in it.

use syntax::ast;
use values::{Duration, Number, Value};

use super::overlap::Piece;
use super::region::{Cut, Set, Values};
use super::rows::Rows;

/// How many values are named before the others are left out.
const MOST_NAMED: usize = 4;

/// The row that would cover a piece: `| not "DE" | < 50 | … |`.
pub(super) fn cells(grid: &ast::Grid, rows: &Rows, piece: &Piece, all: &[Option<Set>]) -> String {
    let mut line = String::from("|");
    for place in 0..grid.columns.len() {
        let input = rows.inputs.iter().position(|input| input.place == place);
        let set = input.and_then(|input| Some((piece.get(input)?, all.get(input)?.as_ref()?)));
        let words = set.map_or_else(|| "…".to_owned(), |(set, all)| cell(set, all));
        line.push_str(&format!(" {words} |"));
    }
    line
}

/// A set in the words of a cell.
fn cell(set: &Set, all: &Set) -> String {
    if set == all {
        return "any".to_owned();
    }
    match &set.values {
        Values::Texts { named, others: true } => {
            let mut parts = first_few(named.values().map(|text| quoted(text)));
            if !set.missing && all.missing {
                parts.push("missing".to_owned());
            }
            format!("not {}", parts.join(", "))
        }
        Values::Texts { named, .. } => listed(first_few(named.values().map(|text| quoted(text))), set.missing),
        Values::Truths { yes, no } => {
            let truths = [(*yes, "true"), (*no, "false")];
            listed(truths.iter().filter(|(is, _)| *is).map(|(_, word)| (*word).to_owned()).collect(), set.missing)
        }
        Values::Line(spans) => {
            let whole = spans.iter().all(|span| matches!(span, (Cut::Start, Cut::End))) && !spans.is_empty();
            let parts = if whole { vec!["not missing".to_owned()] } else { first_few(spans.iter().map(range)) };
            listed(parts, set.missing)
        }
    }
}

fn listed(mut parts: Vec<String>, missing: bool) -> String {
    if missing {
        parts.push("missing".to_owned());
    }
    parts.join(", ")
}

fn first_few(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = words.take(MOST_NAMED + 1).collect();
    if all.len() > MOST_NAMED {
        all.truncate(MOST_NAMED);
        all.push("…".to_owned());
    }
    all
}

fn range((from, to): &(Cut, Cut)) -> String {
    match (from, to) {
        (Cut::Before(low), Cut::After(high)) if low == high => shown(low),
        (Cut::Before(low), Cut::After(high)) => format!("{}..{}", shown(low), shown(high)),
        (Cut::Before(low), Cut::Before(high)) => format!("{}..<{}", shown(low), shown(high)),
        (Cut::After(low), Cut::Before(high)) => format!("between {} and {}", shown(low), shown(high)),
        (Cut::After(low), Cut::After(high)) => format!("above {} up to {}", shown(low), shown(high)),
        (_, Cut::Before(high)) => format!("< {}", shown(high)),
        (_, Cut::After(high)) => format!("<= {}", shown(high)),
        (Cut::Before(low), _) => format!(">= {}", shown(low)),
        (Cut::After(low), _) => format!("> {}", shown(low)),
        _ => "any".to_owned(),
    }
}

/// A record in a piece: `lead.country "DE", lead.employees 500`.
pub(super) fn witness(grid: &ast::Grid, rows: &Rows, piece: &Piece) -> String {
    let mut parts = Vec::new();
    for (input, set) in rows.inputs.iter().zip(piece) {
        let heading = grid.columns.get(input.place).and_then(ast::Column::input);
        let Some(ast::ExprKind::Path(path)) = heading.map(|heading| &heading.kind) else { continue };
        parts.push(format!("`{}` {}", crate::names::path_text(path), member(set)));
    }
    parts.join(", ")
}

/// A value of a set.
fn member(set: &Set) -> String {
    let found = match &set.values {
        Values::Texts { named, others: false } => named.values().next().map(|text| quoted(text)),
        Values::Texts { named, .. } => {
            let free = ["a", "b", "c", "other"].into_iter().find(|text| !named.contains_key(*text));
            free.map(quoted)
        }
        Values::Truths { yes: true, .. } => Some("true".to_owned()),
        Values::Truths { no: true, .. } => Some("false".to_owned()),
        Values::Truths { .. } => None,
        Values::Line(spans) => spans.first().map(inside),
    };
    found.unwrap_or_else(|| "missing".to_owned())
}

/// A value between two cuts.
fn inside(span: &(Cut, Cut)) -> String {
    match span {
        (Cut::Before(low), _) => shown(low),
        (_, Cut::After(high)) => shown(high),
        (Cut::After(low), Cut::End) => format!("above {}", shown(low)),
        (Cut::Start, Cut::Before(high)) => format!("below {}", shown(high)),
        (Cut::After(low), Cut::Before(high)) => format!("between {} and {}", shown(low), shown(high)),
        _ => "any".to_owned(),
    }
}

/// Whether only numbers with a fraction lie between two cuts at whole numbers.
pub(super) fn is_fraction_only((from, to): &(Cut, Cut)) -> bool {
    match (from, to) {
        (Cut::After(Value::Number(low)), Cut::Before(Value::Number(high))) => {
            let next = low.as_i64().and_then(|low| low.checked_add(1)).map(Number::from);
            high.as_i64().is_some() && next.is_some_and(|next| *high <= next)
        }
        _ => false,
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Date(date) => date.to_string(),
        Value::DateTime(instant) => instant.to_string(),
        Value::Duration(duration @ Duration::Exact(_)) => duration.to_string(),
        _ => "…".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}
