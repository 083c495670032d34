//! The input as the splitters see it: bytes are taken one way or another, counted, and kept up to a limit.

use std::io::{self, BufRead, Read};

use memchr::memchr;

use super::{End, Place};
use crate::source::Stream;

/// What to do with a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Take it and go on.
    On,
    /// Take it and stop.
    Last,
    /// Leave it and stop.
    Leave,
}

/// An input on its way through a splitter.
pub(super) struct Feed {
    stream: Stream,
    pub(super) limit: usize,
    /// How many bytes at the front of the stream's buffer are taken but not consumed, and how many of them are kept: a line
    /// that lies in the buffer as a whole is left there.
    lent: (usize, usize),
    /// The bytes of the present piece unless they are lent, as long as there are no more than the limit allows.
    kept: Vec<u8>,
    /// The length of the present piece, kept or not.
    length: u64,
    /// The last two bytes of the present piece, kept or not.
    last: [u8; 2],
    /// How much of the input has been taken.
    offset: u64,
    /// The line of the next byte.
    line: u64,
    failure: Option<io::Error>,
    failed: bool,
}

impl Feed {
    pub(super) fn new(stream: Stream, offset: u64, limit: usize) -> Self {
        Self {
            stream,
            limit,
            lent: (0, 0),
            kept: Vec::new(),
            length: 0,
            last: [0; 2],
            offset,
            line: 1,
            failure: None,
            failed: false,
        }
    }

    pub(super) fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    pub(super) fn keep_failure(&mut self, failure: Option<io::Error>) {
        self.failure = failure;
    }

    /// Whether the input did not end but fail.
    pub(super) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Whether the present piece is longer than the limit.
    pub(super) fn is_too_large(&self) -> bool {
        self.length > self.limit as u64
    }

    pub(super) fn kept(&self) -> &[u8] {
        match self.lent {
            (0, _) => &self.kept,
            (_, kept) => self.stream.at_hand().get(..kept).unwrap_or_default(),
        }
    }

    /// The next line that is not blank, if all of it can be taken without waiting.
    pub(super) fn line_at_hand(&self) -> Option<&[u8]> {
        let ahead = self.stream.at_hand().get(self.lent.0..)?.trim_ascii_start();
        ahead.get(..memchr(b'\n', ahead)?)
    }

    /// Begins a piece at the next byte.
    pub(super) fn begin(&mut self) -> Place {
        self.stream.consume(std::mem::take(&mut self.lent).0);
        self.kept.clear();
        self.length = 0;
        self.last = [0; 2];
        Place { line: self.line, offset: self.offset, length: 0, end: End::Whole }
    }

    /// Ends the piece that `begin` began. Bytes that end a line do not belong to it.
    pub(super) fn end(&mut self, mut place: Place, end: End) -> Place {
        place.length = self.length;
        place.end = end;
        if self.is_too_large() {
            self.kept.clear();
            self.lent.1 = 0;
            place.end = if end == End::Broken { end } else { End::TooLarge };
        }
        place
    }

    /// Passes over bytes without keeping them, as `step` says. False at the end of the input.
    pub(super) fn skip(&mut self, step: impl FnMut(u8) -> Step) -> bool {
        self.walk(step, false)
    }

    /// Keeps bytes as `step` says. False at the end of the input.
    pub(super) fn keep(&mut self, step: impl FnMut(u8) -> Step) -> bool {
        self.walk(step, true)
    }

    fn walk(&mut self, mut step: impl FnMut(u8) -> Step, keep: bool) -> bool {
        loop {
            let (count, stopped) = match self.stream.fill_buf() {
                _ if self.failed => return false,
                Ok([]) => return false,
                Ok(chunk) => {
                    let (count, stopped, lines) = stretch(chunk, &mut step);
                    self.line += lines;
                    if keep {
                        let room = self.limit.saturating_add(2).saturating_sub(self.kept.len());
                        self.kept.extend(chunk.iter().take(count.min(room)));
                        self.last = last_two(self.last, chunk.get(..count).unwrap_or(chunk));
                    }
                    (count, stopped)
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.note(Err(error));
                    return false;
                }
            };
            self.stream.consume(count);
            self.offset += count as u64;
            self.length += if keep { count as u64 } else { 0 };
            if stopped {
                return true;
            }
        }
    }

