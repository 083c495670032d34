//! Writes the code of a decision: derived values, trees, conditions and effects.
//!
//! ```text
//! | derived value | its lines | … | set's tree | … | condition | effects | condition | effects | … | sieve | … | body of a loop | … |
//! ```
//!
//! Each piece ends in `return`. Start at [`emit`]; what an expression becomes stands in `emit/expression.rs`, what a tree
//! becomes in `emit/decision.rs`, what an effect becomes in `emit/effect.rs`, what many cases become in `emit/sieve.rs`.

mod code;
mod decision;
mod effect;
mod expression;
mod guard;
mod layout;
mod loops;
mod pool;
mod sieve;

use semantics::typed;
use vm::instruction::Instruction;
use vm::program::{Decision, Definition, Index, Leaf, Line, Policy, Rule, RuleSet};

use self::code::Code;
use self::guard::trigger;
use self::layout::{Layout, lay_out};
use self::loops::Loops;
use self::pool::Pool;
use self::sieve::Sieves;
use crate::plan::stops;
use crate::tree::{self, Tree};

pub(crate) use self::effect::target_kind;
pub use self::layout::field;

/// Writes the code of a decision whose rule sets have been planned, one tree for each.
/// From `sieved` cases on they get a sieve.
pub(crate) fn emit(decision: &typed::Decision, trees: &[Tree], purpose: Purpose, sieved: usize) -> Decision {
    let (code, pool, loops) = (Code::default(), Pool::default(), Loops::default());
    let mut emitter = Emitter { decision, purpose, code, pool, loops, sieves: Sieves::new(sieved) };
    let definitions = decision.definitions.iter().map(|definition| emitter.definition(definition)).collect();
    let guards = decision.guards.iter().map(|never| emitter.never(never)).collect();
    let sets = emitter.sets(&decision.sets, trees);
    let rules = emitter.rules(&decision.sets);
    emitter.sieves();
    emitter.bodies();
    let Layout { fields, items, joins, actor, code } = lay_out(decision, emitter.code.finish());
    Decision {
        record: decision.record.clone(),
        fields,
        items,
        joins,
        actor,
        definitions,
        guards,
        sets,
        rules,
        effects: emitter.pool.effects,
        constants: emitter.pool.constants.list,
        choices: emitter.pool.choices.list,
        patterns: emitter.pool.patterns.list,
        lookups: emitter.pool.lookups.list,
        loops: emitter.loops.done(),
        sieves: emitter.sieves.done(),
        code,
    }
}

/// What a program is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To decide records.
    Decide,
    /// Also to tell how each single condition and each line of a derived value turned out.
    Trace,
}

/// The code so far, and what it refers to.
struct Emitter<'a> {
    decision: &'a typed::Decision,
    purpose: Purpose,
    code: Code,
    pool: Pool,
    loops: Loops,
    sieves: Sieves,
}

impl Emitter<'_> {
    fn definition(&mut self, definition: &typed::Definition) -> Definition {
        let entry = self.code.here();
        self.value(&definition.value);
        self.code.push(Instruction::Return);
        let lines = match self.purpose {
            Purpose::Decide => Vec::new(),
            Purpose::Trace => definition.lines.iter().map(|line| self.line(line)).collect(),
        };
        Definition {
            name: definition.name.clone(),
            entry,
            lines,
            first_only: definition.first_only,
            hidden: definition.hidden,
        }
    }

    fn line(&mut self, line: &typed::Line) -> Line {
        let entry = self.code.here();
        self.value(&line.value);
        self.code.push(Instruction::Return);
        Line { text: line.text.clone(), at: line.at.clone(), entry, limits: line.limits }
    }

    fn sets(&mut self, sets: &[typed::RuleSet], trees: &[Tree]) -> Vec<RuleSet> {
        let mut start = 0;
        let mut emitted = Vec::with_capacity(sets.len());
        for (set, tree) in sets.iter().zip(trees) {
            let end = start + rule_count(set);
            let guard = set.guard.as_ref().map(|guard| self.guard(guard));
            let index = tree.index.as_ref().map(|index| self.index(index, start));
            let entry = self.code.here();
            self.tree(tree, set, start);
            emitted.push(RuleSet {
                name: set.name.clone(),
                policy: policy(set.policy),
                trigger: trigger(&set.trigger),
                sees: set.sees.clone(),
                guard,
                rules: start..end,
                entry,
                index,
            });
            start = end;
        }
        emitted
    }

    /// An index of the set whose rules are numbered from `start`.
    fn index(&mut self, index: &tree::Index, start: u32) -> Index {
        let mut emitted = index.index.clone();
        for row in &mut emitted.rows {
            row.rule += start;
        }
        for (dimension, operand) in emitted.dimensions.iter_mut().zip(&index.operands) {
            dimension.entry = self.code.here();
            self.value(operand);
            self.code.push(Instruction::Return);
        }
        emitted
    }

    /// The rules of all sets, each set's `otherwise` last.
    fn rules(&mut self, sets: &[typed::RuleSet]) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (place, set) in (0..).zip(sets) {
            rules.extend(set.rules.iter().map(|rule| self.rule(place, rule)));
            rules.extend(set.otherwise.iter().map(|otherwise| Rule {
                name: "otherwise".into(),
                at: otherwise.at.clone(),
                set: place,
                condition: None,
                leaves: Vec::new(),
                effects: self.effects(&otherwise.effects),
                stops: false,
            }));
        }
        rules
    }

    fn rule(&mut self, set: u32, rule: &typed::Rule) -> Rule {
        let condition = self.whole_condition(&rule.condition);
        let leaves = match self.purpose {
            Purpose::Decide => Vec::new(),
            Purpose::Trace => rule.leaves.iter().map(|leaf| self.leaf(leaf)).collect(),
        };
        let effects = self.effects(&rule.effects);
        Rule {
            name: rule.name.clone(),
            at: rule.at.clone(),
            set,
            condition: Some(condition),
            leaves,
            effects,
            stops: stops(rule),
        }
    }

    fn leaf(&mut self, leaf: &typed::Leaf) -> Leaf {
        let entry = self.code.here();
        self.condition(&leaf.test);
        self.code.push(Instruction::Return);
        Leaf { written: leaf.written.clone(), place: leaf.place.clone(), entry }
    }
}

/// How many rules a set has, its `otherwise` included.
fn rule_count(set: &typed::RuleSet) -> u32 {
    u32::try_from(set.rules.len() + usize::from(set.otherwise.is_some())).unwrap_or(u32::MAX)
}

fn policy(policy: typed::Policy) -> Policy {
    match policy {
        typed::Policy::First => Policy::First,
        typed::Policy::All => Policy::All,
        typed::Policy::Unique => Policy::Unique,
    }
}
