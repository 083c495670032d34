//! Brackets around one side where `and` and `or` are mixed, in both ways in which that can be read.

use diagnostics::problems::SyntaxProblem;
use diagnostics::{Finding, Problem};

use super::{Action, Context};

pub(super) fn offer(context: &Context<'_>) -> Vec<Action> {
    context.findings.iter().flat_map(|finding| readings(context, finding)).collect()
}

fn readings(context: &Context<'_>, finding: &Finding) -> Vec<Action> {
    let Problem::Syntax(SyntaxProblem::MixedAndOr { and_first, or_first }) = &finding.problem else {
        return Vec::new();
    };
    let place = || finding.place.start..finding.place.end;
    let written = context.text.get(place()).unwrap_or_default();
    let reading = |which: &str, reading: &String| {
        // A reading is written on one line: brackets are put into what was written, so that its lines stay.
        let text = with_brackets(written, reading).unwrap_or_else(|| reading.clone());
        context.fix(finding, format!("put brackets around {which}: `{reading}`"), vec![(place(), text)])
    };
    vec![reading("`and`", and_first), reading("`or`", or_first)]
}

/// What was written, with the brackets of a reading of it.
fn with_brackets(written: &str, reading: &str) -> Option<String> {
    let tokens = syntax::scan(written);
    let mut rest = tokens.iter().peekable();
    let (mut text, mut end) = (String::new(), 0);
    for wanted in syntax::scan(reading) {
        let words = wanted.of(reading);
        while rest.peek().is_some_and(|token| token.kind == syntax::TokenKind::Comment) {
            let comment = rest.next()?;
            text.push_str(written.get(end..comment.end)?);
            end = comment.end;
        }
        match rest.peek() {
            Some(token) if token.of(written) == words => {
                let opened = text.ends_with('(') && written.get(end..token.start)?.trim().is_empty();
                text.push_str(if opened { token.of(written) } else { written.get(end..token.end)? });
                end = token.end;
                rest.next();
            }
            Some(token) if words == "(" => {
                text.push_str(written.get(end..token.start)?);
                end = token.start;
                text.push('(');
            }
            _ if words == ")" => text.push(')'),
            _ => return None,
        }
    }
    rest.next().is_none().then_some(text)
}
