use std::{
    collections::BTreeSet,
    ops::Range,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use kinora_farm::{Cache, Event, Poll, RetryPolicy, Scheduler};
use kinora_raster::SimdLevel;
use kinora_worker::{Bench, Progress, SegmentJob, Timings, render_segment};
use serde::{Deserialize, Serialize};
use tokio::{runtime::Handle, task::JoinHandle};

use crate::{
    Bucket, Fault, FaultKind, Planned, Requests,
    assets::BucketStore,
    keys,
    plan::{Pack, Plan},
};

/// How often a worker looks whether its job was cancelled.
const WATCH: Duration = Duration::from_millis(1000);
/// Time kept for storing the last result and answering before the function is ended, at
/// most; an eighth of a shorter call.
const RESERVE: Duration = Duration::from_secs(4);

/// What a worker did, as its answer carries it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartDone {
    /// Segments rendered and stored.
    pub rendered: Vec<u64>,
    /// Segments that somebody else had stored meanwhile.
    pub stood: Vec<u64>,
    /// Segments not got to because time ran out.
    pub left: Vec<u64>,
    /// Frames rendered.
    pub frames: u64,
    /// Seconds of processor time of all threads, by stage.
    pub seconds: StageSeconds,
    /// Requests made of the bucket.
    pub requests: Requests,
    /// The processor's architecture, as Rust calls it.
    pub arch: String,
    /// Milliseconds from the call to the answer.
    pub wall_ms: u64,
}

/// Seconds of processor time by stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct StageSeconds {
    pub decode: f64,
    pub raster: f64,
    pub encode: f64,
}

impl StageSeconds {
    /// Adds another worker's.
    pub fn add(&mut self, other: Self) {
        self.decode += other.decode;
        self.raster += other.raster;
        self.encode += other.encode;
    }
}

impl From<Timings> for StageSeconds {
    fn from(timings: Timings) -> Self {
        Self {
            decode: timings.decode.as_secs_f64(),
            raster: timings.raster.as_secs_f64(),
            encode: timings.encode.as_secs_f64(),
        }
    }
}

/// What a worker has to work with.
pub struct Workplace {
    /// Where the film's parts stand.
    pub bucket: Bucket,
    /// Where files are kept between calls.
    pub cache: Cache,
    /// Threads that render.
    pub threads: usize,
    /// When the function will be ended.
    pub deadline: Instant,
}

/// Renders the planned segments and stores each result as soon as it is made.
///
/// # Errors
/// When a segment cannot be rendered or stored, with its frames; what was stored
/// before stays. [`FaultKind::Cancelled`] when the job was cancelled.
pub async fn render_planned(
    place: Workplace,
    job: &str,
    planned: &Planned,
) -> Result<PartDone, Fault> {
    let started = Instant::now();
    let bucket = place.bucket.clone();
    let read = async |key: String| match bucket.get(&key).await? {
        Some(bytes) => Ok(bytes),
        None => {
            let message = format!(
                "`{}` is gone; was the job cancelled or done?",
                bucket.uri(&key)
            );
            Err(Fault::new(FaultKind::Cancelled, message))
        }
    };
    let plan = Plan::from_bytes(&read(keys::plan(&planned.folder)).await?)?;
    let level = plan.level()?;
    let pack = read(keys::pack(&planned.folder, &planned.run)).await?;
    let damaged = || Fault::new(FaultKind::Passing, "the recorded segments are damaged");
    let places = Pack::places(&pack).ok_or_else(damaged)?;
    if places.len() as u64 != planned.run.end - planned.run.start {
        return Err(damaged());
    }
    let threads = place.threads.clamp(1, planned.segments.len());
    let runtime = Handle::current();
    let store = BucketStore::new(
        bucket.clone(),
        plan.assets_by_id(),
        place.cache.clone(),
        runtime.clone(),
    );
    let crew = Crew {
        plan,
        level,
        pack,
        places,
        folder: planned.folder.clone(),
        first: planned.run.start,
        segments: planned.segments.clone(),
        stop: AtomicBool::new(false),
        until: place.deadline
            - (place.deadline.saturating_duration_since(started) / 8).min(RESERVE),
        store,
        bucket: bucket.clone(),
        runtime,
        state: Mutex::new(State::new(planned.segments.len(), threads)),
    };
    let crew = Arc::new(crew);
    let cancelled = Arc::new(AtomicBool::new(false));
    let watch = tokio::spawn(watch(
        bucket,
        keys::cancel(job),
        crew.clone(),
        cancelled.clone(),
    ));
    let work = {
        let crew = crew.clone();
        tokio::task::spawn_blocking(move || {
            std::thread::scope(|scope| {
                let crew = &*crew;
                for thread in 1..threads {
                    scope.spawn(move || crew.work(thread));
                }
                crew.work(0);
            });
        })
    };
    let worked = work.await;
    watch.abort();
    if cancelled.load(Relaxed) {
        return Err(Fault::new(FaultKind::Cancelled, "the job was cancelled"));
    }
    worked.map_err(|error| Fault::tool("a worker's thread broke down", &error))?;
    let mut done = crew.collect().await?;
    done.requests = place.bucket.requests();
    done.arch = std::env::consts::ARCH.to_owned();
    done.wall_ms = started.elapsed().as_millis() as u64;
    Ok(done)
}

