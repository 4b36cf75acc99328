use std::time::Duration;

use serde_json::json;

use crate::stage::{invoke, invoke_with, lambda, options, start};
use kinora_emulator::{Emulator, EmulatorOptions, Outcome};

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
    let emulator = Emulator::start(EmulatorOptions {
        concurrency: 2,
        ..options()
    })
    .unwrap();
    let event = json!({"do": "invoke", "events": [
        {"do": "sleep", "ms": 1000}, {"do": "sleep", "ms": 1000}, {"do": "sleep", "ms": 1000}
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

#[test]
fn only_so_many_sandboxes_are_made_at_a_time() {
    let emulator = Emulator::start(EmulatorOptions {
        scaling: 2,
        ..options()
    })
    .unwrap();
    // The first sandbox calls, the second serves one of three.
    let nap = json!({"do": "sleep", "ms": 1000});
    let answers = invoke(
        &emulator,
        &json!({"do": "invoke", "events": [nap, nap, nap]}),
    )
    .json();
    let statuses: Vec<_> = answers
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| answer["status"].as_u64())
        .collect();
    assert_eq!(
        statuses
            .iter()
            .filter(|status| **status == Some(200))
            .count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses
            .iter()
            .filter(|status| **status == Some(429))
            .count(),
        2,
        "{statuses:?}"
    );
    assert_eq!(invoke(&emulator, &json!({"do": "echo"})).status, 200);
}

#[test]
fn the_end_of_a_long_log_comes_with_the_answer() {
    let emulator = start();
    let long = "x".repeat(100_000);
    let reply = invoke_with(
        &emulator,
        &json!({"log": long}),
        &[("x-amz-log-type", "Tail")],
    );
    let tail = base64_simd::STANDARD
        .decode_to_vec(reply.header("x-amz-log-result").unwrap())
        .unwrap();
    assert_eq!(tail.len(), 4096);
    let tail = String::from_utf8(tail).unwrap();
    assert!(
        tail.starts_with("xxxx") && tail.contains("\nREPORT RequestId: "),
        "{tail}"
    );
    let whole = std::fs::read_to_string(emulator.data().join("logs/LATEST-0.log")).unwrap();
    assert!(whole.contains(&long));
}

#[test]
fn a_sandbox_that_nobody_uses_cools_down() {
    let keep_warm = Duration::from_millis(100);
    let emulator = Emulator::start(EmulatorOptions {
        keep_warm,
        ..options()
    })
    .unwrap();
    invoke(&emulator, &json!({}));
    std::thread::sleep(Duration::from_millis(200));
    invoke(&emulator, &json!({}));
    assert_eq!(emulator.records()[1].sandbox, Some(1));
}

#[test]
fn what_a_call_costs_follows_from_its_time_and_memory() {
    let mut options = options();
    options.function.memory_mb = 2048;
    let emulator = Emulator::start(options).unwrap();
    for _ in 0..2 {
        invoke(&emulator, &json!({"do": "sleep", "ms": 50}));
    }
    for record in emulator.records() {
        let time = record.duration + record.init.unwrap_or_default();
        assert_eq!(record.billed_ms, time.as_micros().div_ceil(1000) as u64);
        assert_eq!(
            record.billed_gb_seconds,
            record.billed_ms as f64 / 1000.0 * 2.0
        );
        assert!(
            record.duration >= Duration::from_millis(50),
            "a sleep is never shorter"
        );
    }
}
