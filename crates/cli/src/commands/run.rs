//! `rulebook run`: rules decide records.

mod inputs;
mod setting;
mod state;

use limits::Limits;
use records::write;
use values::Clock;
use vm::{Chooser, Machine, Options, Verified};

use crate::arguments::{OutputFormat, Run};
use crate::decide::{Decider, Sink};
use crate::load::{self, Making};
use crate::output::Output;
use crate::report::{Ending, Exit, Failure};
use crate::sources::{self, RecordSources};
use crate::summary;
use crate::tally::Tally;
use crate::terminal::Terminal;
use inputs::Inputs;
use state::State;

/// Decides all records, and says in the end what came of it.
pub(crate) fn run(arguments: &Run, terminal: Terminal) -> Ending {
    let inputs = Inputs::check(arguments)?;
    setting::check_now(arguments.now.as_deref())?;
    setting::check_format(arguments)?;
    let loaded = load::program(
        &arguments.rules,
        Making {
            zone: arguments.time_zone.as_deref(),
            traceable: arguments.trace,
            quiet: arguments.quiet,
            moved: arguments.limits.moved(),
        },
        terminal,
    )?;
    let program = loaded.program;
    let sources = loaded.sources.and(&arguments.sources, &sources::types_of(&program))?;
    inputs.protect(arguments, &sources)?;
    let tally = decide(arguments, &program, loaded.limits, (&inputs, &sources), terminal)?;
    match tally.has_faults() {
        true => Ok(Exit::Found),
        false => Ok(Exit::Clean),
    }
}

fn decide(
    arguments: &Run,
    program: &Verified,
    limits: Limits,
    (inputs, sources): (&Inputs, &RecordSources),
    terminal: Terminal,
) -> Result<Tally, Failure> {
    let place = setting::decision(program, inputs.record_type(arguments, sources)?.as_deref())?;
    let clock = Clock { limits, ..setting::clock(program, arguments.now.as_deref())? };
    let format = setting::format(arguments);
    let decision = program.decisions.get(place).ok_or_else(setting::decides_nothing)?;
    let run = write::Run::new(program, decision, &clock);
    let table = setting::table(arguments, &run)?;
    let values = match format {
        OutputFormat::Ndjson => true,
        OutputFormat::Csv => table.has_values(),
        OutputFormat::Table => false,
    };
    let options = Options { values, by_missing: !arguments.quiet, trace: arguments.trace };
    let machine = Machine::new(program, place, clock.clone(), options).ok_or_else(setting::decides_nothing)?;
    let mut reading = setting::reading(arguments, decision, &clock);
    reading.joined = sources.read(decision, &reading)?;
    let joined = reading.joined.clone();
    if !arguments.quiet {
        sources::tell_absent_columns(joined.as_ref(), terminal);
    }
    let mut out = Output::open(arguments.out.as_deref())?;
    let state = arguments.state.as_deref().map(State::open).transpose()?;
    let mut rejects = arguments.rejects.as_deref().map(Output::file).transpose()?;
    let progress = inputs.progress(out.is_stdout(), arguments.quiet, terminal);

    let sink = Sink::new((format, arguments.trace), &table, run.clone(), &mut out, terminal)?;
    let mut decider = Decider::new(run.clone(), machine, reading, sink, rejects.as_mut(), progress);
    decider.strict = arguments.strict;
    decider.threads = setting::threads(arguments);
    decider.only_matched = arguments.only_matched;
    decider.terminal = (!arguments.quiet).then_some(terminal);
    decider.chooser = Chooser::new(run.program, state.as_ref().map(State::standings).unwrap_or_default());
    let (mut tally, chooser) = decider.all(inputs.sources())?;
    tally.sources = joined.map(|joined| joined.reports().to_vec()).unwrap_or_default();

    if !tally.stopped {
        out.finish()?;
    }
    if let Some(rejects) = rejects {
        rejects.finish()?;
    }
    // Last, so that whoever was chosen has been told of before he is remembered.
    if let Some(state) = state.filter(|_| !tally.stopped) {
        state.save(chooser.standings())?;
    }
    tally.balance()?;
    summary::say(&tally, &run, arguments, terminal);
    Ok(tally)
}
