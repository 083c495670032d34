//! Which of an index's needles stand in a text, or are members of a list: all of them found at once.
//!
//! Texts are searched by the automaton of A. V. Aho and M. J. Corasick, *Efficient string matching: an aid to bibliographic
//! search*, CACM 18(6), 1975.

use aho_corasick::AhoCorasick;
use values::text::fold;
use values::{Text, Value};

use super::texts::Texts;
use crate::program::index::{Label, OTHERS};

/// The bytes of the longest text in which they are looked for.
const LONG: usize = 1024;

/// Needles, ready to be looked for.
#[derive(Debug)]
pub(super) struct Needles {
    /// Finds them in a text; none if they are too many for it.
    automaton: Option<AhoCorasick>,
    /// The part of each, in the order in which the automaton knows them.
    parts: Vec<u32>,
    /// Finds them as members of a list.
    members: Texts,
    exact: bool,
}

impl Needles {
    pub(super) fn new(labels: &[Label], exact: bool) -> Self {
        let text = |label: &'_ Label| if let Value::Text(text) = &label.value { Some(text.clone()) } else { None };
        let texts: Vec<(Text, u32)> = labels.iter().filter_map(|label| Some((text(label)?, label.part))).collect();
        let needles = texts.iter().map(|(text, _)| text.as_bytes());
        Self {
            automaton: AhoCorasick::builder().ascii_case_insensitive(!exact).build(needles).ok(),
            parts: texts.iter().map(|(_, part)| *part).collect(),
            members: Texts::new(labels, exact),
            exact,
        }
    }

    /// Shows the parts of a value that is not missing to `see`, perhaps more than once; false, and nothing, where it is not
    /// looked for them: a long text may hold short needles so often that to find all takes the product of their lengths.
    pub(super) fn each(&self, value: &Value, mut see: impl FnMut(u32)) -> bool {
        match value {
            Value::Text(text) if text.len() > LONG || self.automaton.is_none() => return false,
            Value::Text(text) if self.exact || text.is_ascii() => self.in_text(text, see),
            Value::Text(text) => self.in_text(&fold(text), see),
            Value::List(members) => {
                let texts = members.iter().filter_map(|it| if let Value::Text(text) = it { Some(text) } else { None });
                texts.map(|text| self.members.part(text)).filter(|part| *part != OTHERS).for_each(&mut see);
            }
            _ => {}
        }
        true
    }

    fn in_text(&self, text: &str, see: impl FnMut(u32)) {
        let found = self.automaton.iter().flat_map(|it| it.find_overlapping_iter(text));
        found.filter_map(|found| self.parts.get(found.pattern().as_usize()).copied()).for_each(see);
    }
}
