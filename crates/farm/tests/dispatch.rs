//! The dispatcher against clouds in simulated time: workers that are slow, lost,
//! duplicated, refused or failing, by the thousand.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use kinora_farm::{
    Attempt, DispatchAction, DispatchEvent, DispatchPolicy, Dispatcher, Run, Tally, shares,
};

const SECOND: u64 = 1000;

/// How a cloud misbehaves. Times are in milliseconds.
#[derive(Clone, Debug)]
struct Weather {
    seed: u64,
    /// Calls at once before further ones are refused.
    slots: usize,
    /// Chances that a call...
    lost: f64,
    fails: f64,
    slow: f64,
    answer_lost: f64,
    twice: f64,
    out_of_time: f64,
    /// How long until a lost call is given up.
    timeout: u64,
}

impl Weather {
    fn fine(seed: u64) -> Self {
        Self {
            seed,
            slots: usize::MAX,
            lost: 0.0,
            fails: 0.0,
            slow: 0.0,
            answer_lost: 0.0,
            twice: 0.0,
            out_of_time: 0.0,
            timeout: 900 * SECOND,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    Rendered(u64),
    News(NewsOf),
    /// The cloud's slot is free again.
    Free,
}

/// What comes back of a call; `DispatchEvent` itself has no order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NewsOf {
    Answered(Attempt, Vec<u64>),
    Failed(Attempt),
}

struct Outcome {
    order: DispatchAction,
    /// When the job ended, in milliseconds.
    end: u64,
    tally: Tally,
    /// How often each segment was rendered.
    rendered: BTreeMap<u64, u32>,
    most_at_once: usize,
}

/// Runs a job of segments with these costs (milliseconds of a worker each).
fn run(costs: &[u64], workers: usize, weather: &Weather, policy: DispatchPolicy) -> Outcome {
    let runs = shares(costs, workers).into_iter().map(|segments| Run {
        cost: costs[segments.start as usize..segments.end as usize]
            .iter()
            .sum(),
        segments,
    });
    let mut dispatcher = Dispatcher::new(runs.collect(), policy);
    let mut random = fastrand::Rng::with_seed(weather.seed);
    let mut queue: BTreeSet<(u64, u64, Happening)> = BTreeSet::new();
    let mut order_of = 0;
    let mut now = 0;
    let mut busy = 0;
    let mut outcome = Outcome {
        order: DispatchAction::OutOfTime,
        end: 0,
        tally: Tally::default(),
        rendered: BTreeMap::new(),
        most_at_once: 0,
    };
    for _ in 0..1_000_000 {
        let at = Duration::from_millis(now);
        let until = match dispatcher.poll(at) {
            DispatchAction::Call {
                attempt, segments, ..
            } => {
                assert!(!segments.is_empty(), "a call about nothing");
                if busy >= weather.slots {
                    dispatcher.handle(DispatchEvent::Throttled { attempt }, at);
                    continue;
                }
                let mut put = |time: u64, happening| {
                    order_of += 1;
                    queue.insert((time, order_of, happening));
                };
                let copies = if random.f64() < weather.twice { 2 } else { 1 };
                for copy in 0..copies {
                    busy += 1;
                    outcome.most_at_once = outcome.most_at_once.max(busy);
                    let speed = if random.f64() < weather.slow { 20 } else { 1 };
                    let mut time = now + random.u64(50..300);
                    if random.f64() < weather.fails {
                        put(time, Happening::Free);
                        put(time, Happening::News(NewsOf::Failed(attempt)));
                        continue;
                    }
                    let lost_at =
                        (random.f64() < weather.lost).then(|| random.usize(0..segments.len()));
                    let stops = random.f64() < weather.out_of_time;
                    let reached = if stops {
                        random.usize(0..=segments.len())
                    } else {
                        segments.len()
                    };
                    for (index, segment) in segments.iter().enumerate().take(reached) {
                        if lost_at == Some(index) {
                            break;
                        }
                        time += costs[*segment as usize].max(1) * speed;
                        put(time, Happening::Rendered(*segment));
                    }
                    put(time, Happening::Free);
                    if lost_at.is_some() || random.f64() < weather.answer_lost {
                        put(
                            now + weather.timeout,
                            Happening::News(NewsOf::Failed(attempt)),
                        );
                    } else if copy == 0 {
                        let left = segments[reached..].to_vec();
                        put(time + 20, Happening::News(NewsOf::Answered(attempt, left)));
                    }
                }
                continue;
            }
            DispatchAction::Wait { until } => until.map(|until| until.as_millis() as u64),
            order => {
                outcome.order = order;
                outcome.end = now;
                outcome.tally = dispatcher.tally();
                return outcome;
            }
        };
        let next = queue.first().map(|(time, ..)| *time);
        let wake = until.map(|until| until.max(now + 1));
        now = match (next, wake) {
            (Some(next), Some(wake)) => next.min(wake),
            (Some(next), None) => next,
            (None, Some(wake)) => wake,
            (None, None) => panic!("the dispatcher waits for ever: {weather:?}\n{dispatcher:#?}"),
        };
        while queue.first().is_some_and(|(time, ..)| *time <= now) {
            let (_, _, happening) = queue.pop_first().unwrap();
            let at = Duration::from_millis(now);
            match happening {
                Happening::Free => busy -= 1,
                Happening::Rendered(segment) => {
                    *outcome.rendered.entry(segment).or_default() += 1;
                    dispatcher.handle(DispatchEvent::Standing { segment }, at);
                }
                Happening::News(NewsOf::Answered(attempt, left)) => {
                    dispatcher.handle(DispatchEvent::Answered { attempt, left }, at);
                }
                Happening::News(NewsOf::Failed(attempt)) => {
                    let retriable = true;
                    dispatcher.handle(DispatchEvent::Failed { attempt, retriable }, at);
                }
            }
        }
    }
    panic!("the dispatcher never ends: {weather:?}");
}

fn random_costs(seed: u64) -> Vec<u64> {
    let mut random = fastrand::Rng::with_seed(seed);
    let count = random.usize(1..120);
    (0..count).map(|_| random.u64(200..4 * SECOND)).collect()
}

fn all_rendered(costs: &[u64], outcome: &Outcome) -> bool {
    (0..costs.len() as u64).all(|segment| outcome.rendered.contains_key(&segment))
}

#[test]
fn in_fine_weather_each_segment_is_rendered_once() {
    for seed in 0..500 {
        let costs = random_costs(seed);
        let workers = 1 + seed as usize % 40;
        let outcome = run(
            &costs,
            workers,
            &Weather::fine(seed),
            DispatchPolicy::default(),
        );
        assert_eq!(outcome.order, DispatchAction::Finished);
        assert!(
            outcome.rendered.values().all(|times| *times == 1),
            "seed {seed}: {:?}",
            outcome.tally
        );
        assert!(all_rendered(&costs, &outcome));
        let runs = workers.min(costs.len()) as u64;
        let want = Tally {
            calls: runs,
            ..Tally::default()
        };
        assert_eq!(outcome.tally, want, "seed {seed}");
    }
}

#[test]
fn few_slots_are_used_in_waves() {
    for seed in 0..300 {
        let costs = vec![SECOND; 60];
        let slots = 1 + seed as usize % 12;
        let weather = Weather {
            slots,
            ..Weather::fine(seed)
        };
        let policy = DispatchPolicy {
            seed,
            ..DispatchPolicy::default()
        };
        let outcome = run(&costs, 30, &weather, policy);
        assert_eq!(outcome.order, DispatchAction::Finished, "seed {seed}");
        assert!(
            outcome.rendered.values().all(|times| *times == 1),
            "seed {seed}: {:?}",
            outcome.tally
        );
        assert_eq!(outcome.most_at_once, slots);
        // Two segments a run and a start each; half as much again for pauses.
        let ideal = 30_u64.div_ceil(slots as u64) * 2300;
        assert!(
            outcome.end < ideal * 3 / 2 + 2 * SECOND,
            "seed {seed}, {slots} slots: {} ms",
            outcome.end
        );
        // The first burst is refused; after that about one call a wave is.
        assert!(
            outcome.tally.throttled < 30 + 60,
            "seed {seed}: {:?}",
            outcome.tally
        );
    }
}

#[test]
fn a_straggler_does_not_hold_the_job_up() {
    let mut held_up = 0;
    for seed in 0..300 {
        let costs = vec![SECOND; 40];
        let mut weather = Weather::fine(seed);
        weather.slow = 0.05;
        let policy = DispatchPolicy {
            seed,
            ..DispatchPolicy::default()
        };
        let outcome = run(&costs, 20, &weather, policy);
        assert_eq!(outcome.order, DispatchAction::Finished);
        // A slow worker takes 40 s; one hedge is done after some 8, a second after 14.
        held_up += u32::from(outcome.end > 20 * SECOND);
    }
    // Three slow workers in a row for one run are rare.
    assert!(held_up <= 3, "{held_up} of 300 jobs wait for a slow worker");
}

#[test]
fn storms_end_in_a_film_or_a_named_failure() {
    let mut finished = 0;
    for seed in 0..4000 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut chance = |most: f64| {
            if random.bool() {
                random.f64() * most
            } else {
                0.0
            }
        };
        let weather = Weather {
            seed,
            lost: chance(0.15),
            fails: chance(0.2),
            slow: chance(0.2),
            answer_lost: chance(0.15),
            twice: chance(0.3),
            out_of_time: chance(0.2),
            slots: if seed % 3 == 0 {
                3 + seed as usize % 20
            } else {
                usize::MAX
            },
            timeout: 60 * SECOND,
        };
        let costs = random_costs(seed);
        let policy = DispatchPolicy {
            seed,
            attempts: 4,
            ..DispatchPolicy::default()
        };
        let outcome = run(&costs, 1 + seed as usize % 50, &weather, policy);
        match outcome.order {
            DispatchAction::Finished => {
                assert!(all_rendered(&costs, &outcome), "seed {seed}");
                finished += 1;
            }
            DispatchAction::Failed { run } => assert!(run < costs.len(), "seed {seed}"),
            order => panic!("seed {seed}: {order:?}"),
        }
        // Nobody is called without end.
        let runs = (1 + seed % 50).min(costs.len() as u64);
        assert!(
            outcome.tally.calls <= runs * 4 * 3 + 200,
            "seed {seed}: {:?}",
            outcome.tally
        );
    }
    assert!(finished > 3700, "only {finished} of 4000 jobs succeed");
}

