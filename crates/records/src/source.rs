//! Where records come from: a file or stdin, unpacked, its format known. Start with [`Source::open`].

mod buffered;
mod compression;
mod error;
mod sniff;

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) use buffered::Buffered;
use compression::Compression;
pub use error::SourceError;

use crate::parquet::{self, Table};
pub(crate) use sniff::Layout;

/// A buffered stream of bytes that may be read on another thread.
pub(crate) type Stream = Box<dyn Buffered>;

/// How much is read from the system at a time.
pub(crate) const CHUNK: usize = 128 * 1024;

/// A format that records come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line (`.ndjson`, `.jsonl`).
    Ndjson,
    /// A JSON array of objects, one object, or objects one after the other (`.json`).
    Json,
    /// Cells separated by commas, or by semicolons where the header has no comma (`.csv`).
    Csv,
    /// Cells separated by tabs (`.tsv`, `.tab`).
    Tsv,
}

impl Format {
    /// The format that the name of a file promises, compressed or not: `leads.csv.gz` is CSV.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let plain = Compression::of_name(&name).map_or(name.as_str(), |(plain, _)| plain);
        match plain.rsplit_once('.')?.1 {
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            _ => None,
        }
    }
}

/// An input that has been opened, unpacked and recognised; nothing of its records has been read yet.
pub struct Source {
    pub(crate) name: Arc<str>,
    pub(crate) layout: Layout,
    pub(crate) stream: Stream,
    /// How many bytes stand before the first record: those of a byte order mark.
    pub(crate) start: u64,
    /// The columns of the records, if they lie that way; `stream` has them as lines of JSON.
    pub(crate) table: Option<Table>,
    size: Option<u64>,
    consumed: Consumed,
}

impl Source {
    /// Opens a file. Without a `format` its name tells it, and else its first line.
    ///
    /// Compression is recognised by content; a name that promises compression over content that has none is an error, as
    /// are a directory, a missing file, UTF-16 text, and files that are no text.
    pub fn open(path: &Path, format: Option<Format>) -> Result<Self, SourceError> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|error| SourceError::opening(&name, &error))?;
        Self::of_file(&name, file, format)
    }

    /// The same for a file that is open already; `name` is what reports call it, and its ending is looked at.
    pub fn of_file(name: &str, mut file: File, format: Option<Format>) -> Result<Self, SourceError> {
        let failed = |error: std::io::Error| SourceError::opening(name, &error);
        let about = file.metadata().map_err(failed)?;
        if about.is_dir() {
            return Err(SourceError::Directory { file: name.to_owned() });
        }
        let size = about.is_file().then_some(about.len());
        if size.is_some() && is_parquet(&mut file).map_err(failed)? {
            let consumed = Consumed::default();
            let table = Table::open(name, file, consumed.clone())?;
            let (stream, table) = (table.lines(), Some(table));
            return Ok(Self { name: name.into(), layout: Layout::Lines, stream, start: 0, table, size, consumed });
        }
        Self::from_stream(name, size, file, format)
    }

    /// Reads standard input; it is called `stdin` in reports.
    pub fn stdin(format: Option<Format>) -> Result<Self, SourceError> {
        Self::read("stdin", std::io::stdin(), format)
    }

    /// Reads any stream of bytes; `name` is what reports call it, and its ending is looked at like that of a file.
    pub fn read(name: &str, input: impl Read + Send + 'static, format: Option<Format>) -> Result<Self, SourceError> {
        Self::from_stream(name, None, input, format)
    }

    /// What reports call the input.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The size of the file as it is stored, in bytes, for a progress bar; none for streams.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Whether its end may still have to arrive: it is no file.
    pub(crate) const fn is_live(&self) -> bool {
        self.size.is_none()
    }

    /// A counter of the bytes taken so far, to be compared with [`Source::size`].
    pub fn consumed(&self) -> Consumed {
        self.consumed.clone()
    }

    fn from_stream(
        name: &str,
        size: Option<u64>,
        input: impl Read + Send + 'static,
        format: Option<Format>,
    ) -> Result<Self, SourceError> {
        let consumed = Consumed::default();
        let input = BufReader::with_capacity(CHUNK, Counted { input, consumed: consumed.clone() });
        let unpacked = compression::unpack(name, Box::new(input))?;
        let sniffed = sniff::sniff(name, format.or_else(|| Format::of_name(name)), unpacked)?;
        let (layout, stream, start) = (sniffed.layout, sniffed.stream, sniffed.start);
        Ok(Self { name: name.into(), layout, stream, start, table: None, size, consumed })
    }
}

/// How many bytes of an input have been taken; clones count together.
#[derive(Clone, Debug, Default)]
pub struct Consumed(Arc<AtomicU64>);

impl Consumed {
    /// The number of bytes.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn add(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// Whether a file begins as Parquet does; it is left at its beginning.
fn is_parquet(file: &mut File) -> std::io::Result<bool> {
    let mut head = Vec::new();
    file.take(parquet::MAGIC.len() as u64).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head == parquet::MAGIC)
}

struct Counted<R> {
    input: R,
    consumed: Consumed,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.consumed.add(count as u64);
        Ok(count)
    }
}

/// Reads the beginning of a stream until `enough` says so, and gives it back with a stream that begins with it again.
fn peek(mut stream: Stream, enough: impl Fn(&[u8]) -> bool) -> std::io::Result<(Vec<u8>, Stream)> {
    let mut head = Vec::new();
    while !enough(&head) {
        let chunk = match stream.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            break;
        }
        let count = chunk.len();
        head.extend_from_slice(chunk);
        stream.consume(count);
    }
    let again: Stream = Box::new(std::io::Cursor::new(head.clone()).chain(stream));
    Ok((head, again))
}
