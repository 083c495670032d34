//! The text of a rule file, also of one that is not UTF-8, and of the files that rules name.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use limits::{Limit, Limits};

use crate::Trouble;

/// How a saved program begins, which is no rule file.
pub const MAGIC: &[u8; 8] = b"RULEBOOK";

/// What a rule file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// The text; bytes that are not UTF-8 are replaced by U+FFFD, so that the rest can be checked all the same.
    pub text: String,
    /// The part of `text` where it first was not UTF-8.
    pub broken: Option<Range<usize>>,
}

/// Reads a rule file.
///
/// # Errors
/// It cannot be read, or is a saved program.
pub fn read_text(path: &Path, limits: &Limits) -> Result<RuleText, Trouble> {
    match read_within(path, limits) {
        Ok(bytes) if bytes.starts_with(MAGIC) => {
            let failure = Trouble::new(format!("`{}` is a built rulebook, not the text of one", path.display()));
            Err(failure.help("name the `.rules` files it was built from; `rulebook run` takes it as it is"))
        }
        Ok(bytes) => Ok(RuleText::of(bytes)),
        Err(reason) => Err(Trouble::new(format!("`{}` cannot be read: {reason}", path.display()))),
    }
}

/// The text of a file that rules name, or why it cannot be read.
///
/// # Errors
/// The reason: it cannot be read, is too large, or is not UTF-8.
pub fn read_data(path: &Path, limits: &Limits) -> Result<String, String> {
    String::from_utf8(read_within(path, limits)?).map_err(|_| "it is not UTF-8 text".to_owned())
}

/// Where a file lies that rules name, which is inside the folder of the rulebook.
///
/// # Errors
/// The reason why it must not be read.
pub fn inside(root: &Path, name: &str) -> Result<PathBuf, String> {
    let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside {
        return Err("it lies outside the folder of the rulebook".to_owned());
    }
    let path = root.join(name);
    match fs::canonicalize(&path) {
        Ok(place) if !place.starts_with(root) => {
            Err("it is a link that leads out of the folder of the rulebook".to_owned())
        }
        // A pipe would be waited for, and a device may have no end.
        Ok(place) if !place.is_file() && !place.is_dir() => Err("it is not a file but a pipe or a device".to_owned()),
        _ => Ok(path),
    }
}

/// Reads a file that may have at most so many bytes as the limits say, or tells why it cannot be read.
fn read_within(path: &Path, limits: &Limits) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let most = limits.file_size as u64 + 1;
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    match read {
        Err(error) => Err(reason(&error)),
        Ok(_) if bytes.len() > limits.file_size => Err(format!("it is too large: {}", limits.told(Limit::FileSize))),
        Ok(_) => Ok(bytes),
    }
}

impl RuleText {
    fn of(bytes: Vec<u8>) -> Self {
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            // UTF-16: nothing of it can be read, and one finding says so.
            return Self { text: "\u{fffd}".to_owned(), broken: Some(0..'\u{fffd}'.len_utf8()) };
        }
        match String::from_utf8(bytes) {
            Ok(text) => Self { text, broken: None },
            Err(error) => {
                let start = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                Self { text, broken: Some(start..start + '\u{fffd}'.len_utf8()) }
            }
        }
    }
}

/// Why the system does not give a file, in plain words.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "you have no permission".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is a file, not a folder".to_owned(),
        _ => error.to_string(),
    }
}
