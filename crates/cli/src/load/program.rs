//! The program that decides: compiled from rules, or loaded from where `rulebook build` saved it.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use compiler::{Compiled, Cut, Purpose};
use limits::{Limit, Limits};
use semantics::typed;
use vm::{Program, Verified, verify};

use folder::MAGIC;

use super::{Rulebook, Settings, reason, zone_named};
use crate::arguments::Moved;
use crate::report::{self, Failure};
use crate::sources::RecordSources;
use crate::terminal::Terminal;

/// How a program is to be made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Making<'a> {
    /// The time zone, if not the one of the settings.
    pub(crate) zone: Option<&'a str>,
    /// Whether it is to be traced.
    pub(crate) traceable: bool,
    /// Whether warnings are kept back.
    pub(crate) quiet: bool,
    /// The limits that were typed.
    pub(crate) moved: &'a Moved,
}

/// A program, and where the records are that its references lead to.
pub(crate) struct Loaded {
    /// The program.
    pub(crate) program: Verified,
    /// The sources that the settings beside the rules name; a saved program has left them behind.
    pub(crate) sources: RecordSources,
    /// How far it may go: a saved program has left behind what the settings say.
    pub(crate) limits: Limits,
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
            None => Ok(Loaded {
                program: saved(path, making.traceable)?,
                sources: RecordSources::default(),
                limits: Settings::default().limits(making.moved),
            }),
            Some(_) => Err(Failure::new(format!("`{}` was built with a time zone of its own", path.display()))
                .help("leave `--time-zone` out, or name the rules themselves")),
        };
    }
    let rulebook = Rulebook::load(&[PathBuf::from(path)], making.moved)?.in_zone(zone);
    let checked = rulebook.check();
    let meaning = checked.usable(terminal, making.quiet)?;
    if making.traceable && !making.quiet {
        checked.note_untold_rows(terminal);
    }
    let limits = rulebook.limits;
    let Compiled { program, cut } = compiled(&meaning, making.traceable, &limits);
    if !making.quiet {
        note_cuts(&cut, &limits, terminal);
    }
    Ok(Loaded { program: verified(program)?, sources: rulebook.sources(&checked)?, limits })
}

/// The program of a checked rulebook.
pub(crate) fn compiled(rulebook: &typed::Rulebook, traceable: bool, limits: &Limits) -> Compiled {
    let purpose = if traceable { Purpose::Trace } else { Purpose::Decide };
    compiler::compile_within(rulebook, purpose, limits.tree_size)
}

/// A compiled program, proved once.
pub(crate) fn verified(program: Program) -> Result<Verified, Failure> {
    verify(program).map_err(|error| {
        Failure::new(format!("the compiled rulebook does not verify: {error}"))
            .help("report it with the rules: this is a mistake in rulebook itself, not in your rules")
    })
}

/// Says which rule sets have neither a tree to their end nor an index.
pub(crate) fn note_cuts(cut: &[Cut], limits: &Limits, terminal: Terminal) {
    for Cut { set, record, from } in cut {
        let sentence = format!(
            "the decision tree of `{set}` for {record} is too large: from the rule in {from} on, rules are asked one by one, \
             which decides the same; {}",
            limits.told(Limit::TreeSize)
        );
        report::note(terminal, &sentence);
    }
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
