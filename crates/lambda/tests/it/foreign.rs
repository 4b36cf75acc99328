//! Programs that others have written: the `aws` command and boto3 call the function, and
//! `cargo lambda` runs it.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use serde_json::{Value, json};

use crate::{
    cloud::{BUCKET, Cloud, Studio, options},
    tools::{command, tool},
};

/// What brings them.
const INSTALL: &str = "scripts/ci-tools installs it";

/// The event of the tests, and the film that comes of it.
fn event() -> Value {
    json!({
        "jobId": "12345", "numWorkers": 3, "jobType": "fullRender",
        "variables": {"message": "Hello from Revideo!"},
    })
}

fn local(studio: &Studio) -> Vec<u8> {
    studio.render(event()["variables"].clone(), None)
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// What the answer's URL gives, without any key.
fn download(answer: &Value) -> Vec<u8> {
    assert_eq!(answer["statusCode"], 200, "{answer:#}");
    let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    let url = body["resultUrl"].as_str().unwrap();
    let mut response = ureq::get(url).call().unwrap();
    let body = response.body_mut().with_config().limit(1 << 30);
    body.read_to_vec().unwrap()
}

#[test]
fn the_aws_command_gets_the_film() {
    let Some(aws) = tool("KINORA_AWS", "aws", &["--version"], INSTALL) else {
        return;
    };
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("event"), event().to_string()).unwrap();
    let lambda = cloud.emulator.endpoints().lambda_url();
    let told = run(command(&aws, &cloud.emulator)
        .args(["--endpoint-url", &lambda, "--cli-read-timeout", "300"])
        .args(["lambda", "invoke", "--function-name", "kinora"])
        .args(["--payload", &format!("fileb://{}", path("event"))])
        .arg(path("answer")));
    assert!(
        told.contains("200") && !told.contains("FunctionError"),
        "{told}"
    );
    let answer = serde_json::from_slice(&fs::read(path("answer")).unwrap()).unwrap();
    let local = local(&studio);
    assert!(download(&answer) == local, "another film");
    // The film is an ordinary object as well.
    let s3 = cloud.emulator.endpoints().s3_url();
    run(command(&aws, &cloud.emulator)
        .args(["--endpoint-url", &s3, "s3", "cp", "--no-progress"])
        .args([&format!("s3://{BUCKET}/12345.mp4"), &path("film.mp4")]));
    assert!(fs::read(path("film.mp4")).unwrap() == local);
}

/// Calls the function, waits for it, and looks the film up; prints the answer.
const PROGRAM: &str = r#"
import boto3, json, sys
from botocore.config import Config
lam, s3, event, bucket = sys.argv[1:5]
config = Config(read_timeout=300, retries={"max_attempts": 0}, s3={"addressing_style": "path"})
called = boto3.client("lambda", endpoint_url=lam, config=config).invoke(FunctionName="kinora", Payload=event)
assert called["StatusCode"] == 200 and "FunctionError" not in called, called
answer = called["Payload"].read()
key = json.loads(json.loads(answer)["body"])["key"].removeprefix(f"s3://{bucket}/")
head = boto3.client("s3", endpoint_url=s3, config=config).head_object(Bucket=bucket, Key=key)
assert head["ContentType"] == "video/mp4", head
sys.stdout.write(answer.decode())
"#;

#[test]
fn boto3_gets_the_film() {
    let check = ["-c", "import boto3"];
    let Some(python) = tool("KINORA_BOTO3_PYTHON", "python3", &check, INSTALL) else {
        return;
    };
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let endpoints = cloud.emulator.endpoints();
    let told = run(command(&python, &cloud.emulator)
        .args(["-c", PROGRAM, &endpoints.lambda_url(), &endpoints.s3_url()])
        .args([&event().to_string(), BUCKET]));
    assert!(download(&serde_json::from_str(&told).unwrap()) == local(&studio));
}

/// `cargo lambda watch`, an implementation of Lambda's interfaces that is not ours.
struct Watch {
    child: Child,
    url: String,
    _folder: tempfile::TempDir,
}

impl Watch {
    /// It runs the program of a package, so there is one that becomes the function.
    fn start(program: &Path, studio: &Studio, cloud: &Cloud, concurrency: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let url = format!("http://127.0.0.1:{port}");
        fs::create_dir(folder.path().join("src")).unwrap();
        let manifest = "[package]\nname = \"kinora\"\nedition = \"2024\"\n[workspace]\n";
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        let main = format!(
            "fn main() {{ use std::os::unix::process::CommandExt as _; panic!(\"{{}}\", std::process::Command::new({:?}).exec()) }}",
            env!("CARGO_BIN_EXE_kinora-lambda")
        );
        fs::write(folder.path().join("src/main.rs"), main).unwrap();
        let mut watch = command(program, &cloud.emulator);
        watch
            .args(["lambda", "watch", "--ignore-changes", "--quiet"])
            .args(["-A", "127.0.0.1", "-P", &port.to_string()])
            .args(["--concurrency", &concurrency.to_string()])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", folder.path().join("target"))
            .env("REVIDEO_BUCKET_NAME", BUCKET)
            .env("KINORA_PROJECT", studio.root().join("src/project.tsx"))
            .env("AWS_ENDPOINT_URL_LAMBDA", &url)
            .stdin(Stdio::null());
        let child = watch.spawn().unwrap();
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(
                begin.elapsed() < Duration::from_secs(60),
                "it does not listen"
            );
            thread::sleep(Duration::from_millis(50));
        }
        Self {
            child,
            url,
            _folder: folder,
        }
    }

    fn call(&self, event: &Value) -> Value {
        let url = format!("{}/2015-03-31/functions/kinora/invocations", self.url);
        let agent = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(300)));
        let agent: ureq::Agent = agent.http_status_as_error(false).build().into();
        let mut response = agent.post(url).send(event.to_string()).unwrap();
        let text = response.body_mut().read_to_string().unwrap();
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("{} {text}", response.status()))
    }
}

impl Drop for Watch {
    /// Ends it politely, so that it ends the functions too.
    fn drop(&mut self) {
        let pid = Pid::from_child(&self.child);
        let _ = kill_process(pid, Signal::INT);
        let begin = Instant::now();
        while test_kill_process(pid).is_ok() && begin.elapsed() < Duration::from_secs(10) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn cargo_lambda_runs_the_function() {
    let check = ["lambda", "--version"];
    let Some(program) = tool("KINORA_CARGO_LAMBDA", "cargo-lambda", &check, INSTALL) else {
        return;
    };
    let studio = Studio::new();
    // Only its S3 is used.
    let cloud = Cloud::start(options(&studio));
    let watch = Watch::start(&program, &studio, &cloud, 6);
    let answer = watch.call(&event());
    assert!(download(&answer) == local(&studio), "another film");
    let wrong = watch.call(&json!({"jobId": "12345", "numWorkers": "3"}));
    assert_eq!(wrong["statusCode"], 400, "{wrong:#}");
    assert!(wrong["body"].as_str().unwrap().contains("numWorkers"));
    assert!(
        cloud.emulator.records().is_empty(),
        "no call went to the emulator"
    );
}
