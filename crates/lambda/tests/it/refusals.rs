//! What is refused before anything is spent, and how.

use kinora_emulator::Bucket;
use serde_json::json;

use crate::cloud::{BUCKET, Cloud, Studio, options, picture};

#[test]
fn wrong_events_cost_nothing() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let wrong = [
        (json!({"numWorkers": 2}), "jobId"),
        (json!({"jobId": "a", "numWorkers": 0}), "numWorkers"),
        (json!({"jobId": "../x", "numWorkers": 2}), "jobId"),
        (
            json!({"jobId": "a", "numWorkers": 2, "worker": 1}),
            "worker",
        ),
        (
            json!({"jobType": "partialRender", "jobId": "a", "numWorkers": 2, "workerId": 2}),
            "workerId",
        ),
        (
            json!({"jobId": "a", "numWorkers": 2, "settings": {"fps": "fast"}}),
            "settings.fps",
        ),
        (
            json!({"jobId": "a", "numWorkers": 2, "project": "absent.kinora"}),
            "project",
        ),
        (
            json!({"jobType": "still", "jobId": "a", "frame": 1, "time": 1}),
            "time",
        ),
        (
            json!({"jobType": "still", "jobId": "a", "time": -1}),
            "time",
        ),
        (json!("text"), "event"),
    ];
    for (event, field) in &wrong {
        let (status, body) = cloud.ask(event.clone());
        assert_eq!(status, 400, "{event}");
        assert_eq!(body["fault"]["field"], *field, "{body:#}");
        assert!(body["error"].as_str().unwrap().contains(field), "{body:#}");
    }
    assert_eq!(
        cloud.emulator.records().len(),
        wrong.len(),
        "no worker was called"
    );
    assert!(cloud.keys("").is_empty(), "nothing was written");
}

fn refused(change: impl FnOnce(&mut kinora_emulator::EmulatorOptions), what: &str) {
    let studio = Studio::new();
    let mut options = options(&studio);
    change(&mut options);
    let cloud = Cloud::start(options);
    let (status, body) = cloud.ask(json!({"jobId": "a", "numWorkers": 2}));
    assert!(status >= 400, "{body:#}");
    assert!(body["error"].as_str().unwrap().contains(what), "{body:#}");
    assert_eq!(cloud.emulator.records().len(), 1, "no worker was called");
}

#[test]
fn a_bucket_that_cannot_be_used_is_named() {
    refused(
        |options| {
            options.function.env.remove("REVIDEO_BUCKET_NAME");
        },
        "`REVIDEO_BUCKET_NAME` is not set",
    );
    refused(
        |options| {
            let name = ("REVIDEO_BUCKET_NAME".to_owned(), "absent".to_owned());
            options.function.env.extend([name]);
        },
        "there is no bucket `absent`",
    );
    refused(
        |options| {
            let bucket = Bucket {
                writable: false,
                ..Bucket::new(BUCKET)
            };
            options.buckets = vec![bucket];
        },
        "cannot store `s3://films/kinora/jobs/a/job.json`",
    );
    refused(
        |options| {
            let bucket = Bucket {
                region: Some("eu-central-1".to_owned()),
                ..Bucket::new(BUCKET)
            };
            options.buckets = vec![bucket];
        },
        "the bucket `films` lies in another region",
    );
}

#[test]
fn a_project_s_own_mistakes_are_told_with_their_place() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let source = std::fs::read_to_string(studio.root().join("src/project.tsx")).unwrap();
    studio.write(
        "src/project.tsx",
        &source.replace("const box = ", "throw new Error('no box');\n  const box = "),
    );
    let (status, body) = cloud.ask(json!({"jobId": "a", "numWorkers": 2}));
    assert_eq!(status, 500);
    assert_eq!(body["fault"]["kind"], "project");
    let error = body["error"].as_str().unwrap();
    assert!(
        error.contains("no box") && error.contains("src/project.tsx:8:"),
        "{error}"
    );
    assert_eq!(cloud.emulator.records().len(), 1, "no worker was called");
}

#[test]
fn projects_cannot_reach_what_answers_at_private_addresses() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let runtime = cloud.emulator.endpoints().lambda_url();
    let source = std::fs::read_to_string(studio.root().join("src/project.tsx")).unwrap();
    studio.write(
        "src/project.tsx",
        &source.replace("/clip.mp4", &format!("{runtime}/clip.mp4")),
    );
    let (status, body) = cloud.ask(json!({"jobId": "a", "numWorkers": 2}));
    assert_eq!(status, 500);
    let error = body["error"].as_str().unwrap();
    assert!(error.contains("not a public one"), "{error}");
}

/// Shows one file, a picture or a video.
const SHOWS: &str = r#"
import {Img, Video, makeScene2D} from '@revideo/2d';
import {makeProject, useScene} from '@revideo/core';

const scene = makeScene2D('scene', function* (view) {
  const src = useScene().variables.get('src', '')();
  view.add(src.endsWith('.png') ? <Img src={src} width={80} /> : <Video src={src} width={80} />);
  yield;
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 160, y: 90}}}});
"#;

#[test]
fn pictures_that_a_function_has_no_memory_for_are_refused() {
    let studio = Studio::new();
    studio.write("src/project.tsx", SHOWS);
    let public = |name: &str| studio.root().join("public").join(name);
    std::fs::write(public("fits.png"), picture(2048, 2048)).unwrap();
    std::fs::write(public("large.png"), picture(2048, 2049)).unwrap();
    studio.make_clip("fits.mp4", (2048, 2048), 1);
    studio.make_clip("large.mp4", (2048, 2050), 1);
    let still = |cloud: &Cloud, src: &str| {
        let variables = json!({"src": src});
        let name = src.trim_matches('/').replace('.', "-");
        cloud.ask(json!({"jobType": "still", "jobId": name, "frame": 0, "variables": variables}))
    };
    let function = |memory_mb: u32| {
        let mut options = options(&studio);
        options.function.memory_mb = memory_mb;
        Cloud::start(options)
    };
    // 128 MB are 2048 by 2048 pixels of 32 bytes.
    let small = function(128);
    for (src, size) in [("/large.png", "2048x2049"), ("/large.mp4", "2048x2050")] {
        let (status, body) = still(&small, src);
        assert_eq!(status, 500, "{body:#}");
        assert_eq!(body["fault"]["kind"], "project", "{body:#}");
        let error = body["error"].as_str().unwrap();
        let right = format!("`{src}` has {size} pixels, and at most 4194304 are decoded");
        assert!(error.contains(&right), "{error}");
        let variables = json!({"src": src});
        let (status, body) =
            small.ask(json!({"jobId": "film", "numWorkers": 2, "variables": variables}));
        assert_eq!(status, 500, "{body:#}");
        assert!(body["error"].as_str().unwrap().contains(&right), "{body:#}");
    }
    assert_eq!(small.emulator.records().len(), 4, "no worker was called");
    assert!(small.keys("kinora/jobs/film/parts").is_empty());
    for src in ["/fits.png", "/fits.mp4"] {
        let (status, body) = still(&small, src);
        assert_eq!(status, 200, "{body:#}");
    }
    let larger = function(256);
    for src in ["/large.png", "/large.mp4"] {
        let (status, body) = still(&larger, src);
        assert_eq!(status, 200, "{body:#}");
    }
}
