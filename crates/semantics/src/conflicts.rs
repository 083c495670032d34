//! Effects of one rule that stand in each other's way, and escalations that go round in a circle: seen in what is written.

use diagnostics::problems::EffectProblem;
use syntax::ast::{self, Deadline, Effect, EffectKind, Expr, ExprKind, MemberName, Piece, Span, Target, Who};
use values::text::equal_ignoring_case;

use crate::db::{Db, Item, ItemSpan, parsed};
use crate::found::Found;
use crate::names::{Space, find, path_text};

/// What one rule, or an `otherwise`, settles twice, and whom it escalates to twice.
#[salsa::tracked]
pub fn conflicts<'db>(db: &'db dyn Db, item: Item<'db>) -> Vec<Found<'db>> {
    let effects = match &parsed(db, item).item {
        ast::Item::Rule(rule) => &rule.effects,
        ast::Item::Otherwise(otherwise) => &otherwise.effects,
        _ => return Vec::new(),
    };
    let mut found = settled_twice(item, effects);
    for effect in effects {
        if let EffectKind::Assign { target, within: Some(within), .. } = &effect.kind {
            circular(db, item, target, within, &mut found);
        }
    }
    found
}

/// That for which a verdict has room only once.
#[derive(PartialEq, Eq)]
enum Room {
    Assignment,
    Field(String),
    Outcome,
}

/// An effect that settles something: what, in which words, where.
struct Settles {
    room: Room,
    words: String,
    span: Span,
}

fn settled_twice<'db>(item: Item<'db>, effects: &[Effect]) -> Vec<Found<'db>> {
    let mut settled: Vec<Settles> = Vec::new();
    let mut found = Vec::new();
    for settles in effects.iter().filter_map(settles) {
        // Several rejections are several reasons.
        let clashes = |earlier: &&Settles| {
            earlier.room == settles.room && (settles.room != Room::Outcome || earlier.words != settles.words)
        };
        match settled.iter().find(clashes) {
            Some(first) => {
                let place = ItemSpan { item, span: first.span };
                let problem = EffectProblem::Conflict { first: first.words.clone(), second: settles.words };
                found.push(Found::new(problem, settles.span).and(place, "the first"));
            }
            None => settled.push(settles),
        }
    }
    found
}

fn settles(effect: &Effect) -> Option<Settles> {
    let (room, words) = match &effect.kind {
        EffectKind::Assign { .. } => (Room::Assignment, "assign".to_owned()),
        EffectKind::LeaveUnassigned => (Room::Assignment, "leave unassigned".to_owned()),
        EffectKind::KeepOwner => (Room::Assignment, "keep owner".to_owned()),
        EffectKind::Set { field, .. } => (Room::Field(path_text(field)), format!("set {}", path_text(field))),
        EffectKind::Clear { field } => (Room::Field(path_text(field)), format!("clear {}", path_text(field))),
        EffectKind::Accept => (Room::Outcome, "accept".to_owned()),
        EffectKind::Reject { .. } => (Room::Outcome, "reject".to_owned()),
        _ => return None,
    };
    Some(Settles { room, words, span: effect.span })
}

/// Warns of each escalation to somebody who has had the work before.
fn circular<'db>(db: &'db dyn Db, item: Item<'db>, target: &Target, within: &Deadline, found: &mut Vec<Found<'db>>) {
    let mut had = vec![target];
    let mut next = within.escalate.as_deref();
    while let Some(escalation) = next {
        let target = &escalation.target;
        let before = had.iter().find(|earlier| target.who == Who::Assignee || same(db, earlier, target));
        if let Some(before) = before {
            let place = ItemSpan { item, span: before.span };
            let written = item.text(db).get(target.span.start as usize..target.span.end as usize).unwrap_or_default();
            let problem = EffectProblem::CircularEscalation { target: written.to_owned() };
            found.push(Found::new(problem, target.span).and(place, "had it here"));
        }
        had.push(target);
        next = escalation.within.as_ref().and_then(|deadline| deadline.escalate.as_deref());
    }
}

/// Whether two targets are plainly the same: by one name, by one address, or by one field.
fn same(db: &dyn Db, one: &Target, other: &Target) -> bool {
    match (identity(db, one), identity(db, other)) {
        (Some(one), Some(other)) => equal_ignoring_case(&one, &other),
        _ => false,
    }
}

/// What tells a target from others: its name, a user's address, a field's path.
fn identity(db: &dyn Db, target: &Target) -> Option<String> {
    match &target.who {
        Who::Assignee => None,
        Who::Name(name) => Some(address(db, &name.text).unwrap_or_else(|| name.text.clone())),
        Who::Expr(expr) => written(expr),
    }
}

fn written(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Group(inner) => written(inner),
        ExprKind::Path(path) => Some(path_text(path)),
        ExprKind::Text(pieces) => match pieces.as_slice() {
            [Piece::Text(text)] => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// The address of a declared user.
fn address(db: &dyn Db, name: &str) -> Option<String> {
    let ast::Item::Target(declared) = &parsed(db, find(db, Space::Target, name)?).item else { return None };
    match (declared.kind, declared.members.first().map(|member| &member.who)) {
        (ast::TargetKind::User, Some(MemberName::Address(address))) => Some(address.text.clone()),
        _ => None,
    }
}
