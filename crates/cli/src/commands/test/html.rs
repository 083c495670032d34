//! What the tests have tried of the rules, as a page: the source, coloured. One file, without anything from elsewhere.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use testing::{Coverage, CoveredLeaf};

use super::coverage::{Share, lack, line_of, shares};
use super::markup::escaped;
use crate::load::Checked;

const STYLE: &str = include_str!("page.css");

/// The page.
pub(super) fn html(coverage: &Coverage, checked: &Checked) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>What the tests try</title>\n",
    );
    let _ = writeln!(out, "<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>What the tests try</h1>");
    out.push_str(
        "<p>A bar beside a line: the rule there fires in some test, or in none. A condition, or a line of a derived value, \
         in colour: what came of it. Point at one to read more.</p>\n\
         <p class=\"key\"><span class=\"good\">true and false</span><span class=\"half\">only one of both</span>\
         <span class=\"bad\">never asked, or never held</span></p>\n",
    );
    summary(&mut out, coverage, checked);
    for (number, file) in shares(coverage).into_keys().enumerate() {
        source(&mut out, coverage, checked, file, number);
    }
    out + "</body>\n</html>\n"
}

fn summary(out: &mut String, coverage: &Coverage, checked: &Checked) {
    out.push_str("<table>\n<tr><th>file</th><th>rules that fire</th><th>outcomes of conditions</th><th>lines of values</th></tr>\n");
    for (number, (file, shares)) in shares(coverage).into_iter().enumerate() {
        let name = escaped(checked.shown(file));
        let _ = write!(out, "<tr><td><a href=\"#file-{number}\">{name}</a></td>");
        for share in [shares.rules, shares.outcomes, shares.lines] {
            let _ = write!(out, "<td>{}{}</td>", meter(share), share.words());
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

fn meter(share: Share) -> String {
    match share.all {
        0 => String::new(),
        all => format!("<meter min=\"0\" max=\"{all}\" value=\"{}\"></meter>", share.tried),
    }
}

/// A stretch of the source in a colour.
struct Mark {
    start: usize,
    end: usize,
    class: &'static str,
    title: String,
}

fn source(out: &mut String, coverage: &Coverage, checked: &Checked, file: &str, number: usize) {
    let shown = checked.shown(file);
    let text = checked.sources.text(shown).unwrap_or_default();
    let _ = writeln!(out, "<h2 id=\"file-{number}\">{}</h2>\n<div class=\"source\">", escaped(shown));
    let mut bars: BTreeMap<usize, bool> = BTreeMap::new();
    for rule in coverage.rules.iter().filter(|rule| rule.file() == file) {
        bars.entry(line_of(&rule.at)).and_modify(|fired| *fired &= rule.fired).or_insert(rule.fired);
    }
    let marks = marks(coverage, file, text);
    let mut start = 0;
    for (line, words) in (1..).zip(text.split_inclusive('\n')) {
        let class = match bars.get(&line) {
            Some(true) => " class=\"fired\"",
            Some(false) => " class=\"unfired\" title=\"never fires\"",
            None => "",
        };
        let _ = writeln!(out, "<div{class}><i>{line}</i><span>{}</span></div>", coloured(words, start, &marks));
        start += words.len();
    }
    out.push_str("</div>\n");
}

/// The conditions of the file's rules, and the lines of derived values, none inside another.
fn marks(coverage: &Coverage, file: &str, text: &str) -> Vec<Mark> {
    let rules = coverage.rules.iter().filter(|rule| rule.file() == file);
    let mut marks: Vec<Mark> = rules.flat_map(|rule| &rule.leaves).map(condition).collect();
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    for line in coverage.lines.iter().filter(|line| line.file() == file) {
        let number = line_of(&line.at);
        let Some(start) = number.checked_sub(1).and_then(|line| starts.get(line)).copied() else { continue };
        let words = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let indent = words.len() - words.trim_start().len();
        let (class, title) = if line.held { ("good", "held for some record") } else { ("bad", "never held") };
        marks.push(Mark { start: start + indent, end: start + words.trim_end().len(), class, title: title.to_owned() });
    }
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut end = 0;
    marks.retain(|mark| {
        let apart = mark.start >= end;
        end = end.max(mark.end);
        apart
    });
    marks
}

fn condition(leaf: &CoveredLeaf) -> Mark {
    let class = match leaf.outcomes() {
        2 => "good",
        1 => "half",
        _ => "bad",
    };
    let title = lack(leaf).unwrap_or("was true and false").to_owned();
    Mark { start: leaf.place.start as usize, end: leaf.place.end as usize, class, title }
}

/// A line that begins at a byte of its file, with the marks that lie on it.
fn coloured(words: &str, start: usize, marks: &[Mark]) -> String {
    let words = words.trim_end_matches(['\n', '\r']);
    let (mut out, mut done) = (String::new(), 0);
    for mark in marks.iter().filter(|mark| mark.start < start + words.len() && mark.end > start) {
        let from = mark.start.saturating_sub(start).max(done);
        let to = (mark.end - start).min(words.len());
        let (Some(before), Some(inside)) = (words.get(done..from), words.get(from..to)) else { continue };
        let blank = inside.len() - inside.trim_start().len();
        let (blank, inside) = inside.split_at(blank);
        let (class, title) = (mark.class, escaped(&mark.title));
        let _ = write!(
            out,
            "{}{blank}<mark class=\"{class}\" title=\"{title}\">{}</mark>",
            escaped(before),
            escaped(inside)
        );
        done = to;
    }
    out + &escaped(words.get(done..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_around_their_words_and_nothing_is_taken_for_markup() {
        let mark = |start, end| Mark { start, end, class: "half", title: "is never <true>".to_owned() };
        let marked = coloured("when a < 1 and b & 2\n", 10, &[mark(15, 20), mark(25, 40)]);
        let opened = "<mark class=\"half\" title=\"is never &lt;true&gt;\">";
        assert_eq!(marked, format!("when {opened}a &lt; 1</mark> and {opened}b &amp; 2</mark>"));
        // A condition of two lines: the blank at the beginning of the second is not coloured.
        assert_eq!(coloured("    or c", 100, &[mark(90, 108)]), format!("    {opened}or c</mark>"));
    }
}
