use std::sync::{
    Arc, Once,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use kinora_farm::Progress;

static ONCE: Once = Once::new();
static AGAIN: AtomicBool = AtomicBool::new(false);

/// Lets Ctrl-C (and a polite request to end) stop the job: it ends after the
/// frame it is at and cleans up. A second Ctrl-C ends the process at once.
pub fn stop_on_interrupt(progress: &Arc<Progress>) {
    let progress = progress.clone();
    ONCE.call_once(move || {
        let handler = move || {
            progress.cancel();
            if AGAIN.swap(true, Relaxed) {
                std::process::exit(2);
            }
        };
        // Without a handler, Ctrl-C still ends the process, only less tidily.
        if let Err(error) = ctrlc::set_handler(handler) {
            crate::show::say(&format!("warning: Ctrl-C will not clean up: {error}"));
        }
    });
}
