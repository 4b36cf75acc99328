//! Films that show nothing but videos as they are.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use crate::studio::Studio;

/// Makes `public/NAME` with x264's usual pictures, predicted from two sides, in groups of 30.
fn make(studio: &Studio, name: &str, seconds: u32, more: &[&str]) {
    let output = studio.path("public").join(name);
    let source = format!("testsrc2=s=160x90:r=30:d={seconds}");
    let tone = format!("sine=440:r=48000:d={seconds}");
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-f", "lavfi", "-i", &source]);
    command.args([
        "-f", "lavfi", "-i", &tone, "-c:v", "libx264", "-preset", "fast",
    ]);
    command.args(["-g", "30", "-threads", "1", "-pix_fmt", "yuv420p"]);
    assert!(command.args(more).arg(output).status().unwrap().success());
}

/// Shows these videos in scenes one after the other, each to its end.
fn project(names: &[&str], more: &str) -> String {
    let scenes = names.iter().enumerate().map(|(index, name)| {
        format!(
            "const s{index} = makeScene2D('s{index}', function* (view) {{\n\
             const video = createRef<Video>();\n\
             yield view.add(<Video ref={{video}} src={{'/{name}'}} size={{['100%', '100%']}} play={{true}} />);\n\
             {more}\n\
             yield* waitFor(video().getDuration());\n}});\n"
        )
    });
    let list: Vec<String> = (0..names.len()).map(|index| format!("s{index}")).collect();
    format!(
        "import {{Rect, Video, makeScene2D}} from '@revideo/2d';\n\
         import {{createRef, makeProject, waitFor}} from '@revideo/core';\n{}\
         export default makeProject({{scenes: [{}], settings: {{shared: {{size: {{x: 160, y: 90}}}}}}}});\n",
        scenes.collect::<String>(),
        list.join(", ")
    )
}

fn render(studio: &Studio, output: &str, more: &[&str]) -> Value {
    let args = [
        "render",
        "src/project.tsx",
        "--progress",
        "none",
        "--stats",
        "s.json",
        "-o",
        output,
    ];
    studio.run(&[&args[..], more].concat()).good();
    serde_json::from_slice(&studio.bytes("s.json")).unwrap()
}

/// A checksum of each picture, decoded, with its time in frames.
fn pictures(path: &Path) -> Vec<String> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(path)
        .args([
            "-map",
            "0:v",
            "-vsync",
            "passthrough",
            "-enc_time_base",
            "1/30",
        ])
        .args(["-f", "framemd5", "-"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.replace(' ', "")).collect()
}

/// The checksum alone.
fn sum(line: &str) -> &str {
    line.rsplit(',').next().unwrap()
}

#[test]
fn whole_videos_are_copied_packet_for_packet() {
    let studio = Studio::new(&project(&["a.mp4", "b.mp4"], ""));
    make(&studio, "a.mp4", 1, &[]);
    make(&studio, "b.mp4", 3, &["-vf", "hue=h=90"]);
    let mut files = Vec::new();
    for (output, workers) in [("one.mp4", "1"), ("five.mp4", "5")] {
        let figures = render(&studio, output, &["--workers", workers]);
        // The last frame of a project stays on for one more.
        assert_eq!(
            (&figures["frames"], &figures["copied"]),
            (&121.into(), &121.into())
        );
        files.push(studio.bytes(output));
    }
    assert!(files[0] == files[1]);
    let copied = pictures(&studio.path("one.mp4"));
    let a = pictures(&studio.path("public/a.mp4"));
    let b = pictures(&studio.path("public/b.mp4"));
    let wanted: Vec<&str> = a
        .iter()
        .chain(&b)
        .chain(b.last())
        .map(|line| sum(line))
        .collect();
    assert_eq!(
        copied.iter().map(|line| sum(line)).collect::<Vec<_>>(),
        wanted
    );
    for (frame, line) in copied.iter().enumerate() {
        let time: usize = line.split(',').nth(2).unwrap().parse().unwrap();
        assert_eq!(time, frame);
    }
    let told = studio.run(&["verify", "one.mp4", "--against", "src/project.tsx"]);
    told.good();
    // Also in pieces, to standard output's kind of file.
    assert_eq!(render(&studio, "film.fmp4", &[])["copied"], 121);
    assert_eq!(pictures(&studio.path("film.fmp4")).len(), 121);
}

#[test]
fn what_was_asked_of_the_encoder_is_done() {
    let studio = Studio::new(&project(&["a.mp4"], ""));
    make(&studio, "a.mp4", 1, &[]);
    assert_eq!(render(&studio, "a.mp4", &[])["copied"], 31);
    for more in [
        &["--no-copy"][..],
        &["--crf", "30"],
        &["--preset", "ultrafast"],
        &["--bitrate", "200k"],
        &["--codec", "hevc"],
        &["--untrusted"],
        &["--on-damaged", "error"],
        &["--scale", "2"],
        &["--fps", "25"],
        &["--range", "0.1:"],
        &["--range", ":0.5"],
    ] {
        assert_eq!(render(&studio, "b.mp4", more)["copied"], 0, "{more:?}");
    }
    assert_eq!(render(&studio, "b.m3u8", &[])["copied"], 0);
    assert_eq!(render(&studio, "b.mov", &["--codec", "h264"])["copied"], 31);
    assert_eq!(
        render(&studio, "c.mp4", &["--no-audio", "--range", "0:1"])["copied"],
        30
    );
}

#[test]
fn what_is_drawn_or_otherwise_made_is_encoded() {
    let studio = Studio::new("");
    make(&studio, "a.mp4", 1, &[]);
    make(&studio, "long.mp4", 1, &["-bf", "0"]);
    make(
        &studio,
        "full.mp4",
        1,
        &["-vf", "scale=out_range=full", "-color_range", "pc"],
    );
    let copied = |names: &[&str], more: &str| {
        studio.write("src/project.tsx", &project(names, more));
        let figures = render(&studio, "out.mp4", &[]);
        fs::remove_file(studio.path("out.mp4")).unwrap();
        figures["copied"] != 0
    };
    assert!(copied(&["a.mp4"], ""));
    for more in [
        "view.add(<Rect size={4} fill={'red'} />);",
        "video().opacity(0.9);",
        "video().scale(1.1);",
        "video().radius(4);",
        "video().x(1);",
        "video().filters.brightness(1.2);",
        "yield* waitFor(0.5); view.add(<Rect size={4} fill={'red'} />);",
        "video().pause(); yield* waitFor(0.5); video().play();",
    ] {
        assert!(!copied(&["a.mp4"], more), "{more}");
    }
    // Other parameter sets, another range.
    assert!(!copied(&["a.mp4", "long.mp4"], ""));
    assert!(!copied(&["full.mp4"], ""));
}
