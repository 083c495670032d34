//! The whole way from a checked rulebook to a program.

use std::sync::Arc;

use limits::Limits;
use semantics::typed;
use values::Text;
use vm::Program;
use vm::program::{Column, Member, Reference, Target};

use crate::emit::{Purpose, emit, target_kind};
use crate::plan::{Budget, plan_with};
use crate::tree::Tree;

/// Makes the program of a checked rulebook.
pub fn compile(rulebook: &typed::Rulebook) -> Program {
    compile_within(rulebook, Purpose::Decide, Limits::default().tree_size).program
}

/// Makes a program that decides the same without a plan: it asks rule after rule for the whole of its condition. That is
/// slower; what planning saves, and that it changes nothing, is seen beside it.
pub fn compile_unplanned(rulebook: &typed::Rulebook) -> Program {
    compile_within(rulebook, Purpose::Decide, 0).program
}

/// Makes a program that decides the same by indexes alone, however few rules there are: what a plan does with many rules is
/// seen on few.
pub fn compile_indexed(rulebook: &typed::Rulebook) -> Program {
    compile_with(rulebook, Purpose::Decide, |_| Budget::SEARCH).program
}

/// Makes a program that decides the same and can also be traced: it holds every single condition of its rules by itself,
/// which makes it about twice as large.
pub fn compile_traceable(rulebook: &typed::Rulebook) -> Program {
    compile_within(rulebook, Purpose::Trace, Limits::default().tree_size).program
}

/// A program, and what was not planned in it.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The program.
    pub program: Program,
    /// Where trees reached their limit.
    pub cut: Vec<Cut>,
}

/// A rule set whose tree reached its limit. It decides the same, only that the rest of it is asked rule by rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The name of the set.
    pub set: Text,
    /// What it decides.
    pub record: Text,
    /// The place of the first rule that is asked by itself.
    pub from: Text,
}

/// Makes the program of a checked rulebook whose trees may have at most `tree_size` questions and rules each.
pub fn compile_within(rulebook: &typed::Rulebook, purpose: Purpose, tree_size: usize) -> Compiled {
    compile_with(rulebook, purpose, |occurrences| Budget::new(occurrences, tree_size))
}

fn compile_with(rulebook: &typed::Rulebook, purpose: Purpose, budget: impl Fn(usize) -> Budget) -> Compiled {
    let (mut decisions, mut cut) = (Vec::new(), Vec::new());
    for decision in &rulebook.decisions {
        let trees: Vec<_> = decision.sets.iter().map(|set| plan_with(decision, set, &budget)).collect();
        cut.extend(decision.sets.iter().zip(&trees).filter_map(|(set, tree)| cut_off(decision, set, tree)));
        decisions.push(emit(decision, &trees, purpose, budget(0).sieved));
    }
    let program = Program {
        zone: rulebook.zone.clone(),
        references: references(&rulebook.references, &decisions),
        decisions,
        targets: rulebook.targets.iter().map(target).collect(),
        calendars: rulebook.calendars.clone(),
    };
    Compiled { program, cut }
}

/// Where the tree of a set was cut off, if it was.
fn cut_off(decision: &typed::Decision, set: &typed::RuleSet, tree: &Tree) -> Option<Cut> {
    let rule = set.rules.get(tree.cut_off()? as usize)?;
    Some(Cut { set: set.name.clone(), record: decision.record.clone(), from: rule.at.clone() })
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

fn target(target: &typed::Target) -> Target {
    let member = |member: &typed::Member| Member {
        address: member.address.clone(),
        weight: member.weight,
        away: member.away.clone(),
    };
    let members = target.members.iter().map(member).collect();
    Target { kind: target_kind(target.kind), name: target.name.clone(), members }
}
