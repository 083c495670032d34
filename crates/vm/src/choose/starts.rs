//! What members of teams begin with where a rule says `by least loaded from …`.

use std::collections::BTreeMap;

use values::{Text, Value, text};

use super::load;
use crate::effect::{Effect, Recipient, Selection, TargetKind};
use crate::program::{Column, Program, Reference, Target};

/// The loads of the members of each team for which a rule names a table. Where several rules name one, the first counts;
/// one whose team is computed counts for all teams of which no other rule tells.
pub(super) fn starts(program: &Program) -> BTreeMap<Text, Vec<(Text, u64)>> {
    let (mut named, mut any) = (BTreeMap::new(), None);
    for decision in &program.decisions {
        for effect in &decision.effects {
            let Effect::Assign { target, by: Some(Selection::LeastLoaded(Some(from))), .. } = effect else { continue };
            let lookup = decision.lookups.get(*from as usize);
            let Some(table) = lookup.and_then(|lookup| program.looked_up(lookup)) else { continue };
            match target {
                Recipient::Declared(place) => {
                    named.entry(*place as usize).or_insert(table);
                }
                _ => {
                    any.get_or_insert(table);
                }
            }
        }
    }
    let teams = program.targets.iter().enumerate().filter(|(_, target)| target.kind == TargetKind::Team);
    teams
        .filter_map(|(place, team)| Some((team.name.clone(), loads(team, named.get(&place).copied().or(any)?))))
        .collect()
}

fn loads(team: &Target, (table, column): (&Reference, &Column)) -> Vec<(Text, u64)> {
    let of = |address: &Text| {
        let is_key = |key: &Value| match key {
            Value::Text(key) if table.exact => key == address,
            Value::Text(key) => text::equal_ignoring_case(key, address),
            _ => false,
        };
        let row = table.keys.iter().position(is_key);
        row.and_then(|row| column.values.get(row)).and_then(load).unwrap_or(0)
    };
    team.members.iter().map(|member| (member.address.clone(), of(&member.address))).collect()
}
