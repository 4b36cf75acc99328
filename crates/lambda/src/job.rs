use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use kinora_farm::{Assembled, RecordedFilm, Run, Sinks};
use kinora_media::{Container, FilmWriter, HeadSink, Pattern, Preset, SequenceSink};
use kinora_script::ScriptOptions;
use kinora_session::{RecordOrder, RecordedProject, Session, identity};
use kinora_worker::Recipe;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::{runtime::Handle, task::JoinHandle};

use crate::{
    Aim, Bucket, Caller, DEFAULT_ATTEMPTS, Fault, FaultKind, JobReport, SegmentCounts, Terms,
    WallSeconds,
    claim::Claim,
    copy::copied,
    dispatch::Dispatch,
    forecast::Forecast,
    keys,
    known::Known,
    pieces::{Made, PiecesSink, Told},
    planner,
    proposal::patience,
    publish::{publish, runs, standing},
    report::{Cost, Reporter, round},
    sink::BucketSink,
    work::{Measured, Work},
    workforce::Workforce,
};

/// How often the bucket is looked at for results, cancellation and progress to tell.
pub(crate) const LOOK: Duration = Duration::from_millis(1000);
/// Time kept for answering before the coordinator itself is ended, at most; a sixth of a
/// shorter call.
const RESERVE: Duration = Duration::from_secs(6);

/// What is said of a film that could not be looked at meanwhile.
const UNSTREAMED: &str = "the film's pictures are copied from its videos, so it was there as a \
                          whole and there is no stream of it (`noCopy`)";

/// A film to be made by a coordinator and many workers.
pub struct CloudJob {
    /// Its name; what it leaves in the bucket stands under it.
    pub id: String,
    /// What is recorded of the session's project, and how it is rendered.
    pub record: RecordOrder,
    /// How many workers share the work, or what decides it.
    pub aim: Aim,
    /// Faster presets that may be taken where the aim cannot be met otherwise, in this order.
    pub faster: Vec<(Preset, Recipe)>,
    /// What is paid, and for what.
    pub terms: Terms,
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
    /// Where people can look on while it is made, if they want to.
    pub stream: Option<Stream>,
    /// When it has to be done.
    pub deadline: Option<Instant>,
    /// Milliseconds since 1970 that scripts take for the present, if it is given.
    pub now_ms: Option<f64>,
    /// What other jobs of the same batch have made.
    pub known: Option<Arc<Known>>,
}

