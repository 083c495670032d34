//! See `rulebook_tests::arbitrary::json_schema`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rulebook_tests::arbitrary::json_schema(bytes));
