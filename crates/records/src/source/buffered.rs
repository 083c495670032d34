//! Streams that can tell what of them has arrived, so that nobody has to wait for results while the next record is awaited.

use std::io::{BufRead, BufReader, Chain, Cursor, Read};

/// A buffered stream of bytes that may be read on another thread.
pub(crate) trait Buffered: BufRead + Send {
    /// Bytes that can be taken without reading on, the next ones first; not necessarily all of them.
    fn at_hand(&self) -> &[u8];
}

impl<R: Read + Send> Buffered for BufReader<R> {
    fn at_hand(&self) -> &[u8] {
        self.buffer()
    }
}

impl Buffered for Cursor<Vec<u8>> {
    fn at_hand(&self) -> &[u8] {
        let taken = usize::try_from(self.position()).unwrap_or(usize::MAX);
        self.get_ref().get(taken..).unwrap_or_default()
    }
}

impl<A: Buffered, B: Buffered + ?Sized> Buffered for Chain<A, Box<B>> {
    fn at_hand(&self) -> &[u8] {
        match self.get_ref() {
            (first, second) if first.at_hand().is_empty() => second.at_hand(),
            (first, _) => first.at_hand(),
        }
    }
}
