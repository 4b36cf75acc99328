//! A function that does what its event says: `{"do": "echo"}` and so on. It asks
//! the Runtime API for its events with nothing but the standard library.

mod client;

use std::env::var;
use std::hint::black_box;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use client::{Client, Reply, exchange};
use serde_json::{Value, json};

/// What a step fails with: a type and a message.
type Failure = (String, String);

fn main() {
    if let Ok(milliseconds) = var("PROBE_INIT_MS") {
        std::thread::sleep(Duration::from_millis(milliseconds.parse().unwrap()));
    }
    if let Ok(code) = var("PROBE_INIT_EXIT") {
        std::process::exit(code.parse().unwrap());
    }
    let api: SocketAddr = var("AWS_LAMBDA_RUNTIME_API").unwrap().parse().unwrap();
    if var("PROBE_INIT_ERROR").is_ok() {
        post(
            api,
            "init/error",
            &json!({"errorType": "Probe.Init", "errorMessage": "no wish to start"}),
        );
        std::process::exit(1);
    }
    let mut kept = Kept::default();
    loop {
        let event = exchange(api, "GET", "/2018-06-01/runtime/invocation/next", &[], &[]).unwrap();
        kept.calls += 1;
        let id = event
            .header("lambda-runtime-aws-request-id")
            .unwrap()
            .to_owned();
        let (path, answer) = match step(&event, &mut kept) {
            Ok(value) => (format!("invocation/{id}/response"), value),
            Err((kind, message)) => (
                format!("invocation/{id}/error"),
                json!({"errorType": kind, "errorMessage": message}),
            ),
        };
        post(api, &path, &answer);
        if let Some(milliseconds) = number(&event.json(), "linger") {
            std::thread::sleep(Duration::from_millis(milliseconds));
        }
    }
}

/// What outlives a call.
#[derive(Default)]
struct Kept {
    calls: u64,
    memory: Vec<Vec<u8>>,
    ticks: Option<Arc<AtomicU64>>,
}

impl Kept {
    /// Milliseconds that a thread of its own has counted since the first question.
    fn ticks(&mut self) -> u64 {
        let ticks = self.ticks.get_or_insert_with(|| {
            let ticks = Arc::new(AtomicU64::new(0));
            let counter = ticks.clone();
            std::thread::spawn(move || {
                loop {
                    std::thread::sleep(Duration::from_millis(1));
                    counter.fetch_add(1, Relaxed);
                }
            });
            ticks
        });
        ticks.load(Relaxed)
    }
}

fn post(api: SocketAddr, path: &str, value: &Value) -> Reply {
    let target = format!("/2018-06-01/runtime/{path}");
    exchange(api, "POST", &target, &[], value.to_string().as_bytes()).unwrap()
}

fn number(event: &Value, name: &str) -> Option<u64> {
    event.get(name)?.as_u64()
}

fn text(event: &Value, name: &str) -> String {
    event[name]
        .as_str()
        .unwrap_or_else(|| panic!("the event has no text `{name}`"))
        .to_owned()
}

fn step(reply: &Reply, kept: &mut Kept) -> Result<Value, Failure> {
    let event = &reply.json();
    if let Some(line) = event["log"].as_str() {
        println!("{line}");
    }
    let size = || number(event, "mb").unwrap_or(1) as usize;
    let time = || Duration::from_millis(number(event, "ms").unwrap_or(100));
    match event["do"].as_str().unwrap_or("echo") {
        "echo" => Ok(event.clone()),
        "headers" => Ok(json!(reply.headers)),
        "environment" => Ok(std::env::vars()
            .map(|(name, value)| (name, json!(value)))
            .collect()),
        "size" => Ok(json!(reply.body.len())),
        "calls" => Ok(json!(kept.calls)),
        "processors" => Ok(json!(
            std::thread::available_parallelism().map_or(0, usize::from)
        )),
        "ticks" => Ok(json!(kept.ticks())),
        "sleep" => {
            std::thread::sleep(time());
            Ok(json!("slept"))
        }
        "burn" => Ok(json!(burn(time()))),
        "work" => {
            let begun = Instant::now();
            black_box(work(number(event, "rounds").unwrap_or(1)));
            Ok(json!(begun.elapsed().as_secs_f64()))
        }
        "allocate" => {
            // Written to page by page, or it would be no memory yet.
            kept.memory
                .extend((0..size()).map(|number| vec![number as u8 | 1; 1 << 20]));
            Ok(json!(kept.memory.len()))
        }
        "fill" => fill(&text(event, "path"), size()),
        "read" => std::fs::read_to_string(text(event, "path"))
            .map(|text| json!(text))
            .map_err(failure),
        "exit" => std::process::exit(number(event, "code").unwrap_or(0) as i32),
        "abort" => std::process::abort(),
        "panic" => panic!("as the event says"),
        "error" => Err((text(event, "type"), text(event, "message"))),
        "large" => Ok(json!(
            "x".repeat(number(event, "bytes").unwrap_or(0) as usize)
        )),
        "invoke" => invoke(event),
        "s3" => s3(event),
        "many" => many(event),
        other => Err((
            "Probe.Unknown".to_owned(),
            format!("`{other}` is nothing that I do"),
        )),
    }
}

