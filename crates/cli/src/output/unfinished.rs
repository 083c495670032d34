//! Files that are not finished: each lies beside the place it is meant for, is removed when it is given up, and also when
//! the run is interrupted.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

/// The status of a command that was interrupted, as shells have it: 128 + the number of the signal.
const INTERRUPTED: i32 = 130;

/// The files to be removed if the run is interrupted now. Whoever creates, renames or gives up such a file holds the lock
/// meanwhile, so that an interruption comes before or after and never between.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// From now on Ctrl-C and a request to terminate remove what is unfinished and end the run.
pub(crate) fn remove_unfinished_files_on_signals() {
    // Where somebody has arranged otherwise (`nohup`), that stands.
    let _ = ctrlc::try_set_handler(|| {
        // The lock is held to the end of the process: nothing is finished or begun any more.
        let files = unfinished();
        for file in files.iter() {
            let _ = fs::remove_file(file);
        }
        process::exit(INTERRUPTED);
    });
}

/// A file under a name of its own that waits to be put into its place.
pub(super) struct Unfinished {
    /// None once it has been put into its place.
    file: Option<NamedTempFile>,
    place: PathBuf,
}

impl Unfinished {
    /// A new file beside `place`, with the permissions of the one it replaces, else with those that new files get.
    pub(super) fn beside(place: &Path, permissions: Option<Permissions>) -> io::Result<Self> {
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut prefix = OsString::from(".");
        prefix.push(place.file_name().unwrap_or_default());
        prefix.push(".");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".unfinished");
        let new = new_file_permissions();
        if let Some(new) = &new {
            builder.permissions(new.clone());
        }
        let mut known = unfinished();
        let file = builder.tempfile_in(folder)?;
        known.insert(file.path().to_owned());
        drop(known);
        let unfinished = Self { file: Some(file), place: place.to_owned() };
        if let (Some(permissions), Some(file)) = (permissions, &unfinished.file) {
            file.as_file().set_permissions(permissions)?;
        }
        Ok(unfinished)
    }

    /// Gives the file its name, replacing what had it before.
    pub(super) fn put_into_place(mut self) -> io::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let mut known = unfinished();
        known.remove(file.path());
        file.persist(&self.place).map(drop).map_err(|error| error.error)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(file) = self.file.take() {
            let mut known = unfinished();
            known.remove(file.path());
            drop(file);
        }
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.as_file_mut().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), |file| file.as_file_mut().flush())
    }
}

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a new file may be used for before the user's mask takes something away; none where the system has no such thing.
#[cfg(unix)]
fn new_file_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

/// What a new file may be used for before the user's mask takes something away; none where the system has no such thing.
#[cfg(not(unix))]
fn new_file_permissions() -> Option<Permissions> {
    None
}
