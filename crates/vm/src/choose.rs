//! Who of a team gets a record, where a rule says `by …`.
//!
//! The machine does not choose: a verdict that it gives depends on nothing but the record. A [`Chooser`] is asked about one
//! verdict after the other, in record order, and keeps what has to be remembered, the [`Standings`]. The same standings
//! and the same verdicts give the same members, on every machine.
//!
//! | `by` | who gets it |
//! |---|---|
//! | `round robin` | smooth weighted round robin, as nginx spreads requests over servers: each who is there is given his weight, whoever has most gets the record and pays the weights of all of them; so a member of weight 2 does not get his two in a row (`ngx_http_upstream_round_robin.c`, since nginx 1.3.1) |
//! | `least loaded` | whose load divided by his weight is least; a load is what he has got, in whichever way he was chosen |
//! | `hash of E` | weighted rendezvous hashing, see `choose/rendezvous.rs`: depends on the value and the members alone |
//!
//! A load begins at 0, or with `from` at the number that reference data has for the member.
//!
//! Where several are equal, the first in the team is taken. Who is away on the day gets nothing. For `least loaded` he
//! keeps pace meanwhile, in whichever way the others are chosen: a load is never less than what the least loaded of the
//! others has, so that nobody who returns, or is new in the team, gets everything until he has caught up (as the start tag
//! of start-time fair queueing does; P. Goyal, H. Vin, H. Cheng, 1996).

mod rendezvous;
mod starts;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use values::{Clock, Date, Text, Value};

use crate::effect::{Recipient, Selection, TargetKind};
use crate::program::{Member, Program, Target};
use crate::verdict::{Assignment, Because, Lost, Verdict};

/// What is remembered of the members of all teams, by the names of both. Names that a program does not know stay as they
/// are, so that a team that is not there for a while does not begin anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Standings {
    /// The members of each team.
    pub teams: BTreeMap<Text, BTreeMap<Text, Standing>>,
}

/// What is remembered of a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// How much of a turn he has saved up, in hundredths of a record; below zero after he has got one.
    pub turn: i64,
    /// How many records he has got, or would have got had he been there.
    pub load: u64,
}

/// The greatest saved turn, either way, and the greatest load that can be meant: more is not from a [`Chooser`].
pub const LARGEST: u64 = 1 << 48;

/// Chooses members.
#[derive(Clone, Debug, Default)]
pub struct Chooser {
    standings: Standings,
    /// What members begin with, team by team, until the team has its first record.
    starts: BTreeMap<Text, Vec<(Text, u64)>>,
}

/// A member who is there, by his place in the team, and what is remembered of him.
struct Candidate<'a> {
    place: usize,
    member: &'a Member,
    standing: Standing,
}

impl Chooser {
    /// A chooser for a program that goes on from some standings. Members that they do not know begin with what the
    /// program's reference data says.
    pub fn new(program: &Program, standings: Standings) -> Self {
        Self { standings, starts: starts::starts(program) }
    }

    /// What has to be remembered for the next run.
    pub const fn standings(&self) -> &Standings {
        &self.standings
    }

    /// Chooses a member for a verdict, if a rule wants one chosen. `targets` are those of the program. Who is away
    /// is told by the day of the verdict's own *now*, else by that of the clock. Where nobody can be chosen the team keeps the record as a whole, and the verdict
    /// says so under `lost`.
    pub fn choose(&mut self, targets: &[Target], clock: &Clock, verdict: &mut Verdict) {
        let now = verdict.now.unwrap_or(clock.now);
        let Some(Assignment::To { target, member, by: Some(by), .. }) = &mut verdict.assignment else { return };
        let because = match team_of(targets, target) {
            Some(team) => match self.member_of(team, clock.local(now).date(), by) {
                Some(chosen) => {
                    *member = Some(chosen);
                    return;
                }
                None if team.members.is_empty() => Because::NoMembers(team.name.clone()),
                None => Because::EverybodyAway(team.name.clone()),
            },
            None => Because::NoMembers(name_of(targets, target)),
        };
        let rule = verdict.assigned_by.unwrap_or_default();
        verdict.lost.push(Lost { rule, effect: "choose a member".to_owned(), because });
    }

