//! What rules do: the decisions among their effects, each in its simplest words. Of messages SQL says nothing, nor of a
//! deadline or a member of a team; what cannot be said becomes `start review`, so that the rule still fires.

use std::collections::BTreeMap;

use serde_json::json;
use syntax::ast::{BlockedKind, Effect, EffectKind, Item, Span, Target, TargetKind, Who};

use super::Unsaid;
use super::column::{Kind, Sql, quoted};
use super::record::text_of;
use super::scope::{Scope, name_of};
use super::source::Piece;

/// An effect that settles something.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Who gets the record, as the verdict writes it.
    Assign(String),
    KeepOwner,
    Nobody,
    Set(String, Sql),
    Accept,
    Reject,
    Stop,
    /// Something else that is done.
    Other,
}

/// An effect, and how it stands in the rules that are left.
pub(super) fn simplified(scope: &mut Scope<'_>, targets: &Targets, effect: &Effect, item: &str) -> (Deed, String) {
    let written = words(item, effect.span).to_owned();
    let doubts = scope.doubts.len();
    let deed = match &effect.kind {
        EffectKind::Assign { target, .. } => match targets.whom(target) {
            Some(who) => return (Deed::Assign(who), format!("assign {}", words(item, target.span))),
            None => Deed::Other,
        },
        EffectKind::LeaveUnassigned => Deed::Nobody,
        EffectKind::KeepOwner => Deed::KeepOwner,
        EffectKind::Set { field, value } => match (scope.view.contains_key(&name_of(field)), scope.value(value)) {
            (true, Ok(value)) => match as_declared(scope, &name_of(field), value) {
                Ok(value) => Deed::Set(name_of(field), value),
                Err(_) => Deed::Other,
            },
            _ => Deed::Other,
        },
        EffectKind::Clear { field } if scope.view.contains_key(&name_of(field)) => {
            Deed::Set(name_of(field), Sql::missing())
        }
        EffectKind::Accept => Deed::Accept,
        EffectKind::Reject { .. } => return (Deed::Reject, "reject \"no\"".to_owned()),
        EffectKind::Stop => Deed::Stop,
        _ => Deed::Other,
    };
    if matches!(deed, Deed::Other) {
        scope.doubts.truncate(doubts);
        return (Deed::Other, "start review".to_owned());
    }
    (deed, written)
}

/// A value of a closed type as it is declared, whichever capitals a rule has.
fn as_declared(scope: &Scope<'_>, field: &str, value: Sql) -> Result<Sql, Unsaid> {
    let Some(labels) = scope.known.labels.get(field).filter(|_| value.kind != Kind::Missing) else { return Ok(value) };
    let mut cases = String::new();
    for label in labels {
        cases.push_str(&format!(" WHEN lower({0}) THEN {0}", quoted(label)?));
    }
    Ok(Sql { text: format!("(CASE lower({}){cases} END)", value.text), literal: false, ..value })
}

pub(super) fn words(item: &str, span: Span) -> &str {
    item.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// The declared teams, queues and users, with the addresses of the last.
pub(super) struct Targets(BTreeMap<String, (TargetKind, Option<String>)>);

impl Targets {
    pub(super) fn of(pieces: &[Piece<'_>]) -> Self {
        let declared = pieces.iter().filter_map(|piece| match &piece.item {
            Item::Target(target) => {
                let address = target.members.first().and_then(|member| match &member.who {
                    syntax::ast::MemberName::Address(address) => Some(address.text.clone()),
                    syntax::ast::MemberName::User(_) => None,
                });
                Some((target.name.text.clone(), (target.kind, address)))
            }
            _ => None,
        });
        Self(declared.collect())
    }

    /// Who is meant, as the verdict writes it, where that is known before any record.
    fn whom(&self, target: &Target) -> Option<String> {
        let name = match &target.who {
            Who::Name(name) => &name.text,
            Who::Expr(expr) => {
                let address = text_of(expr).filter(|address| address.contains('@'));
                return address.map(|address| json!({ "user": address }).to_string());
            }
            Who::Assignee => return None,
        };
        let (kind, address) = self.0.get(name)?;
        Some(match (kind, address) {
            (TargetKind::User, Some(address)) => json!({ "user": address }).to_string(),
            (TargetKind::Team, _) => json!({ "team": name }).to_string(),
            (TargetKind::Queue, _) => json!({ "queue": name }).to_string(),
            _ => return None,
        })
    }

    /// Whether a guard is about what a rule does: for sure or not at all.
    pub(super) fn forbids(&self, guard: &BlockedKind, deed: &Deed) -> bool {
        match (guard, deed) {
            (BlockedKind::Assign(None), Deed::Assign(_))
            | (BlockedKind::LeaveUnassigned, Deed::Nobody)
            | (BlockedKind::KeepOwner, Deed::KeepOwner)
            | (BlockedKind::Set(None), Deed::Set(..))
            | (BlockedKind::Accept, Deed::Accept)
            | (BlockedKind::Reject, Deed::Reject) => true,
            (BlockedKind::Assign(Some(target)), Deed::Assign(who)) => self.whom(target).as_ref() == Some(who),
            (BlockedKind::Set(Some(path)), Deed::Set(field, _)) => name_of(path) == *field,
            _ => false,
        }
    }

    /// Whether SQL says what a guard does.
    pub(super) fn knows(&self, guard: &BlockedKind) -> bool {
        match guard {
            BlockedKind::Assign(Some(target)) => self.whom(target).is_some(),
            BlockedKind::Assign(None)
            | BlockedKind::LeaveUnassigned
            | BlockedKind::KeepOwner
            | BlockedKind::Set(_)
            | BlockedKind::Accept
            | BlockedKind::Reject => true,
            _ => false,
        }
    }
}
