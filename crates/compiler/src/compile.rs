//! The whole way from a checked rulebook to a program.

use std::sync::Arc;

use semantics::typed;
use vm::Program;
use vm::program::{Column, Member, Reference, Target};

use crate::emit::{Purpose, emit, target_kind};
use crate::plan::{Budget, plan_within};

/// Makes the program of a checked rulebook.
pub fn compile(rulebook: &typed::Rulebook) -> Program {
    compile_for(rulebook, Purpose::Decide, None)
}

/// Makes a program that decides the same without a plan: it asks rule after rule for the whole of its condition. That is
/// slower; what planning saves, and that it changes nothing, is seen beside it.
pub fn compile_unplanned(rulebook: &typed::Rulebook) -> Program {
    compile_for(rulebook, Purpose::Decide, Some(Budget { nodes: 0, work: 0 }))
}

/// Makes a program that decides the same and can also be traced: it holds every single condition of its rules by itself,
/// which makes it about twice as large.
pub fn compile_traceable(rulebook: &typed::Rulebook) -> Program {
    compile_for(rulebook, Purpose::Trace, None)
}

/// Plans within the budget, the usual one if there is none.
fn compile_for(rulebook: &typed::Rulebook, purpose: Purpose, budget: Option<Budget>) -> Program {
    let decisions: Vec<_> =
        rulebook.decisions.iter().map(|decision| compile_decision(decision, purpose, budget)).collect();
    Program {
        zone: rulebook.zone.clone(),
        references: references(&rulebook.references, &decisions),
        decisions,
        targets: rulebook.targets.iter().map(target).collect(),
        calendars: rulebook.calendars.clone(),
    }
}

/// The tables that the code asks, with the columns that it asks for.
fn references(all: &[Arc<typed::Reference>], decisions: &[vm::program::Decision]) -> Vec<Reference> {
    let lookups = || decisions.iter().flat_map(|decision| &decision.lookups);
    let used = |table: &&Arc<typed::Reference>| lookups().any(|lookup| lookup.reference == table.name);
    let reference = |table: &Arc<typed::Reference>| {
        let asked = |column: &&typed::Column| {
            lookups().any(|it| it.reference == table.name && it.column.as_ref() == Some(&column.name))
        };
        let keys = table.columns.get(table.key).map(|column| Arc::clone(&column.values)).unwrap_or_default();
        let columns = table.columns.iter().filter(asked);
        let columns = columns.map(|it| Column { name: it.name.clone(), values: Arc::clone(&it.values) }).collect();
        Reference { name: table.name.clone(), exact: table.exact, keys, columns }
    };
    all.iter().filter(used).map(reference).collect()
}

fn compile_decision(decision: &typed::Decision, purpose: Purpose, budget: Option<Budget>) -> vm::program::Decision {
    let trees: Vec<_> = decision.sets.iter().map(|set| plan_within(decision, set, budget)).collect();
    emit(decision, &trees, purpose)
}

fn target(target: &typed::Target) -> Target {
    let member = |member: &typed::Member| Member {
        address: member.address.clone(),
        weight: member.weight,
        away: member.away.clone(),
    };
    let members = target.members.iter().map(member).collect();
    Target { kind: target_kind(target.kind), name: target.name.clone(), members }
}
