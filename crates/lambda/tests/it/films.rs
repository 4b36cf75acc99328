//! What a full render gives.

use serde_json::{Value, json};

use crate::cloud::{Cloud, Studio, options};

#[test]
fn any_number_of_workers_gives_the_bytes_of_a_local_render() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let variables = json!({"seconds": 9});
    let local = studio.render(variables.clone(), None);
    for workers in [1, 2, 3, 30] {
        let job = format!("job-{workers}");
        let body = cloud.render(&job, workers, variables.clone());
        let film = cloud.get(&format!("{job}.mp4")).unwrap();
        assert!(
            film == local,
            "{workers} workers: {} and {} bytes",
            film.len(),
            local.len()
        );
        assert_eq!(body["frames"], 271, "{body:#}");
        assert_eq!(body["workers"], workers.min(5));
    }
}

#[test]
fn the_answer_says_what_was_done_and_what_it_cost() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let body = cloud.render("12345", 3, json!({}));
    assert_eq!(body["key"], "s3://films/12345.mp4");
    assert_eq!(body["frames"], 181);
    assert_eq!(body["seconds"], 181.0 / 30.0);
    assert_eq!(body["bytes"], cloud.get("12345.mp4").unwrap().len());
    assert_eq!(
        body["segments"],
        json!({"total": 4, "rendered": 4, "cached": 0})
    );
    assert_eq!((&body["retries"], &body["hedges"]), (&json!(0), &json!(0)));
    assert_eq!(body["reused"], false);
    assert_eq!(body["expiresInSeconds"], 86_400);
    let wall = &body["wall"];
    for stage in ["record", "plan", "render", "join", "total"] {
        assert!(wall[stage].as_f64().unwrap() >= 0.0, "{wall}");
    }
    // What Lambda billed the three workers, and the coordinator's own time.
    let workers = cloud.emulator.records();
    let billed: f64 = workers.iter().map(|record| record.billed_gb_seconds).sum();
    let told = body["billedGbSeconds"].as_f64().unwrap();
    assert!(
        (told / billed - 1.0).abs() < 0.25,
        "told {told}, billed {billed}"
    );
    let cost = body["estimatedCostUsd"].as_f64().unwrap();
    assert!(cost > told * 0.000_016, "{body:#}");
    assert!(body["workerSeconds"]["encode"].as_f64().unwrap() > 0.0);
}

#[test]
fn the_result_is_private_and_its_url_opens_it() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let body = cloud.render("secret", 2, json!({"seconds": 2}));
    let url = body["resultUrl"].as_str().unwrap();
    let fetched = ureq::get(url)
        .call()
        .unwrap()
        .body_mut()
        .read_to_vec()
        .unwrap();
    assert!(fetched == cloud.get("secret.mp4").unwrap());
    let unsigned = url.split('?').next().unwrap();
    let refused = ureq::get(unsigned).call().unwrap_err();
    assert!(matches!(refused, ureq::Error::StatusCode(403)), "{refused}");
}

#[test]
fn parts_are_removed_unless_they_are_asked_for() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    cloud.render("gone", 2, json!({"seconds": 2}));
    let left = cloud.keys("kinora/jobs/gone");
    assert!(
        left.iter()
            .all(|key| key.ends_with(".json") && !key.ends_with("plan.json")),
        "{left:?}"
    );
    let (status, body) = cloud.ask(json!({
        "jobId": "kept", "numWorkers": 2, "keepParts": true, "variables": {"seconds": 2},
    }));
    assert_eq!(status, 200, "{body:#}");
    let left = cloud.keys("kinora/jobs/kept");
    assert!(
        left.iter().any(|key| key.contains("/rendered/")),
        "{left:?}"
    );
}

#[test]
fn settings_and_the_output_s_key_are_the_event_s() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let (status, body) = cloud.ask(json!({
        "jobId": "small", "numWorkers": 2, "outputKey": "out/small.mp4", "expiresInSeconds": 60,
        "settings": {"fps": 10, "scale": 0.5, "range": [1, 3], "crf": 40, "preset": "ultrafast"},
    }));
    assert_eq!(status, 200, "{body:#}");
    assert_eq!(body["key"], "s3://films/out/small.mp4");
    assert_eq!(body["frames"], 20);
    let film = cloud.save("out/small.mp4");
    let info = kinora_media::probe(film.path()).unwrap();
    let video = info.video.unwrap();
    assert_eq!((video.width, video.height), (160, 90));
    assert_eq!(info.duration, 2.0);
}

