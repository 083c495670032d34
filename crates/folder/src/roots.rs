//! Which rulebooks a folder holds.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::SETTINGS;

/// The folder itself, and each below it that has settings of its own. Folders whose names begin with a dot are left out.
pub fn roots(folder: &Path) -> Vec<PathBuf> {
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    let walk = walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    let settings = walk.flatten().filter(|entry| entry.depth() > 1 && entry.file_name() == SETTINGS);
    let below = settings.filter_map(|entry| entry.path().parent().map(Path::to_owned));
    std::iter::once(folder.to_owned()).chain(below).collect()
}
