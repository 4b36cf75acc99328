//! Lambda's API towards callers, and what the function sees of it.

use std::time::{Duration, Instant};

use kinora_emulator::{Emulator, EmulatorError, EmulatorOptions, Outcome, Record};
use serde_json::{Value, json};

use crate::client::{Client, Reply, escape};
use crate::stage::{invoke, invoke_with, lambda, options, start};

fn post(emulator: &Emulator, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    lambda(emulator)
        .send(
            "POST",
            &format!("/2015-03-31/functions/{target}"),
            headers,
            body,
        )
        .unwrap()
}

fn error(reply: &Reply) -> (u16, &str) {
    (reply.status, reply.header("x-amzn-errortype").unwrap_or(""))
}

/// Waits for so many deliveries to have ended.
pub fn records(emulator: &Emulator, count: usize) -> Vec<Record> {
    let begun = Instant::now();
    while emulator.records().len() < count && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    emulator.records()
}

const EVENT: [(&str, &str); 1] = [("x-amz-invocation-type", "Event")];

#[test]
fn events_have_a_largest_size() {
    let emulator = start();
    let event = |bytes: usize| format!("\"{}\"", "x".repeat(bytes - 2)).into_bytes();
    let path = "probe/invocations";
    assert_eq!(
        post(&emulator, path, &[], &event(6 * 1024 * 1024)).status,
        200
    );
    let large = post(&emulator, path, &[], &event(6 * 1024 * 1024 + 1));
    assert_eq!(error(&large), (413, "RequestTooLargeException"));
    assert_eq!(
        post(&emulator, path, &EVENT, &event(1024 * 1024)).status,
        202
    );
    let large = post(&emulator, path, &EVENT, &event(1024 * 1024 + 1));
    assert_eq!(error(&large), (413, "RequestTooLargeException"));
    assert!(
        large.json()["message"]
            .as_str()
            .unwrap()
            .contains("1048576"),
        "{}",
        large.text()
    );
}

#[test]
fn a_function_is_known_by_its_names() {
    let emulator = start();
    let arn = "arn:aws:lambda:us-east-1:123456789012:function:probe";
    for name in [
        "probe",
        arn,
        "123456789012:function:probe",
        "123456789012:probe",
    ] {
        let reply = post(
            &emulator,
            &format!("{}/invocations", escape(name)),
            &[],
            b"{}",
        );
        assert_eq!(reply.status, 200, "{name}: {}", reply.text());
        let reply = post(
            &emulator,
            &format!("{}/invocations", escape(&format!("{name}:1"))),
            &[],
            b"{}",
        );
        assert_eq!(reply.header("x-amz-executed-version"), Some("1"), "{name}");
    }
    for name in [
        "other",
        "probe2",
        "probe:2",
        "probe:alias",
        "probe:01",
        &format!("{arn}x"),
    ] {
        let reply = post(
            &emulator,
            &format!("{}/invocations", escape(name)),
            &[],
            b"{}",
        );
        assert_eq!(error(&reply), (404, "ResourceNotFoundException"), "{name}");
    }
    let reply = post(&emulator, "other/invocations", &[], b"{}");
    let expected = "Function not found: arn:aws:lambda:us-east-1:123456789012:function:other";
    assert_eq!(reply.json()["message"], expected);
    let reply = post(
        &emulator,
        "probe%3A1/invocations?Qualifier=%24LATEST",
        &[],
        b"{}",
    );
    assert_eq!(error(&reply), (400, "InvalidParameterValueException"));
}

