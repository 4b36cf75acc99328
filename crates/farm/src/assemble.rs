use std::{
    path::Path,
    time::{Duration, Instant},
};

use kinora_film::{Fps, SoundCue, sample_at};
use kinora_media::{FilmWriter, HeadSink, MediaError, SAMPLE_RATE};
use kinora_worker::{
    AssetStore, Chunk, DamagedFile, SoundMixer, as_floats, at_loudness, frame_spec, mix_sound,
};

use crate::{FarmError, RecordedFilm};

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
#[derive(Clone, Debug, Default)]
pub struct Assembled {
    /// Bytes of the file.
    pub bytes: u64,
    /// Time spent mixing and encoding sound.
    pub sound: Duration,
    /// Time spent on the rest, waiting for results aside.
    pub join: Duration,
    /// Files that are broken where the film shows or sounds them.
    pub damaged: Vec<DamagedFile>,
}

/// The sound of the film, mixed piece by piece.
struct Sound<'a> {
    cues: Vec<SoundCue>,
    fps: Fps,
    store: &'a dyn AssetStore,
    mixer: SoundMixer,
    next: u64,
    end: u64,
    time: Duration,
}

impl Sound<'_> {
    /// Mixes the next piece and writes it.
    fn piece(&mut self, writer: &mut FilmWriter, limit: u64) -> Result<(), Fault> {
        let start = Instant::now();
        let end = (self.next + PIECE).min(limit).min(self.end);
        let range = self.next..end;
        let mix = mix_sound(&self.cues, self.fps, range, self.store, &mut self.mixer)
            .map_err(|error| Fault::Farm(FarmError::Sound(error)))?;
        writer.audio(&as_floats(&mix)).map_err(Fault::Media)?;
        self.next = end;
        self.time += start.elapsed();
        Ok(())
    }
}

/// Adds broken files to what is known of them, or gives up because of them.
fn note(done: &mut Assembled, files: &[DamagedFile], film: &RecordedFilm) -> Result<(), Fault> {
    if let (true, Some(file)) = (film.recipe().refuse_damaged, files.first()) {
        return Err(FarmError::Damaged(file.clone()).into());
    }
    let files = files.iter().cloned();
    files.for_each(|file| file.add(&mut done.damaged));
    Ok(())
}

impl Assembled {
    /// What to say of broken files.
    pub fn warnings(&self) -> impl Iterator<Item = String> {
        let shown = "what is broken shows or sounds as well as it can";
        let files = self.damaged.iter();
        files.map(move |file| format!("{file}; {shown} (--on-damaged error refuses it)"))
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

/// Puts the segments of a film together in order, each as soon as it is there, with the
/// sound beside them, if its format has any. In memory stand one result, the file's index and what sound
/// runs ahead, however long the film is.
///
/// # Errors
/// When a result will never be there, the sound cannot be mixed, the file not be
/// written, or there is no segment.
pub fn assemble(
    film: &RecordedFilm,
    store: &dyn AssetStore,
    results: &mut dyn Results,
    sink: Box<dyn HeadSink>,
) -> Result<Assembled, FarmError> {
    let path = sink.name().to_owned();
    write(film, store, results, sink).map_err(|fault| match fault {
        Fault::Farm(error) => error,
        Fault::Media(source) => FarmError::Output { path, source },
    })
}

fn write(
    film: &RecordedFilm,
    store: &dyn AssetStore,
    results: &mut dyn Results,
    sink: Box<dyn HeadSink>,
) -> Result<Assembled, Fault> {
    let (header, format) = (film.header(), &film.recipe().format);
    let fps = header.fps;
    let has_sound = format.sound.is_some();
    let start = Instant::now();
    let end = sample_at(film.frames(), fps, SAMPLE_RATE);
    let cues = match film.recipe().loudness {
        Some(hundredths) if has_sound => {
            let target = f64::from(hundredths) / 100.0;
            let louder = at_loudness(film.sounds(), fps, end, target, store);
            louder.map_err(|error| Fault::Farm(FarmError::Sound(error)))?
        }
        _ => film.sounds(),
    };
    let mut sound = Sound {
        cues,
        fps,
        store,
        mixer: SoundMixer::new(),
        next: 0,
        end,
        time: start.elapsed(),
    };
    let mut done = Assembled::default();
    let mut sink = Some(sink);
    let mut writer: Option<FilmWriter> = None;
    let mut frames = 0;
    for segment in 0..film.segment_count() {
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
        note(&mut done, &chunk.damaged, film)?;
        let start = Instant::now();
        if let Some(sink) = sink.take() {
            let stream = &chunk.video.header;
            let made = FilmWriter::to_sink(sink, format, &frame_spec(header), stream);
            writer = Some(made.map_err(Fault::Media)?);
        }
        let Some(writer) = &mut writer else {
            return Err(FarmError::Empty.into());
        };
        let written = match format.video {
            Some(_) => writer.video(chunk.video.packets),
            None => writer.pass(chunk.frames),
        };
        written.map_err(Fault::Media)?;
        frames += chunk.frames;
        done.join += start.elapsed();
        let reached = sample_at(frames, fps, SAMPLE_RATE);
        while has_sound && sound.next < reached {
            sound.piece(writer, reached)?;
        }
        note(&mut done, sound.mixer.damaged(), film)?;
        results.assembled(frames);
    }
    let start = Instant::now();
    let writer = writer.ok_or(FarmError::Empty)?;
    done.bytes = writer.finish().map_err(Fault::Media)?;
    done.join += start.elapsed();
    done.sound = sound.time;
    Ok(done)
}
