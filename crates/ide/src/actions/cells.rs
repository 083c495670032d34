//! A condition as a cell of a table below what it asks about, and a cell as a condition.

use syntax::ast::{Comparison, Expr, ExprKind, Presence};
use syntax::{Token, TokenKind, scan};

/// What a condition asks about and how a cell says it; none where one cell cannot. `words` are the words at a place.
pub(super) fn cell<'t>(condition: &Expr, words: &dyn Fn(&Expr) -> &'t str) -> Option<(String, String)> {
    let subject = |value: &Expr| syntax::one_line(words(value));
    Some(match &condition.kind {
        ExprKind::Group(inner) => return cell(inner, words),
        ExprKind::Path(_) => (subject(condition), "true".to_owned()),
        ExprKind::Not(inner) => {
            let (subject, cell) = cell(inner, words).filter(|(_, cell)| !cell.starts_with("not "))?;
            (subject, format!("not {cell}"))
        }
        ExprKind::Compare { operator: Comparison::Equal, negated, left, right } => {
            let value = syntax::one_line(words(right));
            (subject(left), if *negated { format!("not {value}") } else { value })
        }
        ExprKind::Compare { operator, left, right, .. } => {
            let sign = match operator {
                Comparison::Less => "<",
                Comparison::LessOrEqual => "<=",
                Comparison::Greater => ">",
                _ => ">=",
            };
            (subject(left), format!("{sign} {}", syntax::one_line(words(right))))
        }
        ExprKind::Presence { test: Presence::Missing, negated, value } => {
            (subject(value), if *negated { "not missing" } else { "missing" }.to_owned())
        }
        ExprKind::Presence { test: Presence::Present, negated, value } => {
            (subject(value), if *negated { "missing" } else { "not missing" }.to_owned())
        }
        ExprKind::Presence { value, .. }
        | ExprKind::In { value, .. }
        | ExprKind::TextTest { value, .. }
        | ExprKind::TimeTest { value, .. }
        | ExprKind::During { value, .. } => {
            let behind = words(condition).strip_prefix(words(value))?;
            (subject(value), short(&syntax::one_line(behind)))
        }
        _ => return None,
    })
}

/// What stands behind the subject, as a cell: a list by itself, anything else of `it`.
fn short(behind: &str) -> String {
    let (negated, test) = match behind.strip_prefix("not in ") {
        Some(list) => (true, Some(list)),
        None => (false, behind.strip_prefix("in ")),
    };
    match test {
        Some(list) => {
            let bare = list.strip_prefix('(').and_then(|list| list.strip_suffix(')')).unwrap_or(list);
            // Only literals can stand without `in`; brackets stay around whatever needs them.
            let cell = if is_literals(bare) { bare.trim_end_matches(',').to_owned() } else { format!("in {list}") };
            if negated { format!("not {cell}") } else { cell }
        }
        None => format!("it {behind}"),
    }
}

/// Whether there are literals and nothing else.
fn is_literals(list: &str) -> bool {
    scan(list).iter().all(|it| !it.is_name() && !matches!(it.of(list), "(" | "["))
}

/// The condition that a cell stands for below a heading; none for `any`.
pub(super) fn condition(heading: &str, cell: &str) -> Option<String> {
    let cell = cell.trim();
    if cell == "any" {
        return None;
    }
    let tokens = scan(cell);
    if tokens.iter().any(|token| token.kind == TokenKind::Word && token.of(cell) == "it") {
        return Some(of_it(heading, cell, &tokens));
    }
    let (negated, said) = cell.strip_prefix("not ").map_or((false, cell), |said| (true, said.trim()));
    if let Some(list) = said.strip_prefix("in ") {
        return Some(format!("{heading} {}in {list}", if negated { "not " } else { "" }));
    }
    let entries = entries(said);
    let plain =
        entries.iter().all(|it| !it.starts_with(['<', '>', '=', '!']) && !it.starts_with("in ") && *it != "missing");
    let said = if is_literals(said) { said.to_owned() } else { format!("({said})") };
    Some(match entries.as_slice() {
        [one] if *one == "missing" => format!("{heading} is {}", if negated { "present" } else { "missing" }),
        [one] if plain && !one.contains("..") => format!("{heading} is {}{one}", if negated { "not " } else { "" }),
        [one] if !plain => {
            if negated {
                format!("not ({heading} {one})")
            } else {
                format!("{heading} {one}")
            }
        }
        _ if plain => format!("{heading} {}in {said}", if negated { "not " } else { "" }),
        all => {
            let parts: Vec<String> = all.iter().filter_map(|entry| condition(heading, entry)).collect();
            format!("{}({})", if negated { "not " } else { "" }, parts.join(" or "))
        }
    })
}

fn of_it(heading: &str, cell: &str, tokens: &[Token]) -> String {
    let (mut text, mut end) = (String::new(), 0);
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Word && token.of(cell) == "it") {
        text.push_str(cell.get(end..token.start).unwrap_or_default());
        text.push_str(heading);
        end = token.end;
    }
    text.push_str(cell.get(end..).unwrap_or_default());
    let joined = [" or ", " and "].iter().any(|word| text.contains(word));
    if joined { format!("({text})") } else { text }
}

/// What stands between the commas that are in no brackets.
fn entries(said: &str) -> Vec<&str> {
    let (mut depth, mut start) = (0usize, 0);
    let mut entries = Vec::new();
    for token in scan(said) {
        match token.of(said) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                entries.extend(said.get(start..token.start).map(str::trim));
                start = token.end;
            }
            _ => {}
        }
    }
    entries.extend(said.get(start..).map(str::trim));
    entries
}
