use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use kinora_film::{Drawing, FilmHeader, SoundCue, untouched_video};
use kinora_media::{Chapter, Container, FilmWriter, Format, ListSink, SequenceSink};
use kinora_worker::{AssetStore, Recipe, Timings};

use crate::{
    Cache, CachedResults, CopyPlan, Crew, CrewOptions, FarmError, Progress, RecordOptions,
    RecordedFilm, Recorder, ResultStore, RetryPolicy, TemporaryResults,
    assemble::{assemble, make_folder},
};

/// What to render, how, and where to.
#[derive(Clone, Debug)]
pub struct JobOptions {
    /// The finished file, or the pattern of its pictures' files; its folder is made if absent.
    /// `-` is standard output.
    pub output: PathBuf,
    /// What all frames share.
    pub header: FilmHeader,
    /// How it is drawn, encoded and written.
    pub recipe: Recipe,
    /// Frames a segment, at least 1; see [`segment_frames`](crate::segment_frames).
    pub segment_frames: u64,
    /// Worker threads, at least 1.
    pub workers: usize,
    /// Where finished segments are kept for later runs, if anywhere.
    pub cache: Option<Cache>,
    /// A folder for unnamed temporary files.
    pub scratch: PathBuf,
    /// How often a segment is tried.
    pub retry: RetryPolicy,
}

/// What was done.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Frames in the file.
    pub frames: u64,
    /// Segments they were cut into.
    pub segments: u64,
    /// Segments taken from the cache.
    pub cached_segments: u64,
    /// Frames that were copied from videos and not encoded again: all or none.
    pub copied: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// Time of all workers together, by stage.
    pub timings: Timings,
    /// Time spent mixing and encoding sound.
    pub sound: Duration,
    /// Time spent putting the file together, without sound.
    pub assemble: Duration,
    /// Names of the cache's files that the segments are, if there is a cache.
    pub keys: Vec<String>,
    /// What the user should know.
    pub warnings: Vec<String>,
}

/// A film on its way from frames to a file of this machine.
///
/// Frames are pushed as they are recorded; a [`Crew`] renders the segments that become
/// complete, each result waiting on disk. [`Job::finish`] puts them together in order
/// while the last ones are still being rendered. A job that is dropped before stops its
/// workers and leaves no file.
pub struct Job {
    output: PathBuf,
    store: Arc<dyn AssetStore>,
    progress: Arc<Progress>,
    cached: Option<Arc<CachedResults>>,
    crew: Crew,
    recorder: Recorder,
    untouched: Option<Untouched>,
}

/// Segments that wait because all frames so far show videos as they are, and perhaps nothing
/// has to be rendered.
#[derive(Default)]
struct Untouched {
    segments: Vec<u64>,
}

impl Job {
    /// Makes sure that the file can be written and starts the workers.
    ///
    /// # Errors
    /// When the recipe cannot encode such frames, the file's folder cannot be made or
    /// written to, or temporary data cannot be stored.
    pub fn start(
        options: JobOptions,
        store: Arc<dyn AssetStore>,
        progress: Arc<Progress>,
    ) -> Result<Self, FarmError> {
        let checked = options.recipe.check(&options.header);
        checked.map_err(FarmError::Settings)?;
        if options.output != Path::new("-") {
            make_folder(&first_file(&options.output, &options.recipe.format)?)?;
        }
        let scratch = options.scratch;
        let storage = |source| FarmError::Storage {
            path: scratch.clone(),
            source,
        };
        let cached = match options.cache {
            Some(cache) => {
                let results = CachedResults::new(cache, &scratch).map_err(storage)?;
                Some(Arc::new(results))
            }
            None => None,
        };
        let results: Arc<dyn ResultStore> = match &cached {
            Some(cached) => cached.clone(),
            None => Arc::new(TemporaryResults::new_in(&scratch).map_err(storage)?),
        };
        let recorder = Recorder::new(RecordOptions {
            header: options.header,
            recipe: options.recipe,
            segment_frames: options.segment_frames,
            scratch,
        })?;
        let crew = CrewOptions {
            threads: options.workers,
            retry: options.retry,
            until: None,
        };
        let film: Arc<RecordedFilm> = recorder.film().clone();
        let copies = film.recipe().copy;
        let crew = Crew::start(crew, film, results, store.clone(), progress.clone())?;
        Ok(Self {
            untouched: copies.then(Untouched::default),
            output: options.output,
            store,
            progress,
            cached,
            crew,
            recorder,
        })
    }