#[test]
fn the_answer_is_posted_where_it_is_wanted() {
    let studio = Studio::new();
    let mut options = options(&studio);
    let secret = "whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB".to_owned();
    let env = &mut options.function.env;
    env.insert("KINORA_WEBHOOK_SECRET".to_owned(), secret);
    let cloud = Cloud::start(options);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/done", listener.local_addr().unwrap());
    let heard = std::thread::spawn(move || crate::cloud::hear(&listener));
    let (status, _) = cloud.ask(json!({
        "jobId": "told", "numWorkers": 1, "webhook": url, "variables": {"seconds": 1},
    }));
    assert_eq!(status, 200);
    let (head, body) = heard.join().unwrap();
    assert!(head.contains("webhook-id: msg_told\r\n"), "{head}");
    assert!(head.contains("webhook-signature: v1,"), "{head}");
    let told: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(told["type"], "render.succeeded");
    assert_eq!(
        (&told["jobId"], &told["status"]),
        (&json!("told"), &json!("success"))
    );
    assert!(told["resultUrl"].as_str().unwrap().contains("told.mp4"));
}

#[test]
fn an_answer_that_cannot_be_posted_says_so() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    // a port that nobody listens on any more
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/done", listener.local_addr().unwrap());
    drop(listener);
    let wanted = format!("the webhook `{url}` was not told: ");
    let source = std::fs::read_to_string(studio.root().join("src/project.tsx")).unwrap();
    let broken = source.replace("const box = ", "throw new Error('no box');\n  const box = ");
    for (source, right) in [(source, 200), (broken, 500)] {
        studio.write("src/project.tsx", &source);
        let (status, body) = cloud.ask(json!({
            "jobId": format!("untold-{right}"), "numWorkers": 1, "webhook": url,
            "variables": {"seconds": 1},
        }));
        assert_eq!(status, right, "{body:#}");
        let fault = body["webhookError"].as_str().unwrap();
        assert!(fault.starts_with(&wanted), "{fault}");
    }
}

#[test]
fn workers_run_no_script_and_need_no_project() {
    let studio = Studio::new();
    let mut options = options(&studio);
    options.function.env.remove("KINORA_PROJECT");
    let cloud = Cloud::start(options);
    let variables = json!({"seconds": 3});
    let made = cloud.make(&studio, "local", 2, variables.clone()).unwrap();
    assert_eq!(made.frames, 91);
    assert!(studio.film() == studio.render(variables, None));
}

/// A scene of nothing but the clip as it is.
const UNTOUCHED: &str = r#"
import {Video, makeScene2D} from '@revideo/2d';
import {createRef, makeProject, waitFor} from '@revideo/core';

const scene = makeScene2D('scene', function* (view) {
  const video = createRef<Video>();
  yield view.add(<Video ref={video} src={'/clip.mp4'} size={['100%', '100%']} play={true} />);
  yield* waitFor(video().getDuration());
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 160, y: 90}}}});
"#;

#[test]
fn a_copied_film_has_the_bytes_of_a_local_render() {
    let studio = Studio::new();
    studio.write("src/project.tsx", UNTOUCHED);
    let cloud = Cloud::start(options(&studio));
    let local = studio.copied();
    let body = cloud.render("copied", 3, json!({}));
    assert!(cloud.get("copied.mp4").unwrap() == local);
    assert_eq!(body["workerSeconds"]["encode"], 0.0, "{body:#}");
    let encoded = studio.render(Value::Null, None);
    assert!(encoded != local, "the film is copied, not encoded");
    let (status, body) = cloud.ask(json!({
        "jobType": "fullRender", "jobId": "encoded", "numWorkers": 3, "settings": {"noCopy": true},
    }));
    assert_eq!(status, 200, "{body:#}");
    assert!(cloud.get("encoded.mp4").unwrap() == encoded);
}
