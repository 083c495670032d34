//! A trace as it stands in a verdict: `{"rules":[{"set":…,"rule":…,"at":…,"holds":…,"conditions":[…]}],"values":{…},"results":{…}}`.

use values::{FaultCode, Value};
use vm::trace::{LeafTrace, LineTrace, RuleTrace, Trace};

use super::Run;
use super::json::Members;

impl Run<'_> {
    /// Writes the key `trace`.
    pub(super) fn write_trace(&self, json: &mut Members<'_>, trace: &Trace) {
        json.key("trace").write_object(|json| {
            json.key("rules")
                .write_array(&trace.rules, |json, rule| json.write_object(|json| self.rule_trace(json, rule)));
            if !trace.lines.is_empty() {
                json.key("values").write_object(|json| self.line_traces(json, &trace.lines));
            }
            if !trace.results.is_empty() {
                json.key("results").write_object(|json| self.results(json, &trace.results));
            }
        });
    }

    /// The lines that counted, value by value: `"fit":[{"text":"add 30 when …","at":…,"gives":30}]`.
    fn line_traces(&self, json: &mut Members<'_>, lines: &[LineTrace]) {
        for of_value in lines.chunk_by(|one, next| one.definition == next.definition) {
            let place = of_value.first().map_or(0, |line| line.definition);
            let Some(definition) = self.decision.definitions.get(place as usize) else { continue };
            let named = of_value.iter().filter_map(|it| Some((definition.lines.get(it.line as usize)?, &it.gives)));
            json.key(&definition.name).write_array(named, |json, (line, gives)| {
                json.write_object(|json| {
                    json.text("text", &line.text);
                    json.text("at", &line.at);
                    match gives {
                        Ok(Value::Truth(holds)) => json.key("holds").write_plain(holds),
                        Ok(value) => json.key("gives").write_value(value, self.clock),
                        Err(fault) => json.text("fault", fault.code()),
                    }
                });
            });
        }
    }

    /// What the lines came to: `"fit":40`.
    fn results(&self, json: &mut Members<'_>, results: &[(u32, Result<Value, FaultCode>)]) {
        for (place, result) in results {
            let Some(definition) = self.decision.definitions.get(*place as usize) else { continue };
            json.key(&definition.name).write_result(result, self.clock);
        }
    }

    fn rule_trace(&self, json: &mut Members<'_>, traced: &RuleTrace) {
        let Some(rule) = self.rule(traced.rule) else { return };
        let set = usize::try_from(rule.set).ok().and_then(|place| self.decision.sets.get(place));
        json.text("set", set.map_or("", |set| &set.name));
        json.text("rule", &rule.name);
        json.text("at", &rule.at);
        write_outcome(json, traced.holds);
        if !rule.leaves.is_empty() {
            let leaves = rule.leaves.iter().zip(&traced.leaves);
            json.key("conditions").write_array(leaves, |json, (leaf, traced)| {
                json.write_object(|json| {
                    json.text("text", &leaf.written);
                    self.leaf_trace(json, traced);
                });
            });
        }
    }

    fn leaf_trace(&self, json: &mut Members<'_>, traced: &LeafTrace) {
        write_outcome(json, traced.holds);
        if traced.read.is_empty() {
            return;
        }
        json.key("read").write_object(|json| {
            for (source, value) in &traced.read {
                let name = source.name(self.decision);
                let json = match source.is_previous() {
                    true => json.key(&format!("previous({name})")),
                    false => json.key(name),
                };
                json.write_value(value, self.clock);
            }
        });
    }
}

fn write_outcome(json: &mut Members<'_>, outcome: Result<bool, FaultCode>) {
    match outcome {
        Ok(holds) => json.key("holds").write_plain(holds),
        Err(fault) => json.text("fault", fault.code()),
    }
}
