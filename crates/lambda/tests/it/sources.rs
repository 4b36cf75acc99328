//! Large sources, of which workers read what they show.

use std::fs;

use kinora_emulator::{CallFault, CallRule, Enforce, FaultPlan};
use serde_json::{Value, json};

use crate::{
    cloud::{Cloud, Studio, options},
    server::{Manner, Server},
};

/// More than a file that is brought whole has.
const LARGE: usize = 40 << 20;

/// The studio's clip with so much behind it that it is a large file.
fn film(studio: &Studio) -> Vec<u8> {
    let mut film = fs::read(studio.root().join("public/clip.mp4")).unwrap();
    let mut free = vec![0; LARGE];
    free[..4].copy_from_slice(&(LARGE as u32).to_be_bytes());
    free[4..8].copy_from_slice(b"free");
    film.extend(free);
    film
}

/// A studio whose clip is behind a URL, and a cloud that may read there.
fn remote(server: &Server) -> (Studio, Cloud) {
    let studio = Studio::new();
    let source = fs::read_to_string(studio.root().join("src/project.tsx")).unwrap();
    let url = server.url("/film.mp4?signature=x");
    studio.write("src/project.tsx", &source.replace("/clip.mp4", &url));
    let mut options = options(&studio);
    let env = &mut options.function.env;
    env.insert("KINORA_ALLOW_URLS".to_owned(), server.url("/"));
    (studio, Cloud::start(options))
}

fn event(job: &str, more: Value) -> Value {
    let mut event = json!({"jobId": job, "numWorkers": 4, "variables": {"seconds": 4}});
    for (name, value) in more.as_object().unwrap() {
        event[name] = value.clone();
    }
    event
}

#[test]
fn workers_read_a_large_film_where_it_is() {
    let plain = Studio::new();
    let local = plain.render(json!({"seconds": 4}), None);
    let film = film(&plain);
    let server = Server::start(&[("/film.mp4", film.clone())]);
    let (_studio, cloud) = remote(&server);
    let (status, body) = cloud.ask(event("there", json!({})));
    assert_eq!(status, 200, "{body:#}");
    assert!(cloud.get("there.mp4").unwrap() == local);
    assert_eq!(cloud.keys("kinora/assets"), Vec::<String>::new());
    let sent = server.sent();
    assert!(sent < film.len() as u64 / 4, "{sent} of {}", film.len());
    let asked = server.requests();
    let parts = |headers: &std::collections::HashMap<String, String>| {
        headers.contains_key("if-range") && headers.contains_key("range")
    };
    let parts = asked
        .iter()
        .filter(|request| parts(&request.headers))
        .count();
    assert!(parts >= 4, "every worker asks for its parts: {parts}");

    // Or it goes through the bucket, from which each reads its parts.
    let (status, body) = cloud.ask(event("copied", json!({"copySources": true})));
    assert_eq!(status, 200, "{body:#}");
    assert!(cloud.get("copied.mp4").unwrap() == local);
    let keys = cloud.keys("kinora/assets");
    assert_eq!(keys.len(), 1, "{keys:?}");
    assert!(cloud.get(&keys[0]).unwrap() == film);
}

#[test]
fn a_film_that_changes_during_the_job_ends_it() {
    let server = Server::start(&[("/film.mp4", film(&Studio::new()))]);
    let (_studio, cloud) = remote(&server);
    for (job, manner, reason) in [
        (
            "changes",
            Manner::ChangesAfter(3),
            "it changed while it was used",
        ),
        (
            "expires",
            Manner::ExpiresAfter(3),
            "a signed URL may have expired",
        ),
    ] {
        server.behave(manner);
        let before = cloud.emulator.records().len();
        let (status, body) = cloud.ask(event(job, json!({})));
        assert_eq!(status, 500, "{body:#}");
        let error = body["error"].as_str().unwrap();
        assert!(error.contains(&server.url("/film.mp4")), "{error}");
        assert!(error.contains(reason), "{error}");
        assert!(cloud.get(&format!("{job}.mp4")).is_none());
        let calls = cloud.emulator.records().len();
        assert!(
            calls > before + 1,
            "it is a worker that finds it: {calls} calls"
        );
    }
}

#[test]
fn a_coordinator_that_reaches_more_than_its_workers_copies() {
    let plain = Studio::new();
    let film = film(&plain);
    let server = Server::start(&[("/film.mp4", film)]);
    let (studio, cloud) = remote(&server);
    // The address is of this machine only, and this process may read there.
    let variables = json!({"seconds": 4});
    cloud.make(&studio, "copied", 2, variables.clone()).unwrap();
    assert!(studio.film() == plain.render(variables, None));
    assert_eq!(cloud.keys("kinora/assets").len(), 1);
}

#[test]
fn a_large_file_of_the_bucket_needs_no_room_in_a_worker() {
    let studio = Studio::new();
    let local = studio.render(json!({"seconds": 4}), None);
    let film = film(&studio);
    fs::write(studio.root().join("public/clip.mp4"), &film).unwrap();
    let mut options = options(&studio);
    let small = |worker: u64| {
        let rule = CallRule::from(CallFault::FullTmp(LARGE as u64 / 4));
        rule.event("/workerId", worker)
    };
    let plan = (0..4).fold(FaultPlan::default(), |plan, worker| {
        plan.call(small(worker))
    });
    options.faults = plan;
    options.limits.files = Enforce::WherePossible;
    let cloud = Cloud::start(options);
    let (status, body) = cloud.ask(event("film", json!({})));
    assert_eq!(status, 200, "{body:#}");
    assert!(cloud.get("film.mp4").unwrap() == local);
    let full = |record: &kinora_emulator::Record| !record.faults.is_empty();
    let workers = cloud
        .emulator
        .records()
        .iter()
        .filter(|it| full(it))
        .count();
    assert!(workers > 1, "{workers}");
    assert_eq!(body["workers"], workers, "each had a small disk");
}