    /// Keeps the bytes of a line with its ending. False at the end of the input, when there is no more line.
    ///
    /// The same as `keep` up to a newline, but as fast as memory.
    pub(super) fn keep_line(&mut self) -> bool {
        if self.failed {
            return false;
        }
        match self.lend_line(|_| true) {
            Ok(true) => true,
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                self.note(Err(error));
                false
            }
            _ => self.copy_line(),
        }
    }

    /// Keeps the bytes of a line with its ending, if it is at hand as a whole and holds no such byte; else nothing is taken.
    pub(super) fn keep_line_without(&mut self, byte: u8) -> bool {
        if self.failed {
            return false;
        }
        match self.lend_line(|line| memchr(byte, line).is_none()) {
            Ok(taken) => taken,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => false,
            Err(error) => {
                self.note(Err(error));
                false
            }
        }
    }

    /// Takes a line that lies in the buffer as a whole and is wanted; false if the next one is not so.
    fn lend_line(&mut self, is_wanted: impl FnOnce(&[u8]) -> bool) -> io::Result<bool> {
        let room = self.room();
        let chunk = self.stream.fill_buf()?;
        let found = memchr(b'\n', chunk).map(|at| at + 1);
        let Some(count) = found.filter(|&count| count <= room) else { return Ok(false) };
        let line = chunk.get(..count).unwrap_or_default();
        if !is_wanted(line) {
            return Ok(false);
        }
        self.last = last_two([0; 2], line);
        self.lent = (count, count);
        self.length = count as u64;
        self.offset += self.length;
        self.line += 1;
        Ok(true)
    }

    fn copy_line(&mut self) -> bool {
        let room = self.room() as u64;
        let found = (&mut self.stream).take(room).read_until(b'\n', &mut self.kept);
        self.note(found.map(drop));
        self.last = last_two(self.last, &self.kept);
        self.length = self.kept.len() as u64;
        if self.length == room && !self.kept.ends_with(b"\n") {
            self.skip_line();
        }
        self.offset += self.length;
        self.line += 1;
        self.length > 0
    }

    /// Passes over the rest of a line, which still belongs to the piece.
    fn skip_line(&mut self) {
        loop {
            let (count, ended) = match self.stream.fill_buf() {
                Ok(chunk) => {
                    let newline = chunk.iter().position(|&byte| byte == b'\n');
                    let count = newline.map_or(chunk.len(), |at| at + 1);
                    self.last = last_two(self.last, chunk.get(..count).unwrap_or(chunk));
                    (count, newline.is_some() || chunk.is_empty())
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return self.note(Err(error)),
            };
            self.stream.consume(count);
            self.length += count as u64;
            if ended {
                return;
            }
        }
    }

    /// How much is kept of a piece: a record of the largest size and a line ending.
    const fn room(&self) -> usize {
        self.limit.saturating_add(2)
    }

    fn note(&mut self, result: io::Result<()>) {
        if let Err(error) = result {
            self.failed = true;
            self.failure = Some(error);
        }
    }

    /// At the end of the input: shortens the piece to its first line and gives the lines after it back. False, and nothing
    /// is changed, where it is one line only or not all of it was kept.
    pub(super) fn give_back_after_line(&mut self, place: Place) -> bool {
        let is_kept = self.kept.len() as u64 == self.length && !self.failed;
        let Some(newline) = self.kept.iter().position(|&byte| byte == b'\n').filter(|_| is_kept) else { return false };
        let rest = self.kept.split_off(newline + 1);
        self.length = self.kept.len() as u64;
        self.last = last_two([0; 2], &self.kept);
        self.offset = place.offset + self.length;
        self.line = place.line + 1;
        self.stream = Box::new(io::Cursor::new(rest));
        true
    }

    /// Takes the line ending from the end of the piece.
    pub(super) fn trim_line_ending(&mut self) {
        let ending = match self.last {
            [b'\r', b'\n'] => 2,
            [_, b'\r' | b'\n'] => 1,
            _ => 0,
        };
        let is_kept = self.kept().len() as u64 == self.length;
        self.length = self.length.saturating_sub(ending);
        if let (true, Ok(length)) = (is_kept, usize::try_from(self.length)) {
            self.kept.truncate(length);
            self.lent.1 = length.min(self.lent.1);
        }
    }
}

/// The last two bytes, when some more have been taken.
fn last_two(before: [u8; 2], taken: &[u8]) -> [u8; 2] {
    match (taken, before) {
        (&[.., last_but_one, last], _) => [last_but_one, last],
        (&[last], [_, last_but_one]) => [last_but_one, last],
        ([], before) => before,
    }
}

/// How many bytes of a chunk are taken, whether `step` stopped there, and how many of them end a line.
fn stretch(chunk: &[u8], mut step: impl FnMut(u8) -> Step) -> (usize, bool, u64) {
    let mut lines = 0;
    for (count, &byte) in chunk.iter().enumerate() {
        let step = step(byte);
        if step == Step::Leave {
            return (count, true, lines);
        }
        lines += u64::from(byte == b'\n');
        if step == Step::Last {
            return (count + 1, true, lines);
        }
    }
    (chunk.len(), false, lines)
}
