//! What a test computes by itself: the values it gives, the deadlines and texts it expects, its conditions.
//!
//! The expressions of a test become derived values of a program of their own, beside the definitions of the rulebook and
//! without its rules. Each expression is then replaced by the number of its value.

use std::cell::RefCell;
use std::sync::Arc;

use records::Asked;
use semantics::typed::test::{Part, Saying, Test};
use semantics::typed::{Decision, Definition, Expr, ExprKind, Recipient, Reference, Rulebook};
use values::{Clock, FaultCode, Text, Value};
use vm::program::{Field, Items, Join};
use vm::{Machine, Options, Record, Verified};

/// A program that computes the expressions of one test.
pub(crate) struct Calculator {
    program: Verified,
    machine: RefCell<Machine>,
    /// The same, telling what made the derived values.
    telling: RefCell<Machine>,
    /// What the test says, each expression a `Definition` with the number of its value.
    pub(crate) says: Saying,
}

/// The values of a test's expressions for one record.
#[derive(Clone, Debug)]
pub(crate) struct Values(Vec<Result<Value, FaultCode>>);

impl Calculator {
    /// The calculator of a test with these tables; none if its program does not verify, which would be a mistake in the
    /// compiler.
    pub(crate) fn new(rulebook: &Rulebook, tables: &[Arc<Reference>], test: &Test, clock: Clock) -> Option<Self> {
        let mut decision = Decision::clone(&test.frame);
        decision.fields.extend(test.more_fields.iter().cloned());
        decision.actor.extend(test.more_actor.iter().cloned());
        let mut says = test.says.clone();
        says.each_mut(&mut |part| match part {
            Part::Expr(expr) | Part::Recipient(Recipient::Computed { value: expr, .. }) => number(expr, &mut decision),
            Part::Recipient(_) => {}
        });
        let alone = Rulebook {
            zone: rulebook.zone.clone(),
            decisions: vec![decision],
            targets: rulebook.targets.clone(),
            references: tables.to_vec(),
            calendars: rulebook.calendars.clone(),
        };
        let program = vm::verify(compiler::compile_traceable(&alone)).ok()?;
        let options = Options { values: true, by_missing: false, ..Options::default() };
        let machine = |options| Some(RefCell::new(Machine::new(&program, 0, clock.clone(), options)?));
        let telling = machine(Options { values: false, trace: true, ..options })?;
        Some(Self { machine: machine(options)?, telling, program, says })
    }

    /// The fields that it reads from a record.
    pub(crate) fn fields(&self) -> &[Field] {
        self.program.decisions.first().map_or(&[], |decision| &decision.fields)
    }

    /// The fields that it reads of who acts.
    pub(crate) fn actor(&self) -> &[Field] {
        self.program.decisions.first().map_or(&[], |decision| &decision.actor)
    }

    /// The fields that it reads from the items of lists.
    pub(crate) fn items(&self) -> &[Items] {
        self.program.decisions.first().map_or(&[], |decision| &decision.items)
    }

    /// The references that it follows.
    pub(crate) fn joins(&self) -> &[Join] {
        self.program.decisions.first().map_or(&[], |decision| &decision.joins)
    }

    /// All that it reads from a record.
    pub(crate) fn asked(&self) -> Asked<'_> {
        Asked { fields: self.fields(), items: self.items(), joins: self.joins() }
    }

    /// The values of all expressions for a record.
    pub(crate) fn values(&self, record: &Record) -> Values {
        match self.machine.borrow_mut().run(record) {
            Ok(verdict) => Values(verdict.values),
            Err(fault) => Values(vec![Err(fault.code); self.count()]),
        }
    }

    /// The lines that made a derived value of a record, each with the number that it contributed if it did, and what they
    /// came to; none where it is not made of lines.
    pub(crate) fn lines(&self, record: &Record, name: &Text) -> Option<(Vec<(Text, Value)>, Value)> {
        let decision = self.program.decisions.first()?;
        let trace = self.telling.borrow_mut().run(record).ok()?.trace?;
        let place = u32::try_from(decision.definitions.iter().position(|it| it.name == *name)?).ok()?;
        let (_, result) = trace.results.into_iter().find(|(of, _)| *of == place)?;
        let definition = decision.definitions.get(place as usize)?;
        let lines = trace.lines.into_iter().filter(|line| line.definition == place);
        let lines = lines.filter_map(|it| Some((definition.lines.get(it.line as usize)?.text.clone(), it.gives.ok()?)));
        Some((lines.collect(), result.ok()?))
    }

    /// The values of the expressions that read no record.
    pub(crate) fn values_without_record(&self) -> Values {
        self.values(&Record::of(vec![Value::Missing; self.fields().len()]))
    }

    /// How many values there are.
    fn count(&self) -> usize {
        self.program.decisions.first().map_or(0, |decision| decision.definitions.len())
    }
}

impl Values {
    /// The value of an expression.
    pub(crate) fn of(&self, expr: &ExprKind) -> Result<&Value, FaultCode> {
        static NOTHING: Value = Value::Missing;
        match expr {
            ExprKind::Constant(value) if value.is_missing() => Ok(&NOTHING),
            ExprKind::Definition(number) => match self.0.get(*number as usize) {
                Some(Ok(value)) => Ok(value),
                Some(Err(fault)) => Err(*fault),
                None => Ok(&NOTHING),
            },
            _ => Ok(&NOTHING),
        }
    }
}

/// Makes an expression a derived value, and what stands in its place the number of it.
fn number(expr: &mut Expr, decision: &mut Decision) {
    let place = u32::try_from(decision.definitions.len()).unwrap_or(u32::MAX);
    let inner = Expr { kind: ExprKind::Definition(place), ty: expr.ty.clone(), optional: expr.optional };
    let value = std::mem::replace(expr, inner);
    decision.definitions.push(Definition {
        name: Text::from(format!("test {place}")),
        value,
        lines: Vec::new(),
        first_only: false,
        hidden: false,
    });
}
