//! `kinora scopes`, beside what FFmpeg's own filters measure.

use std::{collections::HashMap, process::Command};

use serde_json::Value;

use crate::studio::Studio;

/// Colours in every part of the picture, and a tone that becomes louder.
fn studio() -> Studio {
    let studio = Studio::scene(
        "view.fill('#203040');
         const level = createSignal(0.1);
         view.add(<Audio src={'/clip.mp4'} play={true} volume={() => level()} />);
         for (const [index, fill] of ['#ff0000', '#00c000', '#2040ff', '#ffffff', '#000000', '#e0a020'].entries())
           view.add(<Rect x={-66 + 26 * index} size={[26, 60]} fill={fill} />);
         yield* waitFor(1); yield* level(0.9, 2); yield* waitFor(2);",
    );
    studio.make_clip("clip.mp4", 150);
    let source = String::from_utf8(studio.bytes("src/project.tsx")).unwrap();
    let source = source.replace(
        "createRef, makeProject",
        "createRef, createSignal, makeProject",
    );
    studio.write("src/project.tsx", &source);
    studio
}

fn scopes(studio: &Studio, words: &[&str]) -> Value {
    let told = studio.run(&[&["scopes"], words, &["--json"]].concat());
    serde_json::from_str(&told.good().out).unwrap()
}

/// What a filter of FFmpeg prints about each frame: the last value of each name, and all.
fn filtered(studio: &Studio, words: &[&str]) -> HashMap<String, Vec<f64>> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(studio.path("film.mp4"))
        .args(words)
        .args(["-f", "null", "/dev/null"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let mut found: HashMap<String, Vec<f64>> = HashMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        if let Some((name, value)) = line.split_once('=')
            && let Ok(value) = value.parse()
        {
            let name = name.rsplit('.').next().unwrap();
            found.entry(name.to_owned()).or_default().push(value);
        }
    }
    found
}

#[test]
fn levels_and_loudness_are_what_ffmpeg_measures() {
    let studio = studio();
    let render = [
        "render",
        "src/project.tsx",
        "--progress",
        "none",
        "-o",
        "film.mp4",
    ];
    studio.run(&render).good();
    let file = scopes(&studio, &["film.mp4", "--at", "1.5"]);
    let signal = filtered(
        &studio,
        &["-vf", "signalstats,metadata=print:file=-", "-an"],
    );
    // Every level of this frame, which is number 45.
    for (own, name) in [("luma", "Y"), ("cb", "U"), ("cr", "V")] {
        for (part, ending) in [
            ("min", "MIN"),
            ("low", "LOW"),
            ("high", "HIGH"),
            ("max", "MAX"),
        ] {
            let wanted = signal[&format!("{name}{ending}")][45];
            assert_eq!(
                file["picture"][own][part].as_f64(),
                Some(wanted),
                "{name}{ending}"
            );
        }
        let (found, wanted) = (
            &file["picture"][own]["average"],
            signal[&format!("{name}AVG")][45],
        );
        assert!(
            (found.as_f64().unwrap() - wanted).abs() < 0.01,
            "{name}: {found} {wanted}"
        );
    }
    let saturation = &file["picture"]["saturation"];
    let (average, most) = (signal["SATAVG"][45], signal["SATMAX"][45]);
    assert!(
        (saturation["average"].as_f64().unwrap() - average).abs() < 0.1,
        "{saturation} {average}"
    );
    assert_eq!(saturation["max"].as_f64(), Some(most));

    let meter = filtered(
        &studio,
        &[
            "-af",
            "ebur128=metadata=1:peak=true,ametadata=print:file=-",
            "-vn",
        ],
    );
    let near = |found: &Value, wanted: f64, what: &str| {
        let found = found.as_f64().unwrap();
        assert!((found - wanted).abs() < 0.11, "{what}: {found} {wanted}");
    };
    let sound = &file["sound"];
    near(
        &sound["integrated"],
        *meter["I"].last().unwrap(),
        "integrated",
    );
    // A block each second, and FFmpeg's each tenth of one: of five seconds they differ.
    let (range, wanted) = (
        sound["range"].as_f64().unwrap(),
        meter["LRA"].last().unwrap(),
    );
    assert!((range - wanted).abs() < 1.0, "range: {range} {wanted}");
    for (own, name, full) in [("momentary", "M", 4), ("shortTerm", "S", 30)] {
        let series = sound[own].as_array().unwrap();
        // Until its time is full, FFmpeg tells nothing.
        assert!(series.len() >= 49 && meter[name].len() >= 49, "{name}");
        for (index, (found, wanted)) in series.iter().zip(&meter[name]).enumerate().skip(full) {
            near(found, *wanted, &format!("{name} {index}"));
        }
    }

    // The project itself is as the file, but for what encoding does.
    let project = scopes(
        &studio,
        &["src/project.tsx", "--at", "1.5", "-o", "scopes.png"],
    );
    assert_eq!(project["frame"], 45);
    for level in ["luma", "cb", "cr"] {
        let [own, other] =
            [&project, &file].map(|told| told["picture"][level]["average"].as_f64().unwrap());
        assert!((own - other).abs() < 1.0, "{level}: {own} {other}");
    }
    near(
        &project["sound"]["integrated"],
        sound["integrated"].as_f64().unwrap(),
        "mixed",
    );
    let png = studio.bytes("scopes.png");
    assert_eq!(&png[16..24], [0, 0, 4, 24, 0, 0, 2, 24]);
    let told = studio.run(&["scopes", "film.mp4"]).good().out;
    assert!(told.contains("LUFS") && told.contains("8 bits"), "{told}");
}

#[test]
fn what_cannot_be_measured_is_told() {
    let studio = studio();
    let late = studio.run(&["scopes", "src/project.tsx", "--at", "90"]);
    assert_eq!(late.code, Some(1), "{}", late.err);
    assert!(late.err.contains("frame"), "{}", late.err);
    let late = studio.run(&["scopes", "public/clip.mp4", "--at", "90"]);
    assert!(late.err.contains("lie behind its end"), "{}", late.err);
    studio.write("public/none.mp4", "no film");
    let wrong = studio.run(&["scopes", "public/none.mp4"]);
    assert_eq!(wrong.code, Some(1), "{}", wrong.err);
    assert!(wrong.err.contains("none.mp4"), "{}", wrong.err);
}
