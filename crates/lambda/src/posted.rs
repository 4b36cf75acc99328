//! Films rendered by workers of any kind: each is one command over a store, started by
//! whatever starts many of them.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use kinora_farm::{Assembled, Cache, CopyPlan, RecordedFilm, Sinks, Snapshot, assemble};
use kinora_media::FilmWriter;
use kinora_project::Access;
use kinora_session::{RecordOrder, Session};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    task::JoinHandle,
};

use crate::{
    Bucket, Fault, FaultKind, PartDone, Planned, Workplace,
    job::LOOK,
    join::{Joiner, ReadySet},
    keys,
    publish::{publish, runs, standing},
    render_planned,
};

/// The name of the only job that a store has below its prefix.
const JOB: &str = "job";
/// How long a worker may take that nobody ends.
const LONGEST: Duration = Duration::from_secs(30 * 24 * 3600);

/// A film whose recorded parts lie in a store, for workers to come for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Posted {
    /// Names the film by its content.
    pub film: String,
    /// Its frames.
    pub frames: u64,
    /// Its segments.
    pub segments: u64,
    /// Workers that it was divided for.
    pub workers: u64,
    /// The segments of each worker that has something to do, from and up to.
    pub runs: Vec<[u64; 2]>,
    /// What its scripts took for the present, in milliseconds since 1970.
    pub now_ms: f64,
}

impl Posted {
    /// What was posted to a store.
    ///
    /// # Errors
    /// When nothing was, or the store cannot be read.
    pub async fn of(bucket: &Bucket) -> Result<Self, Fault> {
        let key = keys::posted(JOB);
        let Some(bytes) = bucket.get(&key).await? else {
            let message = format!(
                "there is no film at `{}`; `kinora job post` puts one there",
                bucket.uri("")
            );
            return Err(Fault::new(FaultKind::Event, message));
        };
        serde_json::from_slice(&bytes)
            .map_err(|error| Fault::tool(format!("`{}` is damaged", bucket.uri(&key)), &error))
    }

    fn folder(&self) -> String {
        keys::film_folder(JOB, &self.film)
    }

    /// The segments whose results stand.
    ///
    /// # Errors
    /// When the store cannot be listed.
    pub async fn standing(&self, bucket: &Bucket) -> Result<Vec<u64>, Fault> {
        standing(bucket, &self.folder()).await
    }

    /// The workers whose part is not whole.
    fn late(&self, standing: &[u64]) -> Vec<usize> {
        let open = |run: &[u64; 2]| (run[0]..run[1]).any(|segment| !standing.contains(&segment));
        let runs = self.runs.iter().enumerate();
        runs.filter(|(_, run)| open(run))
            .map(|(index, _)| index)
            .collect()
    }
}

/// Records the session's project and stores it for so many workers.
///
/// # Errors
/// When the project is at fault or the store cannot be written to.
pub async fn post(
    bucket: &Bucket,
    session: Arc<Session>,
    order: RecordOrder,
    workers: u64,
) -> Result<Posted, Fault> {
    let (film, copy) = record(&session, order).await?;
    let runs = match copy {
        // Whoever joins has no need of workers.
        Some(_) => Vec::new(),
        None => {
            let segments = film.segments();
            let costs: Vec<u64> = segments.iter().map(|segment| segment.cost).collect();
            runs(&costs, workers as usize)
        }
    };
    let posted = Posted {
        film: film.name(),
        frames: film.frames(),
        segments: film.segment_count(),
        workers,
        runs: runs
            .iter()
            .map(|run| [run.segments.start, run.segments.end])
            .collect(),
        now_ms: session.script().now_ms,
    };
    if !runs.is_empty() {
        let (folder, library) = (posted.folder(), session.library());
        let stood = posted.standing(bucket).await?;
        publish(bucket, library, &film, &folder, &runs, &stood, false).await?;
    }
    let text = serde_json::to_vec(&posted).expect("plain data in memory always serialises");
    bucket.put(&keys::posted(JOB), text).await?;
    Ok(posted)
}

