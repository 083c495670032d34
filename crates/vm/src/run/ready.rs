//! What a rule does, where that is the same for every record: most rules assign a fixed queue and set fields to constants.
//! Their effects are made once, and a rule that fires hands out copies.

use limits::fixed::TEXT_OF_A_STEP;
use values::Value;

use super::recipients::{self, Losses};
use super::weigh::{weight, weight_of_effect};
use crate::effect::Effect;
use crate::instruction::Instruction;
use crate::program::{Decision, Program, Rule};

/// What is known of a rule before any record has come.
#[derive(Debug)]
pub(crate) struct Ready {
    /// How many steps it is worth that it is told in a verdict.
    pub(super) told: usize,
    /// The policy of its set.
    pub(super) is_unique: bool,
    /// What it does, if that is always the same.
    pub(super) always: Option<Always>,
}

/// Effects that depend on no record.
#[derive(Debug, Default)]
pub(super) struct Always {
    /// Each with its place in the decision.
    pub(super) effects: Vec<(u32, Effect<Value>)>,
    /// How many steps they are worth: as many as their code takes.
    pub(super) steps: usize,
}

impl Ready {
    pub(super) fn new(program: &Program, decision: &Decision, rule: &Rule) -> Self {
        let set = decision.sets.get(rule.set as usize);
        let told = set.map_or(0, |set| set.name.len()) + rule.name.len() + rule.at.len();
        Self {
            told: told / TEXT_OF_A_STEP,
            is_unique: set.is_some_and(|set| set.policy == crate::program::Policy::Unique),
            always: Always::new(program, decision, rule.effects),
        }
    }
}

impl Always {
    /// The effects of a piece of code that pushes constants and performs effects, and does nothing else; whose recipients are
    /// all there.
    fn new(program: &Program, decision: &Decision, entry: u32) -> Option<Self> {
        let (mut always, mut stack) = (Self::default(), Vec::new());
        for instruction in decision.code.get(entry as usize..)? {
            always.steps += 1;
            match instruction {
                Instruction::Constant(constant) => stack.push(decision.constants.get(*constant as usize)?),
                Instruction::Perform(place) => {
                    let effect = decision.effects.get(*place as usize)?;
                    let operands = stack.split_off(stack.len().checked_sub(effect.operand_count() as usize)?);
                    always.steps += operands.iter().map(|operand| weight(operand)).sum::<usize>();
                    always.steps += weight_of_effect(effect) + decision.guards.len();
                    let effect = effect.map(&mut |operand| {
                        operands.get(usize::from(operand.0)).map_or(Value::Missing, |it| (*it).clone())
                    });
                    always.effects.push((*place, found(program, effect)?));
                }
                Instruction::Return => return Some(always),
                _ => return None,
            }
        }
        None
    }
}

/// An effect with its recipients, if all of them are there.
fn found(program: &Program, effect: Effect<Value>) -> Option<Effect<Value>> {
    let mut losses = Losses::new();
    let find = |recipient| recipients::computed(&program.targets, recipient);
    recipients::with_recipients(effect, find, &mut losses).ok().flatten().filter(|_| losses.is_empty())
}
