use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use kinora_farm::{
    Assembled, Attempt, DispatchAction, DispatchPolicy, RecordedFilm, Run, Snapshot, assemble,
};
use serde_json::Value;
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinHandle,
};

use crate::{
    Called, Fault, FaultKind, PartialRender, Planned, Request,
    budget::{Budget, Got},
    job::{JobRun, LOOK, cancel},
    join::Joiner,
    publish::standing,
    report::present_ms,
    workforce::{CallNote, Workforce},
};

/// How long a failed job waits at most for what is under way to end, so that nothing of
/// it is left; half of the time it still has, if that is shorter.
const PATIENCE: Duration = Duration::from_secs(30);

/// Has a published film rendered by workers and put together as results come.
pub(crate) struct Dispatch<'a> {
    run: &'a mut JobRun,
    film: Arc<RecordedFilm>,
    folder: String,
    force: Workforce,
}

/// The film being put together, and the segments whose result it found gone.
struct Joining {
    done: JoinHandle<Result<Assembled, Fault>>,
    gone: UnboundedReceiver<u64>,
}

impl<'a> Dispatch<'a> {
    pub fn new(
        run: &'a mut JobRun,
        film: Arc<RecordedFilm>,
        folder: String,
        runs: Vec<Run>,
        stood: Vec<u64>,
        measured: Vec<u64>,
    ) -> Self {
        let begun = Instant::now();
        let end = run.clock.end_of_work();
        let policy = DispatchPolicy {
            attempts: run.job.attempts,
            at_once: runs.len().min(run.job.terms.function.at_once as usize),
            deadline: end.map(|end| end.saturating_duration_since(begun)),
            seed: present_ms() as u64,
            ..DispatchPolicy::default()
        };
        let foreseen = run.foreseen(&runs);
        let mut force = Workforce::new(film.segments(), runs, stood, policy, begun);
        force.foreseen = foreseen;
        force.stand(measured);
        Self {
            run,
            force,
            film,
            folder,
        }
    }

    /// To the end of the job, or its failure.
    pub async fn run(mut self) -> Result<(Workforce, Assembled), Fault> {
        let mut joining = self.join()?;
        let (send, mut calls) = unbounded_channel();
        let mut looks = tokio::time::interval(LOOK);
        let done = loop {
            let wait = match self.advance(&send) {
                Ok(wait) => wait,
                Err(fault) => break Err(fault),
            };
            tokio::select! {
                Some((attempt, called)) = calls.recv() => {
                    self.force.called(attempt, called);
                    if let Err(fault) = self.check_budget(None) {
                        break Err(fault);
                    }
                }
                Some(segment) = joining.gone.recv() => self.force.gone(segment),
                done = &mut joining.done => {
                    let done = done.map_err(|error| Fault::tool("joining broke off", &error));
                    break done.and_then(|done| done);
                }
                () = sleep_until(wait) => {}
                _ = looks.tick() => {
                    if self.run.is_cancelled().await {
                        break Err(Fault::new(FaultKind::Cancelled, "the job was cancelled"));
                    }
                    // A look that fails is repeated; what really is wrong, calls tell.
                    if let Ok(standing) = standing(&self.run.bucket, &self.folder).await {
                        self.force.stand(standing);
                    }
                    self.tell().await;
                    if let Err(fault) = self.check_budget(None) {
                        break Err(fault);
                    }
                }
            }
        };
        match done {
            Ok(assembled) => {
                if self.force.dispatcher.under_way() > 0 {
                    self.stop_workers().await;
                }
                Ok((self.force, assembled))
            }
            Err(fault) => {
                drop(send);
                self.run.note_cost(&self.force);
                self.wind_up(&fault, joining, calls).await;
                Err(fault)
            }
        }
    }

    /// Ends what is under way for a job that has failed. Joining removes what it has
    /// stored of the film before it ends, and what workers store on their way out is seen
    /// before anything is cleared up; whatever does not answer must not cost the job its
    /// own answer.
    async fn wind_up(
        &self,
        fault: &Fault,
        joining: Joining,
        mut calls: UnboundedReceiver<(Attempt, Called)>,
    ) {
        self.force.ready.stop();
        let under_way = self.force.dispatcher.under_way() > 0;
        let stops = fault.kind != FaultKind::OutOfTime && under_way;
        if stops {
            self.stop_workers().await;
        }
        let left = self.run.clock.left().map(|left| left / 2);
        let left = left.map_or(PATIENCE, |left| left.min(PATIENCE));
        let quiet = async {
            if !joining.done.is_finished() {
                let _ = joining.done.await;
            }
            while stops && calls.recv().await.is_some() {}
        };
        let _ = tokio::time::timeout(left, quiet).await;
    }

