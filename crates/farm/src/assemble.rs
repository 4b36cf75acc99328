use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use kinora_film::{Fps, SoundCue, sample_at};
use kinora_media::{MediaError, Pictures, SAMPLE_RATE};
use kinora_worker::{
    AssetStore, Chunk, DamagedFile, Measured, SoundMixer, as_floats, at_loudness, frame_spec,
    mix_sound,
};

use crate::{
    FarmError, RecordedFilm,
    writers::{Sinks, Writers},
};

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
    fn piece(&mut self, writers: &mut Writers, limit: u64) -> Result<(), Fault> {
        let start = Instant::now();
        let end = (self.next + PIECE).min(limit).min(self.end);
        let range = self.next..end;
        let mix = mix_sound(&self.cues, self.fps, range, self.store, &mut self.mixer)
            .map_err(|error| Fault::Farm(FarmError::Sound(error)))?;
        writers.audio(&as_floats(&mix)).map_err(Fault::Media)?;
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
        let shown =
            "what is broken shows or sounds as well as it can (--on-damaged error refuses it)";
        let gone = "what is missing stands still or is black, and silent (--on-missing)";
        let files = self.damaged.iter();
        files.map(move |file| match file.lost {
            Some(_) => format!("{file}; {gone}"),
            None => format!("{file}; {shown}"),
        })
    }
}

/// Why a film could not be put together.
pub(crate) enum Fault {
    Farm(FarmError),
    Media(MediaError),
}

impl From<FarmError> for Fault {
    fn from(error: FarmError) -> Self {
        Self::Farm(error)
    }
}

/// What became of a film that could not be put together, as the farm tells it.
pub(crate) fn output_error(fault: Fault, path: PathBuf) -> FarmError {
    match fault {
        Fault::Farm(error) => error,
        Fault::Media(source) => FarmError::Output { path, source },
    }
}

/// A film that is being put together: its pictures, and its sound beside them.
pub(crate) struct Putting<'a> {
    film: &'a RecordedFilm,
    has_sound: bool,
    sound: Sound<'a>,
    writers: Option<Writers>,
    frames: u64,
    done: Assembled,
}

impl<'a> Putting<'a> {
    /// Finds out how loud the sound is to be.
    pub fn new(film: &'a RecordedFilm, store: &'a dyn AssetStore) -> Result<Self, Fault> {
        let fps = film.header().fps;
        let has_sound = film.recipe().format.sound.is_some();
        let start = Instant::now();
        let end = sample_at(film.frames(), fps, SAMPLE_RATE);
        let cues = film.recipe().at_volume(film.sounds());
        let cues = match film.recipe().loudness {
            Some(hundredths) if has_sound => {
                let target = f64::from(hundredths) / 100.0;
                let measured = Measured {
                    fps,
                    samples: end,
                    store,
                    on_missing: film.recipe().on_missing,
                };
                at_loudness(cues, target, &measured)
                    .map_err(|error| Fault::Farm(FarmError::Sound(error)))?
            }
            _ => cues,
        };
        Ok(Self {
            film,
            has_sound,
            sound: Sound {
                cues,
                fps,
                store,
                mixer: SoundMixer::below(film.recipe().ceiling())
                    .on_missing(film.recipe().on_missing),
                next: 0,
                end,
                time: start.elapsed(),
            },
            writers: None,
            frames: 0,
            done: Assembled::default(),
        })
    }

    /// Begins the files.
    pub fn begin(&mut self, writers: Writers) {
        self.writers = Some(writers);
    }

    /// Frames that are put together so far.
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// Whether sound may be written now.
    fn is_ahead(&self) -> bool {
        let reached = sample_at(self.frames, self.sound.fps, SAMPLE_RATE);
        self.has_sound && self.sound.next < (reached + LEAD).min(self.sound.end)
    }

    /// Writes the next piece of sound ahead of the pictures.
    fn sound(&mut self) -> Result<(), Fault> {
        match &mut self.writers {
            Some(writers) => self.sound.piece(writers, self.sound.end),
            None => Ok(()),
        }
    }

    /// Writes so many frames, and the sound up to their end.
    pub fn put(
        &mut self,
        frames: u64,
        write: impl FnOnce(&mut Writers) -> Result<(), MediaError>,
    ) -> Result<(), Fault> {
        let start = Instant::now();
        let Some(writers) = &mut self.writers else {
            return Err(FarmError::Empty.into());
        };
        write(writers).map_err(Fault::Media)?;
        self.frames += frames;
        self.done.join += start.elapsed();
        let reached = sample_at(self.frames, self.sound.fps, SAMPLE_RATE);
        while self.has_sound && self.sound.next < reached {
            self.sound.piece(writers, reached)?;
        }
        note(&mut self.done, self.sound.mixer.damaged(), self.film)
    }

    /// Ends the files.
    pub fn end(mut self) -> Result<Assembled, Fault> {
        let start = Instant::now();
        let writers = self.writers.ok_or(FarmError::Empty)?;
        self.done.bytes = writers.finish().map_err(Fault::Media)?;
        self.done.join += start.elapsed();
        self.done.sound = self.sound.time;
        Ok(self.done)
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
    sinks: Sinks,
) -> Result<Assembled, FarmError> {
    let path = sinks.name().to_owned();
    write(film, store, results, sinks).map_err(|fault| output_error(fault, path))
}

fn write(
    film: &RecordedFilm,
    store: &dyn AssetStore,
    results: &mut dyn Results,
    sinks: Sinks,
) -> Result<Assembled, Fault> {
    let format = &film.recipe().format;
    let mut putting = Putting::new(film, store)?;
    let mut sinks = Some(sinks);
    for segment in 0..film.segment_count() {
        let chunk = loop {
            let ahead = putting.is_ahead();
            let busy = putting.writers.is_some() && ahead;
            if let Some(chunk) = results.result(segment, busy)? {
                break chunk;
            }
            if ahead && results.spare() {
                putting.sound()?;
            }
        };
        note(&mut putting.done, &chunk.damaged, film)?;
        if let Some(sinks) = sinks.take() {
            let start = Instant::now();
            let (spec, tags) = (frame_spec(film.header()), film.tags());
            let pictures = Pictures::Encoded(&chunk.video.header);
            let writers = Writers::begin(sinks, format, &spec, &pictures, &tags);
            putting.begin(writers.map_err(Fault::Media)?);
            putting.done.join += start.elapsed();
        }
        putting.put(chunk.frames, |writers| match format.video {
            Some(_) => writers.video(chunk.video.packets),
            None => writers.pass(chunk.frames),
        })?;
        results.assembled(putting.frames);
    }
    putting.end()
}
