//! Films in every format, by the command.

use std::fs;

use kinora_media::{Container, Format, probe};

use crate::studio::{Outcome, Studio};

/// Moves, shows through, and is heard.
const SCENE: &str = "
  const disc = createRef<Circle>();
  view.add(<Audio src={'/tone.wav'} play={true} />);
  view.add(<Rect x={-40} size={40} fill={'rgba(0, 90, 200, 0.5)'} />);
  view.add(<Circle ref={disc} size={50} fill={'red'} />);
  yield* disc().x(60, 1);";

fn studio() -> Studio {
    let studio = Studio::scene(SCENE);
    fs::write(studio.path("public/tone.wav"), tone()).unwrap();
    studio
}

/// Two seconds of sound: 8 kHz, mono, 16 bits.
fn tone() -> Vec<u8> {
    let samples = (0..16_000u32).flat_map(|n| if n / 10 % 2 == 0 { [0, 32] } else { [0, 224] });
    let rest: Vec<u8> = samples.collect();
    let number = |n: u32| n.to_le_bytes();
    [
        b"RIFF",
        &number(36 + rest.len() as u32)[..],
        b"WAVEfmt ",
        &number(16),
        &[1, 0, 1, 0],
        &number(8000),
        &number(16_000),
        &[2, 0, 16, 0],
        b"data",
        &number(rest.len() as u32),
        &rest,
    ]
    .concat()
}

fn render(studio: &Studio, args: &[&str]) -> Outcome {
    studio.run(&[&["render", "src/project.tsx", "--progress", "none"], args].concat())
}

