//! The same job again, jobs at once, jobs that are stopped.

use std::{
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use kinora_emulator::{FaultPlan, RequestFault, RequestRule};
use kinora_farm::Progress;
use kinora_lambda::FaultKind;
use serde_json::{Value, json};

use crate::cloud::{Cloud, Studio, options};

#[test]
fn the_same_job_again_is_answered_from_what_stands() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let first = cloud.render("again", 2, json!({"seconds": 3}));
    let calls = cloud.emulator.records().len();
    let second = cloud.render("again", 2, json!({"seconds": 3}));
    assert_eq!(
        (&first["reused"], &second["reused"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(first["film"], second["film"]);
    assert_eq!(
        cloud.emulator.records().len(),
        calls + 1,
        "only the coordinator ran"
    );
    let third = cloud.render("again", 2, json!({"seconds": 3, "message": "Other"}));
    assert_eq!(third["reused"], false);
    assert_ne!(first["film"], third["film"]);
}

/// Sends events at the same moment; status and body of each answer.
fn at_once(cloud: &Cloud, events: &[Value]) -> Vec<(u64, Value)> {
    after_each_other(cloud, events, Duration::ZERO)
}

/// Asks for the events side by side, each so much later than the one before.
fn after_each_other(cloud: &Cloud, events: &[Value], apart: Duration) -> Vec<(u64, Value)> {
    thread::scope(|scope| {
        let ask = |event: &Value| cloud.ask(event.clone());
        let calls: Vec<_> = events
            .iter()
            .zip(0..)
            .map(|(event, index)| {
                scope.spawn(move || {
                    thread::sleep(apart * index);
                    ask(event)
                })
            })
            .collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    })
}

fn event(job: &str, variables: Value) -> Value {
    json!({"jobId": job, "numWorkers": 3, "variables": variables})
}

#[test]
fn one_name_is_not_given_to_two_inputs_at_once() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let inputs = ["One", "Two"].map(|message| json!({"seconds": 4, "message": message}));
    let events = inputs.clone().map(|input| event("twins", input));
    let answers = at_once(&cloud, &events);
    let statuses: Vec<u64> = answers.iter().map(|(status, _)| *status).collect();
    let made = statuses.iter().position(|status| *status == 200).unwrap();
    let refused = &answers[1 - made];
    assert_eq!(refused.0, 409, "{statuses:?}");
    assert_eq!(refused.1["fault"]["kind"], "taken");
    let told = refused.1["error"].as_str().unwrap();
    assert!(
        told.contains("`twins` is under way for another input"),
        "{told}"
    );
    let local = studio.render(inputs[made].clone(), None);
    assert!(cloud.get("twins.mp4").unwrap() == local, "another film");
    // Its end frees the name.
    let (status, body) = cloud.ask(events[1 - made].clone());
    assert_eq!(status, 200, "{body}");
}

#[test]
fn an_event_that_comes_twice_at_once_is_answered_twice() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    for round in 0..5 {
        let input = json!({"seconds": 4, "message": format!("Round {round}")});
        let same = event(&format!("doubled-{round}"), input);
        // The second comes while the first plans, renders, joins, clears up.
        let apart = Duration::from_millis(round * 200);
        let answers = after_each_other(&cloud, &[same.clone(), same.clone(), same], apart);
        for (status, body) in &answers {
            assert_eq!(*status, 200, "{body}");
            assert_eq!(body["film"], answers[0].1["film"]);
            assert_eq!(body["bytes"], answers[0].1["bytes"]);
        }
        let left = cloud.keys(&format!("kinora/jobs/doubled-{round}"));
        let parts: Vec<_> = left
            .iter()
            .filter(|key| key.contains("/rendered/"))
            .collect();
        assert!(parts.is_empty(), "{parts:?}");
    }
}

#[test]
fn a_job_that_failed_goes_on_with_what_is_finished() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    // A damaged result among finished ones: it is made again, the others are not.
    let variables = json!({"seconds": 9});
    let (status, body) = cloud.ask(json!({
        "jobId": "resume", "numWorkers": 3, "keepParts": true, "variables": variables,
    }));
    assert_eq!(status, 200, "{body:#}");
    let film = cloud.get("resume.mp4").unwrap();
    let parts = cloud.keys("kinora/jobs/resume");
    let rendered: Vec<&String> = parts
        .iter()
        .filter(|key| key.contains("/rendered/"))
        .collect();
    assert_eq!(rendered.len(), 5);
    cloud.remove(&["resume.mp4", rendered[1]]);
    cloud.put(rendered[3], b"damaged".to_vec());
    let body = cloud.render("resume", 3, variables);
    assert_eq!(
        body["segments"],
        json!({"total": 5, "rendered": 1, "cached": 4})
    );
    assert!(cloud.get("resume.mp4").unwrap() == film);
}

