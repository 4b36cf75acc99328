//! Single frames as PNG.

use std::{fs::File, io::BufReader};

use crate::studio::Studio;

const SQUARE: &str = "
  const square = createRef<Rect>();
  view.add(<Rect ref={square} size={30} x={-60} fill={'#ff000080'} />);
  yield* square().position.x(60, 1);";

/// The colour of a pixel, and the size.
pub fn pixel(studio: &Studio, name: &str, x: usize, y: usize) -> ([u8; 4], (u32, u32)) {
    let file = BufReader::new(File::open(studio.path(name)).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgba);
    let place = (y * info.width as usize + x) * 4;
    let color = bytes[place..place + 4].try_into().unwrap();
    (color, (info.width, info.height))
}

#[test]
fn frames_are_the_canvas_with_its_transparency() {
    let studio = Studio::scene(SQUARE);
    let args = [
        "frame",
        "src/project.tsx",
        "--frames",
        "0,10-31:21",
        "-o",
        "dir/%04d.png",
    ];
    let told = studio.run(&args).good();
    assert_eq!((told.out.as_str(), told.err.as_str()), ("", ""));
    let (color, size) = pixel(&studio, "dir/0000.png", 20, 45);
    assert_eq!(size, (160, 90));
    assert_eq!((color[0], color[3]), (255, 128));
    assert_eq!(pixel(&studio, "dir/0000.png", 140, 45).0, [0; 4]);
    assert_eq!(pixel(&studio, "dir/0031.png", 140, 45).0[3], 128);
    assert!(studio.path("dir/0010.png").is_file());
    assert!(!studio.path("dir/0011.png").exists());
}

#[test]
fn the_background_lies_below() {
    let studio = Studio::scene(SQUARE);
    let args = ["frame", "src/project.tsx", "--frames", "0", "-o", "one.png"];
    studio
        .run(&[&args[..], &["--background", "#0000ff"]].concat())
        .good();
    assert_eq!(pixel(&studio, "one.png", 140, 45).0, [0, 0, 255, 255]);
    let [r, g, b, a] = pixel(&studio, "one.png", 20, 45).0;
    assert_eq!(
        (r.abs_diff(128) <= 1, g, b.abs_diff(127) <= 1, a),
        (true, 0, true, 255)
    );
}

#[test]
fn a_time_means_the_frame_that_is_on() {
    let studio = Studio::scene(SQUARE);
    for (time, frame) in [("0.1", "3"), ("0.099", "2"), ("0.7", "21")] {
        let args = ["frame", "src/project.tsx", "-o"];
        studio
            .run(&[&args[..], &["time.png", "--time", time]].concat())
            .good();
        studio
            .run(&[&args[..], &["frame.png", "--frames", frame]].concat())
            .good();
        assert!(
            studio.bytes("time.png") == studio.bytes("frame.png"),
            "{time}"
        );
    }
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let studio = Studio::scene(SQUARE);
    let frame = |args: &[&str]| studio.run(&[&["frame", "src/project.tsx"], args].concat());
    frame(&["--frames", "5,40"]).fault(
        1,
        "there is no frame 40: the project has frames 0..32 (the last one not included)",
    );
    frame(&["--frames", "0,1", "-o", "one.png"]).fault(
        2,
        "`one.png` names one file for 2 frames; put %06d where the frame's number is to stand",
    );
    frame(&["--frames", "0", "-o", "%s.png"]).fault(
        2,
        "`%s.png` is not a file name: %d or %06d may stand in it once, and %% for a percent sign",
    );
    let wrong = frame(&["--frames", "9-3"]);
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong.err.contains("`9-3` ends before it begins"),
        "{}",
        wrong.err
    );
}

#[test]
fn warnings_are_told_with_single_frames_too() {
    let studio = Studio::scene(
        "view.add(<Txt text={'x'} fontFamily={'No Such Family'} />);\n  yield* waitFor(1);",
    );
    let told = studio
        .run(&["frame", "src/project.tsx", "--frames", "0", "-o", "a.png"])
        .good();
    assert!(told.err.contains("warning: "), "{}", told.err);
    assert!(told.err.contains("No Such Family"), "{}", told.err);
}

