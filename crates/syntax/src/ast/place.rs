//! Positions, and the words that stand at them: names, quoted texts, paths.

/// A range of bytes, relative to the first byte of the item it lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The range from `start` up to `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest range that holds both.
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A name as a person wrote it, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Name {
    /// The name itself, in NFC.
    pub text: String,
    /// Where it stands, backquotes included.
    pub span: Span,
}

/// A text in double quotes without interpolation, unescaped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Quoted {
    /// What it says.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// `lead.company.employees`: a root and the fields below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path {
    /// The first name.
    pub root: Name,
    /// The names after the dots; empty for a bare name.
    pub fields: Vec<Name>,
    /// From the first name to the last.
    pub span: Span,
}
