//! Built rulebooks from strangers.

use vm::file::{self, VERSION};

use super::decide::verdicts;

/// A built rulebook is refused, or decides within the limits. The bytes are what stands behind the envelope, whose length
/// and checksum are put right: they find accidents, and whoever forges a file puts them right too.
pub fn program(bytes: &[u8]) {
    let _ = file::load(bytes);
    let Ok(program) = file::load(&enveloped(bytes)) else { return };
    let again = file::load(&file::save(&program)).expect("what was saved loads");
    assert_eq!(*again, *program, "what was saved loads as something else");
    let _ = vm::disassemble(&program);
    let written = verdicts(&program, vm::Options::default());
    assert_eq!(written, verdicts(&program, vm::Options::default()), "the same program decides otherwise");
    let _ = verdicts(&program, vm::Options { trace: true, ..vm::Options::default() });
}

/// Bytes in the envelope of a built rulebook.
fn enveloped(payload: &[u8]) -> Vec<u8> {
    let checksum = crc32fast::hash(payload).to_le_bytes();
    [b"RULEBOOK", &VERSION.to_le_bytes()[..], &(payload.len() as u64).to_le_bytes(), &checksum, payload].concat()
}
