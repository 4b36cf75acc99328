//! Files from the network.

use std::time::Duration;

use crate::{
    server::{Manner, Server},
    studio::{Studio, interrupt},
};

fn studio(url: &str) -> Studio {
    Studio::scene(&format!(
        "  view.add(<Video src={{'{url}'}} size={{['100%', '100%']}} play={{true}} />);\n  yield* waitFor(0.5);"
    ))
}

fn clip() -> Vec<u8> {
    let studio = Studio::scene("");
    std::fs::read(studio.make_clip("clip.mp4", 30)).unwrap()
}

fn statuses(server: &Server) -> Vec<u16> {
    server
        .requests()
        .iter()
        .map(|request| request.status)
        .collect()
}

#[test]
fn a_file_from_a_url_is_what_the_local_file_is() {
    let server = Server::start(&[("/a/clip.mp4", clip())]);
    let remote = studio(&server.url("/moved/a/clip.mp4"));
    remote.render(&["-o", "film.mp4"]).good();
    assert_eq!(statuses(&server), [302, 206]);
    let local = studio("/clip.mp4");
    local.make_clip("clip.mp4", 30);
    local.render(&["-o", "film.mp4"]).good();
    assert!(remote.bytes("film.mp4") == local.bytes("film.mp4"));

    // The next run asks only whether the file has changed.
    assert_eq!(remote.figures(&["-o", "film.mp4"])["cacheHits"], 1);
    assert_eq!(statuses(&server), [302, 304]);
    // A run without the cache leaves nothing behind.
    remote.render(&["--no-cache"]).good();
    assert_eq!(statuses(&server), [302, 206]);
    assert!(remote.leftovers().is_empty());
}

#[test]
fn a_download_that_breaks_off_goes_on_where_it_was() {
    let bytes = clip();
    let server = Server::start(&[("/clip.mp4", bytes.clone())]);
    let studio = studio(&server.url("/clip.mp4"));
    server.behave(Manner::BreaksOff(bytes.len() / 2 + 1));
    studio.render(&[]).good();
    let requests = server.requests();
    let ranges: Vec<Option<&str>> = requests
        .iter()
        .map(|request| request.headers.get("range").map(String::as_str))
        .collect();
    let range = format!("bytes={}-", bytes.len() / 2 + 1);
    assert_eq!(ranges, [Some("bytes=0-524287"), Some(range.as_str())]);

    let studio = self::studio(&server.url("/clip.mp4"));
    server.behave(Manner::BreaksOffOnceWithoutParts);
    studio.render(&[]).good();
    assert_eq!(statuses(&server), [200, 200]);
}

#[test]
fn a_server_that_is_gone_leaves_the_copy_of_an_earlier_run() {
    let mut server = Server::start(&[("/clip.mp4", clip())]);
    let url = server.url("/clip.mp4");
    let studio = studio(&url);
    studio.render(&[]).good();
    server.stop();
    let told = studio.render(&[]).good();
    let start = format!("warning: `{url}` could not be checked for changes (");
    let end = "); the copy of an earlier run is used\n";
    assert!(
        told.err.starts_with(&start) && told.err.ends_with(end),
        "{}",
        told.err
    );
}

#[test]
fn an_answer_that_is_no_file_is_told_with_its_status() {
    let server = Server::start(&[]);
    let url = server.url("/clip.mp4");
    let told = studio(&url).render(&[]);
    assert_eq!(told.code, Some(1));
    assert!(told.err.contains(&url), "{}", told.err);
    assert!(
        told.err.contains("the server answered 404 Not Found"),
        "{}",
        told.err
    );
    assert_eq!(statuses(&server), [404]);

    server.behave(Manner::Status(503));
    let told = studio(&url).render(&[]);
    assert_eq!(told.code, Some(1));
    assert!(
        told.err
            .contains("the server answered 503 Service Unavailable"),
        "{}",
        told.err
    );
    assert_eq!(statuses(&server).len(), 5);
}

#[test]
fn a_page_instead_of_a_clip_is_told() {
    let server = Server::start(&[("/clip.mp4", b"<html>Sign in</html>".to_vec())]);
    let url = server.url("/clip.mp4");
    let told = studio(&url).render(&[]);
    assert_eq!(told.code, Some(1));
    let message = format!("`{url}` is not a picture, video or sound file");
    assert!(told.err.contains(&message), "{}", told.err);
}

#[test]
fn ctrl_c_does_not_wait_for_a_silent_server() {
    let server = Server::start(&[("/clip.mp4", clip())]);
    server.behave(Manner::Silent);
    let studio = studio(&server.url("/clip.mp4"));
    let child = studio.start(&["render", "src/project.tsx", "--progress", "none"]);
    std::thread::sleep(Duration::from_millis(500));
    interrupt(child);
    assert!(studio.leftovers().is_empty());
}

#[test]
fn the_hello_project_takes_urls() {
    let server = Server::start(&[("/clip.mp4", clip())]);
    let studio = Studio::scene("");
    let hello = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../examples/hello/src/project.tsx"
    );
    let variable = |name: &str| format!("{name}={}", server.url("/clip.mp4"));
    let (video, audio) = (variable("video"), variable("audio"));
    let fixed = [
        "render",
        hello,
        "--progress",
        "none",
        "--preset",
        "ultrafast",
    ];
    let small = ["--size", "160x90", "--range", "0:1.5", "-o", "hello.mp4"];
    let variables = ["--var", &video, "--var", &audio];
    studio
        .run(&[&fixed[..], &small, &variables].concat())
        .good();
    assert_eq!(statuses(&server), [206]);
    let info = kinora_media::probe(&studio.path("hello.mp4")).unwrap();
    assert!((info.duration - 1.5).abs() < 1e-3, "{}", info.duration);
}
