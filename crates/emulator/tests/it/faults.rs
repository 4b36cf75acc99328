//! Each fault, from where its victim stands.

use std::io::ErrorKind;
use std::time::Duration;

use kinora_emulator::{
    CallFault, CallRule, Emulator, EmulatorError, EmulatorOptions, Enforce, FaultPlan, Limits,
    Loss, Moment, Outcome, Record, Refusal, RequestFault, RequestRule, Sender,
};
use serde_json::{Value, json};

use crate::api::records;
use crate::client::Reply;
use crate::stage::{invoke, invoke_with, lambda, options, s3};

fn with(faults: FaultPlan) -> Emulator {
    Emulator::start(EmulatorOptions {
        faults,
        ..options()
    })
    .unwrap()
}

fn call(rule: impl Into<CallRule>) -> Emulator {
    with(FaultPlan::default().call(rule))
}

fn request(rule: impl Into<RequestRule>) -> Emulator {
    with(FaultPlan::default().request(rule))
}

fn last(emulator: &Emulator) -> Record {
    emulator.records().last().unwrap().clone()
}

fn get(emulator: &Emulator, key: &str) -> Reply {
    s3(emulator)
        .send("GET", &format!("/kinora/{key}"), &[], &[])
        .unwrap()
}

fn code(reply: &Reply) -> (u16, String) {
    let text = reply.text();
    let code = text
        .split_once("<Code>")
        .and_then(|(_, rest)| rest.split_once("</Code>"));
    (reply.status, code.map_or("", |(code, _)| code).to_owned())
}

/// Puts ten objects, one after another.
fn ten() -> Value {
    json!({"do": "many", "target": "/kinora/o", "count": 10, "worker": 3})
}

#[test]
fn a_process_is_killed_after_a_time() {
    let emulator =
        call(CallRule::from(CallFault::Kill(Moment::After(Duration::from_millis(100)))).times(1));
    let reply = invoke(&emulator, &json!({"do": "sleep", "ms": 20_000}));
    assert_eq!(reply.json()["errorType"], "Runtime.ExitError");
    assert!(reply.text().contains("signal: killed"), "{}", reply.text());
    assert_eq!(
        last(&emulator).outcome,
        Outcome::Exit("signal: killed".to_owned())
    );
    assert_eq!(last(&emulator).faults, ["killed after 100 ms"]);
    assert_eq!(emulator.faults()[0].into, last(&emulator).request_id);
    assert_eq!(invoke(&emulator, &json!({"do": "calls"})).json(), json!(1));
    assert_eq!(last(&emulator).faults, [""; 0]);
}

#[test]
fn a_process_is_killed_before_or_after_a_request() {
    for (moment, kept) in [(Moment::BeforeRequest(4), 3), (Moment::AfterRequest(4), 4)] {
        let emulator = call(
            CallRule::from(CallFault::Kill(moment))
                .event("/worker", 3)
                .times(1),
        );
        let reply = invoke(&emulator, &ten());
        assert_eq!(
            reply.json()["errorType"],
            "Runtime.ExitError",
            "{}",
            reply.text()
        );
        assert_eq!(last(&emulator).s3_requests, 4);
        assert_eq!(last(&emulator).faults, [format!("killed {moment}")]);
        let found: Vec<u16> = (0..5)
            .map(|number| get(&emulator, &format!("o{number}")).status)
            .collect();
        assert_eq!(
            found.iter().filter(|status| **status == 200).count(),
            kept,
            "{moment}"
        );
        assert_eq!(
            invoke(&emulator, &ten()).header("x-amz-function-error"),
            None
        );
    }
}

#[test]
fn a_process_is_killed_while_it_sends() {
    let emulator = call(CallRule::from(CallFault::Kill(Moment::AfterBytes(1_000_000))).times(1));
    let event = json!({"do": "s3", "method": "PUT", "target": "/kinora/large", "bytes": 8_000_000});
    assert_eq!(
        invoke(&emulator, &event).json()["errorType"],
        "Runtime.ExitError"
    );
    assert_eq!(last(&emulator).faults, ["killed after 1000000 bytes to S3"]);
    assert_eq!(
        get(&emulator, "large").status,
        404,
        "half an object was kept"
    );
    assert_eq!(invoke(&emulator, &event).json()["status"], 200);
    assert_eq!(get(&emulator, "large").body.len(), 8_000_000);
}

#[test]
fn a_process_has_no_memory_left() {
    let emulator = call(CallRule::from(CallFault::OutOfMemory(Moment::BeforeRequest(1))).times(1));
    let reply = invoke(&emulator, &ten());
    assert_eq!(reply.json()["errorType"], "Runtime.OutOfMemory");
    assert_eq!(last(&emulator).outcome, Outcome::OutOfMemory);
    assert_eq!(
        last(&emulator).faults,
        ["out of memory before request 1 to S3"]
    );
}

