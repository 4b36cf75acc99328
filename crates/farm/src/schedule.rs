use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// How often and how soon a segment is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Attempts in all, at least 1.
    pub attempts: u32,
    /// Pause before the second attempt; doubled before each further one.
    pub backoff: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 3,
            backoff: Duration::from_millis(200),
        }
    }
}

/// What happened outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleEvent {
    /// Segment `segment` is recorded. Segments are recorded in order, from 0.
    Recorded {
        /// Its number.
        segment: u64,
        /// Its result stands already (in the cache).
        ready: bool,
    },
    /// No further segment will be recorded.
    RecordingEnded,
    /// A worker has rendered a segment.
    Done {
        /// The worker, free again.
        worker: usize,
        /// What it rendered.
        segment: u64,
    },
    /// A worker could not render a segment.
    Failed {
        /// The worker, free again.
        worker: usize,
        /// What it tried.
        segment: u64,
        /// Whether another attempt makes sense.
        retriable: bool,
    },
    /// The result of a finished segment is gone; it has to be rendered again.
    ResultLost {
        /// The segment.
        segment: u64,
    },
}

/// What is to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleAction {
    /// Give `segment` to `worker`, which is free.
    Start {
        /// The worker.
        worker: usize,
        /// The segment.
        segment: u64,
    },
    /// Nothing until the next event, or until this time where one is given.
    Wait {
        /// When to poll again.
        until: Option<Duration>,
    },
    /// Every segment is rendered.
    Finished,
    /// The job cannot succeed.
    Failed {
        /// The segment that failed for good.
        segment: u64,
    },
}

#[derive(Debug, Default)]
struct Worker {
    running: Option<u64>,
    last: Option<u64>,
}

/// Decides which worker renders which segment when. A pure state machine: time
/// is an argument (since the start of the job), events come in, decisions go out.
///
/// A worker goes on with the segment that follows its last one, so that its
/// decoders run on; where that is taken, it begins in the middle of the longest
/// run that another worker is about to enter.
#[derive(Debug)]
pub struct Scheduler {
    policy: RetryPolicy,
    workers: Vec<Worker>,
    waiting: BTreeSet<u64>,
    again: BTreeMap<u64, Duration>,
    attempts: BTreeMap<u64, u32>,
    done: BTreeSet<u64>,
    recorded: u64,
    ended: bool,
    failed: Option<u64>,
}

impl Scheduler {
    /// A scheduler for `workers` workers, numbered from 0, all free.
    pub fn new(workers: usize, policy: RetryPolicy) -> Self {
        Self {
            policy,
            workers: (0..workers).map(|_| Worker::default()).collect(),
            waiting: BTreeSet::new(),
            again: BTreeMap::new(),
            attempts: BTreeMap::new(),
            done: BTreeSet::new(),
            recorded: 0,
            ended: false,
            failed: None,
        }
    }

    /// Whether the segment's result stands.
    pub fn is_done(&self, segment: u64) -> bool {
        self.done.contains(&segment)
    }

    /// Segments recorded so far.
    pub fn recorded(&self) -> u64 {
        self.recorded
    }

    /// Takes note of what happened. Late and repeated news is ignored.
    pub fn handle(&mut self, event: ScheduleEvent, now: Duration) {
        match event {
            ScheduleEvent::Recorded { segment, ready } => {
                self.recorded = self.recorded.max(segment + 1);
                if ready {
                    self.done.insert(segment);
                } else {
                    self.waiting.insert(segment);
                }
            }
            ScheduleEvent::RecordingEnded => self.ended = true,
            ScheduleEvent::Done { worker, segment } => {
                self.release(worker, segment);
                self.waiting.remove(&segment);
                self.again.remove(&segment);
                self.done.insert(segment);
            }
            ScheduleEvent::Failed {
                worker,
                segment,
                retriable,
            } => {
                self.release(worker, segment);
                self.failed(segment, retriable, now);
            }
            ScheduleEvent::ResultLost { segment } => {
                if self.done.remove(&segment) {
                    self.failed(segment, true, now);
                }
            }
        }
    }

    fn release(&mut self, worker: usize, segment: u64) {
        if let Some(worker) = self.workers.get_mut(worker)
            && worker.running == Some(segment)
        {
            worker.running = None;
            worker.last = Some(segment);
        }
    }

