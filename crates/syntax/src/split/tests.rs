//! How files are cut.

use super::split;
use crate::chunk::Chunk;

/// Kind and key of each chunk, and whether it is in a set.
fn outline(text: &str) -> Vec<String> {
    let chunk =
        |chunk: &Chunk| format!("{}{:?} {}", if chunk.set.is_some() { "  " } else { "" }, chunk.kind, chunk.key);
    split(text).chunks.iter().map(chunk).map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn a_file_is_cut_into_its_items() {
    let text = "\u{feff}record lead { score: number }\nlet hot = 70 list a = 1\n# above\nrules \"R\" for lead {\n  rule \"A\"\n    \
                when lead.score > hot\n    then assign sales # after\n  when lead.x then stop when lead.y then stop\n  otherwise assign b\n}\n";
    let expected =
        ["Record lead", "Let hot", "List a", "RulesHeader R", "  Rule A", "  Rule", "  Rule", "  Otherwise", "  Close"];
    assert_eq!(outline(text), expected);
    let chunks = split(text).chunks;
    assert!(text[chunks[3].range.clone()].starts_with("# above\nrules"));
    assert!(text[chunks[4].range.clone()].ends_with("assign sales"));
    assert_eq!(chunks[4].set, Some(3));
}

#[test]
fn a_broken_item_does_not_swallow_its_neighbours() {
    let text = "record lead { score: number\nlt hot = 70\nrules \"R\" for lead {\n  rule \"A\" when (lead.score > then call erp with { id: 1\n  \
                rule \"B\" when lead.name is \"x then stop\n}\nlet b = 1\n}\n";
    let expected =
        ["Record lead", "Unknown hot", "RulesHeader R", "  Rule A", "  Rule B", "  Close", "Let b", "Unknown"];
    assert_eq!(outline(text), expected);
}

#[test]
fn a_file_that_is_not_indented_is_cut_the_same() {
    let text = "rules \"R\" for lead {\nrule \"A\"\nwhen lead.score\n> 70\nthen call erp with {\nid: 1\n}\ncall crm with\n{\n}\n\
                rule \"B\" when lead.x then call erp with {\nid: 1\n}\notherwise stop\n}\nteam a {\n\"b\"\n}\n";
    assert_eq!(outline(text), ["RulesHeader R", "  Rule A", "  Rule B", "  Otherwise", "  Close", "Target(Team) a"]);
}

#[test]
fn missing_ends_a_rule_and_begins_the_fillers_of_a_field() {
    let text = "record lead {\n  unit: text? missing\n    when \"Select\"\n}\nwhen lead.a then set lead.x = if lead.b then 1 else missing\n\
                when lead.b then set lead.x = missing when lead.c then stop\nlet a = missing\nwhen lead.d then stop";
    assert_eq!(outline(text), ["Record lead", "Rule", "Rule", "Rule", "Let a", "Rule"]);
}

#[test]
fn items_of_later_versions_are_whole() {
    let text = "score lead.fit {\n start 10\n add 3 when lead.x\n}\ndecide lead.tier {\n  when lead.a then \"x\"\n  otherwise \"y\"\n}\n\
                never send email when lead.opted_out\ntest \"t\" {\n  expect rule \"A\"\n}\nwhen lead.x then stop";
    let expected = ["Score lead.fit", "Decide lead.tier", "Never", "Test t", "Rule"];
    assert_eq!(outline(text), expected);
}
