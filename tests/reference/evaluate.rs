//! What an expression comes to.
//!
//! Operands are computed from the left to the right, all of them, with these exceptions: `and`, `or`, `if`, `decide` and
//! `default` stop where the answer is known, and so do `any` and `first` in a list.

use std::cell::OnceCell;
use std::cmp::Ordering;

use semantics::typed::{Comparison, Decision, Expr, ExprKind, Fold, Rulebook};
use values::{Clock, FaultCode, Value, compare};

/// A value, or why there is none.
pub(super) type Computed = Result<Value, FaultCode>;

/// All that is fixed while one record is decided.
pub(super) struct World<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) decision: &'a Decision,
    pub(super) clock: Clock,
    /// What happened to the record.
    pub(super) event: Option<&'a str>,
    /// The fields of who acts.
    pub(super) actor: Vec<Value>,
    /// The record before the event, where that is known.
    pub(super) before: Option<View>,
}

/// A record as it came, as it was before the event, or as rule sets have left it.
pub(super) struct View {
    /// Its stored fields.
    pub(super) fields: Vec<Value>,
    /// Its derived values, each computed when it is first asked for.
    definitions: Vec<OnceCell<Computed>>,
    /// Whether it is the record before the event, of which nobody knows what was before.
    was: bool,
}

impl View {
    pub(super) fn new(decision: &Decision, fields: Vec<Value>) -> Self {
        Self { fields, definitions: vec![OnceCell::new(); decision.definitions.len()], was: false }
    }

    /// As it was before the event.
    pub(super) fn before(decision: &Decision, fields: Vec<Value>) -> Self {
        Self { was: true, ..Self::new(decision, fields) }
    }
}

/// Where an expression stands: which record it looks at, and which items of lists are being gone through around it.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) world: &'a World<'a>,
    pub(super) view: &'a View,
    pub(super) items: &'a [Value],
}

