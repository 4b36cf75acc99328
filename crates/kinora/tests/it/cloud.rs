//! Films by functions: `kinora lambda …` and `kinora bundle`, against the emulator that
//! the command itself brings.

use std::{
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::studio::{LONG, Outcome, Studio, ctrl_c, interrupt, outcome};

/// Two segments and a bit, with a clip that has sound.
const SCENE: &str = "
  const text = useScene().variables.get('message', 'Hello')();
  view.add(<Video src={'/clip.mp4'} size={['100%', '100%']} play={true} />);
  view.add(<Txt text={text} fill={'white'} fontSize={30} />);
  yield* waitFor(5);";

/// `kinora lambda emulate`, and the variables that it prints.
pub struct Cloud {
    child: Option<Child>,
    variables: Vec<(String, String)>,
}

impl Cloud {
    pub fn start(studio: &Studio, args: &[&str]) -> Self {
        let fixed = ["lambda", "emulate", "--port", "0", "--no-limits"];
        let mut child = studio.start(&[&fixed, args].concat());
        let mut variables = Vec::new();
        let lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
        for line in lines.map(Result::unwrap) {
            if line.contains("Ctrl-C") {
                break;
            }
            if let Some((name, value)) = line
                .strip_prefix("export ")
                .and_then(|line| line.split_once('='))
            {
                variables.push((name.to_owned(), value.to_owned()));
            }
        }
        assert!(variables.len() > 4, "{variables:?}");
        Self {
            child: Some(child),
            variables,
        }
    }

    pub fn command(&self, studio: &Studio, args: &[&str]) -> Command {
        let mut command = studio.command(args);
        command.envs(self.variables.iter().cloned());
        command
    }

    pub fn run(&self, studio: &Studio, args: &[&str]) -> Outcome {
        outcome(self.command(studio, args))
    }

    /// `kinora lambda render` with these arguments.
    fn render(&self, studio: &Studio, args: &[&str]) -> Outcome {
        let fixed = ["lambda", "render", "src/project.tsx"];
        let how = ["--preset", "ultrafast", "--progress", "none"];
        self.run(studio, &[&fixed[..], &how, args].concat())
    }

    /// The same as [`Self::run`], left to itself.
    fn spawn(&self, studio: &Studio, args: &[&str]) -> Child {
        let mut command = self.command(studio, args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    /// Ends it; what it said of the calls.
    fn end(mut self) -> String {
        let output = ctrl_c(self.child.take().unwrap());
        String::from_utf8(output.stderr).unwrap()
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        if let Some(child) = self.child.take() {
            ctrl_c(child);
        }
    }
}

pub fn studio() -> Studio {
    let studio = Studio::scene(SCENE);
    studio.make_clip("clip.mp4", 60);
    studio
}

#[test]
fn functions_make_the_film_of_a_local_render() {
    let studio = studio();
    let cloud = Cloud::start(&studio, &[]);
    let fixed = ["--function", "kinora", "--workers", "3", "--keep-parts"];
    let args = [&fixed[..], &["-o", "cloud.mp4"]].concat();
    let more = ["--var", "message=Hi", "--stats", "stats.json"];
    let told = cloud.render(&studio, &[&args[..], &more].concat()).good();
    assert_eq!((told.out.as_str(), told.err.as_str()), ("", ""));
    studio
        .render(&["--var", "message=Hi", "-o", "local.mp4"])
        .good();
    assert!(studio.bytes("cloud.mp4") == studio.bytes("local.mp4"));
    let stats: Value = serde_json::from_slice(&studio.bytes("stats.json")).unwrap();
    assert_eq!(stats["frames"], 151);
    assert_eq!(stats["segments"]["rendered"], 3);
    assert!(stats["estimatedCostUsd"].as_f64().unwrap() > 0.0);
    // The same command finds the segments where they stand.
    let told = cloud.run(
        &studio,
        &[
            &["lambda", "render", "src/project.tsx", "--var", "message=Hi"][..],
            &["--progress", "plain", "--preset", "ultrafast"],
            &args,
        ]
        .concat(),
    );
    let told = told.good();
    assert!(
        told.err.contains("made cloud.mp4: 151 frames"),
        "{}",
        told.err
    );
    assert!(told.err.contains("by 0 functions"), "{}", told.err);
    let calls = cloud.end();
    assert_eq!(calls.matches(": success in ").count(), 3, "{calls}");
    assert_eq!(studio.leftovers(), Vec::<PathBuf>::new());
}

#[test]
fn a_plan_is_told_before_anything_is_paid() {
    let studio = studio();
    let cloud = Cloud::start(&studio, &["--concurrency", "2", "--memory", "1769"]);
    let dry = ["--function", "kinora", "--dry-run"];
    let told = cloud
        .render(&studio, &[&dry[..], &["--workers", "3"]].concat())
        .good();
    assert!(
        told.out
            .starts_with("workers    seconds    dollars\n      1  "),
        "{}",
        told.out
    );
    assert!(told.out.contains("  <  2 waves of 2\n"), "{}", told.out);
    assert!(told.out.contains("\nwith 3008 MB: "), "{}", told.out);
    assert!(told.out.contains(" frames; 1769 MB each; "), "{}", told.out);
    let told = cloud
        .render(
            &studio,
            &[&dry[..], &["--json", "--max-cost", "1"]].concat(),
        )
        .good();
    let plan: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(
        (&plan["segments"], &plan["atOnce"]),
        (&Value::from(3), &Value::from(2))
    );
    assert_eq!(plan["notes"], Value::Null);
    // Another's prices.
    let mut prices: Value =
        serde_json::from_str(include_str!("../../../lambda/prices.json")).unwrap();
    prices["source"] = "ours".into();
    prices["classes"][0]["gbSecond"]["x86_64"] = 1.into();
    prices["classes"][0]["gbSecond"]["arm64"] = 1.into();
    studio.write("prices.json", &prices.to_string());
    let dear = ["--json", "--workers", "1", "--prices", "prices.json"];
    let told = cloud.render(&studio, &[&dry[..], &dear].concat()).good();
    let plan: Value = serde_json::from_str(&told.out).unwrap();
    assert!(plan["usd"].as_f64().unwrap() > 0.5, "{plan:#}");
    assert!(
        plan["prices"].as_str().unwrap().starts_with("ours, "),
        "{plan:#}"
    );
    prices["model"]["startSeconds"] = (-1).into();
    studio.write("prices.json", &prices.to_string());
    let told = cloud.render(&studio, &[&dry[..], &dear].concat());
    assert_eq!(told.code, Some(2));
    assert_eq!(
        told.err,
        "error: no prices in `prices.json`: `model.startSeconds` must be a number of at least 0, got `-1`\n"
    );
    assert!(
        !cloud.end().contains(": success in "),
        "no function was called"
    );
}

#[test]
fn an_aim_chooses_the_functions_or_is_refused() {
    let studio = studio();
    let cloud = Cloud::start(&studio, &[]);
    let fixed = ["--function", "kinora"];
    let told = cloud.render(&studio, &[&fixed[..], &["--deadline", "0.1s"]].concat());
    assert_eq!(told.code, Some(1));
    assert!(
        told.err
            .starts_with("error: `deadline` of 0.1 s cannot be met: "),
        "{}",
        told.err
    );
    let aim = [
        "--deadline",
        "10m",
        "--max-cost",
        "1",
        "--stats",
        "stats.json",
    ];
    cloud.render(&studio, &[&fixed[..], &aim].concat()).good();
    let stats: Value = serde_json::from_slice(&studio.bytes("stats.json")).unwrap();
    assert_eq!(stats["foreseen"]["workers"], stats["workers"]);
    studio.render(&["-o", "local.mp4"]).good();
    assert!(studio.bytes("out.mp4") == studio.bytes("local.mp4"));
}

#[test]
fn a_plan_needs_no_account() {
    let studio = studio();
    let told = outcome({
        let mut command = studio.command(&["lambda", "render", "src/project.tsx"]);
        command.args(["--preset", "ultrafast", "--function", "kinora", "--dry-run"]);
        command.env("AWS_EC2_METADATA_DISABLED", "true");
        command
    });
    let told = told.good();
    assert!(
        told.out
            .contains("\nAWS was not asked about `kinora`: no AWS "),
        "{}",
        told.out
    );
}

#[test]
fn faults_can_be_tried() {
    let studio = studio();
    studio.write(
        "faults.json",
        r#"{"calls": [{"fault": {"kill": {"before_request": 2}}, "times": 1}]}"#,
    );
    let cloud = Cloud::start(&studio, &["--faults", "faults.json", "--seed", "7"]);
    let args = [
        "--function",
        "kinora",
        "--workers",
        "3",
        "--stats",
        "stats.json",
    ];
    cloud.render(&studio, &args).good();
    studio.render(&["-o", "local.mp4"]).good();
    assert!(studio.bytes("out.mp4") == studio.bytes("local.mp4"));
    let stats: Value = serde_json::from_slice(&studio.bytes("stats.json")).unwrap();
    assert_eq!(stats["retries"], 1);
    let calls = cloud.end();
    assert_eq!(calls.matches(", faults: ").count(), 1, "{calls}");

    studio.write("faults.json", r#"{"calls": [{"fault": "gremlins"}]}"#);
    let told = studio.run(&[
        "lambda",
        "emulate",
        "--port",
        "0",
        "--faults",
        "faults.json",
    ]);
    assert_eq!(told.code, Some(2));
    assert!(
        told.err.starts_with(
            "error: no faults can be injected\n  because: `faults.json` is no plan of faults: "
        ),
        "{}",
        told.err
    );
}

#[test]
fn a_project_is_one_file() {
    let studio = studio();
    let bundle = ["bundle", "src/project.tsx"];
    let told = studio
        .run(&[&bundle[..], &["-o", "one.kinora"]].concat())
        .good();
    assert!(told.err.starts_with("made one.kinora: "), "{}", told.err);
    studio
        .run(&[&bundle[..], &["-o", "two.kinora"]].concat())
        .good();
    assert!(studio.bytes("one.kinora") == studio.bytes("two.kinora"));
    // In a bucket, and named by an event.
    let cloud = Cloud::start(&studio, &[]);
    let place = ["--bucket", "kinora", "--key", "mine.kinora"];
    let first = cloud
        .run(&studio, &[&bundle[..], &place].concat())
        .good()
        .err;
    assert!(
        first.starts_with("stored s3://kinora/mine.kinora: "),
        "{first}"
    );
    assert!(!first.contains(" 0 of them sent"), "{first}");
    let again = cloud
        .run(&studio, &[&bundle[..], &place].concat())
        .good()
        .err;
    assert!(again.contains(" 0 of them sent (0.0 MB)"), "{again}");
    studio
        .run(&[&bundle[..], &["--bucket", "kinora"]].concat())
        .refused("--key");
}

#[test]
fn jobs_are_looked_at_and_stopped() {
    let studio = Studio::scene(LONG);
    let cloud = Cloud::start(&studio, &[]);
    let fixed = [
        ["lambda", "render", "src/project.tsx"],
        ["--size", "1280x720", "--preset=veryslow"],
    ];
    let fixed = fixed.concat();
    let how = [
        "--function",
        "kinora",
        "--workers",
        "2",
        "--job",
        "mine",
        "--progress",
        "none",
    ];
    let status = || cloud.run(&studio, &["lambda", "status", "mine"]);
    let told = status();
    told.fault(2, "there is no job `mine` in the bucket `kinora`");
    let mut child = cloud.spawn(&studio, &[&fixed[..], &how].concat());
    let progress = loop {
        let told = status();
        if told.code == Some(0) && told.out.contains("\"render\"") {
            break serde_json::from_str::<Value>(&told.out).unwrap();
        }
        assert!(child.try_wait().unwrap().is_none(), "it is over: {told:?}");
        thread::sleep(Duration::from_millis(100));
    };
    assert!(progress["totalFrames"].as_u64().unwrap() > 3600);
    cloud.run(&studio, &["lambda", "cancel", "mine"]).good();
    let output = child.wait_with_output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert_eq!(error, "error: the job was cancelled\n");
    assert!(status().good().out.contains("\"cancelled\""));
    assert!(!studio.path("out.mp4").exists());

    // Ctrl-C stops the command as well.
    let unnamed = [&fixed[..], &how[..4], &["--progress", "none"]].concat();
    let child = cloud.spawn(&studio, &unnamed);
    thread::sleep(Duration::from_millis(1500));
    let output = interrupt(child);
    assert_eq!(output.stderr, b"error: interrupted\n");
    assert!(!studio.path("out.mp4").exists());
    cloud.end();
    assert_eq!(studio.leftovers(), Vec::<PathBuf>::new());
}

#[test]
fn what_is_missing_in_the_cloud_is_named() {
    let studio = studio();
    let cloud = Cloud::start(&studio, &["--function", "mine"]);
    let told = cloud.render(&studio, &["--function", "yours"]);
    assert_eq!(told.code, Some(2), "{told:#?}");
    assert!(told.err.contains("`yours`"), "{}", told.err);
    let told = cloud.render(&studio, &["--function", "mine", "--bucket", "elsewhere"]);
    assert_eq!(told.code, Some(2), "{told:#?}");
    assert!(told.err.contains("`elsewhere`"), "{}", told.err);
    cloud
        .render(&studio, &["--function", "mine", "--workers", "0"])
        .refused("--workers");
    cloud
        .render(&studio, &["--function", "mine", "--job", "a/b"])
        .refused("--job");
    let told = cloud.render(&studio, &["--function", "mine", "-o", "out.avi"]);
    assert_eq!(told.code, Some(2), "{told:#?}");
    let calls = cloud.end();
    assert!(!calls.contains(" in "), "nothing was called: {calls}");

    let args = [
        "lambda",
        "render",
        "src/project.tsx",
        "--function",
        "kinora",
        "--progress",
        "none",
    ];
    let told = studio.run(&[&args[..], &["--bucket", "kinora"]].concat());
    assert_eq!(told.code, Some(2), "{told:#?}");
    assert!(told.err.contains("AWS"), "{}", told.err);
    let mut command = studio.command(&["lambda", "status", "mine"]);
    command.env("AWS_REGION", "us-east-1");
    outcome(command).fault(
        2,
        "no bucket: neither --bucket nor REVIDEO_BUCKET_NAME is given",
    );
    for name in ["out.mp4", "out.avi"] {
        assert!(!studio.path(name).exists());
    }
    let told = studio.run(&["lambda", "emulate", "--port", "0", "no-such.tsx"]);
    assert_eq!(told.code, Some(1), "{told:#?}");
    assert!(told.err.contains("no-such.tsx"), "{}", told.err);
}
