//! A representation as an outline: what Rust shows of it, with each part on one line where it fits.
//!
//! ```text
//! Compare {                                   Compare { operator: Greater, negated: false }
//!     operator: Greater,            ─▶
//!     negated: false,
//! },
//! ```

use std::fmt::Debug;
use std::str::Lines;

/// No line is longer than this, unless a single value is.
const WIDTH: usize = 100;

/// How much deeper a part stands than what it is a part of.
const INDENT: usize = 2;

/// Shows any representation.
pub(super) fn outline(representation: &impl Debug) -> String {
    let shown = format!("{representation:#?}");
    let mut lines = shown.lines();
    let mut out = String::new();
    while let Some(line) = lines.next() {
        Part::read(line, &mut lines).write(0, &mut out);
    }
    out
}

/// A line, or an opening line with all up to its closing bracket.
enum Part {
    Line(String),
    Group { opening: String, parts: Vec<Part>, closing: String },
}

impl Part {
    /// Reads the part that begins with `line`. A text that holds a line break is shown with `\n`, so that every line is one
    /// of the outline.
    fn read(line: &str, rest: &mut Lines<'_>) -> Self {
        let words = line.trim_start().to_owned();
        if !words.ends_with(['{', '[', '(']) {
            return Self::Line(words);
        }
        let mut parts = Vec::new();
        while let Some(line) = rest.next() {
            let closes = line.trim_start().starts_with(['}', ']', ')']);
            if closes {
                return Self::Group { opening: words, parts, closing: line.trim_start().to_owned() };
            }
            parts.push(Self::read(line, rest));
        }
        Self::Group { opening: words, parts, closing: String::new() }
    }

    fn write(&self, indent: usize, out: &mut String) {
        let line = self.on_one_line();
        match self {
            Self::Group { opening, parts, closing } if indent + line.chars().count() > WIDTH => {
                push_line(indent, opening, out);
                parts.iter().for_each(|part| part.write(indent + INDENT, out));
                push_line(indent, closing, out);
            }
            _ => push_line(indent, &line, out),
        }
    }

    fn on_one_line(&self) -> String {
        let (opening, parts, closing) = match self {
            Self::Line(line) => return line.clone(),
            Self::Group { opening, parts, closing } => (opening, parts, closing),
        };
        let parts: Vec<String> = parts.iter().map(Self::on_one_line).collect();
        let inside = parts.join(" ");
        let inside = inside.trim_end_matches(',');
        match (opening.strip_suffix("Span {"), inside.strip_prefix("start: ")) {
            // Spans are many, and read best as what they are: `5..9`.
            (Some(before), Some(numbers)) => {
                format!("{before}{}{}", numbers.replace(", end: ", ".."), closing.trim_start_matches('}'))
            }
            _ if opening.ends_with('{') => format!("{opening} {inside} {closing}"),
            _ => format!("{opening}{inside}{closing}"),
        }
    }
}

fn push_line(indent: usize, line: &str, out: &mut String) {
    out.push_str(&format!("{:indent$}{line}\n", ""));
}

#[cfg(test)]
mod tests {
    use super::outline;

    #[test]
    fn what_fits_on_a_line_stands_on_one() {
        assert_eq!(outline(&Some(vec![("a { b", 1), ("c", 2)])), "Some([(\"a { b\", 1), (\"c\", 2)])\n");
        let long = vec!["x".repeat(60), "y".repeat(60)];
        let [x, y] = [&long[0], &long[1]];
        assert_eq!(outline(&Some(&long)), format!("Some(\n  [\n    \"{x}\",\n    \"{y}\",\n  ],\n)\n"));
    }
}
