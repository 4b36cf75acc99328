use std::{
    any::Any,
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use kinora_film::{ContentHash, Cut, FrameRange, Segment};
use kinora_media::VideoSettings;
use kinora_raster::SimdLevel;
use kinora_worker::{AssetStore, Bench, Chunk, ErrorKind, SegmentJob, Timings, render_segment};

use crate::{
    Event, Failure, FarmError, JobOptions, Poll, Progress, Results, Scheduler, Spool,
    shelf::{Shelf, segment_key},
};

/// How often waiting threads look whether the job was asked to stop.
const TICK: Duration = Duration::from_millis(100);

/// What the job knows of a segment.
pub(crate) struct Slot {
    pub key: String,
    pub frames: FrameRange,
}

/// A segment that a worker is to render.
struct Task {
    segment: u64,
    frames: FrameRange,
    key: String,
}

/// What changes while a job runs.
pub(crate) struct State {
    scheduler: Scheduler,
    /// The binary forms of the segments.
    segments: Spool,
    pub slots: Vec<Slot>,
    /// What each worker is to do next.
    assigned: Vec<Option<u64>>,
    wake: Option<Duration>,
    /// The error of the last attempt at a segment.
    errors: HashMap<u64, FarmError>,
    failed: Option<FarmError>,
    closed: bool,
    pub timings: Timings,
}

/// What the threads of a job share.
pub(crate) struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    pub store: Arc<dyn AssetStore>,
    pub progress: Arc<Progress>,
    shelf: Shelf,
    video: VideoSettings,
    level: SimdLevel,
    stopping: AtomicBool,
    /// Whether a worker has nothing to do.
    idle: AtomicBool,
    started: Instant,
    scratch: std::path::PathBuf,
}

