//! Same bytes whoever renders, and only what changed is rendered again.

use std::{
    fs,
    process::Child,
    time::{Duration, Instant},
};

use crate::studio::{LONG, Studio, files};

const MESSAGE: &str = "
  const message = useScene().variables.get('message', 'Hello');
  const square = createRef<Rect>();
  view.add(<Rect ref={square} size={20} x={-60} fill={'#ff8040'} />);
  yield* square().position.x(60, 2);
  view.add(<Txt text={message()} fontSize={24} fill={'white'} />);
  yield* square().position.x(-60, 1);
  view.removeChildren();
  view.add(<Circle size={40} fill={'#40ff80'} />);
  yield* waitFor(1);";

/// Waits until the child's cache holds `count` rendered segments.
fn wait_for_segments(studio: &Studio, child: &mut Child, count: usize) {
    let start = Instant::now();
    let rendered = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.len() == 64
    };
    while files(&studio.cache())
        .iter()
        .filter(|path| rendered(path))
        .count()
        < count
    {
        assert!(child.try_wait().unwrap().is_none(), "it ended too soon");
        assert!(start.elapsed() < Duration::from_secs(30));
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_workers() {
    let studio = Studio::scene(MESSAGE);
    let clip = studio.make_clip("clip.mp4", 60);
    assert!(clip.is_file());
    let all: Vec<Vec<u8>> = ["1", "2", "5"]
        .into_iter()
        .map(|workers| {
            let args = [
                "--segment-seconds",
                "0.5",
                "--no-cache",
                "--workers",
                workers,
            ];
            let figures = studio.figures(&args);
            assert_eq!(
                (&figures["segments"], &figures["cacheHits"]),
                (&9.into(), &0.into())
            );
            studio.bytes("out.mp4")
        })
        .collect();
    assert!(all.iter().all(|bytes| *bytes == all[0]));
    assert!(files(&studio.cache()).is_empty());
    assert!(studio.leftovers().is_empty());

    let first = studio.figures(&["--segment-seconds", "0.5"]);
    let second = studio.figures(&["--segment-seconds", "0.5"]);
    assert_eq!(
        (&first["cacheHits"], &second["cacheHits"]),
        (&0.into(), &9.into())
    );
    assert_eq!(studio.bytes("out.mp4"), all[0]);
}

#[test]
fn a_killed_run_goes_on_where_it_was() {
    let studio = Studio::scene(LONG);
    let args = [
        "--size",
        "640x360",
        "--segment-seconds",
        "1",
        "--workers",
        "2",
    ];
    let fixed = ["render", "src/project.tsx", "--progress", "none"];
    let mut child = studio.start(&[&fixed, &args[..]].concat());
    wait_for_segments(&studio, &mut child, 3);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!studio.path("out.mp4").exists());

    let stats = ["--stats", "stats.json"];
    studio.run(&[&fixed, &args[..], &stats].concat()).good();
    let figures: serde_json::Value = serde_json::from_slice(&studio.bytes("stats.json")).unwrap();
    assert!(figures["cacheHits"].as_u64().unwrap() >= 1, "{figures}");
    let resumed = studio.bytes("out.mp4");
    studio
        .run(&[&fixed, &args[..], &["--no-cache"]].concat())
        .good();
    assert!(resumed == studio.bytes("out.mp4"));
}

#[test]
fn a_changed_variable_renders_again_only_where_it_shows() {
    let studio = Studio::scene(MESSAGE);
    let args = ["--segment-seconds", "1"];
    // Segments of frames 0–29, 30–59, 60–89, 90–119, 120–: the text shows from
    // frame 60 to frame 91.
    let before = studio.figures(&args);
    assert_eq!(before["segments"], 5);
    let changed = studio.figures(&[&args[..], &["--var", "message=Goodbye"]].concat());
    assert_eq!(changed["cacheHits"], 3);
    studio.write("variables.json", r#"{"message": "Goodbye", "other": 1}"#);
    let same = studio.figures(&[&args[..], &["--variables", "variables.json"]].concat());
    assert_eq!(same["cacheHits"], 5);
    let finer = studio.figures(&[&args[..], &["--crf", "30"]].concat());
    assert_eq!(finer["cacheHits"], 0);
}

#[test]
fn a_changed_clip_is_noticed() {
    let studio = Studio::scene(
        "  view.add(<Video src={'/clip.mp4'} size={['100%', '100%']} play={true} />);\n  yield* waitFor(0.5);",
    );
    studio.make_clip("clip.mp4", 30);
    assert_eq!(studio.figures(&[])["cacheHits"], 0);
    assert_eq!(studio.figures(&[])["cacheHits"], 1);
    studio.make_clip("clip.mp4", 40);
    assert_eq!(studio.figures(&[])["cacheHits"], 0);
}

#[test]
fn the_cache_keeps_to_its_size() {
    let studio =
        Studio::scene("  view.add(<Circle size={50} fill={'red'} />);\n  yield* waitFor(1);");
    let size = || -> u64 {
        let found = files(&studio.cache());
        found
            .iter()
            .map(|path| fs::metadata(path).unwrap().len())
            .sum()
    };
    for crf in ["10", "15", "20", "25", "30"] {
        studio.render(&["--crf", crf]).good();
    }
    let all = size();
    let mut command = studio.command(&["render", "src/project.tsx", "--progress", "none"]);
    command.env("KINORA_CACHE_SIZE", "3K");
    let told = crate::studio::outcome(command).good();
    assert_eq!(told.err, "");
    assert!(size() < all, "{} of {all}", size());

    let mut command = studio.command(&["render", "src/project.tsx", "--progress", "none"]);
    command.env("KINORA_CACHE_SIZE", "much");
    crate::studio::outcome(command).fault(
        2,
        "KINORA_CACHE_SIZE is `much`, not bytes or a number with K, M or G",
    );
}
