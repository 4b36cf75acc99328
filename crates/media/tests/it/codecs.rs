//! Every codec of streams in every way of sampling: what goes in comes out, whoever reads it.

use std::{path::PathBuf, process::Command};

use kinora_media::{
    EncodedVideo, FilmWriter, Format, FrameSpec, PixelFormat, PixelLayout, Pixels, Quality,
    VideoEncoder, VideoReader,
};

use crate::made::{ffprobe, folder};

const WIDTH: u32 = 96;
const HEIGHT: u32 = 72;
const SEGMENT: u32 = 7;
const FRAMES: u32 = 24;
const GROUND: [u8; 3] = [40, 90, 160];
const SQUARE: [u8; 3] = [200, 60, 50];
const SIDE: u32 = 24;

const FRAME: FrameSpec = FrameSpec {
    width: WIDTH,
    height: HEIGHT,
    fps_num: 25,
    fps_den: 1,
    transparent: false,
};

/// Where the square's left edge is.
fn left(n: u32) -> u32 {
    2 * n + 8
}

fn colour(n: u32, x: u32, y: u32) -> [u8; 3] {
    let inside = (left(n)..left(n) + SIDE).contains(&x) && (24..24 + SIDE).contains(&y);
    if inside { SQUARE } else { GROUND }
}

/// BT.709 in limited range, 8 bits.
fn yuv([r, g, b]: [u8; 3]) -> [u8; 3] {
    let [r, g, b] = [r, g, b].map(|value| f64::from(value) / 255.0);
    let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    let values = [
        16.0 + 219.0 * y,
        128.0 + 224.0 * (b - y) / 1.8556,
        128.0 + 224.0 * (r - y) / 1.5748,
    ];
    values.map(|value| value.round() as u8)
}

fn segment(format: &Format, frames: std::ops::Range<u32>) -> EncodedVideo {
    let codec = format.video.as_ref().unwrap();
    let mut encoder = VideoEncoder::new(codec, &FRAME).unwrap();
    for n in frames {
        let at = |step: u32| {
            (0..HEIGHT)
                .step_by(step as usize)
                .flat_map(move |y| (0..WIDTH).step_by(step as usize).map(move |x| (x, y)))
        };
        match codec.pixels(&FRAME) {
            PixelLayout::Rgba => {
                let opaque = |(x, y)| {
                    let [r, g, b] = colour(n, x, y);
                    [r, g, b, 255]
                };
                let rgba: Vec<u8> = at(1).flat_map(opaque).collect();
                encoder.push(Pixels::Rgba(&rgba)).unwrap();
            }
            PixelLayout::Yuv420 => {
                let plane = |step, index: usize| -> Vec<u8> {
                    at(step).map(|(x, y)| yuv(colour(n, x, y))[index]).collect()
                };
                let (y, u, v) = (plane(1, 0), plane(2, 1), plane(2, 2));
                let (width, half) = (WIDTH as usize, WIDTH as usize / 2);
                encoder
                    .push(Pixels::yuv420(&y, width, &u, &v, half))
                    .unwrap();
            }
        }
    }
    encoder.finish().unwrap()
}

fn write(name: &str, quality: &Quality) -> PathBuf {
    let path = folder().join(name);
    let format = Format::of_file(&path, None, quality).unwrap().silent();
    let mut writer: Option<FilmWriter> = None;
    for start in (0..FRAMES).step_by(SEGMENT as usize) {
        let video = segment(&format, start..(start + SEGMENT).min(FRAMES));
        writer
            .get_or_insert_with(|| {
                FilmWriter::create(&path, &format, &FRAME, &video.header).unwrap()
            })
            .video(video.packets)
            .unwrap();
    }
    writer.unwrap().finish().unwrap();
    path
}

/// All pictures in this way of sampling, one after the other, decoded by the `ffmpeg`
/// command.
fn decoded(path: &PathBuf, pixels: &str) -> Vec<u8> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(path)
        .args(["-vsync", "passthrough", "-pix_fmt", pixels])
        .args(["-f", "rawvideo", "-"])
        .output()
        .expect("ffmpeg");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
    output.stdout
}