#[test]
fn the_deadline_ends_the_job_at_its_time() {
    let weather = Weather::fine(1);
    let deadline = Some(Duration::from_secs(5));
    let policy = DispatchPolicy {
        deadline,
        ..DispatchPolicy::default()
    };
    let outcome = run(&[SECOND; 40], 2, &weather, policy);
    assert_eq!(outcome.order, DispatchAction::OutOfTime);
    assert_eq!(outcome.end, 5 * SECOND);
}

fn job(policy: DispatchPolicy) -> Dispatcher {
    let runs = [0..2, 2..4].map(|segments| Run { segments, cost: 2 });
    Dispatcher::new(runs.to_vec(), policy)
}

fn call(dispatcher: &mut Dispatcher, now: Duration) -> (Attempt, Vec<u64>) {
    match dispatcher.poll(now) {
        DispatchAction::Call {
            attempt, segments, ..
        } => (attempt, segments),
        order => panic!("{order:?}"),
    }
}

#[test]
fn what_stands_is_not_rendered_again() {
    let mut dispatcher = job(DispatchPolicy::default());
    let now = Duration::ZERO;
    dispatcher.handle(DispatchEvent::Standing { segment: 0 }, now);
    dispatcher.handle(DispatchEvent::Standing { segment: 2 }, now);
    dispatcher.handle(DispatchEvent::Standing { segment: 3 }, now);
    assert_eq!(call(&mut dispatcher, now), (0, vec![1]));
    assert_eq!(dispatcher.poll(now), DispatchAction::Wait { until: None });
    assert_eq!(dispatcher.runs_done(), 1);
}

