//! Parts that a caller asks for itself, as programs do that know Revideo's example.

use std::{fs, process::Command};

use serde_json::{Value, json};

use crate::cloud::{Cloud, Studio, options};

fn part(cloud: &Cloud, worker: u64, workers: u64) -> Value {
    let (status, body) = cloud.ask(json!({
        "jobType": "partialRender", "jobId": "parts", "workerId": worker, "numWorkers": workers,
        "variables": {"seconds": 5},
    }));
    assert_eq!(status, 200, "{body:#}");
    body
}

#[test]
fn parts_meet_to_the_frame_and_to_the_sample() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let workers = 4;
    let mut sound = Vec::new();
    let mut list = String::new();
    let folder = tempfile::tempdir().unwrap();
    let mut next = 0;
    for worker in 0..workers {
        let body = part(&cloud, worker, workers);
        assert!(
            body["audioUrl"]
                .as_str()
                .unwrap()
                .contains(&format!("parts-audio-{worker}.wav"))
        );
        assert_eq!(body["frames"][0], next);
        next = body["frames"][1].as_u64().unwrap();
        let url = body["videoUrl"].as_str().unwrap();
        let video = ureq::get(url)
            .call()
            .unwrap()
            .body_mut()
            .read_to_vec()
            .unwrap();
        let name = format!("{worker}.mp4");
        fs::write(folder.path().join(&name), video).unwrap();
        list.push_str(&format!("file '{name}'\n"));
        let wave = cloud.get(&format!("parts-audio-{worker}.wav")).unwrap();
        sound.extend_from_slice(&wave[44..]);
    }
    assert_eq!(next, 151);
    // Sixteen bits of two channels for each of 151 frames' 1600 samples.
    assert_eq!(sound.len(), 151 * 1600 * 4);
    part(&cloud, 0, 1);
    let whole = cloud.get("parts-audio-0.wav").unwrap();
    assert!(
        sound == whole[44..],
        "the parts' sound is the whole's, sample for sample"
    );

    fs::write(folder.path().join("list"), list).unwrap();
    let joined = Command::new("ffmpeg")
        .args([
            "-v",
            "error",
            "-f",
            "concat",
            "-i",
            "list",
            "-c",
            "copy",
            "joined.mp4",
        ])
        .current_dir(folder.path())
        .status();
    assert!(joined.unwrap().success());
    let counted = Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-count_frames",
            "-show_entries",
            "stream=nb_read_frames",
        ])
        .args(["-of", "csv=p=0", "joined.mp4"])
        .current_dir(folder.path())
        .output();
    assert_eq!(
        String::from_utf8(counted.unwrap().stdout).unwrap().trim(),
        "151"
    );
}
