//! What strangers, other programs and the machine may do to a render.

use std::{
    fs,
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use serde_json::json;

use crate::{
    server::Server,
    studio::{Outcome, Studio, files, outcome, project},
};

/// A film of three segments of a second, the last of which has one frame.
const SHORT: &str = "
  const square = createRef<Rect>();
  view.add(<Rect ref={square} size={20} x={-60} fill={'#ff8040'} />);
  yield* square().position.x(60, 2);";

/// Runs the command, which must end by itself within half a minute.
fn ended(studio: &Studio, args: &[&str]) -> Outcome {
    let mut timeout = Command::new("timeout");
    timeout.args(["--signal=KILL", "30", env!("CARGO_BIN_EXE_kinora")]);
    let told = outcome(studio.prepared(timeout, args));
    assert!(
        told.code.is_some_and(|code| code < 100),
        "{args:?}: {told:?}"
    );
    told
}

#[test]
fn files_beside_a_project_are_fenced_as_well() {
    let studio = Studio::scene("  yield view.add(<Rect key={'box'} size={20} />);");
    let outside = studio.path("../outside.json");
    fs::write(&outside, r#"{"type": "AKIASECRET"}"#).unwrap();
    let fifo = studio.path("../fifo");
    assert!(
        Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    let targets = [
        outside.as_path(),
        &fifo,
        Path::new("/dev/zero"),
        Path::new("/proc/self/environ"),
    ];
    for (beside, commands) in [
        (
            "src/project.inputs.json",
            &["render", "frame", "bundle", "check"][..],
        ),
        ("src/project.expect.json", &["check"][..]),
    ] {
        let link = studio.path(beside);
        for target in targets {
            symlink(target, &link).unwrap();
            for command in commands {
                let told = ended(&studio, &[command, "src/project.tsx", "--untrusted"]);
                let said = told.out + &told.err;
                assert!(
                    !said.contains("AKIASECRET") && !said.contains("HOME="),
                    "{said}"
                );
            }
            fs::remove_file(&link).unwrap();
        }
        // one's own may link to where they like, but not to what has no end
        symlink(&outside, &link).unwrap();
        let told = ended(&studio, &[commands[commands.len() - 1], "src/project.tsx"]);
        assert_eq!(told.code, Some(1), "{told:?}");
        assert!(told.err.contains(".json`: "), "{}", told.err);
        fs::remove_file(&link).unwrap();
        symlink(&fifo, &link).unwrap();
        let told = ended(&studio, &["check", "src/project.tsx"]);
        assert!(
            told.err.contains("it is no file but a pipe"),
            "{}",
            told.err
        );
        fs::remove_file(&link).unwrap();
    }
}

#[test]
fn nothing_is_written_through_a_project_s_links() {
    let studio = Studio::scene("  yield view.add(<Rect size={20} />);");
    let victim = studio.path("../victim");
    fs::create_dir(&victim).unwrap();
    symlink("../victim", studio.path("out")).unwrap();
    let render = ["render", "--untrusted", "src/project.tsx"];
    let writes: [&[&str]; 8] = [
        &["-o", "out/a.mp4"],
        &["-o", "out/a.m3u8"],
        &["-o", "out/%03d.png"],
        &["-o", "out/new/a.mp4"],
        &["-o", "a.mp4", "--stats", "out/a.json"],
        &["-o", "out/../out/a.mp4"],
        &["-o", "./out/a.gif"],
        &["-o", "out/a.wav"],
    ];
    let frame = [
        "frame",
        "--untrusted",
        "src/project.tsx",
        "--frames",
        "0",
        "-o",
        "out/a.png",
    ];
    let bundle = [
        "bundle",
        "--untrusted",
        "src/project.tsx",
        "-o",
        "out/a.tar",
    ];
    let mut all: Vec<Vec<&str>> = vec![frame.to_vec(), bundle.to_vec()];
    all.extend(writes.map(|more| [&render[..], more].concat()));
    for args in all {
        let told = ended(&studio, &args);
        assert_eq!(told.code, Some(1), "{args:?}: {told:?}");
        let right = "out` is a link of the project's, and nothing is written through those";
        assert!(told.err.contains(right), "{args:?}: {}", told.err);
    }
    assert!(files(&victim).is_empty());
    // the user's own links are the user's business
    studio.render(&["-o", "out/a.mp4"]).good();
    assert_eq!(files(&victim).len(), 1);
}

#[test]
fn films_of_many_files_do_not_mix() {
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
        ];
        let more = ["--var", &fill, "-o", output, "--segment-seconds", "0.5"];
        studio.command(&[&args[..], &more].concat())
    };
    let content = |folder: &str| {
        let mut all = files(&studio.path(folder));
        all.sort();
        let named = all
            .iter()
            .map(|path| (path.file_name().unwrap().to_owned(), path));
        let named = named.map(|(name, path)| (name, fs::read(path).unwrap()));
        named.collect::<Vec<_>>()
    };
    for name in ["film.m3u8", "%03d.png"] {
        let alone = ["red", "blue"].map(|fill| {
            outcome(film(fill, &format!("{fill}/{name}"))).good();
            content(fill)
        });
        assert!(alone[0] != alone[1]);
        for _ in 0..4 {
            let both = ["red", "blue"].map(|fill| {
                let mut render = film(fill, &format!("both/{name}"));
                render.stderr(Stdio::piped()).spawn().unwrap()
            });
            let ends = both.map(|render| render.wait_with_output().unwrap());
            let good = ends.iter().filter(|end| end.status.success()).count();
            assert!(good >= 1, "{ends:?}");
            for end in ends.iter().filter(|end| !end.status.success()) {
                let said = String::from_utf8_lossy(&end.stderr);
                assert!(
                    said.contains("another render is at work on `both/"),
                    "{said}"
                );
            }
            let made = content("both");
            assert!(alone.contains(&made), "{} files", made.len());
        }
        for folder in ["red", "blue", "both"] {
            fs::remove_dir_all(studio.path(folder)).unwrap();
        }
    }
    assert!(studio.leftovers().is_empty(), "{:?}", studio.leftovers());
}

#[test]
fn killed_at_any_moment_nothing_is_lost() {
    let studio = Studio::scene(crate::studio::LONG);
    let args = [
        "render",
        "src/project.tsx",
        "--progress",
        "none",
        "--range",
        "0:30",
        "--segment-seconds",
        "1",
        "-o",
    ];
    studio
        .run(&[&args[..], &["whole.mp4", "--no-cache"]].concat())
        .good();
    let whole = studio.bytes("whole.mp4");
    let mut seed = 9_u64;
    let mut killed = 0;
    for _ in 0..12 {
        let mut render = studio.start(&[&args[..], &["out.mp4"]].concat());
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis(20 + (seed >> 33) % 780));
        let _ = render.kill();
        killed += u32::from(!render.wait().unwrap().success());
        if studio.path("out.mp4").exists() {
            assert!(studio.bytes("out.mp4") == whole);
            fs::remove_file(studio.path("out.mp4")).unwrap();
        }
        let mut names: Vec<_> = fs::read_dir(studio.path(""))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["package.json", "public", "src", "whole.mp4"]);
    }
    assert!(killed >= 3, "the machine is too fast for this test");
    studio.run(&[&args[..], &["out.mp4"]].concat()).good();
    assert!(studio.bytes("out.mp4") == whole);
}

