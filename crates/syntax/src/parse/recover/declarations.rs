//! Declarations: what they declare is kept, so that its uses are not reported as well.

use std::ops::Range;

use diagnostics::problems::SyntaxProblem;

use super::super::build::{Build, plain};
use super::super::expected;
use super::super::grammar::{Failure, Rule};
use super::{bytes, condition, report, report_item, span};
use crate::ast::{
    Blocked, BlockedKind, Define, Entry, Expr, Field, Item, Let, List, Name, Never, Path, Quoted, Record, Reference,
    Rules, TargetDeclaration, TargetKind, TeamMember, TypeExpr,
};
use crate::tokens::{Token, TokenKind};

/// A record and those of its fields that can be read.
pub(super) fn record(build: &mut Build<'_>, error: &Failure) -> Item {
    let end = build.source.tokens().len();
    let Some(name) = name_at(build, 1) else { return lost(build, error) };
    if build.source.word(2) != "{" {
        report_item(build, error);
        return Item::Record(Record { name, fields: Vec::new() });
    }
    let closed = end > 3 && build.source.word(end - 1) == "}";
    let inner = 3..if closed { end - 1 } else { end };
    let known = build.problems().len();
    let fields = field_parts(build, inner).into_iter().flat_map(|places| field(build, places)).collect();
    let unbalanced = super::brackets::unbalanced(build.source, 0..end);
    // A bracket that a field has reported is not reported for the record again.
    if let Some((span, bracket)) = unbalanced.filter(|_| !closed || build.problems().len() == known) {
        build.report(span, SyntaxProblem::UnbalancedBracket { bracket });
    }
    Item::Record(Record { name, fields })
}

/// Of reference data that cannot be read its name is kept.
pub(super) fn reference(build: &mut Build<'_>, error: &Failure) -> Item {
    let Some(name) = name_at(build, 1) else { return lost(build, error) };
    report_item(build, error);
    Item::Reference(Reference { name, from: None, key: None, fields: Vec::new() })
}

/// Cuts at each name with a colon that is not in a nested record.
fn field_parts(build: &Build<'_>, places: Range<usize>) -> Vec<Range<usize>> {
    let source = build.source;
    let mut starts = vec![places.start];
    let mut depth = 0_usize;
    for place in places.clone() {
        match source.word(place) {
            "{" | "(" => depth += 1,
            "}" | ")" => depth = depth.saturating_sub(1),
            _ if depth == 0 && place > places.start && source.word(place + 1) == ":" => starts.push(place),
            _ => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([places.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).filter(|part| !part.is_empty()).collect()
}

/// A field, or what can be kept of it; and the name at which reading stopped, which may be a field without its colon.
fn field(build: &mut Build<'_>, places: Range<usize>) -> Vec<Field> {
    let range = bytes(build, places.clone());
    let (base, error) = match build.part(Rule::field_part, range.clone(), Build::field) {
        Ok(field) => return vec![field],
        Err(failure) => failure,
    };
    let stopped = build.source.token_at(base + expected::position(&error)).map(|(place, _)| place);
    let next = stopped.filter(|place| places.contains(place) && *place > places.start);
    let next = next.and_then(|place| name_only(build, place));
    match (&next, stopped) {
        (Some(_), Some(stopped)) => super::expected(build, stopped + 1, "`:`", None),
        _ => report(build, places.clone(), base, &error),
    }
    let begun = build.part(Rule::field_prefix, range, Build::field);
    let begun = begun.ok().or_else(|| name_only(build, places.start));
    begun.into_iter().chain(next).collect()
}

/// A field of which only the name can be read.
fn name_only(build: &Build<'_>, place: usize) -> Option<Field> {
    let name = name_at(build, place)?;
    let span = name.span;
    Some(Field::new(name, TypeExpr::error(span), span))
}

pub(super) fn let_declaration(build: &mut Build<'_>, error: &Failure) -> Item {
    let Some(name) = name_at(build, 1) else { return lost(build, error) };
    Item::Let(Let { name, value: value(build, 2, error) })
}

pub(super) fn define_declaration(build: &mut Build<'_>, error: &Failure) -> Item {
    let (Some(root), Some(field)) = (name_at(build, 1), name_at(build, 3)) else { return lost(build, error) };
    let path = Path { span: root.span.to(field.span), root, fields: vec![field] };
    Item::Define(Define { path, value: value(build, 4, error) })
}

/// What stands behind the `=` at `equals`, operand by operand.
fn value(build: &mut Build<'_>, equals: usize, error: &Failure) -> Expr {
    let end = build.source.tokens().len();
    if build.source.word(equals) == "=" && equals + 1 < end {
        return condition::condition(build, equals + 1..end);
    }
    report_item(build, error);
    Expr::error(span(build, 0..end))
}

pub(super) fn list_declaration(build: &mut Build<'_>, error: &Failure) -> Item {
    let Some(name) = name_at(build, 1) else { return lost(build, error) };
    report_item(build, error);
    // An entry that nobody knows, so that the list is not taken for an empty one.
    let unknown = Entry::One(Expr::error(span(build, 2..build.source.tokens().len())));
    Item::List(List { name, entries: vec![unknown], from: None })
}

pub(super) fn target_declaration(build: &mut Build<'_>, kind: TargetKind, error: &Failure) -> Item {
    let Some(name) = name_at(build, 1) else { return lost(build, error) };
    report_item(build, error);
    let texts = (2..build.source.tokens().len()).filter_map(|place| quoted_at(build, place));
    let members = texts.map(TeamMember::plain).collect();
    Item::Target(TargetDeclaration { kind, name, members })
}

pub(super) fn rules_header(build: &mut Build<'_>, error: &Failure) -> Item {
    // The brace that opens the set is closed by another item.
    build.unexpected(0, error);
    let unquoted = name_at(build, 1).map(|name| Quoted { text: name.text, span: name.span });
    let Some(name) = quoted_at(build, 1).or(unquoted) else { return Item::Error };
    let record = (build.source.word(2) == "for").then(|| name_at(build, 3)).flatten();
    let doc = build.source.doc();
    Item::Rules(Rules {
        name,
        record,
        policy: None,
        effective: None,
        trigger: None,
        after: Vec::new(),
        guard: None,
        doc,
    })
}

/// A guard of which only the condition can be kept.
pub(super) fn never(build: &mut Build<'_>, error: &Failure) -> Item {
    let end = build.source.tokens().len();
    report_item(build, error);
    let when = (0..end).find(|place| build.source.word(*place) == "when").unwrap_or(end);
    let effect = Blocked { kind: BlockedKind::Error, span: span(build, 1..when) };
    let condition = Expr::error(span(build, when..end));
    Item::Never(Never { effect, condition, span: span(build, 0..1) })
}

/// An item of which not even the name can be read.
pub(super) fn lost(build: &mut Build<'_>, error: &Failure) -> Item {
    report_item(build, error);
    Item::Error
}

pub(super) fn name_at(build: &Build<'_>, place: usize) -> Option<Name> {
    let token = build.source.tokens().get(place).filter(|token| Token::is_name(token))?;
    Some(Name { text: plain(build.source.slice(token.start..token.end)), span: span(build, place..place + 1) })
}

/// The text in quotes at a place among the tokens.
pub(super) fn quoted_at(build: &mut Build<'_>, place: usize) -> Option<Quoted> {
    let source = build.source;
    let token = source.tokens().get(place).filter(|token| matches!(token.kind, TokenKind::Text { .. }))?;
    let span = span(build, place..place + 1);
    Some(build.quoted_text(source.slice(token.start..token.end).trim(), span))
}