impl Scope<'_> {
    /// Whether a condition holds. A missing truth counts as false.
    pub(super) fn holds(self, condition: &Expr) -> Result<bool, FaultCode> {
        Ok(self.value(condition)?.holds())
    }

    /// The value of an expression.
    pub(super) fn value(self, expr: &Expr) -> Computed {
        let world = self.world;
        match &expr.kind {
            ExprKind::Constant(value) => Ok(value.clone()),
            ExprKind::Field(place) => Ok(at(&self.view.fields, *place)),
            ExprKind::Actor(place) => Ok(at(&world.actor, *place)),
            ExprKind::Definition(place) => self.definition(*place),
            ExprKind::IsNew => truth(world.event == Some("created") && !self.view.was),
            ExprKind::HasBefore => truth(self.before().is_some()),
            ExprKind::Previous(value) => self.before().map_or(Ok(Value::Missing), |before| before.value(value)),
            ExprKind::Now => Ok(Value::DateTime(world.clock.now)),
            ExprKind::Today => Ok(Value::Date(world.clock.today())),
            ExprKind::Not(condition) => truth(!self.holds(condition)?),
            ExprKind::And(conditions) => truth(!self.one_is(conditions, false)?),
            ExprKind::Or(conditions) => truth(self.one_is(conditions, true)?),
            ExprKind::Holds(condition) => truth(self.holds(condition)?),
            ExprKind::Compare { operator, exact, left, right } => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                compare::comparable(&left, &right)?;
                truth(compares(*operator, *exact, &left, &right))
            }
            ExprKind::In { value, constants, exact } => {
                let value = self.value(value)?;
                constants.iter().try_for_each(|constant| compare::comparable(&value, constant))?;
                truth(constants.iter().any(|constant| compare::equal(&value, constant, *exact)))
            }
            ExprKind::Matches { value, pattern } => {
                truth(matches!(self.value(value)?, Value::Text(text) if pattern.is_match(&text)))
            }
            ExprKind::IsMissing(value) => truth(self.value(value)?.is_missing()),
            ExprKind::Call { builtin, arguments } => builtin.call(&world.clock, &self.values(arguments)?),
            ExprKind::Default { value, fallback } => match self.value(value)? {
                Value::Missing => self.value(fallback),
                value => Ok(value),
            },
            ExprKind::Cases { cases, otherwise } => {
                for (condition, value) in cases {
                    if self.holds(condition)? {
                        return self.value(value);
                    }
                }
                self.value(otherwise)
            }
            ExprKind::If { condition, then, otherwise } => {
                self.value(if self.holds(condition)? { then } else { otherwise })
            }
            ExprKind::Element { level, field } => Ok(match (at(self.items, *level), field) {
                (Value::Record(fields), Some(field)) => at(&fields, *field),
                (item, None) => item,
                _ => Value::Missing,
            }),
            ExprKind::Fold { fold, level, list, filter, item } => {
                let list = self.value(list)?;
                self.fold(*fold, *level, &list, filter.as_deref(), item.as_deref())
            }
            ExprKind::Lookup { reference, key, column } => {
                let key = self.value(key)?;
                Ok(self.lookup(reference, &key, column.as_deref()).unwrap_or_default())
            }
            ExprKind::Join(pieces) => self.join(pieces),
        }
    }

    /// The values of several expressions.
    pub(super) fn values(self, exprs: &[Expr]) -> Result<Vec<Value>, FaultCode> {
        exprs.iter().map(|expr| self.value(expr)).collect()
    }

    /// Whether one of several conditions turns out so; those behind it are not asked.
    fn one_is(self, conditions: &[Expr], wanted: bool) -> Result<bool, FaultCode> {
        for condition in conditions {
            if self.holds(condition)? == wanted {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The same on the record before the event.
    fn before(self) -> Option<Self> {
        let view = self.world.before.as_ref().filter(|_| !self.view.was)?;
        Some(Self { view, ..self })
    }

    /// A derived value: computed at most once for a view, and only if something asks for it.
    pub(super) fn definition(self, place: u32) -> Computed {
        let known = self.view.definitions.get(place as usize);
        let definition = self.world.decision.definitions.get(place as usize);
        known.zip(definition).map_or(Ok(Value::Missing), |(known, definition)| {
            known.get_or_init(|| Scope { items: &[], ..self }.value(&definition.value)).clone()
        })
    }

    /// Missing items, and items of which nothing can be taken, are passed over.
    fn fold(self, fold: Fold, level: u32, list: &Value, filter: Option<&Expr>, item: Option<&Expr>) -> Computed {
        let Value::List(members) = list else { return Ok(nothing(fold)) };
        let mut taken = Vec::new();
        for member in members.iter().filter(|member| !member.is_missing()) {
            let mut items: Vec<Value> = self.items.iter().take(level as usize).cloned().collect();
            items.push(member.clone());
            let inner = Scope { items: &items, ..self };
            if filter.map_or(Ok(true), |filter| inner.holds(filter))? {
                let value = item.map_or_else(|| Ok(member.clone()), |item| inner.value(item))?;
                match fold {
                    Fold::Any => return truth(true),
                    Fold::First if !value.is_missing() => return Ok(value),
                    _ if value.is_missing() => {}
                    _ => taken.push(value),
                }
            }
        }
        match fold {
            Fold::Count => Ok(Value::Number(i64::try_from(taken.len()).unwrap_or(i64::MAX).into())),
            Fold::Gather if taken.len() > self.world.clock.limits.list_length => Err(FaultCode::ListTooLong),
            Fold::Gather => Ok(Value::List(taken.into())),
            Fold::Any | Fold::First => Ok(nothing(fold)),
        }
    }

    /// A row is found by its key, and a row that is not there has no values.
    fn lookup(self, reference: &str, key: &Value, column: Option<&str>) -> Option<Value> {
        let table = self.world.rulebook.references.iter().find(|table| table.name == reference)?;
        let mut keys = table.columns.get(table.key)?.values.iter();
        let row = keys.position(|known| compare::equal(known, key, table.exact))?;
        let Some(name) = column else { return Some(Value::Truth(true)) };
        table.columns.iter().find(|column| column.name == name)?.values.get(row).cloned()
    }

    fn join(self, pieces: &[Expr]) -> Computed {
        let mut joined = String::new();
        for piece in self.values(pieces)? {
            if let Value::Text(text) = piece {
                joined.push_str(&text);
            }
        }
        match joined.len() > self.world.clock.limits.text_length {
            true => Err(FaultCode::TextTooLong),
            false => Ok(Value::text(joined)),
        }
    }
}

/// What comes of a list without items.
fn nothing(fold: Fold) -> Value {
    match fold {
        Fold::Any => Value::Truth(false),
        Fold::Count => Value::Number(0.into()),
        Fold::First => Value::Missing,
        Fold::Gather => Value::List([].into()),
    }
}

fn compares(operator: Comparison, exact: bool, left: &Value, right: &Value) -> bool {
    let order = || compare::order(left, right);
    match operator {
        Comparison::Equal => compare::equal(left, right, exact),
        Comparison::Less => order().is_some_and(Ordering::is_lt),
        Comparison::LessOrEqual => order().is_some_and(Ordering::is_le),
        Comparison::Greater => order().is_some_and(Ordering::is_gt),
        Comparison::GreaterOrEqual => order().is_some_and(Ordering::is_ge),
    }
}

fn at(values: &[Value], place: u32) -> Value {
    values.get(place as usize).cloned().unwrap_or_default()
}

#[expect(clippy::unnecessary_wraps, reason = "every arm of `value` gives a result")]
fn truth(truth: bool) -> Computed {
    Ok(Value::Truth(truth))
}
