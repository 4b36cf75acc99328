use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use futures::{StreamExt as _, TryStreamExt as _, stream};
use kinora_farm::{
    Assembled, Attempt, DispatchPolicy, Film, Order, Progress, Run, Snapshot, Tally, assemble,
    shares,
};
use kinora_media::{FileSink, Mp4Sink};
use kinora_project::{Library, ProjectHost, Voice};
use kinora_script::ScriptOptions;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::{runtime::Handle, sync::mpsc, task::JoinHandle};

use crate::{
    Bucket, Called, Caller, Encoding, Fault, FaultKind, Made, PartialRender, Planned, Recorded,
    Request, Segments, Wall,
    assets::publish,
    crew::{Crew, look},
    join::Joiner,
    keys,
    made::round,
    money,
    plan::{Pack, Plan},
    record,
    sink::BucketSink,
};

/// How often the bucket is looked at for results, cancellation and news to tell.
const LOOK: Duration = Duration::from_millis(1000);
/// Objects stored at once.
const ON_THE_WAY: usize = 16;
/// Time kept for answering before the coordinator itself is ended, at most; a sixth of a
/// shorter call.
const RESERVE: Duration = Duration::from_secs(6);
/// How long a failed job waits at most for what is under way to end, so that nothing of
/// it is left; half of the time it still has, if that is shorter.
const PATIENCE: Duration = Duration::from_secs(30);

/// A film to be made by a coordinator and many workers.
pub struct Job {
    /// Its name; what it leaves in the bucket stands under it.
    pub id: String,
    /// What is recorded. The present it sees is set by the job.
    pub script: ScriptOptions,
    /// How it is encoded.
    pub encoding: Encoding,
    /// Workers that share the work, at least 1.
    pub workers: usize,
    /// Attempts at each worker's part, at least 1.
    pub attempts: u32,
    /// Whether the parts stay after success.
    pub keep_parts: bool,
    /// Names everything that was asked for; the same job with the same input goes on
    /// where an earlier run of it ended.
    pub input: String,
    /// Where the film goes.
    pub output: Output,
    /// When it has to be done.
    pub deadline: Option<Instant>,
    /// Milliseconds since 1970 that scripts take for the present, if it is given.
    pub now_ms: Option<f64>,
}

/// Where a film goes.
#[derive(Clone, Debug)]
pub enum Output {
    /// To the bucket, under a key.
    Key(String),
    /// To a file of this machine.
    File(PathBuf),
}

/// What a coordinator works with.
#[derive(Clone)]
pub struct Office {
    /// Where the job's objects stand.
    pub bucket: Bucket,
    /// Calls workers.
    pub caller: Arc<dyn Caller>,
    /// The project's files.
    pub library: Arc<Library>,
    /// Hears what the project says.
    pub voice: Arc<dyn Voice>,
    /// For recorded segments.
    pub scratch: PathBuf,
    /// Told how far the job is; asked whether to stop.
    pub progress: Arc<Progress>,
}

/// What a job was asked for, as it stands in the bucket.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    input: String,
    now_ms: f64,
}

/// Makes a film.
///
/// # Errors
/// When the project, a worker or the bucket fails for good, the job is cancelled, or
/// time runs out. No film stands under its key then; finished segments stay where
/// going on makes sense.
pub async fn make(job: Job, office: &Office) -> Result<Made, Fault> {
    let mut run = JobRun::begin(job, office).await?;
    let done = run.make().await;
    run.end(&done).await;
    done
}

/// Asks a job's coordinator and workers to stop; within two seconds they do.
///
/// # Errors
/// When the bucket cannot be written to.
pub async fn cancel(bucket: &Bucket, job: &str) -> Result<(), Fault> {
    bucket.put(&keys::cancel(job), "cancel").await
}

