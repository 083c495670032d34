//! `rulebook fmt`: the common layout.

use std::io::{Read, stdin};
use std::path::Path;

use crate::arguments::Fmt;
use limits::Limits;

use crate::load::{Found, RuleFile, RuleText, Settings, read_text, rule_files};
use crate::output;
use crate::report::{self, Ending, Exit, Failure, counted};
use crate::terminal::Terminal;

/// Lays out rule files, and writes back those that change.
pub(crate) fn fmt(arguments: &Fmt, terminal: Terminal) -> Ending {
    if arguments.paths.iter().any(|path| path == Path::new("-")) {
        return fmt_stdin(arguments, terminal);
    }
    let Found { root, files } = rule_files(&arguments.paths)?;
    let limits = Settings::of(&root)?.limits(arguments.limits.moved());
    let mut changed = Vec::new();
    for file in &files {
        let Some((before, after)) = laid_out(file, &limits, terminal)? else { continue };
        if before == after {
            continue;
        }
        if !arguments.check {
            output::replace(&file.path, after.as_bytes())?;
        }
        changed.push(&*file.shown);
    }
    let files = counted(files.len() as u64, "file");
    if !arguments.check {
        report::say(format_args!("{files}, {} changed", changed.len()));
        return Ok(Exit::Clean);
    }
    output::print(&changed.iter().map(|name| format!("{name}\n")).collect::<String>())?;
    report::say(format_args!("{files}, {} would change", changed.len()));
    Ok(found(!changed.is_empty()))
}

/// From standard input to standard output; under `--check` nothing is printed.
fn fmt_stdin(arguments: &Fmt, terminal: Terminal) -> Ending {
    if arguments.paths.len() > 1 {
        return Err(Failure::new("`-` stands for standard input and cannot be joined with files")
            .help("lay out the files with a second command"));
    }
    let limits = Settings::default().limits(arguments.limits.moved());
    let mut before = String::new();
    stdin()
        .read_to_string(&mut before)
        .map_err(|_| Failure::new("standard input is not UTF-8 text").help("save the rules with the encoding UTF-8"))?;
    let after = lay_out("standard input", &before, &limits, terminal);
    if arguments.check {
        return Ok(found(before != after));
    }
    output::print(&after)?;
    Ok(Exit::Clean)
}

const fn found(something: bool) -> Exit {
    if something { Exit::Found } else { Exit::Clean }
}

/// The text of a file before and after; none, and a word about it, if it is not text.
fn laid_out(file: &RuleFile, limits: &Limits, terminal: Terminal) -> Result<Option<(String, String)>, Failure> {
    let RuleText { text, broken } = read_text(&file.path, limits)?;
    if broken.is_some() {
        report::note(terminal, &format!("`{}` is left as it is: it is not UTF-8 text", file.shown));
        return Ok(None);
    }
    let after = lay_out(&file.shown, &text, limits, terminal);
    Ok(Some((text, after)))
}

/// A text in the common layout, with a word about each item that stays as it is.
fn lay_out(name: &str, text: &str, limits: &Limits, terminal: Terminal) -> String {
    let formatted = syntax::format_within(text, limits.tokens);
    for item in formatted.unchanged {
        let line = text.get(..item.start).unwrap_or_default().matches('\n').count() + 1;
        let sentence = format!("what begins in {name}:{line} is left as it is, `rulebook check` says why");
        report::note(terminal, &sentence);
    }
    formatted.text
}
