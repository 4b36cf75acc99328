//! What a finished file holds.

use kinora_media::{SoundReader, VideoReader, probe};

use crate::studio::Studio;

const SQUARE: &str = "
  const square = createRef<Rect>();
  view.fill('#000000');
  view.add(<Rect ref={square} size={30} x={-60} fill={'white'} />);
  yield* square().position.x(60, 1);";

/// Brightness of a pixel of a frame.
fn luma(reader: &mut VideoReader, frame: u64, x: usize, y: usize) -> i32 {
    let picture = reader.frame_at(frame as f64 / 30.0).unwrap();
    let planes = picture.planes().unwrap();
    planes.y[y * planes.y_stride + x].into()
}

#[test]
fn a_project_becomes_a_film() {
    let studio = Studio::scene(SQUARE);
    let figures = studio.figures(&["-o", "new/folder/film.mp4", "--workers", "2"]);
    assert_eq!(figures["frames"], 32);
    assert_eq!(figures["segments"], 1);
    assert_eq!(figures["cacheHits"], 0);
    for stage in ["script", "stage", "raster", "encode", "assemble"] {
        assert!(figures["seconds"][stage].is_number(), "{stage}");
    }
    assert!(figures["peakMemoryBytes"].as_u64().unwrap() > 1 << 20);
    assert_eq!(studio.leftovers(), Vec::<std::path::PathBuf>::new());

    let path = studio.path("new/folder/film.mp4");
    assert_eq!(figures["bytes"], path.metadata().unwrap().len());
    let info = probe(&path).unwrap();
    let video = info.video.unwrap();
    assert_eq!((video.width, video.height), (160, 90));
    assert_eq!(video.fps, 30.0);
    assert!(info.audio.is_some());
    assert!(
        (info.duration - 32.0 / 30.0).abs() < 1e-3,
        "{}",
        info.duration
    );
    let mut reader = VideoReader::open(&path).unwrap();
    assert_eq!(luma(&mut reader, 0, 20, 45), 235);
    assert_eq!(luma(&mut reader, 0, 140, 45), 16);
    assert_eq!(luma(&mut reader, 31, 20, 45), 16);
    assert_eq!(luma(&mut reader, 31, 140, 45), 235);
}

#[test]
fn picture_and_sound_of_a_clip_are_in_step() {
    let studio = Studio::scene(
        "  view.add(<Video src={'/clip.mp4'} size={['100%', '100%']} play={true} time={0.5} />);
           yield* waitFor(1);",
    );
    studio.make_clip("clip.mp4", 60);
    studio.render(&["-o", "film.mp4"]).good();
    let mut reader = VideoReader::open(&studio.path("film.mp4")).unwrap();
    for frame in 0..30 {
        let found = luma(&mut reader, frame, 80, 45);
        let wanted = 40 + 2 * (frame as i32 + 15);
        assert!(
            (found - wanted).abs() <= 1,
            "frame {frame}: {found}, not {wanted}"
        );
    }
    // Half a second of 440 Hz is 220 whole waves: the tone begins as the clip's own.
    let mut sound = vec![0.0; 2 * 48_000];
    let film = studio.path("film.mp4");
    SoundReader::open(&film, 1.0)
        .unwrap()
        .read(0, &mut sound)
        .unwrap();
    let mut off = 0.0_f32;
    for (index, pair) in sound.chunks_exact(2).enumerate().skip(4800).take(38_400) {
        let wanted = (index as f32 / 48_000.0 * 440.0 * std::f32::consts::TAU).sin() * 0.5;
        off = off.max((pair[0] - wanted).abs());
    }
    assert!(off < 0.1, "the tone is off by {off}");
}

/// A film of drawings, of a video and of drawings again is one stream, whoever makes it, and
/// each kind looks as it should.
#[test]
fn drawings_are_encoded_as_suits_them() {
    let studio = Studio::scene(
        "  const title = createRef<Txt>();
           view.fill('#203050');
           view.add(<Txt ref={title} text={'Any title'} fontFamily={'Roboto'} fontSize={24} fill={'white'} x={-40} />);
           yield* title().position.x(40, 2);
           yield* waitFor(2);
           view.add(<Video src={'/clip.mp4'} size={['100%', '100%']} play={true} />);
           yield* waitFor(2);
           view.removeChildren();
           view.add(<Circle size={40} fill={'orange'} />);
           yield* waitFor(2);",
    );
    studio.make_clip("clip.mp4", 60);
    let film = |name: &str, more: &[&str]| {
        let render = ["render", "src/project.tsx", "-o", name, "--no-cache"];
        let args = ["--segment-seconds", "1", "--stats", "stats.json"];
        studio.run(&[&render[..], &args, more].concat()).good();
        let figures: serde_json::Value =
            serde_json::from_slice(&studio.bytes("stats.json")).unwrap();
        assert!(figures["segments"].as_u64() > Some(7), "{figures}");
        (figures["frames"].as_u64(), studio.bytes(name))
    };
    let one = film("one.mp4", &["--workers", "1"]);
    assert!(one == film("five.mp4", &["--workers", "5"]));
    let asked = film("asked.mp4", &["--preset", "veryfast", "--crf", "20"]);
    assert!(asked != one);
    let (frames, _) = film("lossless.mp4", &["--crf", "0"]);
    for name in ["one.mp4", "asked.mp4"] {
        let likeness = studio.likeness(name, "lossless.mp4");
        assert_eq!(Some(likeness.len() as u64), frames, "{name}");
        for (frame, likeness) in likeness.into_iter().enumerate() {
            assert!(likeness > 0.97, "{name}, frame {frame}: {likeness}");
        }
    }
}

