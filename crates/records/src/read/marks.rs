//! Marks on bytes of a text, made of sixteen bytes at once: a bit for each byte, sixty-four in a word.

use wide::u8x16;

/// How many bytes a word of marks is about.
const BLOCK: usize = 64;

/// A bit for each byte of a text. Its memory is used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks(Vec<u64>);

/// The marks of a text while it is walked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked<'m>(&'m [u64]);

impl Marks {
    /// Marks what `wanted` gives all ones for.
    #[inline]
    pub(super) fn mark(&mut self, text: &str, wanted: impl Fn(u8x16) -> u8x16) {
        self.0.clear();
        let (blocks, rest) = text.as_bytes().as_chunks();
        self.0.extend(blocks.iter().map(|block| of_block(block, &wanted)));
        if !rest.is_empty() {
            let mut last = [b' '; BLOCK];
            last.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
            self.0.push(of_block(&last, &wanted));
        }
    }

    /// The marks, to be looked for.
    pub(super) fn all(&self) -> Marked<'_> {
        Marked(&self.0)
    }

    /// Shows where all marks are to `see`.
    #[inline]
    pub(super) fn each(&self, mut see: impl FnMut(usize)) {
        for (block, marks) in self.0.iter().enumerate() {
            let mut left = *marks;
            while left != 0 {
                see(block * BLOCK + left.trailing_zeros() as usize);
                left &= left - 1;
            }
        }
    }
}

impl Marked<'_> {
    /// Where the next mark is from a place on, if there is one.
    #[inline(always)]
    pub(super) fn next(self, at: usize) -> Option<usize> {
        let here = self.0.get(at / BLOCK)? >> (at % BLOCK);
        if here != 0 { Some(at + here.trailing_zeros() as usize) } else { self.in_later_blocks(at / BLOCK + 1) }
    }

    fn in_later_blocks(self, block: usize) -> Option<usize> {
        let later = self.0.get(block..)?.iter().zip(block..).find(|(marks, _)| **marks != 0);
        later.map(|(marks, block)| block * BLOCK + marks.trailing_zeros() as usize)
    }
}

/// The marks of some bytes, the first in the lowest bit.
#[inline]
fn of_block(block: &[u8; BLOCK], wanted: impl Fn(u8x16) -> u8x16) -> u64 {
    let (parts, _) = block.as_chunks();
    parts.iter().rev().fold(0, |marks, part| marks << 16 | u64::from(wanted(u8x16::new(*part)).to_bitmask()))
}
