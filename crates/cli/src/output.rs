//! Where data goes: standard output, or a file that appears whole or not at all.
//!
//! A file is written beside its place and renamed when it is finished, so that whoever reads it never meets half of it,
//! and so that a run that fails or is interrupted leaves the old content as it was.

mod unfinished;

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};
use std::path::{Path, PathBuf};

use crate::report::Failure;
use unfinished::Unfinished;
pub(crate) use unfinished::remove_unfinished_files_on_signals;

/// How much is collected before it is handed to the system.
const CHUNK: usize = 64 * 1024;

/// Data on its way out. What is not [finished](Output::finish) has not been written, as far as files are concerned.
pub(crate) struct Output {
    way: Way,
    destination: Destination,
}

/// Where data goes, for those who say that it cannot be written there.
#[derive(Clone, Debug)]
pub(crate) enum Destination {
    /// Standard output.
    Stdout,
    /// A file, as the user named it.
    File(PathBuf),
}

enum Way {
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A regular file, still under another name.
    Beside(BufWriter<Unfinished>),
    /// Something that cannot be replaced: a device, a pipe with a name.
    Device(BufWriter<File>),
}

impl Output {
    /// To standard output.
    pub(crate) fn stdout() -> Self {
        let out = io::stdout().lock();
        Self { way: Way::Stdout(BufWriter::with_capacity(CHUNK, out)), destination: Destination::Stdout }
    }

    /// To a file, or to standard output if there is none or it is called `-`.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        match path {
            Some(path) if path != Path::new("-") => Self::file(path),
            _ => Ok(Self::stdout()),
        }
    }

    /// To a file.
    pub(crate) fn file(path: &Path) -> Result<Self, Failure> {
        let destination = Destination::File(path.to_owned());
        // A link keeps pointing to the file that is replaced.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if place.is_dir() {
            return Err(Failure::new(format!("`{}` is a folder", path.display())).help("name a file in it"));
        }
        let way = Way::to(&place).map_err(|error| destination.failure(&error))?;
        Ok(Self { way, destination })
    }

    /// Whether it goes to standard output.
    pub(crate) const fn is_stdout(&self) -> bool {
        matches!(self.way, Way::Stdout(_))
    }

    /// Where it goes.
    pub(crate) const fn destination(&self) -> &Destination {
        &self.destination
    }

    /// Writes a text.
    pub(crate) fn write_text(&mut self, text: &str) -> Result<(), Failure> {
        self.write_all(text.as_bytes()).map_err(|error| self.destination.failure(&error))
    }

    /// Hands over what is left and puts the file into its place.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let Self { way, destination } = &mut self;
        way.flush().map_err(|error| destination.failure(&error))?;
        match self.way {
            Way::Beside(file) => {
                let whole = file.into_inner().map_err(|error| self.destination.failure(error.error()))?;
                whole.put_into_place().map_err(|error| self.destination.failure(&error))
            }
            Way::Stdout(_) | Way::Device(_) => Ok(()),
        }
    }
}

impl Way {
    /// To a file that may be there already; links have been followed.
    fn to(place: &Path) -> io::Result<Self> {
        let about = fs::metadata(place).ok();
        if about.as_ref().is_some_and(|about| !about.is_file()) {
            let file = File::options().write(true).open(place)?;
            return Ok(Self::Device(BufWriter::with_capacity(CHUNK, file)));
        }
        let permissions = about.map(|about| about.permissions());
        if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
            return Err(ErrorKind::PermissionDenied.into());
        }
        Ok(Self::Beside(BufWriter::with_capacity(CHUNK, Unfinished::beside(place, permissions)?)))
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Stdout(out) => out,
            Self::Beside(file) => file,
            Self::Device(file) => file,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer().flush()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.way.writer().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.way.flush()
    }
}

impl Destination {
    /// What an error while writing there means.
    pub(crate) fn failure(&self, error: &io::Error) -> Failure {
        let reason = match error.kind() {
            ErrorKind::BrokenPipe if matches!(self, Self::Stdout) => return Failure::ClosedPipe,
            ErrorKind::NotFound => "its folder does not exist".to_owned(),
            ErrorKind::PermissionDenied => "you have no permission".to_owned(),
            ErrorKind::NotADirectory => "a part of its path is a file, not a folder".to_owned(),
            ErrorKind::StorageFull => "there is no space left".to_owned(),
            ErrorKind::QuotaExceeded => "there is no space left for you".to_owned(),
            ErrorKind::FileTooLarge => "it would be larger than a file may be here".to_owned(),
            ErrorKind::ReadOnlyFilesystem => "the disk can only be read".to_owned(),
            _ => error.to_string(),
        };
        Failure::new(match self {
            Self::Stdout => format!("standard output cannot be written: {reason}"),
            Self::File(path) => format!("`{}` cannot be written: {reason}", path.display()),
        })
    }
}

/// Refuses a place for data where rules stand by its name: what is written over them has destroyed them.
pub(crate) fn keep_rules(path: &Path) -> Result<(), Failure> {
    match path.extension() {
        Some(extension) if extension == "rules" => {
            let failure = Failure::new(format!("`{}` is a rule file, and would be lost", path.display()));
            Err(failure.help("name a file with another ending"))
        }
        _ => Ok(()),
    }
}

/// Prints a text to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = Output::stdout();
    out.write_text(text)?;
    out.finish()
}

/// Replaces the content of a file.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut out = Output::file(path)?;
    out.write_all(bytes).map_err(|error| out.destination.failure(&error))?;
    out.finish()
}