    /// Carries out what the dispatcher decides; until when to wait then.
    fn advance(
        &mut self,
        send: &UnboundedSender<(Attempt, Called)>,
    ) -> Result<Option<Instant>, Fault> {
        let clock = self.run.clock;
        loop {
            let force = &mut self.force;
            match force.dispatcher.poll(force.begun.elapsed()) {
                DispatchAction::Call {
                    attempt,
                    run,
                    segments,
                } => {
                    let foreseen = force.foresee(run, segments.len());
                    self.check_budget(Some(foreseen))?;
                    let note = CallNote {
                        run,
                        began: Instant::now(),
                        foreseen,
                    };
                    self.force.calls.insert(attempt, note);
                    let event = self.event(run, segments);
                    let (caller, send) = (self.run.caller.clone(), send.clone());
                    tokio::spawn(async move {
                        let called = caller.call(&event).await;
                        // Without a listener the job is over.
                        let _ = send.send((attempt, called));
                    });
                }
                DispatchAction::Wait { until } => {
                    return Ok(until.map(|until| force.begun + until));
                }
                // What is left is joining, which has the same time limit.
                DispatchAction::Finished if clock.is_out_of_time() => {
                    return Err(clock.out_of_time("all frames were rendered, but not yet joined"));
                }
                DispatchAction::Finished => return Ok(clock.end_of_work()),
                DispatchAction::Failed { run } => return Err(force.failure(run)),
                DispatchAction::OutOfTime => {
                    let state = format!(
                        "{} of {} segments were rendered",
                        force.dispatcher.standing(),
                        force.segments.len()
                    );
                    return Err(clock.out_of_time(&state));
                }
            }
        }
    }

    /// Fails if the job's money is used up, or would be by a further call of `next` seconds.
    fn check_budget(&self, next: Option<f64>) -> Result<(), Fault> {
        let (Some(most), force) = (self.run.job.aim.max_cost, &self.force) else {
            return Ok(());
        };
        let total = force.segments.len() as u64;
        let standing = force.dispatcher.standing();
        let terms = &self.run.job.terms;
        let budget = Budget {
            most,
            second: terms.rates.second(&terms.function),
            call: terms.rates.call,
        };
        let ended = self.run.spent(force, false);
        // What is all rendered costs nothing more by being given up.
        if standing == total || !budget.is_exceeded(ended, &force.under_way(), next) {
            return Ok(());
        }
        Err(budget.used_up(Got {
            spent: self.run.spent(force, true),
            segments: standing,
            of: total,
            part: force.part_standing(),
        }))
    }

    fn event(&self, run: usize, segments: Vec<u64>) -> Value {
        let part = PartialRender {
            job: self.run.job.id.clone(),
            worker: run as u64,
            workers: self.force.runs.len() as u64,
            planned: Some(Planned {
                folder: self.folder.clone(),
                run: self.force.runs[run].segments.clone(),
                segments,
            }),
            request: Request::default(),
        };
        part.to_json()
    }

    /// Begins to put results together as they come.
    fn join(&self) -> Result<Joining, Fault> {
        let (send, gone) = unbounded_channel();
        let film = self.film.clone();
        let library = self.run.session.library().clone();
        let sinks = self.run.sinks(&self.film)?;
        let mut joiner = Joiner::new(
            self.force.ready.clone(),
            self.run.bucket.clone(),
            self.folder.clone(),
            self.force.segments.clone(),
            self.run.session.progress().clone(),
            send,
        );
        let join = move || Ok(assemble(&film, &*library, &mut joiner, sinks)?);
        Ok(Joining {
            done: tokio::task::spawn_blocking(join),
            gone,
        })
    }

    /// Makes workers stop that are still at it, unless they may be another coordinator's.
    async fn stop_workers(&self) {
        if !self.run.claim.is_alone().await {
            return;
        }
        // Those that are not reached stop by themselves, only later.
        let _ = cancel(&self.run.bucket, &self.run.job.id).await;
    }

    async fn tell(&mut self) {
        let force = &self.force;
        let total = force.segments.len() as u64;
        let standing = force.dispatcher.standing();
        let (done, cached) = force.frames_standing();
        let progress = self.run.session.progress();
        let before = progress.snapshot();
        progress.tell(&Snapshot {
            recorded: self.film.frames(),
            recording_ended: true,
            rendered: done.saturating_sub(cached),
            cached,
            segments: total,
            segments_done: standing,
            segments_cached: force.cached.len() as u64,
            assembled: before.assembled,
        });
        let stage = if standing == total { "join" } else { "render" };
        self.run.tell(stage, Some(&self.force)).await;
    }
}

async fn sleep_until(time: Option<Instant>) {
    match time {
        Some(time) => tokio::time::sleep_until(time.into()).await,
        None => std::future::pending().await,
    }
}
