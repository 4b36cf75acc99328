//! Films that can be looked at while they are made, and films of many objects.

use std::time::Duration;

use kinora_emulator::{FaultPlan, RequestFault, RequestRule};
use serde_json::json;

use crate::cloud::{Cloud, Studio, options};

/// A function whose coordinator waits some seconds for one of the last segments.
fn slow_end(studio: &Studio) -> Cloud {
    let mut options = options(studio);
    let late = RequestRule::from(RequestFault::Delay(Duration::from_secs(6)));
    let late = late.method("GET").key("/rendered/000003").times(1);
    options.faults = FaultPlan::default().request(late);
    Cloud::start(options)
}

/// What a URL gives.
fn fetch(url: &str) -> Vec<u8> {
    let mut answer = ureq::get(url).call().unwrap();
    answer.body_mut().read_to_vec().unwrap()
}

/// The URLs that a play list names, what a player loads first before the others.
fn urls(list: &str) -> Vec<&str> {
    let first = list.lines().find_map(|line| {
        let rest = line.strip_prefix("#EXT-X-MAP:URI=\"")?;
        rest.strip_suffix('"')
    });
    let pieces = list.lines().filter(|line| !line.starts_with('#'));
    first.into_iter().chain(pieces).collect()
}

#[test]
fn a_streamed_film_is_its_pieces_and_leaves_the_film_as_it_is() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let variables = json!({"seconds": 9});
    let (status, body) = cloud.ask(json!({
        "jobId": "live", "numWorkers": 3, "variables": variables, "stream": true,
        "outputKey": "films/live.mp4",
    }));
    assert_eq!(status, 200, "{body:#}");
    assert!(cloud.get("films/live.mp4").unwrap() == studio.render(variables, None));
    // The signed list plays from anywhere, though the bucket is private.
    let list = fetch(body["streamUrl"].as_str().unwrap());
    let list = String::from_utf8(list).unwrap();
    assert!(list.contains("#EXT-X-ENDLIST"), "{list}");
    let urls = urls(&list);
    assert_eq!(urls.len(), 6, "{list}");
    let whole: Vec<u8> = urls.iter().flat_map(|url| fetch(url)).collect();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), whole).unwrap();
    let seconds = kinora_media::probe(file.path()).unwrap().duration;
    assert!((seconds - 271.0 / 30.0).abs() < 1e-3, "{seconds}");
    // The other one names the same pieces as files beside it.
    assert_eq!(body["stream"], "films/live.m3u8");
    let plain = cloud.get("films/live.m3u8").unwrap();
    let plain = String::from_utf8(plain).unwrap();
    assert!(plain.contains("\nlive-00004.m4s\n"), "{plain}");
    assert_eq!(cloud.get("films/live-00004.m4s").unwrap(), fetch(urls[5]));
    // Once it is made, URLs are signed anew.
    let (_, again) = cloud.ask(json!({
        "jobId": "live", "numWorkers": 3, "variables": {"seconds": 9}, "stream": true,
        "outputKey": "films/live.mp4",
    }));
    assert_eq!(again["reused"], true, "{again:#}");
    fetch(again["streamUrl"].as_str().unwrap());
}

#[test]
fn a_film_can_be_watched_before_it_is_whole() {
    let studio = Studio::new();
    let cloud = slow_end(&studio);
    std::thread::scope(|scope| {
        let made = scope.spawn(|| {
            cloud.ask(json!({
                "jobId": "early", "numWorkers": 2, "stream": true, "variables": {"seconds": 9},
            }))
        });
        let key = "kinora/jobs/early/progress.json";
        let told = cloud.wait_for(key, |told| told["watchUrl"].is_string());
        let list = fetch(told["watchUrl"].as_str().unwrap());
        let list = String::from_utf8(list).unwrap();
        assert!(!list.contains("#EXT-X-ENDLIST"), "{list}");
        let urls = urls(&list);
        assert!((2..6).contains(&urls.len()), "{list}");
        for url in urls {
            fetch(url);
        }
        assert_eq!(cloud.get("early.mp4"), None);
        let (status, body) = made.join().unwrap();
        assert_eq!(status, 200, "{body:#}");
    });
}

