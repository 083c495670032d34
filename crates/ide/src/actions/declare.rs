//! Declarations of what rules name and nothing declares: a field, a target, a record type.

use std::ops::Range;

use diagnostics::problems::NameProblem;
use diagnostics::{Finding, Problem};
use semantics::{EACH, ItemView, Kind, Thing};
use syntax::ChunkKind;
use syntax::ast::{Field, Span, TypeKind};
use values::Type;

use super::{Action, ActionKind, Context};
use crate::edits::backquoted;
use crate::hover::fields_of;

pub(super) fn offer(context: &Context<'_>) -> Vec<Action> {
    let mut actions: Vec<Action> = context.findings.iter().flat_map(|finding| missing(context, finding)).collect();
    actions.extend(record(context));
    actions
}

fn missing(context: &Context<'_>, finding: &Finding) -> Vec<Action> {
    match &finding.problem {
        Problem::Name(NameProblem::UnknownField { record, field, .. }) => {
            declared_field(context, finding, record, field).into_iter().collect()
        }
        Problem::Name(NameProblem::UnknownTarget { name, .. }) => targets(context, finding, name),
        _ => Vec::new(),
    }
}

/// A field more in the block of its record type; behind its last field, written as that is.
fn declared_field(context: &Context<'_>, finding: &Finding, record: &str, field: &str) -> Option<Action> {
    let mut names = record.split('.');
    let thing = Thing::new(Kind::Record, names.next()?);
    let view = context.snapshot.project().declaring(&thing).into_iter().next()?;
    let mut fields = fields_of(view.tree());
    for name in names {
        let TypeKind::Nested(inner) = &fields.iter().find(|field| field.name.text == name)?.ty.kind else {
            return None;
        };
        fields = inner;
    }
    let at = u32::try_from(finding.place.start.checked_sub(context.view.start())?).ok()?;
    let ty = context.view.type_at(Span::new(at, at)).filter(|ty| !matches!(ty, Type::Record(_)));
    let ty = ty.map_or_else(|| "text".to_owned(), |ty| ty.to_string());
    let (place, text) = behind_last(view, fields, &format!("{}: {ty}?", backquoted(field)))?;
    let mut action = context.fix(finding, format!("declare `{record}.{field}`"), Vec::new());
    let mut edits = crate::edits::Edits::default();
    edits.put(view.path(), place, text);
    action.files = edits.finish();
    Some(action)
}

fn behind_last(view: ItemView<'_>, fields: &[Field], line: &str) -> Option<(Range<usize>, String)> {
    let (first, last) = (fields.first()?, fields.last()?);
    let text = view.text();
    let end = last.span.end as usize;
    let line_start = text.get(..last.span.start as usize)?.rfind('\n').map_or(0, |end| end + 1);
    let indent = text.get(line_start..last.span.start as usize)?;
    let rest = text.get(end..)?.lines().next().unwrap_or_default();
    let is_last_on_line = !rest.contains('}');
    if indent.trim().is_empty()
        && is_last_on_line
        && (first.span == last.span || line_start > first.span.start as usize)
    {
        let at = view.start() + end + rest.len();
        return Some((at..at, format!("\n{indent}{line}")));
    }
    let at = view.start() + end;
    Some((at..at, format!(", {line}")))
}