/// The cache's files whose names begin so, or, without a beginning, its segments.
fn cached(studio: &Studio, begin: &str) -> Vec<std::path::PathBuf> {
    let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let mut all = files(&studio.cache());
    all.retain(|path| match begin {
        "" => name(path).len() == 64,
        begin => name(path).starts_with(begin),
    });
    all.sort();
    all
}

#[test]
fn another_segment_in_the_cache_is_none() {
    let studio = Studio::scene(SHORT);
    let args = [
        "render",
        "src/project.tsx",
        "--progress",
        "none",
        "--segment-seconds",
        "1",
    ];
    studio.run(&args).good();
    let film = studio.bytes("out.mp4");
    let segments = cached(&studio, "");
    assert_eq!(segments.len(), 3);
    for into in &segments {
        let good = fs::read(into).unwrap();
        let others = segments.iter().filter(|from| *from != into);
        let mut others: Vec<Vec<u8>> = others.map(|from| fs::read(from).unwrap()).collect();
        others.push(b"nonsense".to_vec());
        others.push(Vec::new());
        others.push(good[..good.len() - 1].to_vec());
        for other in others {
            fs::write(into, other).unwrap();
            let told = ended(&studio, &args);
            assert_eq!(told.code, Some(0), "{told:?}");
            assert!(studio.bytes("out.mp4") == film);
        }
        fs::remove_file(into).unwrap();
        fs::create_dir_all(into.join("folder")).unwrap();
        assert_eq!(ended(&studio, &args).code, Some(0));
        assert!(studio.bytes("out.mp4") == film);
        assert!(fs::read(into).unwrap() == good);
    }
}

