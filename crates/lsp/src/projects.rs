//! Which rulebooks there are: one for each folder with rules or settings in it, one for each file outside of all.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use tower_lsp::ls_types::Uri;

use crate::project::{Number, Project};

/// The rulebooks that are being edited.
#[derive(Default)]
pub(crate) struct Projects {
    /// The folders that the client has open.
    folders: Vec<PathBuf>,
    all: Vec<Project>,
    given: Number,
}

impl Projects {
    /// All of them.
    pub(crate) fn all(&self) -> &[Project] {
        &self.all
    }

    /// The one with a number.
    pub(crate) fn numbered(&self, number: Number) -> Option<&Project> {
        self.all.iter().find(|project| project.number == number)
    }

    /// The one with a number, to be edited.
    pub(crate) fn numbered_mut(&mut self, number: Number) -> Option<&mut Project> {
        self.all.iter_mut().find(|project| project.number == number)
    }

    /// Whether a file is open in a rulebook.
    pub(crate) fn holds(&self, number: Number, name: &str) -> bool {
        self.numbered(number).is_some_and(|project| project.names.open.contains_key(name))
    }

    /// Takes over that the client has opened and closed folders.
    pub(crate) fn change_folders(&mut self, opened: &[Uri], closed: &[Uri]) {
        let closed: Vec<PathBuf> = closed.iter().filter_map(path_of).collect();
        self.folders.retain(|folder| !closed.contains(folder));
        for folder in opened.iter().filter_map(path_of) {
            if !self.folders.contains(&folder) {
                self.folders.push(folder);
            }
        }
        self.discover();
    }

    /// Takes over what has changed on disk.
    pub(crate) fn reread(&mut self) {
        self.discover();
        self.all.iter_mut().for_each(Project::reread);
    }

    /// Looks which rulebooks the open folders hold.
    fn discover(&mut self) {
        let roots: Vec<PathBuf> = self.folders.iter().flat_map(|folder| folder::roots(folder)).collect();
        let stays = |project: &Project| match project.root() {
            Some(root) if !project.is_alone() => {
                roots.iter().any(|known| known == root) || (project.is_settled() && !self.covers(root))
            }
            _ => true,
        };
        let stays: Vec<bool> = self.all.iter().map(stays).collect();
        let mut stays = stays.into_iter();
        self.all.retain(|_| stays.next().unwrap_or(true));
        for root in roots {
            if !self.all.iter().any(|project| !project.is_alone() && project.root() == Some(&root)) {
                let number = self.number();
                self.all.push(Project::in_folder(number, root));
            }
        }
    }

    fn covers(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| path.starts_with(folder))
    }

    fn number(&mut self) -> Number {
        self.given += 1;
        self.given
    }

    /// The rulebook that a file belongs to and its name there: that of the deepest folder around it which is one.
    pub(crate) fn holder(&self, uri: &Uri) -> Option<(&Project, String)> {
        let path = path_of(uri)?;
        let around = self.all.iter().filter(|project| !project.is_alone());
        let around = around.filter_map(|project| Some((project, project.name_of(&path)?)));
        around.max_by_key(|(project, _)| project.root().map_or(0, |root| root.components().count()))
    }

    /// The same; where there is none, one is made: of the folder around it that has settings, or of the file alone.
    pub(crate) fn home(&mut self, uri: &Uri) -> (Number, String) {
        if let Some((project, name)) = self.holder(uri) {
            return (project.number, name);
        }
        let mut alone = self.all.iter().filter(|project| project.is_alone());
        let known = alone.find_map(|project| {
            let (name, _) = project.names.open.iter().find(|(_, open)| *open == uri)?;
            Some((project.number, name.clone()))
        });
        if let Some(known) = known {
            return known;
        }
        let number = self.number();
        let path = path_of(uri);
        let settled =
            path.iter().flat_map(|path| path.ancestors().skip(1)).find(|it| it.join(folder::SETTINGS).is_file());
        let project = match (settled, &path) {
            (Some(root), Some(_)) => Project::in_folder(number, root.to_owned()),
            (None, Some(path)) => Project::alone(number, path.parent().map(Path::to_owned)),
            _ => Project::alone(number, None),
        };
        let name = path.and_then(|path| project.name_of(&path)).unwrap_or_else(|| uri.as_str().to_owned());
        self.all.push(project);
        (number, name)
    }

    /// Closes a file. A rulebook that was only there because of it goes with it.
    pub(crate) fn leave(&mut self, number: Number, name: &str) {
        let Some(place) = self.all.iter().position(|project| project.number == number) else { return };
        let Some(project) = self.all.get_mut(place) else { return };
        project.names_mut().open.remove(name);
        let is_kept = project
            .root()
            .is_some_and(|root| !project.is_alone() && self.folders.iter().any(|it| root.starts_with(it)));
        let Some(project) = self.all.get_mut(place) else { return };
        if !is_kept && project.names.open.is_empty() {
            self.all.remove(place);
        } else {
            project.close(name);
        }
    }
}

/// Where a file lies, if it lies on disk.
pub(crate) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path())?.map(Cow::into_owned)
}
