//! A rulebook that is being edited: its files on disk, and over them what is open.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::slice;
use std::sync::Arc;
use std::time::SystemTime;

use folder::{Settings, Trouble};
use ide::Workspace;
use limits::Limits;
use tower_lsp::ls_types::Uri;

use crate::trier::Records;
use crate::view::Names;

/// A rulebook, by its number: a number is given once.
pub(crate) type Number = u64;

/// A rulebook that is being edited.
pub(crate) struct Project {
    /// Its number.
    pub(crate) number: Number,
    /// What is asked.
    pub(crate) workspace: Workspace,
    /// How the client names its files.
    pub(crate) names: Arc<Names>,
    /// Where its records lie.
    pub(crate) records: Arc<Records>,
    /// Whether it is one file by itself, whatever else its folder holds.
    alone: bool,
    /// The folder without links, from which files are read.
    place: PathBuf,
    /// Whether the folder has settings.
    settled: bool,
    limits: Limits,
    /// The files that rules named when they were last read.
    pub(crate) data_files: Vec<String>,
    /// What was read from disk, and when it was changed there.
    read: BTreeMap<String, Stamp>,
    /// What keeps the settings or a file from being read: the file, and why.
    pub(crate) troubles: Vec<(String, Trouble)>,
}

/// What a file on disk is known again by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp(Option<(SystemTime, u64)>);

impl Project {
    /// The rulebook in a folder, as it lies there.
    pub(crate) fn in_folder(number: Number, root: PathBuf) -> Self {
        let mut project = Self::new(number, Some(root), false);
        project.reread();
        project
    }

    /// A file by itself; what it names lies beside it, if it lies anywhere.
    pub(crate) fn alone(number: Number, folder: Option<PathBuf>) -> Self {
        let mut project = Self::new(number, folder, true);
        project.reread();
        project
    }

    fn new(number: Number, root: Option<PathBuf>, alone: bool) -> Self {
        Self {
            number,
            workspace: Workspace::new(),
            place: root.as_deref().map_or_else(PathBuf::new, |root| fs::canonicalize(root).unwrap_or(root.to_owned())),
            names: Arc::new(Names { root, open: BTreeMap::new() }),
            records: Arc::default(),
            alone,
            settled: false,
            data_files: Vec::new(),
            limits: Limits::default(),
            read: BTreeMap::new(),
            troubles: Vec::new(),
        }
    }

    /// The folder that it lies in.
    pub(crate) fn root(&self) -> Option<&Path> {
        self.names.root.as_deref()
    }

    /// Whether it is one file by itself.
    pub(crate) fn is_alone(&self) -> bool {
        self.alone
    }

    /// Whether its folder has settings.
    pub(crate) fn is_settled(&self) -> bool {
        self.settled
    }

    /// How the client names its files, to be changed.
    pub(crate) fn names_mut(&mut self) -> &mut Names {
        Arc::make_mut(&mut self.names)
    }

    /// What a file is called in it.
    pub(crate) fn name_of(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(self.root()?).ok()?;
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Some(parts.join("/"))
    }

    /// Puts what an editor holds in the place of what lies on disk.
    pub(crate) fn open(&mut self, name: &str, uri: Uri, text: &str) {
        self.names_mut().open.insert(name.to_owned(), uri);
        self.workspace.set_file(name, text);
        self.read_data();
    }

    /// Takes over what is typed. Which files the rules name now is told by the checker, which has looked at them anyway.
    pub(crate) fn set_text(&mut self, name: &str, text: &str) {
        self.workspace.set_file(name, text);
    }

    /// Goes back to what lies on disk.
    pub(crate) fn close(&mut self, name: &str) {
        self.names_mut().open.remove(name);
        self.read.remove(name);
        self.workspace.remove_file(name);
        self.reread();
    }

    /// Takes over what has changed on disk: settings, rule files, and the files that rules name.
    pub(crate) fn reread(&mut self) {
        self.troubles.clear();
        if self.names.root.is_some() {
            self.read_settings();
            if !self.alone {
                self.read_rules();
            }
        }
        self.read_data();
    }

    fn read_settings(&mut self) {
        self.settled = self.place.join(folder::SETTINGS).is_file();
        let mut records = Records { place: Some(self.place.clone()), ..Records::default() };
        match Settings::of(&self.place) {
            Ok(settings) => {
                records.samples.clone_from(&settings.samples);
                records.sources.clone_from(&settings.sources);
                self.limits = settings.limits(&[]);
                self.workspace.set_settings(&ide::Settings {
                    zone: settings.time_zone.clone().unwrap_or_else(|| "UTC".to_owned()),
                    calendar: settings.calendar.clone(),
                    listed: settings.listed.clone(),
                    limits: self.limits,
                });
            }
            Err(trouble) => self.troubles.push((folder::SETTINGS.to_owned(), trouble)),
        }
        self.records = Arc::new(records);
    }

    fn read_rules(&mut self) {
        let found = folder::rule_files(slice::from_ref(&self.place)).map(|found| found.files).unwrap_or_default();
        let mut there: BTreeSet<String> = BTreeSet::new();
        for file in found {
            // A folder below with settings of its own is a rulebook of its own.
            if self.names.open.contains_key(&file.name) || belongs_elsewhere(&self.place, &file.path) {
                continue;
            }
            let stamp = Stamp::of(&file.path);
            if self.read.get(&file.name) != Some(&stamp) {
                match folder::read_text(&file.path, &self.limits) {
                    Ok(text) => self.workspace.set_file(&file.name, &text.text),
                    Err(trouble) => {
                        self.troubles.push((file.name.clone(), trouble));
                        continue;
                    }
                }
                self.read.insert(file.name.clone(), stamp);
            }
            there.insert(file.name);
        }
        let gone: Vec<String> =
            self.read.keys().filter(|name| is_rules(name) && !there.contains(*name)).cloned().collect();
        for name in gone {
            self.read.remove(&name);
            if !self.names.open.contains_key(&name) {
                self.workspace.remove_file(&name);
            }
        }
    }

    /// Reads the files that rules name, where they have changed.
    pub(crate) fn read_data(&mut self) {
        self.data_files = self.workspace.data_files();
        for name in self.data_files.clone() {
            let path = self.root().ok_or_else(|| "the rules lie in no folder".to_owned());
            let path = path.and_then(|_| folder::inside(&self.place, &name));
            let stamp = Stamp::of(path.as_deref().unwrap_or(Path::new("")));
            if self.read.get(&name) == Some(&stamp) {
                continue;
            }
            let text = path.and_then(|path| folder::read_data(&path, &self.limits));
            self.workspace.set_data(&name, text.as_deref().map_err(Clone::clone));
            self.read.insert(name, stamp);
        }
    }
}

impl Stamp {
    fn of(path: &Path) -> Self {
        Self(fs::metadata(path).ok().and_then(|about| Some((about.modified().ok()?, about.len()))))
    }
}

fn is_rules(name: &str) -> bool {
    name.ends_with(".rules")
}

/// Whether a folder between a root and a file has settings of its own.
fn belongs_elsewhere(root: &Path, file: &Path) -> bool {
    let mut between = file.ancestors().skip(1).take_while(|folder| *folder != root && folder.starts_with(root));
    between.any(|folder| folder.join(folder::SETTINGS).is_file())
}
