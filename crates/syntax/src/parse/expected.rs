//! What could have stood where reading stopped, in the analyst's words: [`phrases`] names it.

mod phrases;

use diagnostics::problems::SyntaxProblem;
use limits::fixed::NESTING;
use pest::error::{ErrorVariant, InputLocation};

use super::grammar::{Failure, Rule};
use super::source::Source;
use crate::ast::Span;
use crate::bounds::offset;
use crate::keywords::{self, Class};
use crate::tokens::Token;
use phrases::{keyword, phrases};

/// Where reading stopped, in the text that pest was given.
pub(super) fn position(error: &Failure) -> usize {
    match error.location {
        InputLocation::Pos(position) | InputLocation::Span((position, _)) => position,
    }
}

/// The problem at the place where reading of the text that begins at `base` stopped.
pub(super) fn problem(source: &Source, base: usize, error: &Failure) -> (Span, SyntaxProblem) {
    let at = base + position(error);
    let Some((place, token)) = source.token_at(at) else {
        let end = source.tokens().last().map_or(at, |token| token.end);
        let end = Span::new(offset(end), offset(end));
        return (end, unexpected(error, source, source.tokens().len(), String::new()));
    };
    let span = Span::new(offset(token.start), offset(token.end));
    (span, unexpected(error, source, place, source.written(span).to_owned()))
}

fn unexpected(error: &Failure, source: &Source, place: usize, found: String) -> SyntaxProblem {
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else {
        return SyntaxProblem::NestingLimit { limit: NESTING };
    };
    let before = place.checked_sub(1).map_or("", |before| source.word(before));
    let expected = match negative_form(before, &found) {
        Some(form) => vec![form.to_owned()],
        None => phrases(positives, before),
    };
    if takes_value(&expected) && is_item_word(&found) {
        return SyntaxProblem::ReservedName { name: found };
    }
    let meant = positives.contains(&Rule::effect).then(|| bare_set(source, place)).flatten();
    let meant = meant.or_else(|| positives.contains(&Rule::text).then(|| unquoted(source, place)).flatten());
    let meant = meant.or_else(|| positives.contains(&Rule::kw_keyed).then(|| keyed(source, place)).flatten());
    let suggestion = meant.or_else(|| suggestion(&found, positives));
    SyntaxProblem::Unexpected { expected, suggestion, found }
}

/// Whether a value could stand there, so that a word of the language that does was meant as a name.
fn takes_value(expected: &[String]) -> bool {
    expected.iter().any(|phrase| phrase == "a condition" || phrase == "a value")
}

fn is_item_word(word: &str) -> bool {
    matches!(keywords::class(word), Some(Class::Item | Class::LaterItem))
}

/// What `lead.stage = …` lacks where an effect must stand.
fn bare_set(source: &Source, place: usize) -> Option<String> {
    let root = source.tokens().get(place).filter(|token| token.is_name())?;
    let fields = (place + 1..).step_by(2).take_while(|dot| source.word(*dot) == ".").count();
    let sets = fields > 0 && source.word(place + 1 + 2 * fields) == "=";
    sets.then(|| format!("set {}", source.slice(root.start..root.end)))
}

/// The name of a set that stands without quotes behind `after`.
fn unquoted(source: &Source, place: usize) -> Option<String> {
    let name = source.tokens().get(place).filter(|token| token.is_name())?;
    let is_one_word = !source.tokens().get(place + 1).is_some_and(Token::is_name);
    let after = place.checked_sub(1).is_some_and(|before| source.word(before) == "after");
    (after && is_one_word).then(|| format!("\"{}\"", source.slice(name.start..name.end)))
}

/// What the fields of reference data lack before them: the first of them is the likeliest key.
fn keyed(source: &Source, place: usize) -> Option<String> {
    let first = source.tokens().get(place + 1).filter(|token| token.is_name() && source.word(place) == "{")?;
    Some(format!("keyed by {} {{", source.slice(first.start..first.end)))
}

/// What `not contains` and its like are in the language.
fn negative_form(before: &str, found: &str) -> Option<&'static str> {
    match (before, found) {
        ("not", "contains" | "contain") => Some("`does not contain` instead of `not`"),
        ("not", "starts" | "start") => Some("`does not start with` instead of `not`"),
        ("not", "ends" | "end") => Some("`does not end with` instead of `not`"),
        ("not", "matches" | "match") => Some("`does not match` instead of `not`"),
        _ => None,
    }
}

/// A word or sign that could stand there and nearly does.
fn suggestion(found: &str, rules: &[Rule]) -> Option<String> {
    let candidates = || rules.iter().flat_map(|rule| words(*rule));
    let sign = OTHER_SIGNS.iter().find(|(foreign, _)| *foreign == found);
    if let Some((_, ours)) = sign {
        return Some((*ours).to_owned());
    }
    if found == "if" && (rules.contains(&Rule::kw_when) || rules.contains(&Rule::when_clause)) {
        return Some("when".to_owned());
    }
    if matches!(found, "isn" | "isnt") {
        return Some("is not".to_owned());
    }
    if rules.contains(&Rule::equals) && matches!(found, "to" | "is" | ":" | ":=") {
        return Some("=".to_owned());
    }
    // A word of the language that stands in the wrong place was meant as it is written, except for its ending.
    if keywords::class(found).is_some() {
        return candidates().find(|word| word.strip_suffix('s') == Some(found)).map(str::to_owned);
    }
    let is_word = found.chars().all(char::is_alphabetic);
    is_word.then(|| keywords::nearest(found, candidates())).flatten().map(str::to_owned)
}

/// Signs of other languages that are longer here, and quotes that stand alone. The others are read as what is meant: see
/// [`foreign`](super::foreign).
const OTHER_SIGNS: &[(&str, &str)] = &[
    ("&&", "and"),
    ("||", "or"),
    ("!", "not"),
    ("'", "\""),
    ("‘", "\""),
    ("’", "\""),
    ("“", "\""),
    ("”", "\""),
    ("„", "\""),
];

/// The words that what a rule reads can begin with.
pub(super) fn words(rule: Rule) -> Vec<&'static str> {
    let fixed: &[&str] = match rule {
        Rule::then_clause => &["then"],
        Rule::when_clause => &["when"],
        Rule::effect => {
            return keywords::all().filter(|word| word.class == Class::Effect).map(|word| word.word).collect();
        }
        Rule::presence_test | Rule::equality_test => &["is"],
        Rule::in_test => &["in", "not", "is"],
        Rule::between_test => &["between"],
        Rule::time_test => &["within", "older", "before", "after"],
        Rule::text_test | Rule::match_test => &["contains", "starts", "ends", "matches", "does"],
        Rule::deadline | Rule::due_within => &["within"],
        Rule::escalation => &["else"],
        Rule::selection => &["by"],
        Rule::with => &["with"],
        Rule::policy => &["first", "all", "unique"],
        Rule::key_mark => &["key"],
        Rule::default_value => &["default"],
        Rule::sentinels => &["missing"],
        Rule::from_column => &["from"],
        Rule::timer => &[],
        _ => return keyword(rule).into_iter().collect(),
    };
    fixed.to_vec()
}
