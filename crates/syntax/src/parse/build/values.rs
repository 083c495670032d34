//! Arithmetic, calls and paths.

use super::{Build, Pair, Parts, Rule};
use crate::ast::{Arithmetic, Each, Expr, ExprKind, Name, Span};

impl<'s> Build<'s> {
    pub(super) fn sum(&mut self, pair: Pair<'s>) -> Expr {
        self.chain(pair, Self::product)
    }

    fn product(&mut self, pair: Pair<'s>) -> Expr {
        self.chain(pair, Self::defaulted)
    }

    pub(super) fn defaulted(&mut self, pair: Pair<'s>) -> Expr {
        self.chain(pair, Self::unary)
    }

    /// `a + b - c`: the leftmost operand stands deepest, so it is first asked whether that is too deep.
    fn chain(&mut self, pair: Pair<'s>, operand: fn(&mut Self, Pair<'s>) -> Expr) -> Expr {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair.clone());
        let Some(first) = parts.next() else { return Expr::error(span) };
        if parts.peek().is_none() {
            return operand(self, first);
        }
        let length = pair.into_inner().count() / 2;
        self.below(length, span, |build| {
            let mut left = operand(build, first);
            while let (Some(sign), Some(right)) = (parts.next(), parts.next()) {
                left = combine(sign.as_rule(), left, operand(build, right));
            }
            left
        })
    }

    pub(super) fn unary(&mut self, pair: Pair<'s>) -> Expr {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let mut signs = Vec::new();
        while let Some(minus) = parts.part(Rule::minus) {
            signs.push(self.span(&minus).start);
        }
        let Some(primary) = parts.next() else { return Expr::error(span) };
        self.below(signs.len(), span, |build| {
            let inner = build.primary(primary);
            signs.into_iter().rev().fold(inner, |inner, start| {
                let span = Span::new(start, inner.span.end);
                Expr { kind: ExprKind::Negate(Box::new(inner)), span }
            })
        })
    }

    fn primary(&mut self, pair: Pair<'s>) -> Expr {
        match pair.as_rule() {
            Rule::group => self.group(pair),
            Rule::of_condition => self.of_condition(pair),
            Rule::if_value => self.if_value(pair),
            Rule::function_call => self.function_call(pair),
            Rule::lookup => self.lookup(pair),
            Rule::path => self.path_value(&pair),
            _ => self.literal(pair),
        }
    }

    fn lookup(&mut self, pair: Pair<'s>) -> Expr {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let reference = parts.part(Rule::name).map(|name| self.name(&name)).unwrap_or_default();
        let key = parts.part(Rule::sum);
        let key = key.map_or_else(|| Expr::error(span), |key| self.below(1, span, |build| build.sum(key)));
        let fields = parts.map(|name| self.name(&name)).collect();
        Expr { kind: ExprKind::Lookup { reference, key: Box::new(key), fields }, span }
    }

    fn path_value(&self, pair: &Pair<'s>) -> Expr {
        let path = self.path(pair);
        Expr { span: path.span, kind: ExprKind::Path(path) }
    }

    fn if_value(&mut self, pair: Pair<'s>) -> Expr {
        let span = self.span(&pair);
        let mut branches = Parts::of(pair).filter(|part| part.as_rule() == Rule::condition);
        let mut branch = || {
            let branch = branches.next();
            Box::new(self.below(1, span, |build| build.condition_or_error(branch, span)))
        };
        let kind = ExprKind::If { condition: branch(), then: branch(), otherwise: branch() };
        Expr { kind, span }
    }

    fn function_call(&mut self, pair: Pair<'s>) -> Expr {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair.clone());
        let function = parts.part(Rule::name).map(|name| self.name(&name)).unwrap_or_default();
        if pair.into_inner().any(|part| part.as_rule() == Rule::over) {
            return self.over(function, parts, span);
        }
        let arguments = parts.map(|argument| self.below(1, span, |build| build.sum(argument))).collect();
        Expr { kind: ExprKind::Call { function, arguments }, span }
    }

    /// A function of the items of a list: what stands between its brackets.
    fn over(&mut self, function: Name, mut parts: Parts<'s>, span: Span) -> Expr {
        let item = parts.part(Rule::sum).map(|item| Box::new(self.below(1, span, |build| build.sum(item))));
        let Some(each) = parts.seek(Rule::over) else { return Expr::error(span) };
        let each = self.each(each);
        Expr { kind: ExprKind::Over { function, item, each }, span }
    }

    /// `a in lead.activities where a.type is "demo"`
    pub(super) fn each(&mut self, pair: Pair<'s>) -> Each {
        let span = self.span(&pair);
        let mut parts = Parts::of(pair);
        let variable = self.declared(parts.part(Rule::declared_name).as_ref());
        let list = parts.seek(Rule::sum);
        let list = list.map_or_else(|| Expr::error(span), |list| self.below(1, span, |build| build.sum(list)));
        let filter = parts.seek(Rule::condition);
        let filter = filter.map(|filter| Box::new(self.below(1, span, |build| build.condition(filter))));
        Each { variable, list: Box::new(list), filter }
    }
}

fn combine(sign: Rule, left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    let (left, right) = (Box::new(left), Box::new(right));
    let operator = match sign {
        Rule::kw_default => return Expr { kind: ExprKind::Default { value: left, fallback: right }, span },
        Rule::plus => Arithmetic::Add,
        Rule::minus => Arithmetic::Subtract,
        Rule::times => Arithmetic::Multiply,
        Rule::divided => Arithmetic::Divide,
        _ => Arithmetic::Remainder,
    };
    Expr { kind: ExprKind::Arithmetic { operator, left, right }, span: Span::new(span.start, span.end) }
}
