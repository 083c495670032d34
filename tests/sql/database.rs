//! SQLite: the table of records, the query, and what it says of each.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value as Json;

use super::column::named;
use super::time::YEARS;
use super::translate::Translation;

/// What SQL says of a record: nothing, or a value for each part of the verdict.
pub type Said = Option<Vec<Value>>;

/// Runs a translated rulebook on records; of one that does not fit into the table, or might be a fault, nothing is said.
///
/// # Errors
///
/// SQLite does not take the query.
pub fn run(translation: &Translation, records: &[Json]) -> Result<Vec<Said>, String> {
    let told = |error: rusqlite::Error| format!("{error}\n{}", translation.query);
    let connection = Connection::open_in_memory().map_err(told)?;
    clocks(&connection, &translation.zone).map_err(told)?;
    let mut said: Vec<Said> = vec![None; records.len()];
    fill(&connection, translation, records).map_err(told)?;
    let mut query = connection.prepare(&translation.query).map_err(told)?;
    let columns = query.column_count();
    let mut rows = query.query([]).map_err(told)?;
    while let Some(row) = rows.next().map_err(told)? {
        let values: Vec<Value> = (0..columns).map(|column| row.get(column)).collect::<Result<_, _>>().map_err(told)?;
        if let [Value::Integer(place), Value::Integer(0), rest @ ..] = values.as_slice()
            && let Some(said) = usize::try_from(*place).ok().and_then(|place| said.get_mut(place))
        {
            *said = Some(rest.to_vec());
        }
    }
    Ok(said)
}

/// The table of records.
fn fill(connection: &Connection, translation: &Translation, records: &[Json]) -> rusqlite::Result<()> {
    let names: Vec<String> = translation.fields.iter().map(|field| named(&field.name)).collect();
    let columns: String = names.iter().map(|name| format!(", {name}")).collect();
    connection.execute_batch(&format!("BEGIN; CREATE TABLE records (\"#\"{columns})"))?;
    let places = ", ?".repeat(names.len());
    let mut insert = connection.prepare(&format!("INSERT INTO records VALUES (?{places})"))?;
    for (place, record) in (0_i64..).zip(records) {
        let row = translation.fields.iter().map(|field| field.value(record, &translation.zone));
        if let Some(row) = row.collect::<Option<Vec<Value>>>() {
            insert.execute(params_from_iter([Value::Integer(place)].into_iter().chain(row)))?;
        }
    }
    Ok(())
}

/// From when on the clocks of a zone are how many seconds ahead, and what they show then.
fn clocks(connection: &Connection, zone: &TimeZone) -> rusqlite::Result<()> {
    connection.execute_batch("CREATE TABLE zone (since INTEGER PRIMARY KEY, local INTEGER, ahead INTEGER)")?;
    connection.execute_batch("CREATE INDEX by_local ON zone (local)")?;
    let mut insert = connection.prepare("INSERT INTO zone VALUES (?, ?, ?)")?;
    let first = |year: i16| {
        civil::date(year, 1, 1).to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |midnight| midnight.timestamp())
    };
    let (begins, ends) = (first(YEARS.start), first(YEARS.end));
    let mut since = vec![begins];
    since.extend(zone.following(begins).map(|change| change.timestamp()).take_while(|change| *change < ends));
    for moment in since {
        let ahead = i64::from(zone.to_offset(moment).seconds());
        insert.execute([moment.as_second(), moment.as_second() + ahead, ahead])?;
    }
    Ok(())
}
