//! Verdicts as a table for people: what a verdict says in JSON, in a few words each. It comes in blocks, so that no more
//! than one block of verdicts is held at a time.

use std::collections::BTreeMap;

use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table as Grid, TableStyle};
use records::write::{Run, ndjson};
use serde::Deserialize;
use serde_json::Value;
use vm::Verdict;

/// How many verdicts stand in a block.
const BLOCK: usize = 200;

/// The columns; those that are empty throughout a block are left out.
const COLUMNS: [&str; 7] = ["record", "fired", "assign", "due", "set", "outcome", "also"];

/// A line below the heading, and nothing else.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// What was decided about a record, in a few words: `team sales, 2026-11-20 13:00`.
pub(crate) fn summary(run: &Run<'_>, label: &str, verdict: &Verdict) -> String {
    let [_, _, rest @ ..] = Shown::of(run, label, verdict).row(label);
    let said: Vec<String> = rest.into_iter().filter(|cell| !cell.is_empty()).collect();
    if said.is_empty() { "nothing".to_owned() } else { said.join(", ") }
}

type Row = [String; COLUMNS.len()];

/// Collects verdicts and gives them out as blocks of a table.
pub(crate) struct Table {
    width: usize,
    rows: Vec<Row>,
}

impl Table {
    /// An empty table, `width` columns of text wide.
    pub(crate) const fn new(width: usize) -> Self {
        Self { width, rows: Vec::new() }
    }

    /// Adds a verdict, and gives the block that it completes, if it does.
    pub(crate) fn add(&mut self, run: &Run<'_>, label: &str, verdict: &Verdict) -> Option<String> {
        self.rows.push(Shown::of(run, label, verdict).row(label));
        (self.rows.len() >= BLOCK).then(|| self.block())
    }

    /// The block of what has been added since the last one; empty if that is nothing.
    pub(crate) fn block(&mut self) -> String {
        let rows = std::mem::take(&mut self.rows);
        let used: Vec<usize> = (0..COLUMNS.len())
            .filter(|&column| rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty())))
            .collect();
        if used.is_empty() {
            return String::new();
        }
        let mut grid = grid(self.width);
        grid.set_header(used.iter().filter_map(|&column| COLUMNS.get(column)));
        for row in &rows {
            grid.add_row(used.iter().filter_map(|&column| row.get(column)));
        }
        for (column, place) in grid.column_iter_mut().zip(&used) {
            if COLUMNS.get(*place) == Some(&"due") {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        format!("{}\n\n", grid.trim_fmt())
    }
}

/// An empty grid in the style of this command.
pub(crate) fn grid(width: usize) -> Grid {
    let mut grid = Grid::new();
    grid.load_style(STYLE)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX));
    grid
}

/// A text from data as a terminal may show it: nothing in it commands the terminal or breaks the line.
pub(crate) fn harmless(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '␦' } else { letter }).collect()
}

/// What a table shows of the JSON of a verdict.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Shown {
    fired: Vec<Fired>,
    #[serde(deserialize_with = "present")]
    assign: Option<Value>,
    set: BTreeMap<String, Value>,
    outcome: String,
    reasons: Vec<Reason>,
    effects: Vec<BTreeMap<String, Value>>,
    lost: Vec<Lost>,
}

#[derive(Deserialize)]
struct Fired {
    rule: String,
}

#[derive(Deserialize)]
struct Reason {
    text: String,
}

#[derive(Deserialize)]
struct Lost {
    effect: String,
    because: String,
}

/// `null` says that nobody gets the record; only an absent key says nothing.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Shown {
    fn of(run: &Run<'_>, label: &str, verdict: &Verdict) -> Self {
        let mut line = String::new();
        ndjson(&mut line, run, label, verdict);
        // What was written reads again; a verdict that did not would show its record.
        serde_json::from_str(&line).unwrap_or_default()
    }

    fn row(&self, record: &str) -> Row {
        let fired: Vec<&str> = self.fired.iter().map(|fired| fired.rule.as_str()).collect();
        let set: Vec<String> = self.set.iter().map(|(field, value)| format!("{field} = {}", words(value))).collect();
        let reasons: Vec<&str> = self.reasons.iter().map(|reason| reason.text.as_str()).collect();
        let outcome = match reasons.is_empty() {
            true => self.outcome.clone(),
            false => format!("{}: {}", self.outcome, reasons.join("; ")),
        };
        let (assign, due) = self.assign.as_ref().map(assignment).unwrap_or_default();
        let row = [record.to_owned(), fired.join("; "), assign, due, set.join("; "), outcome, self.also()];
        row.map(|cell| harmless(&cell))
    }

    /// The other effects, and what was lost.
    fn also(&self) -> String {
        let effects = self.effects.iter().map(|effect| {
            let word = |key: &str| effect.get(key).map(words);
            let object = ["to", "for", "field", "integration", "workflow"].into_iter().find_map(word);
            [word("kind"), object].into_iter().flatten().collect::<Vec<_>>().join(" ")
        });
        let lost = self.lost.iter().map(|lost| format!("not {}: {}", lost.effect, lost.because));
        effects.chain(lost).collect::<Vec<_>>().join("; ")
    }
}

/// Who gets a record, and by when.
fn assignment(assign: &Value) -> (String, String) {
    let kind = |kind: &str| assign.get(kind).map(|name| format!("{kind} {}", words(name)));
    let to = match assign {
        Value::Null => "nobody".to_owned(),
        _ => ["team", "queue", "user"]
            .into_iter()
            .find_map(kind)
            .or_else(|| assign.get("target").map(words))
            .unwrap_or_else(|| "keep owner".to_owned()),
    };
    let to = assign.get("member").map_or_else(|| to.clone(), |member| format!("{to}: {}", words(member)));
    (to, assign.get("due").map(|due| minute(&words(due))).unwrap_or_default())
}

/// `2026-11-20T13:00:00Z` as people need it: `2026-11-20 13:00`.
fn minute(instant: &str) -> String {
    instant.get(..16).unwrap_or(instant).replace('T', " ")
}

/// A value without the signs of JSON.
pub(crate) fn words(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Object(members) => {
            members.iter().map(|(key, value)| format!("{key} {}", words(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
