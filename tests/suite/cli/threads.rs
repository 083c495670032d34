//! However many threads decide, the same comes out.

use std::fmt::Write as _;
use std::process::{Output, Stdio};

use super::{Desk, talk};

/// Something that depends on the records before, and something that only some records have.
const TURNS: &str = "\
record lead { id: text key  score: number?  note: text? }
team sales { \"ana@example.com\" weight 2, \"bo@example.com\", \"cy@example.com\" }
rule \"Hot\" when lead.score > 70 then assign sales by round robin
rule \"Noted\" when lead.note is present then notify sales \"{lead.note}\"
";

/// About two megabytes of leads, of which some are wrong in one way or another.
fn leads() -> String {
    let mut leads = String::new();
    for number in 0..40_000_u64 {
        let score = number * 7919 % 101;
        let _ = match number % 1000 {
            17 => writeln!(leads, "{{\"id\":\"L{number}\",\"score\":\"{score}\"}}"),
            170 => writeln!(leads, "{{\"id\":\"L{number}\",\"score\":{score}"),
            500..504 => {
                writeln!(leads, "{{\"score\":{score},\"id\":\"L{number}\",\"note\":\"{}\"}}", "long ".repeat(999))
            }
            _ => writeln!(leads, "{{\"id\":\"L{number}\",\"score\":{score},\"note\":null,\"more\":[{number}]}}"),
        };
    }
    leads
}

/// What a run leaves: its exit status, what it said, and the files that it wrote.
fn left(desk: &Desk, done: &Output) -> (Option<i32>, String, Vec<String>) {
    let names = ["out", "rejects", "state"];
    let files = names.into_iter().filter(|name| desk.path().join(name).exists()).map(|name| desk.read(name)).collect();
    (done.status.code(), talk(done), files)
}

#[test]
fn the_number_of_threads_shows_nowhere() {
    let leads = leads();
    let forms = [
        "lead.rules leads.ndjson",
        "lead.rules leads.ndjson leads.ndjson --format csv --columns record,assign,lost --only-matched",
        "lead.rules leads.ndjson --strict",
        "lead.rules leads.ndjson --trace --format table",
        "turns.rules leads.ndjson --state state",
        "turns.rules leads.ndjson --state state --format csv",
    ];
    for form in forms {
        let run = |threads: &str| {
            let desk = Desk::new();
            desk.write("turns.rules", TURNS);
            desk.write("leads.ndjson", &leads);
            let now = "--now 2026-11-20T09:00:00Z --out out --rejects rejects";
            left(&desk, &desk.run(&format!("run {form} {now} --threads {threads}")))
        };
        let alone = run("1");
        assert!(alone.2.iter().map(String::len).sum::<usize>() > 100, "{form}: {}", alone.1);
        for threads in ["2", "7"] {
            assert!(run(threads) == alone, "{form} on {threads} threads");
        }
    }
}

/// A run that fails does not wait for a producer that says nothing more.
#[test]
fn a_run_that_ends_early_does_not_wait_for_more() {
    let desk = Desk::new();
    let mut command = desk.command("run lead.rules - --strict --quiet --threads 3");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, b"{\"id\":\"1\"}\n{\"id\":2}\n").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    drop(stdin);
}
