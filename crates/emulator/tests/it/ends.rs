//! How calls end that do not end well.

use std::time::Duration;

use kinora_emulator::{Emulator, EmulatorOptions, Outcome};
use serde_json::json;

use crate::stage::{invoke, invoke_with, options, start};

#[test]
fn a_call_that_lasts_too_long_is_killed() {
    let mut options = options();
    options.function.timeout = Duration::from_millis(1000);
    let emulator = Emulator::start(options).unwrap();
    let reply = invoke(&emulator, &json!({"do": "sleep", "ms": 10_000}));
    assert_eq!(
        (reply.status, reply.header("x-amz-function-error")),
        (200, Some("Unhandled"))
    );
    assert_eq!(reply.json()["errorType"], "Sandbox.Timedout");
    let message = reply.json()["errorMessage"].as_str().unwrap().to_owned();
    assert!(
        message.ends_with("Error: Task timed out after 1.00 seconds"),
        "{message}"
    );
    assert_eq!(emulator.records()[0].outcome, Outcome::Timeout);
    assert_eq!(invoke(&emulator, &json!({"do": "calls"})).json(), json!(1));
}

#[test]
fn a_process_that_ends_is_told() {
    let emulator = start();
    let exit = |event: serde_json::Value| {
        let reply = invoke(&emulator, &event);
        assert_eq!(reply.header("x-amz-function-error"), Some("Unhandled"));
        assert_eq!(reply.json()["errorType"], "Runtime.ExitError");
        reply.json()["errorMessage"].as_str().unwrap().to_owned()
    };
    let one = exit(json!({"do": "exit", "code": 1}));
    assert!(
        one.ends_with("Error: Runtime exited with error: exit status 1"),
        "{one}"
    );
    let panic = exit(json!({"do": "panic"}));
    assert!(panic.ends_with("exit status 101"), "{panic}");
    let abort = exit(json!({"do": "abort"}));
    assert!(abort.ends_with("signal: aborted"), "{abort}");
    let zero = exit(json!({"do": "exit"}));
    assert!(
        zero.ends_with("Error: Runtime exited without providing a reason"),
        "{zero}"
    );
    assert_eq!(emulator.records().len(), 4);
    assert!(emulator.records().iter().all(|record| record.cold));
}

#[test]
fn an_error_of_the_function_is_its_own() {
    let emulator = start();
    let reply = invoke(
        &emulator,
        &json!({"do": "error", "type": "Kinora.Bad", "message": "so bad"}),
    );
    assert_eq!(
        (reply.status, reply.header("x-amz-function-error")),
        (200, Some("Unhandled"))
    );
    assert_eq!(
        reply.json(),
        json!({"errorType": "Kinora.Bad", "errorMessage": "so bad"})
    );
    assert_eq!(
        emulator.records()[0].outcome,
        Outcome::FunctionError("Kinora.Bad".to_owned())
    );
    // The sandbox goes on.
    assert_eq!(invoke(&emulator, &json!({"do": "calls"})).json(), json!(2));
}

#[test]
fn an_answer_has_a_largest_size() {
    let emulator = start();
    let fits = invoke(&emulator, &json!({"do": "large", "bytes": 6 * 1024 * 1024}));
    assert_eq!(
        (fits.header("x-amz-function-error"), fits.body.len()),
        (None, 6 * 1024 * 1024 + 2)
    );
    let reply = invoke(
        &emulator,
        &json!({"do": "large", "bytes": 6 * 1024 * 1024 + 100}),
    );
    assert_eq!(reply.json()["errorType"], "Function.ResponseSizeTooLarge");
    assert_eq!(emulator.records()[1].outcome, Outcome::ResponseTooLarge);
}

#[test]
fn a_function_that_does_not_start_is_told() {
    let failing = |name: &str, value: &str, timeout: u64| {
        let mut options = options();
        options
            .function
            .env
            .insert(name.to_owned(), value.to_owned());
        options.function.init_limit = Duration::from_millis(200);
        options.function.timeout = Duration::from_millis(timeout);
        Emulator::start(options).unwrap()
    };
    let emulator = failing("PROBE_INIT_EXIT", "3", 60_000);
    let reply = invoke(&emulator, &json!({}));
    assert_eq!(
        reply.json()["errorMessage"],
        "Error: Runtime exited with error: exit status 3"
    );
    let expected = Outcome::InitFailed("exit status 3".to_owned());
    assert_eq!(emulator.records()[0].outcome, expected);
    let reply = invoke(&failing("PROBE_INIT_ERROR", "1", 60_000), &json!({}));
    assert_eq!(
        reply.json(),
        json!({"errorType": "Probe.Init", "errorMessage": "no wish to start"})
    );
    let reply = invoke(&failing("PROBE_INIT_MS", "600000", 400), &json!({}));
    assert_eq!(reply.json()["errorType"], "Sandbox.Timedout");
    // Too slow for the init phase, but not for the call: it is started again.
    let reply = invoke(
        &failing("PROBE_INIT_MS", "300", 60_000),
        &json!({"do": "calls"}),
    );
    assert_eq!(reply.json(), json!(1));
}

#[test]
fn a_command_that_is_none_is_refused_at_once() {
    let mut options = options();
    options.function.command = "/no/such/program".into();
    let error = Emulator::start(options).err().unwrap().to_string();
    assert_eq!(
        error,
        "the function's command `/no/such/program` is not a file"
    );
}

/// Processes that were told this emulator's address.
fn sandboxes(url: &str) -> usize {
    let told = format!("AWS_ENDPOINT_URL_LAMBDA={url}");
    let has = |entry: &std::fs::DirEntry| {
        let environ = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        String::from_utf8_lossy(&environ).contains(&told)
    };
    std::fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter(has)
        .count()
}

#[test]
fn nothing_is_left_when_it_ends() {
    for panics in [false, true] {
        let limits = Default::default();
        let emulator = Emulator::start(EmulatorOptions {
            limits,
            ..options()
        })
        .unwrap();
        invoke_with(
            &emulator,
            &json!({"do": "sleep", "ms": 60_000}),
            &[("x-amz-invocation-type", "Event")],
        );
        invoke(&emulator, &json!({}));
        let (url, data) = (
            emulator.endpoints().lambda_url(),
            emulator.data().to_owned(),
        );
        assert!(sandboxes(&url) > 0 && data.exists());
        if panics {
            let test = std::panic::AssertUnwindSafe(move || {
                let _emulator = emulator;
                panic!("as a test does that fails");
            });
            std::panic::catch_unwind(test).unwrap_err();
        } else {
            emulator.stop();
        }
        assert_eq!((sandboxes(&url), data.exists()), (0, false));
    }
}
