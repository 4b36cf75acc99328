use std::{
    path::PathBuf,
    sync::Arc,
    thread::JoinHandle,
    time::{Duration, Instant},
};

use kinora_film::{Cut, Cutter, Drawing, FilmHeader, SoundCue};
use kinora_media::{FileSink, VideoSettings};
use kinora_raster::SimdLevel;
use kinora_worker::{AssetStore, Timings};

use crate::{
    Cache, FarmError, Film, Progress, RetryPolicy,
    assemble::{assemble, make_folder},
    shared::Shared,
};

/// What to render, how, and where to.
#[derive(Clone, Debug)]
pub struct JobOptions {
    /// The finished file; its folder is made if absent.
    pub output: PathBuf,
    /// What all frames share.
    pub header: FilmHeader,
    /// How pictures are encoded.
    pub video: VideoSettings,
    /// Whether the file has sound (silence where nothing is heard).
    pub sound: bool,
    /// The instruction set that frames are drawn with.
    pub level: SimdLevel,
    /// Frames a segment, at least 1; see [`segment_frames`].
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

/// Frames in a segment of `seconds`: the nearest whole number, at least 1.
pub fn segment_frames(seconds: f64, fps: f64) -> u64 {
    (seconds * fps).round().max(1.0) as u64
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
}

/// A film on its way from frames to a file.
///
/// Frames are pushed as they are recorded; worker threads render the segments
/// that become complete, each result waiting on disk. [`Job::finish`] puts them
/// together in order while the last ones are still being rendered. A job that is
/// dropped before stops its workers and leaves no file.
pub struct Job {
    options: JobOptions,
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
    cutter: Cutter,
    frames: u64,
}

impl Job {
    /// Makes sure that the file can be written and starts the workers.
    ///
    /// # Errors
    /// When the file's folder cannot be made or written to, or temporary data
    /// cannot be stored.
    pub fn start(
        options: JobOptions,
        store: Arc<dyn AssetStore>,
        progress: Arc<Progress>,
    ) -> Result<Self, FarmError> {
        make_folder(&options.output)?;
        let shared = Arc::new(Shared::new(&options, store, progress)?);
        let workers = (0..options.workers.max(1))
            .map(|worker| {
                let shared = shared.clone();
                let name = format!("worker {worker}");
                let run = move || shared.work(worker);
                std::thread::Builder::new()
                    .name(name)
                    .spawn(run)
                    .expect("the system has threads to give")
            })
            .collect();
        let cutter = Cutter::new(options.header, options.segment_frames);
        Ok(Self {
            options,
            shared,
            workers,
            cutter,
            frames: 0,
        })
    }

    /// Adds frame number `frame` of the project; frames come in rising order
    /// without gaps.
    ///
    /// # Errors
    /// When a segment has failed meanwhile, so that recording on is in vain.
    pub fn push(&mut self, frame: u64, drawing: Drawing) -> Result<(), FarmError> {
        self.frames += 1;
        if let Some(cut) = self.cutter.push(frame, drawing) {
            self.record(&cut)?;
        }
        self.shared.recorded_frame()
    }

    fn record(&mut self, cut: &Cut) -> Result<(), FarmError> {
        self.shared.record(cut)
    }

    /// Waits for all segments and writes the file. `sounds` are all that is
    /// heard; frame 0 is the first one pushed.
    ///
    /// # Errors
    /// When a segment or the sound fails, the file cannot be written, or no
    /// frame was pushed. No file is left then.
    pub fn finish(mut self, sounds: &[SoundCue]) -> Result<Report, FarmError> {
        if let Some(cut) = self.cutter.finish() {
            self.record(&cut)?;
        }
        let segments = self.shared.end_recording();
        let film = Film {
            header: self.options.header,
            video: &self.options.video,
            segments,
            frames: self.frames,
            sounds: self.options.sound.then_some(sounds),
            store: &*self.shared.store,
        };
        let path = &self.options.output;
        let sink = FileSink::create(path).map_err(|source| FarmError::Output {
            path: path.clone(),
            source,
        })?;
        let done = assemble(&film, &mut &*self.shared, Box::new(sink))?;
        self.stop();
        let state = self.shared.lock();
        let keys = state.slots.iter().map(|slot| slot.key.clone());
        Ok(Report {
            frames: self.frames,
            segments,
            cached_segments: self.shared.progress.snapshot().segments_cached,
            bytes: done.bytes,
            timings: state.timings,
            sound: done.sound,
            assemble: done.join,
            keys: keys.filter(|_| self.options.cache.is_some()).collect(),
        })
    }

    fn stop(&mut self) {
        self.shared.close();
        for worker in self.workers.drain(..) {
            // A worker's own panic was caught and reported with its segment.
            let _ = worker.join();
        }
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The time since `start`, added to `sum`.
pub(crate) fn clock(sum: &mut Duration, start: Instant) {
    *sum += start.elapsed();
}
