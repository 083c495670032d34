//! What the rules of the grammar are called in messages, and which of many a reader is told.

use super::super::grammar::Rule;
use crate::keywords;

/// What could stand there, the most telling first and not more than a reader takes in. `before` is the word before.
pub(super) fn phrases(rules: &[Rule], before: &str) -> Vec<String> {
    let mut phrases: Vec<(Weight, String)> = Vec::new();
    for (weight, phrase) in rules.iter().filter_map(|rule| phrase(*rule, before)) {
        if !phrases.iter().any(|(_, known)| *known == phrase) {
            phrases.push((weight, phrase));
        }
    }
    leave_out_parts(&mut phrases);
    phrases.sort_by_key(|(weight, _)| *weight);
    let best = phrases.first().map_or(Weight::Merely, |(weight, _)| *weight);
    let is_told = |weight: Weight| weight < Weight::Merely || best == Weight::Merely;
    phrases.into_iter().filter(|(weight, _)| is_told(*weight)).map(|(_, phrase)| phrase).take(MOST).collect()
}

/// The most phrases in a message.
const MOST: usize = 4;

/// How much a phrase tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// The next clause.
    Clause,
    /// What must come.
    Must,
    /// What often comes.
    Often,
    /// What could be added to something that is complete; told only where nothing else could follow.
    Merely,
}

const VALUE: &str = "a value";
const DAY: &str = "a day such as `2026-12-24`";
const COMPARISON: &str = "a comparison such as `=`";

/// What a value or a comparison can begin with is not told beside it.
const PARTS: &[(&str, &[&str])] = &[
    (
        VALUE,
        &[
            "a text in quotes",
            "a name",
            "`true`",
            "`false`",
            "`missing`",
            "`now`",
            "`today`",
            "`it`",
            "`if`",
            "`(`",
            "`all`",
            "`any`",
            "`none`",
            "`not`",
        ],
    ),
    (COMPARISON, &["`is`", "`not`", "`in`", "`=`"]),
];

fn leave_out_parts(phrases: &mut Vec<(Weight, String)>) {
    for (whole, parts) in PARTS {
        if phrases.iter().any(|(_, phrase)| phrase == whole) {
            phrases.retain(|(_, phrase)| !parts.contains(&phrase.as_str()));
        }
    }
}

/// What a rule reads.
fn phrase(rule: Rule, before: &str) -> Option<(Weight, String)> {
    match (rule, before) {
        (Rule::declared_name, "given") => {
            return Some((Weight::Must, "a record type, as in `given lead { … }`".to_owned()));
        }
        (Rule::kw_before, "given") => return None,
        (Rule::kw_keyed, _) => return Some((Weight::Must, "`keyed by` and the column that names a row".to_owned())),
        _ => {}
    }
    if let Some(word) = keyword(rule) {
        return weight_of_word(word).map(|weight| (weight, format!("`{word}`")));
    }
    let (weight, phrase, _) = PHRASES.iter().find(|(_, _, rules)| rules.contains(&rule))?;
    let phrase = if rule == Rule::date_like && before == "away" { DAY } else { phrase };
    let is_condition = CONDITIONS.contains(&rule) && matches!(before, "when" | "and" | "or" | "not" | "if");
    let phrase = if is_condition { "a condition" } else { phrase };
    Some((*weight, phrase.to_owned()))
}

/// The word that a keyword rule reads.
pub(super) fn keyword(rule: Rule) -> Option<&'static str> {
    let name = format!("{rule:?}");
    let word = name.strip_prefix("kw_")?;
    keywords::all().map(|keyword| keyword.word).find(|known| *known == word)
}

fn weight_of_word(word: &str) -> Option<Weight> {
    match word {
        "when" | "then" | "else" => Some(Weight::Clause),
        "and" | "or" => Some(Weight::Often),
        "business" => None,
        "for" | "at" | "on" | "only" | "after" | "default" | "with" | "by" | "from" | "until" | "disabled" | "cc"
        | "reply" | "weight" | "away" => Some(Weight::Merely),
        _ => Some(Weight::Must),
    }
}

/// Values that a reader takes for conditions where one is asked for.
const CONDITIONS: &[Rule] = &[Rule::condition, Rule::negation, Rule::comparison];

