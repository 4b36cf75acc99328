//! Numbers of workers that are chosen, and what ends a job whose money is used up.

use kinora_emulator::{CallFault, CallRule, Enforce, FaultPlan};
use serde_json::{Value, json};

use crate::cloud::{Cloud, Studio, options};

/// Seven segments.
const SECONDS: u64 = 13;

fn event(more: Value) -> Value {
    let mut event = json!({"jobId": "film", "variables": {"seconds": SECONDS}});
    if let (Value::Object(event), Value::Object(more)) = (&mut event, more) {
        event.extend(more);
    }
    event
}

#[test]
fn a_dry_run_tells_what_numbers_of_workers_come_to() {
    let studio = Studio::new();
    let mut options = options(&studio);
    options.concurrency = 3;
    options.function.memory_mb = 1769;
    let cloud = Cloud::start(options);
    let (status, plan) = cloud.ask(event(json!({"dryRun": true, "numWorkers": 7})));
    assert_eq!(status, 200, "{plan:#}");
    // The coordinator takes one of the three calls.
    assert_eq!(
        (&plan["atOnce"], &plan["memoryMb"]),
        (&json!(2), &json!(1769))
    );
    assert_eq!((&plan["workers"], &plan["waves"]), (&json!(7), &json!(4)));
    assert_eq!(
        plan["notes"],
        Value::Null,
        "AWS tells all that is asked: {plan:#}"
    );
    let table = plan["table"].as_array().unwrap();
    let workers: Vec<u64> = table
        .iter()
        .map(|row| row["workers"].as_u64().unwrap())
        .collect();
    assert_eq!(workers, [1, 2, 3, 5, 7]);
    for row in table.iter().chain(plan["otherMemory"].as_array().unwrap()) {
        assert!(row["seconds"].as_f64().unwrap() > 0.0, "{row}");
        assert!(row["usd"].as_f64().unwrap() > 0.0, "{row}");
    }
    assert!(plan["measuredFrames"].as_u64().unwrap() >= 120, "{plan:#}");
    assert!(
        plan["prices"]
            .as_str()
            .unwrap()
            .starts_with("AWS's list prices, "),
        "{plan:#}"
    );
    assert_eq!(cloud.emulator.records().len(), 1, "no worker was called");
    assert!(cloud.keys("").is_empty(), "nothing was written");
}

#[test]
fn what_cannot_be_met_is_refused_before_a_worker_is_called() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    for (aim, field) in [
        (json!({"deadline": "0.1s"}), "deadline"),
        (json!({"maxCost": 0.000_001}), "maxCost"),
    ] {
        let (status, body) = cloud.ask(event(aim));
        assert_eq!(status, 400, "{body:#}");
        assert_eq!(body["fault"]["field"], field);
        let told = body["error"].as_str().unwrap();
        assert!(
            told.contains(" cannot be met: ") && told.contains(" s ") && told.contains('$'),
            "{told}"
        );
    }
    assert_eq!(cloud.emulator.records().len(), 2, "no worker was called");
    let left = cloud.keys("kinora/jobs/film");
    assert!(left.iter().all(|key| key.ends_with(".json")), "{left:?}");
}

#[test]
fn what_was_measured_is_not_made_again() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let local = studio.render(json!({"seconds": SECONDS}), None);
    let (status, body) = cloud.ask(event(json!({"maxCost": 5})));
    assert_eq!(status, 200, "{body:#}");
    assert!(cloud.get("film.mp4").unwrap() == local);
    assert_eq!(
        body["segments"],
        json!({"total": 7, "rendered": 7, "cached": 0})
    );
    // Three of the seven segments were rendered to measure.
    let foreseen = &body["foreseen"];
    assert!(body["workers"].as_u64().unwrap() <= 4, "{body:#}");
    assert_eq!(foreseen["workers"], body["workers"]);
    assert!(foreseen["usd"].as_f64().unwrap() > 0.0 && foreseen["seconds"].as_f64().unwrap() > 0.0);
    let told: Value =
        serde_json::from_slice(&cloud.get("kinora/jobs/film/progress.json").unwrap()).unwrap();
    assert_eq!(told["stage"], "done");
    assert_eq!(told["costSoFar"], body["estimatedCostUsd"]);
    assert_eq!(told["estimatedCost"], foreseen["usd"]);
}