/// Records a film, and how its videos' packets make it if they do.
async fn record(
    session: &Arc<Session>,
    order: RecordOrder,
) -> Result<(Arc<RecordedFilm>, Option<CopyPlan>), Fault> {
    let session = session.clone();
    let work = move || {
        let film = session.record(&order)?.film;
        let copy = film.recipe().copy;
        let plan = copy.then(|| CopyPlan::of(&film, &**session.library()));
        Ok((film, plan.flatten()))
    };
    let worked = tokio::task::spawn_blocking(work).await;
    worked.map_err(|error| Fault::tool("recording broke off", &error))?
}

/// What a worker has to work with, besides the store.
pub struct PostedPlace {
    /// Where files are kept.
    pub cache: Cache,
    /// What files that are read from where they are may be.
    pub access: Access,
    /// Threads that render.
    pub threads: usize,
    /// How long it may take; what it does not get to is left for another start.
    pub time: Option<Duration>,
}

/// Renders the part of worker `index`, counted from 0: those of its segments whose results do
/// not stand. The same again, at once or later, does no harm.
///
/// # Errors
/// When nothing was posted, the film was divided for fewer workers, or a segment cannot be
/// rendered or stored.
pub async fn work(bucket: &Bucket, index: u64, place: PostedPlace) -> Result<PartDone, Fault> {
    let posted = Posted::of(bucket).await?;
    if index >= posted.workers {
        let message = format!(
            "the film was divided for `{}` workers, so the last is number `{}`; got `{index}`",
            posted.workers,
            posted.workers - 1
        );
        return Err(Fault::new(FaultKind::Event, message));
    }
    let run = usize::try_from(index).ok();
    let Some(&[start, end]) = run.and_then(|run| posted.runs.get(run)) else {
        return Ok(PartDone::default());
    };
    let stood = posted.standing(bucket).await?;
    let open = (start..end).filter(|segment| !stood.contains(segment));
    let planned = Planned {
        folder: posted.folder(),
        run: start..end,
        segments: open.collect(),
    };
    if planned.segments.is_empty() {
        let stood = (start..end).collect();
        return Ok(PartDone {
            stood,
            ..PartDone::default()
        });
    }
    let place = Workplace {
        bucket: bucket.clone(),
        cache: place.cache,
        access: place.access,
        threads: place.threads,
        deadline: Instant::now() + place.time.unwrap_or(LONGEST),
    };
    render_planned(place, JOB, &planned).await
}

/// How a posted film becomes a file.
pub struct JoinOrder {
    /// What was posted, in the same words.
    pub record: RecordOrder,
    /// The file.
    pub output: PathBuf,
    /// How long workers are waited for; without end if none.
    pub wait: Option<Duration>,
    /// Whether what workers have stored stays.
    pub keep_parts: bool,
}

/// Puts a posted film together as its workers store their results, in this machine.
///
/// # Errors
/// When the project is not the one that was posted, a worker's part does not come in time, or
/// the file cannot be written.
pub async fn join(
    bucket: &Bucket,
    session: Arc<Session>,
    order: JoinOrder,
) -> Result<(Posted, Assembled), Fault> {
    let posted = Posted::of(bucket).await?;
    let (film, copy) = record(&session, order.record).await?;
    if film.name() != posted.film {
        let message = format!(
            "the film at `{}` is another one: the project or what is asked of it has changed \
             since it was posted; post it again, or join with the same words",
            bucket.uri("")
        );
        return Err(Fault::new(FaultKind::Project, message));
    }
    let sink = FilmWriter::sink(&order.output, &film.recipe().format)?;
    let mut joining = Joining::start(bucket, &session, film, copy, sink.into(), posted);
    let assembled = joining.run(&session, order.wait).await?;
    if !order.keep_parts {
        let found = bucket.list(&keys::job_folder(JOB)).await?;
        let keys = found.into_iter().map(|(key, _)| key);
        bucket.delete(keys.collect()).await?;
    }
    Ok((joining.posted, assembled))
}

/// A posted film being put together.
struct Joining {
    posted: Posted,
    bucket: Bucket,
    ready: Arc<ReadySet>,
    gone: UnboundedReceiver<u64>,
    done: JoinHandle<Result<Assembled, Fault>>,
}

