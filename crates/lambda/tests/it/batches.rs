//! Many films of one project, each with variables of its own.

use serde_json::{Value, json};

use crate::cloud::{Cloud, Studio, options};

/// Four seconds that all films have in common, and then a text.
const CARD: &str = r#"
import {Rect, Txt, makeScene2D} from '@revideo/2d';
import {createRef, makeProject, useScene, waitFor} from '@revideo/core';

const scene = makeScene2D('scene', function* (view) {
  const message = useScene().variables.get('message', 'Hello')();
  if (message === 'Bad') throw new Error('no such card');
  const box = createRef<Rect>();
  view.add(<Rect ref={box} size={60} x={-100} fill={'#e13238'} />);
  yield* box().x(100, 4);
  view.add(<Txt fontSize={40} fill={'white'} text={message} />);
  yield* waitFor(1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
"#;

fn card() -> Studio {
    let studio = Studio::new();
    studio.write("src/project.tsx", CARD);
    studio
}

/// The answers of a batch's rows.
fn rows(body: &Value) -> &Vec<Value> {
    body["rows"].as_array().unwrap()
}

#[test]
fn rows_share_what_they_have_in_common() {
    let studio = card();
    let cloud = Cloud::start(options(&studio));
    let (status, body) = cloud.ask(json!({
        "jobType": "batch", "jobId": "all", "numWorkers": 4,
        "outputKey": "films/{message}.mp4",
        "rows": [{"message": "One"}, {"message": "Two"}, {"message": "Three"}],
    }));
    assert_eq!(status, 200, "{body:#}");
    assert_eq!(body["failed"], 0, "{body:#}");
    for (row, message) in rows(&body).iter().zip(["One", "Two", "Three"]) {
        assert_eq!(row["status"], 200);
        assert_eq!(row["key"], format!("s3://films/films/{message}.mp4"));
        let film = cloud.get(&format!("films/{message}.mp4")).unwrap();
        let local = studio.render(json!({"message": message}), None);
        assert!(film == local, "{message}");
    }
    // What shows no message is rendered once.
    let cached: Vec<&Value> = rows(&body)
        .iter()
        .map(|row| &row["segments"]["cached"])
        .collect();
    assert_eq!(cached, [0, 2, 2], "{body:#}");
    let sum = |name: &str| {
        let counts = rows(&body).iter().map(|row| row["segments"][name].as_u64());
        counts.map(Option::unwrap).sum::<u64>()
    };
    for name in ["total", "rendered", "cached"] {
        assert_eq!(body["segments"][name], sum(name), "{name}");
    }
    // Nothing of the workers' parts is left.
    let left = cloud.keys("kinora/jobs");
    assert!(
        !left.iter().any(|key| key.contains("/rendered/")),
        "{left:?}"
    );
    let told = cloud.wait_for("kinora/jobs/all/progress.json", |told| {
        told["stage"] == "done"
    });
    assert_eq!(told["rows"], json!({"total": 3, "done": 3, "failed": 0}));
    assert!(told["costSoFar"].as_f64().unwrap() > 0.0, "{told:#}");
    // The same again finds the films.
    let (_, again) = cloud.ask(json!({
        "jobType": "batch", "jobId": "all", "numWorkers": 4,
        "outputKey": "films/{message}.mp4",
        "rows": [{"message": "One"}, {"message": "Two"}, {"message": "Three"}],
    }));
    assert!(
        rows(&again).iter().all(|row| row["reused"] == true),
        "{again:#}"
    );
}

#[test]
fn a_row_that_fails_does_not_stop_the_others() {
    let studio = card();
    let cloud = Cloud::start(options(&studio));
    let (status, body) = cloud.ask(json!({
        "jobType": "batch", "jobId": "some", "numWorkers": 2,
        "rows": [{"message": "One"}, {"message": "Bad"}, {"message": "Two"}],
    }));
    assert_eq!(status, 200, "{body:#}");
    assert_eq!(body["failed"], 1, "{body:#}");
    let statuses: Vec<&Value> = rows(&body).iter().map(|row| &row["status"]).collect();
    assert_eq!(statuses, [200, 500, 200]);
    assert_eq!(rows(&body)[1]["jobId"], "some-0002");
    assert_eq!(rows(&body)[1]["fault"]["kind"], "project", "{body:#}");
    assert!(cloud.get("some/1.mp4").is_some() && cloud.get("some/3.mp4").is_some());
    assert_eq!(cloud.get("some/2.mp4"), None);
}

#[test]
fn a_batch_is_cancelled_as_a_whole() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    std::thread::scope(|scope| {
        let made = scope.spawn(|| {
            let row = |number: u64| json!({"seconds": 60, "message": number.to_string()});
            cloud.ask(json!({
                "jobType": "batch", "jobId": "stop", "numWorkers": 2,
                "settings": {"preset": "slow"}, "rows": (0..4).map(row).collect::<Vec<_>>(),
            }))
        });
        cloud.wait_for("kinora/jobs/stop-0001/progress.json", |told| {
            told["stage"] == "render"
        });
        cloud.put("kinora/jobs/stop/cancel", b"cancel".to_vec());
        let (status, body) = made.join().unwrap();
        assert_eq!(status, 500, "{body:#}");
        assert_eq!(body["fault"]["kind"], "cancelled");
    });
    let told = cloud.wait_for("kinora/jobs/stop/progress.json", |told| {
        told["stage"] == "cancelled"
    });
    assert_eq!(told["rows"]["total"], 4);
}
