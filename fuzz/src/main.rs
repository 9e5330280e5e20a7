//! One program for every target, which is picked by the variable `EXPOUND_FUZZ`.

#![no_main]

mod targets;

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

static TARGET: OnceLock<fn(&[u8])> = OnceLock::new();

fuzz_target!(init: {
    let name = std::env::var("EXPOUND_FUZZ").unwrap_or_default();
    let Some((_, run)) = targets::TARGETS.iter().find(|(known, _)| *known == name) else {
        eprintln!("EXPOUND_FUZZ names no target");
        std::process::exit(2);
    };
    let _ = TARGET.set(*run);
}, |data: &[u8]| {
    if let Some(run) = TARGET.get() {
        run(data);
    }
});