#[test]
fn damaged_files_in_the_cache_are_fetched_and_made_anew() {
    let png = |color: [u8; 3]| {
        let mut bytes = Vec::new();
        let row = [&[0][..], &color].concat();
        bytes.extend(b"\x89PNG\r\n\x1a\n");
        chunk(&mut bytes, *b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0");
        // one stored block of a deflate stream
        let mut data = vec![0x78, 1, 1, 4, 0, 0xfb, 0xff];
        data.extend(&row);
        let (mut a, mut b) = (1_u32, 0_u32);
        for byte in &row {
            a = (a + u32::from(*byte)) % 65_521;
            b = (b + a) % 65_521;
        }
        data.extend((b << 16 | a).to_be_bytes());
        chunk(&mut bytes, *b"IDAT", &data);
        chunk(&mut bytes, *b"IEND", b"");
        bytes
    };
    let server = Server::start(&[("/a.png", png([255, 0, 0]))]);
    let url = server.url("/a.png");
    let data = base64(&png([0, 0, 255]));
    let studio = Studio::scene(&format!(
        "  view.add(<Img src={{'{url}'}} size={{40}} x={{-40}} smoothing={{false}} />);\n  view.add(<Img src={{'data:image/png;base64,{data}'}} size={{40}} x={{40}} smoothing={{false}} />);\n  yield;"
    ));
    let frame = ["frame", "src/project.tsx", "--frames", "0", "-o", "a.png"];
    studio.run(&frame).good();
    let picture = studio.bytes("a.png");
    for begin in ["url-", "data-"] {
        let kept = cached(&studio, begin);
        assert!(!kept.is_empty(), "{:?}", files(&studio.cache()));
        for path in kept {
            for damage in ["other bytes", "", "folder"] {
                let good = fs::read(&path).unwrap();
                match damage {
                    "folder" => {
                        fs::remove_file(&path).unwrap();
                        fs::create_dir_all(path.join("folder")).unwrap();
                    }
                    "other bytes" if !path.ends_with(".json") => {
                        fs::write(&path, png([0, 255, 0])).unwrap();
                    }
                    other => fs::write(&path, other).unwrap(),
                }
                let told = ended(&studio, &frame);
                assert_eq!(told.code, Some(0), "{path:?} {damage}: {told:?}");
                assert!(studio.bytes("a.png") == picture, "{path:?} {damage}");
                assert!(fs::read(&path).unwrap() == good, "{path:?} {damage}");
            }
        }
    }
    // without the network there is no other
    let whole = cached(&studio, "url-");
    fs::write(&whole[0], png([0, 255, 0])).unwrap();
    let told = ended(&studio, &[&frame[..], &["--offline"]].concat());
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(told.err.contains("--offline"), "{}", told.err);
}

/// Adds a part of a PNG file.
fn chunk(file: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) {
    let part = [&kind, content].concat();
    file.extend((content.len() as u32).to_be_bytes());
    file.extend(&part);
    file.extend(crate::granted::crc32(&part).to_be_bytes());
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let mut word = [0; 4];
        word[1..=three.len()].copy_from_slice(three);
        let bits = u32::from_be_bytes(word);
        for place in 0..4 {
            text.push(match place <= three.len() {
                true => LETTERS[(bits >> (18 - 6 * place) & 63) as usize] as char,
                false => '=',
            });
        }
    }
    text
}

