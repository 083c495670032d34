//! A plain reading of a rule set: each rule's condition, left to right, top to bottom, no questions saved.

use std::cell::RefCell;

use semantics::typed::{Comparison, Decision, Effect, Expr, ExprKind, Fold, Policy, RuleSet};
use values::{Clock, FaultCode, Instant, Value, compare, zone_named};

/// The rules of a set that fire, counted from 0, `otherwise` last; or what goes wrong.
pub(super) fn decide(decision: &Decision, set: &RuleSet, record: &[Value]) -> Result<Vec<u32>, FaultCode> {
    let reading = Reading { decision, record, items: RefCell::default() };
    let mut fired = Vec::new();
    for (number, rule) in (0..).zip(&set.rules) {
        if !reading.value(&rule.condition)?.holds() {
            continue;
        }
        if set.policy == Policy::Unique && !fired.is_empty() {
            return Err(FaultCode::SeveralMatches);
        }
        fired.push(number);
        if set.policy == Policy::First || rule.effects.contains(&Effect::Stop) {
            return Ok(fired);
        }
    }
    if fired.is_empty() && set.otherwise.is_some() {
        fired.push(u32::try_from(set.rules.len()).unwrap());
    }
    Ok(fired)
}

pub(super) fn clock() -> Clock {
    Clock::new(Instant::UNIX_EPOCH, zone_named("UTC").unwrap())
}

struct Reading<'a> {
    decision: &'a Decision,
    record: &'a [Value],
    /// The items of the lists that are gone through, the outermost first.
    items: RefCell<Vec<Value>>,
}

impl Reading<'_> {
    fn value(&self, expr: &Expr) -> Result<Value, FaultCode> {
        Ok(match &expr.kind {
            ExprKind::Constant(value) => value.clone(),
            ExprKind::Field(place) => self.record[*place as usize].clone(),
            ExprKind::Definition(place) => self.value(&self.decision.definitions[*place as usize].value)?,
            ExprKind::Not(part) => Value::Truth(!self.value(part)?.holds()),
            ExprKind::And(parts) => Value::Truth(self.all(parts, true)?),
            ExprKind::Or(parts) => Value::Truth(!self.all(parts, false)?),
            ExprKind::Holds(part) => Value::Truth(self.value(part)?.holds()),
            ExprKind::IsMissing(part) => Value::Truth(self.value(part)?.is_missing()),
            ExprKind::Compare { operator, exact, left, right } => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                compare::comparable(&left, &right)?;
                Value::Truth(compares(*operator, *exact, &left, &right))
            }
            ExprKind::In { value, constants, exact } => {
                let value = self.value(value)?;
                Value::Truth(constants.iter().any(|it| compares(Comparison::Equal, *exact, &value, it)))
            }
            ExprKind::Call { builtin, arguments } => {
                let arguments: Result<Vec<_>, _> = arguments.iter().map(|it| self.value(it)).collect();
                builtin.call(&clock(), &arguments?)?
            }
            ExprKind::Default { value, fallback } => match self.value(value)? {
                Value::Missing => self.value(fallback)?,
                value => value,
            },
            ExprKind::Cases { cases, otherwise } => {
                for (condition, value) in cases {
                    if self.value(condition)?.holds() {
                        return self.value(value);
                    }
                }
                self.value(otherwise)?
            }
            ExprKind::If { condition, then, otherwise } => {
                self.value(if self.value(condition)?.holds() { then } else { otherwise })?
            }
            ExprKind::Element { level, field: None } => self.items.borrow()[*level as usize].clone(),
            ExprKind::Fold { fold, list, filter, item, .. } => {
                let Value::List(items) = self.value(list)? else { return Ok(of(*fold, &[])) };
                let mut taken = Vec::new();
                for one in items.iter().filter(|one| !one.is_missing()) {
                    self.items.borrow_mut().push(one.clone());
                    let value = self.of_item(filter.as_deref(), item.as_deref());
                    self.items.borrow_mut().pop();
                    taken.extend(value?);
                    if matches!(fold, Fold::Any | Fold::First) && !taken.is_empty() {
                        break;
                    }
                }
                of(*fold, &taken)
            }
            other => panic!("no test needs {other:?}"),
        })
    }

    /// What is taken of an item, if it counts.
    fn of_item(&self, filter: Option<&Expr>, item: Option<&Expr>) -> Result<Option<Value>, FaultCode> {
        if let Some(filter) = filter
            && !self.value(filter)?.holds()
        {
            return Ok(None);
        }
        let taken = item.map_or(Ok(Value::Truth(true)), |item| self.value(item))?;
        Ok(Some(taken).filter(|taken| !taken.is_missing()))
    }

    /// Whether all parts are so, stopping at the first that is not.
    fn all(&self, parts: &[Expr], so: bool) -> Result<bool, FaultCode> {
        for part in parts {
            if self.value(part)?.holds() != so {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn of(fold: Fold, taken: &[Value]) -> Value {
    match fold {
        Fold::Any => Value::Truth(!taken.is_empty()),
        Fold::Count => Value::Number(i64::try_from(taken.len()).unwrap().into()),
        Fold::First => taken.first().cloned().unwrap_or_default(),
        Fold::Gather => Value::List(taken.into()),
    }
}

fn compares(operator: Comparison, exact: bool, left: &Value, right: &Value) -> bool {
    if left.is_missing() || right.is_missing() {
        return false;
    }
    let order = compare::order(left, right);
    match operator {
        Comparison::Equal => compare::equal(left, right, exact),
        Comparison::Less => order.is_some_and(std::cmp::Ordering::is_lt),
        Comparison::LessOrEqual => order.is_some_and(std::cmp::Ordering::is_le),
        Comparison::Greater => order.is_some_and(std::cmp::Ordering::is_gt),
        Comparison::GreaterOrEqual => order.is_some_and(std::cmp::Ordering::is_ge),
    }
}
