//! What is wrong with a project is told in full, and where.

use crate::studio::{Studio, project};

/// Renders a scene that does this; the exit code and what was said.
fn told(body: &str) -> (Option<i32>, String) {
    let outcome = Studio::scene(body).render(&[]);
    (outcome.code, outcome.err)
}

#[test]
fn a_project_that_is_not_there() {
    let studio = Studio::scene("");
    let render = |args: &[&str]| studio.run(&[&["render"], args].concat());
    render(&["absent.tsx"]).fault(1, "`absent.tsx` does not exist");
    render(&["src"]).fault(1, "`src` is a folder, not a file");
    render(&["src/project.tsx", "--root", "absent"]).fault(1, "`absent` is not a folder");
}

#[test]
fn a_project_that_is_none() {
    let studio = Studio::new("export const project = 1;");
    let told = studio.render(&[]);
    let path = studio.path("src/project.tsx");
    told.fault(
        1,
        &format!(
            "`{}` has no default export\n  hint: export a project: `export default makeProject({{scenes: [scene]}})`",
            path.display()
        ),
    );
}

#[test]
fn a_syntax_error_is_shown() {
    let studio = Studio::new("const a = 1;\nconst b = {x: 1, 2};\n");
    let told = studio.render(&[]);
    assert_eq!(told.code, Some(1));
    assert!(told.err.contains("\n  src/project.tsx:2:"), "{}", told.err);
    assert!(
        told.err.contains("\n  2 | const b = {x: 1, 2};\n"),
        "{}",
        told.err
    );
}

#[test]
fn an_exception_is_shown_where_it_was_thrown() {
    let (code, err) = told("  yield* waitFor(0.5);\n  throw new Error('no such luck');");
    assert_eq!(code, Some(1));
    assert!(
        err.starts_with("error: no such luck\n  src/project.tsx:5:"),
        "{err}"
    );
    assert!(
        err.contains("\n  5 |   throw new Error('no such luck');\n"),
        "{err}"
    );
}

#[test]
fn a_scene_without_end() {
    let studio = Studio::scene("  while (true) yield;");
    let told = studio.render(&["--max-duration", "2s"]);
    told.fault(
        1,
        "scene `scene` has not ended after 2 s\n  src/project.tsx:3:15\n  3 | const scene = makeScene2D('scene', function* (view) {\n    |               ^\n  hint: an endless `loop` on the scene's own thread? start it with `yield` instead of `yield*`",
    );
    assert!(!studio.path("out.mp4").exists());
}

