//! The `record` block, as text.

use super::judge::{Field, Kind};

/// The block with its counts as comments.
pub(super) fn block(file: &str, record: &str, fields: &[Field], records: u64, unreadable: u64) -> String {
    let noun = if records == 1 { "record" } else { "records" };
    let mut text = format!("# {records} {noun} of {}", on_one_line(file));
    if unreadable > 0 {
        text.push_str(&format!(", {unreadable} of them could not be read"));
    }
    text.push_str(&format!("\nrecord {record} {{\n"));
    write_fields(&mut text, fields, 1);
    text.push_str("}\n");
    text
}

fn write_fields(text: &mut String, fields: &[Field], depth: usize) {
    let indent = "  ".repeat(depth);
    for field in fields {
        text.push_str(&indent);
        match &field.kind {
            Kind::LeftOut(why) => text.push_str(&format!("# {} is left out: {why}\n", quoted(&field.column))),
            Kind::Nested(inner) => {
                text.push_str(&format!("{}: {{\n", field.name));
                write_fields(text, inner, depth + 1);
                text.push_str(&format!("{indent}}}{}  # {}\n", marks(field), comment(field)));
            }
            kind => {
                text.push_str(&format!("{}: {}{}  # {}\n", field.name, type_text(kind), marks(field), comment(field)));
            }
        }
    }
}

fn type_text(kind: &Kind) -> String {
    match kind {
        Kind::Truth => "true or false".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Money => "money".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::DateTime => "datetime".to_owned(),
        Kind::OneOf(labels) => {
            let labels: Vec<String> = labels.iter().map(|label| quoted(label)).collect();
            format!("one of {}", labels.join(", "))
        }
        Kind::List(member) => format!("list of {member}"),
        Kind::Text | Kind::Nested(_) | Kind::LeftOut(_) => "text".to_owned(),
    }
}

/// What is written behind the type of a field.
pub(crate) struct Marks<'a> {
    /// Whether it may be missing.
    pub(crate) optional: bool,
    /// Whether it is the key.
    pub(crate) key: bool,
    /// What it is read from, where that is called otherwise.
    pub(crate) from: Option<&'a str>,
    /// The texts that mean that it is missing.
    pub(crate) sentinels: Vec<&'a str>,
}

impl Marks<'_> {
    /// `? key from "Lead Source" missing when "Select"`
    pub(crate) fn written(&self) -> String {
        let mut marks = String::new();
        if self.optional {
            marks.push('?');
        }
        if self.key {
            marks.push_str(" key");
        }
        if let Some(from) = self.from {
            marks.push_str(&format!(" from {}", quoted(from)));
        }
        if !self.sentinels.is_empty() {
            let sentinels: Vec<String> = self.sentinels.iter().map(|text| quoted(text)).collect();
            marks.push_str(&format!(" missing when {}", sentinels.join(", ")));
        }
        marks
    }
}

fn marks(field: &Field) -> String {
    let from = (field.name != field.column).then_some(&*field.column);
    Marks { optional: field.optional, key: field.key, from, sentinels: field.sentinels.clone() }.written()
}

fn comment(field: &Field) -> String {
    let different = if field.key { ", all different" } else { "" };
    let remark = field.remark.as_ref().map(|remark| format!(", {remark}")).unwrap_or_default();
    format!("{} present{different}{remark}", field.present)
}

/// A text as rules write it. Braces, which would open an expression, and invisible characters are escaped.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '{' | '}' => quoted.push_str(&format!("\\u{{{:x}}}", u32::from(letter))),
            letter if letter.is_control() || is_invisible(letter) => {
                quoted.push_str(&format!("\\u{{{:x}}}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Blanks that look like none or like others, and marks that turn the direction of text.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

pub(crate) fn on_one_line(text: &str) -> String {
    text.replace(|letter: char| letter.is_control() || is_invisible(letter), " ")
}
