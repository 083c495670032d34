//! Which files make up a rulebook.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::Trouble;
use crate::text::reason;

/// What rule files are called.
const EXTENSION: &str = "rules";

/// What files of records are called, and packed ones: nobody means them when rules are asked for.
const RECORDS: [&str; 8] = ["ndjson", "jsonl", "json", "csv", "tsv", "tab", "gz", "zst"];

/// A rule file.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// Its name below the root, with `/` on every system.
    pub name: String,
    /// Its name as the user sees it.
    pub shown: Arc<str>,
    /// Where it is read.
    pub path: PathBuf,
}

/// The files of a rulebook.
pub struct Found {
    /// The folder that holds them all, without links.
    pub root: PathBuf,
    /// The files, in the order of their names.
    pub files: Vec<RuleFile>,
}

/// A file or folder that the user named.
struct Named {
    /// As he wrote it; empty for `.`.
    written: PathBuf,
    /// Where it is, with the folders that lead to it free of links.
    place: PathBuf,
    is_folder: bool,
}

/// The rule files that some paths stand for: a file for itself, a folder for every `*.rules` below it, names that begin
/// with a dot left out. A link inside a folder counts if it leads to something below that folder; a file that can be
/// reached in two ways counts once.
///
/// # Errors
/// Something named is not there or holds no rules.
pub fn rule_files(paths: &[PathBuf]) -> Result<Found, Trouble> {
    let named = paths.iter().map(|path| Named::at(path)).collect::<Result<Vec<_>, _>>()?;
    let root = root_of(&named);
    let mut files = BTreeMap::new();
    let mut known = BTreeSet::new();
    for one in &named {
        for (path, place) in one.files()? {
            if known.insert(fs::canonicalize(&place).unwrap_or_else(|_| place.clone())) {
                let name = slashed(place.strip_prefix(&root).unwrap_or(&place));
                files.insert(name.clone(), RuleFile { name, shown: path.display().to_string().into(), path });
            }
        }
    }
    if files.is_empty() {
        let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
        return Err(Trouble::new(format!("there are no rule files below {}", names.join(", ")))
            .help("name a folder that holds files ending in `.rules`, or such a file itself"));
    }
    Ok(Found { root, files: files.into_values().collect() })
}

impl Named {
    fn at(path: &Path) -> Result<Self, Trouble> {
        let about = fs::metadata(path).map_err(|error| {
            let sentence = format!("`{}` cannot be read: {}", path.display(), reason(&error));
            Trouble::new(sentence).help("name a rule file, or a folder that holds rule files")
        })?;
        let is_folder = about.is_dir();
        if !is_folder {
            refuse_records(path)?;
        }
        let written: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
        Ok(Self { place: place_of(path, is_folder), written, is_folder })
    }

    /// The rule files it stands for: as the user sees each, and where it is.
    fn files(&self) -> Result<Vec<(PathBuf, PathBuf)>, Trouble> {
        if !self.is_folder {
            return Ok(vec![(self.written.clone(), self.place.clone())]);
        }
        let mut files = Vec::new();
        let walk = WalkDir::new(&self.place).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || self.counts(entry)) {
            let entry = match entry {
                Ok(entry) => entry,
                // Links that lead in a circle, or nowhere, hold nothing that is not found elsewhere.
                Err(error) if error.loop_ancestor().is_some() || is_dangling(error.path()) => continue,
                Err(error) => return Err(unreadable(&error)),
            };
            let is_rules = entry.path().extension().is_some_and(|extension| extension == EXTENSION);
            if is_rules && entry.file_type().is_file() {
                let below = entry.path().strip_prefix(&self.place).unwrap_or(entry.path());
                files.push((self.written.join(below), entry.path().to_owned()));
            }
        }
        Ok(files)
    }

    /// Whether something found below a folder belongs to it.
    fn counts(&self, entry: &DirEntry) -> bool {
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let leads_out = || {
            let target = fs::canonicalize(entry.path());
            target.is_ok_and(|target| !target.starts_with(&self.place))
        };
        !hidden && (!entry.path_is_symlink() || !leads_out())
    }
}

/// Where a path leads: a folder without any links, a file under its own name in such a folder.
fn place_of(path: &Path, is_folder: bool) -> PathBuf {
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if is_folder {
        return real(path);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    real(folder).join(path.file_name().unwrap_or_default())
}

/// The deepest folder that holds all that was named.
fn root_of(named: &[Named]) -> PathBuf {
    let folder = |one: &Named| match one.is_folder {
        true => one.place.clone(),
        false => one.place.parent().map(Path::to_owned).unwrap_or_default(),
    };
    let shared = |one: PathBuf, other: PathBuf| -> PathBuf {
        let both = one.components().zip(other.components());
        both.take_while(|(one, other)| one == other).map(|(part, _)| part).collect()
    };
    named.iter().map(folder).reduce(shared).unwrap_or_default()
}

fn refuse_records(path: &Path) -> Result<(), Trouble> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    if extension.is_some_and(|extension| RECORDS.contains(&extension.as_str())) {
        return Err(Trouble::new(format!("`{}` holds records, and rules are asked for here", path.display()))
            .help("name the rules first, the records after them: `rulebook run RULES RECORDS`"));
    }
    Ok(())
}

fn unreadable(error: &walkdir::Error) -> Trouble {
    let place = error.path().unwrap_or(Path::new(".")).display();
    let reason = error.io_error().map_or_else(|| error.to_string(), reason);
    Trouble::new(format!("`{place}` cannot be read: {reason}"))
}

fn is_dangling(path: Option<&Path>) -> bool {
    path.is_some_and(|path| path.is_symlink() && !path.exists())
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
