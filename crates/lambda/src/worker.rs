use std::{
    io,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use kinora_farm::{
    Cache, Crew, CrewOptions, FarmError, ResultStore, RetryPolicy, SegmentSource as _,
};
use kinora_project::Access;
use kinora_worker::{Chunk, Timings};
use serde::{Deserialize, Serialize};
use tokio::{runtime::Handle, task::JoinHandle};

use crate::{
    Bucket, Fault, FaultKind, Planned, Requests,
    assets::BucketStore,
    keys,
    plan::{Plan, PlannedRun},
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
    /// What files that are read from where they are may be.
    pub access: Access,
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
    let pack = read(keys::pack(&planned.folder, &planned.run)).await?;
    let files = plan.assets_by_id();
    let run = Arc::new(PlannedRun::new(
        plan,
        pack,
        &planned.run,
        &planned.segments,
    )?);
    let runtime = Handle::current();
    let files = BucketStore::new(
        bucket.clone(),
        files,
        place.cache,
        place.access,
        runtime.clone(),
    );
    let results = Arc::new(BucketResults {
        bucket: bucket.clone(),
        folder: planned.folder.clone(),
        run: run.clone(),
        runtime,
        stored: Mutex::default(),
    });
    let left = place.deadline.saturating_duration_since(started);
    let options = CrewOptions {
        threads: place.threads.clamp(1, planned.segments.len()),
        // Whether it is tried again is the coordinator's business.
        retry: RetryPolicy {
            attempts: 1,
            ..RetryPolicy::default()
        },
        until: Some(place.deadline - (left / 8).min(RESERVE)),
    };
    let crew = Crew::start(
        options,
        run.clone(),
        results.clone(),
        Arc::new(files),
        Arc::default(),
    )?;
    (0..planned.segments.len() as u64).for_each(|index| crew.recorded(index));
    crew.end_recording();
    let cancelled = Arc::new(AtomicBool::new(false));
    let watch = watch(
        bucket.clone(),
        keys::cancel(job),
        crew.stopper(),
        cancelled.clone(),
    );
    let watch = tokio::spawn(watch);
    let worked = tokio::task::spawn_blocking(move || crew.wait()).await;
    watch.abort();
    if cancelled.load(Relaxed) {
        return Err(Fault::new(FaultKind::Cancelled, "the job was cancelled"));
    }
    let report = worked.map_err(|error| Fault::tool("a worker's thread broke down", &error))?;
    let mut done = results.collect(&report.done, report.failed).await?;
    let rendered = |segment: &&u64| done.rendered.contains(segment) || done.stood.contains(segment);
    done.left = planned
        .segments
        .iter()
        .filter(|segment| !rendered(segment))
        .copied()
        .collect();
    done.seconds = report.timings.into();
    done.requests = bucket.requests();
    done.arch = std::env::consts::ARCH.to_owned();
    done.wall_ms = started.elapsed().as_millis() as u64;
    Ok(done)
}

/// Stops the crew when the job is cancelled.
async fn watch(bucket: Bucket, key: String, stop: impl Fn(), cancelled: Arc<AtomicBool>) {
    loop {
        tokio::time::sleep(WATCH).await;
        // A look that fails is repeated; the job's own requests tell what is wrong.
        if let Ok(Some(_)) = bucket.head(&key).await {
            cancelled.store(true, Relaxed);
            stop();
            return;
        }
    }
}

/// Results of a run's segments, on their way into the bucket.
struct BucketResults {
    bucket: Bucket,
    folder: String,
    run: Arc<PlannedRun>,
    runtime: Handle,
    stored: Mutex<Vec<Stored>>,
}

/// A segment whose result is on its way.
struct Stored {
    index: u64,
    frames: u64,
    put: JoinHandle<Result<bool, Fault>>,
}

impl BucketResults {
    fn key(&self, index: u64) -> String {
        let number = self.run.number(index).unwrap_or(index);
        keys::rendered(&self.folder, number)
    }

    fn stored(&self) -> MutexGuard<'_, Vec<Stored>> {
        self.stored.lock().expect("no holder of the lock panics")
    }

    /// Waits for what is on its way.
    async fn collect(&self, made: &[u64], failed: Option<FarmError>) -> Result<PartDone, Fault> {
        let mut done = PartDone::default();
        let mut fault = failed.map(Fault::from);
        let stored = std::mem::take(&mut *self.stored());
        for Stored { index, frames, put } in stored {
            let put = put
                .await
                .map_err(|error| Fault::tool("storing a result broke off", &error));
            let number = self.run.number(index).unwrap_or(index);
            match put.and_then(|stored| stored) {
                _ if !made.contains(&index) => {}
                Ok(true) => done.rendered.push(number),
                Ok(false) => done.stood.push(number),
                Err(mut wrong) => {
                    let frames = self.run.place(index).map(|(_, frames)| frames);
                    wrong.frames = frames.map(|frames| [frames.start, frames.end]);
                    fault.get_or_insert(wrong);
                    continue;
                }
            }
            done.frames += frames;
        }
        match fault {
            Some(fault) => Err(fault),
            None => Ok(done),
        }
    }
}

impl ResultStore for BucketResults {
    /// The coordinator asks only for what does not stand.
    fn holds(&self, _: &str) -> bool {
        false
    }

    fn put(&self, index: u64, key: &str, chunk: &Chunk) -> io::Result<()> {
        let (bucket, name) = (self.bucket.clone(), self.key(index));
        let bytes = chunk.to_bytes(key);
        let put = async move { bucket.put_new(&name, bytes).await };
        let put = self.runtime.spawn(put);
        let frames = chunk.frames;
        self.stored().push(Stored { index, frames, put });
        Ok(())
    }

    fn take(&self, index: u64, key: &str) -> io::Result<Option<Chunk>> {
        let found = self.runtime.block_on(self.bucket.get(&self.key(index)));
        let bytes = found.map_err(io::Error::other)?;
        Ok(bytes.and_then(|bytes| Chunk::from_bytes(&bytes, key).ok()))
    }

    fn place(&self) -> PathBuf {
        self.bucket.uri(&keys::results(&self.folder)).into()
    }
}
