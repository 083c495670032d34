//! The parts of a written expression.

use syntax::ast::{CellKind, Decide, Each, Entry, Expr, ExprKind, Grid, Heading, Path, Piece, Score, ScoreLine};

/// Every path in an expression, in written order, but for those into the items of a list.
pub fn paths<'a>(expr: &'a Expr, found: &mut Vec<&'a Path>) {
    match &expr.kind {
        ExprKind::Path(path) => found.push(path),
        ExprKind::Over { item, each, .. } => return paths_over(item.as_deref(), each, found),
        _ => {}
    }
    for part in parts(expr) {
        paths(part, found);
    }
}

fn paths_over<'a>(item: Option<&'a Expr>, each: &'a Each, found: &mut Vec<&'a Path>) {
    let outside = |part: &'a Expr, found: &mut Vec<&'a Path>| {
        let mut inside = Vec::new();
        paths(part, &mut inside);
        found.extend(inside.into_iter().filter(|path| path.root.text != each.variable.text));
    };
    item.into_iter().for_each(|item| outside(item, found));
    paths(&each.list, found);
    each.filter.iter().for_each(|filter| outside(filter, found));
}

/// The expressions directly inside an expression, in written order.
pub fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Group(inner)
        | ExprKind::Negate(inner)
        | ExprKind::Not(inner)
        | ExprKind::Lookup { key: inner, .. }
        | ExprKind::During { value: inner, .. }
        | ExprKind::Presence { value: inner, .. } => vec![inner],
        ExprKind::Arithmetic { left, right, .. }
        | ExprKind::Compare { left, right, .. }
        | ExprKind::Default { value: left, fallback: right }
        | ExprKind::TimeTest { value: left, operand: right, .. } => vec![left, right],
        ExprKind::If { condition, then, otherwise } => vec![condition, then, otherwise],
        ExprKind::Over { item, each, .. } => {
            item.as_deref().into_iter().chain([&*each.list]).chain(each.filter.as_deref()).collect()
        }
        ExprKind::Call { arguments: members, .. }
        | ExprKind::And(members)
        | ExprKind::Or(members)
        | ExprKind::Of { members, .. } => members.iter().collect(),
        ExprKind::In { value, entries, .. } | ExprKind::TextTest { value, operands: entries, .. } => {
            std::iter::once(&**value).chain(entries.iter().flat_map(entry_parts)).collect()
        }
        ExprKind::Event { value, from, to, .. } => {
            std::iter::once(&**value).chain(from.iter().chain(to).flat_map(entry_parts)).collect()
        }
        ExprKind::Text(pieces) => pieces.iter().filter_map(piece_part).collect(),
        _ => Vec::new(),
    }
}

/// The conditions and values of a `decide`, in written order.
pub fn decide_parts(decide: &Decide) -> impl Iterator<Item = &Expr> {
    decide.lines.iter().flat_map(|line| [&line.condition, &line.value]).chain(&decide.otherwise)
}

/// The numbers and conditions of a `score`, in written order.
pub fn score_parts(score: &Score) -> impl Iterator<Item = &Expr> {
    let start = score.start.iter().map(|start| &start.amount);
    let limit = score.limit.iter().flat_map(|limit| [&limit.low, &limit.high]);
    start.chain(score.lines.iter().flat_map(line_parts)).chain(limit)
}

fn line_parts(line: &ScoreLine) -> impl Iterator<Item = &Expr> {
    let halving = line.halving.iter().flat_map(|halving| [&halving.every, &halving.since]);
    [&line.amount].into_iter().chain(&line.condition).chain(halving).chain(&line.at_most)
}

/// The headings and cells of a table, as the conditions and values that they stand for, in written order.
pub fn table_parts(grid: &Grid) -> impl Iterator<Item = &Expr> {
    let headings = grid.columns.iter().filter_map(|column| match &column.heading {
        Heading::Input(column) => Some(column),
        _ => None,
    });
    let cells = grid.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| match &cell.kind {
        CellKind::Condition(part) | CellKind::Value(part) => Some(part),
        CellKind::Any | CellKind::Error => None,
    });
    headings.chain(cells)
}

/// The ends of a range, or the one value.
pub fn entry_parts(entry: &Entry) -> Vec<&Expr> {
    match entry {
        Entry::One(one) => vec![one],
        Entry::Range { low, high, .. } => vec![low, high],
    }
}

fn piece_part(piece: &Piece) -> Option<&Expr> {
    match piece {
        Piece::Text(_) => None,
        Piece::Expr(expr) => Some(expr),
    }
}
