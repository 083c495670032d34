//! See `rulebook_tests::arbitrary::rules`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rulebook_tests::arbitrary::rules(bytes));
