//! Tests: the lines of each, and what they say together. What a test gives is checked in `test/given.rs` and
//! `test/around.rs`, the effects that it expects in `test/sketch.rs`.

mod around;
mod given;
mod sketch;

use diagnostics::Severity;
use diagnostics::problems::{NameProblem, TestProblem};
use syntax::ast::{self, Claim as Written, MeasureUnit, Span, TestLineKind};
use values::{FaultCode, Instant, Text, Type, Value};

use super::Checker;
use super::path::below;
use crate::db::Db;
use crate::decided::{decided_records, rule_names};
use crate::names::{ACTOR, Space, Symbol, names_in, nearest};
use crate::schema::{field_names, is_declared, leads_to};
use crate::typed::ExprKind;
use crate::typed::test::{Claim, Comparison, Expectation, Given, Limit, Operand, Saying, Subject};
use crate::walk::paths;
use around::table_item;

/// A line of a kind, and where it stands.
type Lines<'a, T> = Vec<(&'a T, Span)>;

/// The lines of a test by their kind.
#[derive(Default)]
struct Sorted<'a> {
    now: Lines<'a, ast::Expr>,
    event: Lines<'a, ast::Name>,
    /// What is given of records.
    given: Lines<'a, ast::Given>,
    /// The rows that are given of tables.
    rows: Lines<'a, ast::Given>,
    /// Who acts.
    actor: Lines<'a, ast::Given>,
    expected: Lines<'a, ast::Expectation>,
    /// Whether a line could not be read, so that nothing is said of what is not there.
    broken: bool,
}

