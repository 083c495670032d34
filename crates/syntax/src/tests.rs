//! What reading promises of every text: it never fails, it stays within its stack, a slip stays within its item, and
//! the canonical layout changes no meaning.

use diagnostics::problems::SyntaxProblem;
use proptest::prelude::*;

use crate::ast::{EffectKind, ExprKind, Item, Piece};
use crate::tokens::scan;
use crate::{ChunkKind, Parsed, equal_ignoring_spans, format, parse, split};

/// A file with most forms of the language, in its canonical layout.
const FILE: &str = include_str!("tests/whole.rules");

fn items(text: &str) -> Vec<(String, Parsed)> {
    let chunks = split(text).chunks;
    chunks.into_iter().map(|chunk| (chunk.key, parse(chunk.kind, &text[chunk.range]))).collect()
}

fn problems(text: &str) -> Vec<SyntaxProblem> {
    let found = items(text).into_iter().flat_map(|(_, parsed)| parsed.problems);
    found.map(|(_, problem)| problem).collect()
}

/// The only rule of a text.
fn rule(text: &str) -> crate::ast::Rule {
    let (_, parsed) = items(text).pop().unwrap();
    let Item::Rule(rule) = parsed.item else { panic!("no rule in {text}") };
    rule
}

#[test]
fn every_form_of_the_language_is_read() {
    assert_eq!(problems(FILE), []);
    assert!(items(FILE).iter().all(|(_, parsed)| parsed.item != Item::Error));
}

#[test]
fn the_canonical_layout_is_kept_and_found_again() {
    let formatted = format(FILE);
    assert_eq!(formatted.unchanged, []);
    similar(&formatted.text, FILE);
    let crowded: String = FILE.split_inclusive('\n').map(|line| line.replace("  ", " ")).collect();
    let again = format(&format(&crowded).text).text;
    assert_eq!(again, format(&crowded).text);
}

/// The words of the file on other lines, and with comments between them.
#[test]
fn words_are_laid_out_the_same_wherever_they_stand() {
    for gaps in [vec![" "], vec![" ", " ", "\n  "], vec![" ", "  # why\n  ", " ", " ", "\n\n  # own\n  "]] {
        let mut gaps = gaps.iter().cycle();
        let brace = |kind| matches!(kind, ChunkKind::RulesHeader | ChunkKind::Close);
        for chunk in split(FILE).chunks.into_iter().filter(|chunk| !brace(chunk.kind)) {
            let item = &FILE[chunk.range];
            let spread = spread(item, &mut gaps);
            let formatted = format(&spread);
            assert_eq!(formatted.unchanged, [], "{spread}");
            similar(&format(&formatted.text).text, &formatted.text);
        }
    }
}

fn spread<'g>(item: &str, gaps: &mut impl Iterator<Item = &'g &'g str>) -> String {
    let (mut text, mut end) = (String::new(), 0);
    for token in scan(item) {
        let gap = &item[end..token.start];
        text += if gap.is_empty() || gap.contains('\n') && text.contains('#') { gap } else { gaps.next().unwrap() };
        text += token.of(item);
        end = token.end;
    }
    text
}

/// As wide as it is with the commas that it gets.
#[test]
fn a_record_on_one_line_is_measured_as_it_will_stand() {
    for more in 0..60 {
        let record = |separator: &str| {
            let fields = ["a: text key", "b: one of \"x\", \"y\"", "c: { d: text SEPARATOR e: number? }", "f: text"];
            let name = "n".repeat(more);
            format!("record {name}n {{ {} }}\n", fields.join(" SEPARATOR ")).replace(" SEPARATOR", separator)
        };
        let formatted = format(&record("")).text;
        if record(",").trim_end().len() <= 100 {
            assert_eq!(formatted, record(","));
        } else {
            assert!(formatted.lines().count() > 1 && !formatted.contains("key,"), "{formatted}");
        }
        similar(&format(&formatted).text, &formatted);
    }
}

fn similar(left: &str, right: &str) {
    for (left, right) in left.lines().zip(right.lines()) {
        assert_eq!(left, right);
    }
    assert_eq!(left.len(), right.len());
}

#[test]
fn a_broken_condition_keeps_its_effects_and_the_other_way_round() {
    let broken = rule("when lead.score > and lead.email is present then assign sales");
    assert!(matches!(&broken.condition.kind, ExprKind::And(operands) if operands[0].kind == ExprKind::Error));
    assert!(matches!(broken.effects[0].kind, EffectKind::Assign { .. }));

    let broken = rule("when lead.score > 70 then asign sales set lead.stage = \"won\"");
    assert!(matches!(broken.condition.kind, ExprKind::Compare { .. }));
    assert!(matches!(broken.effects[..], [ref first, ref second]
        if first.kind == EffectKind::Error && matches!(second.kind, EffectKind::Set { .. })));
}

