//! `rulebook check`: what is wrong with rules.

use diagnostics::render;

use crate::arguments::{Check, Medium};
use crate::load::Rulebook;
use crate::output;
use crate::report::{self, Ending, Exit};
use crate::terminal::Terminal;

/// Shows all findings; they are the data of this command.
pub(crate) fn check(arguments: &Check, terminal: Terminal) -> Ending {
    let checked = Rulebook::load(&arguments.paths, arguments.limits.moved())?.check();
    let (findings, sources) = (&checked.findings, &checked.sources);
    output::print(&match arguments.format {
        Medium::Terminal if findings.is_empty() => String::new(),
        Medium::Terminal => render::terminal(findings, sources, terminal.colour_out, terminal.width) + "\n",
        Medium::Json => render::json(findings, sources),
        Medium::Sarif => render::sarif(findings, sources, env!("CARGO_PKG_VERSION")),
        Medium::Github => render::github(findings, sources),
    })?;
    report::say(checked.tally());
    let counts = checked.counts();
    match counts.errors > 0 || (arguments.deny.is_some() && counts.warnings > 0) {
        true => Ok(Exit::Found),
        false => Ok(Exit::Clean),
    }
}
