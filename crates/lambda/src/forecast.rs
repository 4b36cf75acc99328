use std::{cmp::Reverse, collections::BinaryHeap, ops::Range};

use kinora_farm::shares;

use crate::{Deployed, Rates, Requests, work::Work};

/// On what terms a film is rendered.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// What is paid.
    pub rates: Rates,
    /// The function that workers run in.
    pub function: Deployed,
    /// Whether the coordinator is a call of that function, and so paid for as well.
    pub coordinated: bool,
    /// Seconds that the job has taken before its workers are called, for recording and
    /// measuring.
    pub before: f64,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            rates: Rates::default(),
            function: Deployed::default(),
            coordinated: false,
            before: 0.0,
        }
    }
}

/// What a job comes to that so many workers share.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Workers that the segments are shared among.
    pub asked: u64,
    /// Workers that are called.
    pub workers: u64,
    /// Of how many rounds, because so few calls may run at once; 0 without workers.
    pub waves: u64,
    /// Seconds from the job's start to the film.
    pub seconds: f64,
    /// US dollars.
    pub usd: f64,
    /// Gigabytes times seconds that all calls are billed for.
    pub gb_seconds: f64,
    /// The runs of segments of the workers that are called.
    pub runs: Vec<Range<u64>>,
    /// Seconds that each of them is billed for.
    pub calls: Vec<f64>,
}

impl Forecast {
    /// What the work comes to if `workers` share it: the runs are those that the job will
    /// have, and each is followed segment by segment through the threads of a function.
    pub fn of(work: &Work, workers: u64, terms: &Terms) -> Self {
        let model = &terms.rates.model;
        let runs = shares(&work.costs, workers as usize).into_iter();
        let costs = |run: &Range<u64>| work.costs[run.start as usize..run.end as usize].to_vec();
        let open = |run: &Range<u64>| costs(run).iter().any(|cost| *cost > 0);
        let runs: Vec<Range<u64>> = runs.filter(open).collect();
        let slots = terms.function.at_once.clamp(1, runs.len().max(1) as u64);
        // When each of the functions that are up is free again, in microseconds.
        let mut free: BinaryHeap<Reverse<u64>> = BinaryHeap::new();
        let (mut calls, mut end) = (Vec::with_capacity(runs.len()), 0.0_f64);
        for run in &runs {
            let seconds = run_seconds(&costs(run), work, terms);
            let (began, start) = match (free.len() as u64) < slots {
                true => (0.0, model.start_seconds),
                false => (
                    free.pop().map_or(0.0, |Reverse(at)| at as f64 / 1e6),
                    model.warm_seconds,
                ),
            };
            let billed = start + seconds;
            free.push(Reverse(((began + billed) * 1e6) as u64));
            end = end.max(began + billed);
            calls.push(billed);
        }
        let publish = if runs.is_empty() {
            0.0
        } else {
            model.publish_seconds
        };
        let join = model.join_seconds + model.join_seconds_per_frame * work.frames as f64;
        let seconds = terms.before + publish + end + join;
        let mut gb_seconds = calls.iter().sum::<f64>() * terms.function.gb();
        let mut made = runs.len() as u64;
        let requests = requests(work, made, seconds);
        if terms.coordinated {
            gb_seconds += seconds * terms.function.gb();
            made += 1;
        }
        Self {
            asked: workers,
            workers: runs.len() as u64,
            waves: (runs.len() as u64).div_ceil(slots),
            seconds,
            usd: terms
                .rates
                .cost(&terms.function, gb_seconds, made, requests),
            gb_seconds,
            runs,
            calls,
        }
    }
}

/// What a job asks of the bucket, about.
fn requests(work: &Work, calls: u64, seconds: f64) -> Requests {
    if calls == 0 {
        return Requests {
            writes: 10,
            reads: 10,
        };
    }
    Requests {
        // Results, packs, files, the plan and what tells of the job; the bucket listed each
        // second.
        writes: work.open() + calls + work.files + 10 + seconds.ceil() as u64,
        // What workers fetch, and the results.
        reads: work.costs.len() as u64 + calls * (2 + work.files) + 10,
    }
}

/// Processors that a function of this memory sees.
fn processors(memory_mb: u64) -> usize {
    match memory_mb {
        0..=3008 => 2,
        3009..=5307 => 3,
        5308..=7076 => 4,
        7077..=8845 => 5,
        _ => 6,
    }
}

/// Seconds in which a function renders the segments of a run, each of this cost.
///
/// Its threads take one segment after the other. As long as each has one, they share what
/// memory gives of processors, and none has more than one processor; a thread that has
/// nothing left to do decodes for the others.
fn run_seconds(costs: &[u64], work: &Work, terms: &Terms) -> f64 {
    let model = &terms.rates.model;
    let seen = processors(terms.function.memory_mb);
    let share = (terms.function.memory_mb as f64 / model.processor_mb).min(seen as f64);
    let second = |cost: &u64| *cost as f64 * work.unit / model.processor_speed;
    let mut waiting = costs.iter().filter(|cost| **cost > 0).map(second);
    let threads = seen.min(costs.iter().filter(|cost| **cost > 0).count());
    let mut busy: Vec<f64> = waiting.by_ref().take(threads).collect();
    let mut seconds = 0.0;
    while !busy.is_empty() {
        let most = match busy.len() < threads {
            true => 1.0 / work.decoding.max(1.0 - work.decoding),
            false => 1.0,
        };
        let speed = (share / busy.len() as f64).min(most);
        let (first, least) = least(&busy);
        seconds += least / speed;
        busy.iter_mut().for_each(|left| *left -= least);
        match waiting.next() {
            Some(next) => busy[first] = next,
            None => {
                busy.swap_remove(first);
            }
        }
    }
    seconds
}

