//! Records a project and tells how long script and stage took a frame.
//!
//! `cargo run --release -p kinora-script --example measure -- project.tsx`

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use kinora_film::{AssetId, AssetKind, Drawing, FilmHeader};
use kinora_script::{FilmSink, Host, HostAsset, LogLevel, ScriptOptions, Stopped, record};
use kinora_stage::{FontSource, NoFonts};

struct Counter {
    frames: u64,
    first: Option<Instant>,
    last: Option<Drawing>,
    same: u64,
}

impl FilmSink for Counter {
    fn begin(&mut self, _: &FilmHeader) -> Result<(), Stopped> {
        Ok(())
    }

    fn frame(&mut self, _: u64, drawing: Drawing) -> Result<(), Stopped> {
        self.frames += 1;
        self.first.get_or_insert_with(Instant::now);
        self.same += u64::from(self.last.as_ref().is_some_and(|last| last.same(&drawing)));
        self.last = Some(drawing);
        Ok(())
    }
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
    let Some(project) = std::env::args().nth(1) else {
        eprintln!("usage: measure PROJECT");
        return ExitCode::from(2);
    };
    let started = Instant::now();
    let mut counter = Counter {
        frames: 0,
        first: None,
        last: None,
        same: 0,
    };
    match record(
        &ScriptOptions::new(project),
        Box::new(Anything(started)),
        &mut counter,
    ) {
        Ok(recording) => {
            let frames = counter.frames as f64;
            let first = counter
                .first
                .map_or(0.0, |first| (first - started).as_secs_f64() * 1000.0);
            println!(
                "{} frames, {} unchanged; first after {first:.1} ms; script {:.3} ms and stage {:.3} ms a frame; {:.2} s in all",
                counter.frames,
                counter.same,
                recording.script_seconds * 1000.0 / frames,
                recording.stage_seconds * 1000.0 / frames,
                started.elapsed().as_secs_f64()
            );
            recording.diagnostics.iter().for_each(|it| println!("{it}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
