//! Whether an expectation is met by what was decided about a record, and if not, what was found instead.

mod effects;
mod rules;

use semantics::typed::test::{Claim, Expectation, Operand};
use semantics::typed::{Expr, ExprKind};
use values::{FaultCode, Text, Type, Value};
use vm::effect::Effect;
use vm::{Record, Verdict};

use crate::bench::Session;
use crate::calculator::Values;
use crate::fact::{Fact, facts};
use crate::outcome::Failure;
use crate::show;

/// A record, decided.
pub(crate) struct Decided {
    pub(crate) verdict: Result<Verdict, Undecided>,
    /// The values of the test's expressions for the record as the rules found it.
    pub(crate) found: Values,
    /// The same for the record as the rules left it.
    pub(crate) left: Values,
    /// That record.
    record: Record,
    pub(crate) facts: Vec<Fact>,
    /// Whether there is a record at all that conditions could be asked of.
    readable: bool,
}

/// Why a record could not be decided.
pub(crate) struct Undecided {
    pub(crate) code: String,
    pub(crate) message: String,
}

impl Decided {
    /// What the machine made of a record; `seen` is the record as the test's own expressions see it.
    pub(crate) fn new(session: &Session<'_>, verdict: Result<Verdict, vm::Fault>, seen: Record) -> Self {
        let found = session.calculator.values(&seen);
        let verdict = verdict.map_err(|fault| {
            let rule = fault.rule.and_then(|place| session.decision()?.1.rules.get(place as usize));
            let place = rule.map(|rule| format!(" in rule \"{}\" ({})", rule.name, rule.at)).unwrap_or_default();
            let detail = if fault.detail.is_empty() { String::new() } else { format!(": {}", fault.detail) };
            let message = format!("{}{place}{detail}", fault.code.sentence());
            Undecided { code: fault.code.code().to_owned(), message }
        });
        let (mut record, mut happened) = (None, Vec::new());
        if let Ok(verdict) = &verdict {
            happened = facts(session.program(), verdict);
            record = written(session, verdict, &seen);
        }
        let left = record.as_ref().map_or_else(|| found.clone(), |record| session.calculator.values(record));
        let record = record.unwrap_or(seen);
        Self { verdict, found, left, record, facts: happened, readable: true }
    }

    /// A record of which nothing could be read.
    pub(crate) fn unreadable(session: &Session<'_>, undecided: Undecided) -> Self {
        let found = session.calculator.values_without_record();
        let record = Record::default();
        Self { verdict: Err(undecided), left: found.clone(), found, record, facts: Vec::new(), readable: false }
    }

    /// What is not as expected.
    pub(crate) fn failure(&self, session: &Session<'_>, expected: &Expectation) -> Option<Failure> {
        let judge = Judge { session, decided: self, expected };
        match (&expected.claim, &self.verdict) {
            (Claim::Fault(code), _) => judge.fault(code.as_ref()),
            (Claim::Condition { condition, operands }, _) if self.readable => judge.condition(condition, operands),
            (_, Err(undecided)) => Some(judge.undecided(undecided)),
            (Claim::Rule(name), Ok(_)) => judge.rule(name),
            (Claim::Rules(names), Ok(_)) => judge.rules(names),
            (Claim::Lost(effect), Ok(verdict)) => judge.lost(effect.as_ref(), verdict),
            (Claim::Effect(sketch), Ok(_)) => judge.effect(sketch),
            // Told of all records together.
            (Claim::Measure { .. } | Claim::Condition { .. }, Ok(_)) => None,
        }
    }
}

/// The record with what the rules have written; none if they have written nothing.
fn written(session: &Session<'_>, verdict: &Verdict, seen: &Record) -> Option<Record> {
    let fields = session.calculator.fields();
    let mut record = seen.clone();
    let mut write = |field: &Text, change: &dyn Fn(&Value) -> Value| {
        let place = fields.iter().position(|known| known.name == *field)?;
        let (value, default) = (record.values.get_mut(place)?, fields.get(place)?.default.as_ref());
        *value = change(value);
        if let (true, Some(default)) = (value.is_missing(), default) {
            *value = default.clone();
        }
        Some(())
    };
    let set = verdict.set.iter().filter_map(|(field, value)| write(field, &|_| value.clone())).count();
    let lists = verdict.effects.iter().filter_map(|effect| match effect {
        Effect::Add { field, value } => write(field, &|list| added(list, value)),
        Effect::Remove { field, value } => write(field, &|list| removed(list, value)),
        _ => None,
    });
    (set + lists.count() > 0).then_some(record)
}

fn added(list: &Value, value: &Value) -> Value {
    let before: &[Value] = if let Value::List(members) = list { members } else { &[] };
    Value::List(before.iter().chain([value]).cloned().collect())
}

fn removed(list: &Value, value: &Value) -> Value {
    let before: &[Value] = if let Value::List(members) = list { members } else { &[] };
    Value::List(before.iter().filter(|member| *member != value).cloned().collect())
}

/// One expectation and one record.
pub(crate) struct Judge<'a> {
    session: &'a Session<'a>,
    decided: &'a Decided,
    expected: &'a Expectation,
}

