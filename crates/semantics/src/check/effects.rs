//! Effects: each part typed, targets bound, deadlines turned into instants.

use diagnostics::problems::{EffectProblem, NameProblem, TypeProblem};
use syntax::ast::{self, EffectKind, ExprKind, Path, Piece, Span};
use values::{Text, Type};

use super::Checker;
use super::build::now;
use super::path::below;
use crate::db::Workspace;
use crate::names::nearest;
use crate::typed::{Effect, Expr, Recipient};

impl Checker<'_> {
    /// All effects of a rule; none when one of them is wrong, after each has been looked at.
    pub(super) fn effects(&mut self, effects: &[ast::Effect]) -> Option<Vec<Effect>> {
        let mut one = |effect: &ast::Effect| self.effect(effect).and_then(|typed| self.with_room(typed, effect.span));
        let checked: Vec<Option<Effect>> = effects.iter().map(&mut one).collect();
        checked.into_iter().collect()
    }

    fn effect(&mut self, effect: &ast::Effect) -> Option<Effect> {
        match &effect.kind {
            EffectKind::Assign { target, by, within } => self.assign(target, by.as_ref(), within.as_ref()),
            EffectKind::LeaveUnassigned => Some(Effect::LeaveUnassigned),
            EffectKind::KeepOwner => Some(Effect::KeepOwner),
            EffectKind::Set { field, value } => self.set(field, value),
            EffectKind::Clear { field } => self.clear(field),
            EffectKind::Add { value, field } => {
                self.change_list(value, field).map(|(field, value)| Effect::Add { field, value })
            }
            EffectKind::Remove { value, field } => {
                self.change_list(value, field).map(|(field, value)| Effect::Remove { field, value })
            }
            EffectKind::Task { text, owner, due } => self.task(text, owner.as_ref(), due.as_ref()),
            EffectKind::Notify { to, text } => {
                let (to, text) = (self.recipients(to), self.expect(text, &Type::Text, "the text of `notify`"));
                Some(Effect::Notify { to: to?, text: text? })
            }
            EffectKind::Email { .. } => self.email(&effect.kind),
            EffectKind::Call { integration, with } => {
                let listed = &Workspace::get(self.db).listed(self.db).integrations;
                self.unlisted("integration", &integration.text, listed.as_ref(), integration.span);
                let with = self.arguments(with)?;
                Some(Effect::Call { integration: Text::from(integration.text.as_str()), with })
            }
            EffectKind::Accept => Some(Effect::Accept),
            EffectKind::Reject { field, reason } => self.reject(field.as_ref(), reason),
            EffectKind::Start { workflow } => Some(Effect::Start { workflow: Text::from(workflow.text.as_str()) }),
            EffectKind::Stop => Some(Effect::Stop),
            EffectKind::Error => None,
        }
    }

    pub(super) fn moved(&mut self, sign: &str, from: Expr, distance: Expr) -> Option<Expr> {
        let from = self.as_instant(from)?;
        self.operate(sign, vec![from, distance])
    }

    pub(super) fn recipients(&mut self, targets: &[ast::Target]) -> Option<Vec<Recipient>> {
        let all: Vec<Option<Recipient>> = targets.iter().map(|target| self.recipient(target)).collect();
        all.into_iter().collect()
    }

    fn task(&mut self, text: &ast::Expr, owner: Option<&ast::Target>, due: Option<&ast::Due>) -> Option<Effect> {
        let text = self.expect(text, &Type::Text, "the text of `create task`");
        let owner = self.recipients(owner.map_or(&[], std::slice::from_ref));
        let due = match due {
            None => Some(None),
            Some(ast::Due::Within(written)) => {
                let distance = self.distance(written, "within");
                distance.iter().for_each(|distance| self.missing_deadline(distance, written, false));
                distance.and_then(|distance| self.moved("+", now(), distance)).map(Some)
            }
            Some(ast::Due::Before { distance, instant }) => self.due_before(distance, instant).map(Some),
        };
        Some(Effect::Task { text: text?, owner: owner?.pop(), due: due? })
    }

    pub(super) fn due_before(&mut self, distance: &ast::Expr, instant: &ast::Expr) -> Option<Expr> {
        let length = self.distance(distance, "due");
        length.iter().for_each(|length| self.missing_deadline(length, distance, false));
        let before = self.expect(instant, &Type::DateTime, "the instant after `before`");
        before.iter().for_each(|before| self.missing_deadline(before, instant, false));
        self.moved("-", before?, length?)
    }

    fn email(&mut self, email: &EffectKind) -> Option<Effect> {
        let EffectKind::Email { template, to, cc, from, reply_to, with } = email else { return None };
        if let ExprKind::Text(pieces) = &template.kind
            && let [Piece::Text(name)] = pieces.as_slice()
        {
            let listed = &Workspace::get(self.db).listed(self.db).templates;
            self.unlisted("template", name, listed.as_ref(), template.span);
        }
        let template = self.expect(template, &Type::Text, "the template of `send email`");
        let (to, cc) = (self.recipients(to), self.recipients(cc));
        let from = self.recipients(from.as_slice());
        let reply_to = self.recipients(reply_to.as_slice());
        let with = self.arguments(with);
        let (from, reply_to) = (from?.pop(), reply_to?.pop());
        Some(Effect::Email { template: template?, to: to?, cc: cc?, from, reply_to, with: with? })
    }

    pub(super) fn arguments(&mut self, with: &[ast::Argument]) -> Option<Vec<(Text, Expr)>> {
        let mut checked = Vec::new();
        for (place, argument) in with.iter().enumerate() {
            let name = &argument.name;
            if with.iter().take(place).any(|earlier| earlier.name.text == name.text) {
                let problem = NameProblem::Duplicate { what: "key".into(), name: name.text.clone() };
                self.problem(problem, name.span);
            }
            let value = self.single_value(&argument.value, &format!("`{}`", name.text));
            checked.push(value.map(|value| (Text::from(name.text.as_str()), value)));
        }
        checked.into_iter().collect()
    }

    /// A name must be among those that the settings list, if they do.
    fn unlisted(&mut self, what: &'static str, name: &str, listed: Option<&Vec<String>>, span: Span) {
        let Some(listed) = listed.filter(|listed| !listed.iter().any(|known| known == name)) else { return };
        let suggestion = nearest(name, listed.iter().map(String::as_str));
        self.problem(EffectProblem::Unlisted { what, name: name.to_owned(), suggestion }, span);
    }

    fn reject(&mut self, field: Option<&Path>, reason: &ast::Expr) -> Option<Effect> {
        let reason = self.expect(reason, &Type::Text, "the reason of `reject`");
        let field = match field {
            None => None,
            Some(path) => {
                self.follow(path)?;
                Some(below(path))
            }
        };
        Some(Effect::Reject { field, reason: reason? })
    }

    /// A value that is no list of records: of those only what rules ask for is ever read.
    pub(super) fn no_records(&mut self, typed: Expr, context: &str, span: Span) -> Option<Expr> {
        match &typed.ty {
            Type::List(member) if matches!(**member, Type::Record(_)) => {
                let (context, expected) = (context.to_owned(), "a single value or a list of single values".to_owned());
                self.problem(TypeProblem::Expected { context, expected, found: typed.ty.with_article() }, span);
                None
            }
            _ => Some(typed),
        }
    }

    /// A value that is neither a record nor a list of records.
    pub(super) fn single_value(&mut self, value: &ast::Expr, context: &str) -> Option<Expr> {
        let typed = self.expr(value, None)?;
        if let Type::Record(_) = typed.ty {
            let (context, expected) = (context.to_owned(), "a single value".to_owned());
            self.problem(TypeProblem::Expected { context, expected, found: "a record".into() }, value.span);
            return None;
        }
        self.no_records(typed, context, value.span)
    }
}