/// How far a job is, as its coordinator last told; none if there is no such job.
///
/// # Errors
/// When the bucket cannot be read.
pub async fn status(bucket: &Bucket, job: &str) -> Result<Option<Value>, Fault> {
    let told = bucket.get(&keys::progress(job)).await?;
    let damaged = |error| Fault::tool("the job's progress is damaged", &error);
    told.map(|bytes| serde_json::from_slice(&bytes).map_err(damaged))
        .transpose()
}

struct JobRun<'a> {
    job: Job,
    office: &'a Office,
    started: Instant,
    wall: Wall,
    /// The film's folder, once it is known.
    folder: Option<String>,
    /// What was last told in the bucket.
    told: Option<Value>,
    /// Whether somebody gave the job up in the bucket. Who leads it only pauses it.
    given_up: bool,
}

impl<'a> JobRun<'a> {
    /// Notes what is asked for, or finds what was before.
    async fn begin(mut job: Job, office: &'a Office) -> Result<Self, Fault> {
        let started = Instant::now();
        let bucket = &office.bucket;
        let key = keys::job(&job.id);
        let asked = bucket.get(&key).await?;
        let asked = asked.and_then(|bytes| serde_json::from_slice::<Asked>(&bytes).ok());
        let same = asked.filter(|asked| asked.input == job.input);
        let now_ms = match (job.now_ms, same) {
            (Some(now_ms), _) => now_ms,
            // A run that goes on sees the present that the first one saw.
            (None, Some(asked)) => asked.now_ms,
            (None, None) => present_ms(),
        };
        let asked = Asked {
            input: job.input.clone(),
            now_ms,
        };
        bucket.put(&key, to_json(&asked)).await?;
        bucket.delete(vec![keys::cancel(&job.id)]).await?;
        job.script.now_ms = now_ms;
        Ok(Self {
            job,
            office,
            started,
            wall: Wall::default(),
            folder: None,
            told: None,
            given_up: false,
        })
    }

    async fn make(&mut self) -> Result<Made, Fault> {
        let recorded = self.record().await?;
        let film = recorded.name();
        self.folder = Some(keys::film_folder(&self.job.id, &film));
        if let Some(made) = self.made_before(&film).await? {
            return Ok(made);
        }
        let begun = Instant::now();
        let standing = self.standing().await?;
        let runs = self.runs(&recorded);
        self.publish(&recorded, &runs, &standing).await?;
        self.wall.plan = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let crew = self.render(recorded.into(), runs, standing).await?;
        self.wall.render = begun.elapsed().as_secs_f64();
        self.wall.join = crew.assembled.join.as_secs_f64() + crew.assembled.sound.as_secs_f64();
        self.finish(film, crew).await
    }

    /// Records the project, listening for cancellation meanwhile.
    async fn record(&mut self) -> Result<Recorded, Fault> {
        self.tell("record", None).await;
        let office = self.office.clone();
        let (script, encoding) = (self.job.script.clone(), self.job.encoding);
        let mut recording = tokio::task::spawn_blocking(move || {
            let (library, progress) = (office.library.clone(), office.progress.clone());
            let host = {
                let (library, progress) = (library.clone(), progress.clone());
                let voice = office.voice.clone();
                move || -> Box<dyn kinora_script::Host> {
                    Box::new(ProjectHost::new(library, progress, voice))
                }
            };
            record(
                &script,
                encoding,
                &library,
                host,
                &office.scratch,
                &progress,
            )
        });
        loop {
            let broke = |error| Fault::tool("recording broke off", &error);
            tokio::select! {
                recorded = &mut recording => {
                    let recorded = recorded.map_err(broke)?;
                    self.wall.record = self.started.elapsed().as_secs_f64();
                    return recorded;
                }
                () = tokio::time::sleep(LOOK) => {
                    if self.is_out_of_time() || self.is_cancelled().await {
                        // The script stops at its next step.
                        self.office.progress.cancel();
                    }
                    if self.is_out_of_time() {
                        return Err(self.out_of_time("the project was still being recorded"));
                    }
                }
            }
        }
    }

