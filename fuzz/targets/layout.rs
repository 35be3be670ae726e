//! `laws::layout` holds of whatever bytes come.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| laws::layout::holds(input));
