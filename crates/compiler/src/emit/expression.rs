//! What expressions become: code that leaves one value on the stack.
//!
//! A condition leaves a truth, also in the middle of `and` and `or`, which a missing one does not stop: so the same code
//! answers both whether a rule holds and whether it would be open with unknown truth (see [`vm::Machine`]). The trees,
//! which decide the records, jump from test to test instead.

use semantics::typed::{Comparison, Expr, ExprKind};
use values::builtins::Builtin;
use vm::instruction::Instruction;

use super::Emitter;
use super::sieve::PIECES;

impl Emitter<'_> {
    /// `→ value`
    pub(super) fn value(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Constant(value) => {
                let place = self.pool.constant(value);
                self.code.push(Instruction::Constant(place));
            }
            ExprKind::Field(place) => self.code.push(Instruction::Field(*place)),
            ExprKind::Definition(place) => self.code.push(Instruction::Definition(*place)),
            ExprKind::Actor(place) => self.code.push(Instruction::Actor(*place)),
            ExprKind::IsNew => self.code.push(Instruction::IsNew),
            ExprKind::HasBefore => self.code.push(Instruction::HasBefore),
            ExprKind::Previous(part) => self.previous(part),
            ExprKind::Now => self.code.push(Instruction::Now),
            ExprKind::Today => self.code.push(Instruction::Today),
            ExprKind::Not(part) => {
                self.condition(part);
                self.code.push(Instruction::Not);
            }
            ExprKind::And(parts) => self.connect(parts, Instruction::JumpIfFalse, Instruction::And),
            ExprKind::Or(parts) => self.connect(parts, Instruction::JumpIfTrue, Instruction::Or),
            ExprKind::Holds(part) => {
                self.value(part);
                self.code.push(Instruction::Holds);
            }
            ExprKind::Compare { .. } | ExprKind::In { .. } | ExprKind::Matches { .. } | ExprKind::IsMissing(_) => {
                self.test(&expr.kind);
            }
            ExprKind::Call { builtin, arguments } => self.call(*builtin, arguments),
            ExprKind::Default { value, fallback } => self.default(value, fallback),
            ExprKind::Cases { cases, otherwise } => self.cases(cases, otherwise),
            ExprKind::If { condition, then, otherwise } => self.choose(condition, then, otherwise),
            ExprKind::Join(pieces) => self.join(pieces),
            ExprKind::Lookup { reference, key, column } => {
                self.value(key);
                let place = self.pool.lookup(reference, column.as_ref());
                self.code.push(Instruction::Lookup(place));
            }
            ExprKind::Element { level, field } => self.element(*level, *field),
            ExprKind::Fold { fold, list, filter, item, .. } => {
                self.value(list);
                self.run_loop(*fold, filter.as_deref(), item.as_deref());
            }
        }
    }

    /// `→ truth`: missing only where truth is unknown.
    pub(super) fn condition(&mut self, expr: &Expr) {
        self.value(expr);
        let never_missing = matches!(
            expr.kind,
            ExprKind::Not(_) | ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Holds(_) | ExprKind::IsMissing(_)
        );
        if expr.optional && !never_missing {
            self.code.push(Instruction::Holds);
        }
    }

    /// Parts connected by `and` or `or`: as soon as one settles the whole, `settled` leaves with it.
    fn connect(&mut self, parts: &[Expr], settled: fn(u32) -> Instruction, connective: Instruction) {
        let end = self.code.label();
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                self.code.jump(settled, end);
            }
            self.condition(part);
            if place > 0 {
                self.code.push(connective);
            }
        }
        self.code.bind(end);
    }

    fn test(&mut self, kind: &ExprKind) {
        match kind {
            ExprKind::Compare { operator, exact, left, right } => {
                self.value(left);
                self.value(right);
                self.code.push(comparison(*operator, *exact));
            }
            ExprKind::In { value, constants, exact } => {
                self.value(value);
                let place = self.pool.choice(constants, *exact);
                self.code.push(Instruction::In(place));
            }
            ExprKind::Matches { value, pattern } => {
                self.value(value);
                let place = self.pool.pattern(pattern);
                self.code.push(Instruction::Matches(place));
            }
            ExprKind::IsMissing(value) => {
                self.value(value);
                self.code.push(Instruction::IsMissing);
            }
            _ => {}
        }
    }

    /// A call. More arguments than an instruction can take are taken in several calls, the first argument of each being
    /// the result of the one before: what takes any number of arguments (`min`, `max`) allows that.
    fn call(&mut self, builtin: Builtin, arguments: &[Expr]) {
        let end = self.code.label();
        self.sieve_call(builtin, arguments, end);
        let (first, rest) = arguments.split_at(arguments.len().min(PIECES));
        first.iter().for_each(|argument| self.value(argument));
        self.code.push(Instruction::Call(builtin, count(first.len())));
        for more in rest.chunks(PIECES) {
            more.iter().for_each(|argument| self.value(argument));
            self.code.push(Instruction::Call(builtin, count(more.len() + 1)));
        }
        self.code.bind(end);
    }

    /// Pieces of text; many are joined in several steps, each beginning with the text so far.
    fn join(&mut self, pieces: &[Expr]) {
        let (first, rest) = pieces.split_at(pieces.len().min(PIECES));
        first.iter().for_each(|piece| self.value(piece));
        self.code.push(Instruction::Join(count(first.len()).into()));
        for more in rest.chunks(PIECES) {
            more.iter().for_each(|piece| self.value(piece));
            self.code.push(Instruction::Join(count(more.len() + 1).into()));
        }
    }

    fn default(&mut self, value: &Expr, fallback: &Expr) {
        let end = self.code.label();
        self.value(value);
        self.code.jump(Instruction::JumpIfPresent, end);
        self.value(fallback);
        self.code.bind(end);
    }

    /// The first case whose condition holds: each that does not leads to the next.
    fn cases(&mut self, cases: &[(Expr, Expr)], otherwise: &Expr) {
        let end = self.code.label();
        self.sieve_cases(cases, otherwise, end);
        for (condition, value) in cases {
            let next = self.code.label();
            self.condition(condition);
            self.code.jump(Instruction::JumpUnless, next);
            self.value(value);
            self.code.jump(Instruction::Jump, end);
            self.code.bind(next);
        }
        self.value(otherwise);
        self.code.bind(end);
    }

    fn previous(&mut self, value: &Expr) {
        let end = self.code.label();
        self.code.jump(Instruction::EnterBefore, end);
        self.value(value);
        self.code.push(Instruction::LeaveBefore);
        self.code.bind(end);
    }

    fn choose(&mut self, condition: &Expr, then: &Expr, otherwise: &Expr) {
        let (no, end) = (self.code.label(), self.code.label());
        self.condition(condition);
        self.code.jump(Instruction::JumpUnless, no);
        self.value(then);
        self.code.jump(Instruction::Jump, end);
        self.code.bind(no);
        self.value(otherwise);
        self.code.bind(end);
    }
}

/// At most `PIECES` and one.
fn count(pieces: usize) -> u8 {
    u8::try_from(pieces).unwrap_or(u8::MAX)
}

fn comparison(operator: Comparison, exact: bool) -> Instruction {
    match operator {
        Comparison::Equal if exact => Instruction::EqualExact,
        Comparison::Equal => Instruction::Equal,
        Comparison::Less => Instruction::Less,
        Comparison::LessOrEqual => Instruction::LessOrEqual,
        Comparison::Greater => Instruction::Greater,
        Comparison::GreaterOrEqual => Instruction::GreaterOrEqual,
    }
}
