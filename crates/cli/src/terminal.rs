//! What the terminal can show: colour and width.

use std::env;
use std::io::{IsTerminal, stderr, stdout};

use clap::ValueEnum;
use clap::builder::styling::{AnsiColor, Style};

/// The widest that text is set: longer lines are hard to read.
const WIDEST: usize = 100;

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always, also into files and pipes
    Always,
    /// Never
    Never,
}

/// What the two streams of this run can show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// Whether data is coloured.
    pub(crate) colour_out: bool,
    /// Whether talk is coloured.
    pub(crate) colour_err: bool,
    /// The width to set text in, in columns.
    pub(crate) width: usize,
    /// The width to set tables in: all that there is.
    pub(crate) full_width: usize,
}

impl Terminal {
    /// Asks the environment.
    pub(crate) fn new(color: Color) -> Self {
        let wanted = |is_terminal: bool| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && !is_dumb(),
        };
        let columns = terminal_size::terminal_size().map_or(WIDEST, |(width, _)| usize::from(width.0));
        Self {
            colour_out: wanted(stdout().is_terminal()),
            colour_err: wanted(stderr().is_terminal()),
            width: columns.min(WIDEST),
            full_width: columns,
        }
    }

    /// A word of talk in a colour, if talk is coloured.
    pub(crate) fn painted(self, word: &str, colour: AnsiColor) -> String {
        if self.colour_err { bold(colour, word) } else { word.to_owned() }
    }

    /// A word of data in a colour, if data is coloured.
    pub(crate) fn data(self, word: &str, colour: AnsiColor) -> String {
        if self.colour_out { bold(colour, word) } else { word.to_owned() }
    }

    /// A heading among data, if data is coloured.
    pub(crate) fn heading(self, text: &str) -> String {
        if self.colour_out { bold(AnsiColor::Cyan, text) } else { text.to_owned() }
    }
}

fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}

fn bold(colour: AnsiColor, text: &str) -> String {
    let style = Style::new().bold().fg_color(Some(colour.into()));
    format!("{style}{text}{style:#}")
}
