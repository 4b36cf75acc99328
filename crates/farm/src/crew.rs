use std::{
    any::Any,
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use kinora_film::{FrameRange, Segment};
use kinora_worker::{
    AssetStore, Chunk, ErrorKind, Observer, Recipe, SegmentJob, SegmentRenderer, Timings,
    render_segment,
};

use crate::{
    FarmError, Progress, RecordedFilm, ResultStore, Results, RetryPolicy, ScheduleAction,
    ScheduleEvent, Scheduler,
};

/// How often waiting threads look whether the work is to stop.
const TICK: Duration = Duration::from_millis(100);

/// Gives the segments that a crew renders, by their number from 0.
pub trait SegmentSource: Send + Sync {
    /// How they are rendered.
    fn recipe(&self) -> &Recipe;

    /// The name of a segment's result and the output frames that it becomes.
    fn place(&self, index: u64) -> Option<(String, FrameRange)>;

    /// A segment.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self, index: u64) -> Result<Segment, FarmError>;
}

impl SegmentSource for RecordedFilm {
    fn recipe(&self) -> &Recipe {
        self.recipe()
    }

    fn place(&self, index: u64) -> Option<(String, FrameRange)> {
        self.segment(index)
            .map(|segment| (segment.key, segment.frames))
    }

    fn read(&self, index: u64) -> Result<Segment, FarmError> {
        self.read(index)
    }
}

/// How a crew works.
#[derive(Clone, Copy, Debug)]
pub struct CrewOptions {
    /// Threads, at least 1.
    pub threads: usize,
    /// How often a segment is tried.
    pub retry: RetryPolicy,
    /// When work has to end: no segment is begun that will not be done by then, as far as
    /// the longest one so far tells, and one under way is given up.
    pub until: Option<Instant>,
}

/// Threads that render segments side by side, each result going to a store.
///
/// Segments may be announced while earlier ones are rendered. A crew that is dropped
/// stops after the frame that each thread is at.
pub struct Crew {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

/// What a crew did.
#[derive(Debug)]
pub struct CrewReport {
    /// Segments whose result stands, by their number.
    pub done: Vec<u64>,
    /// Time of all threads together, by stage.
    pub timings: Timings,
    /// Why a segment failed for good, if one did.
    pub failed: Option<FarmError>,
}

/// A segment that a thread is to render.
struct Task {
    index: u64,
    frames: FrameRange,
    key: String,
}

/// What changes while a crew works.
struct State {
    scheduler: Scheduler,
    /// What each thread is to do next.
    assigned: Vec<Option<u64>>,
    wake: Option<Duration>,
    /// The error of the last attempt at a segment.
    errors: HashMap<u64, FarmError>,
    failed: Option<FarmError>,
    /// Whether every segment is done, or one failed for good.
    over: bool,
    timings: Timings,
    /// How long the longest segment took.
    longest: Duration,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    source: Arc<dyn SegmentSource>,
    results: Arc<dyn ResultStore>,
    assets: Arc<dyn AssetStore>,
    progress: Arc<Progress>,
    until: Option<Instant>,
    stopping: AtomicBool,
    /// Whether a thread has nothing to do.
    idle: AtomicBool,
    started: Instant,
}

impl Crew {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        options: CrewOptions,
        source: Arc<dyn SegmentSource>,
        results: Arc<dyn ResultStore>,
        assets: Arc<dyn AssetStore>,
        progress: Arc<Progress>,
    ) -> Result<Self, FarmError> {
        let count = options.threads.max(1);
        let state = State {
            scheduler: Scheduler::new(count, options.retry),
            assigned: vec![None; count],
            wake: None,
            errors: HashMap::new(),
            failed: None,
            over: false,
            timings: Timings::default(),
            longest: Duration::ZERO,
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            changed: Condvar::new(),
            source,
            results,
            assets,
            progress,
            until: options.until,
            stopping: AtomicBool::new(false),
            idle: AtomicBool::new(false),
            started: Instant::now(),
        });
        let mut crew = Self {
            shared,
            threads: Vec::with_capacity(count),
        };
        for thread in 0..count {
            let shared = crew.shared.clone();
            let run = std::thread::Builder::new().name(format!("worker {thread}"));
            let started = run.spawn(move || shared.work(thread));
            crew.threads.push(started.map_err(FarmError::Threads)?);
        }
        Ok(crew)
    }

    /// Announces the next segment, which is rendered if its result does not stand yet.
    pub fn recorded(&self, index: u64) {
        let shared = &*self.shared;
        let Some((key, frames)) = shared.source.place(index) else {
            return;
        };
        let ready = shared.results.holds(&key);
        if ready {
            shared.count_standing(&frames);
        }
        shared.progress.segments.fetch_add(1, Relaxed);
        let segment = index;
        shared.advance(
            &mut shared.lock(),
            ScheduleEvent::Recorded { segment, ready },
        );
    }

    /// Declares that no further segment comes.
    pub fn end_recording(&self) {
        self.shared.progress.recording_ended.store(true, Relaxed);
        self.shared
            .advance(&mut self.shared.lock(), ScheduleEvent::RecordingEnded);
    }

    /// Fails when a segment has failed for good or the job was asked to stop.
    ///
    /// # Errors
    /// Why.
    pub fn check(&self) -> Result<(), FarmError> {
        self.shared.check(&mut self.shared.lock())
    }

    /// Asks the threads to stop after the frame that they are at.
    pub fn stop(&self) {
        self.shared.stop();
    }

    /// Something that stops the crew from elsewhere.
    pub fn stopper(&self) -> impl Fn() + Send + Sync + 'static {
        let shared = self.shared.clone();
        move || shared.stop()
    }

    /// Waits until all is done, time is over, or a segment failed for good; then the
    /// threads are ended.
    pub fn wait(mut self) -> CrewReport {
        let mut state = self.shared.lock();
        while !state.over && !self.shared.is_stopping() {
            let waited = self.shared.changed.wait_timeout(state, TICK);
            state = waited.expect("no holder of the lock panics").0;
        }
        drop(state);
        self.end();
        let mut state = self.shared.lock();
        let all = 0..state.scheduler.recorded();
        CrewReport {
            done: all
                .filter(|index| state.scheduler.is_done(*index))
                .collect(),
            timings: state.timings,
            failed: state.failed.take(),
        }
    }

    fn end(&mut self) {
        self.shared.stop();
        for thread in self.threads.drain(..) {
            // A thread's own panic was caught and reported with its segment.
            let _ = thread.join();
        }
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        self.end();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder of the lock panics")
    }

    fn stop(&self) {
        self.stopping.store(true, Relaxed);
        self.changed.notify_all();
    }

    /// Whether no further frame is to be begun.
    fn is_stopping(&self) -> bool {
        self.stopping.load(Relaxed) || self.progress.is_cancelled()
    }

    fn is_out_of_time(&self, needed: Duration) -> bool {
        self.until
            .is_some_and(|until| Instant::now() + needed > until)
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

    fn count_standing(&self, frames: &FrameRange) {
        let count = frames.end - frames.start;
        self.progress.cached.fetch_add(count, Relaxed);
        self.progress.segments_cached.fetch_add(1, Relaxed);
        self.progress.segments_done.fetch_add(1, Relaxed);
    }

    /// Tells the scheduler an event and carries out what it decides.
    fn advance(&self, state: &mut State, event: ScheduleEvent) {
        state.scheduler.handle(event, self.started.elapsed());
        self.poll(state);
    }

    fn poll(&self, state: &mut State) {
        state.wake = None;
        state.over = false;
        loop {
            match state.scheduler.poll(self.started.elapsed()) {
                ScheduleAction::Start { worker, segment } => {
                    state.assigned[worker] = Some(segment);
                }
                ScheduleAction::Wait { until } => {
                    state.wake = until;
                    break;
                }
                ScheduleAction::Failed { segment } => {
                    if let Some(error) = state.errors.remove(&segment) {
                        self.stopping.store(true, Relaxed);
                        state.failed = Some(error);
                    }
                    state.over = true;
                    break;
                }
                ScheduleAction::Finished => {
                    state.over = true;
                    break;
                }
            }
        }
        self.idle.store(state.scheduler.any_free(), Relaxed);
        self.changed.notify_all();
    }

    /// What a thread does, from its first segment to its last.
    fn work(&self, thread: usize) {
        let mut renderer = SegmentRenderer::new();
        let mut counted = Timings::default();
        while let Some(task) = self.next(thread) {
            let begun = Instant::now();
            let result = catch_unwind(AssertUnwindSafe(|| self.render(&mut renderer, &task)));
            let result = result.unwrap_or_else(|panic| {
                renderer = SegmentRenderer::new();
                counted = Timings::default();
                Err(FarmError::Panic {
                    frames: task.frames.clone(),
                    message: panic_message(&*panic),
                })
            });
            let timings = renderer.timings();
            let mut state = self.lock();
            state.timings += timings - counted;
            state.longest = state.longest.max(begun.elapsed());
            counted = timings;
            let (worker, segment) = (thread, task.index);
            let event = match result {
                Ok(()) => ScheduleEvent::Done { worker, segment },
                Err(error) if error.kind() == ErrorKind::Cancelled => {
                    self.stop();
                    break;
                }
                Err(error) => {
                    let retriable = error.kind() == ErrorKind::Passing;
                    state.errors.insert(segment, error);
                    ScheduleEvent::Failed {
                        worker,
                        segment,
                        retriable,
                    }
                }
            };
            self.advance(&mut state, event);
        }
    }

    /// Waits for something to do; none when the work is over.
    fn next(&self, thread: usize) -> Option<Task> {
        let mut state = self.lock();
        loop {
            if self.is_stopping() {
                return None;
            }
            if let Some(index) = state.assigned[thread].take() {
                if self.is_out_of_time(state.longest) {
                    self.stop();
                    return None;
                }
                let (key, frames) = self.source.place(index)?;
                return Some(Task { index, frames, key });
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

    fn render(&self, renderer: &mut SegmentRenderer, task: &Task) -> Result<(), FarmError> {
        // A segment that is drawn like an earlier one, or rendered meanwhile by another
        // process, stands already.
        if self.results.holds(&task.key) {
            self.count_standing(&task.frames);
            return Ok(());
        }
        let segment = self.source.read(task.index)?;
        let job = SegmentJob {
            segment: &segment,
            first_frame: task.frames.start,
            recipe: self.source.recipe(),
        };
        let attempt = Attempt {
            shared: self,
            counted: AtomicU64::new(0),
        };
        let result = render_segment(renderer, job, &*self.assets, &attempt)
            .map_err(|source| FarmError::Segment {
                frames: task.frames.clone(),
                source,
            })
            .and_then(|chunk| {
                let put = self.results.put(task.index, &task.key, &chunk);
                put.map_err(|source| self.storage(source))
            });
        match &result {
            Ok(()) => {
                self.progress.segments_done.fetch_add(1, Relaxed);
            }
            Err(_) => {
                let counted = attempt.counted.load(Relaxed);
                self.progress.rendered.fetch_sub(counted, Relaxed);
            }
        }
        result
    }

    fn storage(&self, source: std::io::Error) -> FarmError {
        FarmError::Storage {
            path: self.results.place(),
            source,
        }
    }
}

impl Results for &Crew {
    /// With `busy` this waits only while all threads are at work: the other work is for
    /// the processor that one leaves idle.
    fn result(&mut self, segment: u64, busy: bool) -> Result<Option<Chunk>, FarmError> {
        let shared = &*self.shared;
        let mut state = shared.lock();
        shared.check(&mut state)?;
        let wait = !busy || !state.scheduler.any_free();
        if !state.scheduler.is_done(segment) && wait {
            state = shared
                .changed
                .wait_timeout(state, TICK)
                .expect("no holder of the lock panics")
                .0;
            shared.check(&mut state)?;
        }
        if !state.scheduler.is_done(segment) {
            return Ok(None);
        }
        drop(state);
        let Some((key, _)) = shared.source.place(segment) else {
            return Ok(None);
        };
        let taken = shared.results.take(segment, &key);
        let chunk = taken.map_err(|source| shared.storage(source))?;
        if chunk.is_none() {
            let gone = std::io::Error::new(std::io::ErrorKind::NotFound, "a result was removed");
            let mut state = shared.lock();
            state.errors.insert(segment, shared.storage(gone));
            shared.advance(&mut state, ScheduleEvent::ResultLost { segment });
        }
        Ok(chunk)
    }

    fn spare(&self) -> bool {
        self.shared.idle.load(Relaxed)
    }

    fn assembled(&mut self, frames: u64) {
        self.shared.progress.assembled.store(frames, Relaxed);
    }
}

/// Counts the frames of one attempt at a segment.
struct Attempt<'a> {
    shared: &'a Shared,
    counted: AtomicU64,
}

impl Observer for Attempt<'_> {
    fn encoded(&self, frames: u64) {
        let before = self.counted.swap(frames, Relaxed);
        self.shared
            .progress
            .rendered
            .fetch_add(frames - before, Relaxed);
    }

    fn cancelled(&self) -> bool {
        self.shared.is_stopping() || self.shared.is_out_of_time(Duration::ZERO)
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
