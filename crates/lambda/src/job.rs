use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use kinora_farm::{Assembled, RecordedFilm};
use kinora_media::{FilmWriter, HeadSink};
use kinora_script::ScriptOptions;
use kinora_session::{RecordOrder, RecordedProject, Session, identity};
use kinora_worker::Recipe;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::runtime::Handle;

use crate::{
    Bucket, Caller, DEFAULT_ATTEMPTS, Fault, FaultKind, JobReport, SegmentCounts, WallSeconds,
    claim::Claim,
    copy::copied,
    dispatch::Dispatch,
    keys, money,
    publish::{publish, runs, standing},
    report::{Reporter, round},
    sink::BucketSink,
    workforce::Workforce,
};

/// How often the bucket is looked at for results, cancellation and progress to tell.
pub(crate) const LOOK: Duration = Duration::from_millis(1000);
/// Time kept for answering before the coordinator itself is ended, at most; a sixth of a
/// shorter call.
const RESERVE: Duration = Duration::from_secs(6);

/// A film to be made by a coordinator and many workers.
pub struct CloudJob {
    /// Its name; what it leaves in the bucket stands under it.
    pub id: String,
    /// What is recorded of the session's project, and how it is rendered.
    pub record: RecordOrder,
    /// Workers that share the work, at least 1.
    pub workers: usize,
    /// Attempts at each worker's part, at least 1.
    pub attempts: u32,
    /// Whether the parts stay after success.
    pub keep_parts: bool,
    /// Whether files that workers could read from where they are go to the bucket as well.
    pub copy_sources: bool,
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

impl CloudJob {
    /// A project's whole film, to be made by so many workers into a file of this machine.
    /// Its name is made of the project and of what is asked, so that the same job goes on
    /// where it was stopped.
    pub fn new(script: &ScriptOptions, recipe: Recipe, output: &Path, workers: usize) -> Self {
        let input = identity(script, &recipe, &[]);
        Self {
            id: name(&script.project, &input),
            record: RecordOrder::new(recipe),
            workers,
            attempts: DEFAULT_ATTEMPTS,
            keep_parts: false,
            copy_sources: false,
            input,
            output: Output::File(output.to_owned()),
            deadline: None,
            now_ms: None,
        }
    }
}

/// A job's name made of its project's and its input's.
fn name(project: &Path, input: &str) -> String {
    let stem = project.file_stem().unwrap_or_default().to_string_lossy();
    let plain = stem.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => '-',
    });
    let stem: String = plain.take(40).collect();
    format!("{stem}-{}", &input[..12])
}

/// Where a film goes.
#[derive(Clone, Debug)]
pub enum Output {
    /// To the bucket, under a key.
    Key(String),
    /// To a file of this machine.
    File(PathBuf),
}

/// Makes films with the help of workers: in Lambda, or on the user's own machine.
pub struct Coordinator {
    /// Where a job's objects stand.
    pub bucket: Bucket,
    /// Calls workers.
    pub caller: Arc<dyn Caller>,
    /// The project. The present that it sees is set by the job.
    pub session: Session,
}

impl Coordinator {
    /// Makes a film.
    ///
    /// # Errors
    /// When the project, a worker or the bucket fails for good, the job is cancelled, or
    /// time runs out. No film stands under its key then; finished segments stay where
    /// going on makes sense.
    pub async fn make(self, job: CloudJob) -> Result<JobReport, Fault> {
        let mut run = JobRun::begin(job, self).await?;
        let done = run.make().await;
        run.end(&done).await;
        done
    }
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

/// What a job made, once it has; none if it has not.
///
/// # Errors
/// When the bucket cannot be read.
pub async fn result(bucket: &Bucket, job: &str) -> Result<Option<Value>, Fault> {
    let told = bucket.get(&keys::result(job)).await?;
    let damaged = |error| Fault::tool("the job's result is damaged", &error);
    told.map(|bytes| serde_json::from_slice(&bytes).map_err(damaged))
        .transpose()
}

/// One run of a job: records, publishes, has it rendered, reports.
pub(crate) struct JobRun {
    pub job: CloudJob,
    pub claim: Claim,
    pub bucket: Bucket,
    pub caller: Arc<dyn Caller>,
    pub session: Arc<Session>,
    pub clock: Clock,
    pub reporter: Reporter,
    wall: WallSeconds,
    /// The film's folder, once it is known.
    folder: Option<String>,
    /// Whether somebody gave the job up in the bucket. Who leads it only pauses it.
    given_up: bool,
}

/// How long a run has been at it, and how long it may.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    started: Instant,
    deadline: Option<Instant>,
}

impl Clock {
    /// When work has to end.
    pub fn end_of_work(&self) -> Option<Instant> {
        let deadline = self.deadline?;
        let whole = deadline.saturating_duration_since(self.started);
        Some(deadline - (whole / 6).min(RESERVE))
    }

