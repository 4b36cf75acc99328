//! What programs that start this one are told, and what they alone ask for.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Stdio;

use kinora_media::{VideoReader, probe};
use serde_json::{Value, json};

use crate::studio::{Outcome, Studio};

const MOVING: &str = "
  const square = createRef<Rect>();
  view.add(<Rect ref={square} size={30} x={-60} fill={useScene().variables.get('fill', 'white')()} />);
  view.add(<Audio src={'/clip.mp4'} play={true} />);
  yield* square().position.x(60, 1);";

/// The lines of standard error, each an object.
fn events(told: &Outcome) -> Vec<Value> {
    let read = |line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{told:#?}"));
    told.err.lines().map(read).collect()
}

#[test]
fn a_render_is_told_in_events() {
    let studio = Studio::scene(&format!("console.log('hello');{MOVING}"));
    studio.make_clip("clip.mp4", 60);
    let told = studio
        .run(&["render", "src/project.tsx", "--events"])
        .good();
    assert_eq!(told.out, "");
    let events = events(&told);
    assert!(events.contains(&json!({"event": "note", "message": "hello"})));
    let last = &events[events.len() - 1];
    assert_eq!(
        (&last["event"], &last["frames"]),
        (&json!("done"), &json!(32))
    );
    let progress = &events[events.len() - 2];
    assert_eq!(progress["event"], "progress");
    assert_eq!(progress["frames"], 32);
    assert_eq!(progress["totalFrames"], 32);
}

#[test]
fn failures_are_events_with_their_places() {
    let studio = Studio::scene("\n  view.nonsense();");
    let told = studio.run(&["render", "src/project.tsx", "--events"]);
    assert_eq!(told.code, Some(1));
    let error = events(&told).pop().unwrap();
    assert_eq!(
        (&error["event"], &error["kind"]),
        (&json!("error"), &json!("project"))
    );
    let place = &error["diagnostics"][0]["place"];
    assert_eq!(
        (&place["file"], &place["line"]),
        (&json!("src/project.tsx"), &json!(5))
    );

    let told = studio.run(&["render", "src/project.tsx", "--crf", "99", "--events"]);
    assert_eq!(told.code, Some(2));
    let error = events(&told).pop().unwrap();
    assert_eq!(
        (&error["kind"], &error["exitCode"]),
        (&json!("arguments"), &json!(2))
    );
    let message = error["message"].as_str().unwrap();
    assert!(
        message.starts_with("invalid value '99' for '--crf <N>'"),
        "{message}"
    );
    assert!(!message.contains("--help"), "{message}");
}

#[test]
fn parts_are_joined_to_the_whole() {
    let studio = Studio::scene(MOVING);
    studio.make_clip("clip.mp4", 60);
    let (mut videos, mut sounds) = (Vec::new(), Vec::new());
    for worker in ["0", "1", "2"] {
        let folder = format!("part-{worker}");
        std::fs::create_dir(studio.path(&folder)).unwrap();
        let told = studio
            .run(&[
                "part",
                "src/project.tsx",
                "--worker",
                worker,
                "--of",
                "3",
                "-o",
                &folder,
            ])
            .good();
        let part: Value = serde_json::from_str(&told.out).unwrap();
        videos.push(part["videoFile"].clone());
        sounds.push(part["audioFile"].clone());
    }
    let media = |function: &str, arguments: Value| {
        studio
            .run(&["media", "call", function, &arguments.to_string()])
            .good();
    };
    media("concatenateMedia", json!([videos, "pictures.mp4"]));
    media("concatenateMedia", json!([sounds, "sound.wav"]));
    media(
        "mergeAudioWithVideo",
        json!(["sound.wav", "pictures.mp4", "joined.mp4", "aac"]),
    );
    studio.render(&[]).good();

    assert_eq!(studio.bytes("sound.wav").len(), 44 + 32 * 1600 * 4);
    assert!(probe(&studio.path("pictures.mp4")).unwrap().audio.is_none());
    let whole = probe(&studio.path("out.mp4")).unwrap();
    let joined = probe(&studio.path("joined.mp4")).unwrap();
    assert_eq!((&joined.video, &joined.audio), (&whole.video, &whole.audio));
    assert!(
        (joined.duration - whole.duration).abs() < 1e-3,
        "{joined:?} {whole:?}"
    );

    // Every picture is where it was before it was cut off and put together again.
    let mut reader = VideoReader::open(&studio.path("joined.mp4")).unwrap();
    let times: Vec<u64> = (0..32)
        .map(|frame| {
            let picture = reader.frame_at((f64::from(frame) + 0.5) / 30.0).unwrap();
            (picture.pts_seconds() * 30.0).round() as u64
        })
        .collect();
    assert_eq!(times, (0..32).collect::<Vec<_>>());

    let told = studio.run(&[
        "media",
        "call",
        "concatenateMedia",
        "[[\"pictures.mp4\",\"out.mp4\"],\"x.mp4\"]",
    ]);
    told.fault(2, "`out.mp4` could not be put together: its pictures or sound are not encoded as those of `pictures.mp4`");
}

#[test]
fn an_open_project_draws_what_it_is_asked_for() {
    let studio = Studio::scene(&format!("console.log('recorded');{MOVING}"));
    studio.make_clip("clip.mp4", 60);
    let mut command = studio.command(&["open", "src/project.tsx", "--variables", "-", "--events"]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    writeln!(input, "{}", json!({"fill": "red"})).unwrap();
    let mut ask = |request: Value| -> (Value, Vec<u8>) {
        writeln!(input, "{request}").unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let head: Value = serde_json::from_str(&line).unwrap();
        let mut bytes = vec![0; head["bytes"].as_u64().unwrap_or(0) as usize];
        output.read_exact(&mut bytes).unwrap();
        (head, bytes)
    };
    let (head, raw) = ask(json!({"frame": 31, "as": "rgba"}));
    assert_eq!((&head["frame"], &head["width"]), (&json!(31), &json!(160)));
    assert_eq!(raw.len(), 160 * 90 * 4);
    assert!(raw.chunks(4).any(|pixel| pixel == [255, 0, 0, 255]));
    let (head, png) = ask(json!({"time": 0.5}));
    assert_eq!(head["frame"], 15);
    assert!(png.starts_with(b"\x89PNG"));
    let (head, _) = ask(json!({"frame": 32}));
    let message = head["error"]["message"].as_str().unwrap();
    assert!(message.starts_with("there is no frame 32"), "{message}");
    let (head, _) = ask(json!({"farme": 3}));
    let message = head["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("`{\"farme\":3}` asks for nothing"),
        "{message}"
    );
    // It goes on after what it could not do.
    let again = ask(json!({"time": 0.5})).1;
    assert!(again == png);
    let (head, _) = ask(json!({"inspect": true}));
    assert_eq!(head["inspection"]["frames"], 32);
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let args = [
        "frame",
        "src/project.tsx",
        "--var",
        "fill=red",
        "--frames",
        "15",
        "-o",
        "own.png",
    ];
    studio.run(&args).good();
    assert!(studio.bytes("own.png") == png);
    // Up to the first frame, to the end for a later one, and once to be inspected.
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told.matches("\"recorded\"").count(), 3, "{told}");
}
