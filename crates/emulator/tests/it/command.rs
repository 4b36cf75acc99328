//! The emulator as a command, in a process of its own.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::client::Client;

const PROBE: &str = env!("CARGO_BIN_EXE_kinora-emulator-probe");

struct Running {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    /// What it said before it was ready.
    said: Vec<String>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(arguments: &[&str]) -> Running {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kinora-emulator"))
        .args([
            "--listen",
            "127.0.0.1:0",
            "--s3-listen",
            "127.0.0.1:0",
            "--name",
            "probe",
        ])
        .args(arguments)
        .arg(PROBE)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said = Vec::new();
    while !said
        .last()
        .is_some_and(|line: &String| line.starts_with("export AWS_SECRET_ACCESS_KEY="))
    {
        said.push(lines.next().expect("it is ready before it ends").unwrap());
    }
    Running { child, lines, said }
}

impl Running {
    fn variable(&self, name: &str) -> String {
        let start = format!("export {name}=");
        self.said
            .iter()
            .find_map(|line| line.strip_prefix(&start))
            .unwrap()
            .to_owned()
    }

    fn invoke(&self, event: &serde_json::Value) -> serde_json::Value {
        let client = Client {
            address: self
                .variable("AWS_ENDPOINT_URL_LAMBDA")
                .trim_start_matches("http://")
                .parse()
                .unwrap(),
            service: "lambda",
            region: self.variable("AWS_REGION"),
            access_key: self.variable("AWS_ACCESS_KEY_ID"),
            secret_key: self.variable("AWS_SECRET_ACCESS_KEY"),
            token: None,
            skew: 0,
        };
        let target = "/2015-03-31/functions/probe/invocations";
        client
            .send("POST", target, &[], event.to_string().as_bytes())
            .unwrap()
            .json()
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_raw(self.child.id() as i32).unwrap(), signal).unwrap();
    }

    /// Processes that were told this emulator's address.
    fn sandboxes(&self) -> usize {
        let told = format!(
            "AWS_ENDPOINT_URL_LAMBDA={}",
            self.variable("AWS_ENDPOINT_URL_LAMBDA")
        );
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
}

#[test]
fn the_command_serves_until_it_is_interrupted() {
    let mut running = start(&["--env", "GREETING=hello", "--memory", "512"]);
    let variables = running.invoke(&json!({"do": "environment"}));
    assert_eq!(variables["GREETING"], "hello");
    let line = running.lines.next().unwrap().unwrap();
    assert!(
        line.contains(" $LATEST sandbox 0 cold: success in "),
        "{line}"
    );
    assert!(line.contains(" of 512 MB, "), "{line}");
    assert!(running.sandboxes() > 0);
    let files = running
        .said
        .iter()
        .find_map(|line| line.strip_prefix("files "))
        .unwrap()
        .trim()
        .to_owned();
    assert!(std::path::Path::new(&files).is_dir());
    running.signal(Signal::INT);
    assert!(running.child.wait().unwrap().success());
    assert_eq!(running.sandboxes(), 0);
    assert!(
        !std::path::Path::new(&files).exists(),
        "`{files}` was left behind"
    );
}

#[test]
fn sandboxes_die_with_an_emulator_that_is_killed() {
    for limits in [&[][..], &["--no-limits"]] {
        let mut running = start(limits);
        running.invoke(&json!({}));
        assert!(running.sandboxes() > 0);
        running.signal(Signal::KILL);
        running.child.wait().unwrap();
        let begun = Instant::now();
        while running.sandboxes() > 0 && begun.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(running.sandboxes(), 0, "with {limits:?}");
    }
}

#[test]
fn faults_are_read_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("faults.json");
    let plan = json!({"calls": [{"fault": {"kill": {"before_request": 1}}, "times": 1}]});
    std::fs::write(&path, plan.to_string()).unwrap();
    let mut running = start(&["--faults", path.to_str().unwrap()]);
    let event = json!({"do": "many", "target": "/kinora/o"});
    assert_eq!(running.invoke(&event)["errorType"], "Runtime.ExitError");
    let line = running.lines.next().unwrap().unwrap();
    assert!(
        line.ends_with(", faults: killed before request 1 to S3"),
        "{line}"
    );
}

#[test]
fn what_cannot_be_run_is_told() {
    let fails = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_kinora-emulator"))
            .args(arguments)
            .output()
            .unwrap();
        let mut text = String::new();
        output.stderr.as_slice().read_to_string(&mut text).unwrap();
        (output.status.code(), text)
    };
    let (code, text) = fails(&["/no/such/program"]);
    assert_eq!(
        (code, text.as_str()),
        (
            Some(2),
            "error: the function's command `/no/such/program` is not a file\n"
        )
    );
    let (code, text) = fails(&["--faults", "/no/such/plan", PROBE]);
    assert_eq!(code, Some(2));
    assert_eq!(
        text,
        "error: cannot read `/no/such/plan`\n  No such file or directory (os error 2)\n"
    );
    let (code, text) = fails(&["--env", "x", PROBE]);
    assert!(text.contains("it has to be NAME=VALUE"), "{text}");
    assert_eq!(code, Some(2));
}
