use serde_json::json;

use crate::stage::{invoke, invoke_with, lambda, options, start};
use kinora_emulator::{Emulator, Outcome};

#[test]
fn an_event_comes_back() {
    let emulator = start();
    let reply = invoke(&emulator, &json!({"do": "echo", "text": "grüß dich"}));
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json(), json!({"do": "echo", "text": "grüß dich"}));
    assert_eq!(reply.header("x-amz-executed-version"), Some("$LATEST"));
    assert_eq!(reply.header("x-amz-function-error"), None);
    let records = emulator.records();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].outcome, Outcome::Success);
    assert_eq!(records[0].sandbox, Some(0));
    assert!(records[0].cold && records[0].init.is_some());
}

#[test]
fn a_sandbox_is_used_again() {
    let emulator = start();
    let calls = |expected: u64| {
        assert_eq!(
            invoke(&emulator, &json!({"do": "calls"})).json(),
            json!(expected)
        );
    };
    calls(1);
    calls(2);
    let records = emulator.records();
    assert!(records[0].cold && !records[1].cold);
    assert_eq!(records[1].sandbox, Some(0));
}

#[test]
fn a_function_calls_itself() {
    let emulator = start();
    let events: Vec<_> = (0..4)
        .map(|number| json!({"do": "echo", "number": number}))
        .collect();
    let reply = invoke(&emulator, &json!({"do": "invoke", "events": events}));
    let answers = reply.json();
    for (number, event) in events.iter().enumerate() {
        assert_eq!(
            answers[number],
            json!({"status": 200, "error": null, "payload": event})
        );
    }
    assert_eq!(emulator.records().len(), 5);
}

#[test]
fn too_many_calls_at_once_are_refused() {
    let emulator = Emulator::start(kinora_emulator::EmulatorOptions {
        concurrency: 2,
        ..options()
    })
    .unwrap();
    let event = json!({"do": "invoke", "events": [
        {"do": "sleep", "ms": 500}, {"do": "sleep", "ms": 500}, {"do": "sleep", "ms": 500}
    ]});
    let answers = invoke(&emulator, &event).json();
    let refused: Vec<_> = answers
        .as_array()
        .unwrap()
        .iter()
        .filter(|answer| answer["status"] == 429)
        .collect();
    assert_eq!(refused.len(), 2, "{answers}");
    assert_eq!(
        refused[0]["payload"]["Reason"],
        "ConcurrentInvocationLimitExceeded"
    );
}

#[test]
fn an_unsigned_call_is_refused() {
    let emulator = start();
    let mut nobody = lambda(&emulator);
    nobody.access_key = String::new();
    let reply = nobody
        .send(
            "POST",
            "/2015-03-31/functions/probe/invocations",
            &[],
            b"{}",
        )
        .unwrap();
    assert_eq!(reply.status, 403);
    assert_eq!(
        reply.header("x-amzn-errortype"),
        Some("MissingAuthenticationTokenException")
    );
    assert!(emulator.records().is_empty());
}

#[test]
fn the_log_comes_with_the_answer() {
    let emulator = start();
    let reply = invoke_with(
        &emulator,
        &json!({"log": "a line of my own"}),
        &[("x-amz-log-type", "Tail")],
    );
    let tail = base64_simd::STANDARD
        .decode_to_vec(reply.header("x-amz-log-result").unwrap())
        .unwrap();
    let tail = String::from_utf8(tail).unwrap();
    let lines: Vec<&str> = tail.lines().collect();
    assert!(lines[0].starts_with("START RequestId: "), "{tail}");
    assert_eq!(lines[1], "a line of my own");
    assert!(lines[2].starts_with("END RequestId: "), "{tail}");
    assert!(lines[3].contains("Billed Duration: "), "{tail}");
}
