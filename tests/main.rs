//! What the program as a whole must hold to. Most tests are files: see `cases/` and `README.md`.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may touch the disk, and fails by panicking"
)]

mod commonmark;
mod faults;
mod fuzzed;
mod hostile;
mod house;
mod incremental;
mod large;
mod load;
mod markdown;
mod output;
mod preview;
mod publish;
mod roundtrip;
mod scale;
mod serve;
mod support;