    /// When work has to end.
    fn end_of_work(&self) -> Option<Instant> {
        let deadline = self.job.deadline?;
        let whole = deadline.saturating_duration_since(self.started);
        Some(deadline - (whole / 6).min(RESERVE))
    }

    fn is_out_of_time(&self) -> bool {
        self.end_of_work().is_some_and(|end| end <= Instant::now())
    }

    fn out_of_time(&self, state: &str) -> Fault {
        let message = format!(
            "time ran out after {:.0} s: {state}; the same job again goes on with what is finished, more workers or a longer time limit help as well",
            self.started.elapsed().as_secs_f64()
        );
        Fault::new(FaultKind::OutOfTime, message)
    }

    async fn is_cancelled(&mut self) -> bool {
        if self.office.progress.is_cancelled() {
            return true;
        }
        // A look that fails is repeated.
        let found = self.office.bucket.head(&keys::cancel(&self.job.id)).await;
        self.given_up = matches!(found, Ok(Some(_)));
        self.given_up
    }

    /// Whether it makes no sense to go on with what was rendered. A worker may see that
    /// the job is given up before its coordinator does.
    fn leaves_nothing(&self, fault: &Fault) -> bool {
        let paused = self.office.progress.is_cancelled() && !self.given_up;
        match fault.kind {
            FaultKind::Project => true,
            FaultKind::Cancelled => !paused,
            _ => self.given_up,
        }
    }

    /// What an earlier run of the job made of the same film, if it still stands.
    async fn made_before(&self, film: &str) -> Result<Option<Made>, Fault> {
        let Output::Key(key) = &self.job.output else {
            return Ok(None);
        };
        let bucket = &self.office.bucket;
        let Some(bytes) = bucket.get(&keys::result(&self.job.id)).await? else {
            return Ok(None);
        };
        let Ok(made) = serde_json::from_slice::<Made>(&bytes) else {
            return Ok(None);
        };
        if made.film != film || made.key.as_ref() != Some(key) {
            return Ok(None);
        }
        let stands = bucket.head(key).await?;
        Ok(stands.filter(|meta| meta.size == made.bytes).map(|_| Made {
            reused: true,
            ..made
        }))
    }

    fn folder(&self) -> &str {
        self.folder.as_deref().unwrap_or_default()
    }

    /// The segments whose results stand.
    async fn standing(&self) -> Result<Vec<u64>, Fault> {
        look(&self.office.bucket, self.folder()).await
    }

    fn runs(&self, recorded: &Recorded) -> Vec<Run> {
        let costs = &recorded.costs;
        let run = |segments: std::ops::Range<u64>| Run {
            cost: costs[segments.start as usize..segments.end as usize]
                .iter()
                .sum(),
            segments,
        };
        shares(costs, self.job.workers)
            .into_iter()
            .map(run)
            .collect()
    }

    /// Stores all that workers need.
    async fn publish(
        &self,
        recorded: &Recorded,
        runs: &[Run],
        standing: &[u64],
    ) -> Result<(), Fault> {
        let bucket = &self.office.bucket;
        let assets = publish(bucket, &self.office.library, &recorded.assets).await?;
        let plan = Plan::new(
            recorded.level,
            recorded.recording.header,
            recorded.video.clone(),
            recorded.slots.clone(),
            assets,
        );
        let open = |run: &&Run| {
            run.segments
                .clone()
                .any(|segment| !standing.contains(&segment))
        };
        stream::iter(runs.iter().filter(open))
            .map(|run| async move {
                let segments: Result<Vec<_>, _> = run
                    .segments
                    .clone()
                    .map(|segment| recorded.segment(segment))
                    .collect();
                let key = keys::pack(self.folder(), &run.segments);
                bucket.put(&key, Pack::to_bytes(&segments?)).await
            })
            .buffer_unordered(ON_THE_WAY)
            .try_collect::<()>()
            .await?;
        bucket
            .put(&keys::plan(self.folder()), plan.to_bytes())
            .await
    }