/// Checks the colours in the middle of the square and of the ground of each picture, in
/// 4:4:4 with 8 bits.
fn check(name: &str, path: &PathBuf, allowed: u8) {
    let bytes = decoded(path, "yuv444p");
    let plane = (WIDTH * HEIGHT) as usize;
    assert_eq!(bytes.len(), 3 * plane * FRAMES as usize, "{name}");
    for (n, picture) in (0..).zip(bytes.chunks_exact(3 * plane)) {
        let spots = [
            (left(n) + SIDE / 2, 36, SQUARE),
            (left(n) + SIDE / 2, 8, GROUND),
            (left(n) + 4, 28, SQUARE),
            (left(n) + SIDE + 4, 40, GROUND),
        ];
        for (x, y, wanted) in spots.into_iter().filter(|spot| spot.0 < WIDTH) {
            let place = (y * WIDTH + x) as usize;
            let got = [0, 1, 2].map(|index| picture[index * plane + place]);
            let near = (0..3).all(|index| got[index].abs_diff(yuv(wanted)[index]) <= allowed);
            assert!(near, "{name}, frame {n} at {x}, {y}: {got:?}");
        }
    }
}

/// A codec, an ending of its files, and the ways of sampling that it knows.
const CODECS: [(&str, &str, &[PixelFormat]); 6] = [
    ("h264", "mp4", &PixelFormat::ALL),
    ("hevc", "mp4", &PixelFormat::ALL),
    ("vp9", "webm", &PixelFormat::ALL),
    (
        "av1",
        "mp4",
        &[PixelFormat::Yuv420p, PixelFormat::Yuv420p10],
    ),
    ("av1", "webm", &[PixelFormat::Yuv420p]),
    ("hevc", "mov", &[PixelFormat::Yuv420p10]),
];

#[test]
fn every_codec_shows_what_went_in() {
    for (codec, ending, known) in CODECS {
        for pixels in known {
            let quality = Quality {
                codec: Some(codec.to_owned()),
                crf: Some(12),
                pixels: Some(*pixels),
                ..Quality::default()
            };
            let name = format!("{codec}-{pixels}.{ending}");
            let path = write(&name, &quality);
            let told = ffprobe(&path, "v", "codec_name,pix_fmt,color_space,color_range");
            let stored = match *pixels as usize {
                0..3 => pixels.to_string(),
                _ => format!("{pixels}le"),
            };
            let wanted = [
                format!("codec_name={codec}"),
                format!("pix_fmt={stored}"),
                "color_range=tv".to_owned(),
                "color_space=bt709".to_owned(),
            ];
            assert_eq!(told, wanted, "{name}");
            check(&name, &path, 6);
            if *pixels == PixelFormat::Yuv420p {
                check_times(&name, &path);
                // As a source of another film.
                let mut reader = VideoReader::open(&path).unwrap();
                let frame = reader.frame_at(20.5 / 25.0).unwrap();
                assert_eq!((frame.width(), frame.height()), (WIDTH, HEIGHT));
                let planes = frame.planes().unwrap();
                let seen = planes.y[36 * planes.y_stride + left(20) as usize + 12];
                assert!(seen.abs_diff(yuv(SQUARE)[0]) <= 6, "{name}: {seen}");
            }
        }
    }
}

/// Each frame has its time, and the segments begin with key frames alone.
fn check_times(name: &str, path: &PathBuf) {
    let listed = Command::new("ffprobe")
        .args(["-v", "error", "-select_streams", "v", "-show_entries"])
        .args(["packet=pts_time,dts_time,flags", "-of", "csv=p=0"])
        .arg(path)
        .output()
        .unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let rows: Vec<Vec<&str>> = listed
        .lines()
        .map(|line| line.split(',').collect())
        .collect();
    let mut shown: Vec<f64> = rows.iter().map(|row| row[0].parse().unwrap()).collect();
    shown.sort_by(f64::total_cmp);
    let wanted = (0..FRAMES).map(|n| f64::from(n) / 25.0);
    let near = shown.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.001);
    assert!(near && shown.len() == FRAMES as usize, "{name}: {listed}");
    let later: Vec<f64> = rows.iter().map(|row| row[1].parse().unwrap()).collect();
    assert!(later.windows(2).all(|pair| pair[0] < pair[1]), "{name}");
    let keys = rows.iter().filter(|row| row[2].starts_with('K'));
    assert_eq!(keys.count() as u32, FRAMES.div_ceil(SEGMENT), "{name}");
}

#[test]
fn without_loss_every_sample_comes_back() {
    let mut exact: Vec<(PixelFormat, String, Vec<u8>)> = Vec::new();
    for (codec, ending) in [("h264", "mp4"), ("hevc", "mp4"), ("vp9", "webm")] {
        for pixels in [
            PixelFormat::Yuv420p,
            PixelFormat::Yuv444p,
            PixelFormat::Yuv420p10,
        ] {
            let quality = |crf| Quality {
                codec: Some(codec.to_owned()),
                crf: Some(crf),
                pixels: Some(pixels),
                ..Quality::default()
            };
            let name = format!("exact-{codec}-{pixels}.{ending}");
            let path = write(&name, &quality(0));
            // Three encoders of different makers agree on each sample.
            exact.push((pixels, name, decoded(&path, pixels.name())));
            let rough = write(&format!("rough-{codec}-{pixels}.{ending}"), &quality(40));
            let last = exact.last().unwrap();
            assert!(decoded(&rough, pixels.name()) != last.2, "{}", last.1);
            check(&last.1, &path, 1);
        }
    }
    for (pixels, name, samples) in &exact {
        let other = exact.iter().find(|other| other.0 == *pixels).unwrap();
        assert!(other.2 == *samples, "{name} differs from {}", other.1);
    }
}