#[test]
fn progress_can_be_read_at_any_time_and_a_job_be_cancelled() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    thread::scope(|scope| {
        let call = scope.spawn(|| {
            cloud.ask(json!({
                "jobId": "stopped", "numWorkers": 2, "variables": {"seconds": 60},
                "settings": {"preset": "veryslow", "scale": 4},
            }))
        });
        let rendering = cloud.wait_for("kinora/jobs/stopped/progress.json", |progress| {
            progress["stage"] == "render"
        });
        assert_eq!(rendering["totalFrames"], 1801);
        assert_eq!(rendering["workers"]["total"], 2);
        cloud.put("kinora/jobs/stopped/cancel", Vec::new());
        let (status, body) = call.join().unwrap();
        assert_eq!(status, 500);
        assert_eq!(body["fault"]["kind"], "cancelled");
        // The workers stop as well.
        let asked = Instant::now();
        while cloud.emulator.records().len() < 3 {
            assert!(asked.elapsed() < Duration::from_secs(60), "workers go on");
            thread::sleep(Duration::from_millis(50));
        }
    });
    let told: Value =
        serde_json::from_slice(&cloud.get("kinora/jobs/stopped/progress.json").unwrap()).unwrap();
    assert_eq!(told["stage"], "cancelled");
    assert_eq!(cloud.get("stopped.mp4"), None);
    let left = cloud.keys("kinora/jobs/stopped");
    assert!(
        !left.iter().any(|key| key.contains("/rendered/")),
        "{left:?}"
    );
}

#[test]
fn who_leads_a_job_can_pause_it() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let make = |progress| cloud.make_slowly(&studio, "paused", 2, json!({"seconds": 20}), progress);
    let rendered = || {
        let mut keys = cloud.keys("kinora/jobs/paused");
        keys.retain(|key| key.contains("/rendered/"));
        keys.len()
    };
    let progress = Arc::new(Progress::default());
    thread::scope(|scope| {
        let made = scope.spawn(|| make(progress.clone()));
        while rendered() == 0 {
            assert!(!made.is_finished());
            thread::sleep(Duration::from_millis(20));
        }
        progress.cancel();
        let fault = made.join().unwrap().unwrap_err();
        assert_eq!(fault.kind, FaultKind::Cancelled);
    });
    let stands = rendered() as u64;
    assert!(stands > 0, "what is finished stays");
    let made = make(Arc::default()).unwrap();
    assert_eq!(made.segments.cached, stands);
    assert_eq!(made.frames, 600);
    assert_eq!(rendered(), 0);
}

#[test]
fn workers_near_their_limit_hand_on_what_is_left() {
    let studio = Studio::new();
    let mut options = options(&studio);
    options.function.timeout = Duration::from_secs(5);
    let cloud = Cloud::start(options);
    // Many seconds of work for a worker that has less than five at a time. A worker that
    // is killed has used up one of three attempts, one that hands on has not.
    let variables = json!({"seconds": 60});
    let made = cloud.make_slowly(&studio, "handed-on", 1, variables, Arc::default());
    let made = made.unwrap_or_else(|fault| panic!("{fault}"));
    assert!(made.retries >= 1, "{made:?}");
    assert_eq!(made.frames, 1801);
    let records = cloud.emulator.records();
    let ended = records.iter().filter(|record| record.outcome.is_success());
    assert!(ended.count() >= 2, "{records:?}");
}

#[test]
fn a_coordinator_out_of_time_keeps_what_is_finished() {
    let studio = Studio::new();
    let mut options = options(&studio);
    options.function.timeout = Duration::from_secs(8);
    // The first result that is read arrives too late, however fast the machine is.
    let late = RequestRule::from(RequestFault::Delay(Duration::from_secs(60)));
    let late = late.method("GET").key("/rendered/").times(1);
    options.faults = FaultPlan::default().request(late);
    let cloud = Cloud::start(options);
    let mut calls = 0;
    let body = loop {
        let (status, body) = cloud.ask(json!({
            "jobId": "late", "numWorkers": 1, "variables": {"seconds": 10},
        }));
        calls += 1;
        if status == 200 {
            break body;
        }
        assert_eq!(body["fault"]["kind"], "outOfTime", "{body:#}");
        let error = body["error"].as_str().unwrap();
        assert!(error.starts_with("time ran out after"), "{error}");
        assert!(calls < 20);
    };
    assert!(calls > 1);
    assert!(body["segments"]["cached"].as_u64().unwrap() > 0);
    assert_eq!(body["frames"], 301);
}

#[test]
fn a_new_account_s_few_slots_are_enough() {
    let studio = Studio::new();
    let mut options = options(&studio);
    options.concurrency = 3;
    let cloud = Cloud::start(options);
    let variables = json!({"seconds": 20});
    let body = cloud.render("waves", 10, variables.clone());
    assert!(body["throttled"].as_u64().unwrap() > 0, "{body:#}");
    assert_eq!(body["workers"], 10);
    assert!(cloud.get("waves.mp4").unwrap() == studio.render(variables, None));
}
