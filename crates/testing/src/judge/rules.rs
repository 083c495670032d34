//! Rules that were expected to fire, and why they did not.

use values::Text;
use vm::program::{Decision, Rule};
use vm::trace::{LeafTrace, RuleTrace};

use super::Judge;
use crate::outcome::Failure;
use crate::show;

impl Judge<'_> {
    pub(super) fn rule(&self, name: &Text) -> Option<Failure> {
        let fired = self.fired_names().contains(&name);
        if fired != self.expected.negated {
            return None;
        }
        let (sentence, label) = match fired {
            true => (format!("rule \"{name}\" was not expected, and it fires"), "fires"),
            false => (format!("rule \"{name}\" was expected, and it does not fire"), "does not fire"),
        };
        let mut failure = self.failed(sentence, label);
        failure.notes.extend(self.why(name));
        Some(failure)
    }

    /// Exactly these rules fire, whatever their order.
    pub(super) fn rules(&self, names: &[Text]) -> Option<Failure> {
        let fired = self.fired_names();
        let quoted = |name: &Text| format!("\"{name}\"");
        let lacking: Vec<&Text> = names.iter().filter(|name| !fired.contains(name)).collect();
        let more: Vec<&Text> = fired.iter().copied().filter(|name| !names.contains(name)).collect();
        let listed = |names: &[&Text]| names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
        let label = match (lacking.as_slice(), more.as_slice()) {
            ([], []) => return None,
            (lacking, []) => format!("not fired: {}", listed(lacking)),
            ([], more) => format!("fired too: {}", listed(more)),
            (lacking, more) => format!("not fired: {}; fired instead: {}", listed(lacking), listed(more)),
        };
        let sentence = match names {
            [] => "no rules were expected to fire".to_owned(),
            _ => "other rules were expected to fire".to_owned(),
        };
        let mut failure = self.failed(sentence, label);
        failure.notes.extend(lacking.into_iter().flat_map(|name| self.why(name)));
        Some(failure)
    }

    /// How the rules of a name turned out: their single conditions, and what these met.
    fn why(&self, name: &Text) -> Vec<String> {
        let Some((_, decision)) = self.session.decision() else { return Vec::new() };
        let rules = (0..).zip(&decision.rules).filter(|(_, rule)| rule.name == *name && rule.condition.is_some());
        let mut lines: Vec<String> = rules.flat_map(|(place, rule)| self.why_rule(decision, place, rule)).collect();
        if lines.is_empty() && decision.rules.iter().all(|rule| rule.name != *name) {
            lines.push(format!("\"{name}\" is switched off by `disabled`"));
        }
        lines
    }

    fn why_rule(&self, decision: &Decision, place: u32, rule: &Rule) -> Vec<String> {
        let Ok(verdict) = &self.decided.verdict else { return Vec::new() };
        let Some(trace) = &verdict.trace else { return Vec::new() };
        let Some(traced) = trace.rules.iter().find(|traced| traced.rule == place) else {
            let earlier = trace.rules.iter().rev().filter_map(|traced| decision.rules.get(traced.rule as usize));
            let first = earlier.filter(|earlier| earlier.set == rule.set).map(|earlier| &earlier.name).next();
            let because = first.map(|first| format!(": \"{first}\" came first")).unwrap_or_default();
            return vec![format!("\"{}\" ({}) was not asked{because}", rule.name, rule.at)];
        };
        let head = format!("\"{}\" ({}):", rule.name, rule.at);
        std::iter::once(head).chain(self.leaves(decision, rule, traced)).collect()
    }

    /// A line for each single condition: a mark, its words, and the values that it met.
    fn leaves(&self, decision: &Decision, rule: &Rule, traced: &RuleTrace) -> Vec<String> {
        let width = rule.leaves.iter().map(|leaf| leaf.written.chars().count()).max().unwrap_or_default().min(60);
        let line = |(leaf, trace): (&vm::program::Leaf, &LeafTrace)| {
            let mark = match trace.holds {
                Ok(true) => "✓".to_owned(),
                Ok(false) => "✗".to_owned(),
                Err(fault) => format!("{}:", fault.code()),
            };
            let met = trace.read.iter().map(|(read, value)| {
                let value = show::value(value, &self.session.clock);
                let name = format!("{}.{}", decision.record, read.name(decision));
                if read.is_previous() { format!("previous({name}) is {value}") } else { format!("{name} is {value}") }
            });
            let met = met.collect::<Vec<_>>().join(", ");
            format!("  {mark} {:width$}  {met}", &*leaf.written).trim_end().to_owned()
        };
        rule.leaves.iter().zip(&traced.leaves).map(line).collect()
    }
}
