//! Films whose workers something else starts: `kinora job` and `kinora worker`.

use std::fs;

use serde_json::Value;

use crate::{
    cloud::{Cloud, studio},
    studio::{Outcome, Studio, outcome},
};

/// Five segments, of which no two are alike.
const NINE_SECONDS: &str = "
  const disc = createRef<Circle>();
  view.add(<Circle ref={disc} size={50} fill={'red'} />);
  yield* disc().scale(3, 9);";

const HOW: [&str; 4] = ["--preset", "ultrafast", "--var", "message=Hi"];

/// `kinora job post` with these arguments; what it told.
fn post(run: impl Fn(&[&str]) -> Outcome, store: &str, workers: &str) -> Value {
    let fixed = ["job", "post", "src/project.tsx", "--job", store];
    let told = run(&[&fixed[..], &["--workers", workers], &HOW].concat()).good();
    serde_json::from_str(&told.out).unwrap()
}

fn join(run: impl Fn(&[&str]) -> Outcome, store: &str, more: &[&str]) -> Outcome {
    let fixed = ["job", "join", "src/project.tsx", "--job", store];
    let how = ["--progress", "none", "-o", "joined.mp4"];
    run(&[&fixed[..], &how, &HOW, more].concat())
}

fn local(studio: &Studio) -> Vec<u8> {
    studio
        .render(&["--var", "message=Hi", "-o", "local.mp4"])
        .good();
    studio.bytes("local.mp4")
}

#[test]
fn a_folder_is_store_enough() {
    let studio = studio();
    let run = |args: &[&str]| studio.run(args);
    let posted = post(run, "shared/job", "2");
    assert_eq!(posted["segments"], 3);
    assert_eq!(posted["runs"].as_array().unwrap().len(), 2);
    let work = |index: &str| studio.run(&["worker", "--job", "shared/job", "--index", index]);
    let told = work("1").good();
    let told: Value = serde_json::from_str(&told.out).unwrap();
    let [start, end] = [0, 1].map(|end| posted["runs"][1][end].as_u64().unwrap());
    assert_eq!(
        told["rendered"].as_array().unwrap().len() as u64,
        end - start
    );
    let status = studio.run(&["job", "status", "--job", "shared/job"]).good();
    let status: Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!(status["done"], end - start);
    assert_eq!(status["workers"][0]["done"], 0);
    // Whoever joins too early hears who is late.
    let early = join(run, "shared/job", &["--wait", "1"]);
    assert_eq!(early.code, Some(2), "{early:#?}");
    assert!(
        early.err.contains("the parts of worker `0` are not whole"),
        "{}",
        early.err
    );
    assert!(!studio.path("joined.mp4").exists());
    work("0").good();
    // The same worker again finds its part.
    let again: Value = serde_json::from_str(&work("0").good().out).unwrap();
    assert_eq!(again["rendered"].as_array().unwrap().len(), 0);
    join(run, "shared/job", &[]).good();
    assert!(studio.bytes("joined.mp4") == local(&studio));
    // Nothing of the job is left, but files that another film may use.
    let left = studio.run(&["job", "status", "--job", "shared/job"]);
    assert!(
        left.err.contains("there is no film at `shared/job/`"),
        "{}",
        left.err
    );
}

#[test]
fn more_workers_than_parts_have_nothing_to_do() {
    let studio = studio();
    post(|args| studio.run(args), "job", "40");
    let work = |index: &str| studio.run(&["worker", "--job", "job", "--index", index]);
    let told: Value = serde_json::from_str(&work("39").good().out).unwrap();
    assert_eq!(told["frames"], 0);
    work("40").fault(
        1,
        "the film was divided for `40` workers, so the last is number `39`; got `40`",
    );
}

#[test]
fn a_film_that_has_changed_is_not_joined() {
    let studio = studio();
    let run = |args: &[&str]| studio.run(args);
    post(run, "job", "1");
    let told = join(run, "job", &["--var", "message=Other"]);
    assert_eq!(told.code, Some(1), "{told:#?}");
    assert!(
        told.err.contains("the film at `job/` is another one"),
        "{}",
        told.err
    );
}

