//! Records, constants, lists, derived fields and targets.

use super::{Build, Pair, Parts, Rule};
use crate::ast::{
    Absence, Define, Expr, Field, Let, List, MemberName, Record, Reference, TargetDeclaration, TargetKind, TeamMember,
    TypeExpr, TypeKind,
};
use diagnostics::problems::SyntaxProblem;

impl<'s> Build<'s> {
    pub(super) fn record(&mut self, pair: Pair<'s>) -> Record {
        let mut parts = Parts::of(pair);
        let name = self.declared(parts.seek(Rule::declared_name).as_ref());
        let fields = parts.part(Rule::fields).map(|fields| self.fields(fields)).unwrap_or_default();
        Record { name, fields }
    }

    pub(super) fn reference(&mut self, pair: Pair<'s>) -> Reference {
        let mut parts = Parts::of(pair);
        let name = self.declared(parts.seek(Rule::declared_name).as_ref());
        let from = parts.seek(Rule::text).map(|text| self.quoted(&text));
        let key = parts.seek(Rule::field_name).map(|key| self.name(&key));
        let fields = parts.seek(Rule::fields).map(|fields| self.fields(fields)).unwrap_or_default();
        Reference { name, from, key, fields }
    }

    fn fields(&mut self, pair: Pair<'s>) -> Vec<Field> {
        Parts::of(pair).map(|field| self.field(field)).collect()
    }

    pub(in super::super) fn field(&mut self, pair: Pair<'s>) -> Field {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let name = parts.part(Rule::field_name).map(|name| self.name(&name)).unwrap_or_default();
        let ty = parts.part(Rule::field_type);
        let (ty, optional) = ty.map_or_else(|| (TypeExpr::error(span), None), |ty| self.field_type(ty));
        let mut field = Field::new(name, ty, span);
        field.optional = optional;
        for part in parts {
            self.attribute(part, &mut field);
        }
        field
    }

    fn attribute(&mut self, pair: Pair<'s>, field: &mut Field) {
        let span = self.span(&pair);
        let rule = pair.as_rule();
        let mut parts = Parts::of(pair);
        match rule {
            Rule::key_mark => field.key = Some(span),
            Rule::from_column => field.from = parts.seek(Rule::text).map(|text| self.quoted(&text)),
            Rule::sentinels => {
                let entries = parts.seek(Rule::field_entries).map(|entries| self.bounds(entries));
                field.missing_when = entries.unwrap_or_default();
            }
            _ => field.default = parts.seek(Rule::unary).map(|value| self.unary(value)),
        }
    }

    fn field_type(&mut self, pair: Pair<'s>) -> (TypeExpr, Option<crate::ast::Span>) {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let ty = parts.part(Rule::r#type).map_or_else(|| TypeExpr::error(span), |ty| self.type_expr(ty));
        let optional = parts.part(Rule::question).map(|question| self.span(&question));
        let Some(reference) = parts.part(Rule::reference_by) else { return (ty, optional) };
        let by_span = self.span(&reference);
        let by = Parts::of(reference).seek(Rule::field_name).map(|name| self.name(&name)).unwrap_or_default();
        let TypeKind::Named(record) = ty.kind else {
            self.report(
                by_span,
                SyntaxProblem::Unexpected { expected: Vec::new(), found: "by".into(), suggestion: None },
            );
            return (ty, optional);
        };
        (TypeExpr { kind: TypeKind::Reference { record, by }, span }, optional)
    }

    fn type_expr(&mut self, pair: Pair<'s>) -> TypeExpr {
        let span = self.span(&pair);
        let kind = Parts::of(pair).next().map_or(TypeKind::Error, |form| self.type_kind(form));
        TypeExpr { kind, span }
    }