    /// Has the film rendered and put together.
    async fn render(
        &mut self,
        recorded: Arc<Recorded>,
        runs: Vec<Run>,
        standing: Vec<u64>,
    ) -> Result<Crew, Fault> {
        let deadline = self.end_of_work();
        let begun = Instant::now();
        let policy = DispatchPolicy {
            attempts: self.job.attempts,
            at_once: self.job.workers,
            deadline: deadline.map(|deadline| deadline.saturating_duration_since(begun)),
            seed: present_ms() as u64,
            ..DispatchPolicy::default()
        };
        let mut crew = Crew::new(recorded, runs, standing, policy, begun);
        let (mut joined, mut gone) = self.join(&crew)?;
        let (send, mut calls) = mpsc::unbounded_channel();
        let mut looks = tokio::time::interval(LOOK);
        let done = loop {
            let wait = match self.advance(&mut crew, &send) {
                Ok(wait) => wait,
                Err(fault) => break Err(fault),
            };
            tokio::select! {
                Some((attempt, called)) = calls.recv() => crew.called(attempt, called),
                Some(segment) = gone.recv() => crew.gone(segment),
                done = &mut joined => {
                    let done = done.map_err(|error| Fault::tool("joining broke off", &error));
                    break done.and_then(|done| done);
                }
                () = sleep_until(wait) => {}
                _ = looks.tick() => {
                    if self.is_cancelled().await {
                        break Err(Fault::new(FaultKind::Cancelled, "the job was cancelled"));
                    }
                    // A look that fails is repeated; what really is wrong, calls tell.
                    if let Ok(standing) = self.standing().await {
                        crew.stand(standing);
                    }
                    self.tell_progress(&crew).await;
                }
            }
        };
        match done {
            Ok(assembled) => {
                crew.assembled = assembled;
                if crew.dispatcher.under_way() > 0 {
                    self.stop_workers().await;
                }
                Ok(crew)
            }
            Err(fault) => {
                crew.board.stop();
                drop(send);
                let stops = fault.kind != FaultKind::OutOfTime && crew.dispatcher.under_way() > 0;
                if stops {
                    self.stop_workers().await;
                }
                // Joining removes what it has stored of the film before it ends, and what
                // workers store on their way out is seen before anything is cleared up;
                // whatever does not answer must not cost the job its own answer.
                let left = self.job.deadline.map_or(PATIENCE, |deadline| {
                    PATIENCE.min(deadline.saturating_duration_since(Instant::now()) / 2)
                });
                let quiet = async {
                    if !joined.is_finished() {
                        let _ = joined.await;
                    }
                    while stops && calls.recv().await.is_some() {}
                };
                let _ = tokio::time::timeout(left, quiet).await;
                Err(fault)
            }
        }
    }

    /// Carries out the dispatcher's orders; until when to wait then.
    fn advance(
        &self,
        crew: &mut Crew,
        send: &mpsc::UnboundedSender<(Attempt, Called)>,
    ) -> Result<Option<Instant>, Fault> {
        loop {
            match crew.dispatcher.poll(crew.begun.elapsed()) {
                Order::Call {
                    attempt,
                    run,
                    segments,
                } => {
                    let event = self.event(crew, run, segments);
                    crew.calls.insert(attempt, run);
                    let (caller, send) = (self.office.caller.clone(), send.clone());
                    tokio::spawn(async move {
                        let called = caller.call(&event).await;
                        // Without a listener the job is over.
                        let _ = send.send((attempt, called));
                    });
                }
                Order::Wait { until } => return Ok(until.map(|until| crew.begun + until)),
                Order::Finished => {
                    // What is left is joining, which has the same time limit.
                    let end = self.end_of_work();
                    if self.is_out_of_time() {
                        return Err(
                            self.out_of_time("all frames were rendered, but not yet joined")
                        );
                    }
                    return Ok(end);
                }
                Order::Failed { run, .. } => return Err(crew.failure(run)),
                Order::OutOfTime => {
                    let state = format!(
                        "{} of {} segments were rendered",
                        crew.dispatcher.standing(),
                        crew.recorded.slots.len()
                    );
                    return Err(self.out_of_time(&state));
                }
            }
        }
    }

