//! The options that move limits, `--limit-steps` and so on: one for each row of the table in the crate `limits` that the
//! command comes to.

use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches};
use limits::{Limit, Phase, Unit};

/// Limits that were moved, and to what.
pub(crate) type Moved = [(Limit, usize)];

/// The limits of commands that read rules.
pub(crate) type ReadLimits = LimitOptions<{ Phase::Read as u8 }>;
/// The limits of commands that check rules.
pub(crate) type CheckLimits = LimitOptions<{ Phase::Check as u8 }>;
/// The limits of commands that make a program.
pub(crate) type CompileLimits = LimitOptions<{ Phase::Compile as u8 }>;
/// The limits of commands that decide records.
pub(crate) type RunLimits = LimitOptions<{ Phase::Run as u8 }>;

/// The limits up to a phase that were moved on the command line.
#[derive(Clone, Debug, Default)]
pub(crate) struct LimitOptions<const UP_TO: u8>(Vec<(Limit, usize)>);

impl<const UP_TO: u8> LimitOptions<UP_TO> {
    /// Those that were moved.
    pub(crate) fn moved(&self) -> &Moved {
        &self.0
    }

    fn all() -> impl Iterator<Item = Limit> {
        Limit::ALL.iter().copied().filter(|limit| limit.phase() as u8 <= UP_TO)
    }
}

impl<const UP_TO: u8> Args for LimitOptions<UP_TO> {
    fn augment_args(command: Command) -> Command {
        command.args(Self::all().map(option))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn option(limit: Limit) -> Arg {
    let usual = limits::Limits::default().amount(limit);
    Arg::new(limit.option())
        .long(limit.option())
        .value_name(if limit.unit() == Unit::Bytes { "SIZE" } else { "NUMBER" })
        .value_parser(move |text: &str| limit.read(text))
        .help_heading("Limits")
        .hide_short_help(true)
        .help(format!("{} [default: {usual}]", limit.meaning()))
}

impl<const UP_TO: u8> FromArgMatches for LimitOptions<UP_TO> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let moved = Self::all().filter_map(|limit| Some((limit, *matches.get_one::<usize>(limit.option())?)));
        Ok(Self(moved.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