fn failure(error: std::io::Error) -> Failure {
    (format!("{:?}", error.kind()), error.to_string())
}

/// Uses the processor for a time; tells how often it went round.
fn burn(time: Duration) -> u64 {
    let begun = Instant::now();
    let mut rounds = 0;
    while begun.elapsed() < time {
        black_box(work(1));
        rounds += 1;
    }
    rounds
}

/// The same amount of work each time.
fn work(rounds: u64) -> u64 {
    let mut value = 1_u64;
    for _ in 0..rounds * 1_000_000 {
        value = black_box(
            value
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1),
        );
    }
    value
}

fn fill(path: &str, size: usize) -> Result<Value, Failure> {
    let mut file = std::fs::File::create(path).map_err(failure)?;
    for _ in 0..size {
        file.write_all(&[1; 1 << 20]).map_err(failure)?;
    }
    Ok(json!(size))
}

fn client(service: &'static str, endpoint: &str) -> Client {
    Client {
        address: var(endpoint)
            .unwrap()
            .trim_start_matches("http://")
            .parse()
            .unwrap(),
        service,
        region: var("AWS_REGION").unwrap(),
        access_key: var("AWS_ACCESS_KEY_ID").unwrap(),
        secret_key: var("AWS_SECRET_ACCESS_KEY").unwrap(),
        token: var("AWS_SESSION_TOKEN").ok(),
        skew: 0,
    }
}

/// Calls its own version with each of `events`, all at once.
fn invoke(event: &Value) -> Result<Value, Failure> {
    let client = client("lambda", "AWS_ENDPOINT_URL_LAMBDA");
    let target = format!(
        "/2015-03-31/functions/{}/invocations?Qualifier={}",
        var("AWS_LAMBDA_FUNCTION_NAME").unwrap(),
        client::escape(&var("AWS_LAMBDA_FUNCTION_VERSION").unwrap()),
    );
    let events = event["events"].as_array().cloned().unwrap_or_default();
    std::thread::scope(|scope| {
        let calls: Vec<_> = events
            .iter()
            .map(|event| {
                scope.spawn(|| client.send("POST", &target, &[], event.to_string().as_bytes()))
            })
            .collect();
        calls
            .into_iter()
            .map(|call| {
                let reply = call.join().unwrap().map_err(failure)?;
                let error = reply.header("x-amz-function-error").map(str::to_owned);
                Ok(json!({"status": reply.status, "error": error, "payload": reply.json()}))
            })
            .collect()
    })
}

/// One request to S3.
fn s3(event: &Value) -> Result<Value, Failure> {
    let body = match number(event, "bytes") {
        Some(bytes) => vec![b'x'; bytes as usize],
        None => event["body"].as_str().unwrap_or("").as_bytes().to_vec(),
    };
    let headers: Vec<(String, String)> = event["headers"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or("").to_owned()))
        .collect();
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let client = client("s3", "AWS_ENDPOINT_URL_S3");
    let reply = client
        .send(
            &text(event, "method"),
            &text(event, "target"),
            &headers,
            &body,
        )
        .map_err(failure)?;
    Ok(json!({"status": reply.status, "etag": reply.header("etag"), "body": reply.text()}))
}

/// Puts `count` objects, `ms` apart.
fn many(event: &Value) -> Result<Value, Failure> {
    let client = client("s3", "AWS_ENDPOINT_URL_S3");
    let mut statuses = Vec::new();
    for number in 0..number(event, "count").unwrap_or(1) {
        let target = format!("{}{number}", text(event, "target"));
        let reply = client
            .send("PUT", &target, &[], number.to_string().as_bytes())
            .map_err(failure)?;
        statuses.push(reply.status);
        std::thread::sleep(Duration::from_millis(
            self::number(event, "ms").unwrap_or(0),
        ));
    }
    Ok(json!(statuses))
}
