//! Text, and how it is compared: ignoring case, or to the letter.
//!
//! *Ignoring case* is Unicode simple case folding: every character stands for exactly one other, whatever the language. So
//! `ẞ` is `ß` (but not `ss`), `Σ`, `σ` and `ς` are the same letter, and the Turkish `İ` is neither `i` nor `I`. See `fold.rs`
//! for the characters and `search.rs` for what is built on them.

mod fold;
mod long;
mod search;

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

pub use fold::{equal_ignoring_case, fold, hash_ignoring_case, order_ignoring_case};
pub use search::{
    Case, contains_exact, contains_ignoring_case, contains_word_exact, contains_word_ignoring_case, ends_with_exact,
    ends_with_ignoring_case, occurrences, starts_with_exact, starts_with_ignoring_case,
};

/// A text that is cheap to clone and never changes. Up to 23 bytes stand in it and take no memory beside it, which is most
/// texts of most records.
///
/// Its own equality, order and hash look at every letter; `is` in a rule goes through [`equal_ignoring_case`].
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(SmolStr);

impl Text {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Arc<str>> for Text {
    fn from(text: Arc<str>) -> Self {
        Self(text.into())
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// A map with texts for keys can be asked with a `&str`.
impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl fmt::Display for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&*self.0, out)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, out)
    }
}
