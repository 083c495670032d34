//! What a run decides, when, and in which form: worked out from what was typed and what the program says.

use std::io::{IsTerminal, stdout};
use std::num::NonZero;
use std::thread::available_parallelism;

use jiff::tz::TimeZone;
use records::Envelopes;
use records::write::{self, CsvTable};
use values::{Clock, Instant, literal};
use vm::Program;
use vm::program::Decision;

use crate::arguments::{OutputFormat, Run};
use crate::load::zone_named;
use crate::report::{Failure, listed, nearest};

/// The place of the decision about the records at hand: of the type that was named, or the only one.
pub(crate) fn decision(program: &Program, record_type: Option<&str>) -> Result<usize, Failure> {
    let types = || program.decisions.iter().map(|decision| &*decision.record);
    match (record_type, program.decisions.as_slice()) {
        (_, []) => Err(decides_nothing()),
        (None, [_]) => Ok(0),
        (None, _) => Err(Failure::new(format!("the rules decide several types of record: {}", listed(types())))
            .help("say which one the files hold, such as `--type TYPE`")),
        (Some(name), _) => types().position(|record| record == name).ok_or_else(|| {
            let failure = Failure::new(format!("the rules decide no records of type `{name}`"));
            match nearest(name, types()) {
                Some(near) => failure.help(format!("write `--type {near}`")),
                None => failure.help(format!("name a type that they decide: {}", listed(types()))),
            }
        }),
    }
}

/// The failure of a rulebook without rules.
pub(crate) fn decides_nothing() -> Failure {
    Failure::new("these rules decide nothing: there is no rule among them")
        .help("write one, such as `when lead.score > 70 then assign sales within 2d`")
}

/// The clock of the run: it stands at the moment that was named, or at the system's, which is asked this once. Its
/// fractions of a second are dropped, so that the moment that the summary shows can be typed again.
pub(crate) fn clock(program: &Program, now: Option<&str>) -> Result<Clock, Failure> {
    let zone = zone_named(&program.zone)?;
    let instant = match now {
        Some(text) => moment(text, &zone)?,
        None => Instant::from_second(Instant::now().as_second()).unwrap_or(Instant::UNIX_EPOCH),
    };
    Ok(program.clock(instant))
}

/// How records are read.
pub(crate) fn reading(arguments: &Run, decision: &Decision, clock: &Clock) -> records::Options {
    records::Options {
        zone: clock.zone.clone(),
        lenient: arguments.lenient,
        limits: clock.limits,
        event: arguments.event.as_deref().map(Into::into),
        envelopes: (!arguments.events.is_empty()).then(|| Envelopes::of(decision, arguments.now.is_none())),
        joined: None,
    }
}

/// Whether `--now` names a moment: told before any rule is read.
pub(crate) fn check_now(now: Option<&str>) -> Result<(), Failure> {
    now.map_or(Ok(()), |text| moment(text, &TimeZone::UTC).map(drop))
}

/// An instant; a day stands for its beginning in the zone of the rules.
fn moment(text: &str, zone: &TimeZone) -> Result<Instant, Failure> {
    if let Ok(instant) = literal::instant(text, zone) {
        return Ok(instant);
    }
    let day = literal::date(text).ok();
    let midnight = day.and_then(|day| Clock::new(Instant::UNIX_EPOCH, zone.clone()).start_of(day).ok());
    midnight.ok_or_else(|| {
        Failure::new(format!("`--now {text}` is no moment in time"))
            .help("write it like `2026-11-20T09:00:00Z`, `2026-11-20T09:00` or `2026-11-20`")
    })
}

/// Whether what else was asked for fits the form of verdicts: a trace has no place in the cells of a table for spreadsheets,
/// and nothing but that table has columns.
pub(crate) fn check_format(arguments: &Run) -> Result<(), Failure> {
    match (format(arguments), arguments.trace, arguments.columns.is_empty()) {
        (OutputFormat::Csv, true, _) => Err(Failure::new("a trace does not fit into CSV")
            .help("write `--format table` to read it, or `--format ndjson` to go on working with it")),
        (OutputFormat::Ndjson | OutputFormat::Table, _, false) => Err(Failure::new("only CSV has columns")
            .help("write `--format csv` with `--columns`, or leave `--columns` out")),
        _ => Ok(()),
    }
}

/// The form of verdicts: who names columns gets a table for spreadsheets, people at a terminal get one to read, everything
/// else gets everything.
pub(crate) fn format(arguments: &Run) -> OutputFormat {
    let for_people = arguments.out.is_none() && stdout().is_terminal();
    arguments.format.unwrap_or(match arguments.columns.as_slice() {
        [] if for_people => OutputFormat::Table,
        [] => OutputFormat::Ndjson,
        _ => OutputFormat::Csv,
    })
}

/// The table that is written as CSV, with the columns that were named.
pub(crate) fn table<'p>(arguments: &Run, run: &write::Run<'p>) -> Result<CsvTable<'p>, Failure> {
    let whole = CsvTable::new(run.clone());
    if arguments.columns.is_empty() {
        return Ok(whole);
    }
    whole.only(arguments.columns.iter().map(|name| name.trim())).map_err(|unknown| {
        let failure = Failure::new(format!("verdicts have no column `{unknown}`"));
        match nearest(unknown, whole.names()) {
            Some(near) => failure.help(format!("write `{near}`")),
            None => failure.help(format!("there are {}", listed(whole.names()))),
        }
    })
}

/// How many threads decide unless it is said: one thread cuts the input for all of them, and keeps no more than these busy.
const USUAL_THREADS: usize = 8;

/// How many threads decide: as many as were asked for, else as many as the machine runs at once and the input keeps busy.
pub(crate) fn threads(arguments: &Run) -> usize {
    let usual = || available_parallelism().map_or(1, NonZero::get).min(USUAL_THREADS);
    arguments.threads.map_or_else(usual, usize::from)
}
