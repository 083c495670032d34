//! A bar that shows how far a long run has come.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use records::Consumed;

/// Inputs smaller than this are done before a bar could be read, in bytes.
const LONG: u64 = 4 * 1024 * 1024;

/// After how many records the bar moves.
const STEP: u64 = 1024;

/// How it looks; the amount is that of the files as they are stored.
const COLOURED: &str = "{bar:40.cyan/blue} {percent:>3} %  {msg} records  {bytes_per_sec}  {eta} to go";

/// The same without colour.
const PLAIN: &str = "{bar:40} {percent:>3} %  {msg} records  {bytes_per_sec}  {eta} to go";

/// How far a run has come. Without a terminal, or for short inputs, there is nothing to see.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// The bytes of the inputs that are done.
    done: u64,
    records: u64,
    input: Option<Consumed>,
}

impl Progress {
    /// Nothing to see.
    pub(crate) fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), done: 0, records: 0, input: None }
    }

    /// A bar over all inputs together, if their size is known and it pays.
    pub(crate) fn over(bytes: Option<u64>, colour: bool) -> Self {
        let Some(bytes) = bytes.filter(|bytes| *bytes >= LONG) else { return Self::hidden() };
        let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(if colour { COLOURED } else { PLAIN }) {
            bar.set_style(style);
        }
        Self { bar, done: 0, records: 0, input: None }
    }

    /// The next input begins.
    pub(crate) fn next_input(&mut self, consumed: Consumed) {
        self.done += self.input.replace(consumed).map_or(0, |input| input.bytes());
    }

    /// So many more records are done.
    pub(crate) fn records(&mut self, count: u64) {
        let steps = self.records / STEP;
        self.records += count;
        if self.records / STEP > steps && !self.bar.is_hidden() {
            self.bar.set_message(self.records.to_string());
            self.bar.set_position(self.done + self.input.as_ref().map_or(0, Consumed::bytes));
        }
    }

    /// Says something while the bar stands.
    pub(crate) fn pause<T>(&self, say: impl FnOnce() -> T) -> T {
        self.bar.suspend(say)
    }

    /// The run is over: the bar makes room for the summary.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// A run that fails says so where the bar was.
impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}
