//! Clients that others have written: the `aws` command and boto3.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use kinora_emulator::{CallFault, CallRule, Emulator, EmulatorOptions, FaultPlan, Refusal};
use serde_json::{Value, json};

use crate::api::records;
use crate::stage::{options, s3};
use crate::tools::{command, tool};

fn start() -> Emulator {
    let limited = CallRule::from(CallFault::Refuse(Refusal::Throttled)).event("/refused", true);
    let lost = CallRule::from(CallFault::Kill(kinora_emulator::Moment::After(
        Duration::from_millis(50),
    )));
    let faults = FaultPlan::default()
        .call(limited)
        .call(lost.event("/killed", true));
    Emulator::start(EmulatorOptions {
        faults,
        ..options()
    })
    .unwrap()
}

struct Aws {
    program: PathBuf,
    emulator: Emulator,
    folder: tempfile::TempDir,
}

impl Aws {
    fn run(&self, service: &str, arguments: &[&str]) -> Output {
        let endpoints = self.emulator.endpoints();
        // Releases before 2.13 do not know the variables for endpoints.
        let url = if service.starts_with("s3") {
            endpoints.s3_url()
        } else {
            endpoints.lambda_url()
        };
        command(&self.program, &self.emulator)
            .args(["--endpoint-url", &url, "--output", "json", service])
            .args(arguments)
            .output()
            .unwrap()
    }

    fn succeeds(&self, service: &str, arguments: &[&str]) -> String {
        let output = self.run(service, arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "aws {service} {arguments:?}: {error}"
        );
        String::from_utf8(output.stdout).unwrap()
    }

