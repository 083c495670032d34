//! From items to a rulebook: each item's own numbers for fields, definitions and targets become the rulebook's.

use values::Text;

use crate::check::Symbols;
use crate::typed::{Deadline, Effect, Expr, ExprKind, Recipient, Selection};

/// The names of a rulebook, each at its place.
pub struct Names<'a> {
    /// The stored fields of the record type.
    pub fields: &'a [Text],
    /// The fields of who acts.
    pub actor: &'a [Text],
    /// The derived values.
    pub definitions: &'a [Text],
    /// The teams, queues and users.
    pub targets: &'a [Text],
}

/// What an item's numbers become.
pub struct Linker {
    fields: Vec<u32>,
    actor: Vec<u32>,
    definitions: Vec<u32>,
    targets: Vec<u32>,
}

impl Linker {
    /// Looks every symbol of an item up among the names of the rulebook.
    pub fn new(symbols: &Symbols, names: &Names<'_>) -> Self {
        let Names { fields, actor, definitions, targets } = names;
        Self {
            fields: places(&symbols.fields, fields),
            actor: places(&symbols.actor, actor),
            definitions: places(&symbols.definitions, definitions),
            targets: places(&symbols.targets, targets),
        }
    }

    /// Renumbers an expression.
    pub fn expr(&self, expr: &mut Expr) {
        match &mut expr.kind {
            ExprKind::Field(place) => renumber(place, &self.fields),
            ExprKind::Definition(place) => renumber(place, &self.definitions),
            ExprKind::Actor(place) => renumber(place, &self.actor),
            ExprKind::Element { field: Some(place), .. } => renumber(place, &self.fields),
            ExprKind::Element { field: None, .. } => {}
            ExprKind::Constant(_) | ExprKind::IsNew | ExprKind::HasBefore | ExprKind::Now | ExprKind::Today => {}
            ExprKind::Fold { list, filter, item, .. } => {
                [Some(list), filter.as_mut(), item.as_mut()].into_iter().flatten().for_each(|part| self.expr(part));
            }
            ExprKind::Not(inner)
            | ExprKind::Holds(inner)
            | ExprKind::IsMissing(inner)
            | ExprKind::Lookup { key: inner, .. }
            | ExprKind::Previous(inner)
            | ExprKind::In { value: inner, .. }
            | ExprKind::Matches { value: inner, .. } => self.expr(inner),
            ExprKind::And(members)
            | ExprKind::Or(members)
            | ExprKind::Join(members)
            | ExprKind::Call { arguments: members, .. } => members.iter_mut().for_each(|member| self.expr(member)),
            ExprKind::Compare { left, right, .. } | ExprKind::Default { value: left, fallback: right } => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::Cases { cases, otherwise } => {
                for (condition, value) in cases {
                    self.expr(condition);
                    self.expr(value);
                }
                self.expr(otherwise);
            }
            ExprKind::If { condition, then, otherwise } => {
                self.expr(condition);
                self.expr(then);
                self.expr(otherwise);
            }
        }
    }

    /// Renumbers an effect.
    pub fn effect(&self, effect: &mut Effect) {
        match effect {
            Effect::Assign { target, by, within } => {
                self.recipient(target);
                if let Some(Selection::HashOf(value)) = by {
                    self.expr(value);
                }
                within.iter_mut().for_each(|deadline| self.deadline(deadline));
            }
            Effect::Set { value, .. } | Effect::Add { value, .. } | Effect::Remove { value, .. } => self.expr(value),
            Effect::Task { text, owner, due } => {
                self.expr(text);
                owner.iter_mut().for_each(|owner| self.recipient(owner));
                due.iter_mut().for_each(|due| self.expr(due));
            }
            Effect::Notify { to, text } => {
                to.iter_mut().for_each(|target| self.recipient(target));
                self.expr(text);
            }
            Effect::Email { template, to, cc, from, reply_to, with } => {
                self.expr(template);
                to.iter_mut().chain(cc).chain(from).chain(reply_to).for_each(|target| self.recipient(target));
                with.iter_mut().for_each(|(_, value)| self.expr(value));
            }
            Effect::Call { with, .. } => with.iter_mut().for_each(|(_, value)| self.expr(value)),
            Effect::Reject { reason, .. } => self.expr(reason),
            Effect::LeaveUnassigned | Effect::KeepOwner | Effect::Accept | Effect::Start { .. } | Effect::Stop => {}
        }
    }

    /// Renumbers a recipient.
    pub fn recipient(&self, recipient: &mut Recipient) {
        match recipient {
            Recipient::Declared(place) => renumber(place, &self.targets),
            Recipient::Computed { value, .. } => self.expr(value),
            Recipient::Undeclared { .. } | Recipient::Assignee => {}
        }
    }

    fn deadline(&self, deadline: &mut Deadline) {
        self.expr(&mut deadline.due);
        if let Some(escalation) = &mut deadline.escalate {
            self.recipient(&mut escalation.target);
            escalation.within.iter_mut().for_each(|within| self.deadline(within));
        }
    }
}

fn places(wanted: &[Text], all: &[Text]) -> Vec<u32> {
    let place = |name: &Text| all.iter().position(|other| other == name).unwrap_or(usize::MAX);
    wanted.iter().map(|name| u32::try_from(place(name)).unwrap_or(u32::MAX)).collect()
}

fn renumber(place: &mut u32, places: &[u32]) {
    *place = places.get(*place as usize).copied().unwrap_or(u32::MAX);
}
