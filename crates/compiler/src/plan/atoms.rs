//! Sets of atoms. What can be told apart about a value by the questions of a rule set falls into atoms, numbered from 0
//! (see `subject.rs`); an answer leaves a set of them.

/// A set of atoms: inclusive ranges, in order, never touching each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Atoms(Vec<(u32, u32)>);

impl Atoms {
    /// Whatever atoms there are.
    pub(super) fn all() -> Self {
        Self::of([(0, u32::MAX)])
    }

    /// All atoms of ranges that are given in ascending order; an empty range (`from > to`) adds nothing.
    pub(super) fn of(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut atoms = Self::default();
        for (from, to) in ranges {
            match atoms.0.last_mut() {
                _ if from > to => {}
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => atoms.0.push((from, to)),
            }
        }
        atoms
    }

    /// All atoms of ranges in any order.
    pub(super) fn of_unsorted(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut ranges: Vec<_> = ranges.into_iter().collect();
        ranges.sort_unstable();
        Self::of(ranges)
    }

    pub(super) fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }

    pub(super) fn contains(&self, atom: u32) -> bool {
        self.meets(atom, atom)
    }

    /// Whether one of the atoms lies in a range.
    pub(super) fn meets(&self, from: u32, to: u32) -> bool {
        let next = self.0.partition_point(|range| range.1 < from);
        self.0.get(next).is_some_and(|range| range.0 <= to)
    }

    /// Whether the two have no atom in common. Fast where `other` has few ranges.
    pub(super) fn is_disjoint(&self, other: &Self) -> bool {
        !other.0.iter().any(|(from, to)| self.meets(*from, *to))
    }

    /// Whether all atoms are in `other`. Gives up at the first range that is not.
    pub(super) fn is_subset(&self, other: &Self) -> bool {
        self.0.iter().all(|(from, to)| {
            let next = other.0.partition_point(|range| range.1 < *from);
            other.0.get(next).is_some_and(|range| range.0 <= *from && *to <= range.1)
        })
    }

    /// The atoms that both have.
    pub(super) fn intersection(&self, other: &Self) -> Self {
        let mut both = Vec::new();
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            both.push((a.0.max(b.0), a.1.min(b.1)));
            if a.1 < b.1 {
                ours.next()
            } else {
                theirs.next()
            };
        }
        Self::of(both)
    }

    /// The atoms that `other` does not have.
    pub(super) fn without(&self, other: &Self) -> Self {
        let mut gaps = Vec::with_capacity(other.0.len() + 1);
        let mut from = Some(0);
        for (start, end) in &other.0 {
            if let (Some(from), Some(to)) = (from, start.checked_sub(1)) {
                gaps.push((from, to));
            }
            from = end.checked_add(1);
        }
        gaps.extend(from.map(|from| (from, u32::MAX)));
        self.intersection(&Self::of(gaps))
    }

    /// These atoms and those of a range.
    pub(super) fn with(&self, from: u32, to: u32) -> Self {
        Self::of_unsorted(self.0.iter().copied().chain([(from, to)]))
    }

    /// The least and the greatest atom from `least` on.
    pub(super) fn hull(&self, least: u32) -> Option<(u32, u32)> {
        let first = self.0.iter().find(|range| range.1 >= least)?;
        Some((first.0.max(least), self.0.last()?.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_agree_with_their_members() {
        let members = |atoms: &Atoms| (0..8).filter(|atom| atoms.contains(*atom)).collect::<Vec<u32>>();
        let set = |bits: u32| Atoms::of((0..8).filter(|atom| bits >> atom & 1 == 1).map(|atom| (atom, atom)));
        for (a, b) in (0..256).flat_map(|a| (0..256).map(move |b| (a, b))) {
            assert_eq!(set(a).intersection(&set(b)), set(a & b));
            assert_eq!(members(&set(a).without(&set(b))), members(&set(a & !b)));
            assert_eq!(set(a).is_disjoint(&set(b)), a & b == 0);
            assert_eq!(set(a).is_subset(&set(b)), a & !b == 0);
        }
        assert_eq!(set(0b0110_0010).hull(2), Some((5, 6)));
        assert_eq!(set(0b0000_0001).with(1, 2), set(0b0000_0111));
    }
}
