//! The choices that a case is made of.
//!
//! A generator asks for numbers, one after the other, and nothing else decides what it makes. So a case *is* the list of the
//! numbers that it was given: the same list makes the same case again, and a shorter list or one with lower numbers makes a
//! simpler one, because every generator puts what is simplest first. Where a list ends, the rest is 0.

/// Hands out choices: random ones, or those of a list.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// What has been handed out, or is going to be.
    choices: Vec<u32>,
    at: usize,
    /// Where new choices come from; none if there are no others than those of the list.
    dice: Option<Dice>,
}

impl Source {
    /// Random choices, the same for the same seed.
    pub(crate) fn random(seed: u64) -> Self {
        Self { choices: Vec::new(), at: 0, dice: Some(Dice::new(seed)) }
    }

    /// The choices of a list.
    pub(crate) fn replay(choices: Vec<u32>) -> Self {
        Self { choices, at: 0, dice: None }
    }

    /// All choices that have been handed out.
    pub(crate) fn taken(&self) -> Vec<u32> {
        self.choices.iter().take(self.at).copied().collect()
    }

    /// A number below the limit. 0 is the simplest.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = u32::try_from(limit.max(1)).expect("a small number of choices");
        if let (Some(dice), true) = (&mut self.dice, self.at == self.choices.len()) {
            self.choices.push(dice.below(limit));
        }
        let choice = self.choices.get(self.at).copied().unwrap_or(0).min(limit - 1);
        self.at += 1;
        choice as usize
    }

    /// A number between two, both included. The first is the simplest.
    pub(crate) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// One of several. The first is the simplest.
    pub(crate) fn one<T: Clone>(&mut self, several: &[T]) -> T {
        several[self.below(several.len())].clone()
    }

    /// Whether something happens that happens once in so many times. That it does not is simpler.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// The places of a list in another order. The order as it is is the simplest.
    pub(crate) fn shuffled(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for place in 0..count {
            let other = self.between(0, count - 1 - place) + place;
            order.swap(place, other);
        }
        order
    }
}

/// Numbers that look random and are the same each time (SplitMix64).
#[derive(Clone, Debug)]
struct Dice(u64);

impl Dice {
    /// Neighbouring seeds begin far apart.
    fn new(seed: u64) -> Self {
        let mut seeds = Self(seed);
        Self(seeds.next() ^ seeds.next().rotate_left(32))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u32) -> u32 {
        let mixed = self.next();
        u32::try_from(((mixed >> 32) * u64::from(limit)) >> 32).expect("below the limit")
    }
}