impl CloudJob {
    /// A project's whole film, to be made into a file of this machine by workers of the
    /// usual size at the usual prices.
    /// Its name is made of the project and of what is asked, so that the same job goes on
    /// where it was stopped.
    pub fn new(script: &ScriptOptions, recipe: Recipe, output: &Path, aim: Aim) -> Self {
        let input = identity(script, &recipe, &[]);
        Self {
            id: name(&script.project, &input),
            record: RecordOrder::new(recipe),
            aim,
            faster: Vec::new(),
            terms: Terms::default(),
            attempts: DEFAULT_ATTEMPTS,
            keep_parts: false,
            copy_sources: false,
            input,
            output: Output::File(output.to_owned()),
            stream: None,
            deadline: None,
            now_ms: None,
            known: None,
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

/// A film in pieces and a play list of them, which grows in the bucket.
#[derive(Clone)]
pub struct Stream {
    /// The play list's key.
    pub key: String,
    /// How long the URLs in it are good.
    pub lasting: Duration,
    /// Hears the URL by which it is played, once there is something to see.
    pub told: Arc<dyn Fn(String) + Send + Sync>,
}

impl Stream {
    /// A play list under `key` of which nobody hears, of URLs that are good for a day.
    pub fn quiet(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            lasting: Duration::from_secs(24 * 3600),
            told: Arc::new(|_| {}),
        }
    }
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
    /// By which URL the film can be looked at meanwhile.
    watched: Arc<OnceLock<String>>,
    /// What stands of the film already if it is many objects.
    pieces: Made,
    /// What the job is thought to come to, once it is planned.
    forecast: Option<Forecast>,
    /// The faster preset that was taken for the aim's sake.
    preset: Option<Preset>,
    /// What it has cost, as was last told.
    cost: Cost,
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
            watched: Arc::default(),
            pieces: Made::default(),
            forecast: None,
            preset: None,
            cost: Cost::default(),
            folder: None,
            given_up: false,
        })
    }

    async fn make(&mut self) -> Result<JobReport, Fault> {
        let mut faster = std::mem::take(&mut self.job.faster).into_iter();
        loop {
            match self.make_by_recipe().await {
                Err(fault) if planner::is_unmet(&fault) => {
                    let Some((preset, recipe)) = faster.next() else {
                        return Err(fault);
                    };
                    self.job.record.recipe = recipe;
                    self.preset = Some(preset);
                }
                done => return done,
            }
        }
    }

    async fn make_by_recipe(&mut self) -> Result<JobReport, Fault> {
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
        let mut stood = standing(&self.bucket, &folder).await?;
        let segments = film.segments();
        if let Some(known) = &self.job.known {
            let brought = known
                .bring(&self.bucket, &segments, &folder, &stood)
                .await?;
            stood.extend(brought);
        }
        let (runs, measured) = self.plan(&film, &folder, &stood).await?;
        let library = self.session.library();
        let copy = self.job.copy_sources;
        let stands = [&stood[..], &measured].concat();
        publish(&self.bucket, library, &film, &folder, &runs, &stands, copy).await?;
        self.wall.plan = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let dispatch = Dispatch::new(self, film.clone(), folder.clone(), runs, stood, measured);
        let (force, assembled) = dispatch.run().await?;
        if let Some(known) = &self.job.known {
            known.learn(&segments, &folder);
        }
        self.wall.render = begun.elapsed().as_secs_f64();
        self.wall.join = assembled.join.as_secs_f64() + assembled.sound.as_secs_f64();
        self.made(&name, &recorded, &film, &force, assembled).await
    }

    /// Decides how many workers there are; their runs, and the segments that were rendered
    /// to measure the film, whose results are stored.
    async fn plan(
        &mut self,
        film: &Arc<RecordedFilm>,
        folder: &str,
        stood: &[u64],
    ) -> Result<(Vec<Run>, Vec<u64>), Fault> {
        let mut work = Work::seen(film, stood);
        let mut measured: Vec<Measured> = Vec::new();
        if self.job.aim.is_bound() {
            self.tell("plan", None).await;
            let (session, film, most) =
                (self.session.clone(), film.clone(), patience(&self.job.aim));
            let measuring = tokio::task::spawn_blocking(move || {
                let done = work.measure(&session, &film, most)?;
                Ok::<_, Fault>((work, done))
            });
            let state = "some of the film was being rendered to measure it";
            (work, measured) = self.attend(measuring, state).await??;
        }
        let mut terms = self.job.terms.clone();
        terms.before = self.clock.started.elapsed().as_secs_f64();
        // What was measured need not be made again.
        for (segment, _) in &measured {
            work.costs[*segment as usize] = 0;
        }
        let forecast = planner::choose(&work, &terms, &self.job.aim)?;
        let runs = runs(&work.costs, forecast.asked as usize);
        self.forecast = Some(forecast);
        for (segment, chunk) in &measured {
            let name = film
                .segment(*segment)
                .map(|segment| segment.key)
                .unwrap_or_default();
            let bytes = chunk.to_bytes(&name);
            self.bucket
                .put_new(&keys::rendered(folder, *segment), bytes)
                .await?;
        }
        Ok((
            runs,
            measured.into_iter().map(|(segment, _)| segment).collect(),
        ))
    }

    /// Seconds that a call for each of these runs is thought to be billed for.
    pub fn foreseen(&self, runs: &[Run]) -> Vec<f64> {
        let Some(forecast) = &self.forecast else {
            return Vec::new();
        };
        let seconds = |run: &Run| {
            let place = forecast
                .runs
                .iter()
                .position(|known| *known == run.segments);
            place.map_or(0.0, |place| forecast.calls[place])
        };
        runs.iter().map(seconds).collect()
    }

    /// What the job has cost, in US dollars, with the calls `under_way` or without.
    pub fn spent(&self, force: &Workforce, under_way: bool) -> f64 {
        let terms = &self.job.terms;
        let seconds: f64 = match under_way {
            true => force.under_way().iter().map(|call| call.elapsed).sum(),
            false => 0.0,
        };
        let (own, own_calls) = self.own();
        let billed: f64 = force.billed.iter().map(|billed| billed.gb_seconds()).sum();
        let mut requests = force.requests;
        requests.add(self.bucket.requests());
        let calls = force.dispatcher.tally().calls + own_calls;
        let gb_seconds = billed + own + seconds * terms.function.gb();
        terms
            .rates
            .cost(&terms.function, gb_seconds, calls, requests)
    }

    /// Notes what the job has cost.
    pub fn note_cost(&mut self, force: &Workforce) {
        self.cost.so_far = self.spent(force, true);
    }

    /// What a coordinator in Lambda is billed for itself: gigabytes times seconds, calls.
    fn own(&self) -> (f64, u64) {
        match self.job.terms.coordinated {
            true => (
                self.clock.started.elapsed().as_secs_f64() * self.job.terms.function.gb(),
                1,
            ),
            false => (0.0, 0),
        }
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

    /// Where the film goes, and its pieces if somebody looks on.
    pub fn sinks(&self, film: &RecordedFilm) -> Result<Sinks, Fault> {
        let stream = self.job.stream.as_ref();
        // A film that is a play list itself needs no other.
        let stream = stream.filter(|_| film.recipe().format.container != Container::Hls);
        Ok(Sinks {
            film: self.sink(film)?,
            stream: stream.map(|stream| self.list(&stream.key, stream)),
        })
    }

    /// Where the film itself goes.
    pub fn sink(&self, film: &RecordedFilm) -> Result<Box<dyn HeadSink>, Fault> {
        let key = match &self.job.output {
            Output::Key(key) => key,
            Output::File(path) => return Ok(FilmWriter::sink(path, &film.recipe().format)?),
        };
        let bucket = self.bucket.clone();
        Ok(match film.recipe().format.container {
            Container::Hls => match &self.job.stream {
                Some(stream) => self.list(key, stream),
                None => self.list(key, &Stream::quiet(key)),
            },
            Container::Pictures => {
                let pattern = SequenceSink::pattern(Path::new(key))?;
                let made = self.pieces.clone();
                Box::new(PiecesSink::pictures(bucket, pattern, key, made))
            }
            _ => Box::new(BucketSink::new(bucket, key, Handle::current())),
        })
    }

    /// A play list in the bucket, of which `stream` tells for how long and to whom.
    fn list(&self, key: &str, stream: &Stream) -> Box<dyn HeadSink> {
        let (watched, told) = (self.watched.clone(), stream.told.clone());
        let told: Told = Arc::new(move |url| {
            told(url.clone());
            // Whoever came first told the same.
            let _ = watched.set(url);
        });
        let (bucket, made) = (self.bucket.clone(), self.pieces.clone());
        Box::new(PiecesSink::list(bucket, key, stream.lasting, told, made))
    }

    /// Records the project, listening for cancellation meanwhile.
    async fn record(&mut self) -> Result<RecordedProject, Fault> {
        self.tell("record", None).await;
        let (session, order) = (self.session.clone(), self.job.record.clone());
        let recording = tokio::task::spawn_blocking(move || session.record(&order));
        let state = "the project was still being recorded";
        let recorded = self.attend(recording, state).await?;
        self.wall.record = self.clock.started.elapsed().as_secs_f64();
        Ok(recorded?)
    }

    /// Waits for work of the session, which stops when the job is cancelled or its time is
    /// over.
    async fn attend<T>(&mut self, mut work: JoinHandle<T>, state: &str) -> Result<T, Fault> {
        let broke = |error| Fault::tool(format!("it broke off: {state}"), &error);
        loop {
            tokio::select! {
                done = &mut work => return done.map_err(broke),
                () = tokio::time::sleep(LOOK) => {
                    if self.clock.is_out_of_time() || self.is_cancelled().await {
                        // A script stops at its next step, a renderer at its next frame.
                        self.session.progress().cancel();
                    }
                    if self.clock.is_out_of_time() {
                        return Err(self.clock.out_of_time(state));
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
        let many = self.job.record.recipe.format.container.is_many();
        let last = self.last_object(key, made.frames);
        let stands = self.bucket.head(&last).await?;
        let stands = stands.filter(|meta| many || meta.size == made.bytes);
        Ok(stands.map(|_| JobReport {
            reused: true,
            ..made
        }))
    }

    /// The object of a result that comes last.
    fn last_object(&self, key: &str, frames: u64) -> String {
        let numbered = self.job.record.recipe.format.container.is_sequence();
        match Pattern::parse(key) {
            Ok(pattern) if numbered => {
                let last = pattern.path(frames.saturating_sub(1));
                last.to_string_lossy().into_owned()
            }
            _ => key.to_owned(),
        }
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
        if let Some(url) = self.watched.get() {
            state["watchUrl"] = json!(url);
        }
        if let Some(force) = force {
            force.figures(&mut state);
            self.note_cost(force);
        }
        self.cost.foreseen = self.forecast.as_ref().map(|forecast| forecast.usd);
        self.reporter.tell(state, self.cost).await;
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
        let billed = force.billed.iter().map(|billed| billed.gb_seconds());
        let gb_seconds = billed.sum::<f64>() + self.own().0;
        self.cost.so_far = self.spent(force, false);
        let diagnostics = recorded.recording.diagnostics.iter();
        let wanted = self.job.stream.as_ref();
        let stream = wanted.filter(|_| self.watched.get().is_some());
        let copied = wanted
            .filter(|_| stream.is_none())
            .map(|_| UNSTREAMED.to_owned());
        JobReport {
            film: name.to_owned(),
            key: match &self.job.output {
                Output::Key(key) => Some(key.clone()),
                Output::File(_) => None,
            },
            stream: stream.map(|stream| stream.key.clone()),
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
            estimated_cost_usd: self.cost.so_far,
            prices: self.job.terms.rates.whose.clone(),
            foreseen: self.forecast.as_ref().map(Into::into),
            preset: self.preset,
            reused: false,
            warnings: diagnostics
                .map(ToString::to_string)
                .chain(assembled.warnings())
                .chain(copied)
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
        let pieces = self.pieces.take();
        if last && done.is_err() && !pieces.is_empty() {
            // Nobody can make anything of half a film.
            let _ = self.bucket.delete(pieces).await;
        }
        self.reporter.tell_end(done, self.cost).await;
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
