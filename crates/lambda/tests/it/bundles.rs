//! Projects that are not part of the function.

use std::io::Cursor;

use kinora_project::Bundle;
use serde_json::json;

use crate::cloud::{Cloud, Studio, options};

fn cloud(studio: &Studio) -> Cloud {
    let mut options = options(studio);
    options.function.env.remove("KINORA_PROJECT");
    Cloud::start(options)
}

#[test]
fn one_function_renders_any_bundled_project() {
    let studio = Studio::new();
    let cloud = cloud(&studio);
    let bundle = studio.bundle();
    let whole = bundle
        .write(Cursor::new(Vec::new()), true)
        .unwrap()
        .into_inner();
    cloud.put("videos/whole.kinora", whole);
    let (sent, _) = cloud.upload("videos/list.kinora", &bundle);
    assert_eq!(sent, bundle.contents().len() as u64);
    assert_eq!(
        cloud.upload("videos/list.kinora", &bundle),
        (0, 0),
        "it stands already"
    );

    let variables = json!({"seconds": 3});
    let local = studio.render(variables.clone(), None);
    for (job, project) in [
        ("a", "videos/whole.kinora"),
        ("b", "s3://films/videos/list.kinora"),
        ("c", "videos/list.kinora"),
    ] {
        let (status, body) = cloud.ask(json!({
            "jobId": job, "numWorkers": 2, "project": project, "variables": variables,
        }));
        assert_eq!(status, 200, "{body:#}");
        assert!(
            cloud.get(&format!("{job}.mp4")).unwrap() == local,
            "{project}"
        );
    }
}

#[test]
fn a_single_frame_is_drawn_into_the_bucket() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let ask = |more: serde_json::Value| {
        let mut event = json!({"jobType": "still", "variables": {"seconds": 3}});
        event
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        cloud.ask(event)
    };
    let (status, body) = ask(json!({"jobId": "poster", "frame": 30}));
    assert_eq!(status, 200, "{body:#}");
    assert_eq!(body["frame"], 30);
    let picture = cloud.get("poster.png").unwrap();
    assert_eq!(body["bytes"], picture.len());
    assert_eq!(picture[..4], *b"\x89PNG");
    // The same frame by its time, as another kind of file.
    let more = json!({"jobId": "b", "time": 1, "outputKey": "stills/b.jpg",
        "settings": {"quality": 70}});
    let (status, body) = ask(more);
    assert_eq!(status, 200, "{body:#}");
    assert_eq!(body["frame"], 30);
    assert_eq!(cloud.get("stills/b.jpg").unwrap()[..3], [0xff, 0xd8, 0xff]);
    for (more, wanted) in [
        (
            json!({"jobId": "c", "frame": 100_000}),
            "there is no frame 100000",
        ),
        (json!({"jobId": "c", "outputKey": "c.mp4"}), "`c.mp4`"),
        (
            json!({"jobId": "c", "settings": {"crf": 20}}),
            "`crf` means nothing",
        ),
    ] {
        let (status, body) = ask(more);
        assert_eq!(status, 500, "{body:#}");
        let error = body["error"].as_str().unwrap();
        assert!(error.contains(wanted), "{error}");
    }
    assert!(cloud.get("c.png").is_none());
}

#[test]
fn bundles_that_cannot_be_used_are_refused() {
    let studio = Studio::new();
    let cloud = cloud(&studio);
    let good = studio
        .bundle()
        .write(Cursor::new(Vec::new()), true)
        .unwrap()
        .into_inner();
    let newer = {
        // The list stands first in the archive, as it is; its numbers may be changed.
        let list = studio.bundle();
        let text = serde_json::to_string(&list)
            .unwrap()
            .replace("\"format\":1", "\"format\":7");
        let list: Bundle = serde_json::from_str(&text).unwrap();
        list.write(Cursor::new(Vec::new()), true)
            .unwrap()
            .into_inner()
    };
    cloud.put("cut.kinora", good[..good.len() / 2].to_vec());
    cloud.put("newer.kinora", newer);
    cloud.put("text.kinora", b"{}".to_vec());
    let absent = studio
        .bundle()
        .write(Cursor::new(Vec::new()), false)
        .unwrap()
        .into_inner();
    cloud.put("absent.kinora", absent);
    for (project, what) in [
        ("cut.kinora", "it is not a bundle or is damaged"),
        ("text.kinora", "it is not a bundle or is damaged"),
        ("newer.kinora", "the bundle has format 7"),
        ("absent.kinora", "cannot be had"),
    ] {
        let (status, body) = cloud.ask(json!({"jobId": "a", "numWorkers": 2, "project": project}));
        assert_eq!(status, 400, "{body:#}");
        assert_eq!(body["fault"]["field"], "project");
        assert!(body["error"].as_str().unwrap().contains(what), "{body:#}");
    }
    assert!(cloud.keys("kinora/jobs").is_empty());
}

#[test]
fn without_a_project_the_event_has_to_name_one() {
    let studio = Studio::new();
    let cloud = cloud(&studio);
    let (status, body) = cloud.ask(json!({"jobId": "a", "numWorkers": 2}));
    assert_eq!(status, 400);
    assert!(
        body["error"]
            .as_str()
            .unwrap()
            .starts_with("`project` is missing"),
        "{body:#}"
    );
}