impl Shared {
    pub fn new(
        options: &JobOptions,
        store: Arc<dyn AssetStore>,
        progress: Arc<Progress>,
    ) -> Result<Self, FarmError> {
        let scratch = options.scratch.clone();
        let spool = || {
            Spool::new_in(&scratch).map_err(|source| FarmError::Storage {
                path: scratch.clone(),
                source,
            })
        };
        let shelf = match &options.cache {
            Some(cache) => Shelf::Cache(cache.clone()),
            None => Shelf::Spool {
                spool: Mutex::new(spool()?),
                folder: scratch.clone(),
            },
        };
        let workers = options.workers.max(1);
        let state = State {
            scheduler: Scheduler::new(workers, options.retry),
            segments: spool()?,
            slots: Vec::new(),
            assigned: vec![None; workers],
            wake: None,
            errors: HashMap::new(),
            failed: None,
            closed: false,
            timings: Timings::default(),
        };
        Ok(Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
            store,
            progress,
            shelf,
            video: options.video.clone(),
            level: options.level,
            stopping: AtomicBool::new(false),
            idle: AtomicBool::new(false),
            started: Instant::now(),
            scratch,
        })
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder of the lock panics")
    }

    /// Takes note of a frame; fails when the job has failed.
    pub fn recorded_frame(&self) -> Result<(), FarmError> {
        self.progress.recorded.fetch_add(1, Relaxed);
        self.check(&mut self.lock())
    }

    fn check(&self, state: &mut State) -> Result<(), FarmError> {
        if self.progress.is_cancelled() {
            return Err(FarmError::Cancelled);
        }
        match state.failed.take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Takes in a segment and gives it out if its result does not stand yet.
    pub fn record(&self, cut: &Cut) -> Result<(), FarmError> {
        let bytes = cut.segment.to_bytes();
        let hash = ContentHash(*blake3::hash(&bytes).as_bytes());
        let key = segment_key(hash, &self.video, self.level.name());
        let ready = self.shelf.holds(&key);
        let count = cut.segment.frames.len() as u64;
        if ready {
            self.progress.cached.fetch_add(count, Relaxed);
            self.progress.segments_cached.fetch_add(1, Relaxed);
            self.progress.segments_done.fetch_add(1, Relaxed);
        }
        self.progress.segments.fetch_add(1, Relaxed);
        let mut state = self.lock();
        state
            .segments
            .put(cut.index, &bytes)
            .map_err(|source| FarmError::Storage {
                path: self.scratch.clone(),
                source,
            })?;
        state.slots.push(Slot {
            key,
            frames: cut.first_frame..cut.first_frame + count,
        });
        let segment = cut.index;
        self.advance(&mut state, Event::Recorded { segment, ready });
        Ok(())
    }

    /// Declares recording ended; returns the number of segments.
    pub fn end_recording(&self) -> u64 {
        self.progress.recording_ended.store(true, Relaxed);
        let mut state = self.lock();
        self.advance(&mut state, Event::RecordingEnded);
        state.scheduler.recorded()
    }

    /// Stops all workers after the frame they are at.
    pub fn close(&self) {
        self.stopping.store(true, Relaxed);
        self.lock().closed = true;
        self.changed.notify_all();
    }

    /// Tells the scheduler an event and carries out what it decides.
    fn advance(&self, state: &mut State, event: Event) {
        state.scheduler.handle(event, self.started.elapsed());
        self.poll(state);
    }

    fn poll(&self, state: &mut State) {
        state.wake = None;
        loop {
            match state.scheduler.poll(self.started.elapsed()) {
                Poll::Start { worker, segment } => state.assigned[worker] = Some(segment),
                Poll::Wait { until } => {
                    state.wake = until;
                    break;
                }
                Poll::Failed { segment } => {
                    if let Some(error) = state.errors.remove(&segment) {
                        self.stopping.store(true, Relaxed);
                        state.failed = Some(error);
                    }
                    break;
                }
                Poll::Finished | Poll::NoWorkers => break,
            }
        }
        self.idle.store(state.scheduler.any_free(), Relaxed);
        self.changed.notify_all();
    }

    /// What a worker thread does, from the first segment to the last.
    pub fn work(&self, worker: usize) {
        let mut bench = Bench::new();
        let mut counted = Timings::default();
        while let Some(task) = self.next(worker) {
            let segment = task.segment;
            let result = catch_unwind(AssertUnwindSafe(|| self.render(&mut bench, &task)));
            let event = match result {
                Ok(Ok(())) => Event::Done { worker, segment },
                Ok(Err(error)) => self.attempt_failed(worker, segment, error),
                Err(panic) => {
                    bench = Bench::new();
                    counted = Timings::default();
                    let message = panic_message(&*panic);
                    let frames = task.frames;
                    let error = FarmError::Panic { frames, message };
                    self.attempt_failed(worker, segment, error)
                }
            };
            let timings = bench.timings();
            let mut state = self.lock();
            state.timings += timings - counted;
            counted = timings;
            self.advance(&mut state, event);
        }
    }

    fn attempt_failed(&self, worker: usize, segment: u64, error: FarmError) -> Event {
        let passing =
            error.kind() == ErrorKind::Passing || matches!(error, FarmError::Panic { .. });
        let failure = if passing {
            Failure::Passing
        } else {
            Failure::Lasting
        };
        self.lock().errors.insert(segment, error);
        Event::Failed {
            worker,
            segment,
            failure,
        }
    }

    /// Waits for something to do; none when the job is over.
    fn next(&self, worker: usize) -> Option<Task> {
        let mut state = self.lock();
        loop {
            if state.closed || self.stopping.load(Relaxed) || self.progress.is_cancelled() {
                return None;
            }
            if let Some(segment) = state.assigned[worker].take() {
                let slot = &state.slots[segment as usize];
                return Some(Task {
                    segment,
                    frames: slot.frames.clone(),
                    key: slot.key.clone(),
                });
            }
            let now = self.started.elapsed();
            let pause = state.wake.map_or(TICK, |wake| wake.saturating_sub(now));
            let (guard, timeout) = self
                .changed
                .wait_timeout(state, pause.clamp(Duration::from_millis(1), TICK))
                .expect("no holder of the lock panics");
            state = guard;
            if timeout.timed_out() && state.wake.is_some() {
                self.poll(&mut state);
            }
        }
    }

    fn render(&self, bench: &mut Bench, task: &Task) -> Result<(), FarmError> {
        let frames = task.frames.clone();
        let storage = |source| FarmError::Storage {
            path: self.shelf.folder(),
            source,
        };
        // A segment that is drawn like an earlier one, or rendered meanwhile by another
        // process, stands already.
        if self.shelf.holds(&task.key) {
            let count = frames.end - frames.start;
            self.progress.cached.fetch_add(count, Relaxed);
            self.progress.segments_cached.fetch_add(1, Relaxed);
            self.progress.segments_done.fetch_add(1, Relaxed);
            return Ok(());
        }
        let bytes = self.lock().segments.get(task.segment).map_err(storage)?;
        let segment = Segment::from_bytes(&bytes.unwrap_or_default()).map_err(|error| {
            storage(std::io::Error::new(std::io::ErrorKind::InvalidData, error))
        })?;
        let job = SegmentJob {
            segment,
            first_frame: frames.start,
            video: self.video.clone(),
            level: self.level,
        };
        let watch = Watch {
            shared: self,
            counted: AtomicU64::new(0),
        };
        let result = render_segment(bench, &job, &*self.store, &watch)
            .map_err(|source| FarmError::Segment { frames, source })
            .and_then(|chunk| {
                self.shelf
                    .put(task.segment, &task.key, &chunk)
                    .map_err(storage)
            });
        match &result {
            Ok(()) => {
                self.progress.segments_done.fetch_add(1, Relaxed);
            }
            Err(_) => {
                let counted = watch.counted.load(Relaxed);
                self.progress.rendered.fetch_sub(counted, Relaxed);
            }
        }
        result
    }
}

