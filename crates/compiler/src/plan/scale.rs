//! From a subject's atoms to a dimension's parts. Where there are too many atoms, neighbours share a part: then the index
//! rules out less, and nothing that it should not.

use vm::program::index::{Cut, FIRST, Label, MISSING, OTHERS, Scale};

use super::atoms::Atoms;
use super::subject::{self, Subject};

/// Which part each atom becomes, in the order of the atoms.
pub(super) struct Parting {
    /// The first atom that may share its part.
    first: u32,
    /// How many atoms there are from there on, and how many parts they become.
    atoms: u32,
    parts: u32,
}

impl Parting {
    /// How many parts each subject may have if all together may have `room`: as many as it has atoms, unless that is more
    /// than its share.
    pub(super) fn most(sizes: impl Iterator<Item = usize>, room: usize) -> usize {
        let mut sizes: Vec<_> = sizes.collect();
        sizes.sort_unstable();
        let (mut left, mut most) = (room, room);
        for (place, size) in sizes.iter().enumerate() {
            most = left / (sizes.len() - place);
            if *size > most {
                break;
            }
            left -= size;
        }
        most
    }

    /// How the atoms of a subject become at most so many parts.
    pub(super) fn new(subject: &Subject, most: usize) -> Self {
        let first = match subject.scale {
            subject::Scale::Labels(_) => FIRST,
            subject::Scale::Line(_) => OTHERS,
        };
        let atoms = (subject.top() + 1).saturating_sub(first);
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        Self { first, atoms, parts: atoms.min(most.saturating_sub(first)).max(1) }
    }

    pub(super) fn is_exact(&self) -> bool {
        self.atoms <= self.parts
    }

    fn part(&self, atom: u32) -> u32 {
        match atom.checked_sub(self.first) {
            None => atom,
            Some(_) if self.atoms == 0 => self.first,
            Some(place) => {
                let place = u64::from(place.min(self.atoms - 1)) * u64::from(self.parts) / u64::from(self.atoms);
                self.first + u32::try_from(place).unwrap_or(0)
            }
        }
    }

    /// The parts that some atoms become.
    pub(super) fn parts(&self, atoms: &Atoms) -> Vec<(u32, u32)> {
        let top = (self.first + self.atoms).saturating_sub(1);
        let there = atoms.intersection(&Atoms::of([(MISSING, top)]));
        Atoms::of(there.ranges().iter().map(|(from, to)| (self.part(*from), self.part(*to)))).ranges().to_vec()
    }

    /// How the values of a subject fall into parts.
    pub(super) fn scale(&self, subject: &Subject) -> Scale {
        match &subject.scale {
            subject::Scale::Labels(labels) => {
                let label =
                    |(value, atom): &(values::Value, u32)| Label { value: value.clone(), part: self.part(*atom) };
                Scale::Labels { labels: labels.named().iter().map(label).collect(), exact: subject.exact }
            }
            subject::Scale::Line(line) => {
                let parts = |below: &u32| self.part(*below) != self.part(below + 1);
                let cuts = (OTHERS..).zip(line.cuts()).filter(|(below, _)| parts(below));
                Scale::Line(cuts.map(|(_, (value, after))| Cut { value: value.clone(), after }).collect())
            }
        }
    }
}