fn codec_named(name: &str) -> Quality {
    Quality {
        codec: Some(name.to_owned()),
        ..Quality::default()
    }
}

#[test]
fn equal_segments_have_equal_bytes() {
    for (codec, ending, _) in CODECS {
        let file = format!("x.{ending}");
        let format = Format::of_file(file.as_ref(), None, &codec_named(codec)).unwrap();
        let (first, again) = (segment(&format, 3..20), segment(&format, 3..20));
        assert!(first == again, "{codec}");
    }
}

#[test]
fn bit_rates_are_kept_to() {
    // Noise, which fills any rate.
    let mut seed = 1u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    let pictures: Vec<Vec<u8>> = (0..100)
        .map(|_| (0..WIDTH * HEIGHT).map(|_| noise()).collect())
        .collect();
    let grey = vec![128; (WIDTH * HEIGHT / 4) as usize];
    for (codec, ending) in [
        ("h264", "mp4"),
        ("hevc", "mp4"),
        ("vp9", "webm"),
        ("av1", "mp4"),
    ] {
        let bytes = |bitrate: u32| {
            let quality = Quality {
                bitrate: Some(bitrate),
                ..codec_named(codec)
            };
            let file = format!("x.{ending}");
            let format = Format::of_file(file.as_ref(), None, &quality).unwrap();
            let mut encoder = VideoEncoder::new(&format.video.unwrap(), &FRAME).unwrap();
            for y in &pictures {
                let (width, half) = (WIDTH as usize, WIDTH as usize / 2);
                encoder
                    .push(Pixels::yuv420(y, width, &grey, &grey, half))
                    .unwrap();
            }
            let video = encoder.finish().unwrap();
            video
                .packets
                .iter()
                .map(|packet| packet.data.len())
                .sum::<usize>()
        };
        // Four seconds are little for an encoder to find its way in, and AV1's needs most.
        let made = [300_000, 700_000].map(|bitrate: u32| {
            let made = bytes(bitrate);
            let share = made as f64 / (f64::from(bitrate) / 8.0 * 4.0);
            assert!((0.5..2.0).contains(&share), "{codec} at {bitrate}: {share}");
            made
        });
        assert!(made[1] as f64 > 1.4 * made[0] as f64, "{codec}: {made:?}");
    }
}

#[test]
fn what_a_codec_cannot_take_is_named() {
    let refused = |file: &str, quality: Quality, frames: FrameSpec| {
        let format = Format::of_file(file.as_ref(), None, &quality);
        let checked = format.and_then(|format| format.check(&frames));
        checked.unwrap_err().to_string()
    };
    let with = |codec: &str, pixels| Quality {
        pixels: Some(pixels),
        ..codec_named(codec)
    };
    let clear = FrameSpec {
        transparent: true,
        ..FRAME
    };
    let small = FrameSpec {
        width: 62,
        height: 8,
        ..FRAME
    };
    for (said, wanted) in [
        (
            refused("x.mp4", with("av1", PixelFormat::Yuv444p), FRAME),
            "AV1 is not encoded in `yuv444p` here, but in yuv420p, yuv420p10",
        ),
        (
            refused("x.webm", with("vp9", PixelFormat::Yuv444p10), clear),
            "VP9 that something shows through",
        ),
        (
            refused("x.mp4", codec_named("av1"), small),
            "64x64 to 16384x8704 pixels, got `62x8`",
        ),
        (
            refused("x.mp4", codec_named("hevc"), small),
            "at least 16x16 pixels, got `62x8`",
        ),
        (
            refused(
                "x.mp4",
                Quality {
                    crf: Some(20),
                    bitrate: Some(100_000),
                    ..Quality::default()
                },
                FRAME,
            ),
            "cannot be asked together",
        ),
        (
            refused(
                "x.mp4",
                Quality {
                    bitrate: Some(10),
                    ..Quality::default()
                },
                FRAME,
            ),
            "10000 to 1000000000 bits a second here, got `10`",
        ),
        (
            refused("x.mov", with("prores", PixelFormat::Yuv420p), FRAME),
            "`pixelFormat` means nothing",
        ),
    ] {
        assert!(said.contains(wanted), "{said}");
    }
}
