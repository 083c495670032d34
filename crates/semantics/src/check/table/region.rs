//! Sets of values of one column: what a cell lets through, and what is left over.
//!
//! Numbers, dates and durations lie on a line that is cut just before or just after a value; a set is what lies between
//! some cuts. Texts are those named, or all but those named. A missing value is in a set or not, beside all others.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use values::{Text, Type, Value, compare};

use crate::typed::{Comparison, Expr, ExprKind};

/// A set of values of one type, and whether a missing one belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Set {
    pub(super) missing: bool,
    pub(super) values: Values,
}

/// The values that are there.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Values {
    /// Texts by how they are compared, each as it was written: these, or all but these.
    Texts { named: BTreeMap<String, Text>, others: bool },
    /// What lies between two cuts, in order.
    Line(Vec<(Cut, Cut)>),
    /// Whether `true` and `false` are in it.
    Truths { yes: bool, no: bool },
}

/// A place on the line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cut {
    Start,
    Before(Value),
    After(Value),
    End,
}

impl Cut {
    fn order(&self, other: &Self) -> Ordering {
        let side = |cut: &Self| match cut {
            Self::Start => 0,
            Self::Before(_) => 1,
            Self::After(_) => 2,
            Self::End => 3,
        };
        match (self, other) {
            (Self::Before(one) | Self::After(one), Self::Before(two) | Self::After(two)) => {
                compare::order(one, two).unwrap_or(Ordering::Equal).then(side(self).cmp(&side(other)))
            }
            _ => side(self).cmp(&side(other)),
        }
    }
}

impl Set {
    /// Everything that an expression can be; none for types whose sets are not looked into.
    pub(super) fn all(subject: &Expr) -> Option<Self> {
        let values = match &subject.ty {
            Type::OneOf(labels) => {
                let named = labels.iter().map(|label| (key(label, false), label.clone())).collect();
                Values::Texts { named, others: false }
            }
            Type::Truth => Values::Truths { yes: true, no: true },
            ty if ty.is_textual() => Values::Texts { named: BTreeMap::new(), others: true },
            Type::Number | Type::Money(Some(_)) | Type::Date | Type::DateTime | Type::Duration => {
                Values::Line(vec![(Cut::Start, Cut::End)])
            }
            _ => return None,
        };
        Some(Self { missing: subject.optional, values })
    }

    /// The values of `subject` for which a condition holds; none where it looks at anything else.
    pub(super) fn of(condition: &Expr, subject: &Expr) -> Option<Self> {
        let all = Self::all(subject)?;
        let held = match &condition.kind {
            ExprKind::Constant(Value::Truth(true)) => all.clone(),
            ExprKind::Not(inner) => Self::of(inner, subject)?.complement(),
            ExprKind::And(parts) => {
                let mut sets = parts.iter().map(|part| Self::of(part, subject));
                sets.try_fold(all.clone(), |held, set| Some(held.intersect(&set?)))?
            }
            ExprKind::Or(parts) => {
                let mut sets = parts.iter().map(|part| Self::of(part, subject));
                sets.try_fold(all.complement(), |held, set| {
                    Some(held.complement().intersect(&set?.complement()).complement())
                })?
            }
            ExprKind::IsMissing(value) if **value == *subject => Self { missing: true, ..all.complement() }.emptied(),
            ExprKind::Compare { operator, exact, left, right } if **left == *subject => match &right.kind {
                ExprKind::Constant(value) => all.emptied().with(*operator, value, *exact)?,
                _ => return None,
            },
            ExprKind::In { value, constants, exact } if **value == *subject => {
                let equal = |held: Self, value| held.with(Comparison::Equal, value, *exact);
                constants.iter().try_fold(all.emptied(), equal)?
            }
            ExprKind::Holds(inner) if **inner == *subject => {
                Self { missing: false, values: Values::Truths { yes: true, no: false } }
            }
            _ if *condition == *subject => Self { missing: false, values: Values::Truths { yes: true, no: false } },
            _ => return None,
        };
        Some(held.intersect(&all))
    }

    /// The same kind of set with nothing in it but what is missing.
    fn emptied(&self) -> Self {
        let values = match &self.values {
            Values::Texts { .. } => Values::Texts { named: BTreeMap::new(), others: false },
            Values::Line(_) => Values::Line(Vec::new()),
            Values::Truths { .. } => Values::Truths { yes: false, no: false },
        };
        Self { missing: self.missing, values }
    }

    /// With those values too that stand in a relation to one; a missing value stands in none.
    fn with(self, operator: Comparison, value: &Value, exact: bool) -> Option<Self> {
        let values = match (self.values, value) {
            (Values::Texts { mut named, .. }, Value::Text(text)) => {
                named.insert(key(text, exact), text.clone());
                Values::Texts { named, others: false }
            }
            (Values::Truths { yes, no }, Value::Truth(truth)) => {
                Values::Truths { yes: yes || *truth, no: no || !*truth }
            }
            (Values::Line(mut spans), value) => {
                spans.push(span(operator, value));
                Values::Line(joined(spans))
            }
            _ => return None,
        };
        Some(Self { missing: false, values })
    }

