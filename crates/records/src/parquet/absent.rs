//! What stands for Parquet in a build that does not read it: it says so, and nothing else is ever made.

use std::fs::File;
use std::io;

use limits::Limits;
use vm::program::Field;

use crate::fault::Raw;
use crate::read::{Absent, Asked, Convert, Filling};
use crate::source::{Consumed, SourceError, Stream};

/// How a Parquet file begins and ends.
pub(crate) const MAGIC: &[u8; 4] = b"PAR1";

#[derive(Clone)]
pub(crate) enum Table {}

impl Table {
    pub(crate) fn open(name: &str, _: File, _: Consumed) -> Result<Self, SourceError> {
        Err(SourceError::NoParquet { file: name.to_owned() })
    }

    pub(crate) fn lines(&self) -> Stream {
        match *self {}
    }
}

pub(crate) enum RowReader {}

impl RowReader {
    pub(crate) fn fill(&mut self, _: &mut Rows, _: usize) -> io::Result<bool> {
        match *self {}
    }
}

#[derive(Debug, Default)]
pub(crate) struct Rows {}

impl Rows {
    pub(crate) const fn numbers(&self) -> std::ops::Range<u64> {
        0..0
    }
}

#[derive(Clone)]
pub(crate) enum Mapping {}

impl Mapping {
    pub(crate) fn find(_: &str, table: &Table, _: Asked<'_>) -> Result<(Self, RowReader), SourceError> {
        match *table {}
    }

    pub(crate) fn texts(&self, _: &[Field]) -> Vec<Field> {
        match *self {}
    }

    pub(crate) fn absent(&self) -> &[Absent] {
        match *self {}
    }

    pub(crate) fn fill(&mut self, _: &Rows, _: u64, _: &Convert, _: &mut Filling<'_>) {
        match *self {}
    }

    pub(crate) fn text(&mut self, _: &Rows, _: u64) -> Option<Result<&str, crate::fault::Wrong>> {
        match *self {}
    }

    pub(crate) fn raw(&self, _: &Rows, _: u64, _: &Limits) -> Raw {
        match *self {}
    }
}
