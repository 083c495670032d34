//! Rule sets for measurements, of any number of rules: one that is kind to an index, some that are not, and some that are
//! made to break a planner. `cargo run -p rulebook-tests --example rulesets -- KIND COUNT` writes one.
#![allow(dead_code, reason = "each bench uses some of it, the example uses `main`")]

use std::fmt::Write as _;

/// The name of a kind of rule sets, and what writes one of so many rules.
pub type Kind = (&'static str, fn(usize) -> String);

/// The rule sets over leads.
pub const OVER_LEADS: [Kind; 5] =
    [("territories", territories), ("or", or), ("contains", contains), ("ranges", ranges), ("score", score)];

/// The rule sets over wide records, which have [`COLUMNS`] numbers each.
pub const OVER_WIDE: [Kind; 3] =
    [("all columns", all_columns), ("made to explode", explosive), ("overlapping ranges", overlapping)];

/// How many columns a wide record has.
pub const COLUMNS: usize = 32;

const LEAD: &str = "record lead {
  id: text key
  name: text?
  title: text?
  country: text?
  state: text?
  industry: text?
  owner: text?
  score: number?
  employees: number?
  annual_revenue: number?
  tags: list of text?
  priority: number?
}
";

fn first_match(record: &str, head: &str, count: usize, condition: impl Fn(usize) -> String) -> String {
    let mut rules = format!("{head}rules \"Routing\" for {record}, first match {{\n");
    for rule in 0..count {
        let condition = condition(rule);
        // Writing into memory does not fail.
        let _ = writeln!(rules, "  rule \"r{rule}\" when {condition} then assign queue \"q{}\"", rule % 50);
    }
    rules + "  otherwise assign queue rest\n}\n"
}

/// What an index is made for: equal texts first, then bounds.
fn territories(count: usize) -> String {
    first_match("lead", LEAD, count, |rule| {
        let country = if rule.is_multiple_of(9) { "DE".to_owned() } else { format!("X{}", rule % 997) };
        let (industry, least) = (rule % 61, rule % 40 + 60);
        format!(
            "lead.country is \"{country}\" and lead.industry in \"Legal\", \"I{industry}\" and lead.score >= {least} \
             and lead.employees > {}",
            rule % 700
        )
    })
}

/// Two times three ways to hold, of which each way looks at two fields.
fn or(count: usize) -> String {
    first_match("lead", LEAD, count, |rule| {
        format!(
            "(lead.country is \"X{rule}\" or lead.owner is \"rep{rule}@example.com\" or lead.state is \"S{rule}\") \
             and (lead.score >= {} or lead.employees > {} or lead.title is \"T{}\")",
            rule % 40 + 60,
            1 << (rule % 15),
            rule % 50
        )
    })
}

/// Nothing that could be looked up.
fn contains(count: usize) -> String {
    first_match("lead", LEAD, count, |rule| {
        format!(
            "lead.title contains \"word {rule}\" or lead.name contains \"d {rule}1\" or lead.tags contains \"t{rule}\""
        )
    })
}

/// Bounds alone, on three fields.
fn ranges(count: usize) -> String {
    first_match("lead", LEAD, count, |rule| {
        let (low, few, least) = (rule * 37 % 95, 1 << (rule % 14), (rule * 7919) % 90_000_000);
        format!(
            "lead.score >= {low} and lead.score < {} and lead.employees >= {few} and lead.employees < {} \
             and lead.annual_revenue >= {least} and lead.annual_revenue < {}",
            low + 5,
            few * 2,
            least + 1_000_000
        )
    })
}

/// A score all of whose lines count.
fn score(count: usize) -> String {
    let mut rules = format!("{LEAD}score lead.total {{\n  start 0\n");
    for line in 0..count {
        let condition = match line % 5 {
            0 => format!("lead.country is \"X{line}\""),
            1 => format!("lead.score >= {}", line % 100),
            2 => format!("lead.title contains \"word {line}\""),
            3 => format!("lead.employees between {} and {}", line, line * 2),
            _ => format!("lead.industry in \"I{line}\", \"Legal\" and lead.annual_revenue > {}", line * 1000),
        };
        let _ = writeln!(rules, "  add {} when {condition}", line % 7 + 1);
    }
    rules + "}\nrule \"High\" when lead.total > 1000 then assign queue high\n"
}

