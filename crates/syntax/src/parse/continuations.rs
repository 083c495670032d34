//! What could stand behind the first part of an item: for completion, which asks in the middle of words that are being
//! typed. Start at [`continuations`].
//!
//! The part is read with a sign behind it that nothing can be, so that reading must stop there, and pest tells what it
//! tried. Where something before is wrong already, the last clause is read by itself.

use limits::fixed::NESTING;
use pest::error::ErrorVariant;

use super::expected::{position, words};
use super::grammar::{self, Failure, Rule};
use super::with_stack;
use crate::bounds;
use crate::chunk::ChunkKind;
use crate::keywords::{self, Class};
use crate::tokens::{Token, TokenKind, scan};

/// What could stand at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Continuations {
    /// The words of the language.
    pub words: Vec<&'static str>,
    /// What is not spelt out by the grammar.
    pub wanted: Vec<Wanted>,
    /// Whether the item may end there.
    pub ends: bool,
}

/// What only the rulebook or the author can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wanted {
    /// A value or a condition.
    Value,
    /// A value of a list: literals and names of lists.
    Entry,
    /// A team, queue or user, or a value that names one.
    Target,
    /// A text in quotes.
    Text,
    /// A pattern between slashes.
    Pattern,
    /// The type of a field.
    Type,
    /// The name of a field, before a colon or behind a dot.
    Field,
    /// A name that something declares or will declare.
    Name,
}

/// What could stand behind `before`, the beginning of an item of a kind, up to the word that is being typed; nothing where
/// the beginning cannot be read.
pub fn continuations(kind: ChunkKind, before: &str) -> Continuations {
    let tokens: Vec<Token> = scan(before).into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    if bounds::depth(before, &tokens) > NESTING {
        return Continuations::default();
    }
    let beginnings = beginnings(kind, before, &tokens);
    beginnings.into_iter().find_map(|(entry, text)| behind(entry, &text)).unwrap_or_default()
}

/// A sign that stands in no item.
const NOTHING: char = '\u{1}';

fn behind(entry: Rule, before: &str) -> Option<Continuations> {
    let text = format!("{before} {NOTHING}");
    let depth = bounds::depth(before, &scan(before));
    let error = with_stack(depth, || grammar::read(entry, &text).err())?;
    let stopped = text.get(position(&error)..)?;
    (stopped.trim_start() == NOTHING.to_string()).then(|| told(&error))
}

fn told(error: &Failure) -> Continuations {
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else { return Continuations::default() };
    let mut told = Continuations::default();
    for rule in positives {
        told.words.extend(words(*rule));
        told.words.extend(begins_with(*rule));
        told.wanted.extend(wanted(*rule));
        told.ends |= *rule == Rule::EOI;
    }
    told.words.sort_unstable();
    told.words.dedup();
    told.wanted.sort_unstable();
    told.wanted.dedup();
    told
}

/// What messages do not tell, for they name the whole: the words that a part begins with.
fn begins_with(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::condition | Rule::negation | Rule::comparison => {
            &["all", "any", "false", "if", "missing", "none", "not", "now", "today", "true"]
        }
        Rule::sum | Rule::product | Rule::defaulted | Rule::unary => {
            &["false", "if", "missing", "now", "today", "true"]
        }
        Rule::cell => &["any", "in", "missing", "not"],
        Rule::r#type | Rule::field_type => &["list", "one", "true"],
        Rule::list_operand | Rule::quantified_list => &["all", "any"],
        Rule::table_policy => &["any", "collect", "count", "first", "max", "min", "sum", "unique"],
        Rule::effective => &["from", "until"],
        Rule::set_event => &["on"],
        Rule::set_order => &["after"],
        Rule::set_guard => &["only"],
        Rule::becoming => &["becoming"],
        Rule::event_test => &["becomes", "changed", "during", "was"],
        Rule::halving => &["halving"],
        Rule::cap => &["at"],
        Rule::decide_line => &["when"],
        Rule::decide_else => &["otherwise"],
        Rule::score_start => &["start"],
        Rule::score_line => &["add", "subtract"],
        Rule::score_limit => &["limit"],
        Rule::test_line => &["event", "expect", "given", "now"],
        Rule::measure => &["count", "share"],
        Rule::expectation | Rule::claim => &EXPECTED,
        Rule::sketch | Rule::measured => EXPECTED.split_at(5).1,
        Rule::calendar_line => &["holidays", "hours", "time"],
        Rule::weight => &["weight"],
        Rule::away => &["away"],
        Rule::send_cc => &["cc"],
        Rule::send_from => &["from"],
        Rule::reply_to => &["reply"],
        Rule::due_before => &["due"],
        Rule::target | Rule::targets => &["queue", "team", "user"],
        _ => &[],
    }
}