/// The files of a film, by their names.
fn files(studio: &Studio, folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(studio.path(folder))
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_format_is_the_same_for_any_number_of_workers() {
    let studio = studio();
    for name in Format::names() {
        let format = Format::named(name, &Default::default()).unwrap();
        let file = match format.container.is_sequence() {
            true => "film-%02d",
            false => "film",
        };
        let mut first = None;
        for (workers, cache) in [
            ("1", "--no-cache"),
            ("2", "--stats=stats.json"),
            ("5", "--stats=stats.json"),
        ] {
            let folder = format!("{name}-{workers}");
            let output = format!("{folder}/{file}.{}", Format::endings(name)[0]);
            let args = ["--fps", "12", "--segment-seconds", "0.25", "-o", &output];
            let more = ["--workers", workers, cache];
            render(&studio, &[&args[..], &more].concat()).good();
            let files = files(&studio, &folder);
            let count = match format.container {
                Container::Pictures => 13,
                // The list, what all pieces need, and a piece for each segment.
                Container::Hls => 2 + 5,
                _ => 1,
            };
            assert_eq!(files.len(), count, "{name}");
            let first = first.get_or_insert_with(|| files.clone());
            assert!(*first == files, "{name} with {workers} workers");
        }
    }
}

#[test]
fn a_film_may_go_to_standard_output() {
    let studio = studio();
    let args = ["--fps", "10", "--segment-seconds", "0.5"];
    render(&studio, &[&args[..], &["-o", "film.fmp4"]].concat()).good();
    let shown = ["render", "src/project.tsx", "-o", "-", "--workers", "2"];
    let output = studio
        .command(&[&shown[..], &args].concat())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(output.stdout == studio.bytes("film.fmp4"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("made the film on standard output"));
    assert!(!studio.path("-").exists());

    render(&studio, &["-o", "-", "--format", "gif"])
        .fault(2, "the format `gif` is whole only at its end, and cannot go to standard output; `mp4` can, in fragments");
    let both = studio.run(&["render", "src/project.tsx", "-o", "-", "--progress", "json"]);
    both.fault(
        2,
        "`--output -` and `--progress json` both write to standard output",
    );
}

#[test]
fn a_play_list_that_is_given_up_leaves_nothing() {
    let studio = Studio::scene(
        "view.add(<Rect size={40} fill={'red'} />); yield* waitFor(1); throw new Error('enough');",
    );
    let args = ["--segment-seconds", "0.2", "-o", "live/film.m3u8"];
    assert_eq!(render(&studio, &args).code, Some(1));
    assert!(files(&studio, "live").is_empty());
    let studio = studio_of_lists();
    let told = render(&studio, &[&args[..], &["--range", "0:0.3"]].concat()).good();
    let wanted = "the film ends before `live/film-00002.m4s`, which is of an earlier one";
    assert!(told.err.contains(wanted), "{}", told.err);
    render(&studio, &["-o", "-", "--format", "hls"])
        .fault(2, "the format `hls` is whole only at its end, and cannot go to standard output; `mp4` can, in fragments");
}

/// With a film in pieces of a fifth of a second.
fn studio_of_lists() -> Studio {
    let studio = studio();
    let args = ["--segment-seconds", "0.2", "-o", "live/film.m3u8"];
    render(&studio, &args).good();
    studio
}

#[test]
fn films_without_sound_have_none() {
    let studio = studio();
    for name in ["a.mp4", "a.webm", "a.mov"] {
        render(&studio, &["--no-audio", "--fps", "10", "-o", name]).good();
        let info = probe(&studio.path(name)).unwrap();
        assert!(info.audio.is_none() && info.video.is_some(), "{name}");
    }
}

#[test]
fn pictures_of_a_longer_film_are_told() {
    let studio = studio();
    let args = ["--fps", "10", "-o", "frames/%d.png"];
    assert_eq!(render(&studio, &args).good().err, "");
    let shorter = render(&studio, &[&args[..], &["--range", "0:0.5"]].concat()).good();
    assert!(
        shorter
            .err
            .contains("the film ends before `frames/5.png`, which is of an earlier one"),
        "{}",
        shorter.err
    );
}

#[test]
fn what_cannot_show_through_is_told() {
    let studio = studio();
    let args = ["--fps", "5", "--background", "rgba(0, 0, 0, 0)", "-o"];
    let told = render(&studio, &[&args[..], &["a.mp4"]].concat()).good();
    assert!(told.err.contains("drawn on black; `.webm`"), "{}", told.err);
    let told = render(&studio, &[&args[..], &["a.webm"]].concat()).good();
    assert_eq!(told.err, "");
}

#[test]
fn a_script_s_exporter_chooses_the_format() {
    let studio = studio();
    studio.write(
        "render.ts",
        "import {renderVideo} from '@revideo/renderer';\n\
         const make = (exporter, outFile) => renderVideo({projectFile: './src/project.tsx', settings: {\n\
           outFile, projectSettings: {exporter, range: [0, 0.2]}}});\n\
         const ffmpeg = format => ({name: '@revideo/core/ffmpeg', options: {format}});\n\
         console.log(await make(ffmpeg('webm')));\n\
         console.log(await make(ffmpeg('proRes'), 'clip.mov'));\n\
         console.log(await make({name: '@revideo/core/image-sequence', options: {fileType: 'jpeg', quality: 80}}));\n\
         for (const [exporter, file] of [[ffmpeg('proRes'), 'a.mp4'], [ffmpeg('avi')], [{name: 'x'}], [{name: '@revideo/core/wasm'}, 'a.webm']]) {\n\
           await make(exporter, file).catch(error => console.log(error.message));\n\
         }\n",
    );
    let told = studio.run(&["run", "render.ts"]).good();
    let lines: Vec<&str> = told.out.lines().collect();
    assert_eq!(
        lines,
        [
            "output/video.webm",
            "output/clip.mov",
            "output/video",
            "`outFile` is `a.mp4`, and the exporter makes `.mov` files",
            "the exporter's format is `mp4`, `webm` or `proRes`, got `\"avi\"`",
            "the exporter's name is `@revideo/core/wasm`, `@revideo/core/ffmpeg` or `@revideo/core/image-sequence`, got `\"x\"`",
            "`outFile` is `a.webm`, and the exporter makes `.mp4` files",
        ]
    );
    assert!(
        studio
            .bytes("output/video.webm")
            .starts_with(b"\x1a\x45\xdf\xa3")
    );
    assert_eq!(&studio.bytes("output/clip.mov")[4..12], b"ftypqt  ");
    assert!(
        studio
            .bytes("output/video/000005.jpg")
            .starts_with(b"\xff\xd8")
    );
}