    /// The time left until the deadline, if there is one.
    pub fn left(&self) -> Option<Duration> {
        let left = |deadline: Instant| deadline.saturating_duration_since(Instant::now());
        self.deadline.map(left)
    }

    pub fn is_out_of_time(&self) -> bool {
        self.end_of_work().is_some_and(|end| end <= Instant::now())
    }

    pub fn out_of_time(&self, state: &str) -> Fault {
        let message = format!(
            "time ran out after {:.0} s: {state}; the same job again goes on with what is finished, more workers or a longer time limit help as well",
            self.started.elapsed().as_secs_f64()
        );
        Fault::new(FaultKind::OutOfTime, message)
    }
}

impl JobRun {
    /// Notes what is asked for, or finds what was before.
    async fn begin(job: CloudJob, coordinator: Coordinator) -> Result<Self, Fault> {
        let started = Instant::now();
        let Coordinator {
            bucket,
            caller,
            mut session,
        } = coordinator;
        let claimed = Claim::new(&bucket, &job.id, &job.input, job.now_ms, job.deadline);
        let (claim, now_ms) = claimed.await?;
        bucket.delete(vec![keys::cancel(&job.id)]).await?;
        session.set_now(now_ms);
        Ok(Self {
            reporter: Reporter::new(bucket.clone(), &job.id, started),
            clock: Clock {
                started,
                deadline: job.deadline,
            },
            job,
            claim,
            bucket,
            caller,
            session: Arc::new(session),
            wall: WallSeconds::default(),
            folder: None,
            given_up: false,
        })
    }

    async fn make(&mut self) -> Result<JobReport, Fault> {
        let recorded = self.record().await?;
        let film = recorded.film.clone();
        let name = film.name();
        let folder = keys::film_folder(&self.job.id, &name);
        self.folder = Some(folder.clone());
        if let Some(made) = self.made_before(&name).await? {
            return Ok(made);
        }
        let begun = Instant::now();
        if let Some((force, assembled)) = copied(self, &film).await? {
            self.wall.join = begun.elapsed().as_secs_f64();
            return self.made(&name, &recorded, &film, &force, assembled).await;
        }
        let stood = standing(&self.bucket, &folder).await?;
        let runs = runs(&film, self.job.workers);
        let library = self.session.library();
        let copy = self.job.copy_sources;
        publish(&self.bucket, library, &film, &folder, &runs, &stood, copy).await?;
        self.wall.plan = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let dispatch = Dispatch::new(self, film.clone(), folder, runs, stood);
        let (force, assembled) = dispatch.run().await?;
        self.wall.render = begun.elapsed().as_secs_f64();
        self.wall.join = assembled.join.as_secs_f64() + assembled.sound.as_secs_f64();
        self.made(&name, &recorded, &film, &force, assembled).await
    }

    /// Tells what was made.
    async fn made(
        &mut self,
        name: &str,
        recorded: &RecordedProject,
        film: &RecordedFilm,
        force: &Workforce,
        assembled: Assembled,
    ) -> Result<JobReport, Fault> {
        let report = self.report(name, recorded, film, force, assembled);
        let key = keys::result(&self.job.id);
        self.bucket.put(&key, to_json(&report)).await?;
        Ok(report)
    }

    /// Where the film goes.
    pub fn sink(&self, film: &RecordedFilm) -> Result<Box<dyn HeadSink>, Fault> {
        let bucket = self.bucket.clone();
        Ok(match &self.job.output {
            Output::Key(key) => Box::new(BucketSink::new(bucket, key, Handle::current())),
            Output::File(path) => FilmWriter::sink(path, &film.recipe().format)?,
        })
    }

    /// Records the project, listening for cancellation meanwhile.
    async fn record(&mut self) -> Result<RecordedProject, Fault> {
        self.tell("record", None).await;
        let (session, order) = (self.session.clone(), self.job.record.clone());
        let mut recording = tokio::task::spawn_blocking(move || session.record(&order));
        loop {
            let broke = |error| Fault::tool("recording broke off", &error);
            tokio::select! {
                recorded = &mut recording => {
                    let recorded = recorded.map_err(broke)?;
                    self.wall.record = self.clock.started.elapsed().as_secs_f64();
                    return Ok(recorded?);
                }
                () = tokio::time::sleep(LOOK) => {
                    if self.clock.is_out_of_time() || self.is_cancelled().await {
                        // The script stops at its next step.
                        self.session.progress().cancel();
                    }
                    if self.clock.is_out_of_time() {
                        return Err(self.clock.out_of_time("the project was still being recorded"));
                    }
                }
            }
        }
    }

