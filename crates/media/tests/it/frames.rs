use std::{path::Path, process::Command};

use kinora_media::{Matrix, VideoFrame, VideoReader, probe};

use crate::made::{Dice, barcode, ffmpeg, folder, number};

const H264: [&str; 8] = [
    "-c:v", "libx264", "-preset", "veryfast", "-g", "60", "-bf", "3",
];

fn make(name: &str, rate: &str, seconds: u32, options: &[&str]) -> std::path::PathBuf {
    let source = barcode("320x180", rate, seconds);
    let mut arguments = vec!["-f", "lavfi", "-i", &source, "-pix_fmt", "yuv420p"];
    arguments.extend(options);
    arguments.push(name);
    ffmpeg(&arguments)
}

fn shown(frame: &VideoFrame) -> u32 {
    match (frame.planes(), frame.rgba()) {
        (Some(planes), None) => number(|x, y| planes.y[y * planes.y_stride + x]),
        (None, Some(rgba)) => number(|x, y| rgba[(y * frame.width() as usize + x) * 4]),
        _ => panic!("a frame is either planes or rgba"),
    }
}

fn pixels(frame: &VideoFrame) -> Vec<u8> {
    let planes = frame.planes().unwrap();
    let (width, half) = (frame.width() as usize, frame.width() as usize / 2);
    let rows = |plane: &[u8], stride: usize, row: usize| -> Vec<u8> {
        plane
            .chunks(stride)
            .flat_map(|line| line[..row].to_vec())
            .collect()
    };
    let mut all = rows(planes.y, planes.y_stride, width);
    all.extend(rows(planes.u, planes.uv_stride, half));
    all.extend(rows(planes.v, planes.uv_stride, half));
    all
}

/// Every order of asking gives the frame that the time means.
fn check_exact(path: &Path, fps: f64, frames: u32) {
    let mut reader = VideoReader::open(path).unwrap();
    let mut pictures = Vec::new();
    for n in 0..frames {
        let frame = reader.frame_at(f64::from(n) / fps).unwrap();
        assert_eq!(shown(&frame), n, "in sequence");
        pictures.push(pixels(&frame));
    }
    assert_eq!(shown(&reader.frame_at(1e6).unwrap()), frames - 1, "held");
    assert_eq!(
        shown(&reader.frame_at(-1.0).unwrap()),
        0,
        "before the start"
    );

    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for turn in 0..40 {
        let n = dice.below(u64::from(frames)) as u32;
        // Anywhere within the time for which the frame is shown.
        let part = [0.0, 0.25, 0.5, 0.9][turn % 4];
        let frame = reader.frame_at((f64::from(n) + part) / fps).unwrap();
        assert_eq!(shown(&frame), n, "jump {turn}");
        assert!(pixels(&frame) == pictures[n as usize], "jump {turn} to {n}");
        assert!((reader.position() - frame.pts_seconds()).abs() < 1e-12);
    }
    for n in [frames / 2, frames - 1, 1, 61] {
        let mut fresh = VideoReader::open(path).unwrap();
        let frame = fresh.frame_at(f64::from(n) / fps).unwrap();
        assert_eq!(shown(&frame), n, "in a new reader");
        assert!(pixels(&frame) == pictures[n as usize], "new reader at {n}");
    }
}

#[test]
fn mp4_with_b_frames_is_exact() {
    let path = make("b-frames.mp4", "30", 10, &H264);
    check_exact(&path, 30.0, 300);
    let info = probe(&path).unwrap();
    assert_eq!(info.duration, 10.0);
    let video = info.video.unwrap();
    assert_eq!((video.width, video.height, video.fps), (320, 180, 30.0));
    assert!(!video.alpha && !video.still && info.audio.is_none());
}

#[test]
fn ntsc_rate_is_exact() {
    let path = make("ntsc.mp4", "30000/1001", 8, &H264);
    check_exact(&path, 30000.0 / 1001.0, 240);
}

#[test]
fn open_groups_of_pictures_are_exact() {
    let mut options = H264.to_vec();
    options.extend(["-x264-params", "open-gop=1:bframes=3:scenecut=0"]);
    check_exact(&make("open.mp4", "30", 10, &options), 30.0, 300);
}

#[test]
fn pictures_that_renew_bit_by_bit_are_exact() {
    let mut options = H264.to_vec();
    options.extend(["-x264-params", "intra-refresh=1:keyint=40:bframes=0"]);
    check_exact(&make("refresh.mp4", "30", 6, &options), 30.0, 180);
}

#[test]
fn hevc_with_leading_pictures_is_exact() {
    let options = [
        "-c:v",
        "libx265",
        "-preset",
        "ultrafast",
        "-x265-params",
        "log-level=none:keyint=60:bframes=3:open-gop=1",
    ];
    check_exact(&make("hevc.mp4", "30", 6, &options), 30.0, 180);
}

#[test]
fn mpeg4_in_avi_is_exact() {
    check_exact(
        &make("old.avi", "25", 6, &["-c:v", "mpeg4", "-g", "50"]),
        25.0,
        150,
    );
}