/// What rules are called; those that are not named here are told by others.
const PHRASES: &[(Weight, &str, &[Rule])] = &[
    (Weight::Must, VALUE, CONDITIONS),
    (
        Weight::Must,
        VALUE,
        &[
            Rule::sum,
            Rule::product,
            Rule::defaulted,
            Rule::unary,
            Rule::group,
            Rule::of_condition,
            Rule::if_value,
            Rule::function_call,
            Rule::lookup,
            Rule::path,
            Rule::bound,
            Rule::list_operand,
            Rule::bracketed_entries,
            Rule::open_entries,
            Rule::open_entry,
            Rule::any_entry,
            Rule::field_entries,
            Rule::date_like,
            Rule::clock,
            Rule::money,
            Rule::long_duration,
            Rule::quantity,
            Rule::plain_digits,
            Rule::quantified_list,
            Rule::over,
            Rule::datum,
        ],
    ),
    (
        Weight::Often,
        COMPARISON,
        &[
            Rule::presence_test,
            Rule::in_test,
            Rule::between_test,
            Rule::time_test,
            Rule::text_test,
            Rule::match_test,
            Rule::event_test,
            Rule::equality_test,
            Rule::order_test,
        ],
    ),
    (Weight::Clause, "`when`", &[Rule::when_clause]),
    (Weight::Clause, "`then`", &[Rule::then_clause]),
    (Weight::Must, "an effect such as `assign`", &[Rule::effect]),
    (Weight::Must, "a name", &[Rule::name, Rule::declared_name, Rule::derived_field]),
    (Weight::Must, "the name of a field", &[Rule::field_name, Rule::field]),
    (Weight::Must, "a type such as `text` or `number`", &[Rule::r#type, Rule::field_type, Rule::type_name]),
    (Weight::Must, "a team, queue or user", &[Rule::target, Rule::targets]),
    (Weight::Must, "a text in quotes", &[Rule::text]),
    (Weight::Must, "a pattern such as `/^A/`", &[Rule::pattern, Rule::patterns, Rule::quantified_patterns]),
    (Weight::Must, "a name and a colon", &[Rule::argument, Rule::member]),
    (
        Weight::Must,
        "`now`, `given` or `expect`",
        &[Rule::test_line, Rule::test_now, Rule::test_event, Rule::given, Rule::expectation],
    ),
    (Weight::Must, "a record in braces", &[Rule::record_datum]),
    (Weight::Often, "a list in square brackets", &[Rule::list_datum]),
    (Weight::Must, "`rule`, an effect, or a condition", &[Rule::measure, Rule::measured, Rule::claim, Rule::sketch]),
    (Weight::Must, "a fault such as `division-by-zero`", &[Rule::fault_code]),
    (Weight::Must, "`first match`", &[Rule::policy]),
    (Weight::Must, "`time zone`, `hours` or `holidays`", &[Rule::calendar_line, Rule::time_zone]),
    (Weight::Must, "a day such as `mon`", &[Rule::weekday, Rule::days]),
    (Weight::Must, "hours such as `09:00..17:30`", &[Rule::stretch]),
    (Weight::Must, "a date such as `2026-12-25`", &[Rule::holiday]),
    (Weight::Merely, "`(`", &[Rule::lparen]),
    (Weight::Must, "`)`", &[Rule::rparen]),
    (Weight::Must, "`{`", &[Rule::lbrace, Rule::fields]),
    (Weight::Must, "`}`", &[Rule::rbrace]),
    (Weight::Must, "`]`", &[Rule::rbracket]),
    (Weight::Must, "`:`", &[Rule::colon]),
    (Weight::Must, "`=`", &[Rule::equals]),
    (Weight::Merely, "`.`", &[Rule::dot]),
    (Weight::Merely, "`,`", &[Rule::comma]),
    (Weight::Merely, "`..`", &[Rule::dots]),
    (Weight::Must, "a member such as `\"ana@example.com\"`", &[Rule::team_member]),
    (Weight::Must, DAY, &[Rule::absence]),
    (Weight::Often, "`weight`", &[Rule::weight]),
    (Weight::Often, "`away`", &[Rule::away]),
    (Weight::Merely, "`by`", &[Rule::selection]),
    (Weight::Merely, "`within`", &[Rule::deadline, Rule::due_within, Rule::due_before]),
    (Weight::Merely, "`with`", &[Rule::with]),
];
