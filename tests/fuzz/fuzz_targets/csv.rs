//! See `rulebook_tests::arbitrary::csv`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rulebook_tests::arbitrary::csv(bytes));
