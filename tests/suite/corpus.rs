//! What fuzzing has found worth keeping, run again: every file of `fuzz/corpus` goes through the function of its target.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rulebook_tests::arbitrary::TARGETS;

/// No case may take longer, unoptimised and on a busy machine.
const LONGEST: Duration = Duration::from_secs(10);

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The names in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_target_has_a_corpus_and_a_program_for_the_fuzzer() {
    let targets: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&fuzz().join("corpus")), targets);
    assert_eq!(names(&fuzz().join("fuzz_targets")), targets.iter().map(|name| format!("{name}.rs")).collect());
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    for name in targets {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "fuzz/Cargo.toml does not know {name}");
    }
}

#[test]
fn what_was_kept_still_holds() {
    let mut broken = Vec::new();
    for (target, holds) in TARGETS {
        let folder = fuzz().join("corpus").join(target);
        let files = names(&folder);
        assert!(files.len() >= 10, "{target} has a corpus of {} files", files.len());
        for name in files {
            let bytes = fs::read(folder.join(&name)).unwrap();
            let began = Instant::now();
            if catch_unwind(|| holds(&bytes)).is_err() {
                broken.push(format!("{target}/{name} does not hold"));
            } else if began.elapsed() > LONGEST {
                broken.push(format!("{target}/{name} takes {:?}", began.elapsed()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