    pub async fn is_cancelled(&mut self) -> bool {
        if self.session.progress().is_cancelled() {
            return true;
        }
        // A look that fails is repeated.
        let found = self.bucket.head(&keys::cancel(&self.job.id)).await;
        self.given_up = matches!(found, Ok(Some(_)));
        self.given_up
    }

    /// Whether it makes no sense to go on with what was rendered. A worker may see that
    /// the job is given up before its coordinator does.
    fn leaves_nothing(&self, fault: &Fault) -> bool {
        let paused = self.session.progress().is_cancelled() && !self.given_up;
        match fault.kind {
            FaultKind::Project => true,
            FaultKind::Cancelled => !paused,
            _ => self.given_up,
        }
    }

    /// What an earlier run of the job made of the same film, if it still stands.
    async fn made_before(&self, film: &str) -> Result<Option<JobReport>, Fault> {
        let Output::Key(key) = &self.job.output else {
            return Ok(None);
        };
        let Some(bytes) = self.bucket.get(&keys::result(&self.job.id)).await? else {
            return Ok(None);
        };
        let Ok(made) = serde_json::from_slice::<JobReport>(&bytes) else {
            return Ok(None);
        };
        if made.film != film || made.key.as_ref() != Some(key) {
            return Ok(None);
        }
        let stands = self.bucket.head(key).await?;
        let stands = stands.filter(|meta| meta.size == made.bytes);
        Ok(stands.map(|_| JobReport {
            reused: true,
            ..made
        }))
    }

    /// Tells how far the job is.
    pub async fn tell(&mut self, stage: &str, force: Option<&Workforce>) {
        let snapshot = self.session.progress().snapshot();
        let mut state = json!({
            "stage": stage,
            "frames": snapshot.rendered + snapshot.cached,
            "totalFrames": snapshot.recording_ended.then_some(snapshot.recorded),
            "joinedFrames": snapshot.assembled,
            "segments": snapshot.segments_done,
            "totalSegments": snapshot.recording_ended.then_some(snapshot.segments),
        });
        if let Some(force) = force {
            force.figures(&mut state);
        }
        self.reporter.tell(state).await;
    }

    fn report(
        &mut self,
        name: &str,
        recorded: &RecordedProject,
        film: &RecordedFilm,
        force: &Workforce,
        assembled: Assembled,
    ) -> JobReport {
        let frames = film.frames();
        let tally = force.dispatcher.tally();
        let cached = force.cached.len() as u64;
        let total = force.segments.len() as u64;
        self.wall.total = self.clock.started.elapsed().as_secs_f64();
        let mut requests = force.requests;
        requests.add(self.bucket.requests());
        let billed = force.billed.iter().map(|billed| billed.gb_seconds());
        let gb_seconds = billed.sum::<f64>();
        let diagnostics = recorded.recording.diagnostics.iter();
        JobReport {
            film: name.to_owned(),
            key: match &self.job.output {
                Output::Key(key) => Some(key.clone()),
                Output::File(_) => None,
            },
            frames,
            seconds: film.header().fps.seconds(frames),
            bytes: assembled.bytes,
            workers: tally.calls - tally.retries - tally.hedges,
            segments: SegmentCounts {
                total,
                rendered: total - cached,
                cached,
            },
            retries: tally.retries,
            hedges: tally.hedges,
            throttled: tally.throttled,
            wall: self.wall.rounded(),
            worker_seconds: force.seconds,
            billed_gb_seconds: round(gb_seconds),
            estimated_cost_usd: money::cost(gb_seconds, tally.calls, requests, &force.arch),
            reused: false,
            warnings: diagnostics
                .map(ToString::to_string)
                .chain(assembled.warnings())
                .collect(),
        }
    }

    async fn remove_parts(&self) {
        let Some(folder) = &self.folder else { return };
        // The bucket's own rule removes what stays.
        if let Ok(found) = self.bucket.list(folder).await {
            let keys = found.into_iter().map(|(key, _)| key);
            let _ = self.bucket.delete(keys.collect()).await;
        }
    }

    /// Tells how it ended, and removes what nobody needs any more: parts stay as long as
    /// another coordinator leads the same job.
    async fn end(&self, done: &Result<JobReport, Fault>) {
        let last = self.claim.release().await;
        let needless = match done {
            Ok(_) => !self.job.keep_parts,
            Err(fault) => self.leaves_nothing(fault),
        };
        if last && needless {
            self.remove_parts().await;
        }
        self.reporter.tell_end(done).await;
    }
}

fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("plain data in memory always serialises")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_s_name_is_one() {
        let input = blake3::hash(b"x").to_string();
        for project in ["src/project.tsx", "/tmp/Ein Film, lang & schön.tsx", ""] {
            let name = name(Path::new(project), &input);
            assert!(crate::is_job_name(&name), "{name}");
        }
    }
}
