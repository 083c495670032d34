//! `rulebook schema check`: what the data and the rules have to do with each other.

mod beyond;
mod expand;
mod find;
mod links;
mod lookups;
mod report;
mod wording;

use std::path::{Path, PathBuf};

use records::survey::{Survey, Watch};
use records::{Format, Options, RecordType, Source};
use semantics::Compared;
use testing::record_type;

use links::Followed;

use super::interchange::chosen;
use crate::arguments::{Drift, Reader};
use crate::load::{Rulebook, zone_named};
use crate::output;
use crate::report::{self as talk, Ending, Exit, Failure, counted};
use crate::terminal::Terminal;

/// Reads all records and tells what does not fit.
pub(crate) fn check(arguments: &Drift, terminal: Terminal) -> Ending {
    let rulebook = Rulebook::load(&[PathBuf::from(&arguments.rules)], &[])?;
    let checked = rulebook.check();
    let meaning = checked.usable(terminal, true)?;
    let types = checked.record_types();
    let known: Vec<&str> = types.iter().map(|ty| &*ty.name).filter(|name| !name.ends_with("[]")).collect();
    let sources = rulebook.sources(&checked)?.and(&arguments.sources, &known)?;
    let named = match &arguments.record_type {
        None => sources.type_of_all(&arguments.records)?,
        named => named.clone(),
    };
    let name = chosen(&meaning, &types, named.as_deref())?;
    let types: Vec<RecordType> = types.iter().map(record_type).collect();
    let declared = types.iter().find(|ty| *ty.name == *name).is_some_and(|ty| ty.fields.iter().any(|it| !it.inferred));
    let expanded = expand::expanded(&types, &name);
    let fields = expanded.fields.clone();
    let place = |field: &str| fields.iter().position(|known| *known.name == *field);
    let semantics::Asked { compared, mut looked_up } = checked.asked();
    looked_up.retain(|one| one.record == name);
    let own = compared.iter().filter(|one| one.record == name);
    let asked: Vec<(Compared, usize)> = own.filter_map(|one| place(&one.field).map(|at| (one.clone(), at))).collect();
    let watches = asked.iter().map(|(one, field)| Watch { field: *field, probe: one.probe.clone() }).collect();
    let options = Options { zone: zone_named(&meaning.zone)?, limits: rulebook.limits, ..Options::default() };
    let mut survey = Survey::new(fields.clone(), watches, options.clone());
    let beyond = beyond::beyond(&expanded.references, (&types, &name), &compared, (&sources, &options))?;
    let followed = Followed::start(&mut survey, expanded, (&types, &name), (&sources, &options, terminal))?;
    for path in &arguments.records {
        survey.read(open(path, arguments.input_format.map(Format::from))?)?;
    }
    if survey.records == survey.unreadable {
        return Err(Failure::new(format!("no record can be read of the {}", counted(survey.records, "record"))));
    }
    let asked: Vec<Compared> = asked.into_iter().map(|(one, _)| one).collect();
    let (looked_up, followed) = (&*looked_up, &followed);
    let sides = find::Sides { fields: &fields, declared, asked: &asked, looked_up, followed, survey: &survey };
    let drift = find::drift(&sides, beyond);
    output::print(&match arguments.format {
        Reader::Terminal => report::for_people(&drift, &rulebook, terminal),
        Reader::Json => report::for_programs(&drift, &rulebook, &name, &survey),
    })?;
    say(&drift, &survey, &name, terminal);
    if drift.is_empty() && survey.unreadable == 0 { Ok(Exit::Clean) } else { Ok(Exit::Found) }
}

fn open(path: &Path, format: Option<Format>) -> Result<Source, Failure> {
    Ok(if path == Path::new("-") { Source::stdin(format)? } else { Source::open(path, format)? })
}

fn say(drift: &[find::Drift], survey: &Survey, name: &str, terminal: Terminal) {
    let records = counted(survey.records, &format!("{name} record"));
    talk::say(match drift.len() {
        0 => format!("{records}: nothing that does not fit"),
        many => format!("{records}: {}", counted(many as u64, "thing") + " that may not fit"),
    });
    if survey.unreadable > 0 {
        talk::note(terminal, &format!("{} could not be read and had no say", counted(survey.unreadable, "record")));
    }
    if survey.fields.iter().any(|seen| seen.overflowed) {
        talk::note(
            terminal,
            "some fields have more than 10 000 different texts; the nearest is sought among the first",
        );
    }
    if survey.repeated.overflowed {
        talk::note(terminal, "keys are compared up to 2 000 000; later ones may stand twice without a word here");
    }
}
