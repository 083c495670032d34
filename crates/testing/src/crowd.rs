//! Tests over a file: every record is decided, and what is expected is asked of each, or of all together.

use std::cmp::Ordering;
use std::sync::Arc;

use records::{Joined, Reader, Source};
use semantics::typed::test::{Claim, Comparison, Expectation, Limit, MeasureUnit};
use values::{Number, Value, compare};

use crate::bench::{AllFields, Session};
use crate::joins;
use crate::judge::{Decided, Undecided};
use crate::outcome::{Failure, Outcome};

/// How many records are named where many are meant.
const NAMED: usize = 5;

/// What one expectation meets over all records.
#[derive(Default)]
struct Tally {
    /// How many records it, or what it measures, holds for.
    holds: usize,
    /// The first records for which it holds, and for which not.
    examples: Vec<String>,
    counterexamples: Vec<String>,
    /// What was wrong with the first for which it does not.
    first: Option<Failure>,
}

/// Decides all records of a file and judges what was expected of them.
pub(crate) fn decide(session: &Session<'_>, source: Source, outcome: &mut Outcome) {
    let mut tallies: Vec<Tally> = session.expectations().iter().map(|_| Tally::default()).collect();
    let fields = session.all_fields();
    let joined = match joins::joined(session, fields.asked()) {
        Ok(joined) => joined,
        Err(failure) => return outcome.failures.push(failure),
    };
    if let Err(reason) = each_record(session, (source, &fields, joined), &mut |label, decided| {
        outcome.records += 1;
        decided.verdict.iter().for_each(|verdict| outcome.seen.record(verdict));
        for (expected, tally) in session.expectations().iter().zip(&mut tallies) {
            tally.count(session, expected, label, decided);
        }
    }) {
        outcome.failures.push(whole(
            session,
            format!("the file cannot be read to its end: {reason}"),
            "cannot be read",
        ));
    }
    if outcome.records == 0 {
        outcome.failures.push(whole(session, "the file holds no records".to_owned(), "no records"));
        return;
    }
    let judged = session.expectations().iter().zip(tallies);
    outcome.failures.extend(judged.filter_map(|(expected, tally)| tally.judge(session, expected, outcome.records)));
}

fn whole(session: &Session<'_>, sentence: String, label: &str) -> Failure {
    let labels = vec![(session.test.place(session.test.says.name_span), label.to_owned())];
    Failure { sentence, labels, notes: Vec::new() }
}

/// Reads and decides one record after the other. The test's own fields come from a second reader over the same text.
fn each_record(
    session: &Session<'_>,
    (source, fields, joined): (Source, &AllFields, Option<Arc<Joined>>),
    each: &mut dyn FnMut(&str, &Decided),
) -> Result<(), String> {
    let (mut machine, mut chooser) = (session.machine(session.bench.covers_files), session.chooser());
    let reading = session.reading(joined);
    let mut reader = Reader::new(source, fields.asked(), reading).map_err(|error| error.to_string())?;
    while let Some(read) = reader.next() {
        if session.bench.stop.is_some_and(|stop| stop()) {
            return Err("it was stopped before".to_owned());
        }
        match read.map_err(|error| error.to_string())? {
            Ok(input) => {
                let label = reader.label(&input);
                let (for_rules, for_test) = fields.parted(&input.record, session);
                let verdict = match &mut machine {
                    Some(machine) => machine.run(&for_rules).map(|mut verdict| {
                        chooser.choose(&session.program().targets, &session.clock, &mut verdict);
                        verdict
                    }),
                    None => Ok(vm::Verdict::default()),
                };
                each(&label, &Decided::new(session, verdict, for_test));
            }
            Err(rejected) => {
                let label = rejected
                    .key
                    .as_ref()
                    .map_or_else(|| format!("{}:{}", rejected.file, rejected.line), ToString::to_string);
                let undecided = Undecided { code: rejected.code.to_owned(), message: rejected.message.clone() };
                each(&label, &Decided::unreadable(session, undecided));
            }
        }
    }
    Ok(())
}

