//! All places that mention what a name stands for.

use std::ops::Range;

use diagnostics::Place;
use semantics::{Kind, MentionPlace, Role};

use crate::Snapshot;

/// A place in the same file that mentions it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Where.
    pub range: Range<usize>,
    /// Whether it is declared, or given another value, there.
    pub writes: bool,
}

impl Snapshot {
    /// Every place that mentions what the name at a byte of a file stands for, in the order of the files; its declarations
    /// only if they are wanted.
    pub fn references(&self, path: &str, offset: usize, with_declarations: bool) -> Vec<Place> {
        let wanted = |mention: &MentionPlace| with_declarations || mention.role != Role::Declares;
        self.mention_places(path, offset).into_iter().filter(wanted).map(|mention| mention.place).collect()
    }

    /// The places in the same file.
    pub fn highlights(&self, path: &str, offset: usize) -> Vec<Highlight> {
        let all = self.mention_places_in(path, offset);
        let highlight = |mention: MentionPlace| Highlight {
            range: mention.place.start..mention.place.end,
            writes: mention.role != Role::Reads,
        };
        all.into_iter().map(highlight).collect()
    }

    /// All places that mention what stands at a byte.
    pub(crate) fn mention_places(&self, path: &str, offset: usize) -> Vec<MentionPlace> {
        let Some((view, mention)) = self.project().mention_at(path, offset) else { return Vec::new() };
        match mention.thing.kind {
            Kind::Variable => view.places_of(&mention.thing),
            _ => self.project().places_of(&mention.thing),
        }
    }

    fn mention_places_in(&self, path: &str, offset: usize) -> Vec<MentionPlace> {
        let Some((view, mention)) = self.project().mention_at(path, offset) else { return Vec::new() };
        match mention.thing.kind {
            Kind::Variable => view.places_of(&mention.thing),
            _ => self.project().items(path).into_iter().flat_map(|item| item.places_of(&mention.thing)).collect(),
        }
    }
}
