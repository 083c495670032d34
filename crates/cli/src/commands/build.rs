//! `rulebook build`: rules as one file.

use crate::arguments::Build;
use crate::load::{self, Making};
use crate::output;
use crate::report::{self, Ending, Exit, Failure, counted};
use crate::terminal::Terminal;

/// Saves the program of a rulebook.
pub(crate) fn build(arguments: &Build, terminal: Terminal) -> Ending {
    let moved = arguments.limits.moved();
    let loaded = load::program(
        &arguments.rules,
        Making { zone: arguments.time_zone.as_deref(), traceable: arguments.trace, quiet: false, moved },
        terminal,
    )?;
    output::keep_rules(&arguments.out)?;
    let program = loaded.program;
    if program.decisions.is_empty() {
        return Err(Failure::new("these rules decide nothing: there is no rule among them"));
    }
    let bytes = vm::file::save(&program);
    output::replace(&arguments.out, &bytes)?;
    let rules: usize = program.decisions.iter().map(|decision| decision.rules.len()).sum();
    let (rules, size) = (counted(rules as u64, "rule"), counted(bytes.len() as u64, "byte"));
    report::say(format_args!("`{}`: {rules}, {size}", arguments.out.display()));
    Ok(Exit::Clean)
}