/// Rules over orders, each of which looks into their lines.
pub fn lists(count: usize) -> String {
    let head = "record line { product: text, quantity: number, price: number? }\n\
                record order { id: text key  lines: list of line }\n";
    first_match("order", head, count, |rule| {
        format!(
            "any(l in order.lines where l.product is \"P{rule}\" and l.quantity > {}) \
             or sum(l.price for l in order.lines where l.product is \"P{}\") > {}",
            rule % 20,
            rule % 300,
            rule * 10 + 5_000
        )
    })
}

/// The JSON text of an order with two to nine lines.
pub fn order(number: u64) -> String {
    let line = |line: u64| {
        let mixed = (number * 31 + line).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        format!(r#"{{"product":"P{}","quantity":{},"price":{}.5}}"#, mixed % 2000, mixed % 30, mixed % 400)
    };
    let lines: Vec<String> = (0..2 + number % 8).map(line).collect();
    format!(r#"{{"id":"O{number}","lines":[{}]}}"#, lines.join(","))
}

fn wide() -> String {
    let columns: Vec<String> = (0..COLUMNS).map(|column| format!("c{column}: number?")).collect();
    format!("record wide {{\n  id: text key\n  {}\n}}\n", columns.join("\n  "))
}

/// Each rule asks about each column.
fn all_columns(count: usize) -> String {
    first_match("wide", &wide(), count, |rule| {
        let bounds = (0..COLUMNS).map(|column| {
            let low = (rule * 7 + column * 13) % 40;
            format!("wide.c{column} >= {low} and wide.c{column} < {}", low + 50)
        });
        bounds.collect::<Vec<_>>().join(" and ")
    })
}

/// No rule shares a question with its neighbours, and none rules another out: a tree would double with each.
fn explosive(count: usize) -> String {
    let mut rules = format!("{}rules \"All\" for wide, all matches {{\n", wide());
    for rule in 0..count {
        let [one, two, three] = [rule * 2, rule * 2 + 1, rule * 2 + 7].map(|column| column % COLUMNS);
        let _ = writeln!(
            rules,
            "  rule \"r{rule}\" when (wide.c{one} < {} and wide.c{two} > {}) or (wide.c{three} is missing and wide.c{one} > 90) \
             then notify queue \"q{rule}\" \"hello\"",
            rule + 50,
            rule + 20
        );
    }
    rules + "}\n"
}

/// Each range lies over hundreds of others.
fn overlapping(count: usize) -> String {
    first_match("wide", &wide(), count, |rule| {
        let low = rule * 7919 % 10_000;
        format!("wide.c0 >= {low} and wide.c0 < {} and wide.c1 >= {}", low + 400, 10_000 - rule % 9_000)
    })
}

/// The JSON text of a wide record, of which some columns are missing.
pub fn wide_record(number: u64) -> String {
    let column = |column: u64| {
        let mixed = ((number + 1) * (column + 3)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
        let limit = if column < 2 { 11_000 } else { 100 };
        if mixed.is_multiple_of(11) {
            format!(r#""c{column}":null"#)
        } else {
            format!(r#""c{column}":{}"#, mixed % limit)
        }
    };
    let columns: Vec<String> = (0..COLUMNS as u64).map(column).collect();
    format!(r#"{{"id":"W{number}",{}}}"#, columns.join(","))
}

/// Writes a rule set.
#[expect(clippy::print_stdout, reason = "that is what it is for")]
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, count] = arguments.as_slice() else { return println!("usage: rulesets KIND COUNT") };
    let all = OVER_LEADS.iter().chain(&OVER_WIDE).copied().chain([("lists", lists as fn(usize) -> String)]);
    let made = all.into_iter().find(|(name, _)| name == kind).map(|(_, make)| make);
    match (made, count.parse()) {
        (Some(make), Ok(count)) => print!("{}", make(count)),
        _ => println!("there is no rule set `{kind}` of `{count}` rules"),
    }
}
