//! The tests of text and lists: `contains`, `starts with`, `ends with`, `contains word`, `matches`.

use std::sync::Arc;

use diagnostics::Problem;
use diagnostics::problems::{LimitProblem, TypeProblem};
use syntax::ast::{self, Entry, ExprKind, Quantifier, Span, TextTest};
use values::builtins::Builtin;
use values::{Pattern, PatternError, Type, Value};

use super::build::{constant, tested, truth};
use super::{Checker, Wanted};
use crate::db::Workspace;
use crate::typed::{Expr, ExprKind as Typed};

impl Checker<'_> {
    pub(super) fn text_test(
        &mut self,
        test: TextTest,
        value: &ast::Expr,
        quantifier: Option<Quantifier>,
        operands: &[Entry],
        span: Span,
    ) -> Option<Expr> {
        let typed = self.expr(value, None)?;
        let (member, list) = match &typed.ty {
            Type::List(member) if test == TextTest::Contains => ((**member).clone(), true),
            ty if ty.is_textual() => (Type::Text, false),
            _ => return self.no_text(test, &typed, value),
        };
        if test == TextTest::Matches {
            return self.matches(&typed, quantifier, operands);
        }
        let what = self.written(value.span);
        let exact = typed.ty.is_exact() || member.is_exact();
        let (operator, whole) = (words(test, false), Some(&typed.ty));
        let found = self.members_of(operands, Wanted { ty: &member, what, operator, whole }, span)?;
        if !found.ranges.is_empty() {
            let left = format!("`{what}` is {}", typed.ty.with_article());
            let problem = TypeProblem::Operands { operator: operator.to_owned(), left, right: "a range".to_owned() };
            self.problem(problem, span);
            return None;
        }
        let looked_for = Operands { constants: found.constants, others: found.others, member };
        Some(looked_for.tested(&typed, words(test, list), exact, quantifier))
    }

    fn no_text(&mut self, test: TextTest, typed: &Expr, value: &ast::Expr) -> Option<Expr> {
        let expected = if test == TextTest::Contains { "text or list" } else { "text" };
        let (context, expected) = (format!("`{}`", words(test, false)), expected.to_owned());
        self.problem(TypeProblem::Expected { context, expected, found: typed.ty.with_article() }, value.span);
        None
    }

    fn matches(&mut self, value: &Expr, quantifier: Option<Quantifier>, operands: &[Entry]) -> Option<Expr> {
        let mut tests = Vec::new();
        for operand in operands {
            let Entry::One(operand) = operand else { return None };
            let ExprKind::Pattern(written) = &operand.kind else {
                self.expect(operand, &Type::Truth, "a pattern between slashes");
                return None;
            };
            let limit = Workspace::get(self.db).limits(self.db).pattern_size;
            match Pattern::new(&written.source, written.ignore_case, limit) {
                Ok(pattern) => tests.push(truth(Typed::Matches { value: Box::new(value.clone()), pattern })),
                Err(error) => {
                    let problem: Problem = match error {
                        PatternError::TooLarge => LimitProblem::Pattern { limit }.into(),
                        PatternError::Malformed { reason, .. } => TypeProblem::InvalidPattern { reason }.into(),
                    };
                    self.problem(problem, operand.span);
                    return None;
                }
            }
        }
        join(tests, quantifier)
    }
}

/// The words of a test, which are also its key in the table of built-ins.
const fn words(test: TextTest, list: bool) -> &'static str {
    match test {
        TextTest::Contains if list => "list contains",
        TextTest::Contains => "contains",
        TextTest::ContainsWord => "contains word",
        TextTest::StartsWith => "starts with",
        TextTest::EndsWith => "ends with",
        TextTest::Matches => "matches",
    }
}

/// What is looked for.
struct Operands {
    constants: Vec<Value>,
    others: Vec<Expr>,
    member: Type,
}

impl Operands {
    /// Constants are looked for together where the table has such a test, everything else one by one.
    fn tested(self, value: &Expr, words: &str, exact: bool, quantifier: Option<Quantifier>) -> Expr {
        let together = if quantifier == Some(Quantifier::All) { " all of" } else { " any of" };
        let one = |operand: Expr| keyed(words, exact).map(|builtin| tested(builtin, vec![value.clone(), operand]));
        let several = keyed(&format!("{words}{together}"), exact).filter(|_| self.constants.len() > 1);
        let mut tests = Vec::new();
        match several {
            Some(builtin) => {
                let ty = Type::List(Box::new(self.member.clone()));
                let list = constant(Value::List(Arc::from(self.constants)), ty);
                tests.push(tested(builtin, vec![value.clone(), list]));
            }
            None => {
                let constants = self.constants.into_iter();
                tests.extend(constants.filter_map(|operand| one(constant(operand, self.member.clone()))));
            }
        }
        tests.extend(self.others.into_iter().filter_map(one));
        join(tests, quantifier).unwrap_or_else(|| constant(Value::Truth(false), Type::Truth))
    }
}

/// A test's row, to the letter or ignoring case.
fn keyed(words: &str, exact: bool) -> Option<Builtin> {
    if exact { Builtin::keyed(&format!("{words} exact")) } else { Builtin::keyed(words) }
}

fn join(mut tests: Vec<Expr>, quantifier: Option<Quantifier>) -> Option<Expr> {
    match (tests.len(), quantifier) {
        (0, _) => None,
        (1, _) => tests.pop(),
        (_, Some(Quantifier::All)) => Some(truth(Typed::And(tests))),
        _ => Some(truth(Typed::Or(tests))),
    }
}