    fn failed(&mut self, segment: u64, retriable: bool, now: Duration) {
        let elsewhere = |worker: &Worker| worker.running == Some(segment);
        if self.done.contains(&segment) || self.workers.iter().any(elsewhere) {
            return;
        }
        let attempts = self.attempts.entry(segment).or_insert(0);
        *attempts += 1;
        if !retriable || *attempts >= self.policy.attempts {
            self.failed.get_or_insert(segment);
        } else {
            let pause = self.policy.backoff * (1 << (*attempts - 1).min(16));
            self.again.insert(segment, now + pause);
        }
    }

    /// The next decision; to be asked again until it is to wait or at an end.
    pub fn poll(&mut self, now: Duration) -> ScheduleAction {
        if let Some(segment) = self.failed {
            return ScheduleAction::Failed { segment };
        }
        if self.ended && self.done.len() as u64 == self.recorded {
            return ScheduleAction::Finished;
        }
        match self.choose(now) {
            Some((worker, segment)) => {
                self.waiting.remove(&segment);
                self.again.remove(&segment);
                self.workers[worker].running = Some(segment);
                ScheduleAction::Start { worker, segment }
            }
            None => ScheduleAction::Wait {
                until: self
                    .again
                    .values()
                    .min()
                    .copied()
                    .filter(|_| self.any_free()),
            },
        }
    }

    fn free(&self) -> impl Iterator<Item = (usize, &Worker)> {
        let is_free = |worker: &Worker| worker.running.is_none();
        self.workers
            .iter()
            .enumerate()
            .filter(move |(_, worker)| is_free(worker))
    }

    /// Whether a worker has nothing to do.
    pub fn any_free(&self) -> bool {
        self.free().next().is_some()
    }

    fn choose(&self, now: Duration) -> Option<(usize, u64)> {
        let follows = |(index, worker): (usize, &Worker)| {
            let next = worker.last? + 1;
            self.waiting.contains(&next).then_some((index, next))
        };
        if let Some(choice) = self.free().find_map(follows) {
            return Some(choice);
        }
        let (worker, _) = self.free().next()?;
        let due = self.again.iter().find(|(_, time)| **time <= now);
        let segment = match due {
            Some((segment, _)) => *segment,
            None => self.start_of_run()?,
        };
        Some((worker, segment))
    }

    /// Where a worker without a run of its own begins: in the longest run of
    /// waiting segments; at its middle if another worker is about to enter it.
    fn start_of_run(&self) -> Option<u64> {
        let mut best: Option<(u64, u64)> = None;
        for (start, length) in runs(&self.waiting) {
            let entered = start > 0
                && self
                    .workers
                    .iter()
                    .any(|worker| worker.running == Some(start - 1));
            let share = if entered { length / 2 } else { length };
            let begin = start + if entered { length - share.max(1) } else { 0 };
            if best.is_none_or(|(_, longest)| share > longest) {
                best = Some((begin, share));
            }
        }
        best.map(|(begin, _)| begin)
    }
}