/// A team, queue or user; of the kind that is written before the name, else each of them.
fn targets(context: &Context<'_>, finding: &Finding, name: &str) -> Vec<Action> {
    let before = context.text.get(..finding.place.start).unwrap_or_default();
    let written = context.text.get(finding.place.start..finding.place.end).unwrap_or_default();
    let said = ["team", "queue", "user"]
        .into_iter()
        .find(|kind| before.trim_end().ends_with(kind) || written.starts_with(&format!("{kind} ")));
    let kinds = ["queue", "team", "user"].into_iter().filter(|kind| said.is_none_or(|said| said == *kind));
    let name = backquoted(name);
    let declare = |kind: &str| {
        let item = match kind {
            "team" => format!("team {name} {{ \"\" }}"),
            "user" => format!("user {name} = \"\""),
            _ => format!("queue {name}"),
        };
        let items = context.snapshot.project().items(&context.path);
        let last = items.into_iter().rfind(|item| matches!(item.kind(), ChunkKind::Target(_)));
        let edit = match last {
            Some(last) => {
                let rest = context.text.get(last.end()..).and_then(|rest| rest.lines().next()).unwrap_or_default();
                let at = last.end() + rest.len();
                (at..at, format!("\n{item}"))
            }
            None => (context.before_item()..context.before_item(), format!("{item}\n\n")),
        };
        context.fix(finding, format!("declare the {kind} `{}`", name.trim_matches('`')), vec![edit])
    };
    kinds.map(declare).collect()
}

/// The block of a record type that rules use without one: with the fields that they use.
fn record(context: &Context<'_>) -> Option<Action> {
    let (_, mention) = context.snapshot.project().mention_at(&context.path, context.range.start)?;
    let thing = &mention.thing;
    if thing.kind != Kind::Record || &*thing.name == "actor" || !context.snapshot.project().declaring(thing).is_empty()
    {
        return None;
    }
    let lines = fields(context, &thing.name, &[], 1);
    let block = format!("record {} {{\n{}}}\n\n", backquoted(&thing.name), lines?);
    let first = context.snapshot.project().items(&context.path).first()?.start();
    let title = format!("declare the record type `{}` with the fields that rules use", thing.name);
    Some(context.action(title, ActionKind::Rewrite, vec![(first..first, block)]))
}

/// A line for each field below a path.
fn fields(context: &Context<'_>, record: &str, names: &[String], depth: usize) -> Option<String> {
    if depth > MOST_NESTED {
        return None;
    }
    let indent = "  ".repeat(depth);
    let mut lines = String::new();
    for (name, thing) in context.snapshot.project().below(record, names) {
        if thing.kind != Kind::Field {
            continue;
        }
        let mut path = names.to_vec();
        path.push(name.clone());
        let known = context.snapshot.project().known(record, &path).and_then(|known| known.ty);
        let items: Vec<String> = path.iter().cloned().chain([EACH.to_owned()]).collect();
        let below = |path: &[String]| -> Option<Option<String>> {
            if context.snapshot.project().below(record, path).is_empty() {
                return Some(None);
            }
            fields(context, record, path, depth + 1).map(Some)
        };
        let ty = match (known, below(&items)?, below(&path)?) {
            (_, Some(lines), _) => format!("list of {{\n{lines}{indent}}}?"),
            (None | Some(Type::Record(_)), None, Some(lines)) => format!("{{\n{lines}{indent}}}?"),
            (Some(Type::Record(_)) | None, None, None) => of_items(context, record, &format!("{}{EACH}.", thing.name)),
            (Some(ty), None, _) => format!("{ty}?"),
        };
        lines.push_str(&format!("{indent}{}: {ty}\n", backquoted(&name)));
    }
    Some(lines)
}

/// A list of records, where rules go through its items; else a text, for nothing tells more.
fn of_items(context: &Context<'_>, record: &str, prefix: &str) -> String {
    let mentions = context.snapshot.project().all_items().flat_map(ItemView::mentions);
    let fields = mentions.filter(|it| it.thing.kind == Kind::Field && &*it.thing.of == record);
    let mut names: Vec<&str> = fields.filter_map(|it| it.thing.name.strip_prefix(prefix)).collect();
    names.retain(|name| !name.contains(['.', '[']));
    names.sort_unstable();
    names.dedup();
    let lines: Vec<String> = names.into_iter().map(|name| format!("{}: text?", backquoted(name))).collect();
    if lines.is_empty() { "text?".to_owned() } else { format!("list of {{ {} }}?", lines.join(", ")) }
}

/// Records in records deeper than this are not written out.
const MOST_NESTED: usize = 5;
