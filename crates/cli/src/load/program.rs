//! The program that decides: compiled from rules, or loaded from where `rulebook build` saved it.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use semantics::typed;
use vm::{Verified, verify};

use super::text::reason;
use super::{Rulebook, zone_named};
use crate::report::Failure;
use crate::sources::RecordSources;
use crate::terminal::Terminal;

/// How a saved program begins.
pub(super) const MAGIC: &[u8; 8] = b"RULEBOOK";

/// How a program is to be made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Making<'a> {
    /// The time zone, if not the one of the settings.
    pub(crate) zone: Option<&'a str>,
    /// Whether it is to be traced.
    pub(crate) traceable: bool,
    /// Whether warnings are kept back.
    pub(crate) quiet: bool,
}

/// A program, and where the records are that its references lead to.
pub(crate) struct Loaded {
    /// The program.
    pub(crate) program: Verified,
    /// The sources that the settings beside the rules name; a saved program has left them behind.
    pub(crate) sources: RecordSources,
}

/// The program of rules at a path, which may be a rule file, a folder, or a saved program. What is found in rules is said
/// on standard error.
pub(crate) fn program(path: &Path, making: Making<'_>, terminal: Terminal) -> Result<Loaded, Failure> {
    let zone = making.zone;
    if let Some(name) = zone {
        zone_named(name)?;
    }
    if is_saved(path) {
        return match zone {
            None => Ok(Loaded { program: saved(path, making.traceable)?, sources: RecordSources::default() }),
            Some(_) => Err(Failure::new(format!("`{}` was built with a time zone of its own", path.display()))
                .help("leave `--time-zone` out, or name the rules themselves")),
        };
    }
    let rulebook = Rulebook::load(&[PathBuf::from(path)])?.in_zone(zone);
    let checked = rulebook.check();
    let meaning = checked.usable(terminal, making.quiet)?;
    if making.traceable && !making.quiet {
        checked.note_untold_rows(terminal);
    }
    Ok(Loaded { program: compiled(&meaning, making.traceable)?, sources: rulebook.sources(&checked)? })
}

/// The program of a checked rulebook.
pub(crate) fn compiled(rulebook: &typed::Rulebook, traceable: bool) -> Result<Verified, Failure> {
    let program = if traceable { compiler::compile_traceable(rulebook) } else { compiler::compile(rulebook) };
    verify(program).map_err(|error| {
        Failure::new(format!("the compiled rulebook does not verify: {error}"))
            .help("report it with the rules: this is a mistake in rulebook itself, not in your rules")
    })
}

fn is_saved(path: &Path) -> bool {
    if !path.is_file() {
        return false; // A pipe, for one, could be read only once.
    }
    let mut head = [0; MAGIC.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == *MAGIC
}

fn saved(path: &Path, traceable: bool) -> Result<Verified, Failure> {
    let name = path.display();
    let bytes = fs::read(path).map_err(|error| Failure::new(format!("`{name}` cannot be read: {}", reason(&error))))?;
    let program = vm::file::load(&bytes).map_err(|error| {
        Failure::new(format!("`{name}` cannot be used: {error}")).help("build it again: `rulebook build RULES -o FILE`")
    })?;
    if traceable && !program.is_traceable() {
        return Err(Failure::new(format!("`{name}` was not built to be traced"))
            .help("build it with `rulebook build --trace`, or name the rules themselves"));
    }
    Ok(program)
}
