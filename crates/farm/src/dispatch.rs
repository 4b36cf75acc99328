use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    time::Duration,
};

/// How runs of segments are given to workers that are called from afar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DispatchPolicy {
    /// Attempts at a run in all, at least 1. Calls that were refused because too many
    /// were under way do not count, nor do those that ran out of time having got on.
    pub attempts: u32,
    /// Pause before the second attempt, about; doubled before each further one.
    pub backoff: Duration,
    /// No pause is longer than this, about.
    pub longest_pause: Duration,
    /// Workers at once at most.
    pub at_once: usize,
    /// A run is given to a second worker when it takes this many times as long as runs
    /// of its cost do in the middle.
    pub straggling: f64,
    /// But not before this time.
    pub patience: Duration,
    /// When the job has to be over, counted from its start.
    pub deadline: Option<Duration>,
    /// Where the pauses' chance begins.
    pub seed: u64,
}

impl Default for DispatchPolicy {
    fn default() -> Self {
        Self {
            attempts: 3,
            backoff: Duration::from_millis(400),
            longest_pause: Duration::from_secs(10),
            at_once: usize::MAX,
            straggling: 2.5,
            patience: Duration::from_secs(4),
            deadline: None,
            seed: 0,
        }
    }
}

/// A run of neighbouring segments, the part of one worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The segments.
    pub segments: Range<u64>,
    /// What they cost, in any unit.
    pub cost: u64,
}

/// Names one call of one worker.
pub type Attempt = u64;

/// What became of a job's workers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DispatchEvent {
    /// The result of a segment stands.
    Standing {
        /// The segment.
        segment: u64,
    },
    /// The result of a segment that stood is gone or damaged.
    Gone {
        /// The segment.
        segment: u64,
    },
    /// A worker answered that it is through.
    Answered {
        /// The call.
        attempt: Attempt,
        /// Those of its segments that it did not get to.
        left: Vec<u64>,
    },
    /// The call was refused, because too many are under way.
    Throttled {
        /// The call.
        attempt: Attempt,
    },
    /// The call or the worker failed, or was never heard of again.
    Failed {
        /// The call.
        attempt: Attempt,
        /// Whether another attempt makes sense.
        retriable: bool,
    },
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DispatchAction {
    /// Call a worker.
    Call {
        /// The name of the call.
        attempt: Attempt,
        /// Which run it is about.
        run: usize,
        /// The segments of the run that do not stand yet.
        segments: Vec<u64>,
    },
    /// Nothing until there is an event, or until this time where one is given.
    Wait {
        /// When to ask again.
        until: Option<Duration>,
    },
    /// Every segment stands.
    Finished,
    /// A run failed for good.
    Failed {
        /// The run.
        run: usize,
    },
    /// The deadline has come.
    OutOfTime,
}

/// Figures about a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls made, those refused not counted.
    pub calls: u64,
    /// Calls made because an earlier one had failed or run out of time.
    pub retries: u64,
    /// Calls made because an earlier one lagged behind.
    pub hedges: u64,
    /// Calls refused because too many were under way.
    pub throttled: u64,
}

#[derive(Debug)]
struct RunState {
    run: Run,
    /// When it may be given out, while nobody has it.
    waiting: Option<Duration>,
    /// Calls under way.
    calls: BTreeMap<Attempt, Call>,
    /// Attempts that failed.
    failures: u32,
    /// Calls that were not refused.
    begun: u32,
}

/// Why a call was made.
#[derive(Clone, Copy, Debug)]
enum Reason {
    /// Nobody had the run before.
    First,
    /// An earlier call failed or ran out of time.
    Retry,
    /// An earlier call lags behind.
    Hedge,
}

/// A call under way.
#[derive(Clone, Debug)]
struct Call {
    began: Duration,
    reason: Reason,
    segments: Vec<u64>,
}

/// Workers that may have the same run at once.
const MOST_CALLS: usize = 3;

impl RunState {
    /// How many segments the run has.
    fn count(&self) -> u64 {
        self.run.segments.end - self.run.segments.start
    }

