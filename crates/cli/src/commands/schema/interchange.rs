//! `rulebook schema import` and `rulebook schema export`: record types from and for other systems.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use records::{Imported, RecordType, SchemaError};
use semantics::typed;
use testing::record_type;

use crate::arguments::{Export, Import};
use crate::load::Rulebook;
use crate::output::Output;
use crate::report::{self, Ending, Exit, Failure, counted, nearest};
use crate::terminal::Terminal;

/// How much of a schema is read at most: larger files are no schemas.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Writes the `record` blocks of a JSON Schema in the common layout.
pub(crate) fn import(arguments: &Import, terminal: Terminal) -> Ending {
    let path = &arguments.schema;
    let shown = if path == Path::new("-") { "stdin".to_owned() } else { path.display().to_string() };
    let text = read(path).map_err(|reason| Failure::new(format!("`{shown}` cannot be read: {reason}")))?;
    let imported = records::import(&shown, &text, arguments.name.as_deref());
    let Imported { text, name, records, remarks } = imported.map_err(|error| unusable(&shown, &error))?;
    let mut out = Output::open(arguments.out.as_deref())?;
    out.write_text(&syntax::format(&text).text)?;
    out.finish()?;
    report::say(format_args!("`{name}` from {shown}: {}", counted(records as u64, "record type")));
    if remarks > 0 {
        let fields = counted(remarks as u64, "field");
        report::note(terminal, &format!("{fields} not kept in full; the comments beside them tell what is not"));
    }
    Ok(Exit::Clean)
}

fn read(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let read = match path {
        path if path == Path::new("-") => std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes),
        path => fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)),
    };
    read.map_err(|error| crate::load::reason(&error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it is larger than {} MiB", LARGEST >> 20));
    }
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn unusable(file: &str, error: &SchemaError) -> Failure {
    let failure = Failure::new(format!("`{file}` cannot be imported: {error}"));
    match &error.help {
        Some(help) => failure.help(help.clone()),
        None => failure,
    }
}

/// Writes the JSON Schema of a record type.
pub(crate) fn export(arguments: &Export, terminal: Terminal) -> Ending {
    let checked = Rulebook::load(&[PathBuf::from(&arguments.rules)], &[])?.check();
    let rulebook = checked.usable(terminal, true)?;
    let types = checked.record_types();
    let name = chosen(&rulebook, &types, arguments.record_type.as_deref())?;
    let types: Vec<RecordType> = types.iter().map(record_type).collect();
    let mut out = Output::open(arguments.out.as_deref())?;
    out.write_text(&records::export(&types, &name))?;
    out.finish()?;
    Ok(Exit::Clean)
}

/// The record type that is meant: the one named, else the only one that is decided, else the only one there is.
pub(super) fn chosen(
    rulebook: &typed::Rulebook,
    types: &[semantics::RecordType],
    named: Option<&str>,
) -> Result<String, Failure> {
    // The items of lists are no records of their own.
    let names: Vec<&str> = types.iter().map(|ty| &*ty.name).filter(|name| !name.ends_with("[]")).collect();
    let decided: Vec<&str> = rulebook.decisions.iter().map(|decision| &*decision.record).collect();
    match (named, decided.as_slice(), names.as_slice()) {
        (Some(name), _, names) if names.contains(&name) => Ok(name.to_owned()),
        (Some(name), _, names) => {
            let failure = Failure::new(format!("the rules know no record type `{name}`"));
            Err(match nearest(name, names.iter().copied()) {
                Some(near) => failure.help(format!("write `--type {near}`")),
                None => failure,
            })
        }
        (None, [only], _) | (None, [], [only]) => Ok((*only).to_owned()),
        (None, [], []) => Err(Failure::new("the rules know no record type").help("declare one: `record lead { … }`")),
        (None, [], several) | (None, several, _) => {
            let several: Vec<String> = several.iter().map(|name| format!("`{name}`")).collect();
            Err(Failure::new(format!("there are several record types: {}", several.join(", ")))
                .help("choose one with `--type`"))
        }
    }
}