#[test]
fn webm_with_millisecond_times_is_exact() {
    let options = [
        "-c:v",
        "libvpx-vp9",
        "-deadline",
        "realtime",
        "-cpu-used",
        "8",
        "-g",
        "60",
    ];
    check_exact(&make("vp9.webm", "30", 6, &options), 30.0, 180);
}

#[test]
fn transport_stream_that_starts_late_is_exact() {
    check_exact(&make("late.ts", "25", 6, &H264), 25.0, 150);
}

#[test]
fn matroska_is_exact() {
    check_exact(&make("film.mkv", "30", 6, &H264), 30.0, 180);
}

#[test]
fn edit_list_moves_time_zero() {
    let whole = make("whole.mp4", "30", 6, &H264);
    let path = folder().join("cut.mp4");
    // Copied from 1.5 s on: packets begin at the key frame at 0, the edit list hides 45 of them.
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-nostdin", "-ss", "1.5", "-i"])
        .arg(&whole)
        .args(["-c", "copy"])
        .arg(&path)
        .status()
        .unwrap();
    assert!(status.success());
    let mut reader = VideoReader::open(&path).unwrap();
    for n in [0, 1, 30, 7, 100, 0, 134] {
        let frame = reader.frame_at(f64::from(n) / 30.0).unwrap();
        assert_eq!(shown(&frame), 45 + n);
    }
    assert!((probe(&path).unwrap().duration - 4.5).abs() < 0.001);
}

#[test]
fn picture_and_sound_that_start_apart_keep_their_distance() {
    let source = barcode("320x180", "30", 4);
    let path = ffmpeg(&[
        "-itsoffset",
        "0.5",
        "-f",
        "lavfi",
        "-i",
        &source,
        "-f",
        "lavfi",
        "-i",
        "sine=d=4",
        "-pix_fmt",
        "yuv420p",
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-c:a",
        "aac",
        "apart.mp4",
    ]);
    let mut reader = VideoReader::open(&path).unwrap();
    assert_eq!(shown(&reader.frame_at(0.0).unwrap()), 0);
    assert_eq!(shown(&reader.frame_at(0.5).unwrap()), 0);
    assert_eq!(shown(&reader.frame_at(1.5).unwrap()), 30);
}

#[test]
fn an_unchanged_picture_is_the_same_picture() {
    let path = make("same.mp4", "30", 2, &H264);
    let mut reader = VideoReader::open(&path).unwrap();
    let a = reader.frame_at(0.5).unwrap();
    let b = reader.frame_at(0.51).unwrap();
    let c = reader.frame_at(0.54).unwrap();
    assert!(a.same_as(&b) && !a.same_as(&c));
}

#[test]
fn rotation_is_applied_as_players_do() {
    let path = make("flat.mp4", "30", 1, &H264);
    for (angle, size) in [("90", (180, 320)), ("180", (320, 180)), ("270", (180, 320))] {
        let turned = folder().join(format!("turned-{angle}.mp4"));
        let status = Command::new("ffmpeg")
            .args(["-v", "error", "-y", "-nostdin", "-i"])
            .arg(&path)
            .args(["-c", "copy", "-metadata:s:v", &format!("rotate={angle}")])
            .arg(&turned)
            .status()
            .unwrap();
        assert!(status.success());
        let video = probe(&turned).unwrap().video.unwrap();
        assert_eq!((video.width, video.height), size, "{angle}");
        let frame = VideoReader::open(&turned).unwrap().frame_at(0.0).unwrap();
        assert_eq!((frame.width(), frame.height()), size, "{angle}");
        let planes = frame.planes().unwrap();
        let raw = Command::new("ffmpeg")
            .args(["-v", "error", "-nostdin", "-i"])
            .arg(&turned)
            .args([
                "-frames:v",
                "1",
                "-pix_fmt",
                "yuv420p",
                "-f",
                "rawvideo",
                "-",
            ])
            .output()
            .unwrap()
            .stdout;
        let ours: Vec<u8> = [planes.y, planes.u, planes.v].concat();
        assert!(raw == ours, "{angle}: the planes differ from ffmpeg's");
    }
}

#[test]
fn color_tags_are_told() {
    let tagged = make(
        "tagged.mp4",
        "30",
        1,
        &[
            "-c:v",
            "libx264",
            "-colorspace",
            "bt709",
            "-color_range",
            "pc",
        ],
    );
    let frame = VideoReader::open(&tagged).unwrap().frame_at(0.0).unwrap();
    let planes = frame.planes().unwrap();
    assert_eq!((planes.matrix, planes.full_range), (Matrix::Bt709, true));
    let plain = make("untagged.mp4", "30", 1, &["-c:v", "libx264"]);
    let frame = VideoReader::open(&plain).unwrap().frame_at(0.0).unwrap();
    let planes = frame.planes().unwrap();
    assert_eq!((planes.matrix, planes.full_range), (Matrix::Bt601, false));
}

