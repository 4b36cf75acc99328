use std::{collections::BTreeMap, sync::Arc, time::Instant};

use kinora_farm::{Attempt, DispatchEvent, DispatchPolicy, Dispatcher, RecordedSegment, Run};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Billed, Called, Fault, FaultKind, PartDone, Requests, StageSeconds, budget::UnderWay,
    join::ReadySet,
};

/// Workers at work on a film.
pub struct Workforce {
    /// The film's segments.
    pub segments: Vec<RecordedSegment>,
    pub runs: Vec<Run>,
    pub dispatcher: Dispatcher,
    pub ready: Arc<ReadySet>,
    pub begun: Instant,
    /// The calls under way.
    pub calls: BTreeMap<Attempt, CallNote>,
    /// Seconds that a call for each run is thought to be billed for.
    pub foreseen: Vec<f64>,
    /// Segments that stood before this run of the job.
    pub cached: Vec<u64>,
    /// The last failure of each run.
    pub faults: BTreeMap<usize, Fault>,
    pub billed: Vec<Billed>,
    pub seconds: StageSeconds,
    pub requests: Requests,
}

/// What is known of a call under way.
#[derive(Clone, Copy, Debug)]
pub struct CallNote {
    /// The run that it is about.
    pub run: usize,
    pub began: Instant,
    /// Seconds that it is thought to be billed for.
    pub foreseen: f64,
}

impl Workforce {
    pub fn new(
        segments: Vec<RecordedSegment>,
        runs: Vec<Run>,
        standing: Vec<u64>,
        policy: DispatchPolicy,
        begun: Instant,
    ) -> Self {
        let mut force = Self {
            dispatcher: Dispatcher::new(runs.clone(), policy),
            segments,
            runs,
            ready: Arc::default(),
            begun,
            calls: BTreeMap::new(),
            foreseen: Vec::new(),
            cached: standing.clone(),
            faults: BTreeMap::new(),
            billed: Vec::new(),
            seconds: StageSeconds::default(),
            requests: Requests::default(),
        };
        force.stand(standing);
        force
    }

    pub fn stand(&mut self, segments: Vec<u64>) {
        let now = self.begun.elapsed();
        for segment in &segments {
            self.dispatcher
                .handle(DispatchEvent::Standing { segment: *segment }, now);
        }
        self.ready.stand(segments);
    }

    pub fn gone(&mut self, segment: u64) {
        self.dispatcher
            .handle(DispatchEvent::Gone { segment }, self.begun.elapsed());
    }

    pub fn called(&mut self, attempt: Attempt, called: Called) {
        let now = self.begun.elapsed();
        let Some(CallNote { run, .. }) = self.calls.remove(&attempt) else {
            return;
        };
        let (fault, billed) = match called {
            Called::Throttled => {
                self.dispatcher
                    .handle(DispatchEvent::Throttled { attempt }, now);
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
        let retriable = matches!(fault.kind, FaultKind::Passing | FaultKind::OutOfTime);
        let fault = Fault {
            worker_id: Some(run as u64),
            frames: fault.frames.or_else(|| self.frames(run)),
            ..fault
        };
        self.faults.insert(run, fault);
        self.dispatcher
            .handle(DispatchEvent::Failed { attempt, retriable }, now);
    }

    fn done(&mut self, attempt: Attempt, done: PartDone) {
        self.seconds.add(done.seconds);
        self.requests.add(done.requests);
        let stored = done.rendered.iter().chain(&done.stood).copied();
        self.stand(stored.collect());
        let left = done.left;
        self.dispatcher.handle(
            DispatchEvent::Answered { attempt, left },
            self.begun.elapsed(),
        );
    }

    /// Seconds that a call for so many segments of a run is thought to be billed for.
    pub fn foresee(&self, run: usize, segments: usize) -> f64 {
        let whole = self
            .runs
            .get(run)
            .map_or(0, |run| run.segments.end - run.segments.start);
        let foreseen = self.foreseen.get(run).copied().unwrap_or(0.0);
        foreseen * segments as f64 / whole.max(1) as f64
    }

    /// The calls under way, as a budget counts them.
    pub fn under_way(&self) -> Vec<UnderWay> {
        let call = |note: &CallNote| UnderWay {
            elapsed: note.began.elapsed().as_secs_f64(),
            foreseen: note.foreseen,
        };
        self.calls.values().map(call).collect()
    }

    /// The part of the work that stands, by what segments cost, 0 to 1.
    pub fn part_standing(&self) -> f64 {
        let cost = |segment: &RecordedSegment| segment.cost.max(1);
        let all: u64 = self.segments.iter().map(cost).sum();
        let stands = |(index, segment)| self.dispatcher.stands(index as u64).then(|| cost(segment));
        let done: u64 = self.segments.iter().enumerate().filter_map(stands).sum();
        done as f64 / all.max(1) as f64
    }

    /// The output frames of a run, from and up to.
    fn frames(&self, run: usize) -> Option<[u64; 2]> {
        let segments = &self.runs.get(run)?.segments;
        let last = self.segments.get(segments.end.checked_sub(1)? as usize)?;
        let first = self.segments.get(segments.start as usize)?;
        Some([first.frames.start, last.frames.end])
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

    /// Frames of the segments that stand, and of those that stood before this run.
    pub fn frames_standing(&self) -> (u64, u64) {
        let frames = |segment: &RecordedSegment| segment.frames.end - segment.frames.start;
        let all = self.segments.iter().enumerate();
        let done = all.filter(|(index, _)| self.dispatcher.stands(*index as u64));
        let cached = self
            .cached
            .iter()
            .filter_map(|segment| self.segments.get(*segment as usize));
        (
            done.map(|(_, segment)| frames(segment)).sum(),
            cached.map(frames).sum(),
        )
    }

    /// Figures on the workers, as a job's progress carries them.
    pub fn figures(&self, state: &mut Value) {
        let tally = self.dispatcher.tally();
        state["workers"] = json!({
            "total": self.runs.len(),
            "done": self.dispatcher.runs_done(),
            "underWay": self.dispatcher.under_way(),
        });
        state["retries"] = json!(tally.retries);
        state["throttled"] = json!(tally.throttled);
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
