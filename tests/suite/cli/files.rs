//! Files that are written appear whole or not at all, and files that are not asked for are not touched.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::{Desk, talk};

const FAULTY: &str = "{\"id\":\"1\",\"score\":80}\n{\"id\":\"2\",\"score\":\"high\"}\n{\"id\":\"3\",\"score\":90}\n";

#[test]
fn strict_stops_and_leaves_the_old_file() {
    let desk = Desk::new();
    desk.write("leads.ndjson", FAULTY);
    desk.write("verdicts.ndjson", "yesterday\n");
    let done = desk.run("run lead.rules leads.ndjson --strict --out verdicts.ndjson --rejects rejects.ndjson");
    assert_eq!(done.status.code(), Some(1));
    assert!(talk(&done).contains("stopped at the first fault; `verdicts.ndjson` was not written"), "{}", talk(&done));
    assert_eq!(desk.read("verdicts.ndjson"), "yesterday\n");
    assert_eq!(desk.read("rejects.ndjson").lines().count(), 1);
    assert_eq!(desk.names(), ["lead.rules", "leads.ndjson", "rejects.ndjson", "verdicts.ndjson"]);
}

#[test]
#[cfg(unix)]
fn an_interrupted_run_leaves_nothing_half_written() {
    for signal in ["-INT", "-TERM"] {
        let desk = Desk::new();
        desk.write("verdicts.ndjson", "yesterday\n");
        let before = desk.names();
        let mut command = desk.command("run lead.rules - --out verdicts.ndjson --rejects rejects.ndjson");
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(FAULTY.as_bytes()).unwrap();
        for _ in 0..1000 {
            if desk.names().len() == before.len() + 2 {
                break;
            }
            sleep(Duration::from_millis(10));
        }
        assert_eq!(desk.names().len(), before.len() + 2, "the run has not begun");
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
        assert_eq!(desk.names(), before, "{signal}");
        assert_eq!(desk.read("verdicts.ndjson"), "yesterday\n");
    }
}

#[test]
fn formatting_keeps_what_is_right_and_what_it_cannot_read() {
    let desk = Desk::new();
    desk.stdout("fmt lead.rules");
    let laid_out = desk.read("lead.rules");
    assert_eq!(desk.stdout("fmt --check lead.rules"), "");
    desk.stdout("fmt lead.rules");
    assert_eq!(desk.read("lead.rules"), laid_out);

    desk.write("draft.rules", "let   hot=70\nwhen lead.score > then   accept\n");
    let done = desk.run("fmt draft.rules");
    assert!(talk(&done).contains("draft.rules:2"), "{}", talk(&done));
    assert_eq!(desk.read("draft.rules").lines().next(), Some("let hot = 70"));
    assert!(desk.read("draft.rules").contains("when lead.score > then   accept"));
}

#[test]
#[cfg(unix)]
fn files_keep_their_permissions_and_links_their_targets() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::new();
    desk.write("leads.ndjson", FAULTY);
    desk.write("target.ndjson", "");
    let target = desk.path().join("target.ndjson");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("target.ndjson", desk.path().join("link.ndjson")).unwrap();
    desk.run("run lead.rules leads.ndjson --out link.ndjson");
    assert_eq!(desk.read("target.ndjson").lines().count(), 2);
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(desk.path().join("link.ndjson").is_symlink());
}

#[test]
#[cfg(unix)]
fn links_do_not_lead_out_of_the_rulebook() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    let elsewhere = Desk::new();
    elsewhere.write("stranger.rules", "this is no rule");
    symlink(elsewhere.path(), desk.path().join("elsewhere")).unwrap();
    symlink("lead.rules", desk.path().join("twin.rules")).unwrap();
    symlink(".", desk.path().join("circle")).unwrap();
    symlink("nowhere.rules", desk.path().join("dangling.rules")).unwrap();
    let done = desk.run("check");
    assert_eq!((done.status.code(), talk(&done).as_str()), (Some(0), "1 file, no findings\n"));
}

#[test]
fn a_rule_file_in_another_encoding_is_a_finding() {
    let desk = Desk::new();
    desk.write("cities.rules", b"when lead.id is \"K\xf6ln\" then accept\nwhen lead.scor > 1 then accept\n");
    let found = String::from_utf8(desk.run("check").stdout).unwrap();
    assert_eq!((found.matches("invalid-utf8").count(), found.matches("unknown-field").count()), (1, 1), "{found}");
    desk.write("cities.rules", b"\xff\xfel\0e\0t\0");
    let found = String::from_utf8(desk.run("check").stdout).unwrap();
    assert_eq!(found.matches("error: ").count(), 1, "{found}");
}