impl Judge<'_> {
    fn failed(&self, sentence: impl Into<String>, label: impl Into<String>) -> Failure {
        let labels = vec![(self.session.test.place(self.expected.span), label.into())];
        Failure { sentence: sentence.into(), labels, notes: self.fired() }
    }

    fn written(&self) -> String {
        format!("`{}`", self.expected.written)
    }

    /// The rules that fired, for a note.
    fn fired(&self) -> Vec<String> {
        let Ok(verdict) = &self.decided.verdict else { return Vec::new() };
        let Some((_, decision)) = self.session.decision() else { return vec!["no rule decides such records".into()] };
        let rules = verdict.fired.iter().filter_map(|place| decision.rules.get(*place as usize));
        let fired: Vec<String> = rules.map(|rule| format!("\"{}\" ({})", rule.name, rule.at)).collect();
        vec![if fired.is_empty() { "no rule fired".into() } else { format!("fired: {}", fired.join(", ")) }]
    }

    fn fired_names(&self) -> Vec<&Text> {
        let decision = self.session.decision().map(|(_, decision)| decision);
        let (Ok(verdict), Some(decision)) = (&self.decided.verdict, decision) else { return Vec::new() };
        verdict.fired.iter().filter_map(|place| decision.rules.get(*place as usize)).map(|rule| &rule.name).collect()
    }

    fn undecided(&self, undecided: &Undecided) -> Failure {
        let sentence =
            format!("{} was expected, and the record cannot be decided: {}", self.written(), undecided.message);
        self.failed(sentence, format!("found: {}", undecided.code))
    }

    fn fault(&self, code: Option<&Text>) -> Option<Failure> {
        let found = self.decided.verdict.as_ref().err();
        let met = found.is_some_and(|found| code.is_none_or(|code| **code == *found.code));
        if met != self.expected.negated {
            return None;
        }
        Some(match found {
            None => self.failed("a fault was expected, and the record can be decided", "no fault"),
            Some(found) if self.expected.negated => self
                .failed(format!("the record cannot be decided: {}", found.message), format!("found: {}", found.code)),
            Some(found) => {
                let sentence = format!("another fault was expected than this one: {}", found.message);
                self.failed(sentence, format!("found: {}", found.code))
            }
        })
    }

    fn lost(&self, effect: Option<&Text>, verdict: &Verdict) -> Option<Failure> {
        let is = |lost: &str, effect: &str| {
            lost == effect || lost.strip_prefix(effect).is_some_and(|rest| rest.starts_with(' '))
        };
        let mut lost = verdict.lost.iter().filter(|lost| effect.is_none_or(|effect| is(&lost.effect, effect)));
        let found = lost.next();
        if found.is_some() != self.expected.negated {
            return None;
        }
        Some(match found {
            None => self.failed(format!("{} was expected, and no such effect is lost", self.written()), "not lost"),
            Some(lost) => {
                let rule = self.session.decision().and_then(|(_, decision)| decision.rules.get(lost.rule as usize));
                let rule = rule.map(|rule| format!(" of rule \"{}\" ({})", rule.name, rule.at)).unwrap_or_default();
                self.failed(format!("the effect `{}`{rule} is lost", lost.effect), format!("lost: {}", lost.effect))
            }
        })
    }

    /// A condition is asked of the record as the rules leave it.
    fn condition(&self, condition: &Expr, operands: &[Operand]) -> Option<Failure> {
        let holds = self.decided.left.of(&condition.kind).map(Value::holds);
        if holds == Ok(true) {
            return None;
        }
        let clock = &self.session.clock;
        let place = |operand: &Operand| self.session.test.place(operand.span);
        let mut labels: Vec<_> = operands
            .iter()
            .map(|operand| {
                let value = self.decided.left.of(&operand.value.kind);
                (place(operand), format!("is {}", show::result(value, clock)))
            })
            .collect();
        if labels.is_empty() {
            labels.push((self.session.test.place(self.expected.span), "does not hold".to_owned()));
        }
        let sentence = match holds {
            Err(fault) => format!("{} cannot be told: {}", self.written(), fault.sentence()),
            Ok(_) => format!("{} was expected, and it does not hold", self.written()),
        };
        let moment = operands.iter().any(|operand| matches!(operand.value.ty, Type::Date | Type::DateTime));
        let made = operands.iter().flat_map(|operand| self.made_of(operand));
        let notes = made.chain(self.fired()).chain(self.now().filter(|_| moment)).collect();
        Some(Failure { sentence, labels, notes })
    }

    /// The lines that made a derived value, for a score with what each contributed.
    fn made_of(&self, operand: &Operand) -> Vec<String> {
        let calculator = &self.session.calculator;
        let Some((lines, result)) =
            operand.derived.as_ref().and_then(|name| calculator.lines(&self.decided.record, name))
        else {
            return Vec::new();
        };
        let shown = |value: &Value| show::value(value, &self.session.clock);
        let width = lines.iter().map(|(text, _)| text.chars().count()).max().unwrap_or_default().min(60);
        let line = |(text, gives): (Text, Value)| match gives {
            Value::Truth(_) => format!("  {text}"),
            gives => format!("  {:width$}  {}", &*text, shown(&gives)),
        };
        let head = match lines.is_empty() {
            true => format!("{} is {}: no line holds", operand.written, shown(&result)),
            false => format!("{} is {}:", operand.written, shown(&result)),
        };
        std::iter::once(head).chain(lines.into_iter().map(line)).collect()
    }

    /// Tells which instant it is where the test does not.
    fn now(&self) -> Option<String> {
        let now = show::value(&Value::DateTime(self.session.clock.now), &self.session.clock);
        self.session.test.says.now.is_none().then(|| format!("the test has no `now`, so it is {now}"))
    }

    /// The value of one of the test's expressions, for the record as the rules found it.
    fn value(&self, expr: &ExprKind) -> Result<&Value, FaultCode> {
        self.decided.found.of(expr)
    }
}