#[test]
fn a_slow_sandbox_does_less_in_the_same_time() {
    // By its share of CPU, and by stopping it.
    for control_groups in [true, false] {
        let limits = Limits {
            control_groups,
            ..Limits::OFF
        };
        let faults =
            FaultPlan::default().call(CallRule::from(CallFault::Slow(20.0)).event("/slow", true));
        let emulator = Emulator::start(EmulatorOptions {
            faults,
            limits,
            ..options()
        })
        .unwrap();
        // The share of a processor that it got: a busy machine can only lessen it.
        let share = |slow: bool| {
            invoke(&emulator, &json!({"do": "burn", "ms": 600, "slow": slow}));
            last(&emulator).cpu_seconds / last(&emulator).duration.as_secs_f64()
        };
        let (_, slow) = (share(false), share(true));
        assert!(slow < 0.2, "{slow} of a processor");
        assert_eq!(last(&emulator).faults, ["20 times slower"]);
        let again = share(false);
        assert!(
            again > 1.5 * slow,
            "{again} after {slow} of a processor: it stayed slow"
        );
    }
}

#[test]
fn an_answer_is_lost_after_the_work() {
    let emulator = call(CallRule::from(CallFault::LoseAnswer(Loss::Closed)).times(1));
    let event = json!({"do": "s3", "method": "PUT", "target": "/kinora/done", "body": "done"});
    let target = "/2015-03-31/functions/probe/invocations";
    let lost = lambda(&emulator).send("POST", target, &[], event.to_string().as_bytes());
    let kind = lost.unwrap_err().kind();
    assert!(
        [ErrorKind::UnexpectedEof, ErrorKind::ConnectionReset].contains(&kind),
        "{kind}"
    );
    assert_eq!(get(&emulator, "done").text(), "done");
    assert_eq!(last(&emulator).outcome, Outcome::Success);
    assert_eq!(emulator.faults()[0].fault, "answer lost, connection closed");
    assert_eq!(last(&emulator).faults, ["answer lost, connection closed"]);

    let emulator = call(CallRule::from(CallFault::LoseAnswer(Loss::Status(502))).times(1));
    assert_eq!(invoke(&emulator, &json!({})).status, 502);
    assert_eq!(invoke(&emulator, &json!({})).status, 200);
    assert_eq!(emulator.records().len(), 2);
}

#[test]
fn an_event_is_delivered_twice() {
    let emulator = call(CallRule::from(CallFault::Duplicate).times(1));
    assert_eq!(invoke(&emulator, &json!({"do": "echo"})).status, 200);
    let all = records(&emulator, 2);
    assert_eq!(all[0].request_id, all[1].request_id);
    assert_ne!(all[0].is_duplicate, all[1].is_duplicate);
    assert!(
        all.iter()
            .all(|record| record.faults == ["delivered twice"])
    );
    assert!(all.iter().all(|record| record.outcome == Outcome::Success));

    let emulator = call(CallRule::from(CallFault::Duplicate).times(1));
    invoke_with(
        &emulator,
        &json!({"do": "echo"}),
        &[("x-amz-invocation-type", "Event")],
    );
    let all = records(&emulator, 2);
    assert_eq!(all[0].request_id, all[1].request_id);
}

#[test]
fn the_api_refuses_a_call() {
    let plan = FaultPlan::default()
        .call(CallRule::from(CallFault::Refuse(Refusal::Throttled)).times(1))
        .call(
            CallRule::from(CallFault::Refuse(Refusal::ServiceError))
                .skip(1)
                .times(1),
        );
    let emulator = with(plan);
    let refused = invoke(&emulator, &json!({}));
    assert_eq!(
        (refused.status, refused.header("x-amzn-errortype")),
        (429, Some("TooManyRequestsException"))
    );
    assert_eq!(last(&emulator).outcome, Outcome::Refused(429));
    let refused = invoke(&emulator, &json!({}));
    assert_eq!(
        (refused.status, refused.header("x-amzn-errortype")),
        (500, Some("ServiceException"))
    );
    assert_eq!(last(&emulator).faults, ["refused with 500"]);
    assert_eq!(invoke(&emulator, &json!({})).status, 200);
}

