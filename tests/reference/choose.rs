//! Who of a team gets the record.

use std::collections::BTreeMap;

use semantics::typed::{Member, Target, TargetKind};
use values::Date;

use super::effects::By;
use super::recipients::Who;

/// What the members of teams have got so far: team, member, and then the turn and how many records.
#[derive(Clone, Debug, Default)]
pub struct Turns(BTreeMap<String, BTreeMap<String, (i64, i64)>>);

/// A member, or why none could be chosen.
pub(super) enum Choice {
    Member(String),
    /// One of these: how a hash is made of a value the guide does not say, only what can be relied on.
    OneOf(Vec<String>),
    None(String),
}

impl Turns {
    /// Chooses a member of a team, on a day.
    pub(super) fn choose(&mut self, targets: &[Target], who: &Who, by: &By, today: Date) -> Choice {
        let is_it = |target: &&Target| match who {
            Who::Place(TargetKind::Team, name) => target.kind == TargetKind::Team && target.name == **name,
            _ => false,
        };
        let Some(team) = targets.iter().find(is_it) else {
            return Choice::None(format!("`{}` has no members", who.called()));
        };
        let away = |member: &Member| member.away.iter().any(|(first, last)| (*first..=*last).contains(&today));
        let there: Vec<&Member> = team.members.iter().filter(|member| !away(member)).collect();
        let known = self.0.entry(team.name.to_string()).or_default();
        let chosen = match by {
            _ if there.is_empty() => return Choice::None(format!("everybody in `{}` is away", team.name)),
            By::Turns => turn(known, &there),
            By::Load => least(known, &there),
            By::Hash => return Choice::OneOf(there.iter().map(|member| member.address.to_string()).collect()),
        };
        known.entry(chosen.clone()).or_default().1 += 1;
        Choice::Member(chosen)
    }
}

/// Everybody gains his weight; whoever has most is chosen, the first of them, and pays what all have gained.
fn turn(known: &mut BTreeMap<String, (i64, i64)>, there: &[&Member]) -> String {
    let mut chosen = (i64::MIN, String::new());
    for member in there {
        let (turn, _) = known.entry(member.address.to_string()).or_default();
        *turn += i64::from(member.weight);
        if *turn > chosen.0 {
            chosen = (*turn, member.address.to_string());
        }
    }
    known.entry(chosen.1.clone()).or_default().0 -= there.iter().map(|member| i64::from(member.weight)).sum::<i64>();
    chosen.1
}

/// Whoever has got least for his weight, the first of them.
fn least(known: &BTreeMap<String, (i64, i64)>, there: &[&Member]) -> String {
    let load = |member: &Member| known.get(&*member.address).map_or(0, |(_, load)| *load);
    let less = |one: &&&Member, other: &&&Member| {
        (load(one) * i64::from(other.weight)).cmp(&(load(other) * i64::from(one.weight)))
    };
    there.iter().min_by(less).map(|member| member.address.to_string()).unwrap_or_default()
}