#[test]
fn one_mistake_gives_one_message() {
    for text in [
        "when lead.score > 70 the assign sales",
        "when lead.score > then assign sales",
        "when (lead.score > 1 then assign sales",
        "when lead.name is \"x then assign sales",
        "when lead. then assign sales",
        "when lead.a is 5m then assign sales",
        "when lead.a then assgn sales within 2d",
        "when lead.a == 1 then stop",
        "recrod lead { score: number }",
        "record lead { score number, name: text }",
        "list emea \"DE\"",
        "rules \"R\" for lead, frst match {\n  when lead.a then stop\n}",
        "rules \"R\" for lead {\n  when lead.a then stop\n",
        "let a = 1\n}",
    ] {
        let between = split(text).problems.len();
        assert_eq!(problems(text).len() + between, 1, "{text}\n{:?}", problems(text));
    }
}

/// What is wrong where, and what is offered instead: `` `==` `=` ``; nothing where it can only be left out.
#[test]
fn what_other_languages_write_is_answered_with_what_is_written_here() {
    for (text, answer) in [
        ("when lead.a is one of \"x\", \"y\" then stop", "`is one of` `in`"),
        ("when lead.a is not one of (\"x\") then stop", "`is not one of` `not in`"),
        ("when lead.a is any of \"x\", \"y\" then stop", "`is any of` `in`"),
        ("when lead.a != any of (\"x\", \"y\") then stop", "`!= any of` `not in`"),
        ("when lead.a contains one of \"x\", \"y\" then stop", "`one of` `any of`"),
        ("when lead.a == 1 then stop", "`==` `=`"),
        ("let a == 1", "`==` `=`"),
        ("when lead.a <> 1 then stop", "`<>` `!=`"),
        ("when lead.a ≥ 1 then stop", "`≥` `>=`"),
        ("when lead.a is greater than 1 then stop", "`is greater than` `>`"),
        ("when lead.a is less than or equal to 1 then stop", "`is less than or equal to` `<=`"),
        ("when lead.a is at least 1 then stop", "`is at least` `>=`"),
        ("when lead.a then assign to sales", "`to` ``"),
        ("when lead.a > 1 && lead.b then stop", "`&&` `and`"),
        ("when lead.a > 1 || lead.b then stop", "`||` `or`"),
        ("when lead.a > 1 and !lead.b then stop", "`!` `not`"),
        ("when lead.a is “x” then stop", "`“x”` `\"x\"`"),
        ("when lead.a is 'x' then stop", "`'x'` `\"x\"`"),
        ("rules “R” for lead {\n  when lead.a then stop\n}", "`“R”` `\"R\"`"),
        ("when lead.a then assign x and notify y \"z\"", "`and` ``"),
        ("when lead.a then assign x, stop", "`,` ``"),
        ("when lead.a then lead.stage = \"won\"", "`lead` `set lead`"),
        ("if lead.a then stop", "`if` `when`"),
        ("rules \"R\" for lead {\n  when lead.a then stop\n  else assign x\n}", "`else` `otherwise`"),
        ("rules \"R\" for lead {\n  when lead.a then stop else assign x\n}", "`else` `otherwise`"),
    ] {
        let answers: Vec<_> = problems(text).into_iter().map(answered).collect();
        assert_eq!(answers, [answer], "{text}");
    }
}

fn answered(problem: SyntaxProblem) -> String {
    match problem {
        SyntaxProblem::Unexpected { found, suggestion: Some(meant), .. }
        | SyntaxProblem::UnknownItem { found, suggestion: Some(meant) } => format!("`{found}` `{meant}`"),
        other => format!("{other:?}"),
    }
}

#[test]
fn what_is_missing_is_named() {
    for (text, missing) in [
        ("when lead.a > 1", "`then`"),
        ("when lead.a > 1 assign x", "`then`"),
        ("rule \"R\" then stop", "`when`"),
        ("when lead.a between 1 and then stop", "a value"),
        ("when lead.a and then stop", "a condition"),
        ("when lead.a then", "an effect such as `assign`"),
    ] {
        let expected = |problem| match problem {
            SyntaxProblem::Unexpected { expected, .. } => expected,
            other => vec![format!("{other:?}")],
        };
        let expected: Vec<_> = problems(text).into_iter().map(expected).collect();
        assert_eq!(expected, [[missing]], "{text}");
    }
}

#[test]
fn only_what_cannot_be_seen_is_read_over() {
    assert!(matches!(problems("when lead.a > 1 € then stop")[..], [SyntaxProblem::Unexpected { .. }]));
    assert!(matches!(
        problems("when lead.a\u{200b} > 1\u{b} then stop")[..],
        [SyntaxProblem::InvisibleCharacter { .. }, SyntaxProblem::InvisibleCharacter { .. }]
    ));
}

#[test]
fn conditions_that_hold_values_of_conditions_are_right() {
    assert_eq!(
        problems("when lead.a is any of (lead.b, lead.c = 1) then notify x if lead.d then \"e\" else \"f\""),
        []
    );
}

