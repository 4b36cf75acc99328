use std::{
    path::Path,
    time::{Duration, Instant},
};

use kinora_film::{FilmHeader, SoundCue, sample_at};
use kinora_media::{AudioSettings, MediaError, Mp4Sink, Mp4Writer, SAMPLE_RATE, VideoSettings};
use kinora_worker::{AssetStore, Chunk, SoundBench, as_floats, mix_sound};

use crate::{FarmError, job::clock};

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

/// What is put together.
#[derive(Clone, Copy)]
pub struct Film<'a> {
    /// What all frames share.
    pub header: FilmHeader,
    /// How the segments are encoded.
    pub video: &'a VideoSettings,
    /// How many segments there are.
    pub segments: u64,
    /// How many frames they hold together.
    pub frames: u64,
    /// What is heard; none for a file without a sound track.
    pub sounds: Option<&'a [SoundCue]>,
    /// Where the files that are heard are found.
    pub store: &'a dyn AssetStore,
}

/// Gives the results of segments to whoever puts them together.
pub trait Results {
    /// The result of a segment if it stands, after waiting at most a moment. With
    /// `busy`, which says that there is other work, it need not be waited for.
    ///
    /// # Errors
    /// When it never will stand.
    fn result(&mut self, segment: u64, busy: bool) -> Result<Option<Chunk>, FarmError>;

    /// Whether there is a processor for other work meanwhile.
    fn spare(&self) -> bool;

    /// So many frames are put together.
    fn assembled(&mut self, frames: u64);
}

/// What putting a film together took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Assembled {
    /// Bytes of the file.
    pub bytes: u64,
    /// Time spent mixing and encoding sound.
    pub sound: Duration,
    /// Time spent on the rest, waiting for results aside.
    pub join: Duration,
}

/// The sound of the film, mixed piece by piece.
struct Sound<'a> {
    cues: &'a [SoundCue],
    film: &'a Film<'a>,
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
        let range = self.next..end;
        let fps = self.film.header.fps;
        let mix = mix_sound(self.cues, fps, range, self.film.store, &mut self.bench)
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
/// sound beside them. In memory stand one result, the file's index and what sound
/// runs ahead, however long the film is.
///
/// # Errors
/// When a result will never be there, the sound cannot be mixed, the file not be
/// written, or there is no segment.
pub fn assemble(
    film: &Film<'_>,
    results: &mut dyn Results,
    sink: Box<dyn Mp4Sink>,
) -> Result<Assembled, FarmError> {
    let path = sink.name().to_owned();
    write(film, results, sink).map_err(|fault| match fault {
        Fault::Farm(error) => error,
        Fault::Media(source) => FarmError::Output { path, source },
    })
}

fn write(
    film: &Film<'_>,
    results: &mut dyn Results,
    sink: Box<dyn Mp4Sink>,
) -> Result<Assembled, Fault> {
    let fps = film.header.fps;
    let has_sound = film.sounds.is_some();
    let mut sound = Sound {
        cues: film.sounds.unwrap_or_default(),
        film,
        bench: SoundBench::new(),
        next: 0,
        end: sample_at(film.frames, fps, SAMPLE_RATE),
        time: Duration::ZERO,
    };
    let mut done = Assembled::default();
    let mut sink = Some(sink);
    let mut writer: Option<Mp4Writer> = None;
    let mut frames = 0;
    for segment in 0..film.segments {
        let reached = sample_at(frames, fps, SAMPLE_RATE);
        let chunk = loop {
            let ahead = has_sound && sound.next < (reached + LEAD).min(sound.end);
            let busy = writer.is_some() && ahead;
            if let Some(chunk) = results.result(segment, busy)? {
                break chunk;
            }
            if let (Some(writer), true) = (&mut writer, ahead && results.spare()) {
                sound.piece(writer, sound.end)?;
            }
        };
        let start = Instant::now();
        if let Some(sink) = sink.take() {
            let audio = has_sound.then(AudioSettings::default);
            let header = &chunk.video.header;
            let made = Mp4Writer::to_sink(sink, film.video, header, audio);
            writer = Some(made.map_err(Fault::Media)?);
        }
        let Some(writer) = &mut writer else {
            return Err(FarmError::Empty.into());
        };
        writer.video(chunk.video.packets).map_err(Fault::Media)?;
        frames += chunk.frames;
        clock(&mut done.join, start);
        let reached = sample_at(frames, fps, SAMPLE_RATE);
        while has_sound && sound.next < reached {
            sound.piece(writer, reached)?;
        }
        results.assembled(frames);
    }
    let start = Instant::now();
    let writer = writer.ok_or(FarmError::Empty)?;
    done.bytes = writer.finish().map_err(Fault::Media)?;
    clock(&mut done.join, start);
    done.sound = sound.time;
    Ok(done)
}