/// What a test can expect: the words of its own, and then the effects.
const EXPECTED: [&str; 17] = [
    "fault", "lost", "no", "rule", "rules", "accept", "add", "assign", "call", "clear", "create", "keep", "leave",
    "notify", "reject", "send", "set",
];

fn wanted(rule: Rule) -> Option<Wanted> {
    Some(match rule {
        Rule::condition
        | Rule::negation
        | Rule::comparison
        | Rule::sum
        | Rule::product
        | Rule::defaulted
        | Rule::unary
        | Rule::group
        | Rule::of_condition
        | Rule::if_value
        | Rule::function_call
        | Rule::lookup
        | Rule::path
        | Rule::over
        | Rule::claim
        | Rule::datum => Wanted::Value,
        Rule::bound
        | Rule::list_operand
        | Rule::bracketed_entries
        | Rule::open_entries
        | Rule::open_entry
        | Rule::any_entry
        | Rule::quantified_list
        | Rule::cell
        | Rule::cell_in
        | Rule::field_entries => Wanted::Entry,
        Rule::target | Rule::targets | Rule::team_member => Wanted::Target,
        Rule::text => Wanted::Text,
        Rule::pattern | Rule::patterns | Rule::quantified_patterns => Wanted::Pattern,
        Rule::r#type | Rule::field_type | Rule::type_name => Wanted::Type,
        Rule::field_name | Rule::field | Rule::member | Rule::argument => Wanted::Field,
        Rule::name | Rule::declared_name | Rule::derived_field => Wanted::Name,
        _ => return None,
    })
}

/// The whole beginning with the rule that reads it, then its last clauses as if all before them were right.
fn beginnings(kind: ChunkKind, before: &str, tokens: &[Token]) -> Vec<(Rule, String)> {
    if kind == ChunkKind::Table {
        return table(before, tokens);
    }
    let Some(entry) = grammar::entry(kind) else { return Vec::new() };
    let mut all = vec![(entry, before.to_owned())];
    let (head, begins): (&str, fn(&str) -> bool) = match kind {
        ChunkKind::Rule => ("when true then accept", is_effect),
        ChunkKind::Otherwise => ("otherwise", is_effect),
        ChunkKind::Decide => ("decide a.b {", |word| matches!(word, "when" | "otherwise")),
        ChunkKind::Score => ("score a.b {", |word| matches!(word, "start" | "add" | "subtract" | "limit")),
        ChunkKind::Test => ("test \"\" {", |word| matches!(word, "now" | "given" | "expect" | "event")),
        ChunkKind::Calendar => ("calendar a {", |word| matches!(word, "time" | "hours" | "holidays")),
        ChunkKind::Define => ("define a.b =", |_| false),
        ChunkKind::Let => ("let a =", |_| false),
        ChunkKind::Never => ("never assign when", |_| false),
        _ => ("", |_| false),
    };
    if matches!(kind, ChunkKind::Record | ChunkKind::Reference) {
        let line = before.rfind(['\n', ',', '{']).map_or(0, |sign| sign + 1);
        all.extend(before.get(line..).map(|line| (Rule::record_item, format!("record a {{ {line}"))));
        return all;
    }
    for (place, token) in tokens.iter().enumerate().rev() {
        let word = if token.kind == TokenKind::Word { token.of(before) } else { "" };
        let after_dot = place.checked_sub(1).and_then(|place| tokens.get(place)).is_some_and(|it| it.of(before) == ".");
        let (from, behind) = (before.get(token.start..), before.get(token.end..).unwrap_or_default());
        match (kind, word) {
            _ if after_dot => {}
            (ChunkKind::Rule, "when") => {
                all.push((entry, format!("when {behind}")));
                break;
            }
            (ChunkKind::Rule, "then") => all.push((entry, format!("when true then {behind}"))),
            (ChunkKind::Rule, "and" | "or") => all.push((entry, format!("when {behind}"))),
            (_, "and" | "or") if !head.is_empty() => all.push((Rule::condition_part, behind.to_owned())),
            (_, word) if begins(word) => all.extend(from.map(|from| (entry, format!("{head} {from}")))),
            _ => {}
        }
        if all.len() > MOST {
            break;
        }
    }
    all
}