    /// What the run costs; not nothing, whatever was thought.
    fn weight(&self) -> f64 {
        self.run.cost.max(self.count()).max(1) as f64
    }

    /// Seconds for a unit of cost, if a call that had the whole run is through now.
    fn pace(&self, call: &Call, now: Duration) -> f64 {
        now.saturating_sub(call.began).as_secs_f64() / self.weight()
    }
}

/// Decides which run is given to a worker when, as a pure state machine: time is an
/// argument (since the start of the job), events come in, actions go out.
///
/// It is [`crate::Scheduler`]'s counterpart for workers that cost money to start, are
/// refused when there are too many, get lost on the way, and whose answers matter less
/// than what they leave in the store: a segment is done when its result stands.
///
/// - Refused calls shrink the number of workers at once to those under way; each that
///   ends lets it grow by one again. So a job goes on in waves where slots are few.
/// - When no run waits any more and one takes much longer than others did by their
///   cost (Dean and Barroso's hedged request), what is left of it goes to a second
///   worker; whichever result comes first stands.
#[derive(Debug)]
pub struct Dispatcher {
    policy: DispatchPolicy,
    random: fastrand::Rng,
    runs: Vec<RunState>,
    standing: BTreeSet<u64>,
    segments: u64,
    /// Workers that may be under way at once.
    window: usize,
    /// Refusals since the last call that was not refused.
    refused: u32,
    /// Calls under way that have ended for their run, which is done.
    strays: BTreeMap<Attempt, (usize, Call)>,
    next_attempt: Attempt,
    /// How long runs took, by a unit of their cost.
    paces: Vec<f64>,
    failed: Option<usize>,
    tally: Tally,
}

impl Dispatcher {
    /// A dispatcher for runs that meet and begin with segment 0.
    pub fn new(runs: Vec<Run>, policy: DispatchPolicy) -> Self {
        let segments = runs.last().map_or(0, |run| run.segments.end);
        let window = policy.at_once.max(1);
        let state = |run| RunState {
            run,
            waiting: Some(Duration::ZERO),
            calls: BTreeMap::new(),
            failures: 0,
            begun: 0,
        };
        Self {
            policy,
            random: fastrand::Rng::with_seed(policy.seed),
            runs: runs.into_iter().map(state).collect(),
            standing: BTreeSet::new(),
            segments,
            window,
            refused: 0,
            strays: BTreeMap::new(),
            next_attempt: 0,
            paces: Vec::new(),
            failed: None,
            tally: Tally::default(),
        }
    }

    /// Whether the segment's result stands.
    pub fn stands(&self, segment: u64) -> bool {
        self.standing.contains(&segment)
    }

    /// How many segments stand.
    pub fn standing(&self) -> u64 {
        self.standing.len() as u64
    }

    /// Calls under way.
    pub fn under_way(&self) -> usize {
        self.strays.len()
            + self
                .runs
                .iter()
                .map(|state| state.calls.len())
                .sum::<usize>()
    }

    /// Runs all of whose segments stand.
    pub fn runs_done(&self) -> usize {
        let done = |state: &&RunState| self.is_done(&state.run);
        self.runs.iter().filter(done).count()
    }

    /// Figures about the job so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Takes note of what happened. Late and repeated events do no harm.
    pub fn handle(&mut self, event: DispatchEvent, now: Duration) {
        match event {
            DispatchEvent::Standing { segment } => self.stand(segment, now),
            DispatchEvent::Gone { segment } => self.gone(segment, now),
            DispatchEvent::Answered { attempt, left } => {
                if let Some((index, call)) = self.end(attempt) {
                    self.grow();
                    self.answered(index, &call, &left, now);
                }
            }
            DispatchEvent::Throttled { attempt } => {
                if let Some((index, call)) = self.end(attempt) {
                    self.throttled(index, &call, now);
                }
            }
            DispatchEvent::Failed { attempt, retriable } => {
                if let Some((index, _)) = self.end(attempt) {
                    self.grow();
                    self.fail(index, retriable, now);
                }
            }
        }
    }