    fn member_of(&mut self, team: &Target, today: Date, by: &Selection<Value>) -> Option<Text> {
        let known = self.standings.teams.entry(team.name.clone()).or_default();
        let begins = known.is_empty();
        for (member, load) in self.starts.remove(&team.name).unwrap_or_default() {
            known.entry(member).or_insert(Standing { turn: 0, load });
        }
        if begins {
            // All begin together: who is new later on keeps pace with them.
            for member in &team.members {
                known.entry(member.address.clone()).or_default();
            }
        }
        let there = team.members.iter().enumerate().filter(|(_, member)| !is_away(member, today));
        let mut there: Vec<Candidate<'_>> =
            there.map(|(place, member)| Candidate { place, member, standing: Standing::default() }).collect();
        keep_pace(known, &mut there, &team.members)?;
        let chosen = match by {
            Selection::RoundRobin => next_turn(known, &mut there)?,
            Selection::LeastLoaded(_) => least(there.iter())?.place,
            Selection::HashOf(value) => {
                let weighted = there.iter().map(|candidate| (&*candidate.member.address, candidate.member.weight));
                there.get(rendezvous::winner(value, weighted)?)?.place
            }
        };
        let chosen = team.members.get(chosen)?;
        let standing = known.entry(chosen.address.clone()).or_default();
        standing.load = standing.load.saturating_add(1);
        Some(chosen.address.clone())
    }
}

/// The team that a verdict assigns a record to.
fn team_of<'a>(targets: &'a [Target], target: &Recipient<Value>) -> Option<&'a Target> {
    match target {
        Recipient::Declared(place) => {
            targets.get(usize::try_from(*place).ok()?).filter(|target| target.kind == TargetKind::Team)
        }
        _ => None,
    }
}

/// What to call whom a verdict assigns a record to, if it is no team.
fn name_of(targets: &[Target], target: &Recipient<Value>) -> Text {
    match target {
        Recipient::Declared(place) => {
            let target = usize::try_from(*place).ok().and_then(|place| targets.get(place));
            target.map(|target| target.name.clone()).unwrap_or_default()
        }
        Recipient::Undeclared { name, .. } | Recipient::Computed { value: Value::Text(name), .. } => name.clone(),
        Recipient::Computed { written, .. } => written.clone(),
        Recipient::Assignee => Text::default(),
    }
}

fn is_away(member: &Member, day: Date) -> bool {
    member.away.iter().any(|(first, last)| *first <= day && day <= *last)
}

/// The place of the member whose turn it is. Each of those who are there saves up his weight; the one with most pays them
/// all, so that the sum stays what it was.
fn next_turn(known: &mut BTreeMap<Text, Standing>, there: &mut [Candidate<'_>]) -> Option<usize> {
    let mut total = 0;
    for candidate in there.iter_mut() {
        let weight = i64::from(candidate.member.weight);
        candidate.standing.turn = candidate.standing.turn.saturating_add(weight);
        total += weight;
    }
    let most = there.iter().map(|candidate| candidate.standing.turn).max()?;
    let chosen = there.iter_mut().find(|candidate| candidate.standing.turn == most)?;
    chosen.standing.turn = chosen.standing.turn.saturating_sub(total);
    let place = chosen.place;
    for candidate in there.iter() {
        known.insert(candidate.member.address.clone(), candidate.standing);
    }
    Some(place)
}

/// Looks up what is remembered of those who are there. Who is not there keeps pace with the least loaded of them, and so
/// does who was not there before. Nothing if nobody is there.
fn keep_pace(known: &mut BTreeMap<Text, Standing>, there: &mut [Candidate<'_>], members: &[Member]) -> Option<()> {
    for candidate in there.iter_mut() {
        candidate.standing = known.get(&candidate.member.address).copied().unwrap_or_default();
    }
    let old = |candidate: &&Candidate<'_>| known.contains_key(&candidate.member.address);
    let level = least(there.iter().filter(old)).or_else(|| least(there.iter()))?;
    let (load, weight) = (level.standing.load, level.member.weight);
    for member in members {
        let pace = u128::from(load) * u128::from(member.weight) / u128::from(weight.max(1));
        let pace = u64::try_from(pace).unwrap_or(u64::MAX);
        let is_there = there.iter().any(|candidate| candidate.member.address == member.address);
        match known.get_mut(&member.address) {
            Some(_) if is_there => {}
            Some(standing) => standing.load = standing.load.max(pace),
            None => drop(known.insert(member.address.clone(), Standing { turn: 0, load: pace })),
        }
    }
    for candidate in there {
        candidate.standing = known.get(&candidate.member.address).copied().unwrap_or_default();
    }
    Some(())
}

/// The first with the least load divided by weight.
fn least<'a, 'm: 'a>(candidates: impl Iterator<Item = &'a Candidate<'m>>) -> Option<&'a Candidate<'m>> {
    let share = |candidate: &Candidate<'_>, other: &Candidate<'_>| {
        u128::from(candidate.standing.load) * u128::from(other.member.weight)
    };
    candidates.reduce(|best, next| if share(next, best) < share(best, next) { next } else { best })
}

/// What somebody has already, as reference data says it: nothing where it says nothing; none for what is no whole number
/// from 0 to [`LARGEST`].
pub(crate) fn load(value: &Value) -> Option<u64> {
    match value {
        Value::Missing => Some(0),
        Value::Number(number) => u64::try_from(number.as_i64()?).ok().filter(|load| *load <= LARGEST),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