/// Stops the crew when the job is cancelled.
async fn watch(bucket: Bucket, key: String, crew: Arc<Crew>, cancelled: Arc<AtomicBool>) {
    loop {
        tokio::time::sleep(WATCH).await;
        // A look that fails is repeated; the job's own requests tell what is wrong.
        if let Ok(Some(_)) = bucket.head(&key).await {
            cancelled.store(true, Relaxed);
            crew.stop.store(true, Relaxed);
            return;
        }
    }
}

/// Threads that render segments one after another, in order.
struct Crew {
    plan: Plan,
    level: SimdLevel,
    pack: Bytes,
    places: Vec<Range<usize>>,
    folder: String,
    /// The first segment of the pack.
    first: u64,
    segments: Vec<u64>,
    /// Whether nothing more is to be rendered.
    stop: AtomicBool,
    /// When rendering has to end.
    until: Instant,
    store: BucketStore,
    bucket: Bucket,
    runtime: Handle,
    state: Mutex<State>,
}

/// A segment whose result is on its way into the bucket.
struct Stored {
    segment: u64,
    frames: u64,
    put: JoinHandle<Result<bool, Fault>>,
}

struct State {
    scheduler: Scheduler,
    /// Which segment each thread is to render next.
    assigned: Vec<Option<u64>>,
    stored: Vec<Stored>,
    left: BTreeSet<u64>,
    timings: Timings,
    fault: Option<Fault>,
    /// How long the longest segment took.
    longest: Duration,
}

impl State {
    /// Nothing is rendered yet of so many segments.
    fn new(segments: usize, threads: usize) -> Self {
        let mut scheduler = Scheduler::new(threads, RetryPolicy::default());
        for segment in 0..segments as u64 {
            let ready = false;
            scheduler.handle(Event::Recorded { segment, ready }, Duration::ZERO);
        }
        scheduler.handle(Event::RecordingEnded, Duration::ZERO);
        Self {
            scheduler,
            assigned: vec![None; threads],
            stored: Vec::new(),
            left: BTreeSet::new(),
            timings: Timings::default(),
            fault: None,
            longest: Duration::ZERO,
        }
    }
}

