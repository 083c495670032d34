//! A program as a file: [`save`] writes it, [`load`] reads and verifies it.
//!
//! ```text
//! RULEBOOK  version  length  checksum  payload ...............
//! 8 bytes   u32      u64     u32       `length` bytes, postcard
//! ```
//!
//! Numbers are little-endian. The checksum (CRC-32) is over the payload and finds accidents, not forgery; against
//! forgery stands that whatever is loaded is [verified](crate::verify), and that no number in a file makes `load`
//! reserve more memory than a fixed multiple of the file's size; patterns aside, which have a limit of their own.

pub(crate) mod nested;

use std::fmt;

use crate::program::Program;
use crate::verify::{Verified, VerifyError, verify};

const MAGIC: [u8; 8] = *b"RULEBOOK";

/// The version of the format. It changes whenever a program saved before would be read wrongly: with every change of
/// [`Program`], of the instruction table, or of the values inside.
pub const VERSION: u32 = 8;

/// The program as the bytes of a file.
pub fn save(program: &Program) -> Vec<u8> {
    // Writing to memory cannot fail, and every type in a program has a fixed shape; were it otherwise, an empty payload
    // is refused by `load`.
    let payload = postcard::to_stdvec(program).unwrap_or_default();
    let mut bytes = Vec::with_capacity(24 + payload.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&crc32fast::hash(&payload).to_le_bytes());
    bytes.extend_from_slice(&payload);
    bytes
}

/// The program in the bytes of a file.
///
/// # Errors
///
/// Whatever is not exactly what [`save`] wrote in this version, or does not verify. Never panics.
pub fn load(bytes: &[u8]) -> Result<Verified, LoadError> {
    let payload = open(bytes)?;
    let (program, rest) = postcard::take_from_bytes::<Program>(payload).map_err(|_| LoadError::Undecodable)?;
    if !rest.is_empty() {
        return Err(LoadError::TooLong(rest.len()));
    }
    verify(program).map_err(LoadError::Unverified)
}

/// Takes the envelope off.
fn open(bytes: &[u8]) -> Result<&[u8], LoadError> {
    let (magic, bytes) = bytes.split_first_chunk::<8>().ok_or(LoadError::NotAProgram)?;
    if *magic != MAGIC {
        return Err(LoadError::NotAProgram);
    }
    let (version, bytes) = bytes.split_first_chunk::<4>().ok_or(LoadError::CutOff)?;
    let version = u32::from_le_bytes(*version);
    if version != VERSION {
        return Err(LoadError::OtherVersion(version));
    }
    let (length, bytes) = bytes.split_first_chunk::<8>().ok_or(LoadError::CutOff)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| LoadError::CutOff)?;
    let (expected, bytes) = bytes.split_first_chunk::<4>().ok_or(LoadError::CutOff)?;
    let expected = u32::from_le_bytes(*expected);
    let payload = bytes.get(..length).ok_or(LoadError::CutOff)?;
    if bytes.len() > length {
        return Err(LoadError::TooLong(bytes.len() - length));
    }
    match crc32fast::hash(payload) {
        found if found == expected => Ok(payload),
        found => Err(LoadError::Damaged { expected, found }),
    }
}

/// Why a file is not a program that can be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// It does not begin as a program does.
    NotAProgram,
    /// Its format is another version's.
    OtherVersion(u32),
    /// It ends too early.
    CutOff,
    /// It goes on for some bytes after its end.
    TooLong(usize),
    /// Its content is not what was saved.
    Damaged {
        /// The checksum that was saved.
        expected: u32,
        /// The checksum of what is there.
        found: u32,
    },
    /// The checksum is right and the content makes no sense: it was not written by [`save`].
    Undecodable,
    /// It is a program that cannot be run.
    Unverified(VerifyError),
}

impl std::error::Error for LoadError {}

