//! What an editor shows between the words: types that nobody wrote, when work would be due, which rule of a set wins.

use std::ops::Range;

use semantics::{ItemView, Kind, Thing};
use syntax::ast::{Deadline, Due, Effect, EffectKind, Heading, Item, Policy, Span, TablePolicy};
use syntax::{Token, TokenKind, scan};
use values::{Clock, Instant};

use crate::Snapshot;

/// Which hints are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HintSettings {
    /// The types of constants and derived values.
    pub types: bool,
    /// When work would be due if the rule fired now.
    pub due: bool,
    /// Which of the rules of a set, or of the rows of a table, count.
    pub policies: bool,
}

/// Words between the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The byte before which they stand.
    pub offset: usize,
    /// The words.
    pub label: String,
    /// What they are about.
    pub kind: HintKind,
}

/// What a hint is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HintKind {
    /// A type.
    Type,
    /// When work is due.
    Due,
    /// Which rules or rows count.
    Policy,
}

impl Default for HintSettings {
    fn default() -> Self {
        Self { types: true, due: true, policies: true }
    }
}

impl Snapshot {
    /// The hints for the items that a range of bytes touches; `now` is the moment at which rules are thought to fire.
    pub fn hints(&self, path: &str, range: Range<usize>, settings: HintSettings, now: Option<Instant>) -> Vec<Hint> {
        let clock = now.filter(|_| settings.due).map(|now| self.project().clock(now));
        let mut hints = Vec::new();
        for view in self.project().items(path) {
            if view.start() >= range.end {
                break;
            }
            if view.end() < range.start {
                continue;
            }
            if settings.types {
                self.types(view, &mut hints);
            }
            if settings.policies {
                policy(view, &mut hints);
            }
            if let Some(clock) = &clock {
                self.due(view, clock, &mut hints);
            }
        }
        hints.retain(|hint| range.start <= hint.offset && hint.offset <= range.end);
        hints.sort_by_key(|hint| hint.offset);
        hints
    }

    fn types(&self, view: ItemView<'_>, hints: &mut Vec<Hint>) {
        let named = |kind, of: &str, name: &str| self.project().known_thing(&Thing::of(kind, of, name));
        let mut put = |at: Span, ty: Option<values::Type>, optional: bool| {
            let Some(ty) = ty else { return };
            let mark = if optional { "?" } else { "" };
            let offset = view.place(at).end;
            hints.push(Hint { offset, label: format!(": {ty}{mark}"), kind: HintKind::Type });
        };
        let derived = |path: &syntax::ast::Path| {
            let known = named(Kind::Derived, &path.root.text, &path.fields.first()?.text)?;
            Some((path.span, known.ty, known.optional))
        };
        match view.tree() {
            Item::Let(constant) => {
                let (ty, optional) = view.value_type().unzip();
                put(constant.name.span, ty, optional.unwrap_or_default());
            }
            Item::Define(define) => {
                derived(&define.path).into_iter().for_each(|(at, ty, optional)| put(at, ty, optional));
            }
            Item::Decide(decide) => {
                derived(&decide.path).into_iter().for_each(|(at, ty, optional)| put(at, ty, optional));
            }
            Item::Table(table) => {
                let outputs = table.grid.columns.iter().filter_map(|column| match &column.heading {
                    Heading::Output(path) => derived(path),
                    _ => None,
                });
                outputs.for_each(|(at, ty, optional)| put(at, ty, optional));
            }
            _ => {}
        }
    }

    /// When what the effects of a rule say is due.
    fn due(&self, view: ItemView<'_>, clock: &Clock, hints: &mut Vec<Hint>) {
        let effects: &[Effect] = match view.tree() {
            Item::Rule(rule) => &rule.effects,
            Item::Otherwise(otherwise) => &otherwise.effects,
            _ => return,
        };
        for within in effects.iter().filter_map(|effect| within(&effect.kind)) {
            let due = self.project().duration(within).and_then(|length| clock.moved(clock.now, length).ok());
            let shown = due.map(|due| format!(" (now: {})", minutes(&clock.shown(due))));
            let offset = view.place(within.span).end;
            hints.extend(shown.map(|label| Hint { offset, label, kind: HintKind::Due }));
        }
    }
}

/// A moment without its seconds.
fn minutes(shown: &str) -> String {
    let zone = shown.get("2026-11-20T09:00:00".len()..).unwrap_or_default();
    let zone = zone.trim_start_matches(|letter: char| letter == '.' || letter.is_ascii_digit());
    let day = shown.get(..10).unwrap_or_default();
    let time = shown.get(11..16).unwrap_or_default();
    format!("{day} {time}{}", if zone == "Z" { "" } else { zone })
}

fn within(effect: &EffectKind) -> Option<&syntax::ast::Expr> {
    match effect {
        EffectKind::Assign { within: Some(Deadline { within, .. }), .. } => Some(within),
        EffectKind::Task { due: Some(Due::Within(within)), .. } => Some(within),
        _ => None,
    }
}

/// What the policy of a set or table means, also where none is written.
fn policy(view: ItemView<'_>, hints: &mut Vec<Hint>) {
    let (span, label) = match view.tree() {
        Item::Rules(rules) => match rules.policy {
            Some((Policy::First, span)) => (Some(span), " (the first rule that holds wins)"),
            Some((Policy::Unique, span)) => (Some(span), " (at most one rule may hold)"),
            Some((Policy::All, _)) => return,
            None => (None, " (all matches) "),
        },
        Item::Table(table) => match table.policy {
            Some((TablePolicy::First, span)) => (Some(span), " (the first row that holds wins)"),
            Some(_) => return,
            None if table.from.is_some() => return,
            None => (None, " (first match) "),
        },
        _ => return,
    };
    let at = span.map(|span| view.place(span).end).or_else(|| opening(view));
    hints.extend(at.map(|offset| Hint { offset, label: label.to_owned(), kind: HintKind::Policy }));
}

/// Where the brace stands that opens a set or table, less the blanks before it.
fn opening(view: ItemView<'_>) -> Option<usize> {
    let text = view.text();
    let brace = scan(text).into_iter().find(|token: &Token| token.kind == TokenKind::Sign && token.of(text) == "{")?;
    Some(view.start() + text.get(..brace.start)?.trim_end().len())
}
