//! `rulebook.toml` at the root of a rulebook: settings that belong to no single rule.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use jiff::tz::TimeZone;
use limits::{Limit, Limits, Unit};
use semantics::Listed;
use toml::{Table, Value};

use crate::Trouble;
use crate::text::reason;
use crate::wording::{listed, nearest};

/// The name of the file.
pub const SETTINGS: &str = "rulebook.toml";

/// The keys that it may hold.
const KEYS: [&str; 7] = ["time-zone", "calendar", "integrations", "templates", "sources", "samples", "limits"];

/// The settings of a rulebook; all may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The name of the time zone in which dates and times without offset are read; UTC without one.
    pub time_zone: Option<String>,
    /// The integrations and templates that there are, as far as they are listed.
    pub listed: Listed,
    /// The name of the calendar by which business time is counted where a rule names none.
    pub calendar: Option<String>,
    /// Which file holds the records of a type, relative to the root.
    pub sources: Vec<(String, String)>,
    /// Which file holds a sample of the records of a type, on which editors try the rules, relative to the root.
    pub samples: Vec<(String, String)>,
    /// The limits that it moves.
    moved: Vec<(Limit, usize)>,
}

impl Settings {
    /// The settings of the rulebook with this root.
    ///
    /// # Errors
    /// The file cannot be read, or says what no setting can say.
    pub fn of(root: &Path) -> Result<Self, Trouble> {
        match fs::read_to_string(root.join(SETTINGS)) {
            Ok(text) => Self::read(&text),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                Err(Trouble::new(format!("`{SETTINGS}` is not UTF-8 text")))
            }
            Err(error) => Err(Trouble::new(format!("`{SETTINGS}` cannot be read: {}", reason(&error)))),
        }
    }

    /// The limits that count: those that were typed before those of the settings.
    pub fn limits(&self, typed: &[(Limit, usize)]) -> Limits {
        let mut limits = Limits::default();
        self.moved.iter().chain(typed).for_each(|(limit, value)| limits.set(*limit, *value));
        limits
    }

    fn read(text: &str) -> Result<Self, Trouble> {
        let text = text.trim_start_matches('\u{feff}');
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            Trouble::new(format!("`{SETTINGS}` cannot be understood in line {line}: {}", error.message()))
                .help("write one setting a line, like `time-zone = \"Europe/Berlin\"`")
        })?;
        let mut settings = Self::default();
        for (key, value) in &table {
            match (key.as_str(), value) {
                ("time-zone", Value::String(name)) => {
                    zone_named(name)?;
                    settings.time_zone = Some(name.clone());
                }
                ("time-zone", _) => {
                    return Err(Trouble::new(format!("`time-zone` in `{SETTINGS}` is not a name in quotes"))
                        .help("write it like `time-zone = \"Europe/Berlin\"`"));
                }
                ("integrations", value) => settings.listed.integrations = Some(names(key, value)?),
                ("templates", value) => settings.listed.templates = Some(names(key, value)?),
                ("limits", value) => settings.moved = moved(value)?,
                ("sources" | "samples", value) => {
                    let files = files(key, value)?;
                    *(if key == "sources" { &mut settings.sources } else { &mut settings.samples }) = files;
                }
                ("calendar", Value::String(name)) => settings.calendar = Some(name.clone()),
                ("calendar", _) => {
                    return Err(Trouble::new(format!("`calendar` in `{SETTINGS}` is not a name in quotes"))
                        .help("write it like `calendar = \"office\"`"));
                }
                _ => return Err(unknown(key)),
            }
        }
        Ok(settings)
    }
}

/// The names in a list.
fn names(key: &str, value: &Value) -> Result<Vec<String>, Trouble> {
    let names = value.as_array().and_then(|all| all.iter().map(|name| name.as_str().map(str::to_owned)).collect());
    names.ok_or_else(|| {
        Trouble::new(format!("`{key}` in `{SETTINGS}` is not a list of names in quotes"))
            .help(format!("write it like `{key} = [\"one\", \"another\"]`"))
    })
}

