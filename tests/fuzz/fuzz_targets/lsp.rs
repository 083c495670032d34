//! See `rulebook_tests::arbitrary::lsp`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rulebook_tests::arbitrary::lsp(bytes));
