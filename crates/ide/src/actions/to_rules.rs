//! A `decide` for each value that a table gives.

use syntax::ast::{CellKind, Expr, ExprKind, Heading, Item, Row, TablePolicy};

use super::cells::condition;
use super::{Action, ActionKind, Context};

pub(super) fn offer(context: &Context<'_>) -> Vec<Action> {
    rewritten(context).into_iter().collect()
}

fn rewritten(context: &Context<'_>) -> Option<Action> {
    let Item::Table(table) = context.view.tree() else { return None };
    let first = table.policy.is_none_or(|(policy, _)| policy == TablePolicy::First);
    let rows = &table.grid.rows;
    let dated = rows.iter().any(|row| row.effective.is_some());
    if !first
        || table.from.is_some()
        || dated
        || rows.is_empty()
        || context.has_comments(context.view)
        || context.view.is_broken()
    {
        return None;
    }
    let outputs = table.grid.columns.iter().enumerate().filter_map(|(place, column)| match &column.heading {
        Heading::Output(path) => Some((place, context.words(path.span))),
        _ => None,
    });
    let mut blocks = Vec::new();
    for (place, output) in outputs {
        let mut block = format!("decide {output} {{\n");
        for row in rows {
            let line = line(context, table, row, place)?;
            block.push_str(&format!("  {line}\n"));
            if line.starts_with("otherwise") {
                break;
            }
        }
        block.push('}');
        blocks.push(block);
    }
    let start = context.view.start() + crate::titles::code_start(context.view.text());
    let text = blocks.join("\n\n");
    Some(context.action("write it line by line", ActionKind::Rewrite, vec![(start..context.view.end(), text)]))
}

/// A row as a line: what its inputs ask, and what one output gives.
fn line(context: &Context<'_>, table: &syntax::ast::Table, row: &Row, output: usize) -> Option<String> {
    let mut conditions = Vec::new();
    for (column, cell) in table.grid.columns.iter().zip(&row.cells) {
        match (&column.heading, &cell.kind) {
            (_, CellKind::Error) | (Heading::Error, _) => return None,
            (Heading::Input(input), _) => {
                let mut heading = syntax::one_line(context.words(column.span));
                if !is_value(input) {
                    heading = format!("({heading})");
                }
                conditions.extend(condition(&heading, context.words(cell.span)));
            }
            (Heading::Output(_), _) => {}
        }
    }
    let value = context.words(row.cells.get(output)?.span);
    Some(match conditions.as_slice() {
        [] => format!("otherwise {value}"),
        all => format!("when {} then {value}", all.join(" and ")),
    })
}

/// Whether what a column is about can be compared without brackets around it.
const fn is_value(input: &Expr) -> bool {
    matches!(
        input.kind,
        ExprKind::Path(_)
            | ExprKind::Call { .. }
            | ExprKind::Lookup { .. }
            | ExprKind::Over { .. }
            | ExprKind::Group(_)
    )
}
