//! A rejected record as one line of JSON.

use super::json::Json;
use crate::fault::{Raw, Rejected};

/// Writes what is wrong with a record, and the record itself, behind a text as a line of JSON:
///
/// ```text
/// {"file":…,"line":…,"key":…,"field":…,"value":…,"code":…,"message":…,"record":…}
/// ```
///
/// What is not known is left out. `record` is the record as JSON where it is a well-formed object, else its text. A record
/// that is too large or not text can be cut out of the (uncompressed) input by `"offset"` and `"length"`, in bytes.
pub fn rejected(out: &mut String, rejected: &Rejected) {
    Json::write_line(out, |json| {
        json.text("file", &rejected.file);
        json.key("line").write_plain(rejected.line);
        let optional = [
            ("key", rejected.key.as_deref()),
            ("field", rejected.field.as_deref()),
            ("value", rejected.value.as_deref()),
        ];
        for (key, text) in optional {
            if let Some(text) = text {
                json.text(key, text);
            }
        }
        json.text("code", rejected.code);
        json.text("message", &rejected.message);
        match &rejected.raw {
            Raw::Json(text) => json.key("record").write_plain(on_one_line(text)),
            Raw::Text(text) => json.text("record", text),
            Raw::Elsewhere { offset, length, shown } => {
                json.key("offset").write_plain(offset);
                json.key("length").write_plain(length);
                if !shown.is_empty() {
                    json.text("record", shown);
                }
            }
        }
    });
}

/// Line breaks stand in well-formed JSON only where a blank could.
fn on_one_line(json: &str) -> String {
    json.replace(['\n', '\r'], " ")
}