#[test]
fn a_version_runs_in_sandboxes_of_its_own() {
    let emulator = start();
    let run = |target: &str| {
        let reply = post(&emulator, target, &[], br#"{"do": "environment"}"#);
        let version = reply
            .header("x-amz-executed-version")
            .unwrap_or("")
            .to_owned();
        assert_eq!(
            reply.json()["AWS_LAMBDA_FUNCTION_VERSION"],
            version.as_str()
        );
        version
    };
    assert_eq!(run("probe/invocations"), "$LATEST");
    assert_eq!(run("probe/invocations?Qualifier=%24LATEST"), "$LATEST");
    assert_eq!(run("probe/invocations?Qualifier=1"), "1");
    let sandboxes: Vec<_> = emulator
        .records()
        .iter()
        .map(|record| record.sandbox)
        .collect();
    assert_eq!(sandboxes, [Some(0), Some(0), Some(1)]);

    let published = post(&emulator, "probe/versions", &[], b"{}");
    assert_eq!(
        (published.status, published.json()["Version"].as_str()),
        (201, Some("2"))
    );
    assert_eq!(run("probe/invocations?Qualifier=2"), "2");
    let get = |path: &str| {
        lambda(&emulator)
            .send("GET", &format!("/2015-03-31/functions/{path}"), &[], &[])
            .unwrap()
    };
    let versions = get("probe/versions").json();
    let versions: Vec<&Value> = versions["Versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["Version"])
        .collect();
    assert_eq!(versions, ["$LATEST", "1", "2"]);
    let function = get("probe?Qualifier=2").json();
    assert_eq!(
        function["Configuration"]["FunctionArn"],
        "arn:aws:lambda:us-east-1:123456789012:function:probe:2"
    );
    assert_eq!(get("probe/configuration").json()["MemorySize"], 3008);
    let plain = |path: &str| {
        lambda(&emulator)
            .send("GET", path, &[], &[])
            .unwrap()
            .json()
    };
    let limits = plain("/2016-08-19/account-settings/");
    assert_eq!(limits["AccountLimit"]["ConcurrentExecutions"], 10);
    let kept = plain("/2019-09-30/functions/probe/concurrency");
    assert_eq!(kept, serde_json::json!({}));
    assert_eq!(error(&get("probe/configuration?Qualifier=3")).0, 404);
}

#[test]
fn a_dry_run_runs_nothing() {
    let emulator = start();
    let reply = invoke_with(
        &emulator,
        &json!({}),
        &[("x-amz-invocation-type", "DryRun")],
    );
    assert_eq!((reply.status, reply.text().as_str()), (204, ""));
    let reply = invoke_with(
        &emulator,
        &json!({}),
        &[("x-amz-invocation-type", "Whatever")],
    );
    assert_eq!(error(&reply), (400, "InvalidParameterValueException"));
    assert!(emulator.records().is_empty());
}

#[test]
fn an_event_is_json() {
    let emulator = start();
    let reply = post(&emulator, "probe/invocations", &[], b"{\"do\": ");
    assert_eq!(error(&reply), (400, "InvalidRequestContentException"));
    assert!(emulator.records().is_empty());
    let reply = post(&emulator, "probe/invocations", &[], b"");
    assert_eq!(reply.json(), json!({}));
    // However deep.
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let reply = post(
        &emulator,
        "probe/invocations",
        &[],
        format!("{{\"do\": \"size\", \"x\": {deep}}}").as_bytes(),
    );
    assert_eq!(reply.status, 200, "{}", reply.text());
}

#[test]
fn nobody_waits_for_an_event() {
    let emulator = start();
    let reply = invoke_with(&emulator, &json!({"do": "sleep", "ms": 1000}), &EVENT);
    assert_eq!((reply.status, reply.text().as_str()), (202, ""));
    assert!(
        emulator.records().is_empty(),
        "the answer came after the call"
    );
    let records = records(&emulator, 1);
    assert_eq!(records[0].outcome, Outcome::Success);
    assert!(!records[0].synchronous);
    assert_eq!(
        Some(records[0].request_id.as_str()),
        reply.header("x-amzn-requestid")
    );
}

#[test]
fn an_event_that_fails_is_delivered_three_times() {
    let retry_delays = [Duration::from_millis(20), Duration::from_millis(40)];
    let emulator = Emulator::start(EmulatorOptions {
        retry_delays,
        ..options()
    })
    .unwrap();
    invoke_with(&emulator, &json!({"do": "exit", "code": 1}), &EVENT);
    let all = records(&emulator, 3);
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(emulator.records().len(), 3);
    let attempts: Vec<u32> = all.iter().map(|record| record.attempt).collect();
    assert_eq!(attempts, [0, 1, 2]);
    assert!(
        all.iter()
            .all(|record| record.request_id == all[0].request_id)
    );
}

#[test]
fn an_event_waits_for_its_place() {
    let emulator = Emulator::start(EmulatorOptions {
        concurrency: 1,
        ..options()
    })
    .unwrap();
    for _ in 0..2 {
        let reply = invoke_with(&emulator, &json!({"do": "sleep", "ms": 1000}), &EVENT);
        assert_eq!(reply.status, 202);
    }
    // The one that has no place yet asks again and again.
    let ended = |outcome: Outcome| {
        emulator
            .records()
            .iter()
            .filter(|record| record.outcome == outcome)
            .count()
    };
    let begun = Instant::now();
    while ended(Outcome::Success) < 2 && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(ended(Outcome::Success), 2);
    assert!(ended(Outcome::Throttled) > 0);
}

#[test]
fn who_does_not_sign_well_is_refused() {
    let emulator = start();
    let refused = |change: &dyn Fn(&mut Client)| {
        let mut client = lambda(&emulator);
        change(&mut client);
        let reply = client
            .send(
                "POST",
                "/2015-03-31/functions/probe/invocations",
                &[],
                b"{}",
            )
            .unwrap();
        assert_eq!(reply.status, 403, "{}", reply.text());
        (
            reply.header("x-amzn-errortype").unwrap().to_owned(),
            reply.json()["message"].as_str().unwrap().to_owned(),
        )
    };
    let (code, message) = refused(&|client| client.secret_key.push('x'));
    assert_eq!(code, "InvalidSignatureException");
    assert!(
        message.starts_with("The request signature we calculated does not match"),
        "{message}"
    );
    assert_eq!(
        refused(&|client| client.access_key.push('x')).0,
        "UnrecognizedClientException"
    );
    let (code, message) = refused(&|client| client.skew = -600);
    assert_eq!(code, "InvalidSignatureException");
    assert!(message.starts_with("Signature expired: "), "{message}");
    assert!(
        refused(&|client| client.skew = 600)
            .1
            .starts_with("Signature not yet current: ")
    );
    let mut elsewhere = lambda(&emulator);
    elsewhere.region = "eu-west-1".to_owned();
    let path = "/2015-03-31/functions/probe/invocations";
    let reply = elsewhere.send("POST", path, &[], b"{}").unwrap();
    assert_eq!(error(&reply), (404, "ResourceNotFoundException"));
    assert!(reply.text().contains(":eu-west-1:"), "{}", reply.text());
    assert!(
        refused(&|client| client.service = "s3")
            .1
            .contains("/lambda/")
    );
    assert!(emulator.records().is_empty());
}

#[test]
fn a_temporary_key_goes_with_its_token() {
    let emulator = start();
    let variables = invoke(&emulator, &json!({"do": "environment"})).json();
    let variable = |name: &str| variables[name].as_str().unwrap().to_owned();
    let mut thief = lambda(&emulator);
    thief.access_key = variable("AWS_ACCESS_KEY_ID");
    thief.secret_key = variable("AWS_SECRET_ACCESS_KEY");
    let mut steal = |token: Option<String>| {
        thief.token = token;
        thief
            .send(
                "POST",
                "/2015-03-31/functions/probe/invocations",
                &[],
                b"{}",
            )
            .unwrap()
            .status
    };
    assert_eq!(steal(None), 403);
    assert_eq!(steal(Some("guessed".to_owned())), 403);
    assert_eq!(steal(Some(variable("AWS_SESSION_TOKEN"))), 200);
}

#[test]
fn an_altered_body_is_refused() {
    let emulator = start();
    let client = lambda(&emulator);
    let mut headers = vec![("host".to_owned(), client.address.to_string())];
    let target = "/2015-03-31/functions/probe/invocations";
    client.sign("POST", target, &mut headers, b"{}");
    let reply = crate::client::exchange(client.address, "POST", target, &headers, b"[]").unwrap();
    assert_eq!(error(&reply), (403, "InvalidSignatureException"));
    let reply = crate::client::exchange(client.address, "POST", target, &headers, b"{}").unwrap();
    assert_eq!(reply.status, 200);
}

#[test]
fn the_function_is_told_of_its_call() {
    let mut options = options();
    options.function.timeout = Duration::from_secs(60);
    let emulator = Emulator::start(options).unwrap();
    let context = base64_simd::STANDARD.encode_to_string(r#"{"custom":{"a":"b"}}"#);
    let client = lambda(&emulator);
    let target = "/2015-03-31/functions/probe/invocations?Qualifier=1";
    let headers = [("x-amz-client-context", context.as_str())];
    let reply = client
        .send("POST", target, &headers, br#"{"do": "headers"}"#)
        .unwrap();
    let told = reply.json();
    let told = |name: &str| {
        let pair = told.as_array().unwrap().iter().find(|pair| pair[0] == name);
        pair.unwrap_or_else(|| panic!("no {name}"))[1]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        told("lambda-runtime-aws-request-id"),
        reply.header("x-amzn-requestid").unwrap()
    );
    assert_eq!(
        told("lambda-runtime-invoked-function-arn"),
        "arn:aws:lambda:us-east-1:123456789012:function:probe:1"
    );
    assert_eq!(told("lambda-runtime-client-context"), context);
    assert!(told("lambda-runtime-trace-id").starts_with("Root=1-"));
    let record = &emulator.records()[0];
    let deadline = Duration::from_millis(told("lambda-runtime-deadline-ms").parse().unwrap());
    let start = record.start.duration_since(std::time::UNIX_EPOCH).unwrap();
    assert!(deadline >= start + Duration::from_secs(60) - Duration::from_millis(1));
}

#[test]
fn the_function_finds_its_variables() {
    let mut options = options();
    options
        .function
        .env
        .insert("REVIDEO_BUCKET_NAME".to_owned(), "kinora".to_owned());
    options.function.memory_mb = 1024;
    let emulator = Emulator::start(options).unwrap();
    let variables = invoke(&emulator, &json!({"do": "environment"})).json();
    for (name, value) in [
        ("REVIDEO_BUCKET_NAME", "kinora"),
        ("AWS_LAMBDA_FUNCTION_NAME", "probe"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/probe"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("TZ", ":UTC"),
        ("LANG", "en_US.UTF-8"),
    ] {
        assert_eq!(variables[name], value, "{name}");
    }
    for name in [
        "AWS_ACCESS_KEY_ID",
        "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "LAMBDA_TASK_ROOT",
    ] {
        assert!(variables[name].is_string(), "{name}");
    }
    assert_eq!(
        variables["HOME"],
        Value::Null,
        "this machine's environment is none of the function's"
    );
    assert!(
        !variables["AWS_LAMBDA_RUNTIME_API"]
            .as_str()
            .unwrap()
            .contains('/')
    );
}

#[test]
fn what_lambda_would_not_deploy_is_refused() {
    let refused = |change: &dyn Fn(&mut EmulatorOptions)| {
        let mut options = options();
        change(&mut options);
        Emulator::start(options).err().unwrap().to_string()
    };
    assert_eq!(
        refused(&|options| options.function.memory_mb = 127),
        "`memory_mb` is 127, not within 128–10240"
    );
    assert_eq!(
        refused(&|options| options.function.timeout = Duration::from_secs(901)),
        "`timeout in ms` is 901000, not within 1–900000"
    );
    assert_eq!(
        refused(&|options| options.concurrency = 0),
        "`concurrency` is 0, not within 1–10000"
    );
    let reserved = |options: &mut EmulatorOptions| {
        options
            .function
            .env
            .insert("AWS_REGION".to_owned(), "x".to_owned());
    };
    assert_eq!(
        refused(&reserved),
        "the variable `AWS_REGION` is reserved: Lambda sets it"
    );
    let large = |options: &mut EmulatorOptions| {
        options
            .function
            .env
            .insert("LARGE".to_owned(), "x".repeat(4092));
    };
    assert_eq!(
        refused(&large),
        "the function's environment has 4097 bytes, more than 4096"
    );
    let bucket = |options: &mut EmulatorOptions| {
        options
            .buckets
            .push(kinora_emulator::Bucket::new("No_Bucket"))
    };
    assert!(refused(&bucket).starts_with("`No_Bucket` is not a bucket's name"));
}

#[test]
fn a_port_that_is_taken_is_told() {
    let emulator = start();
    let taken = EmulatorOptions {
        listen: emulator.endpoints().lambda,
        ..options()
    };
    let error = Emulator::start(taken).err().unwrap();
    assert!(matches!(error, EmulatorError::Listen { .. }), "{error}");
}