    fn event(&self, crew: &Crew, run: usize, segments: Vec<u64>) -> Value {
        let part = PartialRender {
            job: self.job.id.clone(),
            worker: run as u64,
            workers: crew.runs.len() as u64,
            planned: Some(Planned {
                folder: self.folder().to_owned(),
                run: crew.runs[run].segments.clone(),
                segments,
            }),
            request: Request::default(),
        };
        part.to_json()
    }

    /// Begins to put results together as they come.
    #[allow(clippy::type_complexity)]
    fn join(
        &self,
        crew: &Crew,
    ) -> Result<
        (
            JoinHandle<Result<Assembled, Fault>>,
            mpsc::UnboundedReceiver<u64>,
        ),
        Fault,
    > {
        let (send, gone) = mpsc::unbounded_channel();
        let recorded = crew.recorded.clone();
        let library = self.office.library.clone();
        let sink = self.sink()?;
        let mut joiner = Joiner::new(
            crew.board.clone(),
            self.office.bucket.clone(),
            self.folder().to_owned(),
            recorded.slots.clone(),
            self.office.progress.clone(),
            send,
        );
        let join = move || {
            let film = Film {
                header: recorded.recording.header,
                video: &recorded.video,
                segments: recorded.slots.len() as u64,
                frames: recorded.frames(),
                sounds: Some(&recorded.recording.sounds),
                store: &*library,
            };
            Ok(assemble(&film, &mut joiner, sink)?)
        };
        Ok((tokio::task::spawn_blocking(join), gone))
    }

    fn sink(&self) -> Result<Box<dyn Mp4Sink>, Fault> {
        let bucket = self.office.bucket.clone();
        Ok(match &self.job.output {
            Output::Key(key) => Box::new(BucketSink::new(bucket, key, Handle::current())),
            Output::File(path) => Box::new(FileSink::create(path)?),
        })
    }

    /// Makes workers stop that are still at it.
    async fn stop_workers(&self) {
        // Those that are not reached stop by themselves, only later.
        let _ = cancel(&self.office.bucket, &self.job.id).await;
    }

    async fn tell_progress(&mut self, crew: &Crew) {
        let standing = crew.dispatcher.standing();
        let frames = |segments: &mut dyn Iterator<Item = usize>| -> u64 {
            segments
                .map(|index| crew.recorded.slots[index].frames)
                .sum()
        };
        let total = crew.recorded.slots.len();
        let done = frames(&mut (0..total).filter(|index| crew.dispatcher.stands(*index as u64)));
        let cached = frames(&mut crew.cached.iter().map(|segment| *segment as usize));
        let before = self.office.progress.snapshot();
        self.office.progress.tell(&Snapshot {
            recorded: crew.recorded.frames(),
            recording_ended: true,
            rendered: done.saturating_sub(cached),
            cached,
            segments: total as u64,
            segments_done: standing,
            segments_cached: crew.cached.len() as u64,
            assembled: before.assembled,
        });
        let stage = if standing == total as u64 {
            "join"
        } else {
            "render"
        };
        self.tell(stage, Some(crew)).await;
    }

    /// Writes down how far the job is, if that has changed.
    async fn tell(&mut self, stage: &str, crew: Option<&Crew>) {
        let snapshot = self.office.progress.snapshot();
        let mut news = json!({
            "jobId": self.job.id,
            "stage": stage,
            "frames": snapshot.rendered + snapshot.cached,
            "totalFrames": snapshot.recording_ended.then_some(snapshot.recorded),
            "joinedFrames": snapshot.assembled,
            "segments": snapshot.segments_done,
            "totalSegments": snapshot.recording_ended.then_some(snapshot.segments),
        });
        if let Some(crew) = crew {
            let tally = crew.dispatcher.tally();
            news["workers"] = json!({
                "total": crew.runs.len(),
                "done": crew.dispatcher.runs_done(),
                "underWay": crew.dispatcher.under_way(),
            });
            news["retries"] = json!(tally.retries);
            news["throttled"] = json!(tally.throttled);
        }
        if self.told.as_ref() == Some(&news) {
            return;
        }
        self.told = Some(news.clone());
        self.store_progress(news).await;
    }

