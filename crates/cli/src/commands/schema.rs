//! `rulebook schema`: what records look like, from data, from other systems, and for them.

mod drift;
mod interchange;

use std::path::Path;

use records::{Format, Inferred, Options, Source};

use crate::arguments::Infer;
use crate::output::{self, Output};
use crate::report::{self, Ending, Exit, Failure, counted};
use crate::terminal::Terminal;
pub(crate) use drift::check;
pub(crate) use interchange::{export, import};

/// What a record is called if nothing tells.
const ANY_RECORD: &str = "record_type";

/// Writes a `record` block in the common layout.
pub(crate) fn infer(arguments: &Infer, terminal: Terminal) -> Ending {
    let format = arguments.input_format.map(Format::from);
    let source = match arguments.records.as_path() {
        path if path == Path::new("-") => Source::stdin(format)?,
        path => Source::open(path, format)?,
    };
    let name = arguments.record_type.clone().unwrap_or_else(|| name_of(&arguments.records));
    let Inferred { text, records, unreadable } = records::infer(source, &name, &Options::default())?;
    if records == unreadable {
        let input = arguments.records.display();
        return Err(match records {
            0 => Failure::new(format!("`{input}` holds no records")),
            _ => Failure::new(format!("none of the {} of `{input}` can be read", counted(records, "record")))
                .help("name the format with `--input-format` if the name of the file does not tell it"),
        });
    }
    let mut out = Output::open(arguments.out.as_deref())?;
    out.write_text(&syntax::format(&text).text)?;
    out.finish()?;
    report::say(format_args!("`{name}` from {}", counted(records, "record")));
    if unreadable == 0 {
        return Ok(Exit::Clean);
    }
    report::note(terminal, &format!("{} could not be read and had no say", counted(unreadable, "record")));
    Ok(Exit::Found)
}

/// Prints the schema of something that Rulebook writes.
pub(crate) fn of_output(schema: &str) -> Ending {
    output::print(schema)?;
    Ok(Exit::Clean)
}

/// `leads.csv.gz` holds records called `lead`.
fn name_of(path: &Path) -> String {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let name: String = stem.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect();
    let name = name.trim_matches('_');
    match name.chars().next() {
        Some(first) if first.is_alphabetic() => singular(&name.to_lowercase()),
        _ => ANY_RECORD.to_owned(),
    }
}

/// The name of one of them, in the plain cases of English.
fn singular(name: &str) -> String {
    let ending = [("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("s", "")];
    let found = ending.iter().find_map(|(plural, one)| Some(format!("{}{one}", name.strip_suffix(plural)?)));
    found.filter(|one| one.len() > 2).unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_named_after_their_file() {
        let names = ["data/leads.csv.gz", "Opportunities-2026.json", "companies.csv", "business.csv", "2026.csv", "-"];
        let expected = ["lead", "opportunities_2026", "company", "business", ANY_RECORD, ANY_RECORD];
        assert_eq!(names.map(|name| name_of(Path::new(name))), expected);
    }
}
