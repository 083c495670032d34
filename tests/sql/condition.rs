//! Conditions. Here the two languages part: SQL knows a third answer, the rules do not. Every comparison is put into
//! `coalesce(…, 0)`, so that it is false where SQL says NULL, and each negative form is `NOT` of its positive one.

use syntax::ast::{Comparison, Entry, Expr, ExprKind, Presence, Quantifier, TextTest};

use super::Unsaid;
use super::column::{Kind, Sql, alike};
use super::scope::{Member, Scope};
use super::words;

impl Scope<'_> {
    /// Whether a condition holds: 0 or 1, never NULL.
    pub(super) fn condition(&mut self, expr: &Expr) -> Result<String, Unsaid> {
        match self.value(expr)? {
            sql @ Sql { kind: Kind::Truth, .. } => Ok(sql.holds()),
            _ => Err(Unsaid("a condition of no truth")),
        }
    }

    /// What asks something.
    pub(super) fn asked(&mut self, expr: &Expr) -> Result<Sql, Unsaid> {
        let (text, negated) = match &expr.kind {
            ExprKind::Not(inner) => (self.condition(inner)?, true),
            ExprKind::And(members) => (self.joined(members, " AND ")?, false),
            ExprKind::Or(members) => (self.joined(members, " OR ")?, false),
            ExprKind::Of { quantifier, members } => match quantifier {
                Quantifier::All => (self.joined(members, " AND ")?, false),
                Quantifier::Any => (self.joined(members, " OR ")?, false),
                Quantifier::None => (self.joined(members, " OR ")?, true),
            },
            ExprKind::Compare { operator, negated, left, right } => (self.compared(*operator, left, right)?, *negated),
            ExprKind::In { value, negated, entries, .. } => (self.within(value, entries)?, *negated),
            ExprKind::TextTest { test, negated, value, quantifier, operands } => {
                (self.found(*test, value, *quantifier, operands)?, *negated)
            }
            ExprKind::Presence { test, negated, value } => (self.present(*test, value)?, *negated),
            ExprKind::TimeTest { test, negated, value, operand } => (self.timed(*test, value, operand)?, *negated),
            _ => return Err(Unsaid("a construct that has no like in SQL")),
        };
        Ok(Sql::truth(if negated { format!("(NOT {text})") } else { format!("({text})") }))
    }

    fn joined(&mut self, members: &[Expr], word: &str) -> Result<String, Unsaid> {
        let members: Vec<String> = members.iter().map(|member| self.condition(member)).collect::<Result<_, _>>()?;
        Ok(format!("({})", members.join(word)))
    }

    fn compared(&mut self, operator: Comparison, left: &Expr, right: &Expr) -> Result<String, Unsaid> {
        if let Some(text) = self.months_apart(operator, left, right)? {
            return Ok(text);
        }
        let (left, right) = (self.value(left)?, self.value(right)?);
        let sign = match operator {
            Comparison::Equal => "=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
        };
        self.compare(&left, sign, &right)
    }

    /// A comparison, false where a side is missing.
    pub(super) fn compare(&self, left: &Sql, sign: &str, right: &Sql) -> Result<String, Unsaid> {
        let (left, right) = self.in_time(left, right)?;
        let (left, right) = alike(&left, &right)?;
        let [one, other] = match (&left.kind, &right.kind) {
            (Kind::Text(one), Kind::Text(other)) => {
                // To the letter where a side is, whichever it is.
                let exact = *one || *other;
                [left.folded(exact), right.folded(exact)]
            }
            (Kind::Texts(_), _) | (_, Kind::Texts(_)) => return Err(Unsaid("a list that is compared")),
            _ => [left.text, right.text],
        };
        Ok(format!("coalesce({one} {sign} {other}, 0)"))
    }

    /// `x in "DE", 10..20`, and `between`, which is one range.
    fn within(&mut self, value: &Expr, entries: &[Entry]) -> Result<String, Unsaid> {
        let value = self.value(value)?;
        self.is_one_of(&value, entries)
    }

    pub(super) fn is_one_of(&mut self, value: &Sql, entries: &[Entry]) -> Result<String, Unsaid> {
        let mut tests = Vec::new();
        for member in self.members(entries, 0)? {
            tests.push(match member {
                Member::One(one) => self.compare(value, "=", &one)?,
                Member::Range(low, high, exclusive) => {
                    let below = if exclusive { "<" } else { "<=" };
                    format!("({} AND {})", self.compare(value, ">=", &low)?, self.compare(value, below, &high)?)
                }
            });
        }
        if tests.is_empty() { Err(Unsaid("a list without members")) } else { Ok(format!("({})", tests.join(" OR "))) }
    }

    fn found(
        &mut self,
        test: TextTest,
        value: &Expr,
        quantifier: Option<Quantifier>,
        operands: &[Entry],
    ) -> Result<String, Unsaid> {
        let value = self.value(value)?;
        let mut tests = Vec::new();
        for member in self.members(operands, 0)? {
            let Member::One(part) = member else { return Err(Unsaid("a range of texts")) };
            tests.push(format!("coalesce({}, 0)", words::found(test, &value, &part)?));
        }
        let word = if quantifier == Some(Quantifier::All) { " AND " } else { " OR " };
        Ok(format!("({})", tests.join(word)))
    }

    fn present(&mut self, test: Presence, value: &Expr) -> Result<String, Unsaid> {
        let value = self.value(value)?;
        match (test, &value.kind) {
            (Presence::Missing, _) => Ok(format!("({} IS NULL)", value.text)),
            (Presence::Present, _) => Ok(format!("({} IS NOT NULL)", value.text)),
            (Presence::Blank, Kind::Text(_)) => Ok(format!("(trim(coalesce({}, '')) = '')", value.text)),
            _ => Err(Unsaid("blank of something else than text")),
        }
    }
}