impl Joining {
    fn start(
        bucket: &Bucket,
        session: &Arc<Session>,
        film: Arc<RecordedFilm>,
        copy: Option<CopyPlan>,
        sinks: Sinks,
        posted: Posted,
    ) -> Self {
        let (send, gone) = unbounded_channel();
        let ready = Arc::<ReadySet>::default();
        let progress = session.progress().clone();
        let mut joiner = Joiner::new(
            ready.clone(),
            bucket.clone(),
            posted.folder(),
            film.segments(),
            progress.clone(),
            send,
        );
        let library = session.library().clone();
        let done = tokio::task::spawn_blocking(move || match copy {
            Some(plan) => Ok(plan.assemble(&film, &*library, sinks.film, &progress)?),
            None => Ok(assemble(&film, &*library, &mut joiner, sinks)?),
        });
        Self {
            posted,
            bucket: bucket.clone(),
            ready,
            gone,
            done,
        }
    }

    async fn run(&mut self, session: &Session, wait: Option<Duration>) -> Result<Assembled, Fault> {
        let begun = Instant::now();
        let mut looks = tokio::time::interval(LOOK);
        loop {
            tokio::select! {
                done = &mut self.done => {
                    let broke = |error| Fault::tool("joining broke off", &error);
                    return done.map_err(broke)?;
                }
                Some(segment) = self.gone.recv() => {
                    let run = self.posted.runs.iter().position(|run| (run[0]..run[1]).contains(&segment));
                    self.ready.stop();
                    let message = format!(
                        "the result of segment `{segment}` was gone or damaged, and is removed; start \
                         worker `{}` once more and join again",
                        run.unwrap_or_default()
                    );
                    return Err(Fault::new(FaultKind::Passing, message));
                }
                _ = looks.tick() => {
                    let standing = self.posted.standing(&self.bucket).await?;
                    self.tell(session, &standing);
                    let late = self.posted.late(&standing);
                    self.ready.stand(standing);
                    let waited = wait.is_some_and(|wait| begun.elapsed() >= wait);
                    if session.progress().is_cancelled() {
                        self.ready.stop();
                        return Err(Fault::new(FaultKind::Cancelled, "joining was stopped"));
                    }
                    if waited && !late.is_empty() {
                        self.ready.stop();
                        return Err(overdue(&late, begun.elapsed()));
                    }
                }
            }
        }
    }

    fn tell(&self, session: &Session, standing: &[u64]) {
        let before = session.progress().snapshot();
        let done = standing.len() as u64;
        session.progress().tell(&Snapshot {
            recorded: self.posted.frames,
            recording_ended: true,
            rendered: self.posted.frames * done / self.posted.segments.max(1),
            segments: self.posted.segments,
            segments_done: done,
            ..before
        });
    }
}

/// Which workers have not come.
fn overdue(late: &[usize], waited: Duration) -> Fault {
    let shown: Vec<String> = late
        .iter()
        .take(20)
        .map(|index| format!("`{index}`"))
        .collect();
    let more = match late.len() {
        0..=20 => String::new(),
        count => format!(" and {} others", count - 20),
    };
    let message = format!(
        "after {:.0} s the parts of worker {}{more} are not whole; start these and join again",
        waited.as_secs_f64(),
        shown.join(", ")
    );
    Fault::new(FaultKind::OutOfTime, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_late_is_named() {
        let posted = Posted {
            film: "f".to_owned(),
            frames: 300,
            segments: 5,
            workers: 4,
            runs: vec![[0, 2], [2, 4], [4, 5]],
            now_ms: 0.0,
        };
        assert_eq!(posted.late(&[0, 1, 3]), [1, 2]);
        assert_eq!(posted.late(&[0, 1, 2, 3, 4]), Vec::<usize>::new());
        let told = overdue(&[1, 2], Duration::from_secs(5)).text();
        assert!(told.contains("worker `1`, `2` are not whole"), "{told}");
        let many: Vec<usize> = (0..30).collect();
        let told = overdue(&many, Duration::ZERO).text();
        assert!(told.contains("`19` and 10 others"), "{told}");
    }
}