    pub(super) fn complement(&self) -> Self {
        let values = match &self.values {
            Values::Texts { named, others } => Values::Texts { named: named.clone(), others: !others },
            Values::Truths { yes, no } => Values::Truths { yes: !yes, no: !no },
            Values::Line(spans) => {
                let starts = std::iter::once(&Cut::Start).chain(spans.iter().map(|(_, to)| to));
                let ends = spans.iter().map(|(from, _)| from).chain([&Cut::End]);
                let gaps = starts.zip(ends).filter(|(from, to)| from.order(to).is_lt());
                Values::Line(gaps.map(|(from, to)| (from.clone(), to.clone())).collect())
            }
        };
        Self { missing: !self.missing, values }
    }

    pub(super) fn intersect(&self, other: &Self) -> Self {
        let values = match (&self.values, &other.values) {
            (Values::Texts { named: one, others: a }, Values::Texts { named: two, others: b }) => {
                texts((one, *a), (two, *b))
            }
            (Values::Truths { yes: a, no: b }, Values::Truths { yes: c, no: d }) => {
                Values::Truths { yes: *a && *c, no: *b && *d }
            }
            (Values::Line(one), Values::Line(two)) => Values::Line(overlaps(one, two)),
            (one, _) => one.clone(),
        };
        Self { missing: self.missing && other.missing, values }
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.missing
            && match &self.values {
                Values::Texts { named, others } => !others && named.is_empty(),
                Values::Truths { yes, no } => !yes && !no,
                Values::Line(spans) => spans.is_empty(),
            }
    }

    /// Whether all of it lies in another.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.intersect(&other.complement()).is_empty()
    }

    /// How much it takes to look through it.
    pub(super) fn size(&self) -> usize {
        1 + match &self.values {
            Values::Texts { named, .. } => named.len(),
            Values::Line(spans) => spans.len(),
            Values::Truths { .. } => 0,
        }
    }
}

/// A text as it is compared.
pub(super) fn key(text: &str, exact: bool) -> String {
    if exact { text.to_owned() } else { values::text::fold(text) }
}

fn span(operator: Comparison, value: &Value) -> (Cut, Cut) {
    let (before, after) = (Cut::Before(value.clone()), Cut::After(value.clone()));
    match operator {
        Comparison::Equal => (before, after),
        Comparison::Less => (Cut::Start, before),
        Comparison::LessOrEqual => (Cut::Start, after),
        Comparison::Greater => (after, Cut::End),
        Comparison::GreaterOrEqual => (before, Cut::End),
    }
}

/// Spans in order, those that touch made one.
fn joined(mut spans: Vec<(Cut, Cut)>) -> Vec<(Cut, Cut)> {
    spans.sort_by(|(one, _), (two, _)| one.order(two));
    let mut all: Vec<(Cut, Cut)> = Vec::new();
    for (from, to) in spans {
        match all.last_mut() {
            Some((_, end)) if from.order(end).is_le() => {
                if end.order(&to).is_lt() {
                    *end = to;
                }
            }
            _ => all.push((from, to)),
        }
    }
    all
}

/// What lies in both of two lines.
fn overlaps(one: &[(Cut, Cut)], two: &[(Cut, Cut)]) -> Vec<(Cut, Cut)> {
    let (mut one, mut two) = (one.iter().peekable(), two.iter().peekable());
    let mut both = Vec::new();
    while let (Some((a, b)), Some((c, d))) = (one.peek(), two.peek()) {
        let from = if a.order(c).is_lt() { c } else { a };
        let to = if b.order(d).is_lt() { b } else { d };
        if from.order(to).is_lt() {
            both.push((from.clone(), to.clone()));
        }
        let done = if b.order(d).is_lt() { &mut one } else { &mut two };
        done.next();
    }
    both
}

type Named<'a> = (&'a BTreeMap<String, Text>, bool);

fn texts((one, others_of_one): Named<'_>, (two, others_of_two): Named<'_>) -> Values {
    let kept = |all: &BTreeMap<String, Text>, keep: &dyn Fn(&String) -> bool| {
        all.iter().filter(|(key, _)| keep(key)).map(|(key, text)| (key.clone(), text.clone())).collect()
    };
    match (others_of_one, others_of_two) {
        (true, true) => {
            let mut named = one.clone();
            named.extend(two.iter().map(|(key, text)| (key.clone(), text.clone())));
            Values::Texts { named, others: true }
        }
        (false, other) => Values::Texts { named: kept(one, &|key| two.contains_key(key) != other), others: false },
        (true, false) => Values::Texts { named: kept(two, &|key| !one.contains_key(key)), others: false },
    }
}