#[test]
fn every_format_keeps_to_the_limit_of_pixels() {
    let studio = Studio::scene("  yield view.add(<Rect size={20} fill={'red'} />);");
    for name in ["a.png", "a.jpg", "a.webp", "a.avif"] {
        let output = format!("public/{name}");
        let args = [
            "frame",
            "src/project.tsx",
            "--frames",
            "0",
            "--size",
            "64x64",
            "-o",
            &output,
        ];
        studio.run(&args).good();
    }
    for name in ["a.gif", "moving.png", "moving.webp", "a.mov", "a.webm"] {
        let output = format!("public/{name}");
        let format = match name {
            "moving.png" => "apng",
            "moving.webp" => "webp",
            name => name.strip_prefix("a.").unwrap(),
        };
        let args = [
            "--size", "64x64", "--range", "0:0.2", "--format", format, "-o", &output,
        ];
        studio
            .run(
                &[
                    &["render", "src/project.tsx", "--progress", "none"],
                    &args[..],
                ]
                .concat(),
            )
            .good();
    }
    for name in ["a.bmp", "a.tif"] {
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-i"])
            .arg(studio.path("public/a.png"))
            .arg(studio.path("public").join(name))
            .status();
        assert!(made.unwrap().success());
    }
    let inner = base64(&studio.bytes("public/a.png"));
    studio.write(
        "public/inner.svg",
        &format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><image href='data:image/png;base64,{inner}' width='8' height='8'/></svg>"
        ),
    );
    let mut tried = 0;
    for path in files(&studio.path("public")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let node = match name.rsplit('.').next().unwrap() {
            "mov" | "webm" => "Video",
            _ => "Img",
        };
        let body = format!("  yield view.add(<{node} src={{'/{name}'}} />);");
        studio.write("src/project.tsx", &project(&body));
        let frame = [
            "frame",
            "src/project.tsx",
            "--frames",
            "0",
            "-o",
            "x.png",
            "--max-picture",
        ];
        let good = ended(&studio, &[&frame[..], &["4096"]].concat());
        assert_eq!(good.code, Some(0), "{name}: {good:?}");
        let limited = [&frame[..], &["4095"]].concat();
        let bundle = [
            "bundle",
            "src/project.tsx",
            "--max-picture",
            "4095",
            "-o",
            "x.tar",
        ];
        for args in [&limited[..], &bundle] {
            let told = ended(&studio, args);
            assert!(
                told.err
                    .contains("64x64 pixels, and at most 4095 are decoded (--max-picture;"),
                "{name}: {told:?}"
            );
            // a picture within a picture is left out, with a warning
            assert_eq!(
                told.code,
                Some(i32::from(node != "Img" || name != "inner.svg"))
            );
        }
        tried += 1;
    }
    assert_eq!(tried, 12);
}

#[test]
fn a_long_text_takes_little_more_memory_than_it_has() {
    let ascii = b"0123456789abcdef".repeat(20 << 16);
    let mixed = "é漢字 abcdef".repeat((20 << 20) / 15).into_bytes();
    let server = Server::start(&[
        ("/little.txt", b"x".to_vec()),
        ("/ascii.txt", ascii),
        ("/mixed.txt", mixed),
    ]);
    let peak = |path: &str| {
        let studio = Studio::new(&format!(
            "const text = await fetch('{}').then(answer => answer.text());\nconsole.log(text.length);\n{}",
            server.url(path),
            project("  yield;")
        ));
        let figures = studio.figures(&[]);
        figures["peakMemoryBytes"].as_f64().unwrap() / f64::from(1 << 20)
    };
    let little = peak("/little.txt");
    for path in ["/ascii.txt", "/mixed.txt"] {
        let more = peak(path) - little;
        assert!(more <= 3.0 * 20.0, "{path}: {more} MiB");
    }
}

