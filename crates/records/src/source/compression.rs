//! Unpacking: what is compressed is told by its first bytes; a file's name may only promise it.

use std::io::BufReader;

use flate2::bufread::MultiGzDecoder;

use super::{CHUNK, SourceError, Stream, peek};

/// A way of compressing files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    Gzip,
    Zstandard,
}

impl Compression {
    const ALL: [Self; 2] = [Self::Gzip, Self::Zstandard];

    /// What the ending of a name promises, with the name before that ending.
    pub(super) fn of_name(name: &str) -> Option<(&str, Self)> {
        Self::ALL.into_iter().find_map(|way| Some((name.strip_suffix(way.ending())?, way)))
    }

    fn of_content(head: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|way| head.starts_with(way.magic()))
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Gzip => ".gz",
            Self::Zstandard => ".zst",
        }
    }

    const fn magic(self) -> &'static [u8] {
        match self {
            Self::Gzip => &[0x1f, 0x8b],
            Self::Zstandard => &[0x28, 0xb5, 0x2f, 0xfd],
        }
    }
}

/// The stream without its compression, if it has any. Files of several members or frames are read to their end.
pub(super) fn unpack(name: &str, packed: Stream) -> Result<Stream, SourceError> {
    let failed = |error: std::io::Error| SourceError::reading(name, &error);
    let (head, packed) = peek(packed, |head| head.len() >= 4).map_err(failed)?;
    let lower = name.to_ascii_lowercase();
    match (Compression::of_content(&head), Compression::of_name(&lower)) {
        (Some(Compression::Gzip), _) => Ok(Box::new(BufReader::with_capacity(CHUNK, MultiGzDecoder::new(packed)))),
        (Some(Compression::Zstandard), _) => {
            let decoder = zstd::stream::read::Decoder::with_buffer(packed).map_err(failed)?;
            Ok(Box::new(BufReader::with_capacity(CHUNK, decoder)))
        }
        (None, Some((_, promised))) if !head.is_empty() => {
            Err(SourceError::NotCompressed { file: name.to_owned(), ending: promised.ending() })
        }
        (None, _) => Ok(packed),
    }
}
