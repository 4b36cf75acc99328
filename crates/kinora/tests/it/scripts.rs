//! `kinora run` and `kinora new`.

use std::fs;

use kinora_media::probe;

use crate::studio::Studio;

const MOVING: &str = "
  const square = createRef<Rect>();
  view.add(<Rect ref={square} size={30} x={-60} fill={'white'} />);
  view.add(<Audio src={'/clip.mp4'} play={true} />);
  yield* square().position.x(60, 1);";

#[test]
fn a_script_renders_a_video() {
    let studio = Studio::scene(MOVING);
    studio.make_clip("clip.mp4", 60);
    studio.write(
        "src/render.ts",
        "import {renderVideo} from '@revideo/renderer';
         const file = await renderVideo({
           projectFile: './src/project.tsx',
           settings: {outFile: 'film.mp4', workers: 2, projectSettings: {size: {x: 64, y: 36}}},
         });
         console.log(`made ${file}`);",
    );
    let told = studio.run(&["run", "src/render.ts"]).good();
    assert_eq!(told.out, "made output/film.mp4\n");
    let video = probe(&studio.path("output/film.mp4"))
        .unwrap()
        .video
        .unwrap();
    assert_eq!((video.width, video.height), (64, 36));
    assert!(studio.leftovers().is_empty());
}

#[test]
fn parts_together_are_the_whole() {
    let studio = Studio::scene(MOVING);
    studio.make_clip("clip.mp4", 60);
    studio.write(
        "src/parts.ts",
        "import {renderPartialVideo} from '@revideo/renderer';
         for (let workerId = 0; workerId < 3; workerId++) {
           const part = await renderPartialVideo({projectFile: 'src/project.tsx', workerId, numWorkers: 3});
           console.log(JSON.stringify(part));
         }",
    );
    let told = studio.run(&["run", "src/parts.ts"]).good();
    let (mut seconds, mut samples) = (Vec::new(), 0);
    for line in told.out.lines() {
        let part: serde_json::Value = serde_json::from_str(line).unwrap();
        let video = part["videoFile"].as_str().unwrap();
        let audio = part["audioFile"].as_str().unwrap();
        assert!(
            video.ends_with("/visuals.mp4") && audio.ends_with("/audio.wav"),
            "{line}"
        );
        let info = probe(video).unwrap();
        assert!(info.audio.is_none());
        seconds.push((info.duration * 30.0).round() as u64);
        samples += (fs::metadata(audio).unwrap().len() - 44) / 4;
    }
    // 32 frames: [0, 10), [10, 21), [21, 32).
    assert_eq!(seconds, [10, 11, 11]);
    assert_eq!(samples, 32 * 1600);
}

#[test]
fn what_a_script_does_wrong_is_its_exit_code() {
    let studio = Studio::scene(MOVING);
    studio.write(
        "src/a.ts",
        "console.log('before');\nthrow new Error('no such luck');",
    );
    let told = studio.run(&["run", "src/a.ts"]);
    assert_eq!((told.code, told.out.as_str()), (Some(1), "before\n"));
    assert!(
        told.err.starts_with("error: no such luck\n  src/a.ts:2:"),
        "{}",
        told.err
    );

    studio.write("src/b.ts", "await Promise.reject(new Error('rejected'));");
    let told = studio.run(&["run", "src/b.ts"]);
    assert_eq!(told.code, Some(1));
    assert!(told.err.starts_with("error: rejected\n"), "{}", told.err);

    studio.write(
        "src/c.ts",
        "import {renderVideo} from '@revideo/renderer';
         await renderVideo({projectFile: './src/absent.tsx'}).catch(error => console.log(error.message));",
    );
    let told = studio.run(&["run", "src/c.ts"]).good();
    assert_eq!(told.out, "`./src/absent.tsx` does not exist\n");

    studio
        .run(&["run", "src/absent.ts"])
        .fault(1, "`src/absent.ts` does not exist");
}

#[test]
fn a_new_project_renders_as_it_is() {
    let studio = Studio::scene("");
    let told = studio.run(&["new", "My Film"]).good();
    assert_eq!(
        told.out,
        "made My Film; render it with: kinora render My Film/src/project.tsx\n"
    );
    let args = [
        "--size",
        "320x180",
        "--progress",
        "none",
        "-o",
        "film.mp4",
        "--range",
        "0:0.5",
    ];
    let render = ["render", "My Film/src/project.tsx"];
    let told = studio.run(&[&render[..], &args].concat()).good();
    assert_eq!(told.err, "");
    assert!((probe(&studio.path("film.mp4")).unwrap().duration - 0.5).abs() < 1e-3);
    studio
        .run(&["new", "My Film"])
        .fault(2, "`My Film` exists and is not empty");
}

#[test]
fn every_template_renders_as_it_is() {
    let studio = Studio::scene("");
    for (name, frames) in [
        ("hello", 121),
        ("captions", 136),
        ("slideshow", 271),
        ("code", 314),
        ("data", 226),
    ] {
        studio.run(&["new", name, "--template", name]).good();
        let project = format!("{name}/src/project.tsx");
        let told = studio.run(&["inspect", &project, "--json"]).good();
        let facts: serde_json::Value = serde_json::from_str(&told.out).unwrap();
        assert_eq!(facts["frames"], frames, "{name}");
        let output = format!("{name}.mp4");
        let args = [
            "--size",
            "320x180",
            "--preset",
            "ultrafast",
            "--range",
            "0.5:1",
            "-o",
            &output,
        ];
        let told = studio
            .run(&[&["render", &project, "--progress", "none"][..], &args].concat())
            .good();
        assert_eq!(told.err, "", "{name}");
        assert!(studio.path(&output).is_file());
    }
    let args = [
        "batch",
        "data/src/project.tsx",
        "--from",
        "data/rows.csv",
        "--range",
        "0:0.1",
        "-o",
        "data/{name}.mp4",
    ];
    let told = studio
        .run(&[&args[..], &["--size", "320x180"]].concat())
        .good();
    assert!(told.out.contains("made 3 videos"), "{}", told.out);
}

#[test]
fn a_script_s_limits_hold_for_what_it_renders() {
    let studio = Studio::scene(
        "const much: number[][] = [];\n  for (let i = 0; i < 64; i++) much.push(new Array(1 << 17).fill(i));\n  yield* waitFor(much.length / 640);",
    );
    studio.write(
        "src/render.ts",
        "import {renderVideo} from '@revideo/renderer';
         await renderVideo({projectFile: './src/project.tsx'}).then(
           () => console.log('made'),
           error => console.log('refused: ' + error.message.includes('memory')),
         );",
    );
    let run = |limit: &str| {
        studio
            .run(&["run", "--max-memory", limit, "src/render.ts"])
            .good()
    };
    assert_eq!(run("32M").out, "refused: true\n");
    assert_eq!(run("1G").out, "made\n");
}
