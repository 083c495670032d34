//! What holds for any bytes: whatever a stranger hands in is answered, never obeyed, and costs bounded time and memory.
//!
//! Each function here takes bytes as they come and panics where something does not hold. `fuzz/` hands them what a fuzzer
//! thinks of; `suite/corpus.rs` hands them what was worth keeping of that.
//!
//! | function | the bytes are | what must hold |
//! |---|---|---|
//! | [`rules`] | a rule file | it is checked, shown and laid out; if it has no error its program decides, planned or not, saved or not |
//! | [`program`] | a built rulebook, its envelope put right | it is refused, or decides within the limits |
//! | [`ndjson`], [`csv`] | a file of records | each record is read or rejected, however the bytes arrive; what is inferred of them fits them |
//! | [`json_schema`] | a JSON Schema | it is refused, or becomes record blocks without errors that go out and come in as they are |
//! | [`data`] | a file that rules name: list, table, reference data, holidays | it is checked, and decides if it has no error |
//! | [`lsp`] | what an editor sends | the server fails at nothing, and ends with its connection |
//! | [`calendar`] | a calendar and moments | working time adds up |

#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "what does not hold is a panic")]

mod calendar;
mod data;
mod decide;
mod lsp;
mod program;
mod records;
mod rules;
mod schema;

pub use calendar::calendar;
pub use data::data;
pub use lsp::lsp;
pub use program::program;
pub use records::{csv, ndjson};
pub use rules::rules;
pub use schema::json_schema;

use limits::Limits;

/// Something that holds for any bytes: it panics where it does not.
pub type Holds = fn(&[u8]);

/// All of them by the names of their fuzz targets.
pub const TARGETS: [(&str, Holds); 8] = [
    ("rules", rules),
    ("program", program),
    ("ndjson", ndjson),
    ("csv", csv),
    ("json_schema", json_schema),
    ("data", data),
    ("calendar", calendar),
    ("lsp", lsp),
];

/// The moment at which records are decided.
const NOW: &str = "2026-11-20T09:00:00Z";

/// Limits that a case can meet in a moment, so that both sides of them are tried.
fn limits() -> Limits {
    Limits { tree_size: 2_000, text_length: 1 << 12, list_length: 1_000, steps: 50_000, ..Limits::default() }
}
