//! Projects that are not part of the function.

use std::io::Cursor;

use kinora_emulator::{FaultPlan, RequestFault, RequestRule};
use kinora_project::Bundle;
use serde_json::{Value, json};

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

/// The archive of the studio's project, with its list changed.
fn changed(studio: &Studio, contents: bool, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let bundle = studio.bundle();
    let mut list = serde_json::to_value(&bundle).unwrap();
    change(&mut list);
    let list: Bundle = serde_json::from_value(list).unwrap();
    // A list that was read has no contents; those of the project stand in the bucket.
    let list = match contents {
        true => bundle,
        false => list,
    };
    list.write(Cursor::new(Vec::new()), contents)
        .unwrap()
        .into_inner()
}

#[test]
fn bundles_that_cannot_be_used_are_refused() {
    let studio = Studio::new();
    let scratch = studio.root().join("scratch");
    std::fs::create_dir(&scratch).unwrap();
    let mut options = options(&studio);
    options.function.env.remove("KINORA_PROJECT");
    let place = ("TMPDIR".to_owned(), scratch.display().to_string());
    options.function.env.extend([place]);
    let cloud = Cloud::start(options);
    let good = changed(&studio, true, |_| {});
    let list = |change: &dyn Fn(&mut Value)| changed(&studio, false, change);
    let file = |list: &Value| list["files"]["src/project.tsx"].clone();
    let long = "n".repeat(300);
    let damaged = "it is not a bundle or is damaged";
    let out = "leads out of its folder";
    let way = "is in the way of another of its files, or no name";
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("cut", good[..good.len() / 2].to_vec(), damaged),
        ("text", b"{}".to_vec(), damaged),
        ("nothing", Vec::new(), damaged),
        (
            "newer",
            list(&|list| list["format"] = json!(7)),
            "the bundle has format 7",
        ),
        (
            "above",
            list(&|list| list["files"]["../../x"] = file(list)),
            out,
        ),
        (
            "absolute",
            list(&|list| list["files"]["/tmp/x"] = file(list)),
            out,
        ),
        (
            "link",
            list(&|list| list["links"]["public/x"] = json!("../../etc")),
            out,
        ),
        ("root", list(&|list| list["root"] = json!("../..")), out),
        (
            "project",
            list(&|list| list["project"] = json!("/etc/hostname")),
            out,
        ),
        ("long", list(&|list| list["files"][&long] = file(list)), way),
        (
            "below",
            list(&|list| list["files"]["src/project.tsx/x"] = file(list)),
            way,
        ),
        (
            "linked",
            list(&|list| list["links"]["src"] = json!("public")),
            way,
        ),
        (
            "many",
            list(&|list| {
                let file = file(list);
                let names = (0..200_000).map(|number| (format!("many/{number}"), file.clone()));
                list["files"].as_object_mut().unwrap().extend(names);
            }),
            "are the most that so small a one may hold",
        ),
    ];
    let asked = |name: &str, what: &str| {
        let project = format!("{name}.kinora");
        let (status, body) = cloud.ask(json!({"jobId": "a", "numWorkers": 2, "project": project}));
        assert_eq!(status, 400, "{name}: {body:#}");
        assert_eq!(body["fault"]["field"], "project");
        assert!(
            body["error"].as_str().unwrap().contains(what),
            "{name}: {body:#}"
        );
    };
    cloud.put("absent.kinora", changed(&studio, false, |_| {}));
    asked("absent", "cannot be had");
    // From here on, whatever a list names could be had.
    cloud.upload("good.kinora", &studio.bundle());
    for (name, archive, what) in cases {
        cloud.put(&format!("{name}.kinora"), archive);
        asked(name, what);
    }
    assert!(cloud.keys("kinora/jobs").is_empty());
    let mut left = Vec::new();
    for folder in std::fs::read_dir(&scratch).unwrap() {
        let folder = folder.unwrap().path();
        assert_eq!(folder.file_name().unwrap(), "kinora-projects");
        left.extend(
            std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path()),
        );
    }
    assert_eq!(left, Vec::<std::path::PathBuf>::new());
    let (status, body) =
        cloud.ask(json!({"jobId": "a", "numWorkers": 1, "project": "good.kinora"}));
    assert_eq!(status, 200, "{body:#}");
}

#[test]
fn a_bucket_that_does_not_answer_is_not_the_bundle_s_fault() {
    let studio = Studio::new();
    let mut options = options(&studio);
    let content = RequestRule::from(RequestFault::InternalError).method("GET");
    options.faults = FaultPlan::default().request(content.key("contents/"));
    options.function.env.remove("KINORA_PROJECT");
    let cloud = Cloud::start(options);
    cloud.upload("list.kinora", &studio.bundle());
    let (status, body) =
        cloud.ask(json!({"jobId": "a", "numWorkers": 1, "project": "list.kinora"}));
    assert_eq!(status, 500, "{body:#}");
    assert_eq!(body["fault"]["kind"], "passing", "{body:#}");
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
