use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
};

use kinora_film::{
    AssetId, ContentHash, Cut, Cutter, Drawing, FilmHeader, FrameRange, Segment, SoundCue,
};
use kinora_media::{Chapter, Tags};
use kinora_worker::Recipe;

use crate::{FarmError, Spool, cost};

/// A film as it was recorded, or as far as it is: what all frames share, its segments
/// waiting on disk with their names and costs, the files they use, what is heard.
///
/// One [`Recorder`] fills it; who renders, looks at or publishes the film reads it, also
/// while it grows.
pub struct RecordedFilm {
    header: FilmHeader,
    recipe: Recipe,
    scratch: PathBuf,
    state: Mutex<State>,
}

struct State {
    /// The binary forms of the segments.
    spool: Spool,
    segments: Vec<RecordedSegment>,
    assets: BTreeSet<AssetId>,
    sounds: Vec<SoundCue>,
    scenes: Vec<Chapter>,
}

/// What is known of a recorded segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedSegment {
    /// The hash of its content.
    pub hash: ContentHash,
    /// The name of its result.
    pub key: String,
    /// The output frames that it becomes.
    pub frames: FrameRange,
    /// About what it costs to render, in nanoseconds of one processor.
    pub cost: u64,
}

/// How a film is recorded.
#[derive(Clone, Debug)]
pub struct RecordOptions {
    /// What all frames share.
    pub header: FilmHeader,
    /// How segments are to be rendered.
    pub recipe: Recipe,
    /// Frames a segment, at least 1; see [`segment_frames`].
    pub segment_frames: u64,
    /// A folder for an unnamed temporary file.
    pub scratch: PathBuf,
}

/// Frames in a segment of `seconds`: the nearest whole number, at least 1.
pub fn segment_frames(seconds: f64, fps: f64) -> u64 {
    (seconds * fps).round().max(1.0) as u64
}

impl RecordedFilm {
    /// What all frames share.
    pub fn header(&self) -> &FilmHeader {
        &self.header
    }

    /// How its segments are to be rendered.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// The segments recorded so far, in order.
    pub fn segments(&self) -> Vec<RecordedSegment> {
        self.lock().segments.clone()
    }

    /// What is known of a segment; none if it is not recorded.
    pub fn segment(&self, index: u64) -> Option<RecordedSegment> {
        self.lock().segments.get(index as usize).cloned()
    }

    /// How many segments are recorded.
    pub fn segment_count(&self) -> u64 {
        self.lock().segments.len() as u64
    }

    /// How many frames they hold together.
    pub fn frames(&self) -> u64 {
        self.lock().frames()
    }

    /// The files that the segments use.
    pub fn assets(&self) -> Vec<AssetId> {
        self.lock().assets.iter().copied().collect()
    }

    /// What is heard; frame 0 is the film's first. Empty before the recording has ended.
    pub fn sounds(&self) -> Vec<SoundCue> {
        self.lock().sounds.clone()
    }

    /// The binary form of a segment.
    ///
    /// # Errors
    /// When it was not recorded or the disk is broken.
    pub fn bytes(&self, index: u64) -> Result<Vec<u8>, FarmError> {
        let bytes = self.lock().spool.get(index);
        let gone = || io::Error::new(io::ErrorKind::NotFound, "the segment was not recorded");
        bytes
            .and_then(|bytes| bytes.ok_or_else(gone))
            .map_err(|source| self.storage(source))
    }

    /// A segment.
    ///
    /// # Errors
    /// When it was not recorded or the disk is broken.
    pub fn read(&self, index: u64) -> Result<Segment, FarmError> {
        let damaged = |error| self.storage(io::Error::new(io::ErrorKind::InvalidData, error));
        Segment::from_bytes(&self.bytes(index)?).map_err(damaged)
    }

    /// What its file tells of itself.
    pub fn tags(&self) -> Tags {
        Tags {
            title: self.recipe.title.clone(),
            chapters: match self.recipe.chapters {
                true => self.lock().scenes.clone(),
                false => Vec::new(),
            },
        }
    }