impl Checker<'_> {
    /// What a test says. Only mistakes are found in it: what a rule should rather not say, a test may ask.
    pub(super) fn test_item(&mut self, test: &ast::Test) -> Option<Saying> {
        let saying = self.test_lines(test);
        self.found.retain(|found| found.problem.severity() == Severity::Error);
        saying
    }

    fn test_lines(&mut self, test: &ast::Test) -> Option<Saying> {
        let lines = sorted(self.db, &test.lines);
        let now = self.test_now(&lines.now);
        if let Some((_, again)) = lines.event.get(1) {
            self.misplaced("this test has its `event` already", "remove one of them", *again);
        }
        let record = self.test_record(test, &lines)?;
        let (tables, actor) = (self.given_tables(&lines.rows), self.given_actor(&lines.actor));
        let beside = self.given_beside(&lines.given, &record.0);
        let subject = self.subject(test, &lines, &record.0);
        self.enter(&record.0, record.1)?;
        self.settled = true;
        if lines.expected.is_empty() && !lines.broken {
            let help = "write what must come of the record: `expect rule \"…\"`, `expect assign …`".to_owned();
            self.problem(TestProblem::Incomplete { lacks: "expects nothing".into(), help }, test.name.span);
        }
        let expectations: Vec<Option<Expectation>> =
            lines.expected.iter().map(|(line, span)| self.expectation(line, *span, test.over.is_some())).collect();
        Some(Saying {
            name: Text::from(test.name.text.as_str()),
            name_span: test.name.span,
            record: Text::from(record.0),
            now: now?,
            event: lines.event.first().map(|(event, _)| Text::from(event.text.as_str())),
            actor: actor?,
            tables: tables?,
            beside: beside?,
            subject: subject?,
            expectations: expectations.into_iter().collect::<Option<_>>()?,
        })
    }

    /// The outer `None` is a mistake, the inner one no line.
    fn test_now(&mut self, lines: &[(&ast::Expr, Span)]) -> Option<Option<Instant>> {
        if let Some((_, again)) = lines.get(1) {
            self.misplaced("this test has its `now` already", "remove one of them", *again);
        }
        let Some((now, _)) = lines.first() else { return Some(None) };
        match self.constant_value(now, &Type::DateTime, "`now`")? {
            Value::DateTime(instant) => Some(Some(instant)),
            _ => None,
        }
    }

    /// The record type that the test decides, and where that is said.
    fn test_record(&mut self, test: &ast::Test, lines: &Sorted<'_>) -> Option<(String, Span)> {
        let decided = decided_records(self.db);
        let named = || lines.given.iter().map(|(given, _)| &given.name);
        let is_decided = |name: &&ast::Name| decided.contains(&name.text);
        let is_led_to = |name: &ast::Name| {
            named().any(|other| other.text != name.text && leads_to(self.db, &other.text).contains(&name.text))
        };
        let first = named().filter(is_decided).find(|name| !is_led_to(name)).or_else(|| named().find(is_decided));
        if let Some(name) = first.or_else(|| named().next()) {
            return self.known_record(name).map(|()| (name.text.clone(), name.span));
        }
        if test.over.is_none() {
            if !lines.broken {
                let help = "write `given` and a record: `given lead { score: 80 }`".to_owned();
                self.problem(TestProblem::Incomplete { lacks: "gives no record".into(), help }, test.name.span);
            }
            return None;
        }
        let mut found = Vec::new();
        lines.expected.iter().for_each(|(expected, _)| conditions_in(&expected.claim, &mut found));
        let root = found.iter().map(|path| (&path.root.text, path.root.span)).find(|(root, _)| decided.contains(*root));
        match (root, decided.first()) {
            (Some((root, span)), _) => Some((root.clone(), span)),
            (None, Some(only)) if decided.len() == 1 => Some((only.clone(), test.name.span)),
            _ => {
                let names: Vec<String> = decided.iter().map(|name| format!("`{name}`")).collect();
                let help = format!("expect something of a field, so that it is clear which: {}", names.join(" or "));
                let lacks = "does not tell which records the file holds".to_owned();
                self.problem(TestProblem::Incomplete { lacks, help }, test.name.span);
                None
            }
        }
    }

    /// Says so where nothing declares or reads such a record.
    fn known_record(&mut self, name: &ast::Name) -> Option<()> {
        let decided = decided_records(self.db);
        if is_declared(self.db, &name.text) || decided.contains(&name.text) {
            return Some(());
        }
        let can_be_given = |name: &&str| is_declared(self.db, name) || table_item(self.db, name).is_some();
        let declared = names_in(self.db, Space::Value).filter(can_be_given);
        let suggestion = nearest(&name.text, declared.chain(decided.iter().map(String::as_str)).chain([ACTOR]));
        self.problem(NameProblem::UnknownRecord { name: name.text.clone(), suggestion }, name.span);
        None
    }

    fn subject(&mut self, test: &ast::Test, lines: &Sorted<'_>, record: &str) -> Option<Subject> {
        let mut all: Option<Vec<Given>> = Some(Vec::new());
        let mut before = None;
        let beside = leads_to(self.db, record);
        let is_beside = |given: &ast::Given| given.name.text != record && beside.contains(&given.name.text);
        for (given, span) in lines.given.iter().filter(|(given, _)| !is_beside(given)) {
            if given.name.text != record {
                all = None;
                if self.known_record(&given.name).is_none() {
                    continue;
                }
                let reason = format!("this test decides `{record}`, and `{}` is another record", given.name.text);
                self.misplaced(&reason, "give records of one type", *span);
            } else if test.over.is_some() {
                self.misplaced(
                    "this test takes its records from a file",
                    "remove `over` and the file, or this line",
                    *span,
                );
                all = None;
            } else if given.before.is_some() {
                before = Some(self.given_before(given)?);
            } else {
                let records = self.given(given);
                all = all.zip(records).map(|(mut all, records)| {
                    all.extend(records);
                    all
                });
            }
        }
        match &test.over {
            Some(file) => Some(Subject::File(Text::from(file.text.as_str()), file.span)),
            None => all.map(|mut records| {
                for record in &mut records {
                    record.before = before.as_ref().map(|before| given::over(&record.data, before));
                }
                Subject::Records(records)
            }),
        }
    }

    fn misplaced(&mut self, reason: &str, help: &str, span: Span) {
        self.problem(TestProblem::Misplaced { reason: reason.to_owned(), help: help.to_owned() }, span);
    }

    fn expectation(&mut self, expected: &ast::Expectation, span: Span, over: bool) -> Option<Expectation> {
        let claim = self.claim(expected, span, over)?;
        let start = span.start + u32::try_from("expect".len()).unwrap_or_default();
        let written = self.one_line(Span::new(start, span.end));
        Some(Expectation { span, written, negated: expected.no.is_some(), claim })
    }

    fn claim(&mut self, expected: &ast::Expectation, span: Span, over: bool) -> Option<Claim> {
        Some(match &expected.claim {
            Written::Rule(name) => Claim::Rule(self.rule_name(name)?),
            Written::Rules(names) if names.is_empty() && expected.no.is_none() => {
                self.misplaced("`expect rules` names no rule", "write their names, or `expect no rules`", span);
                return None;
            }
            Written::Rules(names) if !names.is_empty() && expected.no.is_some() => {
                self.misplaced("`no rules` stands alone", "write `expect no rule \"…\"` for each of them", span);
                return None;
            }
            Written::Rules(names) => {
                // `no rules` is the empty list of rules, and is not negated again.
                let names: Vec<Option<Text>> = names.iter().map(|name| self.rule_name(name)).collect();
                Claim::Rules(names.into_iter().collect::<Option<_>>()?)
            }
            Written::Fault(None) => Claim::Fault(None),
            Written::Fault(Some(code)) => Claim::Fault(Some(self.fault_code(code)?)),
            Written::Lost(sketch) => Claim::Lost(sketch.as_ref().map(|sketch| Text::from(lost_name(sketch)))),
            Written::Effect(sketch) => Claim::Effect(self.sketch(sketch)?),
            Written::Condition(condition) => self.test_condition(condition)?,
            Written::Measure(measure) if over => self.measure(measure, span)?,
            Written::Measure(measure) => {
                let word = if measure.unit == MeasureUnit::Share { "share of" } else { "count of" };
                let reason = format!("`{word}` is about many records, and this test gives its own");
                self.misplaced(&reason, "write what is expected of each, or a test `over` a file", span);
                return None;
            }
        })
    }

    fn rule_name(&mut self, name: &ast::Quoted) -> Option<Text> {
        let record = self.record.clone()?;
        let known = rule_names(self.db, Symbol::new(self.db, Space::Value, record.clone()));
        if known.contains(&name.text) {
            return Some(Text::from(name.text.as_str()));
        }
        let suggestion = nearest(&name.text, known.iter().map(String::as_str));
        self.problem(TestProblem::UnknownRule { name: name.text.clone(), suggestion, record }, name.span);
        None
    }

    fn fault_code(&mut self, code: &ast::Name) -> Option<Text> {
        let known: Vec<&str> = FaultCode::all().iter().map(|code| code.code()).collect();
        if known.contains(&code.text.as_str()) {
            return Some(Text::from(code.text.as_str()));
        }
        let suggestion = nearest(&code.text, known.iter().copied());
        let known = known.into_iter().map(str::to_owned).collect();
        self.problem(TestProblem::UnknownFault { name: code.text.clone(), suggestion, known }, code.span);
        None
    }

    /// A condition, and the values in it that explain how it comes out.
    fn test_condition(&mut self, condition: &ast::Expr) -> Option<Claim> {
        let mut found = Vec::new();
        paths(condition, &mut found);
        found.retain(|path| !path.fields.is_empty());
        found.iter().try_for_each(|path| self.read_by_rules(path))?;
        let typed = self.condition(condition)?;
        let typed = self.expr_with_room(typed, condition.span)?;
        let operands = found.into_iter().filter_map(|path| {
            let value = self.path(path)?;
            let derived = matches!(value.kind, ExprKind::Definition(_)).then(|| below(path));
            Some(Operand { span: path.span, written: Text::from(self.written(path.span)), derived, value })
        });
        Some(Claim::Condition { condition: typed, operands: operands.collect() })
    }

    /// A field of an undeclared record type exists only where a rule reads it; says so of others.
    pub(super) fn read_by_rules(&mut self, path: &ast::Path) -> Option<()> {
        let mut record = self.record.clone()?;
        if path.root.text == ACTOR {
            ACTOR.clone_into(&mut record);
        }
        if path.root.text != record || is_declared(self.db, &record) {
            return Some(());
        }
        let (first, below) = (path.fields.first()?, below(path).to_string());
        let known = field_names(self.db, &record);
        if known.contains(&below) {
            return Some(());
        }
        let suggestion = nearest(&below, known.iter().map(String::as_str));
        self.problem(NameProblem::UnknownField { record, field: below, suggestion, known }, first.span);
        None
    }

    fn measure(&mut self, measure: &ast::Measure, span: Span) -> Option<Claim> {
        let own = measure.of_span;
        let of = Box::new(Expectation {
            span: own,
            written: self.one_line(own),
            negated: measure.of.no.is_some(),
            claim: self.claim(&measure.of, own, true)?,
        });
        let written = self.one_line(Span::new(own.end, span.end));
        let limit = match &measure.limit {
            ast::MeasureLimit::Compared { operator, negated, value } => {
                let bound = self.constant_value(value, &Type::Number, "the limit")?;
                Limit { negated: *negated, bounds: vec![(*operator, bound)], written }
            }
            ast::MeasureLimit::Between { negated, low, high } => {
                let low = self.constant_value(low, &Type::Number, "the limit");
                let high = self.constant_value(high, &Type::Number, "the limit");
                let bounds = vec![(Comparison::GreaterOrEqual, low?), (Comparison::LessOrEqual, high?)];
                Limit { negated: *negated, bounds, written }
            }
        };
        Some(Claim::Measure { unit: measure.unit, of, limit })
    }

    /// The words at a place, on one line.
    fn one_line(&self, span: Span) -> Text {
        Text::from(self.written(span).split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

fn sorted<'a>(db: &dyn Db, lines: &'a [ast::TestLine]) -> Sorted<'a> {
    let is_actor = |given: &ast::Given| given.name.text == ACTOR && !decided_records(db).contains(ACTOR);
    let mut sorted = Sorted::default();
    for line in lines {
        match &line.kind {
            TestLineKind::Now(now) => sorted.now.push((now, line.span)),
            TestLineKind::Event(event) => sorted.event.push((event, line.span)),
            TestLineKind::Given(given) if table_item(db, &given.name.text).is_some() => {
                sorted.rows.push((given, line.span));
            }
            TestLineKind::Given(given) if is_actor(given) => sorted.actor.push((given, line.span)),
            TestLineKind::Given(given) => sorted.given.push((given, line.span)),
            TestLineKind::Expect(expected) => sorted.expected.push((expected, line.span)),
            TestLineKind::Error => sorted.broken = true,
        }
    }
    sorted
}

/// The paths in the conditions of a claim.
fn conditions_in<'a>(claim: &'a Written, found: &mut Vec<&'a ast::Path>) {
    match claim {
        Written::Condition(condition) => paths(condition, found),
        Written::Measure(measure) => conditions_in(&measure.of.claim, found),
        Written::Effect(sketch) | Written::Lost(Some(sketch)) => {
            found.extend(sketch.details.iter().filter_map(|detail| match detail {
                ast::Detail::Field(path) => Some(path),
                _ => None,
            }));
        }
        _ => {}
    }
}

/// How a verdict calls an effect that was lost: `set stage`, `create task`.
fn lost_name(sketch: &ast::Sketch) -> String {
    let field = sketch.details.iter().find_map(|detail| match detail {
        ast::Detail::Field(path) => Some(below(path)),
        _ => None,
    });
    let verb = if sketch.verb == ast::Verb::Clear { "set" } else { sketch.verb.words() };
    field.map_or_else(|| verb.to_owned(), |field| format!("{verb} {field}"))
}