    fn fails(&self, service: &str, arguments: &[&str]) -> String {
        let output = self.run(service, arguments);
        assert!(
            !output.status.success(),
            "aws {service} {arguments:?} succeeded"
        );
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// What the command prints, and what the function answered.
    fn invoke(&self, event: &Value, more: &[&str]) -> (Value, String) {
        std::fs::write(self.path("event"), event.to_string()).unwrap();
        let (event, answer) = (
            format!("fileb://{}", self.path("event")),
            self.path("answer"),
        );
        let arguments = [
            &["invoke", "--function-name", "probe", "--payload", &event][..],
            more,
            &[&answer],
        ]
        .concat();
        let printed = self.succeeds("lambda", &arguments);
        (
            serde_json::from_str(&printed).unwrap(),
            std::fs::read_to_string(answer).unwrap(),
        )
    }
}

#[test]
fn the_aws_command_is_served() {
    let install = "install Debian's `awscli`, or name another one by KINORA_AWS";
    let Some(program) = tool("KINORA_AWS", "aws", &["--version"], install) else {
        return;
    };
    let aws = Aws {
        program,
        emulator: start(),
        folder: tempfile::tempdir().unwrap(),
    };

    let (printed, answer) = aws.invoke(&json!({"log": "grüß dich"}), &["--log-type", "Tail"]);
    assert_eq!(
        (
            printed["StatusCode"].as_u64(),
            printed["ExecutedVersion"].as_str()
        ),
        (Some(200), Some("$LATEST"))
    );
    assert_eq!(answer, r#"{"log":"grüß dich"}"#);
    let log = base64_simd::STANDARD
        .decode_to_vec(printed["LogResult"].as_str().unwrap())
        .unwrap();
    let log = String::from_utf8(log).unwrap();
    assert!(log.contains("\ngrüß dich\nEND RequestId: "), "{log}");

    let (printed, answer) = aws.invoke(&json!({"do": "panic"}), &["--qualifier", "1"]);
    assert_eq!(
        (
            printed["FunctionError"].as_str(),
            printed["ExecutedVersion"].as_str()
        ),
        (Some("Unhandled"), Some("1"))
    );
    assert!(answer.contains("Runtime.ExitError"), "{answer}");
    let (printed, _) = aws.invoke(&json!({"do": "echo"}), &["--invocation-type", "Event"]);
    assert_eq!(printed["StatusCode"], 202);
    let (printed, _) = aws.invoke(&json!({"do": "echo"}), &["--invocation-type", "DryRun"]);
    assert_eq!(printed["StatusCode"], 204);
    assert_eq!(records(&aws.emulator, 3).len(), 3);

    let missing = aws.fails(
        "lambda",
        &["invoke", "--function-name", "other", &aws.path("none")],
    );
    let is_told = missing.contains("(ResourceNotFoundException)")
        && missing.contains("Function not found: arn:");
    assert!(is_told, "{missing}");
    std::fs::write(aws.path("event"), r#"{"refused":true}"#).unwrap();
    let event = format!("fileb://{}", aws.path("event"));
    let refused = aws.fails(
        "lambda",
        &[
            "invoke",
            "--function-name",
            "probe",
            "--payload",
            &event,
            &aws.path("none"),
        ],
    );
    assert!(
        refused.contains("(TooManyRequestsException)") && refused.contains("Rate Exceeded."),
        "{refused}"
    );
    let published: Value = serde_json::from_str(
        &aws.succeeds("lambda", &["publish-version", "--function-name", "probe"]),
    )
    .unwrap();
    assert_eq!(published["Version"], "2");
    let function: Value = serde_json::from_str(
        &aws.succeeds("lambda", &["get-function", "--function-name", "probe"]),
    )
    .unwrap();
    assert_eq!(function["Configuration"]["MemorySize"], 3008);

    // Large enough to be sent in parts, and fetched by ranges.
    let film: Vec<u8> = (0..20_000_000_u32)
        .map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    std::fs::write(aws.path("film.mp4"), &film).unwrap();
    aws.succeeds(
        "s3",
        &[
            "cp",
            &aws.path("film.mp4"),
            "s3://kinora/films/film.mp4",
            "--no-progress",
        ],
    );
    aws.succeeds(
        "s3",
        &[
            "cp",
            "s3://kinora/films/film.mp4",
            &aws.path("back.mp4"),
            "--no-progress",
        ],
    );
    assert!(std::fs::read(aws.path("back.mp4")).unwrap() == film);
    assert!(std::fs::read(aws.emulator.data().join("s3/kinora/films/film.mp4")).unwrap() == film);
    let list = aws.succeeds("s3", &["ls", "s3://kinora/films/"]);
    assert!(list.trim_end().ends_with(" 20000000 film.mp4"), "{list}");
    let head: Value = serde_json::from_str(&aws.succeeds(
        "s3api",
        &[
            "head-object",
            "--bucket",
            "kinora",
            "--key",
            "films/film.mp4",
        ],
    ))
    .unwrap();
    assert_eq!(
        (head["ContentLength"].as_u64(), head["ContentType"].as_str()),
        (Some(20_000_000), Some("video/mp4"))
    );
    assert!(head["ETag"].as_str().unwrap().ends_with("-3\""), "{head}");

    let url = aws.succeeds(
        "s3",
        &[
            "presign",
            "s3://kinora/films/film.mp4",
            "--expires-in",
            "60",
        ],
    );
    let target = url
        .trim()
        .split_once(&aws.emulator.endpoints().s3.to_string())
        .unwrap()
        .1
        .to_owned();
    let mut anybody = s3(&aws.emulator);
    anybody.access_key = String::new();
    assert!(anybody.send("GET", &target, &[], &[]).unwrap().body == film);

    aws.succeeds("s3", &["rm", "s3://kinora/", "--recursive"]);
    assert_eq!(
        aws.succeeds("s3", &["ls", "s3://kinora/", "--recursive"]),
        ""
    );
    let absent = aws.fails("s3api", &["list-objects-v2", "--bucket", "no-such-bucket"]);
    assert!(absent.contains("(NoSuchBucket)"), "{absent}");
}

#[test]
fn boto3_is_served() {
    let install = "make a virtual environment with boto3 (`scripts/ci-tools DIR`) \
                   and name its Python by KINORA_BOTO3_PYTHON";
    let Some(python) = tool(
        "KINORA_BOTO3_PYTHON",
        "python3",
        &["-c", "import boto3"],
        install,
    ) else {
        return;
    };
    let emulator = start();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/foreign.py");
    let output = command(&python, &emulator).arg(script).output().unwrap();
    let (out, error) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}{error}");
    assert_eq!(out.lines().last(), Some("all is well"), "{out}{error}");
}
