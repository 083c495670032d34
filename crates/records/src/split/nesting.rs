//! Follows the brackets and strings of JSON, byte by byte, without recursion and without memory.

use limits::fixed::RECORD_NESTING;

/// How deep in brackets the next byte of a JSON text stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nesting {
    depth: usize,
    /// Whether the bracket at each depth is a curly one, the lowest bit for the outermost. Deeper than the limit brackets
    /// are only counted: such a record is a fault anyway.
    curly: u128,
    string: Option<Escape>,
}

/// Whether the next byte of a string is escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Escape {
    No,
    Yes,
}

/// What a byte did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The text goes on.
    On,
    /// The outermost bracket was closed.
    Closed,
    /// A bracket was closed that is not the one last opened.
    Mismatched,
}

impl Nesting {
    /// How many brackets are open.
    pub(crate) const fn depth(&self) -> usize {
        self.depth
    }

    /// Whether the next byte stands in no bracket and in no string.
    pub(crate) const fn is_outside(&self) -> bool {
        self.depth == 0 && self.string.is_none()
    }

    /// Takes the next byte.
    pub(crate) fn take(&mut self, byte: u8) -> Turn {
        match (self.string, byte) {
            (Some(Escape::Yes), _) => self.string = Some(Escape::No),
            (Some(Escape::No), b'\\') => self.string = Some(Escape::Yes),
            (Some(Escape::No), b'"') => self.string = None,
            (Some(Escape::No), _) => {}
            (None, b'"') => self.string = Some(Escape::No),
            (None, b'{' | b'[') => self.open(byte == b'{'),
            (None, b'}' | b']') => return self.close(byte == b'}'),
            (None, _) => {}
        }
        Turn::On
    }

    fn open(&mut self, curly: bool) {
        if self.depth < RECORD_NESTING {
            let bit = 1 << self.depth;
            self.curly = if curly { self.curly | bit } else { self.curly & !bit };
        }
        self.depth += 1;
    }

    fn close(&mut self, curly: bool) -> Turn {
        let Some(depth) = self.depth.checked_sub(1) else { return Turn::Mismatched };
        self.depth = depth;
        if depth < RECORD_NESTING && (self.curly >> depth & 1 == 1) != curly {
            return Turn::Mismatched;
        }
        if depth == 0 { Turn::Closed } else { Turn::On }
    }
}
