use std::{collections::BTreeMap, sync::Arc, time::Instant};

use kinora_farm::{Assembled, Attempt, DispatchPolicy, Dispatcher, Failure, News, Run};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Billed, Bucket, Called, Fault, FaultKind, PartDone, Recorded, Requests, StageSeconds,
    join::Board, keys,
};

/// The segments of a film whose results stand.
pub async fn look(bucket: &Bucket, folder: &str) -> Result<Vec<u64>, Fault> {
    let found = bucket.list(&keys::results(folder)).await?;
    let segments = found.iter().filter_map(|(key, _)| keys::segment_of(key));
    Ok(segments.collect())
}

/// Workers at work on a film.
pub struct Crew {
    pub recorded: Arc<Recorded>,
    pub runs: Vec<Run>,
    pub dispatcher: Dispatcher,
    pub board: Arc<Board>,
    pub begun: Instant,
    /// Which run each call is about.
    pub calls: BTreeMap<Attempt, usize>,
    /// Segments that stood before this run of the job.
    pub cached: Vec<u64>,
    /// The last failure of each run.
    pub faults: BTreeMap<usize, Fault>,
    pub billed: Vec<Billed>,
    pub seconds: StageSeconds,
    pub requests: Requests,
    pub arch: String,
    pub assembled: Assembled,
}

impl Crew {
    pub fn new(
        recorded: Arc<Recorded>,
        runs: Vec<Run>,
        standing: Vec<u64>,
        policy: DispatchPolicy,
        begun: Instant,
    ) -> Self {
        let mut crew = Self {
            dispatcher: Dispatcher::new(runs.clone(), policy),
            recorded,
            runs,
            board: Arc::default(),
            begun,
            calls: BTreeMap::new(),
            cached: standing.clone(),
            faults: BTreeMap::new(),
            billed: Vec::new(),
            seconds: StageSeconds::default(),
            requests: Requests::default(),
            arch: String::new(),
            assembled: Assembled::default(),
        };
        crew.stand(standing);
        crew
    }

    pub fn stand(&mut self, segments: Vec<u64>) {
        let now = self.begun.elapsed();
        for segment in &segments {
            self.dispatcher
                .handle(News::Standing { segment: *segment }, now);
        }
        self.board.stand(segments);
    }

    pub fn gone(&mut self, segment: u64) {
        self.dispatcher
            .handle(News::Gone { segment }, self.begun.elapsed());
    }

    pub fn called(&mut self, attempt: Attempt, called: Called) {
        let now = self.begun.elapsed();
        let Some(run) = self.calls.remove(&attempt) else {
            return;
        };
        let (fault, billed) = match called {
            Called::Throttled => {
                self.dispatcher.handle(News::Throttled { attempt }, now);
                return;
            }
            Called::Answered(answer, billed) => match answered(&answer) {
                Ok(done) => {
                    self.billed.extend(billed);
                    self.done(attempt, done);
                    return;
                }
                Err(fault) => (fault, billed),
            },
            Called::Failed(fault, billed) => (fault, billed),
        };
        self.billed.extend(billed);
        let failure = match fault.kind {
            FaultKind::Passing | FaultKind::OutOfTime => Failure::Passing,
            _ => Failure::Lasting,
        };
        let fault = Fault {
            worker_id: Some(run as u64),
            frames: fault.frames.or_else(|| self.frames(run)),
            ..fault
        };
        self.faults.insert(run, fault);
        self.dispatcher
            .handle(News::Failed { attempt, failure }, now);
    }

    fn done(&mut self, attempt: Attempt, done: PartDone) {
        self.seconds.add(done.seconds);
        self.requests.add(done.requests);
        self.arch = done.arch;
        let stored = done.rendered.iter().chain(&done.stood).copied();
        self.stand(stored.collect());
        let left = done.left;
        self.dispatcher
            .handle(News::Answered { attempt, left }, self.begun.elapsed());
    }

    /// The output frames of a run, from and up to.
    fn frames(&self, run: usize) -> Option<[u64; 2]> {
        let segments = &self.runs.get(run)?.segments;
        let slots = &self.recorded.slots;
        let last = slots.get(segments.end.checked_sub(1)? as usize)?;
        Some([
            slots.get(segments.start as usize)?.first_frame,
            last.first_frame + last.frames,
        ])
    }

    /// Why a run failed for good.
    pub fn failure(&mut self, run: usize) -> Fault {
        self.faults.remove(&run).unwrap_or_else(|| {
            let message = "it did not get on with its part";
            Fault {
                worker_id: Some(run as u64),
                frames: self.frames(run),
                ..Fault::new(FaultKind::Passing, message)
            }
        })
    }
}

/// What a worker's answer says.
fn answered(answer: &Value) -> Result<PartDone, Fault> {
    let body = answer["body"].as_str().unwrap_or_default();
    let strange = |error| {
        let message = "the worker's answer is not understood; is the function kinora's?";
        Fault::tool(message, &error)
    };
    if answer["statusCode"] == 200 {
        return serde_json::from_str(body).map_err(strange);
    }
    #[derive(Deserialize)]
    struct Failed {
        fault: Fault,
    }
    match serde_json::from_str::<Failed>(body) {
        Ok(failed) => Err(failed.fault),
        Err(error) => Err(strange(error)),
    }
}