#[test]
fn a_job_ends_when_its_money_is_used_up_and_goes_on_with_more() {
    let studio = Studio::new();
    let mut options = options(&studio);
    let slow = |worker: u64| {
        CallRule::from(CallFault::Slow(20.0))
            .event("/workerId", worker)
            .times(1)
    };
    options.faults = FaultPlan::default()
        .call(slow(1))
        .call(slow(2))
        .call(slow(3));
    let cloud = Cloud::start(options);
    let heavy = json!({"preset": "veryslow", "scale": 2});
    let plan = event(json!({"dryRun": true, "numWorkers": 4, "settings": heavy}));
    let (status, plan) = cloud.ask(plan);
    assert_eq!(status, 200, "{plan:#}");
    let foreseen = plan["usd"].as_f64().unwrap();
    let most = foreseen * 1.5;
    let asked = |most: f64| event(json!({"numWorkers": 4, "settings": heavy, "maxCost": most}));
    let (status, body) = cloud.ask(asked(most));
    assert_eq!(status, 500, "{body:#}");
    assert_eq!(body["fault"]["kind"], "overBudget", "{body:#}");
    let told = body["error"].as_str().unwrap();
    assert!(
        told.starts_with("the most that the job may cost, $"),
        "{told}"
    );
    assert!(
        told.contains(" of 7 segments stand; the whole film takes about $"),
        "{told}"
    );
    assert_eq!(cloud.get("film.mp4"), None);
    let progress: Value =
        serde_json::from_slice(&cloud.get("kinora/jobs/film/progress.json").unwrap()).unwrap();
    assert_eq!(progress["stage"], "failed");
    assert!(
        progress["costSoFar"].as_f64().unwrap() > foreseen,
        "{progress:#}"
    );
    // What was finished stays.
    let (status, body) = cloud.ask(asked(5.0));
    assert_eq!(status, 200, "{body:#}");
    assert!(
        body["segments"]["cached"].as_u64().unwrap() >= 3,
        "{body:#}"
    );
    assert!(cloud.get("film.mp4").is_some());
}

/// What was foreseen of a film and what the emulator counts, with processors shared out as
/// Lambda does, one worker at a time.
#[derive(Debug)]
struct Compared {
    /// Gigabytes times seconds of all calls, foreseen and by their `REPORT` lines.
    gb_seconds: (f64, f64),
    /// Processor seconds of the workers, foreseen and counted.
    processor_seconds: (f64, f64),
}

fn compare(studio: &Studio, memory_mb: u32, workers: u64) -> Compared {
    let mut options = options(studio);
    options.function.memory_mb = memory_mb;
    options.concurrency = 2;
    options.limits.cpu = Enforce::WherePossible;
    let cloud = Cloud::start(options);
    let settings = json!({"preset": "medium", "scale": 3});
    let asked = |more: Value| {
        let mut event = event(json!({"numWorkers": workers, "settings": settings}));
        if let (Value::Object(event), Value::Object(more)) = (&mut event, more) {
            event.extend(more);
        }
        event
    };
    let (status, plan) = cloud.ask(asked(json!({"dryRun": true})));
    assert_eq!(status, 200, "{plan:#}");
    let before = cloud.emulator.records().len();
    let (status, body) = cloud.ask(asked(json!({})));
    assert_eq!(status, 200, "{body:#}");
    let records = &cloud.emulator.records()[before..];
    let billed = records.iter().map(|record| record.billed_gb_seconds);
    let spent = records.iter().map(|record| record.cpu_seconds);
    let figure = |name: &str| plan[name].as_f64().unwrap();
    Compared {
        gb_seconds: (figure("gbSeconds"), billed.sum()),
        processor_seconds: (figure("processorSeconds"), spent.sum()),
    }
}

/// Processor time is compared, which a machine that does other things as well hardly
/// changes; what is billed is time by the clock (`bench/cloud --only plan`).
#[test]
fn what_is_foreseen_is_near_what_is_spent() {
    let compared = compare(&Studio::new(), 1769, 3);
    let (foreseen, spent) = compared.processor_seconds;
    assert!((0.4..1.6).contains(&(foreseen / spent)), "{compared:?}");
}

/// For who changes `prices.json`: `cargo test … -- --ignored --nocapture ratios`.
#[test]
#[ignore = "tells ratios; nothing can fail"]
fn ratios() {
    let studio = Studio::new();
    for memory in [512, 1769, 3008] {
        for workers in [1, 3, 7] {
            let told = compare(&studio, memory, workers);
            let (gb, cpu) = (told.gb_seconds, told.processor_seconds);
            println!("{memory} MB, {workers} workers: {gb:?} GB-seconds, {cpu:?} of processors");
        }
    }
}