#[test]
fn a_worker_out_of_time_hands_on_what_is_left() {
    let mut dispatcher = job(DispatchPolicy {
        attempts: 1,
        ..DispatchPolicy::default()
    });
    let now = Duration::ZERO;
    let (first, _) = call(&mut dispatcher, now);
    call(&mut dispatcher, now);
    dispatcher.handle(
        DispatchEvent::Answered {
            attempt: first,
            left: vec![1],
        },
        now,
    );
    assert_eq!(call(&mut dispatcher, now), (2, vec![1]));
    // Without any progress it counts as a failure.
    dispatcher.handle(
        DispatchEvent::Answered {
            attempt: 2,
            left: vec![1],
        },
        now,
    );
    assert_eq!(dispatcher.poll(now), DispatchAction::Failed { run: 0 });
}

#[test]
fn a_result_that_is_gone_is_made_again() {
    let mut dispatcher = job(DispatchPolicy::default());
    let now = Duration::ZERO;
    for _ in 0..2 {
        let (attempt, _) = call(&mut dispatcher, now);
        dispatcher.handle(
            DispatchEvent::Answered {
                attempt,
                left: vec![],
            },
            now,
        );
    }
    assert_eq!(dispatcher.poll(now), DispatchAction::Finished);
    dispatcher.handle(DispatchEvent::Gone { segment: 3 }, now);
    let (attempt, segments) = call(&mut dispatcher, now);
    assert_eq!(segments, [3]);
    dispatcher.handle(
        DispatchEvent::Answered {
            attempt,
            left: vec![],
        },
        now,
    );
    assert_eq!(dispatcher.poll(now), DispatchAction::Finished);
}

