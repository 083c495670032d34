//! A table for the lines of a `decide`, or for the rules of a set that all give one field a value.

use semantics::{ItemView, Kind, Thing};
use syntax::ChunkKind;
use syntax::ast::{EffectKind, Expr, ExprKind, Item, Policy, Rule};

use super::cells::cell;
use super::{Action, ActionKind, Context};
use crate::edits::backquoted;

/// A line: what it asks, by what it asks about, and what it gives.
struct Line {
    cells: Vec<(String, String)>,
    value: String,
    /// What it is called.
    name: Option<String>,
}

pub(super) fn offer(context: &Context<'_>) -> Vec<Action> {
    from_decide(context).or_else(|| from_set(context)).into_iter().collect()
}

fn from_decide(context: &Context<'_>) -> Option<Action> {
    let Item::Decide(decide) = context.view.tree() else { return None };
    if context.has_comments(context.view) || context.view.is_broken() {
        return None;
    }
    let words = |expr: &Expr| context.words(expr.span);
    let mut lines = Vec::new();
    for line in &decide.lines {
        lines.push(Line {
            cells: cells(&line.condition, &words)?,
            value: syntax::one_line(words(&line.value)),
            name: None,
        });
    }
    lines.extend(decide.otherwise.as_ref().map(|value| Line {
        cells: Vec::new(),
        value: syntax::one_line(words(value)),
        name: None,
    }));
    let record = backquoted(&decide.path.root.text);
    let field = &decide.path.fields.first()?.text;
    let project = context.snapshot.project();
    let name = context.free_name(field, |name| project.names_of(Kind::Table).iter().any(|known| known == name));
    let table = written(&name, &record, &format!("{record}.{}", backquoted(field)), &lines)?;
    let start = context.view.start() + crate::titles::code_start(context.view.text());
    Some(context.action("write it as a table", ActionKind::Rewrite, vec![(start..context.view.end(), table)]))
}

/// The rules of a `first match` set that each set one and the same field, or each assign, and do nothing else.
fn from_set(context: &Context<'_>) -> Option<Action> {
    let header =
        context.view.set().or_else(|| (context.view.kind() == ChunkKind::RulesHeader).then_some(context.view))?;
    let Item::Rules(rules) = header.tree() else { return None };
    let plain = rules.effective.is_none() && rules.trigger.is_none() && rules.guard.is_none();
    if !plain || !rules.policy.is_some_and(|(policy, _)| policy == Policy::First) {
        return None;
    }
    let record = rules.record.as_ref()?;
    let items = context.snapshot.project().items(&context.path).into_iter();
    let members: Vec<ItemView<'_>> =
        items.filter(|item| item.set().is_some_and(|set| set.start() == header.start())).collect();
    let (mut lines, mut fields) = (Vec::new(), Vec::new());
    let (members, last) = match members.split_last() {
        Some((last, members)) if last.kind() == ChunkKind::Close => (members, last),
        _ => return None,
    };
    let first = members.first()?.start();
    for member in members {
        let Item::Rule(rule) = member.tree() else { return None };
        if context.has_comments(*member) || crate::titles::doc_of(member.text()).is_some() || member.is_broken() {
            return None;
        }
        let (line, field) = line_of(*member, rule)?;
        // A test that asks for the rule would ask in vain.
        let named = line.name.as_ref().map(|name| Thing::new(Kind::Rule, name));
        if named.is_some_and(|rule| context.snapshot.project().uses_of(&rule) > 0) {
            return None;
        }
        lines.push(line);
        fields.push(field);
    }
    fields.dedup();
    let [field] = fields.as_slice() else { return None };
    let known = context.snapshot.project().all_below(&record.text);
    let name = field.rsplit('.').next().unwrap_or_default().trim_matches('`');
    let name = context.free_name(&format!("new_{name}"), |name| known.iter().any(|(known, _)| known == name));
    let record = backquoted(&record.text);
    let table = written(&name, &record, &format!("{record}.{name}"), &lines)?;
    let set = format!("when {record}.{name} is present then set {field} = {record}.{name}\n");
    let at = header.start();
    let edits = vec![(at..at, format!("{table}\n\n")), (first..last.start(), set)];
    Some(context.action("write the rules as a table", ActionKind::Rewrite, edits))
}

/// What a rule asks and sets, and the field.
fn line_of(view: ItemView<'_>, rule: &Rule) -> Option<(Line, String)> {
    let text = view.text();
    let words = |expr: &Expr| text.get(expr.span.start as usize..expr.span.end as usize).unwrap_or_default();
    let [effect] = rule.effects.as_slice() else { return None };
    let EffectKind::Set { field, value } = &effect.kind else { return None };
    if rule.disabled.is_some() || rule.effective.is_some() {
        return None;
    }
    let field = text.get(field.span.start as usize..field.span.end as usize)?;
    let name = rule.name.as_ref().map(|name| name.text.clone());
    let line = Line { cells: cells(&rule.condition, &words)?, value: syntax::one_line(words(value)), name };
    Some((line, field.to_owned()))
}

/// The conditions that all must hold, as cells; none where one of them is no cell, or two are about the same.
fn cells<'t>(condition: &Expr, words: &dyn Fn(&Expr) -> &'t str) -> Option<Vec<(String, String)>> {
    let cells: Vec<(String, String)> = match &condition.kind {
        ExprKind::And(parts) => parts.iter().map(|part| cell(part, words)).collect::<Option<_>>()?,
        _ => vec![cell(condition, words)?],
    };
    let about = |at: usize| cells.get(at).map(|(subject, _)| subject);
    let twice = (1..cells.len()).any(|at| (0..at).any(|before| about(before) == about(at)));
    (!twice).then_some(cells)
}

/// The table, laid out.
fn written(name: &str, record: &str, output: &str, lines: &[Line]) -> Option<String> {
    let mut subjects: Vec<&str> = Vec::new();
    for (subject, _) in lines.iter().flat_map(|line| &line.cells) {
        if !subjects.contains(&subject.as_str()) {
            subjects.push(subject);
        }
    }
    if subjects.is_empty() || subjects.len() > MOST_COLUMNS {
        return None;
    }
    let mut table = format!(
        "table {} for {record}, first match {{\n  | {} | => {output} |\n",
        backquoted(name),
        subjects.join(" | ")
    );
    for line in lines {
        let cell = |subject: &&str| {
            line.cells.iter().find(|(about, _)| about == subject).map_or("any", |(_, cell)| cell.as_str())
        };
        let cells: Vec<&str> = subjects.iter().map(cell).collect();
        let name = line.name.as_ref().map(|name| format!("  # {name}")).unwrap_or_default();
        table.push_str(&format!("  | {} | {} |{name}\n", cells.join(" | "), line.value));
    }
    table.push('}');
    Some(syntax::format(&table).text.trim_end().to_owned())
}

/// More columns are no table that anybody reads.
const MOST_COLUMNS: usize = 12;