impl Crew {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("no holder of the lock panics")
    }

    /// What each thread does.
    fn work(&self, thread: usize) {
        let mut bench = Bench::new();
        while let Some(index) = self.next(thread) {
            let segment = self.segments[index as usize];
            let begun = Instant::now();
            let longest = self.state().longest;
            if self.stop.load(Relaxed) || begun + longest > self.until {
                self.state().left.insert(segment);
            } else if let Err(fault) = self.render(&mut bench, segment) {
                self.failed(segment, fault);
            }
            let mut state = self.state();
            state.longest = longest.max(begun.elapsed());
            let done = Event::Done {
                worker: thread,
                segment: index,
            };
            state.scheduler.handle(done, Duration::ZERO);
        }
        self.state().timings += bench.timings();
    }

    /// The index of the thread's next segment.
    fn next(&self, thread: usize) -> Option<u64> {
        let mut state = self.state();
        while let Poll::Start { worker, segment } = state.scheduler.poll(Duration::ZERO) {
            state.assigned[worker] = Some(segment);
        }
        state.assigned[thread].take()
    }

    fn failed(&self, segment: u64, mut fault: Fault) {
        let out_of_time = fault.kind == FaultKind::Cancelled && Instant::now() >= self.until;
        let mut state = self.state();
        state.left.insert(segment);
        if out_of_time || (fault.kind == FaultKind::Cancelled && state.fault.is_some()) {
            return;
        }
        fault.frames = self.frames(segment);
        state.fault.get_or_insert(fault);
        self.stop.store(true, Relaxed);
    }

    fn frames(&self, segment: u64) -> Option<[u64; 2]> {
        let slot = self.plan.segments.get(segment as usize)?;
        Some([slot.first_frame, slot.first_frame + slot.frames])
    }

    /// Renders a segment and sends its result on its way.
    fn render(&self, bench: &mut Bench, segment: u64) -> Result<(), Fault> {
        let place = self.places[(segment - self.first) as usize].clone();
        let job = SegmentJob {
            segment: self.plan.read(segment, &self.pack[place])?,
            first_frame: self.plan.segments[segment as usize].first_frame,
            video: self.plan.video.clone(),
            level: self.level,
        };
        let caught =
            std::panic::AssertUnwindSafe(|| render_segment(bench, &job, &self.store, self));
        let chunk = match std::panic::catch_unwind(caught) {
            Ok(rendered) => rendered?,
            Err(_) => {
                *bench = Bench::new();
                return Err(Fault::new(FaultKind::Passing, "the renderer broke down"));
            }
        };
        let (bucket, key) = (self.bucket.clone(), keys::rendered(&self.folder, segment));
        let bytes = chunk.to_bytes();
        let put = async move { bucket.put_new(&key, bytes).await };
        let put = self.runtime.spawn(put);
        let frames = chunk.frames;
        let stored = Stored {
            segment,
            frames,
            put,
        };
        self.state().stored.push(stored);
        Ok(())
    }

    /// Waits for what is on its way to the bucket.
    async fn collect(&self) -> Result<PartDone, Fault> {
        let (stored, mut done, mut fault) = {
            let mut state = self.state();
            let done = PartDone {
                seconds: state.timings.into(),
                left: state.left.iter().copied().collect(),
                ..PartDone::default()
            };
            (std::mem::take(&mut state.stored), done, state.fault.take())
        };
        for Stored {
            segment,
            frames,
            put,
        } in stored
        {
            let put = put
                .await
                .map_err(|error| Fault::tool("storing a result broke off", &error));
            match put.and_then(|stored| stored) {
                Ok(true) => done.rendered.push(segment),
                Ok(false) => done.stood.push(segment),
                Err(mut failed) => {
                    failed.frames = self.frames(segment);
                    fault.get_or_insert(failed);
                    continue;
                }
            }
            done.frames += frames;
        }
        if let Some(fault) = fault {
            return Err(fault);
        }
        Ok(done)
    }
}

impl Progress for Crew {
    fn encoded(&self, _: u64) {}

    fn cancelled(&self) -> bool {
        self.stop.load(Relaxed) || Instant::now() >= self.until
    }
}
