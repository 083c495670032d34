//! What an editor's questions cost, each asked directly after an edit of one rule among many: microseconds, on one thread.
//!
//! ```sh
//! cargo run --release -p rulebook-tests --example editor -- 2000
//! ```

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement tells what it has found, or that it cannot"
)]

use std::fmt::Write as _;
use std::time::Instant;

use ide::{Snapshot, Workspace};

/// So many edits, with each question after each.
const ROUNDS: usize = 40;

const FILE: &str = "measured.rules";

/// What is asked at a place.
type Question = (&'static str, fn(&Snapshot, usize));

const QUESTIONS: [Question; 9] = [
    ("completion behind a dot", |snapshot, at| drop(snapshot.completion(FILE, at))),
    ("completion of a value", |snapshot, at| drop(snapshot.completion(FILE, at + "country is ".len()))),
    ("hover", |snapshot, at| drop(snapshot.hover(FILE, at + 2))),
    ("definition", |snapshot, at| drop(snapshot.definition(FILE, at + 2))),
    ("references", |snapshot, at| drop(snapshot.references(FILE, at + 2, true))),
    ("actions", |snapshot, at| drop(snapshot.actions(FILE, at..at))),
    ("tokens of a screen", |snapshot, at| drop(snapshot.tokens_within(FILE, at..at + 4_000))),
    ("hints of a screen", |snapshot, at| {
        drop(snapshot.hints(FILE, at..at + 4_000, ide::HintSettings::default(), None));
    }),
    ("outline", |snapshot, _| drop(snapshot.symbols(FILE))),
];

fn main() {
    let rules = std::env::args().nth(1).and_then(|count| count.parse().ok()).expect("how many rules");
    let mut workspace = Workspace::new();
    let begun = Instant::now();
    workspace.set_file(FILE, &text(rules, 0));
    let findings = workspace.snapshot().diagnostics().len();
    println!("{rules} rules, {findings} findings, checked in {:.1?}", begun.elapsed());
    for (name, ask) in QUESTIONS {
        let mut costs: Vec<f64> = (1..=ROUNDS).map(|round| asked(&mut workspace, rules, round, ask)).collect();
        let first = costs.first().copied().unwrap_or_default();
        costs.sort_by(f64::total_cmp);
        let at = |share: usize| costs.get(costs.len() * share / 100).copied().unwrap_or_default();
        println!("{name:24} p50 {:8.0}  p95 {:8.0}  first {first:8.0}", at(50), at(95));
    }
}

/// Edits a rule in the middle, lets its own findings be told, as an editor does first, and asks.
fn asked(workspace: &mut Workspace, rules: usize, round: usize, ask: fn(&Snapshot, usize)) -> f64 {
    let text = text(rules, round);
    workspace.set_file(FILE, &text);
    let snapshot = workspace.snapshot();
    let _ = snapshot.item_diagnostics(FILE);
    let rule = text.find(&format!("rule \"Rule {}\"", rules / 2)).expect("the rule");
    let at = text.get(rule..).and_then(|rest| rest.find("lead.country")).expect("the field") + rule + "lead.".len();
    let begun = Instant::now();
    ask(&snapshot, at);
    begun.elapsed().as_secs_f64() * 1e6
}

/// A rulebook of so many rules; the one in the middle is another in each round.
fn text(rules: usize, round: usize) -> String {
    let mut text = String::from("record lead {\n  id: text key\n  country: text\n  score: number?\n");
    for field in 0..20 {
        let _ = writeln!(text, "  field_{field}: number?");
    }
    text.push_str("}\n\nteam sales { \"ana@example.com\" }\nqueue triage\nlist emea = \"DE\", \"AT\", \"CH\"\n\n");
    for field in 0..20 {
        let _ = writeln!(text, "define lead.is_high_{field} = lead.field_{field} > {field}");
    }
    for rule in 0..rules {
        let limit = if rule == rules / 2 { 1_000 + round } else { rule };
        let (field, target) = (rule % 20, if rule % 2 == 0 { "sales" } else { "triage" });
        let _ = writeln!(
            text,
            "\nrule \"Rule {rule}\"\n  when lead.country is \"C{rule}\" and lead.field_{field} > {limit} and lead.is_high_{field}\n  then assign {target} within 2d"
        );
    }
    text
}
