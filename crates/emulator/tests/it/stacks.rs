//! Stacks, logs and identities, as the `aws` command asks for them.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use kinora_emulator::{ActionFault, ActionRule, Emulator, EmulatorOptions, FaultPlan};
use serde_json::Value;

use crate::stage::options;
use crate::tools::{command, tool};

/// The template that Kinora is deployed by.
const TEMPLATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/template.json");

struct Aws {
    program: PathBuf,
    emulator: Emulator,
}

impl Aws {
    fn new(faults: FaultPlan) -> Option<Self> {
        let program = tool(
            "KINORA_AWS",
            "aws",
            &["--version"],
            "apt-get install awscli",
        )?;
        let emulator = Emulator::start(EmulatorOptions {
            faults,
            ..options()
        });
        Some(Self {
            program,
            emulator: emulator.unwrap(),
        })
    }

    /// What the command prints, or why it failed.
    fn run(&self, service: &str, arguments: &[&str]) -> Result<Value, String> {
        let endpoints = self.emulator.endpoints();
        let url = match service {
            "s3api" => endpoints.s3_url(),
            _ => endpoints.lambda_url(),
        };
        let output = command(&self.program, &self.emulator)
            .args(["--endpoint-url", &url, "--output", "json", service])
            .args(arguments)
            .output()
            .unwrap();
        match output.status.success() {
            true => Ok(serde_json::from_slice(&output.stdout).unwrap_or_default()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }

    fn good(&self, service: &str, arguments: &[&str]) -> Value {
        let done = self.run(service, arguments);
        done.unwrap_or_else(|error| panic!("aws {service} {arguments:?}: {error}"))
    }

    /// Waits for a state in which the emulator is no longer at the stack.
    fn settled(&self, stack: &str) -> Value {
        let begun = Instant::now();
        loop {
            let told = self.good(
                "cloudformation",
                &["describe-stacks", "--stack-name", stack],
            );
            let told = told["Stacks"][0].clone();
            let status = told["StackStatus"].as_str().unwrap();
            if !status.ends_with("_IN_PROGRESS") {
                return told;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "{told}");
        }
    }

    fn create(&self, parameters: &[(&str, &str)]) -> String {
        let body = format!("file://{TEMPLATE}");
        let fixed = [
            "create-stack",
            "--stack-name",
            "films",
            "--template-body",
            &body,
        ];
        let parameters: Vec<String> = parameters
            .iter()
            .map(|(name, value)| format!("ParameterKey={name},ParameterValue={value}"))
            .collect();
        let mut all = [
            &fixed[..],
            &["--capabilities", "CAPABILITY_IAM", "--parameters"],
        ]
        .concat();
        all.extend(parameters.iter().map(String::as_str));
        let told = self.good("cloudformation", &all);
        told["StackId"].as_str().unwrap().to_owned()
    }
}

/// A zip of the probe, in the bucket.
fn send_code(aws: &Aws) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("code.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let mode = zip::write::SimpleFileOptions::default().unix_permissions(0o755);
    zip.start_file("bootstrap", mode).unwrap();
    let probe = env!("CARGO_BIN_EXE_kinora-emulator-probe");
    write!(zip, "#!/bin/sh\nexec {probe}\n").unwrap();
    zip.finish().unwrap();
    let path = path.display().to_string();
    let put = [
        "put-object",
        "--bucket",
        "kinora",
        "--key",
        "code.zip",
        "--body",
        &path,
    ];
    aws.good("s3api", &put);
}

const CODE: [(&str, &str); 3] = [
    ("Name", "films"),
    ("CodeBucket", "kinora"),
    ("CodeKey", "code.zip"),
];

#[test]
fn a_stack_makes_a_function_that_can_be_called() {
    let Some(aws) = Aws::new(FaultPlan::default()) else {
        return;
    };
    send_code(&aws);
    let identity = aws.good("sts", &["get-caller-identity"]);
    assert_eq!(identity["Account"], "123456789012");
    let id = aws.create(&CODE);
    let told = aws.settled("films");
    assert_eq!(told["StackStatus"], "CREATE_COMPLETE", "{told}");
    let outputs = told["Outputs"].as_array().unwrap();
    let output = |name: &str| {
        let found = outputs.iter().find(|output| output["OutputKey"] == name);
        found.unwrap()["OutputValue"].as_str().unwrap().to_owned()
    };
    let bucket = output("BucketName");
    assert!(bucket.starts_with("films-bucket-"), "{bucket}");

    let function = aws.good(
        "lambda",
        &["get-function-configuration", "--function-name", "films"],
    );
    assert_eq!(
        (&function["PackageType"], &function["MemorySize"]),
        (&"Zip".into(), &3008.into())
    );
    assert_eq!(
        function["Environment"]["Variables"]["REVIDEO_BUCKET_NAME"],
        bucket.as_str()
    );
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("event"), r#"{"do":"echo"}"#).unwrap();
    let event = format!("fileb://{}", folder.path().join("event").display());
    let out = folder.path().join("answer").display().to_string();
    let invoke = [
        "invoke",
        "--function-name",
        "films",
        "--payload",
        &event,
        &out,
    ];
    aws.good("lambda", &invoke);
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(text.contains("echo"), "{text}");
    let lines = aws.good(
        "logs",
        &[
            "filter-log-events",
            "--log-group-name",
            &output("LogGroupName"),
            "--filter-pattern",
            "REPORT",
        ],
    );
    assert_eq!(lines["events"].as_array().unwrap().len(), 1, "{lines}");
    let rules = aws.good(
        "s3api",
        &["get-bucket-lifecycle-configuration", "--bucket", &bucket],
    );
    assert_eq!(rules["Rules"][0]["Expiration"]["Days"], 3, "{rules}");
    let account = aws.good("lambda", &["get-account-settings"]);
    assert_eq!(account["AccountLimit"]["ConcurrentExecutions"], 10);

    let again = aws.run(
        "cloudformation",
        &[
            "create-stack",
            "--stack-name",
            "films",
            "--template-body",
            "{}",
        ],
    );
    assert!(again.unwrap_err().contains("(AlreadyExistsException)"));
    aws.good("cloudformation", &["delete-stack", "--stack-name", "films"]);
    // By its id a stack is known for good.
    assert_eq!(aws.settled(&id)["StackStatus"], "DELETE_COMPLETE");
    let gone = aws.run(
        "cloudformation",
        &["describe-stacks", "--stack-name", "films"],
    );
    assert!(gone.unwrap_err().contains("(ValidationError)"));
    assert_eq!(aws.emulator.functions(), ["probe"]);
    assert_eq!(aws.emulator.buckets(), ["kinora"]);
}

#[test]
fn a_bucket_that_is_not_empty_stays() {
    let Some(aws) = Aws::new(FaultPlan::default()) else {
        return;
    };
    aws.create(&[("Name", "films")]);
    assert_eq!(aws.settled("films")["StackStatus"], "CREATE_COMPLETE");
    let buckets = aws.emulator.buckets();
    let bucket = buckets
        .iter()
        .find(|name| name.starts_with("films-"))
        .unwrap();
    aws.good("s3api", &["put-object", "--bucket", bucket, "--key", "a"]);
    aws.good("cloudformation", &["delete-stack", "--stack-name", "films"]);
    assert_eq!(aws.settled("films")["StackStatus"], "DELETE_FAILED");
    let events = aws.good(
        "cloudformation",
        &["describe-stack-events", "--stack-name", "films"],
    );
    assert!(
        events
            .to_string()
            .contains("The bucket you tried to delete is not empty"),
        "{events}"
    );
    aws.good(
        "s3api",
        &["delete-object", "--bucket", bucket, "--key", "a"],
    );
    aws.good("cloudformation", &["delete-stack", "--stack-name", "films"]);
    let begun = Instant::now();
    while aws.emulator.buckets().len() > 1 {
        assert!(begun.elapsed() < Duration::from_secs(60));
    }
}

#[test]
fn what_is_refused_is_refused_in_aws_s_words() {
    let rule = |fault: ActionFault, action: &str| ActionRule::from(fault).action(action);
    let faults = FaultPlan::default()
        .action(rule(ActionFault::Denied, "cloudformation:DescribeStacks"))
        .action(rule(ActionFault::Denied, "logs:FilterLogEvents"))
        .action(rule(ActionFault::Denied, "s3:ListBucket"))
        .action(rule(ActionFault::ExpiredToken, "sts:").times(1))
        .action(rule(ActionFault::UnknownKey, "sts:"))
        .action(rule(ActionFault::UnknownKey, "lambda:GetAccountSettings"))
        .action(rule(ActionFault::Denied, "lambda:CreateFunction"));
    let Some(aws) = Aws::new(faults) else {
        return;
    };
    let refused = |service: &str, arguments: &[&str], code: &str| {
        let error = aws.run(service, arguments).unwrap_err();
        assert!(error.contains(&format!("({code})")), "{error}");
        error
    };
    let error = refused(
        "cloudformation",
        &["describe-stacks", "--stack-name", "x"],
        "AccessDenied",
    );
    let words = "User: arn:aws:iam::123456789012:user/emulator is not authorized to perform: cloudformation:DescribeStacks";
    assert!(error.contains(words), "{error}");
    refused(
        "logs",
        &["filter-log-events", "--log-group-name", "x"],
        "AccessDeniedException",
    );
    refused(
        "s3api",
        &["list-objects-v2", "--bucket", "kinora"],
        "AccessDenied",
    );
    refused("sts", &["get-caller-identity"], "ExpiredToken");
    refused("sts", &["get-caller-identity"], "InvalidClientTokenId");
    refused(
        "lambda",
        &["get-account-settings"],
        "UnrecognizedClientException",
    );

    send_code(&aws);
    let id = aws.create(&CODE);
    let begun = Instant::now();
    let failed = loop {
        let told = aws.good(
            "cloudformation",
            &["describe-stack-events", "--stack-name", &id],
        );
        let text = told.to_string();
        if text.contains("\"ROLLBACK_COMPLETE\"") {
            break text;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{text}");
    };
    assert!(
        failed.contains("is not authorized to perform: lambda:CreateFunction"),
        "{failed}"
    );
    assert_eq!(aws.emulator.buckets(), ["kinora"]);
    let asked = aws.emulator.actions();
    assert!(asked.contains(&"iam:PassRole".to_owned()), "{asked:?}");
}