    /// Adds frame number `frame` of the project; frames come in rising order
    /// without gaps.
    ///
    /// # Errors
    /// When a segment has failed meanwhile, so that recording on is in vain.
    pub fn push(&mut self, frame: u64, drawing: Drawing) -> Result<(), FarmError> {
        let size = self.recorder.film().header().size;
        if self.untouched.is_some() && untouched_video(&drawing, size).is_none() {
            self.render_all();
        }
        let segment = self.recorder.push(frame, drawing)?;
        self.render(segment);
        self.progress.recorded_frame();
        self.crew.check()
    }

    /// Has a segment rendered, unless it waits.
    fn render(&mut self, segment: Option<u64>) {
        match &mut self.untouched {
            Some(waiting) => waiting.segments.extend(segment),
            None => segment
                .into_iter()
                .for_each(|index| self.crew.recorded(index)),
        }
    }

    /// Has all segments rendered that waited.
    fn render_all(&mut self) {
        let waiting = self.untouched.take().unwrap_or_default();
        waiting
            .segments
            .into_iter()
            .for_each(|index| self.crew.recorded(index));
    }

    /// Tells the scenes of the film; see [`Recorder::tell_scenes`].
    pub fn tell_scenes(&self, scenes: Vec<Chapter>) {
        self.recorder.tell_scenes(scenes);
    }

    /// Waits for all segments and writes the file. `sounds` are all that is
    /// heard; frame 0 is the first one pushed.
    ///
    /// # Errors
    /// When a segment or the sound fails, the file cannot be written, or no
    /// frame was pushed. No file is left then.
    pub fn finish(mut self, sounds: Vec<SoundCue>) -> Result<Report, FarmError> {
        let last = self.recorder.end()?;
        self.render(last);
        let plan = match self.untouched {
            Some(_) => CopyPlan::of(self.recorder.film(), &*self.store),
            None => None,
        };
        if plan.is_none() {
            self.render_all();
        }
        let film = self.recorder.finish(sounds)?;
        self.crew.end_recording();
        let path = &self.output;
        let format = &film.recipe().format;
        let sink = FilmWriter::sink(path, format).map_err(|source| FarmError::Output {
            path: path.clone(),
            source,
        })?;
        let copied = plan.as_ref().map_or(0, |_| film.frames());
        let done = match plan {
            Some(plan) => plan.assemble(&film, &*self.store, sink, &self.progress)?,
            None => assemble(&film, &*self.store, &mut &self.crew, sink.into())?,
        };
        let segments = film.segments();
        let report = Report {
            frames: film.frames(),
            segments: segments.len() as u64,
            cached_segments: self.progress.snapshot().segments_cached,
            copied,
            bytes: done.bytes,
            timings: self.crew.wait().timings,
            sound: done.sound,
            assemble: done.join,
            keys: match &self.cached {
                Some(_) if copied == 0 => segments.into_iter().map(|segment| segment.key).collect(),
                _ => Vec::new(),
            },
            warnings: self
                .cached
                .iter()
                .filter_map(|cached| not_kept(cached))
                .chain(left_over(path, format, film.frames(), film.segment_count()))
                .chain(done.warnings())
                .collect(),
        };
        Ok(report)
    }
}

/// The file of a film of this machine, or the first of its pictures.
fn first_file(output: &Path, format: &Format) -> Result<PathBuf, FarmError> {
    if !format.container.is_sequence() {
        return Ok(output.to_owned());
    }
    let pattern = SequenceSink::pattern(output).map_err(FarmError::Settings)?;
    Ok(pattern.path(0))
}

/// What to say of files of an earlier, longer film, which now seem to be this one's.
fn left_over(output: &Path, format: &Format, frames: u64, segments: u64) -> Option<String> {
    let next = match format.container {
        Container::Pictures => SequenceSink::pattern(output).ok()?.path(frames),
        Container::Hls => ListSink::piece(output, segments),
        _ => return None,
    };
    next.exists().then(|| {
        format!(
            "the film ends before `{}`, which is of an earlier one and stays",
            next.display()
        )
    })
}

/// What to say of results that the cache could not keep.
fn not_kept(cached: &CachedResults) -> Option<String> {
    let fault = cached.take_fault()?;
    Some(format!(
        "the cache `{}` could not keep every segment, so they are rendered again next time: {fault}",
        cached.place().display()
    ))
}
