//! From nothing to a film in the cloud and back to nothing: `kinora lambda deploy`, `doctor`,
//! `logs`, `cost`, `policy` and `destroy`, against an emulator in which there is nothing yet.

use std::{
    io::{Read as _, Write as _},
    process::{Command, Stdio},
};

use kinora_emulator::{ActionFault, ActionRule, Emulator, EmulatorOptions, FaultPlan, Limits};
use serde_json::Value;

use crate::studio::{Outcome, Studio, outcome};

const SCENE: &str = "view.add(<Rect size={60} fill={'teal'} />);\n  yield* waitFor(3);";

/// An account with nothing in it.
struct Account {
    studio: Studio,
    emulator: Emulator,
    variables: Vec<(String, String)>,
}

impl Account {
    fn new(options: EmulatorOptions) -> Self {
        let studio = Studio::scene(SCENE);
        let emulator = Emulator::start(EmulatorOptions {
            deployed: false,
            buckets: Vec::new(),
            limits: Limits::OFF,
            ..options
        });
        let emulator = emulator.unwrap();
        let account = Self {
            variables: emulator.environment(),
            studio,
            emulator,
        };
        account.make_zip("function.zip", "");
        account
    }

    fn failing(faults: &[(ActionFault, &str)]) -> Self {
        let rules = faults
            .iter()
            .map(|(fault, action)| ActionRule::from(fault.clone()).action(action));
        Self::new(EmulatorOptions {
            faults: rules.fold(FaultPlan::default(), FaultPlan::action),
            ..EmulatorOptions::default()
        })
    }

