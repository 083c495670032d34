//! Who of a team gets the record.

use std::collections::BTreeMap;

use semantics::typed::{Effect, Loads, Member, Recipient, Rulebook, Selection, TargetKind};
use values::{Date, Value, compare};

use super::effects::By;
use super::recipients::Who;

/// What the members of teams have got so far: team, member, and then the turn and how many records.
#[derive(Clone, Debug, Default)]
pub struct Turns(BTreeMap<String, BTreeMap<String, (i64, i64)>>);

/// A member, or why none could be chosen.
pub(super) enum Choice {
    Member(String),
    None(String),
}

impl Turns {
    /// Chooses a member of a team, on a day.
    pub(super) fn choose(&mut self, rulebook: &Rulebook, who: &Who, by: &By, today: Date) -> Choice {
        let team = rulebook.targets.iter().zip(0..).find(|(target, _)| match who {
            Who::Place(TargetKind::Team, name) => target.kind == TargetKind::Team && target.name == **name,
            _ => false,
        });
        let Some((team, place)) = team else { return Choice::None(format!("`{}` has no members", who.called())) };
        let away = |member: &Member| member.away.iter().any(|(first, last)| (*first..=*last).contains(&today));
        let there: Vec<&Member> = team.members.iter().filter(|member| !away(member)).collect();
        let known = self.0.entry(team.name.to_string()).or_default();
        for member in &team.members {
            known.entry(member.address.to_string()).or_insert_with(|| (0, begins_with(rulebook, place, member)));
        }
        keep_pace(known, &team.members, &there);
        let chosen = match by {
            _ if there.is_empty() => return Choice::None(format!("everybody in `{}` is away", team.name)),
            By::Turns => turn(known, &there),
            By::Load => least(known, &there).map(|member| member.address.to_string()).unwrap_or_default(),
            By::Hash(value) => hashed(value, &there),
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
fn least<'a>(known: &BTreeMap<String, (i64, i64)>, there: &[&'a Member]) -> Option<&'a Member> {
    let load = |member: &Member| known.get(&*member.address).map_or(0, |(_, load)| *load);
    let less = |one: &&&Member, other: &&&Member| {
        (load(one) * i64::from(other.weight)).cmp(&(load(other) * i64::from(one.weight)))
    };
    there.iter().min_by(less).copied()
}

/// Who is away has as much for his weight as whoever of the others has least, so that he has nothing to catch up on.
fn keep_pace(known: &mut BTreeMap<String, (i64, i64)>, members: &[Member], there: &[&Member]) {
    let Some(level) = least(known, there) else { return };
    let load = known.get(&*level.address).map_or(0, |(_, load)| *load);
    for away in members.iter().filter(|member| !there.contains(member)) {
        let (_, has) = known.entry(away.address.to_string()).or_default();
        *has = (*has).max(load * i64::from(away.weight) / i64::from(level.weight));
    }
}

/// Each draws a number between 0 and 1 from his address and the value. Whoever has the least -log of it for his weight, the
/// first of them.
fn hashed(value: &Value, there: &[&Member]) -> String {
    let race = |member: &Member| {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut key = member.address.as_bytes().to_vec();
        key.push(0xff);
        written(value, &mut key);
        for byte in key {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        for factor in [0xff51_afd7_ed55_8ccd, 0xc4ce_b9fe_1a85_ec53] {
            hash = (hash ^ (hash >> 33)).wrapping_mul(factor);
        }
        hash ^= hash >> 33;
        #[expect(clippy::cast_precision_loss, reason = "the first 53 digits decide")]
        let drawn = hash.max(1) as f64 / 2_f64.powi(64);
        -drawn.ln() / f64::from(member.weight)
    };
    let first = there.iter().min_by(|one, other| race(one).total_cmp(&race(other)));
    first.map(|member| member.address.to_string()).unwrap_or_default()
}

/// A value as the bytes that are hashed: small letters, and FF behind each member of a list.
fn written(value: &Value, key: &mut Vec<u8>) {
    match value {
        Value::Missing => {}
        Value::Text(words) => key.extend(values::text::fold(words).bytes()),
        Value::List(members) | Value::Record(members) => {
            for member in members.iter() {
                written(member, key);
                key.push(0xff);
            }
        }
        Value::Truth(truth) => key.extend(truth.to_string().bytes()),
        Value::Number(number) => key.extend(number.to_string().bytes()),
        Value::Money(money) => key.extend(money.to_string().bytes()),
        Value::Date(date) => key.extend(date.to_string().bytes()),
        Value::DateTime(instant) => key.extend(instant.to_string().bytes()),
        Value::Duration(duration) => key.extend(duration.to_string().bytes()),
    }
}

/// How many records a member has before the first: what a table says that some rule about the team names, or else one about a
/// team that is computed.
fn begins_with(rulebook: &Rulebook, team: u32, member: &Member) -> i64 {
    let sets = rulebook.decisions.iter().flat_map(|decision| &decision.sets);
    let effects: Vec<&Effect> = sets
        .flat_map(|set| {
            let otherwise = set.otherwise.iter().flat_map(|otherwise| &otherwise.effects);
            set.rules.iter().flat_map(|rule| &rule.effects).chain(otherwise)
        })
        .collect();
    let loads = |is_meant: fn(&Recipient, u32) -> bool| {
        effects.iter().find_map(|effect| match effect {
            Effect::Assign { target, by: Some(Selection::LeastLoaded(Some(loads))), .. } if is_meant(target, team) => {
                Some(loads)
            }
            _ => None,
        })
    };
    let named = loads(|target, team| *target == Recipient::Declared(team));
    let loads = named.or_else(|| loads(|target, _| matches!(target, Recipient::Computed { .. })));
    loads.and_then(|loads| has_already(rulebook, loads, member)).unwrap_or_default()
}

fn has_already(rulebook: &Rulebook, loads: &Loads, member: &Member) -> Option<i64> {
    let table = rulebook.references.iter().find(|table| table.name == loads.reference)?;
    let address = Value::Text(member.address.clone());
    let mut keys = table.columns.get(table.key)?.values.iter();
    let row = keys.position(|key| compare::equal(key, &address, table.exact))?;
    match table.columns.iter().find(|column| column.name == loads.column)?.values.get(row)? {
        Value::Number(number) => number.as_i64(),
        _ => None,
    }
}
