//! `rulebook explain`: what the codes of findings and faults mean, and what functions do.

use diagnostics::Code;
use records::RecordFault;
use values::FaultCode;
use values::builtins::{self, reference};

use crate::arguments::Explain;
use crate::output;
use crate::report::{Ending, Exit, Failure, nearest};
use crate::terminal::Terminal;

/// Prints the page of a code, or the list of all.
pub(crate) fn explain(arguments: &Explain, terminal: Terminal) -> Ending {
    let text = match &arguments.code {
        None => all_codes(terminal),
        Some(code) => one_code(code.trim(), terminal)?,
    };
    output::print(&text)?;
    Ok(Exit::Clean)
}

fn all_codes(terminal: Terminal) -> String {
    let findings = Code::all().iter().map(|code| (code.name(), code.title()));
    format!(
        "{}\n{}\n{}\n{}",
        terminal.heading("Findings of `rulebook check`"),
        listing(findings),
        terminal.heading("Faults of records in `rulebook run`"),
        listing(faults().map(|fault| (fault.code, fault.sentence))),
    ) + &format!("\n{}\n  {}\n", terminal.heading("Functions"), builtins::names().collect::<Vec<_>>().join(" "))
}

fn listing<'a>(codes: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    codes.map(|(code, sentence)| format!("  {code:<24} {sentence}\n")).collect()
}

/// What there is to say about a fault.
struct Fault {
    code: &'static str,
    sentence: &'static str,
    cure: &'static str,
}

/// All faults, those of reading before those of computing.
fn faults() -> impl Iterator<Item = Fault> {
    let reading = RecordFault::ALL.into_iter();
    let reading = reading.map(|fault| Fault { code: fault.code(), sentence: fault.sentence(), cure: fault.cure() });
    let computing = FaultCode::all().iter().copied();
    // Some can happen in both.
    let computing = computing.filter(|fault| RecordFault::ALL.iter().all(|other| other.code() != fault.code()));
    reading.chain(computing.map(|fault| Fault { code: fault.code(), sentence: fault.sentence(), cure: fault.cure() }))
}

/// A finding and a fault may have the same code, as both tell of the same thing: in rules and in records.
fn one_code(name: &str, terminal: Terminal) -> Result<String, Failure> {
    let page = Code::named(name).map(|code| readable(code.page(), terminal));
    let fault = faults().find(|fault| fault.code == name).map(|fault| fault_page(&fault, terminal));
    let function = reference::entry(name.trim_end_matches("()")).map(|entry| readable(&entry, terminal));
    let texts: Vec<String> = page.into_iter().chain(fault).chain(function).collect();
    if texts.is_empty() { Err(unknown(name)) } else { Ok(texts.join("\n")) }
}

fn fault_page(fault: &Fault, terminal: Terminal) -> String {
    let title = terminal.heading(&format!("# The fault `{}`", fault.code));
    let cure = terminal.heading("## The cure");
    format!(
        "{title}\n\nA record could not be decided: {}. The run went on with the next one.\n\n\
         `rulebook run … --rejects rejects.ndjson` writes each such record down in full, with its line, and with the\n\
         field and the value where one is to blame.\n\n{cure}\n\n{}\n",
        fault.sentence, fault.cure
    )
}

fn unknown(name: &str) -> Failure {
    let codes = Code::all().iter().map(|code| code.name()).chain(faults().map(|fault| fault.code));
    let known = codes.chain(builtins::names());
    let failure = Failure::new(format!("there is no code and no function `{name}`"));
    match nearest(name, known) {
        Some(near) => failure.help(format!("write `rulebook explain {near}`")),
        None => failure.help("write `rulebook explain` to see all codes"),
    }
}

/// A page as it is read in a terminal: Markdown, with examples indented instead of fenced. What an example is to the tests
/// that run it is left out.
fn readable(page: &str, terminal: Terminal) -> String {
    let mut text = String::new();
    let mut in_example = false;
    for line in page.lines() {
        match line {
            _ if line.starts_with("```") => in_example = !in_example,
            "" => text.push('\n'),
            _ if in_example => text.push_str(&format!("    {line}\n")),
            _ if line.starts_with('#') => text.push_str(&format!("{}\n", terminal.heading(line))),
            _ => text.push_str(&format!("{line}\n")),
        }
    }
    // An example without content leaves a second empty line.
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reads_without_its_fences() {
        let terminal = Terminal { colour_out: false, colour_err: false, width: 100, full_width: 100 };
        let page = "# Title\n\nWhy.\n\n```rules\nlet a = 1\n```\n\n```diagnostics\n```\n\n## The cure\n\nMend it.\n";
        assert_eq!(readable(page, terminal), "# Title\n\nWhy.\n\n    let a = 1\n\n## The cure\n\nMend it.\n");
    }
}
