//! Turns what pest has read into the tree, and reports what the grammar reads only in order to name it.
//!
//! One function for each form of the grammar, in a file for each of its parts. Every function is total: a part that is
//! not there, which the grammar rules out, becomes an `Error` node.

mod calendar;
mod comparisons;
mod conditions;
mod declarations;
mod derived;
mod effects;
mod literals;
mod never;
mod parts;
mod rules;
mod sketches;
mod tables;
mod tests;
mod texts;
mod values;

use diagnostics::problems::SyntaxProblem;
use unicode_normalization::UnicodeNormalization;

use super::expected;
use super::grammar::{Failure, Pair, Rule, read};
use super::source::Source;
use crate::ast::{Expr, ExprKind, Item, Name, Path, Span};
use crate::keywords;
use limits::fixed::NESTING;
use parts::Parts;
pub(super) use rules::Head;

/// A tree under construction.
pub(super) struct Build<'s> {
    pub(super) source: &'s Source,
    /// Where the text that pest was given begins in the item.
    base: usize,
    /// How many nodes of the tree stand above.
    depth: usize,
    /// What `it` stands for, in a cell of a table.
    pub(super) subject: Option<Expr>,
    problems: Vec<(Span, SyntaxProblem)>,
}

impl<'s> Build<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Self { source, base: 0, depth: 0, subject: None, problems: Vec::new() }
    }

    pub(super) fn problems(&self) -> &[(Span, SyntaxProblem)] {
        &self.problems
    }

    pub(super) fn into_problems(self) -> Vec<(Span, SyntaxProblem)> {
        self.problems
    }

    pub(super) fn report(&mut self, span: Span, problem: SyntaxProblem) {
        self.problems.push((span, problem));
    }

    /// Reads a part of the item by an entry point of the grammar.
    pub(super) fn part<T>(
        &mut self,
        entry: Rule,
        range: std::ops::Range<usize>,
        build: impl FnOnce(&mut Self, Pair<'s>) -> T,
    ) -> Result<T, (usize, Failure)> {
        self.part_of(self.source.slice(range.clone()), entry, range.start, build)
    }

    /// Reads a text that begins at `base` of the item.
    fn part_of<T>(
        &mut self,
        text: &'s str,
        entry: Rule,
        base: usize,
        build: impl FnOnce(&mut Self, Pair<'s>) -> T,
    ) -> Result<T, (usize, Failure)> {
        let pair = read(entry, text).map_err(|error| (base, error))?;
        let outer = std::mem::replace(&mut self.base, base);
        let built = build(self, pair);
        self.base = outer;
        Ok(built)
    }

    /// A whole item.
    pub(super) fn item(&mut self, pair: Pair<'s>) -> Item {
        match pair.as_rule() {
            Rule::record => Item::Record(self.record(pair)),
            Rule::let_declaration => Item::Let(self.let_declaration(pair)),
            Rule::list_declaration => Item::List(self.list_declaration(pair)),
            Rule::define_declaration => Item::Define(self.define_declaration(pair)),
            Rule::reference => Item::Reference(self.reference(pair)),
            Rule::decide => Item::Decide(self.decide(pair)),
            Rule::score => Item::Score(self.score(pair)),
            Rule::calendar => Item::Calendar(self.calendar(pair)),
            Rule::team | Rule::queue | Rule::user => Item::Target(self.target_declaration(pair)),
            Rule::never => Item::Never(self.never(pair)),
            Rule::rules_header => Item::Rules(self.rules_header(pair)),
            Rule::rule_declaration => Item::Rule(self.rule(pair)),
            Rule::test_declaration => Item::Test(self.test_declaration(pair)),
            Rule::otherwise => Item::Otherwise(self.otherwise(pair)),
            _ => Item::Error,
        }
    }

    fn span(&self, pair: &Pair<'_>) -> Span {
        let span = pair.as_span();
        self.source.trimmed(self.base + span.start(), self.base + span.end())
    }

    fn name(&self, pair: &Pair<'_>) -> Name {
        Name { text: plain(pair.as_str()), span: self.span(pair) }
    }

    /// A name where it is declared, which must not be a word of the language.
    fn declared(&mut self, pair: Option<&Pair<'_>>) -> Name {
        let name = pair.map_or_else(Name::default, |pair| self.name(pair));
        if pair.is_some_and(|pair| keywords::is_reserved(pair.as_str())) {
            self.report(name.span, SyntaxProblem::ReservedName { name: name.text.clone() });
        }
        name
    }

    fn path(&self, pair: &Pair<'_>) -> Path {
        let mut names =
            pair.clone().into_inner().filter(|part| part.as_rule() != Rule::dot).map(|part| self.name(&part));
        let root = names.next().unwrap_or_default();
        let fields: Vec<_> = names.collect();
        let span = fields.last().map_or(root.span, |last| root.span.to(last.span));
        Path { root, fields, span }
    }

    /// Builds what stands `levels` nodes below, unless that is deeper than any tree may be.
    fn below(&mut self, levels: usize, span: Span, build: impl FnOnce(&mut Self) -> Expr) -> Expr {
        if self.depth + levels > NESTING {
            self.report(span, SyntaxProblem::NestingLimit { limit: NESTING });
            return Expr::error(span);
        }
        self.depth += levels;
        let built = build(self);
        self.depth -= levels;
        built
    }

    /// Adds to what could stand where something unexpected was reported last.
    pub(super) fn expected_too(&mut self, phrase: &str) {
        if let Some((_, SyntaxProblem::Unexpected { expected, .. })) = self.problems.last_mut() {
            expected.push(phrase.to_owned());
        }
    }

    /// What was expected where pest stopped.
    pub(super) fn unexpected(&mut self, base: usize, error: &Failure) {
        let (span, problem) = expected::problem(self.source, base, error);
        self.report(span, problem);
    }
}

/// A name in NFC, without its backquotes.
pub(super) fn plain(written: &str) -> String {
    written.trim_matches('`').nfc().collect()
}

impl Expr {
    /// Nothing that could be read.
    pub(super) fn error(span: Span) -> Self {
        Self { kind: ExprKind::Error, span }
    }
}