impl Results for &Shared {
    /// With `busy` this waits only while all workers are at work: the other work is for
    /// the processor that one leaves idle.
    fn result(&mut self, segment: u64, busy: bool) -> Result<Option<Chunk>, FarmError> {
        let mut state = self.lock();
        self.check(&mut state)?;
        let wait = !busy || !state.scheduler.any_free();
        if !state.scheduler.is_done(segment) && wait {
            state = self
                .changed
                .wait_timeout(state, TICK)
                .expect("no holder of the lock panics")
                .0;
            self.check(&mut state)?;
        }
        if !state.scheduler.is_done(segment) {
            return Ok(None);
        }
        let key = state.slots[segment as usize].key.clone();
        drop(state);
        let storage = |source| FarmError::Storage {
            path: self.shelf.folder(),
            source,
        };
        let chunk = self.shelf.take(segment, &key).map_err(storage)?;
        if chunk.is_none() {
            let gone = std::io::Error::new(std::io::ErrorKind::NotFound, "a result was removed");
            let mut state = self.lock();
            state.errors.insert(segment, storage(gone));
            self.advance(&mut state, Event::ResultLost { segment });
        }
        Ok(chunk)
    }

    fn spare(&self) -> bool {
        self.idle.load(Relaxed)
    }

    fn assembled(&mut self, frames: u64) {
        self.progress.assembled.store(frames, Relaxed);
    }
}

/// Counts the frames of one attempt.
struct Watch<'a> {
    shared: &'a Shared,
    counted: AtomicU64,
}

impl kinora_worker::Progress for Watch<'_> {
    fn encoded(&self, frames: u64) {
        let before = self.counted.swap(frames, Relaxed);
        self.shared
            .progress
            .rendered
            .fetch_add(frames - before, Relaxed);
    }

    fn cancelled(&self) -> bool {
        self.shared.stopping.load(Relaxed) || self.shared.progress.is_cancelled()
    }

    fn spare(&self) -> bool {
        self.shared.idle.load(Relaxed)
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let string = panic.downcast_ref::<String>().map(String::as_str);
    text.or(string).unwrap_or("no message").to_owned()
}