#[test]
fn a_range_is_half_open_and_shows_what_the_whole_shows() {
    let studio = Studio::scene(SQUARE);
    studio.render(&["-o", "whole.mp4"]).good();
    let figures = studio.figures(&["-o", "part.mp4", "--range", "0.2:0.7"]);
    assert_eq!(figures["frames"], 15);
    let mut whole = VideoReader::open(&studio.path("whole.mp4")).unwrap();
    let mut part = VideoReader::open(&studio.path("part.mp4")).unwrap();
    for frame in 0..15 {
        for x in [30, 60, 80, 100] {
            let wanted = luma(&mut whole, frame + 6, x, 45);
            let found = luma(&mut part, frame, x, 45);
            assert!(
                (found - wanted).abs() <= 8,
                "frame {frame} at {x}: {found}, not {wanted}"
            );
        }
    }
}

#[test]
fn settings_on_the_command_line_replace_the_project_s() {
    let studio = Studio::scene("  yield* waitFor(1);");
    let args = [
        "--fps",
        "10",
        "--size",
        "64x32",
        "--scale",
        "2",
        "--background",
        "#ffffff",
    ];
    let figures = studio.figures(&[&["-o", "film.mp4"], &args[..]].concat());
    assert_eq!(figures["frames"], 11);
    let video = probe(&studio.path("film.mp4")).unwrap().video.unwrap();
    assert_eq!((video.width, video.height, video.fps), (128, 64, 10.0));
    let mut reader = VideoReader::open(&studio.path("film.mp4")).unwrap();
    assert_eq!(luma(&mut reader, 0, 5, 5), 235);
}

#[test]
fn progress_is_told_as_lines_of_json() {
    let studio = Studio::scene("  yield* waitFor(1);");
    let fixed = ["render", "src/project.tsx", "--preset", "ultrafast"];
    let told = studio
        .run(&[&fixed, &["--progress", "json"][..]].concat())
        .good();
    let lines: Vec<serde_json::Value> = told
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let last = lines.last().unwrap();
    assert_eq!(last["stage"], "assemble");
    assert_eq!(
        (&last["frames"], &last["totalFrames"]),
        (&31.into(), &31.into())
    );
    assert_eq!(last["assembledFrames"], 31);
    assert_eq!(told.err, "");
    // Without `-o` the file is `out.mp4` in the working folder.
    assert!(studio.path("out.mp4").is_file());
    assert_eq!(studio.render(&[]).good().err, "");
}

#[test]
fn a_finished_render_is_told_in_one_line() {
    let studio = Studio::scene("  yield* waitFor(1);");
    let args = ["render", "src/project.tsx", "--preset", "ultrafast"];
    studio.run(&args).good();
    let told = studio.run(&args).good();
    assert_eq!(told.out, "");
    let line = told.err.lines().last().unwrap();
    assert!(
        line.starts_with("made out.mp4: 31 frames, 0.0 MB in "),
        "{line}"
    );
    assert!(line.ends_with(", 1 of 1 segments from the cache"), "{line}");
}

#[test]
fn two_renders_to_one_file_leave_a_whole_one() {
    let studio = Studio::scene(
        "const square = createRef<Rect>();\n  view.add(<Rect ref={square} size={30} fill={useScene().variables.get('fill', 'red')()} />);\n  yield* square().position.x(60, 2);",
    );
    let film = |fill: &str, output: &str| {
        let fill = format!("fill={fill}");
        let args = [
            "render",
            "src/project.tsx",
            "--progress",
            "none",
            "--no-cache",
            "--var",
            &fill,
            "-o",
            output,
        ];
        studio.command(&args)
    };
    let alone: Vec<Vec<u8>> = ["red", "blue"]
        .into_iter()
        .map(|fill| {
            crate::studio::outcome(film(fill, "alone.mp4")).good();
            studio.bytes("alone.mp4")
        })
        .collect();
    for _ in 0..4 {
        let both = ["red", "blue"].map(|fill| film(fill, "both.mp4").spawn().unwrap());
        for mut render in both {
            assert!(render.wait().unwrap().success());
        }
        assert!(alone.contains(&studio.bytes("both.mp4")));
    }
    assert!(studio.leftovers().is_empty(), "{:?}", studio.leftovers());
}