    /// Names the film by all that its file depends on.
    pub fn name(&self) -> String {
        let state = self.lock();
        let mut hasher = blake3::Hasher::new();
        for segment in &state.segments {
            hasher.update(segment.key.as_bytes());
        }
        for part in [
            postcard::to_stdvec(&self.recipe.format),
            postcard::to_stdvec(&state.sounds),
            postcard::to_stdvec(&(self.recipe.loudness, self.recipe.volume)),
            postcard::to_stdvec(&self.recipe.true_peak),
            postcard::to_stdvec(&self.recipe.title),
            postcard::to_stdvec(&state.scenes),
        ] {
            hasher.update(&part.expect("plain data in memory always serialises"));
        }
        hasher.finalize().to_hex()[..32].to_owned()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder of the lock panics")
    }

    fn storage(&self, source: io::Error) -> FarmError {
        storage(&self.scratch, source)
    }
}

impl State {
    fn frames(&self) -> u64 {
        self.segments.last().map_or(0, |last| last.frames.end)
    }
}

fn storage(folder: &Path, source: io::Error) -> FarmError {
    let path = folder.to_owned();
    FarmError::Storage { path, source }
}

/// Fills a [`RecordedFilm`] from its frames.
pub struct Recorder {
    film: Arc<RecordedFilm>,
    cutter: Cutter,
}

impl Recorder {
    /// Begins a film.
    ///
    /// # Errors
    /// When there is no room for the film.
    pub fn new(options: RecordOptions) -> Result<Self, FarmError> {
        let RecordOptions {
            header,
            recipe,
            scratch,
            segment_frames,
        } = options;
        let spool = Spool::new_in(&scratch).map_err(|source| storage(&scratch, source))?;
        let state = State {
            spool,
            segments: Vec::new(),
            assets: BTreeSet::new(),
            sounds: Vec::new(),
            scenes: Vec::new(),
        };
        Ok(Self {
            cutter: Cutter::new(header, segment_frames),
            film: Arc::new(RecordedFilm {
                header,
                recipe,
                scratch,
                state: Mutex::new(state),
            }),
        })
    }

    /// The film as far as it is recorded.
    pub fn film(&self) -> &Arc<RecordedFilm> {
        &self.film
    }

    /// Adds frame number `frame` of the project; frames come in rising order without
    /// gaps. The segment that became complete by it, if one did.
    ///
    /// # Errors
    /// When there is no room for it.
    pub fn push(&mut self, frame: u64, drawing: Drawing) -> Result<Option<u64>, FarmError> {
        let cut = self.cutter.push(frame, drawing);
        cut.map(|cut| self.add(&cut)).transpose()
    }

    /// Ends the frames. The last, shorter segment, if one was left.
    ///
    /// # Errors
    /// When there is no room for it.
    pub fn end(&mut self) -> Result<Option<u64>, FarmError> {
        let cut = self.cutter.finish();
        cut.map(|cut| self.add(&cut)).transpose()
    }

    /// Tells the scenes of the film, of which a file may make its chapters: their frames are
    /// counted from its first one.
    pub fn tell_scenes(&self, scenes: Vec<Chapter>) {
        self.film.lock().scenes = scenes;
    }

    /// Ends the film with what is heard, counted from its first frame.
    ///
    /// # Errors
    /// When there is no room for the last segment, or no frame was recorded.
    pub fn finish(mut self, sounds: Vec<SoundCue>) -> Result<Arc<RecordedFilm>, FarmError> {
        self.end()?;
        let mut state = self.film.lock();
        state.sounds = sounds;
        let empty = state.segments.is_empty();
        drop(state);
        match empty {
            true => Err(FarmError::Empty),
            false => Ok(self.film),
        }
    }

    fn add(&self, cut: &Cut) -> Result<u64, FarmError> {
        let film = &*self.film;
        let bytes = cut.segment.to_bytes();
        let hash = ContentHash::of(&bytes);
        let count = cut.segment.frames.len() as u64;
        let segment = RecordedSegment {
            hash,
            key: film.recipe.key(hash),
            frames: cut.first_frame..cut.first_frame + count,
            cost: cost(&cut.segment, &film.recipe),
        };
        let mut state = film.lock();
        let put = state.spool.put(cut.index, &bytes);
        put.map_err(|source| film.storage(source))?;
        state.segments.push(segment);
        state.assets.extend(cut.segment.assets());
        Ok(cut.index)
    }
}
