//! The parts of what one rule of the grammar has read, one after the other.

use std::iter::{Filter, Peekable};

use pest::iterators::Pairs;

use super::super::grammar::{Pair, Rule};

/// The parts in order, without the signs that only separate and enclose.
pub(super) struct Parts<'s>(Peekable<Telling<'s>>);

/// Pairs without the signs.
type Telling<'s> = Filter<Pairs<'s, Rule>, fn(&Pair<'s>) -> bool>;

impl<'s> Parts<'s> {
    pub(super) fn of(pair: Pair<'s>) -> Self {
        Self(pair.into_inner().filter(tells as fn(&Pair<'s>) -> bool).peekable())
    }

    /// The next part, if it was read by this rule.
    pub(super) fn part(&mut self, rule: Rule) -> Option<Pair<'s>> {
        self.0.next_if(|pair| pair.as_rule() == rule)
    }

    /// Whether the next part was read by this rule; if so, steps over it.
    pub(super) fn has(&mut self, rule: Rule) -> bool {
        self.part(rule).is_some()
    }

    /// The next part that was read by this rule, stepping over others.
    pub(super) fn seek(&mut self, rule: Rule) -> Option<Pair<'s>> {
        self.0.find(|pair| pair.as_rule() == rule)
    }

    /// The rule that read the next part.
    pub(super) fn peek(&mut self) -> Option<Rule> {
        self.0.peek().map(Pair::as_rule)
    }
}

impl<'s> Iterator for Parts<'s> {
    type Item = Pair<'s>;

    fn next(&mut self) -> Option<Pair<'s>> {
        self.0.next()
    }
}

fn tells(pair: &Pair<'_>) -> bool {
    !matches!(
        pair.as_rule(),
        Rule::comma
            | Rule::colon
            | Rule::dot
            | Rule::lparen
            | Rule::rparen
            | Rule::lbrace
            | Rule::rbrace
            | Rule::lbracket
            | Rule::rbracket
            | Rule::EOI
    )
}
