//! What is done about each command: one file each.

mod build;
mod check;
mod completions;
mod dump;
mod explain;
mod fmt;
mod lsp;
mod man;
mod run;
mod schema;
mod test;

use crate::arguments::{Command, SchemaCommand};
use crate::report::Ending;
use crate::terminal::Terminal;

/// Does what was asked for.
pub(crate) fn run(command: Command, terminal: Terminal) -> Ending {
    match command {
        Command::Check(arguments) => check::check(&arguments, terminal),
        Command::Test(arguments) => test::test(&arguments, terminal),
        Command::Run(arguments) => run::run(&arguments, terminal),
        Command::Build(arguments) => build::build(&arguments, terminal),
        Command::Fmt(arguments) => fmt::fmt(&arguments, terminal),
        Command::Schema(arguments) => match arguments.command {
            SchemaCommand::Infer(arguments) => schema::infer(&arguments, terminal),
            SchemaCommand::Verdict => schema::of_output(records::write::VERDICT_SCHEMA),
            SchemaCommand::Rejects => schema::of_output(records::write::REJECTS_SCHEMA),
            SchemaCommand::Import(arguments) => schema::import(&arguments, terminal),
            SchemaCommand::Export(arguments) => schema::export(&arguments, terminal),
            SchemaCommand::Check(arguments) => schema::check(&arguments, terminal),
        },
        Command::Explain(arguments) => explain::explain(&arguments, terminal),
        Command::Dump(arguments) => dump::dump(&arguments, terminal),
        Command::Lsp(arguments) => lsp::lsp(&arguments),
        Command::Completions(arguments) => completions::completions(&arguments),
        Command::Man(arguments) => man::man(&arguments),
    }
}