impl Tally {
    fn count(&mut self, session: &Session<'_>, expected: &Expectation, label: &str, decided: &Decided) {
        let part = if let Claim::Measure { of, .. } = &expected.claim { of } else { expected };
        match decided.failure(session, part) {
            None => {
                self.holds += 1;
                if self.examples.len() < NAMED {
                    self.examples.push(label.to_owned());
                }
            }
            Some(failure) => {
                if self.counterexamples.len() < NAMED {
                    self.counterexamples.push(label.to_owned());
                }
                self.first.get_or_insert(failure);
            }
        }
    }

    fn judge(self, session: &Session<'_>, expected: &Expectation, records: usize) -> Option<Failure> {
        if let Claim::Measure { unit, of, limit } = &expected.claim {
            return self.measured(session, expected, (*unit, of, limit), records);
        }
        let mut failure = self.first?;
        let but = records - self.holds;
        let of = if records == 1 { "the only record".to_owned() } else { format!("{but} of {records} records") };
        failure.sentence = format!("for {of}: {}", failure.sentence);
        failure.notes = vec![named("these", &self.counterexamples, but)];
        Some(failure)
    }

    fn measured(
        self,
        session: &Session<'_>,
        expected: &Expectation,
        (unit, of, limit): (MeasureUnit, &Expectation, &Limit),
        records: usize,
    ) -> Option<Failure> {
        let (count, all) = (number(self.holds), number(records));
        let value = match unit {
            MeasureUnit::Count => Some(count),
            MeasureUnit::Share => count.divide(all).ok(),
        };
        let value = Value::Number(value?);
        if met(&value, limit) {
            return None;
        }
        let (noun, shown) = match unit {
            MeasureUnit::Count => ("count", self.holds.to_string()),
            MeasureUnit::Share => ("share", percent(self.holds, records)),
        };
        let sentence = format!("the {noun} of `{}` is {shown}, and `{}` was expected", of.written, limit.written);
        let label = format!("is {shown}: {} of {records} records", self.holds);
        let labels = vec![(session.test.place(expected.span), label)];
        let too_few = limit.bounds.iter().any(|(operator, bound)| {
            matches!(operator, Comparison::Greater | Comparison::GreaterOrEqual)
                && compare::order(&value, bound) == Some(Ordering::Less)
        });
        let note = match too_few && self.holds < records {
            true => named("not these", &self.counterexamples, records - self.holds),
            false => named("these", &self.examples, self.holds),
        };
        Some(Failure { sentence, labels, notes: vec![note] })
    }
}

fn met(value: &Value, limit: &Limit) -> bool {
    let holds = |(operator, bound): &(Comparison, Value)| {
        let order = compare::order(value, bound);
        match operator {
            Comparison::Equal => order == Some(Ordering::Equal),
            Comparison::Less => order == Some(Ordering::Less),
            Comparison::LessOrEqual => order.is_some_and(Ordering::is_le),
            Comparison::Greater => order == Some(Ordering::Greater),
            Comparison::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        }
    };
    limit.bounds.iter().all(holds) != limit.negated
}

/// `these: L1, L7 and 12 more`
fn named(word: &str, labels: &[String], all: usize) -> String {
    let more = all.saturating_sub(labels.len());
    match (labels, more) {
        ([], _) => format!("{word}: none"),
        (labels, 0) => format!("{word}: {}", labels.join(", ")),
        (labels, more) => format!("{word}: {} and {more} more", labels.join(", ")),
    }
}

fn number(count: usize) -> Number {
    Number::from(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A share in per cent, to a tenth.
fn percent(part: usize, all: usize) -> String {
    let tenths = (part * 1000 + all / 2).checked_div(all).unwrap_or_default();
    if tenths.is_multiple_of(10) { format!("{}%", tenths / 10) } else { format!("{}.{}%", tenths / 10, tenths % 10) }
}