    /// The run of a call that was under way and is no longer.
    fn end(&mut self, attempt: Attempt) -> Option<(usize, Call)> {
        if let Some(stray) = self.strays.remove(&attempt) {
            return Some(stray);
        }
        self.runs
            .iter_mut()
            .enumerate()
            .find_map(|(index, state)| Some((index, state.calls.remove(&attempt)?)))
    }

    fn grow(&mut self) {
        self.refused = 0;
        self.window = (self.window.saturating_add(1)).min(self.policy.at_once.max(1));
    }

    fn run_of(&self, segment: u64) -> Option<usize> {
        self.runs
            .iter()
            .position(|state| state.run.segments.contains(&segment))
    }

    fn is_done(&self, run: &Run) -> bool {
        let count = run.segments.end - run.segments.start;
        self.standing.range(run.segments.clone()).count() as u64 == count
    }

    fn stand(&mut self, segment: u64, now: Duration) {
        let Some(index) = self.run_of(segment) else {
            return;
        };
        if !self.standing.insert(segment) || !self.is_done(&self.runs[index].run) {
            return;
        }
        let state = &mut self.runs[index];
        state.waiting = None;
        let whole = |call: &&Call| call.segments.len() as u64 == state.count();
        if let Some(call) = state.calls.values().find(whole) {
            self.paces.push(state.pace(call, now));
        }
        let calls = std::mem::take(&mut state.calls).into_iter();
        self.strays
            .extend(calls.map(|(attempt, call)| (attempt, (index, call))));
    }

    fn gone(&mut self, segment: u64, now: Duration) {
        let Some(index) = self.run_of(segment) else {
            return;
        };
        if !self.standing.remove(&segment) || !self.runs[index].calls.is_empty() {
            return;
        }
        let state = &mut self.runs[index];
        state.failures += 1;
        if state.failures >= self.policy.attempts {
            self.failed.get_or_insert(index);
        } else {
            state.waiting = Some(now);
        }
    }

    fn answered(&mut self, index: usize, call: &Call, left: &[u64], now: Duration) {
        // What was seen to stand before its call answered has told its pace by then.
        let told = self.is_done(&self.runs[index].run);
        let done = |segment: &&u64| !left.contains(segment);
        for segment in call.segments.iter().filter(done) {
            self.stand(*segment, now);
        }
        if self.is_done(&self.runs[index].run) {
            let state = &self.runs[index];
            if !told && call.segments.len() as u64 == state.count() {
                self.paces.push(state.pace(call, now));
            }
            return;
        }
        let got_on = call
            .segments
            .iter()
            .any(|segment| self.standing.contains(segment));
        if !got_on {
            self.fail(index, true, now);
        } else if self.runs[index].calls.is_empty() {
            self.runs[index].waiting = Some(now);
        }
    }

    fn throttled(&mut self, index: usize, call: &Call, now: Duration) {
        self.tally.throttled += 1;
        self.tally.calls -= 1;
        match call.reason {
            Reason::First => {}
            Reason::Retry => self.tally.retries -= 1,
            Reason::Hedge => self.tally.hedges -= 1,
        }
        self.refused += 1;
        self.window = self.under_way().max(1);
        let pause = self.pause(self.refused.div_ceil(self.runs.len() as u32));
        if self.is_done(&self.runs[index].run) {
            return;
        }
        let state = &mut self.runs[index];
        state.begun = state.begun.saturating_sub(1);
        if state.calls.is_empty() {
            state.waiting = Some(now + pause);
        }
    }

    fn fail(&mut self, index: usize, retriable: bool, now: Duration) {
        if self.is_done(&self.runs[index].run) {
            return;
        }
        let state = &mut self.runs[index];
        if !retriable {
            self.failed.get_or_insert(index);
            return;
        }
        state.failures += 1;
        if !state.calls.is_empty() {
            return;
        }
        if state.failures >= self.policy.attempts {
            self.failed.get_or_insert(index);
            return;
        }
        let failures = state.failures;
        let pause = self.pause(failures);
        self.runs[index].waiting = Some(now + pause);
    }