#[test]
fn what_scripts_name_commands_no_program() {
    let studio = Studio::scene(
        "  console.log('\\u009b2J\\u007f\\u202e');\n  yield view.add(<Rect key={'a\\u009b\\u202e'} size={20} />);",
    );
    let plain = |text: &str| {
        let bad = |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}';
        assert!(!text.contains(bad), "{text:?}");
    };
    let told = studio.render(&["--events"]).good();
    plain(&told.err);
    let log = told
        .err
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let log: Vec<serde_json::Value> = log.collect();
    let said = |event: &serde_json::Value| event.to_string().contains('\u{9b}');
    assert!(log.iter().any(said), "the text itself is kept: {log:?}");
    let told = studio.run(&["inspect", "src/project.tsx", "--at", "0", "--json"]);
    let told = told.good();
    plain(&told.out);
    plain(&told.err);
    let tree: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert!(tree.to_string().contains("a\u{9b}\u{202e}"), "{tree}");
    // standard output as a terminal
    let mut script = Command::new("script");
    let command = format!(
        "{} inspect src/project.tsx --at 0",
        env!("CARGO_BIN_EXE_kinora")
    );
    script.args(["-qec", &command, "/dev/null"]);
    let shown = outcome(studio.prepared(script, &[])).good().out;
    plain(&shown.replace('\r', ""));
    assert!(shown.contains("a\\x9b\\u202e"), "{shown:?}");
}

#[test]
fn what_the_surroundings_lack_is_told_or_done_without() {
    let studio = Studio::scene("  yield view.add(<Rect size={20} />);");
    let render = ["render", "src/project.tsx", "--progress", "none"];
    let mut homeless = studio.command(&render);
    homeless.env_remove("HOME").env_remove("KINORA_CACHE_DIR");
    let told = outcome(homeless).good();
    assert!(
        told.err.contains("there is no cache folder"),
        "{}",
        told.err
    );
    let film = studio.bytes("out.mp4");

    // nobody listens
    let mut shell = Command::new("sh");
    shell.args([
        "-c",
        "exec \"$0\" \"$@\" >&- 2>&-",
        env!("CARGO_BIN_EXE_kinora"),
    ]);
    outcome(studio.prepared(shell, &["render", "src/project.tsx"])).good();
    assert!(studio.bytes("out.mp4") == film);
    let mut shell = Command::new("bash");
    let first = "set -o pipefail; \"$0\" \"$@\" 2>&1 | head -1";
    shell.args(["-c", first, env!("CARGO_BIN_EXE_kinora")]);
    outcome(studio.prepared(shell, &["render", "src/project.tsx"])).good();

    let told = ended(&studio, &[&render[..], &["--size", "16384x16384"]].concat());
    assert_eq!(told.code, Some(1));
    assert!(
        told.err
            .contains("a video has at most as many pixels as one of"),
        "{}",
        told.err
    );
}

#[test]
fn a_full_cache_is_done_without() {
    let studio = Studio::scene(SHORT);
    let args = ["render", "src/project.tsx", "--progress", "none"];
    studio.run(&args).good();
    let film = studio.bytes("out.mp4");
    let small = studio.path("../small");
    fs::create_dir(&small).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=4k", "tmpfs"])
        .arg(&small)
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("not tested: no small disk can be mounted here");
        return;
    }
    let mut render = studio.command(&args);
    render.env("KINORA_CACHE_DIR", &small);
    let told = outcome(render);
    let unmounted = Command::new("umount").arg(&small).status();
    assert!(unmounted.unwrap().success());
    let told = told.good();
    assert!(told.err.contains("warning: "), "{}", told.err);
    assert!(studio.bytes("out.mp4") == film);
    let facts = json!({"leftovers": studio.leftovers()});
    assert_eq!(facts, json!({"leftovers": []}));
}