    fn type_kind(&mut self, form: Pair<'s>) -> TypeKind {
        match form.as_rule() {
            Rule::list_type => {
                let span = self.span(&form);
                let element = Parts::of(form).seek(Rule::r#type);
                TypeKind::List(Box::new(
                    element.map_or_else(|| TypeExpr::error(span), |element| self.type_expr(element)),
                ))
            }
            Rule::one_of_type => {
                let entries = Parts::of(form).seek(Rule::field_entries);
                TypeKind::OneOf(entries.map(|entries| self.bounds(entries)).unwrap_or_default())
            }
            Rule::truth_type => TypeKind::Truth,
            Rule::exact_type => TypeKind::ExactText,
            Rule::money_type => {
                let currency = Parts::of(form).seek(Rule::currency).map(|currency| self.name(&currency));
                TypeKind::Money(currency.unwrap_or_default())
            }
            Rule::fields => TypeKind::Nested(self.fields(form)),
            Rule::type_name => TypeKind::Named(self.name(&form)),
            _ => TypeKind::Error,
        }
    }

    pub(super) fn let_declaration(&mut self, pair: Pair<'s>) -> Let {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let name = self.declared(parts.seek(Rule::declared_name).as_ref());
        Let { name, value: self.condition_or_error(parts.seek(Rule::condition), span) }
    }

    pub(super) fn list_declaration(&mut self, pair: Pair<'s>) -> List {
        let mut parts = Parts::of(pair);
        let name = self.declared(parts.seek(Rule::declared_name).as_ref());
        if parts.has(Rule::kw_from) {
            let from = parts.part(Rule::text).map(|text| self.quoted(&text));
            return List { name, entries: Vec::new(), from };
        }
        let entries = parts.seek(Rule::open_entries).map(|entries| self.entries(entries)).unwrap_or_default();
        List { name, entries, from: None }
    }

    pub(super) fn define_declaration(&mut self, pair: Pair<'s>) -> Define {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let path = parts.seek(Rule::derived_field).map(|field| self.derived_field(field)).unwrap_or_default();
        Define { path, value: self.condition_or_error(parts.seek(Rule::condition), span) }
    }

    pub(super) fn target_declaration(&mut self, pair: Pair<'s>) -> TargetDeclaration {
        let kind = match pair.as_rule() {
            Rule::team => TargetKind::Team,
            Rule::queue => TargetKind::Queue,
            _ => TargetKind::User,
        };
        let mut parts = Parts::of(pair);
        let name = self.declared(parts.seek(Rule::declared_name).as_ref());
        let members = parts.filter_map(|part| match part.as_rule() {
            Rule::team_member => Some(self.team_member(part)),
            Rule::text => Some(TeamMember::plain(self.quoted(&part))),
            _ => None,
        });
        TargetDeclaration { kind, name, members: members.collect() }
    }

    pub(in super::super) fn team_member(&mut self, pair: Pair<'s>) -> TeamMember {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let who = match parts.part(Rule::text) {
            Some(text) => MemberName::Address(self.quoted(&text)),
            None => MemberName::User(parts.part(Rule::name).map(|name| self.name(&name)).unwrap_or_default()),
        };
        let options: Vec<_> = parts.collect();
        self.once_each(&options);
        let mut member = TeamMember { who, weight: None, away: Vec::new(), span };
        for option in options {
            let is_weight = option.as_rule() == Rule::weight;
            let mut parts = Parts::of(option);
            if is_weight {
                member.weight = parts.seek(Rule::bound).map(|weight| self.unary(weight));
            } else {
                let absences = parts.filter(|part| part.as_rule() == Rule::absence);
                member.away.extend(absences.map(|absence| self.absence(absence)));
            }
        }
        member
    }

    fn absence(&mut self, pair: Pair<'s>) -> Absence {
        let span = self.span(&pair);
        let mut days = Parts::of(pair).filter(|part| part.as_rule() == Rule::date_like).map(|day| self.literal(day));
        let first = days.next().unwrap_or_else(|| Expr::error(span));
        Absence { first, last: days.next(), span }
    }
}

impl TeamMember {
    /// A member of whom nothing but the address is known.
    pub(in super::super) fn plain(address: crate::ast::Quoted) -> Self {
        let span = address.span;
        Self { who: MemberName::Address(address), weight: None, away: Vec::new(), span }
    }
}

impl TypeExpr {
    /// Nothing that could be read as a type.
    pub(in super::super) fn error(span: crate::ast::Span) -> Self {
        Self { kind: TypeKind::Error, span }
    }
}

impl Field {
    /// A field without attributes.
    pub(in super::super) fn new(name: crate::ast::Name, ty: TypeExpr, span: crate::ast::Span) -> Self {
        Self { name, ty, optional: None, key: None, from: None, missing_when: Vec::new(), default: None, span }
    }
}