#[test]
fn a_play_list_is_a_result_as_well() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let event = json!({
        "jobId": "list", "numWorkers": 2, "outputKey": "a/list.m3u8", "variables": {"seconds": 3},
    });
    let (status, body) = cloud.ask(event.clone());
    assert_eq!(status, 200, "{body:#}");
    assert_eq!(body["key"], "s3://films/a/list.m3u8");
    let list = fetch(body["resultUrl"].as_str().unwrap());
    let list = String::from_utf8(list).unwrap();
    assert_eq!(urls(&list).len(), 3, "{list}");
    assert_eq!(cloud.ask(event).1["reused"], true);
}

#[test]
fn a_job_that_is_stopped_leaves_no_pieces() {
    let studio = Studio::new();
    let cloud = slow_end(&studio);
    std::thread::scope(|scope| {
        let made = scope.spawn(|| {
            cloud.ask(json!({
                "jobId": "half", "numWorkers": 2, "stream": true, "outputKey": "half/film.mp4",
                "variables": {"seconds": 9},
            }))
        });
        let key = "kinora/jobs/half/progress.json";
        cloud.wait_for(key, |told| told["watchUrl"].is_string());
        assert!(!cloud.keys("half").is_empty());
        cloud.put("kinora/jobs/half/cancel", b"cancel".to_vec());
        let (status, body) = made.join().unwrap();
        assert_eq!(status, 500, "{body:#}");
        assert_eq!(cloud.keys("half"), Vec::<String>::new());
    });
}

#[test]
fn frames_are_a_picture_each() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let (status, body) = cloud.ask(json!({
        "jobType": "frames", "jobId": "stills", "numWorkers": 2,
        "settings": {"range": [1, 2.5], "fps": 10},
    }));
    assert_eq!(status, 200, "{body:#}");
    assert_eq!(body["frames"], 15);
    let names: Vec<String> = (0..15).map(|n| format!("stills/{n:05}.png")).collect();
    assert_eq!(cloud.keys("stills"), names);
    let urls = body["urls"].as_array().unwrap();
    assert_eq!(urls.len(), 15);
    assert_eq!(body["resultUrl"], urls[0]);
    let last = fetch(urls[14].as_str().unwrap());
    assert!(last.starts_with(b"\x89PNG") && last == cloud.get("stills/00014.png").unwrap());
    // As one frame of the film, drawn on its own.
    let (_, still) = cloud.ask(json!({
        "jobType": "still", "jobId": "one", "time": 2.4, "settings": {"fps": 10},
    }));
    assert_eq!(fetch(still["resultUrl"].as_str().unwrap()), last);
    let (_, again) = cloud.ask(json!({
        "jobType": "frames", "jobId": "stills", "numWorkers": 2,
        "settings": {"range": [1, 2.5], "fps": 10},
    }));
    assert_eq!(again["reused"], true);
}

#[test]
fn what_cannot_be_pieces_is_refused_by_name() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    for (event, told) in [
        (
            json!({"jobType": "frames", "outputKey": "a.mp4"}),
            "`outputKey` must name pictures, such as `a/%05d.png`, got `a.mp4`",
        ),
        (
            json!({"jobType": "frames", "outputKey": "a.png"}),
            "a film becomes a picture for each frame, and `a.png` names one file",
        ),
        (
            json!({"outputKey": "a.webm", "stream": true}),
            "`stream` is for films in MP4",
        ),
    ] {
        let mut event = event;
        event["jobId"] = json!("a");
        event["numWorkers"] = json!(1);
        let (status, body) = cloud.ask(event);
        assert_eq!(status, 400, "{body:#}");
        assert!(
            body["error"].as_str().unwrap().starts_with(told),
            "{body:#}"
        );
    }
}
