//! `laws::map` holds of whatever bytes come.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| laws::map::holds(input));