    /// A pause that doubles with each time and lies half of itself around it, so that
    /// workers that failed together do not come back together.
    fn pause(&mut self, times: u32) -> Duration {
        let doubled = self.policy.backoff * (1 << (times.max(1) - 1).min(16));
        doubled
            .min(self.policy.longest_pause)
            .mul_f64(0.5 + self.random.f64())
    }

    /// The next action; to be asked again until it is to wait or at an end.
    pub fn poll(&mut self, now: Duration) -> DispatchAction {
        if let Some(run) = self.failed {
            return DispatchAction::Failed { run };
        }
        if self.standing.len() as u64 == self.segments {
            return DispatchAction::Finished;
        }
        if self.policy.deadline.is_some_and(|deadline| deadline <= now) {
            return DispatchAction::OutOfTime;
        }
        if self.under_way() < self.window {
            let due = |state: &RunState| state.waiting.is_some_and(|time| time <= now);
            if let Some(index) = self.runs.iter().position(due) {
                let reason = match self.runs[index].begun {
                    0 => Reason::First,
                    _ => Reason::Retry,
                };
                return self.call(index, reason, now);
            }
            if let Some(index) = self.straggler(now) {
                return self.call(index, Reason::Hedge, now);
            }
        }
        DispatchAction::Wait {
            until: self.wake(now),
        }
    }

    fn call(&mut self, index: usize, reason: Reason, now: Duration) -> DispatchAction {
        let attempt = self.next_attempt;
        self.next_attempt += 1;
        self.tally.calls += 1;
        match reason {
            Reason::First => {}
            Reason::Retry => self.tally.retries += 1,
            Reason::Hedge => self.tally.hedges += 1,
        }
        let state = &mut self.runs[index];
        state.waiting = None;
        state.begun += 1;
        let stands = |segment: &u64| self.standing.contains(segment);
        let left = state
            .run
            .segments
            .clone()
            .filter(|segment| !stands(segment));
        let segments: Vec<u64> = left.collect();
        let call = Call {
            began: now,
            reason,
            segments: segments.clone(),
        };
        state.calls.insert(attempt, call);
        DispatchAction::Call {
            attempt,
            run: index,
            segments,
        }
    }

    /// The run that lags furthest behind what its cost lets expect.
    fn straggler(&self, now: Duration) -> Option<usize> {
        let pace = self.middle_pace()?;
        let lag = |(index, state): (usize, &RunState)| {
            let late = self.late(state, pace)?;
            (late <= now).then(|| (now - late, index))
        };
        let lags = self.runs.iter().enumerate().filter_map(lag);
        lags.max().map(|(_, index)| index)
    }

    /// How long a run takes by a unit of its cost, in the middle; none as long as runs
    /// wait or too few are done to know.
    fn middle_pace(&self) -> Option<f64> {
        let waits = |state: &RunState| state.waiting.is_some();
        if self.paces.len() * 2 < self.runs.len() || self.runs.iter().any(waits) {
            return None;
        }
        let mut paces = self.paces.clone();
        paces.sort_by(f64::total_cmp);
        paces.get(paces.len() / 2).copied()
    }

    /// When a run that somebody has counts as straggling. Each further call is given as
    /// much time again.
    fn late(&self, state: &RunState, pace: f64) -> Option<Duration> {
        if state.calls.len() >= MOST_CALLS {
            return None;
        }
        let began = state.calls.values().map(|call| call.began).max()?;
        let expected = pace * state.weight() * self.policy.straggling;
        let expected = Duration::try_from_secs_f64(expected).unwrap_or(Duration::MAX);
        began.checked_add(expected.max(self.policy.patience))
    }

    /// When something is to be done although nothing happened.
    fn wake(&self, now: Duration) -> Option<Duration> {
        let waiting = self.runs.iter().filter_map(|state| state.waiting);
        let pace = self.middle_pace();
        let late = |state| self.late(state, pace?);
        let late = self.runs.iter().filter_map(late);
        let free = self.under_way() < self.window;
        let soon = waiting.chain(late).filter(|time| free && *time > now);
        soon.chain(self.policy.deadline).min()
    }
}