impl fmt::Display for LoadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAProgram => out.write_str("this is not a compiled rulebook"),
            Self::OtherVersion(version) => {
                write!(out, "this was compiled by another version of rulebook (format {version} instead of {VERSION})")
            }
            Self::CutOff => out.write_str("the compiled rulebook is cut off"),
            Self::TooLong(bytes) => write!(out, "the compiled rulebook is damaged: {bytes} bytes follow its end"),
            Self::Damaged { expected, found } => {
                write!(out, "the compiled rulebook is damaged: expected checksum {expected:08x}, found {found:08x}")
            }
            Self::Undecodable => out.write_str("the compiled rulebook makes no sense, though its checksum is right"),
            Self::Unverified(error) => write!(out, "the compiled rulebook does not verify: {error}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::lead_routing;

    #[test]
    fn what_is_saved_loads() {
        let program = lead_routing().0;
        assert_eq!(*load(&save(&program)).unwrap(), program);
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let bytes = save(&lead_routing().0);
        for (place, change) in (0..bytes.len()).flat_map(|place| [1, 0x80, 0xff].map(|change| (place, change))) {
            let mut damaged = bytes.clone();
            damaged[place] ^= change;
            assert!(load(&damaged).is_err(), "byte {place} changed by {change:#x}");
        }
        for length in 0..bytes.len() {
            assert!(load(&bytes[..length]).is_err(), "cut off at {length}");
        }
    }

    #[test]
    fn a_forged_file_does_no_harm() {
        let bytes = save(&lead_routing().0);
        for (place, change) in (24..bytes.len()).flat_map(|place| [1, 0x80, 0xff].map(|change| (place, change))) {
            let mut forged = bytes.clone();
            forged[place] ^= change;
            let checksum = crc32fast::hash(&forged[24..]);
            forged[20..24].copy_from_slice(&checksum.to_le_bytes());
            let _ = load(&forged);
        }
    }

    #[test]
    fn refusals_say_why() {
        let bytes = save(&lead_routing().0);
        let with = |place: usize, byte: u8| {
            let mut bytes = bytes.clone();
            bytes[place] = byte;
            load(&bytes).unwrap_err().to_string()
        };
        let text = |bytes: &[u8]| load(bytes).unwrap_err().to_string();
        assert_eq!(text(b"when lead.score > 70"), "this is not a compiled rulebook");
        assert_eq!(text(&bytes[..bytes.len() - 1]), "the compiled rulebook is cut off");
        assert_eq!(
            with(8, 99),
            format!("this was compiled by another version of rulebook (format 99 instead of {VERSION})")
        );
        assert!(with(24, 99).starts_with("the compiled rulebook is damaged: expected checksum "));

        let mut wrong = lead_routing();
        wrong.decision().code.pop();
        assert!(text(&save(&wrong.0)).starts_with("the compiled rulebook does not verify: `lead`: "));
    }

    /// The bytes of a program whose payload is another, under a length and a checksum that are right.
    fn enveloped(payload: &[u8]) -> Vec<u8> {
        let mut bytes = save(&lead_routing().0);
        bytes.truncate(12);
        bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&crc32fast::hash(payload).to_le_bytes());
        bytes.extend_from_slice(payload);
        bytes
    }

    #[test]
    fn a_file_ends_where_its_program_ends() {
        let bytes = save(&lead_routing().0);
        let payload = &bytes[24..];
        assert_eq!(enveloped(payload), bytes);
        let longer = [payload, &[0, 0]].concat();
        assert_eq!(load(&enveloped(&longer)).unwrap_err(), LoadError::TooLong(2), "inside of its length");
        assert_eq!(load(&[&bytes[..], &[0]].concat()).unwrap_err(), LoadError::TooLong(1), "and behind it");
        assert_eq!(load(&enveloped(&payload[..9])).unwrap_err(), LoadError::Undecodable);
        for length in 8..bytes.len() {
            assert_eq!(load(&bytes[..length]).unwrap_err(), LoadError::CutOff, "cut off at {length}");
        }
        for length in 0..8 {
            assert_eq!(load(&bytes[..length]).unwrap_err(), LoadError::NotAProgram);
        }
    }
}