    /// The command under test as a function: Lambda would get a program that stands alone.
    fn make_zip(&self, name: &str, note: &str) {
        let mut zip = zip::ZipWriter::new(std::fs::File::create(self.studio.path(name)).unwrap());
        let options = zip::write::SimpleFileOptions::default().unix_permissions(0o755);
        zip.start_file("bootstrap", options).unwrap();
        let kinora = env!("CARGO_BIN_EXE_kinora");
        write!(zip, "#!/bin/sh\n# {note}\nexec {kinora} lambda serve\n").unwrap();
        zip.finish().unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.studio.command(&[&["lambda"], args].concat());
        command
            .envs(self.variables.iter().cloned())
            .stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Outcome {
        outcome(self.command(args))
    }

    fn deploy(&self, more: &[&str]) -> Outcome {
        self.run(&[&["deploy", "--zip", "function.zip"], more].concat())
    }

    /// The bucket that there is.
    fn bucket(&self) -> String {
        let mut buckets = self.emulator.buckets();
        assert_eq!(buckets.len(), 1, "{buckets:?}");
        buckets.remove(0)
    }

    fn is_empty(&self) -> bool {
        self.emulator.buckets().is_empty() && self.emulator.functions().is_empty()
    }

    /// Whether a command's message has all of these in it.
    fn fails(&self, args: &[&str], words: &[&str]) {
        let told = self.run(args);
        assert_eq!(told.code, Some(2), "{told:#?}");
        for word in words {
            assert!(
                told.err.contains(word) || told.out.contains(word),
                "no `{word}`: {told:#?}"
            );
        }
    }
}

#[test]
fn from_nothing_to_a_film_and_back() {
    let mut account = Account::new(EmulatorOptions::default());
    account.fails(
        &["doctor"],
        &[
            "there is no function `kinora` in `us-east-1`",
            "kinora lambda deploy",
        ],
    );

    let plan = account.deploy(&["--dry-run"]).good();
    for word in [
        "there is no stack `kinora`",
        "made       Bucket (S3::Bucket)",
        "WriteItsLog",
        "unused it costs nothing but",
    ] {
        assert!(plan.out.contains(word), "no `{word}`: {}", plan.out);
    }
    account.fails(
        &["deploy", "--zip", "function.zip"],
        &["nobody is there to confirm it: say `--yes`"],
    );
    assert!(account.is_empty());

    let told = account.deploy(&["--yes"]).good();
    let bucket = account.bucket();
    let export = format!("\n  export AWS_REGION=us-east-1 REVIDEO_BUCKET_NAME={bucket}\n");
    assert!(told.out.contains(&export), "{}", told.out);
    assert!(
        told.err
            .contains("CREATE_COMPLETE Function (Lambda::Function)"),
        "{}",
        told.err
    );
    assert_eq!(account.emulator.functions(), ["kinora"]);
    account
        .variables
        .push(("REVIDEO_BUCKET_NAME".to_owned(), bucket.clone()));

    let again = account.deploy(&["--yes"]).good();
    assert!(
        again.out.contains("nothing is to be changed"),
        "{}",
        again.out
    );
    assert!(!again.err.contains("_COMPLETE"), "{}", again.err);

    let doctor = account.run(&["doctor"]).good();
    for word in [
        "good  version",
        "good  bucket",
        "good  lifecycle    jobs' parts go after 3 days",
        "note  concurrency  10 calls",
    ] {
        assert!(doctor.out.contains(word), "no `{word}`: {}", doctor.out);
    }

    let render = [
        "render",
        "src/project.tsx",
        "--function",
        "kinora",
        "--workers",
        "2",
        "--job",
        "first",
    ];
    let how = [
        "-o",
        "cloud.mp4",
        "--preset",
        "ultrafast",
        "--progress",
        "none",
    ];
    account.run(&[&render[..], &how].concat()).good();
    account.studio.render(&["-o", "local.mp4"]).good();
    assert!(account.studio.bytes("cloud.mp4") == account.studio.bytes("local.mp4"));

    let other = [
        "render",
        "src/project.tsx",
        "--function",
        "other",
        "--progress",
        "none",
    ];
    account.fails(&other, &["there is no function `other`", "in `us-east-1`"]);

    let link = account.run(&["link", "cloud.mp4"]).good();
    let mut film = Vec::new();
    let got = ureq::get(link.out.trim()).call().unwrap();
    got.into_body()
        .into_reader()
        .read_to_end(&mut film)
        .unwrap();
    assert!(film == account.studio.bytes("cloud.mp4"));

    let logs = account.run(&["logs", "first"]).good();
    assert_eq!(
        logs.out.matches("REPORT RequestId").count(),
        2,
        "{}",
        logs.out
    );
    assert!(
        logs.out.contains("job first: 1 segments of 0..1"),
        "{}",
        logs.out
    );
    let none = account.run(&["logs", "second", "--json"]).good();
    assert_eq!(none.out, "");
    let cost = account.run(&["cost", "first", "--json"]).good();
    let cost: Value = serde_json::from_str(&cost.out).unwrap();
    assert_eq!(
        (&cost["stage"], &cost["workers"]),
        (&"done".into(), &2.into())
    );
    assert!(cost["costUsd"].as_f64().unwrap() > 0.0, "{cost}");

    let changed = account
        .deploy(&["--yes", "--memory", "1769", "--bucket-days", "30"])
        .good();
    assert!(
        changed.out.contains("MemorySize: 3008 → 1769"),
        "{}",
        changed.out
    );
    assert!(changed.out.contains("left alone Role"), "{}", changed.out);
    // What is not said stays as it is.
    let again = account.deploy(&["--yes"]).good();
    assert!(
        again.out.contains("nothing is to be changed"),
        "{}",
        again.out
    );
    account.make_zip("function.zip", "another version");
    let other = account.deploy(&["--yes"]).good();
    assert!(
        other.out.contains("sent       the function's zip"),
        "{}",
        other.out
    );
    let zips = account.emulator.objects(&bucket);
    assert_eq!(
        zips.iter()
            .filter(|(key, _)| key.starts_with("kinora/code/"))
            .count(),
        1,
        "{zips:?}"
    );

    account.fails(
        &["destroy"],
        &["nobody is there", "goes with 1 films", "objects"],
    );
    let gone = account.run(&["destroy", "--yes"]).good();
    assert!(gone.out.ends_with("removed\n"), "{}", gone.out);
    assert!(account.is_empty());
    let again = account.run(&["destroy", "--yes"]).good();
    assert!(
        again.out.contains("nothing is to be removed"),
        "{}",
        again.out
    );

    // All of that is in the policies for who deploys and for who renders.
    let policies = ["deploy", "render"].map(|who| account.run(&["policy", who]).good().out);
    let policy = policies.concat();
    let free = ["sts:GetCallerIdentity"];
    let asked = account.emulator.actions().into_iter();
    let missing: Vec<String> = asked
        .filter(|action| {
            !free.contains(&action.as_str()) && !policy.contains(&format!("\"{action}\""))
        })
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn the_bucket_can_be_kept() {
    let account = Account::new(EmulatorOptions::default());
    account.deploy(&["--yes", "--stack", "films"]).good();
    let bucket = account.bucket();
    assert!(bucket.starts_with("films-bucket-"), "{bucket}");
    let told = account
        .run(&["destroy", "--stack", "films", "--keep-bucket", "--yes"])
        .good();
    assert!(told.out.contains("stays with 0 films"), "{}", told.out);
    assert!(told.err.contains("DELETE_SKIPPED Bucket "), "{}", told.err);
    assert_eq!(account.bucket(), bucket);
    assert!(account.emulator.functions().is_empty());
}

#[test]
fn a_deployment_that_failed_is_taken_up_again() {
    // The role cannot be made once: the first stack comes to nothing.
    let denied = ActionRule::from(ActionFault::Denied)
        .action("iam:CreateRole")
        .times(1);
    // Then the function cannot.
    let failed = ActionRule::from(ActionFault::Fail("no".to_owned()))
        .action("lambda:CreateFunction")
        .times(1);
    let account = Account::new(EmulatorOptions {
        faults: FaultPlan::default().action(denied).action(failed),
        ..EmulatorOptions::default()
    });
    account.fails(
        &["deploy", "--zip", "function.zip", "--yes"],
        &[
            "may not `iam:CreateRole`",
            r#"{"Effect":"Allow","Action":"iam:CreateRole","Resource":"*"}"#,
            "kinora lambda policy deploy",
            "CREATE_FAILED Role",
        ],
    );
    assert!(account.is_empty());
    account.fails(
        &["deploy", "--zip", "function.zip", "--yes"],
        &[
            "came to nothing (ROLLBACK_COMPLETE)",
            "because of its `Function`",
            "sending the function's zip",
        ],
    );
    // The bucket stands, and the zip in it is not sent again.
    let told = account.deploy(&["--yes"]).good();
    assert!(
        told.out
            .contains("back at what it was before a change that failed"),
        "{}",
        told.out
    );
    assert!(
        told.out.contains("left alone the function's zip"),
        "{}",
        told.out
    );
    assert_eq!(account.emulator.functions(), ["kinora"]);
}

#[test]
fn a_new_account_s_limits_are_told_with_their_ways_out() {
    let account = Account::new(EmulatorOptions::default());
    account.fails(
        &[
            "deploy",
            "--zip",
            "function.zip",
            "--memory",
            "5000",
            "--yes",
        ],
        &["at most 3008 MB", "`--memory 3008`"],
    );
    account.fails(
        &[
            "deploy",
            "--zip",
            "function.zip",
            "--memory",
            "3008",
            "--concurrency",
            "5",
            "--yes",
        ],
        &["without `--concurrency`", "Service Quotas"],
    );
    account
        .deploy(&["--yes", "--memory", "3008", "--concurrency", "0"])
        .good();
}

#[test]
fn first_errors_name_their_ways_out() {
    let expired = Account::failing(&[(ActionFault::ExpiredToken, "sts:")]);
    expired.fails(
        &["deploy", "--zip", "function.zip"],
        &["credentials have expired", "aws sso login"],
    );
    let unknown = Account::failing(&[(ActionFault::UnknownKey, "sts:")]);
    unknown.fails(
        &["doctor"],
        &["wrong credentials", "AWS does not know this access key"],
    );
    let denied = Account::failing(&[(ActionFault::Denied, "cloudformation:DescribeStacks")]);
    denied.fails(
        &["deploy", "--zip", "function.zip"],
        &["may not `cloudformation:DescribeStacks`"],
    );
    denied.fails(&["destroy"], &["may not `cloudformation:DescribeStacks`"]);

    let account = Account::failing(&[
        (ActionFault::Denied, "lambda:InvokeFunction"),
        (ActionFault::Denied, "lambda:GetAccountSettings"),
    ]);
    let mut nobody = account.command(&["doctor"]);
    nobody
        .env_remove("AWS_ACCESS_KEY_ID")
        .env("AWS_EC2_METADATA_DISABLED", "true");
    let told = outcome(nobody);
    assert_eq!(told.code, Some(2), "{told:#?}");
    assert!(
        told.out
            .contains("wrong credentials  no AWS credentials are set"),
        "{told:#?}"
    );
    let mut nowhere = account.command(&["deploy", "--zip", "function.zip"]);
    nowhere
        .env_remove("AWS_REGION")
        .env_remove("AWS_DEFAULT_REGION")
        .env("AWS_EC2_METADATA_DISABLED", "true");
    let told = outcome(nowhere);
    assert!(told.err.contains("no AWS region is set"), "{told:#?}");

    account.deploy(&["--yes"]).good();
    account.fails(
        &["doctor"],
        &[
            "note  concurrency",
            "may not `lambda:GetAccountSettings`",
            "wrong version",
            "may not `lambda:InvokeFunction`",
            "kinora lambda policy render",
        ],
    );
    let bucket = account.bucket();
    let render = [
        "render",
        "src/project.tsx",
        "--bucket",
        &bucket,
        "--progress",
        "none",
        "--function",
    ];
    account.fails(
        &[&render[..], &["kinora"]].concat(),
        &["may not `lambda:InvokeFunction`"],
    );
    let elsewhere = ["doctor", "--region", "eu-west-1"];
    account.fails(
        &elsewhere,
        &["there is no function `kinora` in `eu-west-1`"],
    );
    account.fails(
        &["logs", "--region", "eu-west-1"],
        &["there is no log `/aws/lambda/kinora` in `eu-west-1`"],
    );
}

#[test]
fn what_cannot_be_deployed_is_told_before_anything_is_asked() {
    let account = Account::new(EmulatorOptions::default());
    // The tests' own program needs FFmpeg's libraries.
    account.fails(
        &["deploy"],
        &[
            "so it cannot be the function as it is",
            "deploy/build-zip",
            "--image-uri",
        ],
    );
    account.fails(
        &["deploy", "--zip", "absent.zip"],
        &["cannot read `absent.zip`"],
    );
    account.fails(
        &["deploy", "--zip", "package.json"],
        &["`package.json` is not a zip"],
    );
    account
        .run(&["deploy", "--stack", "Kinora"])
        .refused("--stack");
    account
        .run(&["deploy", "--memory", "100"])
        .refused("--memory");
    account
        .run(&["deploy", "--zip", "a", "--image-uri", "b"])
        .refused("--image-uri");
    assert_eq!(account.emulator.actions(), Vec::<String>::new());
}

#[test]
fn policies_are_printed_for_all_three() {
    let account = Account::new(EmulatorOptions::default());
    let printed = |whom: &str| -> Value {
        let told = account.run(&["policy", whom]).good();
        serde_json::from_str(&told.out).unwrap()
    };
    let before = printed("render").to_string();
    assert!(before.contains("arn:aws:s3:::BUCKET/*"), "{before}");
    account.deploy(&["--yes"]).good();
    let arn = format!("arn:aws:s3:::{}/*", account.bucket());
    assert!(printed("render").to_string().contains(&arn));
    assert!(
        printed("function")
            .to_string()
            .contains(&format!("{}/kinora/*", arn.trim_end_matches("/*")))
    );
    assert!(
        printed("deploy")
            .to_string()
            .contains("arn:aws:cloudformation:us-east-1:123456789012:stack/kinora/*")
    );
    // Without keys there are places to fill in.
    let mut nobody = account.command(&["policy", "function", "--region", "eu-west-1"]);
    nobody
        .env_remove("AWS_ACCESS_KEY_ID")
        .env("AWS_EC2_METADATA_DISABLED", "true");
    let told = outcome(nobody).good();
    assert!(
        told.out
            .contains("arn:aws:lambda:eu-west-1:ACCOUNT:function:kinora"),
        "{}",
        told.out
    );
    assert!(told.err.contains("to be filled in"), "{}", told.err);
}