/// The runs of neighbouring numbers as (first, length).
fn runs(numbers: &BTreeSet<u64>) -> Vec<(u64, u64)> {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == *number => *length += 1,
            _ => runs.push((*number, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn recorded(segments: u64, workers: usize) -> Scheduler {
        let mut scheduler = Scheduler::new(workers, RetryPolicy::default());
        for segment in 0..segments {
            let ready = false;
            scheduler.handle(ScheduleEvent::Recorded { segment, ready }, at(0));
        }
        scheduler.handle(ScheduleEvent::RecordingEnded, at(0));
        scheduler
    }

    fn start(scheduler: &mut Scheduler) -> (usize, u64) {
        match scheduler.poll(at(0)) {
            ScheduleAction::Start { worker, segment } => (worker, segment),
            other => panic!("expected a start, got {other:?}"),
        }
    }

    /// Runs a job in which every segment takes as long as any other; returns
    /// what each worker rendered, in order.
    fn run(segments: u64, workers: usize) -> Vec<Vec<u64>> {
        let mut scheduler = recorded(segments, workers);
        let mut rendered = vec![Vec::new(); workers];
        let mut running: Vec<(usize, u64)> = Vec::new();
        loop {
            match scheduler.poll(at(0)) {
                ScheduleAction::Start { worker, segment } => running.push((worker, segment)),
                ScheduleAction::Wait { until } => {
                    assert_eq!(until, None);
                    let (worker, segment) = running.remove(0);
                    rendered[worker].push(segment);
                    scheduler.handle(ScheduleEvent::Done { worker, segment }, at(0));
                }
                ScheduleAction::Finished => return rendered,
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn every_segment_is_rendered_once() {
        for workers in 1..7 {
            for segments in 0..40 {
                let mut all: Vec<u64> = run(segments, workers).concat();
                all.sort_unstable();
                assert_eq!(all, (0..segments).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn workers_keep_to_runs_of_neighbours() {
        for (segments, workers, most_jumps) in [(15, 2, 3), (60, 4, 16), (300, 5, 30)] {
            let jumps = |segments: &Vec<u64>| {
                segments
                    .windows(2)
                    .filter(|pair| pair[1] != pair[0] + 1)
                    .count()
            };
            let jumps: usize = run(segments, workers).iter().map(jumps).sum();
            assert!(jumps <= most_jumps, "{segments}/{workers}: {jumps} jumps");
        }
    }

    #[test]
    fn work_is_shared_evenly() {
        for (segments, workers) in [(15, 2), (60, 4), (300, 5)] {
            let counts: Vec<usize> = run(segments, workers).iter().map(Vec::len).collect();
            let spread = counts.iter().max().unwrap() - counts.iter().min().unwrap();
            assert!(spread <= 1, "{counts:?}");
        }
    }

    #[test]
    fn a_passing_failure_is_tried_again_after_a_growing_pause() {
        let mut scheduler = recorded(1, 1);
        for (millis, pause) in [(0, 200), (200, 400)] {
            assert_eq!(
                scheduler.poll(at(millis)),
                ScheduleAction::Start {
                    worker: 0,
                    segment: 0
                }
            );
            let failed = ScheduleEvent::Failed {
                worker: 0,
                segment: 0,
                retriable: true,
            };
            scheduler.handle(failed, at(millis));
            let until = Some(at(millis + pause));
            assert_eq!(scheduler.poll(at(millis)), ScheduleAction::Wait { until });
        }
        start_at(&mut scheduler, 600);
        let failed = ScheduleEvent::Failed {
            worker: 0,
            segment: 0,
            retriable: true,
        };
        scheduler.handle(failed, at(600));
        assert_eq!(
            scheduler.poll(at(600)),
            ScheduleAction::Failed { segment: 0 }
        );
    }

    fn start_at(scheduler: &mut Scheduler, millis: u64) {
        assert!(matches!(
            scheduler.poll(at(millis)),
            ScheduleAction::Start { .. }
        ));
    }

    #[test]
    fn a_lasting_failure_ends_the_job() {
        let mut scheduler = recorded(2, 1);
        let (worker, segment) = start(&mut scheduler);
        let retriable = false;
        scheduler.handle(
            ScheduleEvent::Failed {
                worker,
                segment,
                retriable,
            },
            at(0),
        );
        assert_eq!(scheduler.poll(at(0)), ScheduleAction::Failed { segment: 0 });
    }

    #[test]
    fn the_first_result_counts_and_late_news_is_ignored() {
        let mut scheduler = recorded(1, 2);
        assert_eq!(start(&mut scheduler), (0, 0));
        let done = ScheduleEvent::Done {
            worker: 0,
            segment: 0,
        };
        scheduler.handle(done, at(1));
        scheduler.handle(done, at(2));
        let failed = ScheduleEvent::Failed {
            worker: 1,
            segment: 0,
            retriable: false,
        };
        scheduler.handle(failed, at(3));
        assert_eq!(scheduler.poll(at(3)), ScheduleAction::Finished);
    }

    #[test]
    fn cached_segments_are_not_given_out_and_lost_results_are() {
        let mut scheduler = Scheduler::new(1, RetryPolicy::default());
        let ready = true;
        scheduler.handle(ScheduleEvent::Recorded { segment: 0, ready }, at(0));
        assert_eq!(scheduler.poll(at(0)), ScheduleAction::Wait { until: None });
        scheduler.handle(ScheduleEvent::RecordingEnded, at(0));
        assert_eq!(scheduler.poll(at(0)), ScheduleAction::Finished);
        scheduler.handle(ScheduleEvent::ResultLost { segment: 0 }, at(0));
        assert!(matches!(
            scheduler.poll(at(200)),
            ScheduleAction::Start { .. }
        ));
    }
}
