//! Calls and requests that fail: what the caller gets, and what is left behind.

use std::fs;

use kinora_emulator::{
    CallFault, CallRule, FaultPlan, Loss, Moment, Refusal, RequestFault, RequestRule, Sender,
};
use serde_json::{Value, json};

use crate::cloud::{Cloud, Studio, options};

/// Renders by three workers under these faults; status and body.
fn render(faults: FaultPlan, studio: &Studio) -> (Cloud, u64, Value) {
    let mut options = options(studio);
    options.faults = faults;
    let cloud = Cloud::start(options);
    let (status, body) =
        cloud.ask(json!({"jobId": "job", "numWorkers": 3, "variables": {"seconds": 5}}));
    (cloud, status, body)
}

/// A rule for the calls of worker 1.
fn worker(fault: CallFault) -> CallRule {
    CallRule::from(fault).event("/workerId", 1)
}

#[test]
fn what_may_pass_is_tried_again_and_only_there() {
    let studio = Studio::new();
    let local = studio.render(json!({"seconds": 5}), None);
    let table = [
        (
            "killed",
            worker(CallFault::Kill(Moment::BeforeRequest(3))).times(1),
        ),
        (
            "killed after its work",
            worker(CallFault::Kill(Moment::AfterRequest(4))).times(1),
        ),
        (
            "out of memory",
            worker(CallFault::OutOfMemory(Moment::BeforeRequest(2))).times(1),
        ),
        (
            "refused",
            worker(CallFault::Refuse(Refusal::ServiceError)).times(2),
        ),
        (
            "throttled",
            worker(CallFault::Refuse(Refusal::Throttled)).times(5),
        ),
        (
            "answer lost",
            worker(CallFault::LoseAnswer(Loss::Closed)).times(1),
        ),
        (
            "answer replaced",
            worker(CallFault::LoseAnswer(Loss::Status(504))).times(1),
        ),
        ("twice", worker(CallFault::Duplicate)),
    ];
    for (name, rule) in table {
        let (cloud, status, body) = render(FaultPlan::default().call(rule), &studio);
        assert_eq!(status, 200, "{name}: {body:#}");
        assert!(cloud.get("job.mp4").unwrap() == local, "{name}");
        let others = cloud.emulator.records();
        assert!(
            others.iter().any(|record| !record.faults.is_empty()),
            "{name}: nothing happened"
        );
        // The coordinator, three workers, and what was repeated or refused.
        assert!(others.len() <= 4 + 5, "{name}: {} calls", others.len());
    }
}

#[test]
fn a_worker_s_own_message_reaches_the_caller() {
    let studio = Studio::new();
    let rule = RequestRule::from(RequestFault::InternalError)
        .method("PUT")
        .key("/rendered/000001");
    let (cloud, status, body) = render(FaultPlan::default().request(rule), &studio);
    assert_eq!(status, 500);
    let fault = &body["fault"];
    // Three segments, one a worker: the second has frames 60 to 120.
    assert_eq!(fault["workerId"], 1, "{body:#}");
    assert_eq!(fault["frames"], json!([60, 120]), "{body:#}");
    let error = body["error"].as_str().unwrap();
    assert!(
        error.contains("worker 1, frames 60..120: cannot store `s3://films/kinora/jobs/job/"),
        "{error}"
    );
    assert!(error.contains("500"), "{error}");
    assert_eq!(cloud.get("job.mp4"), None);
    // What is finished stays for the same job again, and nothing else.
    let left = cloud.keys("kinora/jobs/job");
    assert!(
        left.iter().any(|key| key.ends_with("/rendered/000000")),
        "{left:?}"
    );
}

#[test]
fn a_script_that_nothing_ends_is_answered_and_the_function_begins_anew() {
    let studio = Studio::new();
    let scene = r#"
import {makeScene2D} from '@revideo/2d';
import {makeProject, useScene, waitFor} from '@revideo/core';

const scene = makeScene2D('scene', function* () {
  if (useScene().variables.get('stuck', false)()) {
    'a'.repeat(1 << 22).indexOf('a'.repeat(1 << 21) + 'b');
  }
  yield* waitFor(0.2);
});

export default makeProject({scenes: [scene]});
"#;
    studio.write("src/project.tsx", scene);
    let mut options = options(&studio);
    let limit = ("KINORA_MAX_FRAME_TIME".to_owned(), "1".to_owned());
    options.function.env.extend([limit]);
    let cloud = Cloud::start(options);
    for event in [
        json!({"jobType": "fullRender", "jobId": "a", "numWorkers": 1}),
        json!({"jobType": "partialRender", "jobId": "b", "workerId": 0, "numWorkers": 1}),
    ] {
        let mut stuck = event.clone();
        stuck["variables"] = json!({"stuck": true});
        let (status, body) = cloud.ask(stuck);
        assert_eq!(status, 500, "{body:#}");
        let error = body["error"].as_str().unwrap();
        assert!(error.contains("took longer than 1 s"), "{error}");
        assert!(error.contains("project.tsx:7:"), "{error}");

        let mut good = event;
        good["jobId"] = json!("c");
        let (status, body) = cloud.ask(good);
        assert_eq!(status, 200, "{body:#}");
    }
    let records = cloud.emulator.records();
    let odd: Vec<_> = records
        .iter()
        .filter(|it| !it.outcome.is_success())
        .collect();
    assert!(odd.is_empty(), "{odd:#?}");
    let logs = fs::read_dir(cloud.emulator.data().join("logs")).unwrap();
    let logs: String = logs
        .map(|log| fs::read_to_string(log.unwrap().path()).unwrap())
        .collect();
    assert_eq!(
        logs.matches("the function begins anew").count(),
        2,
        "{logs}"
    );
}

#[test]
fn a_store_that_stumbles_is_waited_for() {
    let studio = Studio::new();
    let local = studio.render(json!({"seconds": 5}), None);
    for fault in [
        RequestFault::InternalError,
        RequestFault::SlowDown,
        RequestFault::Reset(0.5),
    ] {
        let rule = RequestRule::from(fault)
            .chance(0.2)
            .sender(Sender::Function);
        let (cloud, status, body) = render(FaultPlan::default().request(rule), &studio);
        assert_eq!(status, 200, "{fault:?}: {body:#}");
        assert!(cloud.get("job.mp4").unwrap() == local, "{fault:?}");
    }
}

#[test]
fn expired_credentials_are_told_as_such() {
    let studio = Studio::new();
    let rule = RequestRule::from(RequestFault::ExpiredToken).key("/rendered/");
    let (cloud, status, body) = render(FaultPlan::default().request(rule), &studio);
    assert_eq!(status, 500);
    let error = body["error"].as_str().unwrap();
    assert!(
        error.contains("the AWS credentials have expired"),
        "{error}"
    );
    assert_eq!(cloud.get("job.mp4"), None);
}

#[test]
fn no_film_is_left_half_stored() {
    let studio = Studio::new();
    let rule = RequestRule::from(RequestFault::InternalError)
        .method("PUT")
        .key("job.mp4");
    let (cloud, status, body) = render(FaultPlan::default().request(rule), &studio);
    assert_eq!(status, 500, "{body:#}");
    assert!(
        body["error"]
            .as_str()
            .unwrap()
            .contains("s3://films/job.mp4"),
        "{body:#}"
    );
    assert_eq!(cloud.get("job.mp4"), None);
}
