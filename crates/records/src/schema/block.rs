//! Imported record types, as text of a rule file.

use super::imported::{Field, Kind, Record};
use crate::infer::{Marks, on_one_line, quoted};

/// How long a line of documentation may be.
const WIDTH: usize = 100;

/// The blocks, one after the other.
pub(super) fn blocks(file: &str, records: &[Record]) -> String {
    let mut text = format!("# From {}\n", on_one_line(file));
    for (place, record) in records.iter().enumerate() {
        if place > 0 {
            text.push('\n');
        }
        write_doc(&mut text, &record.doc, "");
        text.push_str(&format!("record {} {{\n", name(&record.name)));
        if place == 0 && !record.fields.iter().any(|field| field.key) {
            text.push_str("  # The schema does not say which field identifies a record: write `key` behind its type\n");
        }
        write_fields(&mut text, &record.fields, 1);
        text.push_str("}\n");
    }
    text
}

fn write_doc(text: &mut String, doc: &[String], indent: &str) {
    for line in doc {
        text.push_str(&format!("{indent}# {line}\n"));
    }
}

fn write_fields(text: &mut String, fields: &[Field], depth: usize) {
    let indent = "  ".repeat(depth);
    for field in fields {
        let property = quoted(&field.property);
        write_doc(text, &field.doc, &indent);
        match &field.ty {
            Kind::LeftOut(why) => text.push_str(&format!("{indent}# {property} is left out: {}\n", on_one_line(why))),
            _ if field.is_implied => {}
            kind if let Some(inner) = kind.inner() => {
                let list = if matches!(kind, Kind::List(_)) { "list of " } else { "" };
                text.push_str(&format!("{indent}{}: {list}{{\n", name(&field.name)));
                write_fields(text, inner, depth + 1);
                text.push_str(&format!("{indent}}}{}\n", marks(field)));
            }
            kind => text.push_str(&format!("{indent}{}: {}{}\n", name(&field.name), type_text(kind), marks(field))),
        }
        write_references(text, field, &indent);
    }
}

/// The references whose key a field holds. The first may declare the key and says then what a field says.
fn write_references(text: &mut String, field: &Field, indent: &str) {
    for (place, reference) in field.references.iter().enumerate() {
        let says_all = field.is_implied && place == 0;
        let marks = if says_all { marks(field) } else { String::new() };
        let (mark, marks) = match marks.strip_prefix('?') {
            Some(others) => ("?", others),
            None if field.optional => ("?", &*marks),
            None => ("", &*marks),
        };
        let (own, record, by) = (name(&reference.name), name(&reference.record), name(&field.name));
        text.push_str(&format!("{indent}{own}: {record}{mark} by {by}{marks}\n"));
    }
}

fn type_text(kind: &Kind) -> String {
    match kind {
        Kind::Named(words) if words.contains(' ') => words.clone(),
        Kind::Named(word) => name(word),
        Kind::OneOf(labels) => {
            let labels: Vec<String> = labels.iter().map(|label| quoted(label)).collect();
            format!("one of {}", labels.join(", "))
        }
        Kind::List(member) => format!("list of {}", type_text(member)),
        Kind::Nested(_) | Kind::LeftOut(_) => "text".to_owned(),
    }
}

/// What stands behind the type.
fn marks(field: &Field) -> String {
    let from = (field.name != field.property).then_some(&*field.property);
    let sentinels = field.sentinels.iter().map(String::as_str).collect();
    let marks = Marks { optional: field.optional, key: field.key, from, sentinels };
    let mut marks = marks.written();
    if let Some(default) = &field.default {
        marks.push_str(&format!(" default {default}"));
    }
    if !field.not_kept.is_empty() {
        marks.push_str(&format!("  # not kept: {}", field.not_kept.join("; ")));
    }
    marks
}

/// A name as a rule file writes it.
fn name(name: &str) -> String {
    let starts = name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    let is_plain = starts && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if is_plain { name.to_owned() } else { format!("`{name}`") }
}

/// A text in lines of bounded length, as comments hold it.
pub(super) fn wrapped(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in on_one_line(paragraph).split_whitespace() {
            if !line.is_empty() && line.chars().count() + word.chars().count() >= WIDTH {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines
}
