//! How the rules of a set turned out, condition by condition. Asked when the set has run, so that it sees what the set saw.

use values::{FaultCode, Value};

use super::Run;
use crate::instruction::Instruction;
use crate::program::{Leaf, Rule, RuleSet};
use crate::trace::{LeafTrace, LineTrace, Read, RuleTrace};
use crate::verdict::Fault;

impl Run<'_> {
    /// Traces the rules of a set that were considered. Takes a budget of steps of its own; using it up is fatal.
    pub(super) fn trace(&mut self, set: &RuleSet, steps: u64) -> Result<(), Fault> {
        let (met_missing, left) = (self.met_missing, std::mem::replace(&mut self.steps, steps));
        let mut traced = Vec::new();
        for index in self.considered(set) {
            let decision = self.decision;
            if let Some(rule) = decision.rules.get(index as usize) {
                traced.push(self.trace_rule(index, rule)?);
            }
        }
        self.settlement.verdict.trace.get_or_insert_default().rules.extend(traced);
        (self.met_missing, self.steps) = (met_missing, left);
        Ok(())
    }

    /// Traces the lines of all derived values, within a budget of steps of its own for each value.
    pub(super) fn trace_lines(&mut self, steps: u64) -> Result<(), Fault> {
        let (met_missing, left, decision) = (self.met_missing, self.steps, self.decision);
        let mut traced = Vec::new();
        for (index, definition) in (0..).zip(&decision.definitions) {
            self.steps = steps;
            for (line, entry) in (0..).zip(definition.lines.iter().map(|line| line.entry)) {
                let gives = self.outcome(entry)?;
                if !matches!(gives, Ok(Value::Missing | Value::Truth(false))) {
                    traced.push(LineTrace { definition: index, line, gives });
                    if definition.first_only {
                        break;
                    }
                }
            }
        }
        self.settlement.verdict.trace.get_or_insert_default().lines = traced;
        (self.met_missing, self.steps) = (met_missing, left);
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
        for source in self.sources(leaf.entry) {
            let value = match source {
                Read::Field(field) => self.values().get(field as usize).cloned().unwrap_or_default(),
                Read::Definition(definition) => match self.define(definition) {
                    Err(fault) if fault.code == FaultCode::TooManySteps => return Err(fault),
                    other => other.unwrap_or_default(),
                },
            };
            read.push((source, value));
        }
        Ok(LeafTrace { holds, read })
    }

    /// The value that a piece of code leaves, or why it leaves none. Only the limit of steps is fatal.
    pub(super) fn outcome(&mut self, entry: u32) -> Result<Result<Value, FaultCode>, Fault> {
        match self.evaluate(entry) {
            Err(fault) if fault.code == FaultCode::TooManySteps => Err(fault),
            Err(fault) => Ok(Err(fault.code)),
            Ok(value) => Ok(Ok(value)),
        }
    }

    /// The fields and derived values that a piece of code names, each once.
    fn sources(&self, entry: u32) -> Vec<Read> {
        let code = self.decision.code.get(entry as usize..).unwrap_or_default();
        let mut sources = Vec::new();
        for instruction in code.iter().take_while(|instruction| **instruction != Instruction::Return) {
            let source = match instruction {
                Instruction::Field(field) => Read::Field(*field),
                Instruction::Definition(definition) => Read::Definition(*definition),
                _ => continue,
            };
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        sources
    }
}
