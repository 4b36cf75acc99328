use std::{
    path::Path,
    time::{Duration, Instant},
};

use kinora_film::{Fps, SoundCue, sample_at};
use kinora_media::{AudioSettings, MediaError, Mp4Writer, SAMPLE_RATE};
use kinora_worker::{SoundBench, as_floats, mix_sound};

use crate::{FarmError, JobOptions, Report, job::clock, shared::Shared};

/// How far sound may be written ahead of pictures that are not rendered yet.
/// The muxer holds it in memory, some 16 kB a second.
const LEAD: u64 = 300 * SAMPLE_RATE as u64;
/// Samples mixed at once.
const PIECE: u64 = SAMPLE_RATE as u64;

/// Makes the folder of the file and makes sure that it can be written to.
pub(crate) fn make_folder(output: &Path) -> Result<(), FarmError> {
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let fault = |source| FarmError::Folder {
        path: folder.to_owned(),
        source,
    };
    std::fs::create_dir_all(folder).map_err(fault)?;
    tempfile::tempfile_in(folder)
        .map(drop)
        .map_err(|source| FarmError::NotWritable {
            path: folder.to_owned(),
            source,
        })
}

/// The sound of the film, mixed piece by piece.
struct Sound<'a> {
    cues: &'a [SoundCue],
    fps: Fps,
    shared: &'a Shared,
    bench: SoundBench,
    next: u64,
    end: u64,
    time: Duration,
}

impl Sound<'_> {
    /// Mixes the next piece and writes it.
    fn piece(&mut self, writer: &mut Mp4Writer, limit: u64) -> Result<(), Fault> {
        let start = Instant::now();
        let end = (self.next + PIECE).min(limit).min(self.end);
        let store = &*self.shared.store;
        let range = self.next..end;
        let mix = mix_sound(self.cues, self.fps, range, store, &mut self.bench)
            .map_err(|error| Fault::Farm(FarmError::Sound(error)))?;
        writer.audio(&as_floats(&mix)).map_err(Fault::Media)?;
        self.next = end;
        clock(&mut self.time, start);
        Ok(())
    }
}

enum Fault {
    Farm(FarmError),
    Media(MediaError),
}

impl From<FarmError> for Fault {
    fn from(error: FarmError) -> Self {
        Self::Farm(error)
    }
}

/// Puts the segments together in order, each as soon as it is there, with the
/// sound beside them.
pub(crate) fn assemble(
    options: &JobOptions,
    shared: &Shared,
    segments: u64,
    frames: u64,
    cues: &[SoundCue],
) -> Result<Report, FarmError> {
    write(options, shared, segments, frames, cues).map_err(|fault| match fault {
        Fault::Farm(error) => error,
        Fault::Media(source) => FarmError::Output {
            path: options.output.clone(),
            source,
        },
    })
}

fn write(
    options: &JobOptions,
    shared: &Shared,
    segments: u64,
    frames: u64,
    cues: &[SoundCue],
) -> Result<Report, Fault> {
    let fps = options.header.fps;
    let mut sound = Sound {
        cues: if options.sound { cues } else { &[] },
        fps,
        shared,
        bench: SoundBench::new(),
        next: 0,
        end: sample_at(frames, fps, SAMPLE_RATE),
        time: Duration::ZERO,
    };
    let mut report = Report::default();
    let mut writer: Option<Mp4Writer> = None;
    for segment in 0..segments {
        let reached = sample_at(report.frames, fps, SAMPLE_RATE);
        let chunk = loop {
            let ahead = options.sound && sound.next < (reached + LEAD).min(sound.end);
            let busy = writer.is_some() && ahead;
            if let Some(chunk) = shared.result(segment, busy)? {
                break chunk;
            }
            if let (Some(writer), true) = (&mut writer, ahead && shared.any_idle()) {
                sound.piece(writer, sound.end)?;
            }
        };
        let start = Instant::now();
        let writer = match &mut writer {
            Some(writer) => writer,
            None => {
                let audio = options.sound.then(AudioSettings::default);
                let header = &chunk.video.header;
                let made = Mp4Writer::create(&options.output, &options.video, header, audio)
                    .map_err(Fault::Media)?;
                writer.insert(made)
            }
        };
        writer.video(chunk.video.packets).map_err(Fault::Media)?;
        report.frames += chunk.frames;
        clock(&mut report.assemble, start);
        let reached = sample_at(report.frames, fps, SAMPLE_RATE);
        while options.sound && sound.next < reached {
            sound.piece(writer, reached)?;
        }
        let assembled = &shared.progress.assembled;
        assembled.store(report.frames, std::sync::atomic::Ordering::Relaxed);
    }
    let start = Instant::now();
    let writer = writer.ok_or(FarmError::Empty)?;
    report.bytes = writer.finish().map_err(Fault::Media)?;
    clock(&mut report.assemble, start);
    report.sound = sound.time;
    Ok(report)
}