#[test]
fn the_height_alone_decides_what_untagged_colours_mean() {
    for (size, matrix) in [
        ("1280x534", Matrix::Bt601),
        ("1280x718", Matrix::Bt601),
        ("1278x720", Matrix::Bt709),
        ("720x1280", Matrix::Bt709),
    ] {
        let source = format!("color=red:s={size}:r=10:d=0.2");
        let name = format!("untagged-{size}.mp4");
        let mut arguments = vec!["-f", "lavfi", "-i", &source];
        arguments.extend(["-c:v", "libx264", "-preset", "ultrafast", &name]);
        let frame = VideoReader::open(&ffmpeg(&arguments))
            .unwrap()
            .frame_at(0.0);
        assert_eq!(frame.unwrap().planes().unwrap().matrix, matrix, "{size}");
    }
}

#[test]
fn the_first_of_several_tracks_is_shown() {
    let busy = barcode("128x64", "30", 1);
    let plain = ["-f", "lavfi", "-i", "color=red:s=64x64:r=30:d=1"];
    let busy = ["-f", "lavfi", "-i", &busy];
    let both = [
        "-map", "0", "-map", "1", "-c:v", "libx264", "-pix_fmt", "yuv420p",
    ];
    for (name, default, width) in [
        ("tracks.mp4", ["default", "default"], 64),
        ("tracks.mkv", ["default", "default"], 64),
        ("tracks-none.mkv", ["0", "0"], 64),
        ("tracks-second.mkv", ["0", "default"], 128),
    ] {
        let mut arguments = [&plain[..], &busy[..], &both[..]].concat();
        arguments.extend([
            "-disposition:v:0",
            default[0],
            "-disposition:v:1",
            default[1],
            name,
        ]);
        let path = ffmpeg(&arguments);
        assert_eq!(probe(&path).unwrap().video.unwrap().width, width, "{name}");
        let frame = VideoReader::open(&path).unwrap().frame_at(0.5).unwrap();
        assert_eq!(frame.width(), width, "{name}");
    }
}

#[test]
fn mpeg_pictures_without_times_keep_their_order() {
    let options = ["-c:v", "mpeg2video", "-q:v", "2", "-bf", "2", "-g", "15"];
    check_exact(&make("mpeg2.mpg", "30", 6, &options), 30.0, 180);
    check_exact(&make("mpeg2.ts", "30", 6, &options), 30.0, 180);
}

#[test]
fn other_pixel_formats_become_planes() {
    for (name, format) in [
        ("ten.mp4", "yuv420p10le"),
        ("full.mp4", "yuv444p"),
        ("half.mp4", "yuv422p"),
    ] {
        let source = barcode("320x180", "30", 1);
        let path = ffmpeg(&[
            "-f", "lavfi", "-i", &source, "-pix_fmt", format, "-c:v", "libx264", "-preset",
            "veryfast", name,
        ]);
        let mut reader = VideoReader::open(&path).unwrap();
        for n in [0, 17, 5] {
            let frame = reader.frame_at(f64::from(n) / 30.0).unwrap();
            assert!(frame.planes().is_some(), "{format}");
            assert_eq!(shown(&frame), n, "{format}");
        }
    }
}

#[test]
fn vpx_alpha_is_premultiplied_rgba() {
    for (name, codec) in [
        ("alpha-vp9.webm", "libvpx-vp9"),
        ("alpha-vp8.webm", "libvpx"),
    ] {
        let path = ffmpeg(&[
            "-f",
            "lavfi",
            "-i",
            "color=c=red:s=64x64:r=30:d=1,format=yuva444p,geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='if(lt(X,32),255,if(lt(Y,32),128,0))'",
            "-pix_fmt",
            "yuva420p",
            "-c:v",
            codec,
            "-auto-alt-ref",
            "0",
            "-b:v",
            "1M",
            name,
        ]);
        let video = probe(&path).unwrap().video.unwrap();
        assert!(video.alpha, "{name}");
        let frame = VideoReader::open(&path).unwrap().frame_at(0.5).unwrap();
        assert!(frame.planes().is_none(), "{name}");
        let rgba = frame.rgba().unwrap();
        let near = |x: usize, y: usize, want: [u8; 4]| {
            let got = &rgba[(y * 64 + x) * 4..][..4];
            let close = got.iter().zip(want).all(|(a, b)| a.abs_diff(b) <= 12);
            assert!(close, "{name} at {x},{y}: {got:?}, not {want:?}");
        };
        near(8, 8, [254, 0, 0, 255]);
        near(56, 8, [128, 0, 0, 128]);
        near(56, 56, [0, 0, 0, 0]);
    }
}

#[test]
fn rgb_video_is_rgba() {
    let source = barcode("320x180", "30", 1);
    let path = ffmpeg(&[
        "-f", "lavfi", "-i", &source, "-c:v", "qtrle", "-pix_fmt", "rgb24", "rgb.mov",
    ]);
    let mut reader = VideoReader::open(&path).unwrap();
    let frame = reader.frame_at(0.5).unwrap();
    assert_eq!(frame.rgba().unwrap().len(), 320 * 180 * 4);
    assert_eq!(shown(&frame), 15);
}