#[test]
fn trees_of_any_item_fit_on_a_small_stack() {
    let small = std::thread::Builder::new().stack_size(2 << 20);
    let deep = |open: &str, close: &str, times: usize| {
        format!("when {}lead.a{} then stop", open.repeat(times), close.repeat(times))
    };
    let texts = vec![
        deep("(", ")", 200),
        deep("(", ")", 5_000),
        deep("not (", " and lead.b)", 100),
        deep("not ", "", 9_000),
        deep("-", "", 9_000),
        deep("", " + 1", 4_000),
        deep("", " and lead.b", 2_000),
        deep("if lead.a then 1 else ", "", 100),
        deep("if lead.a in 1, 2 then 1 else ", "", 1_000),
        deep("all of (", ")", 200),
        deep("lower(", ")", 200),
        format!("record lead {{ a: {}text }}", "list of ".repeat(3_000)),
        format!("record lead {{ {}b: text{} }}", "a: { ".repeat(200), " }".repeat(200)),
        format!("when lead.a then assign x{}", " within 1d else escalate to x".repeat(1_200)),
        format!("when lead.a in {} then stop", vec!["1"; 4_900].join(", ")),
        format!("when lead.a in {} then stop", vec!["1"; 20_000].join(", ")),
    ];
    let read = small.spawn(move || {
        for text in texts {
            let parsed = parse(ChunkKind::Rule, &text);
            let record = parse(ChunkKind::Record, &text);
            assert_eq!(parsed.clone(), parsed);
            assert!(equal_ignoring_spans(&parsed.item, &parsed.item) && record.item == record.item);
            drop(format(&text));
        }
    });
    read.unwrap().join().unwrap();
}

#[test]
fn values_in_texts_may_hold_texts() {
    let rule = rule("when lead.a then notify lead.owner \"Hi {lead.name default \\\"there\\\"}, {{you}}\"");
    let EffectKind::Notify { text, .. } = &rule.effects[0].kind else { panic!("no notify") };
    let ExprKind::Text(pieces) = &text.kind else { panic!("no text") };
    assert!(matches!(&pieces[..], [Piece::Text(hi), Piece::Expr(value), Piece::Text(you)]
        if hi == "Hi " && you == ", {you}" && matches!(value.kind, ExprKind::Default { .. })));
}

#[test]
fn comments_and_line_ends_stay() {
    let text = "# above\r\nrules \"R\" for lead {\r\n\r\n  when lead.a # a\r\n  and # b\r\n  lead.b then stop\r\n  # last\r\n}\r\nlet  a=1 # c\r\n";
    let expected = "# above\r\nrules \"R\" for lead {\r\n  when lead.a  # a\r\n    and        # b\r\n      lead.b\r\n    then stop\r\n  # last\r\n}\r\n\r\nlet a = 1  # c\r\n";
    assert_eq!(format(text).text, expected);
}

#[test]
fn a_comment_before_the_end_of_a_block_stands_inside() {
    let text =
        "score lead.fit {\nstart 1\n# one\n\n# two\n}\ntable t for lead {\n|lead.a|=>lead.b|\n|1|2|\n# rest\n}\n";
    let expected = "score lead.fit {\n  start 1\n  # one\n  # two\n}\ntable t for lead {\n  | lead.a | => lead.b |\n  | 1      | 2         |\n  # rest\n}\n";
    assert_eq!(format(text).text, expected);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn any_text_is_read_and_laid_out(text in "\\PC{0,200}") {
        for (_, parsed) in items(&text) {
            prop_assert!(parsed.item != Item::Error || !parsed.problems.is_empty());
        }
        let once = format(&text).text;
        prop_assert_eq!(&format(&once).text, &once);
    }
}

/// Every seventh byte of the file is changed, removed and doubled in turn, by something else each time.
#[test]
fn a_changed_character_costs_at_most_two_items() {
    let before = pieces(FILE);
    let (mut changes, mut far) = (0_u32, 0_u32);
    let characters = "\"(){}[]x 7,.:=<>#/\\\n-`é";
    for (place, replacement) in (0..FILE.len()).step_by(7).zip(characters.chars().cycle()) {
        if !(FILE.is_char_boundary(place) && FILE.is_char_boundary(place + 1)) {
            continue;
        }
        for inserted in [String::new(), replacement.to_string(), FILE[place..=place].repeat(2)] {
            let text = [&FILE[..place], &inserted, &FILE[place + 1..]].concat();
            changes += 1;
            far += u32::from(lost(&before, &pieces(&text)) > 2);
        }
    }
    assert!(far * 100 <= changes, "{far} of {changes} changes cost more than two items");
}

fn pieces(text: &str) -> Vec<(ChunkKind, &str)> {
    split(text).chunks.into_iter().map(|chunk| (chunk.kind, &text[chunk.range])).collect()
}

/// How many trees of the untouched file are not found any more. Equal texts have equal trees, so only the others are read.
fn lost(before: &[(ChunkKind, &str)], after: &[(ChunkKind, &str)]) -> usize {
    let changed = |all: &[(ChunkKind, &str)], others: &[(ChunkKind, &str)]| -> Vec<Item> {
        let differs = all.iter().filter(|piece| !others.contains(piece));
        differs.map(|(kind, text)| parse(*kind, text).item).collect()
    };
    let new = changed(after, before);
    let is_lost = |old: &Item| !new.iter().any(|new| equal_ignoring_spans(old, new));
    changed(before, after).iter().filter(|old| is_lost(old)).count()
}
