//! The parts of a written expression.

use syntax::ast::{
    CellKind, Decide, Each, EffectKind, Entry, Expr, ExprKind, Grid, Heading, Item, Path, Piece, Score, ScoreLine,
};

/// Every path in an expression, in written order, but for those into the items of a list.
pub fn paths<'a>(expr: &'a Expr, found: &mut Vec<&'a Path>) {
    match &expr.kind {
        ExprKind::Path(path) => found.push(path),
        ExprKind::Over { item, each, .. } => {
            return paths_over(&item.as_deref().into_iter().collect::<Vec<_>>(), each, found);
        }
        _ => {}
    }
    for part in parts(expr) {
        paths(part, found);
    }
}

fn paths_over<'a>(inside: &[&'a Expr], each: &'a Each, found: &mut Vec<&'a Path>) {
    let outside = |part: &'a Expr, found: &mut Vec<&'a Path>| {
        let mut inside = Vec::new();
        paths(part, &mut inside);
        found.extend(inside.into_iter().filter(|path| path.root.text != each.variable.text));
    };
    inside.iter().for_each(|part| outside(part, found));
    paths(&each.list, found);
    each.filter.iter().for_each(|filter| outside(filter, found));
}

/// The outermost expressions of an item that are conditions or values, in written order; cells of tables are not among
/// them, for they are written otherwise.
pub fn outermost(item: &Item) -> Vec<&Expr> {
    match item {
        Item::Let(constant) => vec![&constant.value],
        Item::Define(define) => vec![&define.value],
        Item::Decide(decide) => decide_parts(decide).collect(),
        Item::Score(score) => score_parts(score).collect(),
        Item::Never(never) => vec![&never.condition],
        Item::Rules(rules) => rules.guard.iter().collect(),
        Item::Rule(rule) => {
            let values = rule.effects.iter().filter_map(|effect| match &effect.kind {
                EffectKind::Set { value, .. } => Some(value),
                _ => None,
            });
            std::iter::once(&rule.condition).chain(values).collect()
        }
        _ => Vec::new(),
    }
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
    let each = line.each.iter().flat_map(|each| [&*each.list].into_iter().chain(each.filter.as_deref()));
    counted_parts(line).into_iter().chain(each).chain(&line.condition).chain(&line.at_most)
}

/// What a line counts: once, or once for each item.
pub fn counted_parts(line: &ScoreLine) -> Vec<&Expr> {
    let halving = line.halving.iter().flat_map(|halving| [&halving.every, &halving.since]);
    [&line.amount].into_iter().chain(halving).collect()
}

/// Every path in a score but for those into the items of a list.
pub fn score_paths<'a>(score: &'a Score, found: &mut Vec<&'a Path>) {
    let ends = score.limit.iter().flat_map(|limit| [&limit.low, &limit.high]);
    score.start.iter().map(|start| &start.amount).chain(ends).for_each(|part| paths(part, found));
    for line in &score.lines {
        match &line.each {
            Some(each) => paths_over(&counted_parts(line), each, found),
            None => counted_parts(line).into_iter().for_each(|part| paths(part, found)),
        }
        line.condition.iter().chain(&line.at_most).for_each(|part| paths(part, found));
    }
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