#[test]
fn a_damaged_result_is_named_and_made_anew() {
    let studio = studio();
    let run = |args: &[&str]| studio.run(args);
    post(run, "job", "1");
    let work = || studio.run(&["worker", "--job", "job", "--index", "0"]);
    work().good();
    let films = studio.path("job/kinora/jobs/job");
    let film = fs::read_dir(films)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let film = film.into_iter().find(|path| path.is_dir()).unwrap();
    fs::write(film.join("rendered/000001"), "no result").unwrap();
    let told = join(run, "job", &[]);
    assert_eq!(told.code, Some(2), "{told:#?}");
    assert!(
        told.err.contains("start worker `0` once more"),
        "{}",
        told.err
    );
    work().good();
    join(run, "job", &[]).good();
    assert!(studio.bytes("joined.mp4") == local(&studio));
}

#[test]
fn stores_and_numbers_that_are_wrong_are_refused() {
    let studio = studio();
    let told = studio.run(&["worker", "--job", "ftp://x", "--index", "0"]);
    assert!(
        told.err.contains("a store is `s3://BUCKET/PREFIX`"),
        "{}",
        told.err
    );
    let told = studio.run(&["worker", "--job", "nothing", "--index", "0"]);
    assert!(
        told.err.contains("`kinora job post` puts one there"),
        "{}",
        told.err
    );
    let told = studio.run(&["worker", "--job", "nothing"]);
    assert!(told.err.contains("which worker is this?"), "{}", told.err);
}

/// The arguments of a recipe's worker, and the variable by which its engine tells the number;
/// none where the recipe gives the number itself.
fn recipe(name: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/engines");
    let text = fs::read_to_string(format!("{folder}/{name}")).unwrap();
    if let Some((_, rest)) = text.split_once("[\"worker\"") {
        let (list, _) = rest.split_once(']').unwrap();
        return serde_json::from_str(&format!("[\"worker\"{list}]")).unwrap();
    }
    let (_, rest) = text.split_once("run: kinora worker").unwrap();
    let line = rest.lines().next().unwrap();
    let words = line.replace("${{ matrix.index }}", "INDEX");
    let words = words.split_whitespace().map(str::to_owned);
    std::iter::once("worker".to_owned()).chain(words).collect()
}

/// Each worker of one film is started as one of the recipes says.
#[test]
fn recipes_start_workers_that_make_the_film() {
    let studio = Studio::scene(NINE_SECONDS);
    let cloud = Cloud::start(&studio, &[]);
    let store = "s3://kinora/jobs/my-video";
    let run = |args: &[&str]| cloud.run(&studio, args);
    let posted = post(run, store, "5");
    assert_eq!(posted["runs"].as_array().unwrap().len(), 5, "{posted:#}");
    let engines = [
        ("kubernetes.yaml", "JOB_COMPLETION_INDEX"),
        ("cloud-run.yaml", "CLOUD_RUN_TASK_INDEX"),
        ("aws-batch.json", "AWS_BATCH_JOB_ARRAY_INDEX"),
        ("step-functions.asl.json", "AWS_BATCH_JOB_ARRAY_INDEX"),
        ("github.yml", ""),
    ];
    for (index, (name, variable)) in engines.into_iter().enumerate() {
        let number = index.to_string();
        let args = recipe(name);
        let address = |word: &String| word.contains("://BUCKET/jobs/my-video");
        assert!(args.iter().any(address), "{name}: {args:?}");
        let args = args.iter().map(|word| match word.as_str() {
            "INDEX" => number.as_str(),
            word if word.contains("://") => store,
            word => word,
        });
        let args: Vec<&str> = args.collect();
        let mut command = cloud.command(&studio, &args);
        if !variable.is_empty() {
            command.env(variable, &number);
        }
        let told = outcome(command).good();
        let told: Value = serde_json::from_str(&told.out).unwrap();
        assert_eq!(told["rendered"].as_array().unwrap().len() as u64, {
            let run = &posted["runs"][index];
            run[1].as_u64().unwrap() - run[0].as_u64().unwrap()
        });
    }
    join(run, store, &[]).good();
    assert!(studio.bytes("joined.mp4") == local(&studio));
}

/// The recipes that are JSON are so.
#[test]
fn recipes_of_aws_are_json() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/engines");
    for name in ["aws-batch.json", "step-functions.asl.json"] {
        let text = fs::read_to_string(format!("{folder}/{name}")).unwrap();
        serde_json::from_str::<Value>(&text).unwrap();
    }
}