/// More clauses than this are not tried.
const MOST: usize = 8;

fn is_effect(word: &str) -> bool {
    keywords::class(word) == Some(Class::Effect)
}

/// The head of a table, or the cell that is being written.
fn table(before: &str, tokens: &[Token]) -> Vec<(Rule, String)> {
    let is = |token: &&Token, sign: &str| token.of(before) == sign;
    let Some(brace) = tokens.iter().find(|token| is(token, "{")) else {
        return vec![(Rule::table_head_part, before.to_owned())];
    };
    let bars = || tokens.iter().filter(|token| token.kind == TokenKind::Sign && matches!(token.of(before), "|" | "||"));
    let Some(bar) = bars().next_back() else { return Vec::new() };
    let cell = before.get(bar.end..).unwrap_or_default();
    let lines = before.get(brace.end..bar.end).unwrap_or_default();
    let is_heading = !lines.trim_start().contains('\n');
    vec![(if is_heading { Rule::heading_part } else { Rule::cell_part }, cell.to_owned())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_behind(kind: ChunkKind, before: &str) -> Vec<&'static str> {
        continuations(kind, before).words
    }

    #[test]
    fn what_the_grammar_allows_is_told_at_the_end() {
        let behind = continuations(ChunkKind::Rule, "when lead.score > ");
        assert!(behind.wanted.contains(&Wanted::Value), "{behind:?}");
        assert!(words_behind(ChunkKind::Rule, "when lead.score > 70 ").contains(&"then"));
        assert!(words_behind(ChunkKind::Rule, "when lead.score ").contains(&"is"));
        assert!(words_behind(ChunkKind::Rule, "when lead.score > 70 then ").contains(&"assign"));
        assert!(continuations(ChunkKind::Rule, "when lead.score > 70 then assign ").wanted.contains(&Wanted::Target));
        assert!(continuations(ChunkKind::Record, "record lead {\n  stage: ").wanted.contains(&Wanted::Type));
    }

    #[test]
    fn what_is_wrong_before_does_not_matter() {
        assert!(words_behind(ChunkKind::Rule, "when lead.score > > then ").contains(&"assign"));
        assert!(words_behind(ChunkKind::Rule, "when a.b is is and lead.score ").contains(&"is"));
        assert!(words_behind(ChunkKind::Score, "score lead.fit { add add add 3 ").contains(&"when"));
    }

    #[test]
    fn cells_of_tables_are_read_by_themselves() {
        let head = "table t for lead {\n  | lead.country | => lead.region |\n  | ";
        assert!(continuations(ChunkKind::Table, head).wanted.contains(&Wanted::Entry));
        assert!(words_behind(ChunkKind::Table, "table t for lead, ").contains(&"unique"));
    }
}