#[test]
fn numbers_that_are_none() {
    let (code, err) =
        told("  view.add(<Rect key={'square'} x={NaN} size={9} />);\n  yield* waitFor(1);");
    assert_eq!(code, Some(1));
    let lines = [
        "error: `square`: `position` is not a finite number",
        "  src/project.tsx:4:36",
        "  4 |   view.add(<Rect key={'square'} x={NaN} size={9} />);",
        "    |                                    ^",
        "  hint: it happened in frame 0",
    ];
    assert_eq!(err.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn files_that_are_missing_or_broken() {
    let studio =
        Studio::scene("  yield view.add(<Video src={'/clip.mp4'} />);\n  yield* waitFor(1);");
    let told = studio.render(&[]);
    assert_eq!(told.code, Some(1));
    let path = studio.path("public/clip.mp4");
    let cause = format!("there is no file `{}`", path.display());
    assert!(
        told.err.contains("`/clip.mp4`") && told.err.contains(&cause),
        "{}",
        told.err
    );

    studio.write("public/clip.mp4", "not a video");
    let told = studio.render(&[]);
    assert_eq!(told.code, Some(1));
    let cause = "`/clip.mp4` is not a picture, video or sound file";
    assert!(told.err.contains(cause), "{}", told.err);

    let whole = std::fs::read(studio.make_clip("clip.mp4", 60)).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let told = studio.render(&[]);
    assert_eq!(told.code, Some(1), "{told:#?}");
    let cause = format!(
        "`/clip.mp4` is cut short: it has {} of {} bytes; copy or download it again",
        whole.len() / 2,
        whole.len()
    );
    assert!(told.err.contains(&cause), "{}", told.err);
    assert!(!studio.path("out.mp4").exists());

    std::fs::write(&path, &whole).unwrap();
    studio.write(
        "src/project.tsx",
        &project("  yield view.add(<Img src={'/clip.png'} />);"),
    );
    std::fs::write(studio.path("public/clip.png"), &whole[..0]).unwrap();
    let told = studio.render(&[]);
    assert_eq!(told.code, Some(1));
    assert!(
        told.err.contains("`/clip.png` is empty (0 bytes)"),
        "{}",
        told.err
    );
}

#[test]
fn a_broken_video_is_told_or_refused() {
    let studio = Studio::scene(
        "  yield view.add(<Video src={'/clip.mp4'} play={true} />);\n  yield* waitFor(2);",
    );
    let path = studio.make_clip("clip.mp4", 60);
    assert_eq!(studio.render(&[]).good().err, "");
    let mut bytes = std::fs::read(&path).unwrap();
    let noise = 3 * bytes.len() / 4;
    let mut state = 1u32;
    for byte in &mut bytes[noise..noise + 200] {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (state >> 24) as u8;
    }
    std::fs::write(&path, bytes).unwrap();
    // What the cache keeps is told again.
    for _ in 0..2 {
        let told = studio.render(&[]).good();
        let warnings: Vec<&str> = told.err.lines().collect();
        assert_eq!(warnings.len(), 1, "{}", told.err);
        assert!(
            warnings[0].starts_with("warning: `/clip.mp4`: it is damaged at 1."),
            "{}",
            told.err
        );
    }
    std::fs::remove_file(studio.path("out.mp4")).unwrap();
    let told = studio.render(&["--on-damaged", "error"]);
    assert_eq!(told.code, Some(1));
    let refused = told
        .err
        .starts_with("error: `/clip.mp4`: it is damaged at 1.");
    assert!(refused, "{}", told.err);
    assert!(!studio.path("out.mp4").exists());
}

/// The red of a pixel of a frame that was drawn to a PNG file.
fn red(studio: &Studio, more: &[&str], (x, y): (usize, usize)) -> u8 {
    let args = ["frame", "src/project.tsx", "--frames", "3", "-o", "x.png"];
    studio.run(&[&args[..], more].concat()).good();
    let still = kinora_media::read_still(&studio.path("x.png")).unwrap();
    still.rgba[4 * (y * still.width as usize + x)]
}

#[test]
fn a_film_goes_on_without_a_missing_file() {
    let studio = Studio::scene(
        "  view.fill('white');\n  view.add(<Video src={'/gone.mp4'} size={60} play={true} />);\n  \
           view.add(<Video src={'/gone.mp4'} size={10} x={60} play={true} />);\n  \
           view.add(<Audio src={'/gone.mp3'} play={true} />);\n  yield* waitFor(0.5);",
    );
    let told = studio.render(&[]);
    assert_eq!(told.code, Some(1));
    assert!(told.err.contains("/gone.mp4"), "{}", told.err);
    for (what, left, middle) in [
        ("hold", "nothing is seen of it", 255),
        ("black", "it is black", 0),
    ] {
        let told = studio.render(&["--on-missing", what]).good().err;
        let warnings: Vec<&str> = told
            .lines()
            .filter(|line| line.starts_with("warning: "))
            .collect();
        assert_eq!(warnings.len(), 2, "{told}");
        let end = format!("; {left} (--on-missing {what})");
        assert!(
            warnings[0].contains("cannot load video `/gone.mp4`: "),
            "{told}"
        );
        assert!(warnings[0].ends_with(&end), "{told}");
        assert!(
            warnings[1].contains("cannot load sound `/gone.mp3`: "),
            "{told}"
        );
        assert!(warnings[1].contains("; it is silent"), "{told}");
        // Of several nodes that show it the first is told.
        assert!(told.contains("at src/project.tsx:5:"), "{told}");
        assert_eq!(red(&studio, &["--on-missing", what], (80, 45)), middle);
        assert_eq!(red(&studio, &["--on-missing", what], (5, 5)), 255);
    }
    studio
        .render(&["--on-missing", "gap"])
        .refused("--on-missing");
    studio
        .render(&["--encoder", "h264_nvenc"])
        .refused("from driver to driver");
}

#[test]
fn nothing_outside_the_project_is_read() {
    let studio = Studio::scene("  yield view.add(<Img src={'../../secret.png'} />);");
    let told = studio.render(&[]);
    assert_eq!(told.code, Some(1));
    assert!(told.err.contains("there is no file"), "{}", told.err);
    let studio = Studio::scene("  yield view.add(<Img src={'/etc/passwd'} />);");
    let told = studio.render(&[]);
    assert_eq!(told.code, Some(1));
    assert!(told.err.contains("public/etc/passwd"), "{}", told.err);
}

#[test]
fn an_unknown_font_is_a_warning() {
    let studio = Studio::scene(
        "  view.add(<Txt fontFamily={'No Such Font'} text={'Hi'} fontSize={20} />);\n  yield* waitFor(0.1);",
    );
    let told = studio.render(&[]).good();
    assert_eq!(
        told.err,
        "warning: unknown font family `No Such Font`, using `Roboto` instead\n"
    );
}

#[test]
fn a_name_that_is_not_exported() {
    let studio = Studio::new("import {waitFro} from '@revideo/core';\nexport default waitFro;");
    let told = studio.render(&[]);
    assert_eq!(told.code, Some(1));
    assert!(
        told.err.contains("`waitFro`") && told.err.contains("`waitFor`"),
        "{}",
        told.err
    );
}

#[test]
fn films_that_cannot_be() {
    let studio = Studio::scene("  yield* waitFor(1);");
    studio.render(&["--size", "161x90"]).fault(
        1,
        "H.264 video in yuv420p has an even number of pixels each way, got `161x90`; \
         the nearest sizes are 160x90 and 162x90 (--size or --scale)",
    );
    studio.render(&["--range", "5:6"]).fault(
        1,
        "the range starts at 5 s, but the project ends at 1.0333333333333334 s",
    );
    let render = |args: &[&str]| {
        let fixed = ["render", "src/project.tsx", "--progress", "none"];
        studio.run(&[&fixed, args].concat())
    };
    for (args, wanted) in [
        (
            &["-o", "film.avi"][..],
            "the name `film.avi` promises no format that is written",
        ),
        (
            &["-o", "film.png"],
            "put %05d where the frame's number is to stand",
        ),
        (
            &["-o", "film.wav", "--no-audio"],
            "cannot be written without sound",
        ),
        (
            &["-o", "film.gif", "--crf", "20"],
            "`crf` means nothing to the format `gif`",
        ),
        (
            &["-o", "film.mp4", "--codec", "vp9"],
            "that one is held by `webm`",
        ),
        (&["--format", "avi"], "must be a format that is written"),
    ] {
        let told = render(args);
        assert_eq!(told.code, Some(2), "{args:?}");
        assert!(told.err.contains(wanted), "{}", told.err);
    }
    render(&["-o", "film.gif", "--fps", "60"])
        .fault(1, "a GIF shows at most 50 frames a second, got `60` (--fps); `.webp` and `.apng` go up to 90, `.mp4` and `.webm` further");
    render(&["-o", "film.mov", "--codec", "prores-422", "--size", "161x90"])
        .fault(1, "ProRes 422 has an even number of pixels across, got `161x90`; the codec `prores` takes any (--codec), or choose another --size");
    for fps in ["0", "5000", "x"] {
        let wrong = studio.render(&["--fps", fps]);
        assert_eq!(wrong.code, Some(2));
        let wanted = "must be a number from 0.001 to 1000";
        assert!(wrong.err.contains(wanted), "{}", wrong.err);
    }
}

#[test]
fn variables_that_are_none() {
    let studio = Studio::scene("  yield* waitFor(1);");
    studio.write("list.json", "[1]");
    studio
        .render(&["--variables", "list.json"])
        .fault(1, "the variables `list.json` are not a JSON object");
    studio.render(&["--variables", "absent.json"]).fault(
        1,
        "cannot read the variables `absent.json`\n  because: No such file or directory (os error 2)",
    );
}

#[test]
fn an_output_that_cannot_be_written() {
    let studio = Studio::scene("  yield* waitFor(1);");
    studio.write("file", "");
    studio.render(&["-o", "file/film.mp4"]).fault(
        2,
        "cannot make the folder `file`\n  because: File exists (os error 17)",
    );
    std::fs::create_dir(studio.path("film.mp4")).unwrap();
    let told = studio.render(&["-o", "film.mp4"]);
    assert_eq!(told.code, Some(2), "{told:#?}");
    assert!(
        told.err.starts_with("error: cannot write `film.mp4`\n"),
        "{}",
        told.err
    );
}
