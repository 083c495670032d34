//! `--state`: what a run has to remember of teams for the next one.
//!
//! ```json
//! {
//!   "rulebook_state": 1,
//!   "teams": {
//!     "sales": {
//!       "ana@example.com": { "turn": -100, "load": 3 }
//!     }
//!   }
//! }
//! ```
//! The file is read before anything is decided and replaced as a whole in the end, so that a run that fails leaves it as
//! it was. Teams and members that the rulebook does not know are kept.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use vm::choose::{LARGEST, Standings};

use crate::output;
use crate::report::Failure;

/// The version of the format. It changes when an older rulebook would misread the file.
const VERSION: u64 = 1;

/// A state file as it was found.
pub(super) struct State {
    path: PathBuf,
    standings: Standings,
}

/// The whole file.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Content {
    rulebook_state: u64,
    teams: Standings,
}

/// The part of the file that tells whether the rest can be read.
#[derive(Deserialize)]
struct Version {
    rulebook_state: u64,
}

impl State {
    /// Reads a state file; one that is not there yet is empty.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let standings = match fs::read(path) {
            Ok(bytes) => standings(&bytes).map_err(|reason| refused(path, &reason))?,
            Err(error) if error.kind() == ErrorKind::NotFound => Standings::default(),
            Err(error) => return Err(Failure::new(format!("`{}` cannot be read: {error}", path.display()))),
        };
        Ok(Self { path: path.to_owned(), standings })
    }

    /// What it remembers.
    pub(super) fn standings(&self) -> Standings {
        self.standings.clone()
    }

    /// Replaces the file by one that remembers something else.
    pub(super) fn save(self, standings: &Standings) -> Result<(), Failure> {
        let content = Content { rulebook_state: VERSION, teams: standings.clone() };
        let text = serde_json::to_string_pretty(&content)
            .map_err(|error| Failure::new(format!("`{}` cannot be written: {error}", self.path.display())))?;
        output::replace(&self.path, format!("{text}\n").as_bytes())
    }
}

fn refused(path: &Path, reason: &str) -> Failure {
    Failure::new(format!("`{}` cannot be used as `--state`: {reason}", path.display()))
        .help("name another file, or move this one away: without it everybody's turn begins anew")
}

/// The content of a file, or why it has none.
fn standings(bytes: &[u8]) -> Result<Standings, String> {
    match serde_json::from_slice::<Version>(bytes) {
        Ok(Version { rulebook_state: VERSION }) => {}
        Ok(Version { rulebook_state }) => {
            return Err(format!(
                "it was written by another version of rulebook (format {rulebook_state} instead of {VERSION})"
            ));
        }
        Err(error) if error.is_data() => return Err("it holds something else".to_owned()),
        Err(error) => return Err(format!("it is damaged: {error}")),
    }
    let content: Content = serde_json::from_slice(bytes).map_err(|error| format!("it is damaged: {error}"))?;
    let plausible = |standings: &Standings| {
        let mut all = standings.teams.values().flat_map(|team| team.values());
        all.all(|standing| standing.turn.unsigned_abs() <= LARGEST && standing.load <= LARGEST)
    };
    if plausible(&content.teams) {
        Ok(content.teams)
    } else {
        Err("it is damaged: a number in it is too large".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let text = r#"{"rulebook_state":1,"teams":{"sales":{"ana":{"turn":-50,"load":7}},"gone":{}}}"#;
        let read = standings(text.as_bytes()).unwrap();
        State::open(&path).unwrap().save(&read).unwrap();
        assert_eq!(State::open(&path).unwrap().standings(), read);
    }

    #[test]
    fn what_is_no_state_is_refused_in_plain_words() {
        let refused = |text: &str| standings(text.as_bytes()).unwrap_err();
        assert_eq!(refused(r#"{"id":"L1"}"#), "it holds something else");
        assert_eq!(refused("[]"), "it holds something else");
        assert!(refused(r#"{"rulebook_state":2,"teams":[]}"#).starts_with("it was written by another version"));
        assert!(refused(r#"{"rulebook_state":1,"teams":{"#).starts_with("it is damaged: EOF"));
        assert!(refused("").starts_with("it is damaged: EOF"));
        assert!(
            refused(r#"{"rulebook_state":1,"teams":{"a":{"b":{"turn":0,"load":-1}}}}"#).starts_with("it is damaged")
        );
        assert!(
            refused(r#"{"rulebook_state":1,"teams":{"a":{"b":{"turn":0,"load":1,"x":1}}}}"#).contains("unknown field")
        );
        let large = format!(r#"{{"rulebook_state":1,"teams":{{"a":{{"b":{{"turn":{},"load":1}}}}}}}}"#, i64::MIN);
        assert!(refused(&large).contains("too large"));
    }
}
