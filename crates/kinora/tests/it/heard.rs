//! How loud films are, and what of them is heard.

use std::process::Command;

use serde_json::{Value, json};

use crate::studio::Studio;

fn studio() -> Studio {
    let studio = Studio::scene(
        "const level = createSignal(1);
         view.add(<Video src={'/clip.mp4'} size={40} play={true} time={0.5} volume={() => level()} />);
         yield* waitFor(0.5); yield* level(0.5, 0.5); yield* waitFor(0.2);",
    );
    studio.make_clip("clip.mp4", 60);
    let source = String::from_utf8(studio.bytes("src/project.tsx")).unwrap();
    let source = source.replace(
        "createRef, makeProject",
        "createRef, createSignal, makeProject",
    );
    studio.write("src/project.tsx", &source);
    studio
}

/// The samples of a film's sound, of both channels in turn.
fn samples(studio: &Studio, more: &[&str]) -> Vec<i32> {
    let args = [
        "render",
        "src/project.tsx",
        "--progress",
        "none",
        "-o",
        "out.wav",
    ];
    studio.run(&[&args[..], more].concat()).good();
    let bytes = studio.bytes("out.wav");
    let pairs = bytes[44..].chunks_exact(2);
    pairs
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]).into())
        .collect()
}

#[test]
fn a_film_s_volume_is_one_factor() {
    let studio = studio();
    let plain = samples(&studio, &[]);
    let quiet = samples(&studio, &["--volume", "0.25"]);
    assert!(plain.iter().any(|sample| sample.abs() > 10_000));
    assert_eq!(plain.len(), quiet.len());
    for (plain, quiet) in plain.iter().zip(&quiet) {
        assert!((plain - 4 * quiet).abs() <= 3, "{plain} and {quiet}");
    }
    assert!(
        samples(&studio, &["--volume", "0"])
            .iter()
            .all(|sample| *sample == 0)
    );
    // What is too loud is taken back, with room for what lies between samples.
    let most = |more: &[&str]| {
        samples(&studio, more)
            .iter()
            .map(|sample| sample.abs())
            .max()
    };
    assert!(most(&["--volume", "10"]) > Some(32_700));
    let most = most(&["--volume", "10", "--true-peak"]);
    assert!((Some(27_000)..=Some(28_710)).contains(&most), "{most:?}");
    studio
        .run(&["render", "src/project.tsx", "--no-audio", "--volume", "2"])
        .fault(2, "`volume` means nothing to a film without sound");
    studio
        .run(&["render", "src/project.tsx", "--volume", "11"])
        .refused("--volume");
}

#[test]
fn what_is_heard_is_told() {
    let studio = studio();
    let told = studio.run(&["inspect", "src/project.tsx", "--json"]).good();
    let facts: Value = serde_json::from_str(&told.out).unwrap();
    let sounds = facts["sounds"].as_array().unwrap();
    assert_eq!(sounds.len(), 1, "{facts}");
    let sound = &sounds[0];
    assert_eq!(
        [
            &sound["name"],
            &sound["start"],
            &sound["from"],
            &sound["rate"],
            &sound["loop"]
        ],
        [
            &json!("/clip.mp4"),
            &json!(0.0),
            &json!(0.5),
            &json!(1.0),
            &Value::Null
        ]
    );
    assert!(sound["end"].as_f64() > Some(1.0));
    let points = sound["volume"].as_array().unwrap();
    assert_eq!(points[0][1], 1.0);
    assert_eq!(points.last().unwrap()[1], 0.5);
    let text = studio.run(&["inspect", "src/project.tsx"]).good().out;
    let line = format!(
        "  /clip.mp4: 0.0–{} s, from its second 0.5, volume of ",
        sound["end"]
    );
    assert!(text.contains(&line), "{text}");
}

#[test]
fn the_pitch_is_kept_unless_a_node_says_otherwise() {
    for (kept, wanted) in [("", 500.0), (" preservesPitch={false}", 1000.0)] {
        let studio = Studio::scene(&format!(
            "view.add(<Audio src={{'/tone.wav'}} play={{true}} playbackRate={{2}}{kept} />);
             yield* waitFor(0.8);"
        ));
        let tone = Command::new("ffmpeg")
            .args(["-v", "error", "-f", "lavfi", "-i", "sine=f=500:d=2:r=48000"])
            .arg(studio.path("public/tone.wav"))
            .status();
        assert!(tone.unwrap().success());
        let sound = samples(&studio, &[]);
        let left: Vec<i32> = sound.chunks(2).map(|pair| pair[0]).collect();
        let inner = &left[4800..4800 + 24_000];
        let rises = inner.windows(2).filter(|pair| pair[0] < 0 && pair[1] >= 0);
        let found = 2.0 * rises.count() as f64;
        assert!((found - wanted).abs() < 8.0, "{found} Hz, not {wanted}");
        let told = studio.run(&["inspect", "src/project.tsx", "--json"]).good();
        let facts: Value = serde_json::from_str(&told.out).unwrap();
        assert_eq!(facts["sounds"][0]["preservesPitch"], kept.is_empty());
    }
}