    async fn store_progress(&self, mut news: Value) {
        news["elapsed"] = json!(round(self.started.elapsed().as_secs_f64()));
        news["updatedAt"] = json!(present_ms());
        // Who looks on sees it a little later.
        let _ = self
            .office
            .bucket
            .put(&keys::progress(&self.job.id), news.to_string())
            .await;
    }

    /// Notes the result and clears up.
    async fn finish(&mut self, film: String, crew: Crew) -> Result<Made, Fault> {
        let recorded = &crew.recorded;
        let frames = recorded.frames();
        let tally: Tally = crew.dispatcher.tally();
        let cached = crew.cached.len() as u64;
        let total = recorded.slots.len() as u64;
        self.wall.total = self.started.elapsed().as_secs_f64();
        let mut requests = crew.requests;
        requests.add(self.office.bucket.requests());
        let gb_seconds = crew
            .billed
            .iter()
            .map(|billed| billed.gb_seconds())
            .sum::<f64>();
        let warnings = recorded
            .recording
            .diagnostics
            .iter()
            .map(ToString::to_string);
        let made = Made {
            film,
            key: match &self.job.output {
                Output::Key(key) => Some(key.clone()),
                Output::File(_) => None,
            },
            frames,
            seconds: recorded.recording.header.fps.seconds(frames),
            bytes: crew.assembled.bytes,
            workers: tally.calls - tally.retries - tally.hedges,
            segments: Segments {
                total,
                rendered: total - cached,
                cached,
            },
            retries: tally.retries,
            hedges: tally.hedges,
            throttled: tally.throttled,
            wall: self.wall.rounded(),
            worker_seconds: crew.seconds,
            billed_gb_seconds: round(gb_seconds),
            estimated_cost_usd: money::cost(gb_seconds, tally.calls, requests, &crew.arch),
            reused: false,
            warnings: warnings.collect(),
        };
        self.office
            .bucket
            .put(&keys::result(&self.job.id), to_json(&made))
            .await?;
        if !self.job.keep_parts {
            self.remove_parts().await;
        }
        Ok(made)
    }

    async fn remove_parts(&self) {
        let Some(folder) = &self.folder else { return };
        let bucket = &self.office.bucket;
        // The bucket's own rule removes what stays.
        if let Ok(found) = bucket.list(folder).await {
            let _ = bucket
                .delete(found.into_iter().map(|(key, _)| key).collect())
                .await;
        }
    }

    /// Tells how it ended, and removes what it makes no sense to go on with.
    async fn end(&mut self, done: &Result<Made, Fault>) {
        match done {
            Ok(made) => {
                let news = json!({
                    "jobId": self.job.id,
                    "stage": "done",
                    "frames": made.frames,
                    "totalFrames": made.frames,
                    "key": made.key,
                });
                self.store_progress(news).await;
            }
            Err(fault) => {
                if self.leaves_nothing(fault) {
                    self.remove_parts().await;
                }
                let stage = match fault.kind {
                    FaultKind::Cancelled => "cancelled",
                    _ => "failed",
                };
                let news = json!({"jobId": self.job.id, "stage": stage, "error": fault});
                self.store_progress(news).await;
            }
        }
    }
}

async fn sleep_until(time: Option<Instant>) {
    match time {
        Some(time) => tokio::time::sleep_until(time.into()).await,
        None => std::future::pending().await,
    }
}

fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("plain data in memory always serialises")
}

fn present_ms() -> f64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0.0, |time| time.as_millis() as f64)
}
