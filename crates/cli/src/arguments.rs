//! What may be typed after `rulebook`: one file per command, in the order in which a person meets them.

mod build;
mod check;
mod completions;
mod dump;
mod explain;
mod fmt;
mod limits;
mod lsp;
mod man;
mod run;
mod schema;
mod test;

use clap::{Parser, Subcommand};

pub(crate) use build::Build;
pub(crate) use check::{Check, Medium};
pub(crate) use completions::Completions;
pub(crate) use dump::{Drawing, Dump};
pub(crate) use explain::Explain;
pub(crate) use fmt::Fmt;
pub(crate) use limits::Moved;
pub(crate) use lsp::Lsp;
pub(crate) use man::Man;
pub(crate) use run::{OutputFormat, Run};
pub(crate) use schema::{Drift, Export, Import, Infer, Reader, Schema, SchemaCommand};
pub(crate) use test::Test;

use crate::terminal::Color;

/// Rules that read like sentences: check them, and let them decide records
#[derive(Debug, Parser)]
#[command(name = "rulebook", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "\
A first rule, in a file `first.rules`:
  when lead.score > 70 then assign sales within 2d

Check it, and let it decide the leads of a file:
  rulebook check first.rules
  rulebook run first.rules leads.csv

`rulebook help COMMAND` says more about a command.")]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colour
    #[arg(
        long,
        global = true,
        display_order = 900,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    #[arg(help = "When to use colour: auto, always or never")]
    pub(crate) color: Color,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Test(Test),
    Run(Run),
    Build(Build),
    Fmt(Fmt),
    Schema(Schema),
    Explain(Explain),
    Dump(Dump),
    Lsp(Lsp),
    Completions(Completions),
    Man(Man),
}
