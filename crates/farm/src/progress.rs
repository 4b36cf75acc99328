use crate::FarmError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

/// How far a job is; written by the farm, read by whoever shows it.
///
/// It also carries the wish to stop: see [`Progress::cancel`].
#[derive(Debug, Default)]
pub struct Progress {
    pub(crate) recorded: AtomicU64,
    pub(crate) recording_ended: AtomicBool,
    pub(crate) rendered: AtomicU64,
    pub(crate) cached: AtomicU64,
    pub(crate) segments: AtomicU64,
    pub(crate) segments_done: AtomicU64,
    pub(crate) segments_cached: AtomicU64,
    pub(crate) assembled: AtomicU64,
    cancelled: AtomicBool,
}

/// How far a job was at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Frames recorded.
    pub recorded: u64,
    /// Whether recording has ended, so that `recorded` is the film's length.
    pub recording_ended: bool,
    /// Frames rendered in this run, those of unfinished segments included.
    pub rendered: u64,
    /// Frames taken from the cache.
    pub cached: u64,
    /// Segments recorded.
    pub segments: u64,
    /// Segments whose result stands, those from the cache included.
    pub segments_done: u64,
    /// Segments taken from the cache.
    pub segments_cached: u64,
    /// Frames written to the file.
    pub assembled: u64,
}

impl Snapshot {
    /// What the job is at: `record`, `render` or `assemble`.
    pub fn stage(&self) -> &'static str {
        if !self.recording_ended {
            "record"
        } else if self.rendered + self.cached < self.recorded {
            "render"
        } else {
            "assemble"
        }
    }
}

impl Progress {
    /// How far the job is now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            recorded: self.recorded.load(Relaxed),
            recording_ended: self.recording_ended.load(Relaxed),
            rendered: self.rendered.load(Relaxed),
            cached: self.cached.load(Relaxed),
            segments: self.segments.load(Relaxed),
            segments_done: self.segments_done.load(Relaxed),
            segments_cached: self.segments_cached.load(Relaxed),
            assembled: self.assembled.load(Relaxed),
        }
    }

    /// Takes note of a recorded frame.
    pub fn recorded_frame(&self) {
        self.recorded.fetch_add(1, Relaxed);
    }

    /// Takes over how far a job is that others do.
    pub fn tell(&self, snapshot: &Snapshot) {
        self.recorded.store(snapshot.recorded, Relaxed);
        self.recording_ended
            .store(snapshot.recording_ended, Relaxed);
        self.rendered.store(snapshot.rendered, Relaxed);
        self.cached.store(snapshot.cached, Relaxed);
        self.segments.store(snapshot.segments, Relaxed);
        self.segments_done.store(snapshot.segments_done, Relaxed);
        self.segments_cached
            .store(snapshot.segments_cached, Relaxed);
        self.assembled.store(snapshot.assembled, Relaxed);
    }

    /// Whether the job was asked to stop, while frames are neither rendered nor waited for.
    ///
    /// # Errors
    /// If it was.
    pub(crate) fn check(&self) -> Result<(), FarmError> {
        match self.is_cancelled() {
            true => Err(FarmError::Cancelled),
            false => Ok(()),
        }
    }

    /// Asks the job to stop: no further frame is begun. Segments that are
    /// finished stay in the cache.
    pub fn cancel(&self) {
        self.cancelled.store(true, Relaxed);
    }

    /// Whether the job was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Relaxed)
    }
}
