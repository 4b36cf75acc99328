use std::{
    io::{IsTerminal as _, Write as _},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle as BarStyle};
use kinora_farm::{Progress, Snapshot};
use kinora_project::{Voice, visible, visible_json};
use serde_json::{Value, json};

use crate::{args::ProgressStyle, events};

/// How often a bar is drawn anew.
const BAR_TICK: Duration = Duration::from_millis(100);
/// How often an event is told.
const EVENT_TICK: Duration = Duration::from_millis(100);
/// How often a line of JSON is written.
const JSON_TICK: Duration = Duration::from_millis(500);
/// How often a plain line is written.
const PLAIN_TICK: Duration = Duration::from_secs(2);

/// Where lines for the user go, past a progress bar if one is drawn.
#[derive(Clone)]
pub struct Terminal {
    bars: MultiProgress,
    lock: Arc<Mutex<()>>,
}

impl Terminal {
    /// The terminal, without a bar yet.
    pub fn new() -> Self {
        Self {
            bars: MultiProgress::with_draw_target(ProgressDrawTarget::stderr()),
            lock: Arc::default(),
        }
    }

    /// Writes facts as JSON to standard output, in lines for people as well.
    pub fn tell(&self, facts: &Value) {
        self.print(&visible_json(&format!("{facts:#}")));
    }
}

impl Voice for Terminal {
    /// Writes a line to standard error. A reader that has gone away is no error.
    fn say(&self, line: &str) {
        self.bars.suspend(|| say(line));
    }

    /// Writes a line to standard output. A reader that has gone away is no error.
    fn print(&self, line: &str) {
        let _guard = self.lock.lock();
        self.bars.suspend(|| {
            let mut out = std::io::stdout().lock();
            // What is read by programs is theirs to understand.
            let line = match out.is_terminal() {
                true => visible(line),
                false => line.into(),
            };
            let _ = writeln!(out, "{line}").and_then(|()| out.flush());
        });
    }
}

/// Writes a line to standard error, as far as anybody reads it.
pub fn say(line: &str) {
    if events::are_on() {
        events::tell_line(line);
        return;
    }
    let _ = writeln!(std::io::stderr(), "{}", visible(line));
}

