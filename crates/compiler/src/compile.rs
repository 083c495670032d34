//! The whole way from a checked rulebook to a program.

use semantics::typed;
use vm::Program;
use vm::program::{Member, Target};

use crate::emit::{Purpose, emit, target_kind};
use crate::plan::plan;

/// Makes the program of a checked rulebook.
pub fn compile(rulebook: &typed::Rulebook) -> Program {
    compile_for(rulebook, Purpose::Decide)
}

/// Makes a program that decides the same and can also be traced: it holds every single condition of its rules by itself,
/// which makes it about twice as large.
pub fn compile_traceable(rulebook: &typed::Rulebook) -> Program {
    compile_for(rulebook, Purpose::Trace)
}

fn compile_for(rulebook: &typed::Rulebook, purpose: Purpose) -> Program {
    Program {
        zone: rulebook.zone.clone(),
        decisions: rulebook.decisions.iter().map(|decision| compile_decision(decision, purpose)).collect(),
        targets: rulebook.targets.iter().map(target).collect(),
        calendars: rulebook.calendars.clone(),
    }
}

fn compile_decision(decision: &typed::Decision, purpose: Purpose) -> vm::program::Decision {
    let trees: Vec<_> = decision.sets.iter().map(|set| plan(decision, set)).collect();
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
