//! Rules and `otherwise`, cut at `when`, `then` and the verbs of effects.

use std::ops::Range;

use super::super::build::{Build, Head};
use super::super::grammar::{Failure, Rule};
use super::{bytes, condition, expected, report, report_item, span};
use crate::ast::{Effect, EffectKind, Expr, Item};
use crate::keywords::{self, Class};
use crate::tokens::TokenKind;

/// A rule, as far as its clauses can be told apart.
pub(super) fn rule(build: &mut Build<'_>, error: &Failure) -> Item {
    let end = build.source.tokens().len();
    let when = (0..end).find(|place| build.source.word(*place) == "when");
    let Some(when) = when else { return without_when(build, error) };
    let head = head(build, 0..when);
    let then = find_then(build, when + 1..end);
    let known = build.problems().len();
    let condition = condition::condition(build, when + 1..then.map_or(end, |(then, _)| then));
    let effects = match then {
        Some((_, effects)) => self::effects(build, effects..end),
        None => Vec::new(),
    };
    // A condition that breaks off has no `then` either, which needs no second message.
    if then.is_none() && build.problems().len() == known {
        expected(build, end, "`then`", None);
    }
    let when = span(build, when..when + 1);
    Item::Rule(build.finish_rule(head, when, condition, effects))
}

/// `otherwise` and its effects.
pub(super) fn otherwise(build: &mut Build<'_>) -> Item {
    let effects = effects(build, 1..build.source.tokens().len());
    let word = span(build, 0..1);
    Item::Otherwise(build.finish_otherwise(word, effects))
}

/// A rule that says only what it does, or nothing.
fn without_when(build: &mut Build<'_>, error: &Failure) -> Item {
    let end = build.source.tokens().len();
    report_item(build, error);
    let head = head_name(build);
    let then = (0..end).find(|place| build.source.word(*place) == "then");
    let effects = then.map(|then| effects(build, then + 1..end)).unwrap_or_default();
    let whole = span(build, 0..end);
    Item::Rule(build.finish_rule(head, span(build, 0..1), Expr::error(whole), effects))
}

/// `rule "…" disabled`
fn head(build: &mut Build<'_>, places: Range<usize>) -> Head {
    if places.is_empty() {
        return Head::default();
    }
    let range = bytes(build, places.clone());
    let head = build.part(Rule::head_part, range, Build::rule_head);
    head.unwrap_or_else(|(base, error)| {
        report(build, places, base, &error);
        head_name(build)
    })
}

/// The name behind `rule`, if nothing else can be told.
fn head_name(build: &mut Build<'_>) -> Head {
    Head { name: super::declarations::quoted_at(build, 1), ..Head::default() }
}

/// Where the condition ends and where the effects begin: at `then`, or at what stands in its place.
fn find_then(build: &mut Build<'_>, places: Range<usize>) -> Option<(usize, usize)> {
    let mut choices = 0_usize;
    for place in places.clone() {
        match build.source.word(place) {
            "if" => choices += 1,
            "then" if choices == 0 => return Some((place, place + 1)),
            "then" => choices -= 1,
            _ => {}
        }
    }
    let slip = places.clone().find(|place| is_slip_of_then(build, *place));
    let verb = places.clone().find(|place| is_verb(build, *place));
    match (slip, verb) {
        (Some(slip), verb) if verb.is_none_or(|verb| slip < verb) => {
            expected(build, slip, "`then`", Some("then"));
            Some((slip, slip + 1))
        }
        (_, Some(verb)) => {
            expected(build, verb, "`then`", None);
            Some((verb, verb))
        }
        _ => None,
    }
}

/// A word that is nearly `then`, with an effect behind it.
fn is_slip_of_then(build: &Build<'_>, place: usize) -> bool {
    let word = build.source.word(place);
    let next = build.source.word(place + 1);
    let verbs = || keywords::all().filter(|keyword| keyword.class == Class::Effect).map(|keyword| keyword.word);
    let effect_follows = keywords::class(next) == Some(Class::Effect) || keywords::nearest(next, verbs()).is_some();
    keywords::class(word).is_none() && effect_follows && keywords::nearest(word, ["then"]).is_some()
}

/// A word that begins an effect, not the name of a field or an argument.
fn is_verb(build: &Build<'_>, place: usize) -> bool {
    let source = build.source;
    let before = place.checked_sub(1).map_or("", |before| source.word(before));
    let is_word = source.tokens().get(place).is_some_and(|token| token.kind == TokenKind::Word);
    is_word
        && keywords::class(source.word(place)) == Some(Class::Effect)
        && before != "."
        && source.word(place + 1) != ":"
}

fn effects(build: &mut Build<'_>, places: Range<usize>) -> Vec<Effect> {
    if places.is_empty() {
        expected(build, places.start, "an effect such as `assign`", None);
        return Vec::new();
    }
    let mut starts: Vec<_> = (places.start + 1..places.end).filter(|place| is_verb(build, *place)).collect();
    starts.insert(0, places.start);
    let ends = starts.iter().skip(1).copied().chain([places.end]);
    starts.iter().zip(ends).map(|(start, end)| effect(build, *start..end)).collect()
}

/// One effect; of one that cannot be read to its end, what can be read.
fn effect(build: &mut Build<'_>, places: Range<usize>) -> Effect {
    let places = without_joint(build, places);
    let range = bytes(build, places.clone());
    let (base, error) = match build.part(Rule::effect_part, range.clone(), Build::effect) {
        Ok(effect) => return effect,
        Err(failure) => failure,
    };
    let begun = build.part(Rule::effect_prefix, range, Build::effect);
    report(build, places.clone(), base, &error);
    // Behind a whole effect the next one can begin, which the entry point that reads a single one does not know.
    let next_to = |end: u32| build.source.token_at(end as usize).map(|(place, _)| place);
    let stopped = build.source.token_at(base + super::super::expected::position(&error)).map(|(place, _)| place);
    if begun.as_ref().is_ok_and(|effect| next_to(effect.span.end) == stopped) {
        build.expected_too("the next effect");
    }
    begun.unwrap_or_else(|_| Effect { kind: EffectKind::Error, span: span(build, places) })
}

/// Effects follow each other without a comma or `and`; what joins them all the same is reported and stepped over.
fn without_joint(build: &mut Build<'_>, places: Range<usize>) -> Range<usize> {
    let last = places.end.saturating_sub(1);
    let joins = last > places.start && matches!(build.source.word(last), "," | "and") && is_verb(build, places.end);
    if joins {
        expected(build, last, "the next effect", Some(""));
        return places.start..last;
    }
    places
}