#[test]
fn a_lasting_failure_ends_the_job_at_once_and_a_passing_one_after_some() {
    let now = Duration::ZERO;
    let mut dispatcher = job(DispatchPolicy::default());
    let (attempt, _) = call(&mut dispatcher, now);
    dispatcher.handle(
        DispatchEvent::Failed {
            attempt,
            retriable: false,
        },
        now,
    );
    assert_eq!(dispatcher.poll(now), DispatchAction::Failed { run: 0 });

    let mut dispatcher = job(DispatchPolicy::default());
    let (mut attempt, _) = call(&mut dispatcher, now);
    call(&mut dispatcher, now);
    let mut now = now;
    for pause in [400, 800] {
        dispatcher.handle(
            DispatchEvent::Failed {
                attempt,
                retriable: true,
            },
            now,
        );
        let DispatchAction::Wait { until: Some(until) } = dispatcher.poll(now) else {
            panic!("there is a pause");
        };
        let waits = (until - now).as_millis();
        assert!((pause / 2..pause * 3 / 2).contains(&waits), "{waits}");
        now = until;
        attempt = call(&mut dispatcher, now).0;
    }
    dispatcher.handle(
        DispatchEvent::Failed {
            attempt,
            retriable: true,
        },
        now,
    );
    assert_eq!(dispatcher.poll(now), DispatchAction::Failed { run: 0 });
}

#[test]
fn a_refused_call_counts_for_nothing_whyever_it_was_made() {
    let mut now = Duration::ZERO;
    let mut dispatcher = job(DispatchPolicy::default());
    let (failed, _) = call(&mut dispatcher, now);
    let (other, _) = call(&mut dispatcher, now);
    dispatcher.handle(
        DispatchEvent::Answered {
            attempt: other,
            left: Vec::new(),
        },
        now,
    );
    dispatcher.handle(
        DispatchEvent::Failed {
            attempt: failed,
            retriable: true,
        },
        now,
    );
    let wait = |dispatcher: &mut Dispatcher, now| match dispatcher.poll(now) {
        DispatchAction::Wait { until: Some(until) } => until,
        other => panic!("there is a pause after {now:?}: {other:?}"),
    };
    for refused in 1..4 {
        now = wait(&mut dispatcher, now);
        let (attempt, _) = call(&mut dispatcher, now);
        dispatcher.handle(DispatchEvent::Throttled { attempt }, now);
        let tally = dispatcher.tally();
        assert_eq!((tally.calls, tally.retries, tally.hedges), (2, 0, 0));
        assert_eq!(tally.throttled, refused);
    }
    now = wait(&mut dispatcher, now);
    call(&mut dispatcher, now);
    let tally = dispatcher.tally();
    assert_eq!((tally.calls, tally.retries, tally.throttled), (3, 1, 3));
}