/// The files of `[sources]` or `[samples]`, by record type.
fn files(key: &str, value: &Value) -> Result<Vec<(String, String)>, Trouble> {
    let file = |(record, file): (&String, &Value)| Some((record.clone(), file.as_str()?.to_owned()));
    let files = value.as_table().and_then(|table| table.iter().map(file).collect());
    files.ok_or_else(|| {
        Trouble::new(format!("`{key}` in `{SETTINGS}` does not name a file for each type of record"))
            .help(format!("write `[{key}]` on a line, and below it lines like `account = \"accounts.csv\"`"))
    })
}

/// The limits of `[limits]`, by name.
fn moved(value: &Value) -> Result<Vec<(Limit, usize)>, Trouble> {
    let table = value.as_table().ok_or_else(|| {
        Trouble::new(format!("`limits` in `{SETTINGS}` does not name limits"))
            .help("write `[limits]` on a line, and below it lines like `text-length = \"4MiB\"`")
    })?;
    let read = |(name, value): (&String, &Value)| {
        let names = || Limit::ALL.iter().map(|limit| limit.name());
        let limit = Limit::named(name).ok_or_else(|| {
            let failure = Trouble::new(format!("`[limits]` in `{SETTINGS}` has a limit `{name}`, which is not known"));
            match nearest(name, names()) {
                Some(near) => failure.help(format!("write `{near}`")),
                None => failure.help(format!("remove it; the limits are {}", listed(names()))),
            }
        })?;
        let written = match value {
            Value::String(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            _ => {
                let sentence = format!("the limit `{name}` in `{SETTINGS}` is neither a number nor a size in quotes");
                return Err(Trouble::new(sentence).help(format!("write it like `{name} = {}`", example(limit))));
            }
        };
        let value = limit.read(&written).map_err(|reason| {
            Trouble::new(format!("the limit `{name}` in `{SETTINGS}` cannot be `{written}`: {reason}"))
                .help(format!("write it like `{name} = {}`", example(limit)))
        })?;
        Ok((limit, value))
    };
    table.iter().map(read).collect()
}

/// The usual value of a limit as it is written in settings.
fn example(limit: Limit) -> String {
    let usual = limit.unit().short(Limits::default().get(limit));
    if limit.unit() == Unit::Bytes { format!("\"{usual}\"") } else { usual }
}

fn unknown(key: &str) -> Trouble {
    let failure = Trouble::new(format!("`{SETTINGS}` has a setting `{key}`, which is not known"));
    match nearest(key, KEYS) {
        Some(near) => failure.help(format!("write `{near}`")),
        None => failure.help(format!("remove it; the known settings are {}", listed(KEYS))),
    }
}

/// The time zone of that name.
///
/// # Errors
/// There is none.
pub fn zone_named(name: &str) -> Result<TimeZone, Trouble> {
    values::zone_named(name).ok_or_else(|| {
        Trouble::new(format!("there is no time zone `{name}`"))
            .help("write a region and a city, like `Europe/Berlin` or `America/New_York`, or `UTC`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_or_refused_in_plain_words() {
        let read = |text| match Settings::read(text) {
            Ok(settings) => settings.time_zone.unwrap_or_default(),
            Err(Trouble { sentence, help }) => format!("{sentence}; {}", help.unwrap_or_default()),
        };
        assert_eq!(read(""), "");
        assert_eq!(read("\u{feff}time-zone = \"Europe/Berlin\"\r\n"), "Europe/Berlin");
        assert_eq!(
            read("timezone = \"UTC\""),
            "`rulebook.toml` has a setting `timezone`, which is not known; write `time-zone`"
        );
        assert!(read("colour = 1").contains("remove it; the known settings are `time-zone`, `calendar`, "));
        assert!(read("integrations = \"erp\"").starts_with("`integrations` in `rulebook.toml` is not a list of names"));
        assert!(read("time-zone = \"Mars/Olympus\"").starts_with("there is no time zone `Mars/Olympus`; "));
        assert!(read("\ntime-zone = Berlin").starts_with("`rulebook.toml` cannot be understood in line 2: "));
    }
}
