//! Records a project into nothing and tells what it took, as one line of JSON.
//!
//! `cargo run --release -p kinora-script --example measure -- project.tsx '{"variable": 1}'`
//!
//! Times are CPU seconds of the one thread that records (`first` and `last` until
//! those frames are made), memory is in MiB (`early` after a hundred frames).

use std::{
    convert::Infallible,
    process::ExitCode,
    time::{Duration, Instant},
};

use cpu_time::ThreadTime;
use kinora_film::{AssetId, AssetKind, Drawing, FilmHeader};
use kinora_script::{FilmSink, Host, HostAsset, LogLevel, ScriptOptions, record};
use kinora_stage::{FontSource, NoFonts};

#[derive(Default)]
struct Counter {
    frames: u64,
    /// CPU time at the first frame and at the present one.
    first: Duration,
    latest: Duration,
    last: Option<Drawing>,
    same: u64,
    early: f64,
}

impl FilmSink for Counter {
    type Stop = Infallible;

    fn begin(&mut self, _: &FilmHeader) -> Result<(), Infallible> {
        Ok(())
    }

    fn frame(&mut self, _: u64, drawing: Drawing) -> Result<(), Infallible> {
        self.frames += 1;
        self.latest = ThreadTime::now().as_duration();
        if self.frames == 1 {
            self.first = self.latest;
        }
        if self.frames == 100 {
            self.early = resident();
        }
        self.same += u64::from(self.last.as_ref().is_some_and(|last| last.same(&drawing)));
        self.last = Some(drawing);
        Ok(())
    }
}

/// Memory of this process.
fn resident() -> f64 {
    let sizes = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = sizes.split_whitespace().nth(1);
    pages.and_then(|it| it.parse().ok()).unwrap_or(0.0) * 4096.0 / f64::from(1 << 20)
}

struct Anything(Instant);

impl Host for Anything {
    fn asset(&mut self, src: &str, kind: AssetKind) -> Result<HostAsset, String> {
        Ok(HostAsset {
            id: AssetId::of(src.as_bytes()),
            width: 1920,
            height: 1080,
            duration: if kind == AssetKind::Still { 0.0 } else { 60.0 },
            audio: kind != AssetKind::Still,
            name: src.to_owned(),
            vector: None,
        })
    }

    fn read(&mut self, _: &str) -> Result<Vec<u8>, String> {
        Err("there is nothing to read".to_owned())
    }

    fn fonts(&mut self) -> Box<dyn FontSource> {
        Box::new(NoFonts)
    }

    fn pixel(&mut self, _: AssetId, _: u32, _: u32) -> Result<[u8; 4], String> {
        Ok([0; 4])
    }

    fn log(&mut self, level: LogLevel, message: &str, _: Option<&str>) {
        eprintln!("{level:?}: {message}");
    }

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(project) = arguments.next() else {
        eprintln!("usage: measure PROJECT [VARIABLES]");
        return ExitCode::from(2);
    };
    let mut options = ScriptOptions::new(project);
    if let Some(variables) = arguments.next() {
        match serde_json::from_str(&variables) {
            Ok(variables) => options.variables = Some(variables),
            Err(cause) => {
                eprintln!("`{variables}` is no JSON: {cause}");
                return ExitCode::from(2);
            }
        }
    }
    let started = Instant::now();
    let mut counter = Counter::default();
    match record(&options, Box::new(Anything(started)), &mut counter) {
        Ok(recorded) => {
            let recording = recorded.recording;
            let told = serde_json::json!({
                "frames": counter.frames,
                "unchanged": counter.same,
                "first": counter.first.as_secs_f64(),
                "last": counter.latest.as_secs_f64(),
                "wall": started.elapsed().as_secs_f64(),
                "script": recording.script_seconds,
                "stage": recording.stage_seconds,
                "early": counter.early,
                "memory": resident(),
            });
            println!("{told}");
            recording
                .diagnostics
                .iter()
                .for_each(|it| eprintln!("{it}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
