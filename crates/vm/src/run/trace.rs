//! How the rules of a set turned out, condition by condition. Asked when the set has run, so that it sees what the set saw.

use std::collections::BTreeSet;

use values::{FaultCode, Value};

use super::Run;
use super::weigh::weight;
use crate::instruction::Instruction;
use crate::program::{Leaf, Rule, RuleSet};
use crate::trace::{LeafTrace, LineTrace, Read, RuleTrace};
use crate::verdict::Fault;

impl Run<'_> {
    /// Traces the rules of a set that were considered. All that is traced of a record has a budget of steps of its own;
    /// using it up is fatal.
    pub(super) fn trace(&mut self, set: &RuleSet) -> Result<(), Fault> {
        let (met_missing, left) = (self.met_missing, std::mem::replace(&mut self.steps, self.steps_of_trace));
        let mut traced = Vec::new();
        for index in self.considered(set) {
            let decision = self.decision;
            if let Some(rule) = decision.rules.get(index as usize) {
                traced.push(self.trace_rule(index, rule)?);
            }
        }
        self.settlement.verdict.trace.get_or_insert_default().rules.extend(traced);
        self.met_missing = met_missing;
        self.steps_of_trace = std::mem::replace(&mut self.steps, left);
        Ok(())
    }

    /// Traces the lines of all derived values and what they came to.
    pub(super) fn trace_lines(&mut self) -> Result<(), Fault> {
        let (met_missing, decision) = (self.met_missing, self.decision);
        let left = std::mem::replace(&mut self.steps, self.steps_of_trace);
        let (mut traced, mut results) = (Vec::new(), Vec::new());
        for (index, definition) in (0..).zip(&decision.definitions).filter(|(_, it)| !it.lines.is_empty()) {
            for (place, line) in (0..).zip(&definition.lines) {
                let gives = self.outcome(line.entry)?;
                let counts = match &gives {
                    Ok(Value::Missing | Value::Truth(false)) => false,
                    Ok(Value::Number(number)) => !(line.limits && number.is_zero()),
                    _ => true,
                };
                if counts {
                    traced.push(LineTrace { definition: index, line: place, gives });
                    if definition.first_only {
                        break;
                    }
                }
            }
            let result = fatal_steps(self.define(index))?;
            self.spend(result.as_ref().map_or(0, weight))?;
            results.push((index, result));
        }
        let trace = self.settlement.verdict.trace.get_or_insert_default();
        (trace.lines, trace.results) = (traced, results);
        self.met_missing = met_missing;
        self.steps_of_trace = std::mem::replace(&mut self.steps, left);
        Ok(())
    }

    fn trace_rule(&mut self, index: u32, rule: &Rule) -> Result<RuleTrace, Fault> {
        let holds = match rule.condition {
            Some(condition) => self.outcome(condition)?.map(|truth| truth.holds()),
            None => Ok(self.fired == Some(index)),
        };
        let leaves: Result<Vec<_>, Fault> = rule.leaves.iter().map(|leaf| self.trace_leaf(leaf)).collect();
        Ok(RuleTrace { rule: index, holds, leaves: leaves? })
    }

    fn trace_leaf(&mut self, leaf: &Leaf) -> Result<LeafTrace, Fault> {
        let holds = self.outcome(leaf.entry)?.map(|truth| truth.holds());
        let mut read = Vec::new();
        for source in self.sources(leaf.entry)? {
            let value = match source {
                Read::Field(field) => self.values().get(field as usize).cloned().unwrap_or_default(),
                Read::Definition(definition) => fatal_steps(self.define(definition))?.unwrap_or_default(),
                Read::FieldBefore(field) => {
                    let before = self.record.before.as_ref();
                    before.and_then(|values| values.get(field as usize)).cloned().unwrap_or_default()
                }
                Read::DefinitionBefore(definition) => self.defined_before(definition)?,
            };
            self.spend(weight(&value))?;
            read.push((source, value));
        }
        Ok(LeafTrace { holds, read })
    }

    /// The value that a piece of code leaves, or why it leaves none. Only the limit of steps is fatal.
    pub(super) fn outcome(&mut self, entry: u32) -> Result<Result<Value, FaultCode>, Fault> {
        fatal_steps(self.evaluate(entry))
    }

    /// A derived value of the record before the event; missing where there is none, and where it cannot be computed.
    fn defined_before(&mut self, definition: u32) -> Result<Value, Fault> {
        let height = self.memory.stack.len();
        let value = match self.enter_before() {
            true => fatal_steps(self.define(definition)).map(Result::unwrap_or_default),
            false => Ok(Value::Missing),
        };
        self.leave_before();
        self.memory.stack.truncate(height);
        value
    }

    /// The fields and derived values that a piece of code names, each once; those that it looks at before the event apart.
    fn sources(&mut self, entry: u32) -> Result<Vec<Read>, FaultCode> {
        let code = self.decision.code.get(entry as usize..).unwrap_or_default();
        let end = code.iter().position(|instruction| *instruction == Instruction::Return).unwrap_or(code.len());
        self.spend(end)?;
        let (mut sources, mut known, mut before) = (Vec::new(), BTreeSet::new(), false);
        for instruction in code.iter().take(end) {
            let source = match instruction {
                Instruction::Field(field) if before => Read::FieldBefore(*field),
                Instruction::Definition(definition) if before => Read::DefinitionBefore(*definition),
                Instruction::Field(field) => Read::Field(*field),
                Instruction::Definition(definition) => Read::Definition(*definition),
                Instruction::EnterBefore(_) | Instruction::LeaveBefore => {
                    before = matches!(instruction, Instruction::EnterBefore(_));
                    continue;
                }
                _ => continue,
            };
            if known.insert(source) {
                sources.push(source);
            }
        }
        Ok(sources)
    }
}

/// What was computed, or why it could not be. Only the limit of steps is fatal.
fn fatal_steps(result: Result<Value, Fault>) -> Result<Result<Value, FaultCode>, Fault> {
    match result {
        Err(fault) if fault.code == FaultCode::TooManySteps => Err(fault),
        Err(fault) => Ok(Err(fault.code)),
        Ok(value) => Ok(Ok(value)),
    }
}