#[test]
fn tmp_is_full() {
    let faults =
        FaultPlan::default().call(CallRule::from(CallFault::FullTmp(2 << 20)).event("/full", true));
    let limits = Limits {
        files: Enforce::On,
        ..Limits::OFF
    };
    let emulator = match Emulator::start(EmulatorOptions {
        faults: faults.clone(),
        limits,
        ..options()
    }) {
        Ok(emulator) => emulator,
        Err(EmulatorError::NotEnforceable(why)) => {
            assert!(
                std::env::var_os("CI").is_none(),
                "CI has to be able to: {why}"
            );
            return eprintln!("skipped: {why}");
        }
        Err(error) => panic!("{error}"),
    };
    let fill = |full: bool| {
        invoke(
            &emulator,
            &json!({"do": "fill", "path": "/tmp/a", "mb": 5, "full": full}),
        )
        .json()
    };
    assert_eq!(fill(false), json!(5));
    assert_eq!(fill(true)["errorType"], "StorageFull");
    assert_eq!(last(&emulator).faults, ["/tmp full after 2097152 bytes"]);
    assert_eq!(fill(false), json!(5));
    let sandboxes: Vec<_> = emulator
        .records()
        .iter()
        .map(|record| record.sandbox)
        .collect();
    assert_eq!(sandboxes, [Some(0), Some(1), Some(0)]);

    let error = Emulator::start(EmulatorOptions {
        faults,
        ..options()
    })
    .err()
    .unwrap()
    .to_string();
    assert!(
        error.starts_with("a full `/tmp` needs the limit on files"),
        "{error}"
    );
}

#[test]
fn credentials_expire() {
    let emulator = call(CallRule::from(CallFault::ExpiredCredentials(2)).times(1));
    let statuses = |emulator| {
        invoke(
            emulator,
            &json!({"do": "many", "target": "/kinora/o", "count": 4}),
        )
        .json()
    };
    assert_eq!(statuses(&emulator), json!([200, 200, 400, 400]));
    assert_eq!(
        last(&emulator).faults,
        ["credentials expired after 2 requests to S3"]
    );
    assert_eq!(statuses(&emulator), json!([200, 200, 200, 200]));

    let emulator = call(CallRule::from(CallFault::ExpiredCredentials(0)).times(1));
    let answer = invoke(
        &emulator,
        &json!({"do": "invoke", "events": [{"do": "echo"}]}),
    )
    .json();
    assert_eq!(answer[0]["status"], 403);
    assert_eq!(
        answer[0]["payload"]["message"],
        "The security token included in the request is expired"
    );
}

#[test]
fn a_function_is_told_of_its_own_fault() {
    let emulator =
        call(CallRule::from(CallFault::Variable("frame:37".to_owned())).event("/worker", 1));
    let told = |worker: u32| {
        let variables = invoke(&emulator, &json!({"do": "environment", "worker": worker})).json();
        variables["KINORA_EMULATOR_FAULT"].clone()
    };
    assert_eq!(
        [told(0), told(1), told(0)],
        [Value::Null, json!("frame:37"), Value::Null]
    );
    assert_eq!(
        emulator.records()[1].faults,
        ["KINORA_EMULATOR_FAULT=frame:37"]
    );
}

#[test]
fn s3_refuses_a_request() {
    for (fault, expected) in [
        (RequestFault::InternalError, (500, "InternalError")),
        (RequestFault::SlowDown, (503, "SlowDown")),
        (RequestFault::Conflict, (409, "ConditionalRequestConflict")),
        (RequestFault::ExpiredToken, (400, "ExpiredToken")),
    ] {
        let emulator = request(
            RequestRule::from(fault)
                .method("PUT")
                .key("parts/")
                .times(1),
        );
        let client = s3(&emulator);
        let put = |key: &str| {
            client
                .send("PUT", &format!("/kinora/{key}"), &[], &[0; 3_000_000])
                .unwrap()
        };
        assert_eq!(put("other").status, 200);
        assert_eq!(code(&put("parts/1")), (expected.0, expected.1.to_owned()));
        assert_eq!(get(&emulator, "parts/1").status, 404);
        assert_eq!(put("parts/1").status, 200);
        let injected = emulator.faults();
        assert_eq!(injected.len(), 1);
        assert_eq!(injected[0].into, "PUT /kinora/parts/1");
    }
}

#[test]
fn s3_cuts_a_body() {
    let emulator = request(
        RequestRule::from(RequestFault::Reset(0.5))
            .key("cut")
            .times(2),
    );
    let client = s3(&emulator);
    let body = vec![7; 3_000_000];
    client.send("PUT", "/kinora/cut", &[], &body).unwrap_err();
    let cut = client.send("GET", "/kinora/cut", &[], &[]);
    cut.unwrap_err();
    assert_eq!(get(&emulator, "cut").status, 404, "half an object was kept");
    client.send("PUT", "/kinora/cut", &[], &body).unwrap();

    let emulator = request(
        RequestRule::from(RequestFault::Reset(0.5))
            .method("GET")
            .times(1),
    );
    let client = s3(&emulator);
    client.send("PUT", "/kinora/whole", &[], &body).unwrap();
    let cut = client.send("GET", "/kinora/whole", &[], &[]).unwrap_err();
    let bytes: usize = cut
        .to_string()
        .split(' ')
        .rev()
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    assert!(cut.to_string().starts_with("a cut body"), "{cut}");
    assert!((1..1_600_000).contains(&bytes), "{cut}");
    assert!(get(&emulator, "whole").body == body);
}

