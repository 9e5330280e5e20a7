//! A progress bar for a person at a terminal who has waited long enough to wonder.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console;

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// Shows that work goes on, from half a second on, if standard error is a terminal. Gone when dropped.
pub struct Progress {
    bar: ProgressBar,
    stop: Option<Sender<()>>,
    waiter: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts with work whose amount isn't known: `doing` says what it is.
    pub fn start(doing: &'static str) -> Self {
        let bar = ProgressBar::hidden();
        bar.set_message(doing);
        bar.set_style(ProgressStyle::default_spinner());
        if !console::is_interactive() {
            return Self { bar, stop: None, waiter: None };
        }
        let (stop, stopped): (Sender<()>, Receiver<()>) = channel();
        let shown = bar.clone();
        let waiter = std::thread::spawn(move || {
            if stopped.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(100));
            }
        });
        Self { bar, stop: Some(stop), waiter: Some(waiter) }
    }

    /// Nothing is ever shown.
    pub fn none() -> Self {
        Self { bar: ProgressBar::hidden(), stop: None, waiter: None }
    }

    /// Goes on to work of `steps` steps.
    pub fn steps(&self, doing: &'static str, steps: usize) {
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            self.bar.set_style(style);
        }
        self.bar.set_message(doing);
        self.bar.set_length(steps as u64);
        self.bar.set_position(0);
    }

    /// One step is done.
    pub fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(waiter) = self.waiter.take() {
            let _ = waiter.join();
        }
        self.bar.finish_and_clear();
    }
}
