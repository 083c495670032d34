//! The members of a team: who they are, their weights, when they are away.

use std::cmp::Ordering;

use diagnostics::problems::{ConditionProblem, EffectProblem, NameProblem, TypeProblem};
use syntax::ast::{self, MemberName, TargetKind};
use values::{Date, Number, Text, Type, Value};

use super::Checker;
use crate::db::parsed;
use crate::names::{Space, any_targets, find, names_in, nearest, target_word};
use crate::typed::Member;

/// What a weight counts in: the weight 1 in hundredths.
const ONE: u32 = 100;

/// The greatest weight, in hundredths. Whoever should get a thousand times what another gets is not in his team.
const GREATEST: u32 = 1000 * ONE;

impl Checker<'_> {
    /// The members of a team, or the one address of a user.
    pub(super) fn team_members(&mut self, target: &ast::TargetDeclaration) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        for written in &target.members {
            let Some(member) = self.team_member(written) else { continue };
            let same = |other: &Member| values::text::equal_ignoring_case(&other.address, &member.address);
            if members.iter().any(same) {
                let problem = NameProblem::Duplicate { what: "member".into(), name: member.address.to_string() };
                self.problem(problem, written.who.span());
            } else {
                members.push(member);
            }
        }
        self.everybody_away(target, &members);
        members
    }

    fn team_member(&mut self, member: &ast::TeamMember) -> Option<Member> {
        let address = self.address(&member.who);
        let weight = member.weight.as_ref().map_or(Some(ONE), |weight| self.weight(weight));
        let away: Vec<_> = member.away.iter().map(|absence| self.absence(absence)).collect();
        let away: Option<Vec<_>> = away.into_iter().collect();
        Some(Member { address: address?, weight: weight?, away: away? })
    }

    /// The address in quotes, or that of a declared user.
    fn address(&mut self, who: &MemberName) -> Option<Text> {
        let name = match who {
            MemberName::Address(address) => return Some(Text::from(address.text.as_str())),
            MemberName::User(name) => name,
        };
        let Some(item) = find(self.db, Space::Target, &name.text) else {
            let suggestion = nearest(&name.text, names_in(self.db, Space::Target));
            let any_declared = *any_targets(self.db);
            self.problem(NameProblem::UnknownTarget { name: name.text.clone(), suggestion, any_declared }, name.span);
            return None;
        };
        self.used(Space::Target, &name.text);
        // Read from the tree: to check the item could lead back here, were it a team.
        let ast::Item::Target(declared) = &parsed(self.db, item).item else { return None };
        match (declared.kind, declared.members.first().map(|member| &member.who)) {
            (TargetKind::User, Some(MemberName::Address(address))) => Some(Text::from(address.text.as_str())),
            (TargetKind::User, _) => None,
            (kind, _) => {
                let (is, expected) = (format!("a {}", target_word(kind)), "a user or an address".to_owned());
                self.problem(NameProblem::WrongPlace { name: name.text.clone(), is, expected }, name.span);
                None
            }
        }
    }

    /// A weight in hundredths.
    fn weight(&mut self, written: &ast::Expr) -> Option<u32> {
        let value = self.constant_value(written, &Type::Number, "the weight")?;
        let Value::Number(number) = value else { return None };
        let hundredths = number.multiply(Number::from(i64::from(ONE))).ok();
        let whole = hundredths.and_then(Number::as_i64).and_then(|whole| u32::try_from(whole).ok());
        let weight = whole.filter(|whole| (1..=GREATEST).contains(whole));
        if weight.is_none() {
            let reason = "it is a number from 0.01 to 1000 with at most two decimals".to_owned();
            self.problem(TypeProblem::Declaration { what: "the weight".into(), reason }, written.span);
        }
        weight
    }

    /// The first and the last day of an absence.
    fn absence(&mut self, absence: &ast::Absence) -> Option<(Date, Date)> {
        let first = self.day(&absence.first)?;
        let last = absence.last.as_ref().map_or(Some(first), |last| self.day(last))?;
        if let (Ordering::Greater, Some(written)) = (first.cmp(&last), &absence.last) {
            let (low, high) = (self.written(absence.first.span).to_owned(), self.written(written.span).to_owned());
            self.problem(ConditionProblem::EmptyRange { low, high, asked: false }, absence.span);
        }
        Some((first, last))
    }

    fn day(&mut self, day: &ast::Expr) -> Option<Date> {
        match self.constant_value(day, &Type::Date, "the day of an absence")? {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Hints at the first day on which nobody of a team is there. If there is one, an absence begins on it.
    fn everybody_away(&mut self, target: &ast::TargetDeclaration, members: &[Member]) {
        let is_away = |member: &Member, day: &Date| member.away.iter().any(|(first, last)| first <= day && day <= last);
        let beginnings = members.iter().flat_map(|member| &member.away).map(|(first, _)| *first);
        let day = beginnings.filter(|day| members.iter().all(|member| is_away(member, day))).min();
        if let Some(day) = day {
            let problem = EffectProblem::EverybodyAway { team: target.name.text.clone(), day: day.to_string() };
            self.problem(problem, target.name.span);
        }
    }
}
