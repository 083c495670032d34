//! Whatever is typed, the server holds the client's text, and says of it what a fresh look says.

use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof};
use proptest::{proptest, test_runner::FileFailurePersistence};
use rulebook_tests::client::Client;
use semantics::Project;
use serde_json::json;

use super::{NOWHERE, RULES, capabilities, edit};

/// What is typed or pasted.
const PIECES: [&str; 16] =
    ["", "\n", "\r\n", " ", "\"", "{", "}", "|", "#", "(", "when ", "then ", "lead.", "let a = 1\n", "𝄞", "ü"];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => Just(RULES.to_owned()),
        1 => "[a-z ]{0,6}",
    ]
}

/// A place at which an editor's cursor can stand: before a character, and not within a line end.
fn place(text: &str, offset: usize) -> usize {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    if text[..offset].ends_with('\r') && text[offset..].starts_with('\n') { offset - 1 } else { offset }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None::<Box<FileFailurePersistence>>.map(|it| it as _),
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_server_says_what_a_fresh_look_says(
        edits in proptest::collection::vec((any::<u16>(), 0_usize..12, piece()), 1..20),
    ) {
        let (mut client, _) = Client::start(capabilities(), &[]);
        let mut text = format!("let spare = 1\n{RULES}");
        client.open(NOWHERE, 0, &text);
        let mut version = 0;
        for (at, length, piece) in edits {
            let start = place(&text, usize::from(at) % (text.len() + 1));
            let end = place(&text, start + length).max(start);
            version += 1;
            client.change(NOWHERE, version, json!([edit(position(&text, start), position(&text, end), &piece)]));
            text.replace_range(start..end, &piece);
        }
        let fresh = fresh(&text);
        client.published_such(NOWHERE, |found| {
            let found: Vec<String> = found.as_array().unwrap().iter().map(|found| {
                format!("{} {} {}", found["range"]["start"]["line"], found["range"]["start"]["character"], found["code"].as_str().unwrap())
            }).collect();
            found == fresh
        });
        client.leave();
    }
}

/// Line and column as UTF-16 counts.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    let mut line = 0;
    let mut start = 0;
    for (place, byte) in before.bytes().enumerate() {
        let ends = byte == b'\n' || (byte == b'\r' && text.as_bytes().get(place + 1) != Some(&b'\n'));
        if ends {
            line += 1;
            start = place + 1;
        }
    }
    (line, before[start..].encode_utf16().count())
}

/// What a fresh look finds: line, column and code.
fn fresh(text: &str) -> Vec<String> {
    let mut project = Project::new();
    project.set_file(NOWHERE, text);
    let found = project.findings();
    let shown = found.iter().map(|found| {
        let (line, column) = position(text, found.place.start);
        format!("{line} {column} {}", found.problem.code().name())
    });
    shown.collect()
}
