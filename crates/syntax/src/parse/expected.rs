//! What could have stood where reading stopped, in the analyst's words.

use diagnostics::problems::SyntaxProblem;
use pest::error::{ErrorVariant, InputLocation};

use super::grammar::{Failure, Rule};
use super::source::Source;
use crate::ast::Span;
use crate::keywords::{self, Class};
use crate::limits::{NESTING, offset};

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
    SyntaxProblem::Unexpected { expected: phrases(positives, before), suggestion: suggestion(&found, positives), found }
}

/// What could stand there, the most telling first and not more than a reader takes in.
fn phrases(rules: &[Rule], before: &str) -> Vec<String> {
    const MOST: usize = 4;
    let mut phrases: Vec<(u8, String)> = Vec::new();
    for (weight, phrase) in rules.iter().filter_map(|rule| phrase(*rule, before)) {
        if !phrases.iter().any(|(_, known)| *known == phrase) {
            phrases.push((weight, phrase));
        }
    }
    if phrases.iter().any(|(_, phrase)| phrase == VALUE) {
        phrases.retain(|(_, phrase)| !PARTS_OF_VALUES.contains(&phrase.as_str()));
    }
    if phrases.iter().any(|(_, phrase)| phrase == COMPARISON) {
        phrases.retain(|(_, phrase)| !PARTS_OF_COMPARISONS.contains(&phrase.as_str()));
    }
    phrases.sort_by_key(|(weight, _)| *weight);
    let least = phrases.first().map_or(0, |(weight, _)| *weight);
    // What merely could go on is named only where nothing else could follow.
    phrases
        .into_iter()
        .filter(|(weight, _)| *weight < MERELY || least == MERELY)
        .map(|(_, phrase)| phrase)
        .take(MOST)
        .collect()
}

const VALUE: &str = "a value";
/// What a value can begin with is not named beside it.
const PARTS_OF_VALUES: &[&str] = &[
    "a text in quotes",
    "`true`",
    "`false`",
    "`missing`",
    "`now`",
    "`today`",
    "`if`",
    "`(`",
    "`all`",
    "`any`",
    "`none`",
    "`not`",
    "a name",
];
const COMPARISON: &str = "a comparison such as `=`";
const PARTS_OF_COMPARISONS: &[&str] = &["`is`", "`not`", "`in`", "`=`"];

/// The weight of what could be added to something that is complete.
const MERELY: u8 = 3;

/// What a rule reads, with its weight: 0 for the next clause, 1 for what must come, 2 for what often comes.
fn phrase(rule: Rule, before: &str) -> Option<(u8, String)> {
    if let Some(word) = keyword(rule) {
        let weight = match word {
            "when" | "then" | "else" => 0,
            "and" | "or" => 2,
            "business" => return None,
            "for" | "at" | "on" | "only" | "after" | "default" | "with" | "by" | "from" | "until" | "disabled"
            | "cc" | "reply" => MERELY,
            _ => 1,
        };
        return Some((weight, format!("`{word}`")));
    }
    if let Some(sign) = sign(rule) {
        return Some(sign);
    }
    let phrase = match rule {
        Rule::condition
        | Rule::negation
        | Rule::comparison
        | Rule::sum
        | Rule::product
        | Rule::defaulted
        | Rule::unary => {
            if matches!(before, "when" | "and" | "or" | "not" | "if") {
                "a condition"
            } else {
                VALUE
            }
        }
        Rule::group
        | Rule::of_condition
        | Rule::if_value
        | Rule::function_call
        | Rule::lookup
        | Rule::path
        | Rule::bound
        | Rule::list_operand
        | Rule::bracketed_entries
        | Rule::open_entries
        | Rule::open_entry
        | Rule::any_entry
        | Rule::field_entries
        | Rule::date_like
        | Rule::clock
        | Rule::money
        | Rule::long_duration
        | Rule::quantity
        | Rule::plain_digits
        | Rule::quantified_list
        | Rule::over => VALUE,
        Rule::then_clause => return Some((0, "`then`".into())),
        Rule::when_clause => return Some((0, "`when`".into())),
        Rule::effect => "an effect such as `assign`",
        Rule::presence_test
        | Rule::in_test
        | Rule::between_test
        | Rule::time_test
        | Rule::text_test
        | Rule::match_test
        | Rule::event_test
        | Rule::equality_test
        | Rule::order_test => return Some((2, COMPARISON.into())),
        Rule::name | Rule::declared_name | Rule::derived_field => "a name",
        Rule::field_name | Rule::field => "the name of a field",
        Rule::fields => "`{`",
        Rule::r#type | Rule::field_type | Rule::type_name => "a type such as `text` or `number`",
        Rule::target | Rule::targets => "a team, queue or user",
        Rule::selection => return Some((MERELY, "`by`".into())),
        Rule::deadline | Rule::due_within | Rule::due_before => return Some((MERELY, "`within`".into())),
        Rule::text => "a text in quotes",
        Rule::pattern | Rule::patterns | Rule::quantified_patterns => "a pattern such as `/^A/`",
        Rule::argument => "a name and a colon",
        Rule::with => return Some((MERELY, "`with`".into())),
        Rule::policy => return Some((1, "`first match`".into())),
        _ => return None,
    };
    Some((1, phrase.to_owned()))
}

/// Signs: those that end something must come, those that only join may.
fn sign(rule: Rule) -> Option<(u8, String)> {
    let (weight, sign) = match rule {
        Rule::rparen => (1, ")"),
        Rule::rbrace => (1, "}"),
        Rule::rbracket => (1, "]"),
        Rule::lparen => (1, "("),
        Rule::lbrace => (1, "{"),
        Rule::colon => (1, ":"),
        Rule::equals => (1, "="),
        Rule::comma => (MERELY, ","),
        Rule::dot => (MERELY, "."),
        Rule::dots => (MERELY, ".."),
        _ => return None,
    };
    Some((weight, format!("`{sign}`")))
}

/// The word that a keyword rule reads.
fn keyword(rule: Rule) -> Option<&'static str> {
    let name = format!("{rule:?}");
    let word = name.strip_prefix("kw_")?;
    keywords::all().map(|keyword| keyword.word).find(|known| *known == word)
}

/// A word or sign that could stand there and nearly does.
fn suggestion(found: &str, rules: &[Rule]) -> Option<String> {
    let candidates = rules.iter().flat_map(|rule| words(*rule));
    let sign = OTHER_SIGNS.iter().find(|(foreign, _)| *foreign == found);
    if let Some((_, ours)) = sign {
        return Some((*ours).to_owned());
    }
    // A word of the language that stands in the wrong place was meant as it is written.
    let meant = keywords::class(found).is_some_and(|class| class != Class::Contextual);
    let is_word = found.chars().all(char::is_alphabetic);
    if meant || !is_word { None } else { keywords::nearest(found, candidates).map(str::to_owned) }
}

/// Signs of spreadsheets and other languages.
const OTHER_SIGNS: &[(&str, &str)] =
    &[("==", "="), ("<>", "!="), ("&&", "and"), ("||", "or"), ("!", "not"), ("≥", ">="), ("≤", "<="), ("≠", "!=")];

/// The words that what a rule reads can begin with.
fn words(rule: Rule) -> Vec<&'static str> {
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
