//! `rulebook test`: whether a rulebook decides as its tests expect.

mod coverage;
mod html;
mod junit;
mod markup;
mod report;
mod watch;

use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use semantics::typed::test::Test;
use testing::{Bench, Coverage, Outcome};

use crate::arguments::Test as Arguments;
use crate::load::{Checked, Rulebook, compiled, verified};
use crate::output::{self, Output};
use crate::report::{Ending, Exit, Failure, counted, nearest};
use crate::sources;
use crate::terminal::Terminal;

/// Runs the tests and shows what came of them.
pub(crate) fn test(arguments: &Arguments, terminal: Terminal) -> Ending {
    if arguments.watch {
        return Err(watch::watch(arguments, terminal));
    }
    let rulebook = Rulebook::load(&arguments.paths, arguments.limits.moved())?;
    let checked = rulebook.check();
    show(&run(&rulebook, &checked, arguments, terminal)?, &checked, arguments, terminal)
}

/// What came of the tests.
struct Ran {
    /// In the order of the tests.
    outcomes: Vec<Outcome>,
    /// What they have tried of the rules.
    coverage: Coverage,
}

/// Writes what came of the tests wherever it was asked for.
fn show(ran: &Ran, checked: &Checked, arguments: &Arguments, terminal: Terminal) -> Ending {
    output::print(&report::report(&ran.outcomes, checked, arguments.quiet, terminal))?;
    if let Some(page) = &arguments.coverage {
        output::print(&coverage::report(&ran.coverage, checked, terminal))?;
        checked.note_untold_rows(terminal);
        if let Some(path) = page {
            write(path, &html::html(&ran.coverage, checked))?;
        }
    }
    if let Some(path) = &arguments.junit {
        write(path, &junit::junit(&ran.outcomes))?;
    }
    match ran.outcomes.iter().all(Outcome::passed) {
        true => Ok(Exit::Clean),
        false => Ok(Exit::Found),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let mut out = Output::file(path)?;
    out.write_text(text)?;
    out.finish()
}

fn run(rulebook: &Rulebook, checked: &Checked, arguments: &Arguments, terminal: Terminal) -> Result<Ran, Failure> {
    let meaning = checked.usable(terminal, arguments.quiet)?;
    let all = checked.tests().unwrap_or_default();
    let chosen = chosen(&all, &arguments.filter, checked.files)?;
    let program = verified(compiled(&meaning, true, &rulebook.limits).program)?;
    let sources = rulebook.sources(checked)?.and(&arguments.sources, &sources::types_of(&program))?;
    let open = |name: &str| rulebook.records(name);
    let open_source = |record: &str| sources.open(record);
    let mut bench = Bench::new(meaning, program.clone(), &open);
    bench.limits = rulebook.limits;
    bench.sources = Some(&open_source);
    bench.covers_files = arguments.coverage.is_some();
    let jobs = arguments.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZero::<usize>::MIN);
    let outcomes = bench.run_all(&chosen, jobs);
    let coverage = testing::coverage(&program, &outcomes);
    Ok(Ran { outcomes, coverage })
}

/// The tests whose names hold one of the words.
fn chosen<'t>(all: &'t Arc<Vec<Test>>, filters: &[String], files: usize) -> Result<Vec<&'t Test>, Failure> {
    if all.is_empty() {
        return Err(Failure::new(format!("there are no tests in {}", counted(files as u64, "file")))
            .help("write one: `test \"a hot lead\" { given lead { score: 80 } expect assign sales }`"));
    }
    let filters: Vec<String> = filters.iter().map(|filter| filter.to_lowercase()).collect();
    let is_chosen = |test: &&Test| {
        let name = test.says.name.to_lowercase();
        filters.is_empty() || filters.iter().any(|filter| name.contains(filter.as_str()))
    };
    let chosen: Vec<&Test> = all.iter().filter(is_chosen).collect();
    if chosen.is_empty() {
        let failure = Failure::new(format!("no test has `{}` in its name", filters.join("` or `")));
        let names = all.iter().map(|test| &*test.says.name);
        let near = filters.first().and_then(|filter| nearest(filter, names));
        return Err(match near {
            Some(near) => failure.help(format!("write `--filter \"{near}\"`")),
            None => failure.help(format!("leave `--filter` out to run all {}", counted(all.len() as u64, "test"))),
        });
    }
    Ok(chosen)
}