#[test]
fn s3_stores_and_does_not_say_so() {
    let rule = RequestRule::from(RequestFault::LoseAnswer)
        .sender(Sender::Function)
        .times(1);
    let emulator = request(rule);
    let event = json!({"do": "s3", "method": "PUT", "target": "/kinora/o", "body": "stored", "headers": {"if-none-match": "*"}});
    let reply = invoke(&emulator, &event);
    assert!(
        reply.header("x-amz-function-error").is_some(),
        "{}",
        reply.text()
    );
    assert_eq!(last(&emulator).faults, ["PUT /kinora/o: answer lost"]);
    assert_eq!(emulator.faults().len(), 1);
    assert_eq!(get(&emulator, "o").text(), "stored");
    assert_eq!(invoke(&emulator, &event).json()["status"], 412);
}

#[test]
fn s3_takes_its_time() {
    let rule = RequestRule::from(RequestFault::Delay(Duration::from_millis(200))).times(1);
    let emulator = request(rule);
    let begun = std::time::Instant::now();
    s3(&emulator)
        .send("PUT", "/kinora/late", &[], b"late")
        .unwrap();
    // However busy the machine is, it cannot be sooner.
    assert!(begun.elapsed() >= Duration::from_millis(200));
    assert_eq!(get(&emulator, "late").text(), "late");
}

#[test]
fn the_same_seed_gives_the_same_faults() {
    let run = |seed| {
        let rule = RequestRule::from(RequestFault::SlowDown)
            .method("PUT")
            .chance(0.3);
        let faults = FaultPlan::default().request(rule);
        let emulator = Emulator::start(EmulatorOptions {
            faults,
            seed,
            ..options()
        })
        .unwrap();
        let events: Vec<Value> = (0..4)
            .map(
                |worker| json!({"do": "many", "target": format!("/kinora/{worker}-"), "count": 10}),
            )
            .collect();
        // Four at once, in whatever order.
        invoke(&emulator, &json!({"do": "invoke", "events": events})).text()
    };
    let one = run(1);
    assert!(one.contains("503"), "{one}");
    assert_eq!(one, run(1));
    assert_ne!(one, run(2));
}

#[test]
fn a_fault_that_means_nothing_is_refused() {
    let refused = |plan: FaultPlan| {
        Emulator::start(EmulatorOptions {
            faults: plan,
            ..options()
        })
        .err()
        .unwrap()
        .to_string()
    };
    let plan = FaultPlan::default().call(CallRule::from(CallFault::Duplicate).chance(1.5));
    assert_eq!(
        refused(plan),
        "the chance of a fault is 1.5, not within 0–1"
    );
    let plan = FaultPlan::default().call(CallFault::Slow(0.5));
    assert_eq!(
        refused(plan),
        "a sandbox cannot be 0.5 times slower: 1–1000 can be"
    );
    let plan = FaultPlan::default().request(RequestFault::Reset(f64::NAN));
    assert_eq!(refused(plan), "the cut of a fault is NaN, not within 0–1");
}

#[test]
fn the_faults_of_the_documentation_are_faults() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/emulator.md");
    let text = std::fs::read_to_string(path).unwrap();
    let plan = text
        .split("```json\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let plan: FaultPlan = serde_json::from_str(plan).unwrap();
    assert_eq!((plan.calls.len(), plan.requests.len()), (3, 1));
    let rows = |header: &str| -> Vec<String> {
        let lines = text
            .lines()
            .skip_while(|line| !line.starts_with(header))
            .skip(2);
        let cells = lines
            .take_while(|line| line.starts_with('|'))
            .map(|line| line.split('|').nth(1).unwrap());
        cells
            .flat_map(|cell| cell.split('`').skip(1).step_by(2))
            .map(|fault| fault.replace("MOMENT", r#"{"after_ms": 150}"#))
            .collect()
    };
    let calls = rows("| fault of a call |");
    assert_eq!(calls.len(), 11, "{calls:?}");
    for fault in calls {
        serde_json::from_str::<CallFault>(&fault)
            .unwrap_or_else(|error| panic!("{fault}: {error}"));
    }
    let requests = rows("| fault of a request to S3 |");
    assert_eq!(requests.len(), 7, "{requests:?}");
    for fault in requests {
        serde_json::from_str::<RequestFault>(&fault)
            .unwrap_or_else(|error| panic!("{fault}: {error}"));
    }
    let moments = text
        .split("A moment is")
        .nth(1)
        .unwrap()
        .split('`')
        .skip(1)
        .step_by(2)
        .take(4);
    for moment in moments {
        serde_json::from_str::<Moment>(moment).unwrap_or_else(|error| panic!("{moment}: {error}"));
    }
}