/// Shows how far a job is until it is dropped.
pub struct Display {
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Display {
    /// Begins to show the job.
    pub fn start(style: ProgressStyle, terminal: Terminal, progress: Arc<Progress>) -> Self {
        let ended = Arc::new(AtomicBool::new(false));
        let style = match style {
            ProgressStyle::Auto if events::are_on() => Some(ProgressStyle::Json),
            ProgressStyle::Auto if std::io::stderr().is_terminal() => None,
            ProgressStyle::Auto => Some(ProgressStyle::Plain),
            other => Some(other),
        };
        let seen = ended.clone();
        let shown = move || show(style, &terminal, &progress, &seen);
        let thread = match style {
            Some(ProgressStyle::None) => None,
            // without a thread nothing is shown, and the work goes on
            _ => std::thread::Builder::new().spawn(shown).ok(),
        };
        Self { ended, thread }
    }

    /// Shows the end and stops.
    pub fn end(mut self) {
        self.stop();
    }

    fn stop(&mut self) {
        self.ended.store(true, Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // A display that broke down is not worth failing for.
            let _ = thread.join();
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        self.stop();
    }
}

fn show(
    style: Option<ProgressStyle>,
    terminal: &Terminal,
    progress: &Progress,
    ended: &AtomicBool,
) {
    let started = Instant::now();
    let bar = style.is_none().then(|| terminal.bars.add(bar()));
    let tick = match style {
        None => BAR_TICK,
        Some(ProgressStyle::Json) if events::are_on() => EVENT_TICK,
        Some(ProgressStyle::Json) => JSON_TICK,
        Some(_) => PLAIN_TICK,
    };
    let mut last = None;
    loop {
        let end = ended.load(Relaxed);
        let snapshot = progress.snapshot();
        let elapsed = started.elapsed();
        match (&bar, style) {
            (Some(bar), _) => draw(bar, &snapshot, elapsed),
            (None, Some(ProgressStyle::Json)) if last != Some(snapshot) => {
                let facts = facts(&snapshot, elapsed);
                match events::are_on() {
                    true => events::tell("progress", facts),
                    false => terminal.print(&facts.to_string()),
                }
            }
            (None, _) if last != Some(snapshot) && elapsed >= tick / 4 && !end => {
                terminal.say(&plain_line(&snapshot, elapsed));
            }
            _ => {}
        }
        last = Some(snapshot);
        if end {
            break;
        }
        std::thread::park_timeout(tick);
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style = BarStyle::with_template("{prefix:8} [{bar:32}] {pos}/{len} {msg}")
        .expect("the template is in order")
        .progress_chars("=> ");
    bar.set_style(style);
    bar
}

fn draw(bar: &ProgressBar, snapshot: &Snapshot, elapsed: Duration) {
    bar.set_prefix(snapshot.stage());
    bar.set_length(snapshot.recorded);
    bar.set_position(done(snapshot));
    let left = match seconds_left(snapshot, elapsed) {
        Some(left) => format!(", {} left", clock(left)),
        None => String::new(),
    };
    bar.set_message(format!("{:.1} fps{left}", fps(snapshot, elapsed)));
    bar.tick();
}

fn done(snapshot: &Snapshot) -> u64 {
    snapshot.rendered + snapshot.cached
}

/// Frames rendered a second of this run.
fn fps(snapshot: &Snapshot, elapsed: Duration) -> f64 {
    snapshot.rendered as f64 / elapsed.as_secs_f64().max(1e-3)
}

fn seconds_left(snapshot: &Snapshot, elapsed: Duration) -> Option<f64> {
    let known = snapshot.recording_ended && snapshot.rendered > 0;
    let left = snapshot.recorded.saturating_sub(done(snapshot));
    known.then(|| left as f64 / fps(snapshot, elapsed))
}

fn clock(seconds: f64) -> String {
    let seconds = seconds.ceil() as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn plain_line(snapshot: &Snapshot, elapsed: Duration) -> String {
    let left = match seconds_left(snapshot, elapsed) {
        Some(left) => format!(", {} left", clock(left)),
        None => String::new(),
    };
    format!(
        "{}: {} of {} frames, {:.1} fps{left}",
        snapshot.stage(),
        done(snapshot),
        snapshot.recorded,
        fps(snapshot, elapsed)
    )
}

/// How far a job is, as programs read it.
fn facts(snapshot: &Snapshot, elapsed: Duration) -> Value {
    json!({
        "stage": snapshot.stage(),
        "frames": done(snapshot),
        "totalFrames": snapshot.recording_ended.then_some(snapshot.recorded),
        "recordedFrames": snapshot.recorded,
        "renderedFrames": snapshot.rendered,
        "cachedFrames": snapshot.cached,
        "assembledFrames": snapshot.assembled,
        "segments": snapshot.segments_done,
        "totalSegments": snapshot.recording_ended.then_some(snapshot.segments),
        "cachedSegments": snapshot.segments_cached,
        "fps": round(fps(snapshot, elapsed)),
        "secondsLeft": seconds_left(snapshot, elapsed).map(round),
        "elapsed": round(elapsed.as_secs_f64()),
    })
}

/// To a thousandth.
pub fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot() -> Snapshot {
        Snapshot {
            recorded: 100,
            recording_ended: true,
            rendered: 40,
            cached: 20,
            segments: 5,
            segments_done: 3,
            segments_cached: 1,
            assembled: 20,
        }
    }

    #[test]
    fn a_plain_line_tells_stage_frames_speed_and_time_left() {
        let line = plain_line(&snapshot(), Duration::from_secs(2));
        assert_eq!(line, "render: 60 of 100 frames, 20.0 fps, 0:02 left");
    }

    #[test]
    fn facts_tell_stage_frames_and_time_left() {
        let value = facts(&snapshot(), Duration::from_secs(2));
        assert_eq!(value["stage"], "render");
        assert_eq!(value["frames"], 60);
        assert_eq!(value["totalFrames"], 100);
        assert_eq!(value["secondsLeft"], 2.0);
    }
}