/// The place of the least number, and the number.
fn least(numbers: &[f64]) -> (usize, f64) {
    let numbers = numbers.iter().copied().enumerate();
    let least = numbers.min_by(|(_, one), (_, other)| one.total_cmp(other));
    least.unwrap_or((0, 0.0))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A film of so many segments of a second each.
    pub fn even(segments: usize) -> Work {
        Work {
            costs: vec![1_000_000_000; segments],
            unit: 1e-9,
            decoding: 0.2,
            frames: 60 * segments as u64,
            files: 3,
            measured_frames: 60,
        }
    }

    /// Functions of two processors that start at once, and nothing else takes time.
    pub fn plain() -> Terms {
        let mut terms = Terms::default();
        let model = &mut terms.rates.model;
        model.processor_mb = terms.function.memory_mb as f64 / 2.0;
        (model.start_seconds, model.warm_seconds) = (0.0, 0.0);
        (model.publish_seconds, model.join_seconds) = (0.0, 0.0);
        model.join_seconds_per_frame = 0.0;
        terms
    }

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-5
    }

    #[test]
    fn a_run_is_followed_through_its_threads() {
        let (work, terms) = (even(1), plain());
        let second = 1_000_000_000;
        let seconds = |costs: &[u64], terms: &Terms| run_seconds(costs, &work, terms);
        // One segment is one thread's, however much memory there is.
        assert!(near(seconds(&[second], &terms), 1.0));
        // Two threads have a processor each; then one decodes for the other.
        assert!(near(seconds(&[second, second], &terms), 1.0));
        assert!(near(seconds(&[second, second, second], &terms), 1.0 + 0.8));
        let mut small = plain();
        small.function.memory_mb = 1504;
        assert!(near(seconds(&[second], &small), 1.0));
        assert!(near(seconds(&[second, second], &small), 2.0));
        small.function.memory_mb = 752;
        assert!(near(seconds(&[second], &small), 2.0));
        // What stands takes no time.
        assert!(near(seconds(&[0, second, 0], &terms), 1.0));
        let mut fast = plain();
        fast.rates.model.processor_speed = 2.0;
        assert!(near(seconds(&[second], &fast), 0.5));
    }

    #[test]
    fn few_slots_make_waves() {
        let mut terms = plain();
        terms.function.at_once = 10;
        let forecast = Forecast::of(&even(30), 30, &terms);
        assert_eq!((forecast.workers, forecast.waves), (30, 3));
        assert!(near(forecast.seconds, 3.0), "{forecast:?}");
        terms.function.at_once = 30;
        let forecast = Forecast::of(&even(30), 30, &terms);
        assert_eq!(forecast.waves, 1);
        assert!(near(forecast.seconds, 1.0), "{forecast:?}");
        // Functions that are up are not started again.
        terms.function.at_once = 10;
        (
            terms.rates.model.start_seconds,
            terms.rates.model.warm_seconds,
        ) = (0.5, 0.1);
        let forecast = Forecast::of(&even(30), 30, &terms);
        assert!(near(forecast.seconds, 3.7), "{forecast:?}");
        assert!(
            near(forecast.calls.iter().sum(), 30.0 + 5.0 + 2.0),
            "{forecast:?}"
        );
    }

    #[test]
    fn what_stands_is_not_called_for() {
        let mut work = even(4);
        work.costs = vec![0, 0, 1_000_000_000, 0];
        let forecast = Forecast::of(&work, 4, &plain());
        assert_eq!(forecast.runs, vec![2..3; 1]);
        work.costs = vec![0; 4];
        let forecast = Forecast::of(&work, 4, &plain());
        assert_eq!((forecast.workers, forecast.waves), (0, 0));
        assert_eq!(Forecast::of(&even(0), 3, &plain()).workers, 0);
    }

    #[test]
    fn what_is_foreseen_is_what_the_manual_says() {
        // docs/cloud.md: the hello project.
        let work = Work {
            unit: 2.3e-9,
            files: 5,
            ..even(15)
        };
        for (workers, seconds, here, there) in [
            (1, 22.5, 0.0013, 0.0024),
            (3, 9.0, 0.0014, 0.0018),
            (5, 6.3, 0.0015, 0.0018),
            (8, 4.5, 0.0015, 0.0017),
            (15, 4.0, 0.0024, 0.0026),
        ] {
            let mut terms = Terms::default();
            terms.function.arm = false;
            let told = Forecast::of(&work, workers, &terms);
            assert!((told.seconds - seconds).abs() < 0.06, "{told:?}");
            assert!((told.usd - here).abs() < 0.000_06, "{told:?}");
            terms.coordinated = true;
            let told = Forecast::of(&work, workers, &terms);
            assert!((told.usd - there).abs() < 0.000_06, "{told:?}");
        }
    }

    #[test]
    fn a_coordinator_in_lambda_is_paid_for() {
        let (work, mut terms) = (even(6), plain());
        let here = Forecast::of(&work, 2, &terms);
        terms.coordinated = true;
        let there = Forecast::of(&work, 2, &terms);
        let own = there.seconds * terms.rates.second(&terms.function) + terms.rates.call;
        assert!(
            (there.usd - here.usd - own).abs() < 2e-6,
            "{here:?} {there:?}"
        );
    }
}
