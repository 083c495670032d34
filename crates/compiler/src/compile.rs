//! The whole way from a checked rulebook to a program.

use semantics::typed;
use vm::Program;
use vm::program::Target;

use crate::emit::{emit, target_kind};
use crate::plan::plan;

/// Makes the program of a checked rulebook.
pub fn compile(rulebook: &typed::Rulebook) -> Program {
    Program {
        zone: rulebook.zone.clone(),
        decisions: rulebook.decisions.iter().map(compile_decision).collect(),
        targets: rulebook.targets.iter().map(target).collect(),
    }
}

fn compile_decision(decision: &typed::Decision) -> vm::program::Decision {
    let trees: Vec<_> = decision.sets.iter().map(|set| plan(decision, set)).collect();
    emit(decision, &trees)
}

fn target(target: &typed::Target) -> Target {
    Target { kind: target_kind(target.kind), name: target.name.clone(), members: target.members.clone() }
}