#[test]
fn pictures_and_figures_replace_links_and_leave_what_they_led_to() {
    let studio = Studio::scene(SQUARE);
    studio.write("key", "secret");
    let link = |name: &str| std::os::unix::fs::symlink(studio.path("key"), studio.path(name));
    for name in ["a.png", "a.mp4", "a.json", "a.mp4.partial", "a.kinora"] {
        link(name).unwrap();
    }
    studio
        .run(&["frame", "src/project.tsx", "--frames", "0", "-o", "a.png"])
        .good();
    studio.render(&["-o", "a.mp4", "--stats", "a.json"]).good();
    studio
        .run(&["bundle", "src/project.tsx", "-o", "a.kinora"])
        .good();
    assert_eq!(studio.bytes("key"), b"secret");
    for name in ["a.png", "a.mp4", "a.json", "a.kinora"] {
        assert!(!studio.path(name).is_symlink(), "{name}");
    }
}

#[test]
fn every_command_keeps_the_cache_to_its_size() {
    let studio = Studio::scene(SQUARE);
    for command in [
        &["frame", "src/project.tsx", "--frames", "0", "-o", "a.png"][..],
        &["inspect", "src/project.tsx", "--json"],
        &["bundle", "src/project.tsx"],
    ] {
        let old = studio.cache().join("data-old");
        std::fs::write(&old, vec![0; 100_000]).unwrap();
        let mut run = studio.command(command);
        run.env("KINORA_CACHE_SIZE", "50K");
        crate::studio::outcome(run).good();
        assert!(!old.exists(), "{command:?}");
    }
}

#[test]
fn a_picture_is_what_its_name_says() {
    let studio = Studio::scene(SQUARE);
    let draw = |output: &str| {
        let args = ["frame", "src/project.tsx", "--frames", "0", "-o", output];
        studio.run(&args)
    };
    for name in ["a.PNG", "plain"] {
        draw(name).good();
        assert!(studio.bytes(name).starts_with(b"\x89PNG"), "{name}");
    }
    for (name, start) in [
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.JPEG", b"\xff\xd8\xff\xe0"),
        ("a.webp", b"RIFF"),
    ] {
        draw(name).good();
        assert!(studio.bytes(name).starts_with(start), "{name}");
    }
    draw("a.avif").good();
    assert_eq!(studio.bytes("a.avif")[4..12], *b"ftypavif");
    for name in ["a.gif", "a.tiff", "%d.mp4"] {
        let told = draw(name);
        assert_eq!(told.code, Some(2));
        assert!(
            told.err
                .contains("the name ends in `.png`, `.jpg`, `.jpeg`, `.webp` or `.avif`"),
            "{}",
            told.err
        );
    }
}

#[test]
fn declarations_are_not_written_through_links() {
    let studio = Studio::scene(SQUARE);
    std::fs::create_dir_all(studio.path("../elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", studio.path("node_modules")).unwrap();
    let told = studio.run(&["types", "."]);
    assert_eq!(told.code, Some(2), "{told:?}");
    assert!(
        told.err.contains("is a link, and links are not followed"),
        "{}",
        told.err
    );
    let elsewhere = std::fs::read_dir(studio.path("../elsewhere")).unwrap();
    assert_eq!(elsewhere.count(), 0);
}

#[test]
fn a_sheet_has_frames_of_all_the_film() {
    let studio = Studio::scene(SQUARE);
    let args = [
        "frame",
        "src/project.tsx",
        "--background",
        "#0000ff",
        "-o",
        "sheet.png",
    ];
    let told = studio
        .run(&[&args[..], &["--sheet", "4", "--sheet-width", "80"]].concat())
        .good();
    assert_eq!(
        told.out,
        "row 1, column 1: frame 4, 0.13 s\nrow 1, column 2: frame 12, 0.40 s\n\
         row 2, column 1: frame 20, 0.67 s\nrow 2, column 2: frame 28, 0.93 s\n"
    );
    // Two by two pictures of 80 by 45 with 4 pixels about each.
    let (gap, size) = pixel(&studio, "sheet.png", 2, 2);
    assert_eq!((gap, size), ([32, 32, 32, 255], (172, 102)));
    assert_eq!(pixel(&studio, "sheet.png", 83, 6).0, [0, 0, 255, 255]);
    studio
        .run(&[&args[..], &["--sheet", "0"]].concat())
        .refused("--sheet");
}
