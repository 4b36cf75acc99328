//! What a film's file tells of itself: its title, its chapters; and the picture beside it.

use std::{path::Path, process::Command};

use kinora_media::read_still;
use serde_json::Value;

use crate::studio::Studio;

/// Two scenes, of a second and of half one.
fn studio() -> Studio {
    let scene = |name: &str, seconds: &str| {
        format!(
            "makeScene2D('{name}', function* (view) {{\n\
             view.add(<Rect size={{80}} fill={{'red'}} />);\n\
             yield* waitFor({seconds});\n}})"
        )
    };
    Studio::new(&format!(
        "import {{Rect, makeScene2D}} from '@revideo/2d';\n\
         import {{makeProject, waitFor}} from '@revideo/core';\n\
         export default makeProject({{scenes: [{}, {}], settings: {{shared: {{size: {{x: 160, y: 90}}}}}}}});\n",
        scene("Opening: á & b", "1"),
        scene("end", "0.5")
    ))
}

/// What `ffprobe` reads of a file.
fn probe(path: &Path) -> Value {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-of", "json"])
        .args(["-show_format", "-show_chapters", "-show_streams"])
        .arg(path)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A file's title, of the whole or, as Ogg has it, of its stream.
fn title(told: &Value) -> &Value {
    let tags = |of: &'static str| told.pointer(of).filter(|title| title.is_string());
    let places = [
        "/format/tags/title",
        "/format/tags/TITLE",
        "/streams/0/tags/title",
        "/streams/0/tags/TITLE",
    ];
    places.into_iter().find_map(tags).unwrap_or(&Value::Null)
}

#[test]
fn every_format_that_can_tells_the_title() {
    let studio = studio();
    for name in [
        "a.mp4", "a.fmp4", "a.mov", "a.webm", "a.m4a", "a.mp3", "a.flac", "a.opus", "a.wav",
    ] {
        studio
            .run(&[
                "render",
                "src/project.tsx",
                "--fps",
                "10",
                "-o",
                name,
                "--title",
                "Vögel = 1",
            ])
            .good();
        let told = probe(&studio.path(name));
        assert_eq!(title(&told), "Vögel = 1", "{name}: {told}");
    }
    studio
        .run(&["render", "src/project.tsx", "-o", "a.gif", "--title", "a"])
        .fault(
            2,
            "`title` cannot be told in this format; all but pictures, moving or not, can",
        );
}

#[test]
fn scenes_become_chapters() {
    let studio = studio();
    for name in ["a.mp4", "a.mov", "a.webm", "a.m4a"] {
        let args = [
            "render",
            "src/project.tsx",
            "--fps",
            "10",
            "--chapters",
            "-o",
            name,
        ];
        let first = studio
            .run(&[&args[..], &["--workers", "1"]].concat())
            .good();
        let bytes = studio.bytes(name);
        studio
            .run(&[&args[..], &["--workers", "3", "--no-cache"]].concat())
            .good();
        assert!(studio.bytes(name) == bytes, "{first:?}");
        let told = probe(&studio.path(name));
        let chapters = told["chapters"].as_array().unwrap();
        let found: Vec<_> = chapters
            .iter()
            .map(|chapter| {
                let seconds = |name: &str| chapter[name].as_str().unwrap().parse::<f64>().unwrap();
                let tenths = |name: &str| (seconds(name) * 10.0).round() as u32;
                (
                    chapter["tags"]["title"].as_str().unwrap().to_owned(),
                    tenths("start_time"),
                    tenths("end_time"),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("Opening: á & b".to_owned(), 0, 10),
                ("end".to_owned(), 10, 15)
            ],
            "{name}"
        );
        let length: f64 = told["format"]["duration"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap();
        assert!((length - 1.5).abs() < 0.03, "{name}: {length}");
        studio
            .run(&[
                "verify",
                "a.mp4",
                "--against",
                "src/project.tsx",
                "--fps",
                "10",
            ])
            .good();
    }
    // Only of what is rendered.
    let part = [
        "render",
        "src/project.tsx",
        "--fps",
        "10",
        "--chapters",
        "--range",
        "1.2:",
    ];
    studio.run(&part).good();
    let told = probe(&studio.path("out.mp4"));
    assert_eq!(told["chapters"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(told["chapters"][0]["tags"]["title"], "end");
    studio
        .run(&["render", "src/project.tsx", "-o", "a.fmp4", "--chapters"])
        .fault(
            2,
            "`chapters` cannot be told in this format; `mp4`, `mov`, `webm` and `m4a` can",
        );
}

#[test]
fn a_thumbnail_stands_beside_the_film() {
    let studio = studio();
    let args = [
        "render",
        "src/project.tsx",
        "--fps",
        "10",
        "--thumbnail",
        "0.5",
    ];
    studio
        .run(&[&args[..], &["-o", "films/a.mp4"]].concat())
        .good();
    let picture = read_still(&studio.path("films/a.jpg")).unwrap();
    assert_eq!((picture.width, picture.height), (160, 90));
    let middle = &picture.rgba[4 * (45 * 160 + 80)..][..3];
    assert!(middle[0] > 240 && middle[1] < 20, "{middle:?}");
    let late = studio.run(&[
        "render",
        "src/project.tsx",
        "-o",
        "b.mp4",
        "--thumbnail",
        "9",
    ]);
    assert_eq!(late.code, Some(1));
    assert!(late.err.contains("there is no frame 270"), "{}", late.err);
    assert!(!studio.path("b.mp4").exists() && !studio.path("b.jpg").exists());
    studio.run(&[&args[..], &["-o", "-"]].concat()).fault(
        2,
        "a thumbnail stands beside a film's file, and this film has none",
    );
}
