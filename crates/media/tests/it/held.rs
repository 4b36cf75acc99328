//! Pictures that stay on: every frame is there, at its time, and shows what it should.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use kinora_media::{
    EncodedVideo, FilmWriter, Format, FrameSpec, Outlook, PixelFormat, PixelLayout, Pixels, Preset,
    Quality, VideoEncoder, VideoReader,
};

use crate::made::{folder, output};

/// What the frames of a film's segments show, by numbers of pictures.
type Film = Vec<Vec<u32>>;

/// A film with holds at the start, in the middle and at the end of segments, a segment that
/// only holds, one with hardly a hold and one with none.
fn film() -> Film {
    let held = |runs: &[(u32, usize)]| -> Vec<u32> {
        let run = |&(picture, frames)| std::iter::repeat_n(picture, frames);
        runs.iter().flat_map(run).collect()
    };
    let mut starts = held(&[
        (0, 9),
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 2),
        (5, 1),
        (6, 1),
        (7, 1),
    ]);
    starts.extend(8..20);
    let middle: Vec<u32> = (20..27).chain(held(&[(27, 17)])).chain(28..34).collect();
    let mut ends: Vec<u32> = (34..46).collect();
    ends.extend(held(&[(46, 14)]));
    let mut hardly: Vec<u32> = (47..74).collect();
    hardly.push(73);
    let none = (74..98).collect();
    let twice = held(&[
        (98, 2),
        (99, 2),
        (100, 3),
        (99, 2),
        (98, 2),
        (150, 4),
        (98, 9),
    ]);
    vec![
        starts,
        middle,
        held(&[(46, 30)]),
        ends,
        hardly,
        none,
        twice,
        vec![101],
    ]
}

fn spec(width: u32, height: u32, transparent: bool) -> FrameSpec {
    FrameSpec {
        width,
        height,
        fps_num: 30_000,
        fps_den: 1001,
        transparent,
    }
}

/// A ground that brightens, waves that run over it, and a bar.
fn luma(n: u32, width: usize, height: usize) -> Vec<u8> {
    let n = n as usize;
    let pixel = |x: usize, y: usize| {
        let bar = (n * 5 % width..n * 5 % width + 12).contains(&x) && y > height / 3;
        let wave = (x * 3 + y * 5 + n * 7) % 64;
        let grain = (x * 7919 + y * 104_729 + n / 8 * 31) % 17;
        if bar {
            220
        } else {
            (40 + n % 50 + wave + grain) as u8
        }
    };
    (0..height)
        .flat_map(|y| (0..width).map(move |x| pixel(x, y)))
        .collect()
}

fn rgba(n: u32, frames: &FrameSpec) -> Vec<u8> {
    let (width, height) = (frames.width as usize, frames.height as usize);
    luma(n, width, height)
        .into_iter()
        .enumerate()
        .flat_map(|(index, value)| {
            let opacity = match frames.transparent {
                true if index % 31 < 10 => (index % 251) as u8,
                _ => 255,
            };
            if opacity == 0 {
                [0; 4]
            } else {
                [value, 255 - value, value / 2, opacity]
            }
        })
        .collect()
}

fn encode(format: &Format, frames: &FrameSpec, shown: &[u32], drawn: bool) -> EncodedVideo {
    let codec = format.video.as_ref().unwrap();
    let outlook = Outlook {
        frames: shown.len() as u64,
        held: shown.windows(2).filter(|two| two[0] == two[1]).count() as u64,
        drawn,
    };
    let mut encoder = VideoEncoder::with_outlook(codec, frames, &outlook).unwrap();
    let (width, height) = (frames.width as usize, frames.height as usize);
    for (index, &n) in shown.iter().enumerate() {
        if index > 0 && shown[index - 1] == n && encoder.stay() {
            continue;
        }
        match codec.pixels(frames) {
            PixelLayout::Rgba => encoder.push(Pixels::Rgba(&rgba(n, frames))).unwrap(),
            PixelLayout::Yuv420 => {
                let y = luma(n, width, height);
                let half = width.div_ceil(2);
                let u = vec![100 + (n % 60) as u8; half * height.div_ceil(2)];
                encoder
                    .push(Pixels::yuv420(&y, width, &u, &u, half))
                    .unwrap();
            }
        }
    }
    encoder.finish().unwrap()
}

fn write(name: &str, quality: &Quality, frames: &FrameSpec, film: &Film) -> PathBuf {
    write_as(name, quality, frames, film, |_| false)
}

/// The same, where it is told of each segment by its number whether it shows no video.
fn write_as(
    name: &str,
    quality: &Quality,
    frames: &FrameSpec,
    film: &Film,
    drawn: impl Fn(usize) -> bool,
) -> PathBuf {
    let path = folder().join(name);
    let format = Format::of_file(&path, None, quality).unwrap().silent();
    let mut writer: Option<FilmWriter> = None;
    let mut header: Option<Vec<u8>> = None;
    for (index, shown) in film.iter().enumerate() {
        let video = encode(&format, frames, shown, drawn(index));
        assert_eq!(header.get_or_insert(video.header.clone()), &video.header);
        let writer = writer.get_or_insert_with(|| {
            FilmWriter::create(&path, &format, frames, &video.header).unwrap()
        });
        assert_eq!(video.packets.len(), shown.len());
        writer.video(video.packets).unwrap();
    }
    writer.unwrap().finish().unwrap();
    path
}

/// All frames as the `ffmpeg` command decodes them, without one word of it.
fn decoded(path: &Path, decoder: &[&str], pixels: &str, frames: &FrameSpec) -> Vec<Vec<u8>> {
    let output = Command::new("ffmpeg")
        .args(["-v", "warning", "-nostdin", "-err_detect", "explode"])
        .args(decoder)
        .arg("-i")
        .arg(path)
        .args([
            "-map",
            "0:v",
            "-fps_mode",
            "passthrough",
            "-pix_fmt",
            pixels,
        ])
        .args(["-f", "rawvideo", "-"])
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && words.is_empty(),
        "{path:?}: {words}"
    );
    let area = (frames.width * frames.height) as usize;
    let size = match pixels {
        "yuv420p" => area * 3 / 2,
        _ => area * 4,
    };
    assert_eq!(output.stdout.len() % size, 0);
    output.stdout.chunks(size).map(<[u8]>::to_vec).collect()
}

/// Mean difference of brightness from the picture that was meant.
fn error(frame: &[u8], n: u32, frames: &FrameSpec) -> f64 {
    let wanted = luma(n, frames.width as usize, frames.height as usize);
    let off = |(a, b): (&u8, &u8)| f64::from(a.abs_diff(*b));
    frame.iter().zip(&wanted).map(off).sum::<f64>() / wanted.len() as f64
}

/// Times of decoding and presentation, in ticks.
fn times(path: &Path, entries: &str) -> Vec<Vec<i64>> {
    let arguments = [
        "-v",
        "error",
        "-select_streams",
        "v",
        "-show_entries",
        entries,
    ];
    let arguments = [&arguments[..], &["-of", "csv=p=0"]].concat();
    let text = String::from_utf8(output("ffprobe", &arguments, path)).unwrap();
    let line = |line: &str| -> Vec<i64> {
        let numbers = line.split(',').filter(|word| !word.is_empty());
        numbers.map(|word| word.parse().unwrap()).collect()
    };
    text.lines()
        .map(line)
        .filter(|line| !line.is_empty())
        .collect()
}

/// Every frame comes once, in order and at its time; no decoder waits for a picture.
fn check_times(path: &Path, count: usize, delay: i64) {
    let packets = times(path, "packet=pts,dts");
    assert_eq!(packets.len(), count, "{path:?}");
    let tick = 1001;
    let scale = times(path, "stream=duration_ts")[0][0] / count as i64 / tick;
    assert_eq!(
        times(path, "stream=duration_ts"),
        [[count as i64 * tick * scale]]
    );
    let mut shown: Vec<i64> = packets.iter().map(|packet| packet[0]).collect();
    shown.sort_unstable();
    let wanted: Vec<i64> = (0..count as i64).map(|n| n * tick * scale).collect();
    assert_eq!(shown, wanted, "{path:?}");
    for (index, packet) in packets.iter().enumerate() {
        let decoded = (index as i64 - delay) * tick * scale;
        assert!(
            packet[1] == decoded && decoded <= packet[0],
            "{path:?} {index}: {packet:?}"
        );
    }
    let frames: Vec<i64> = times(path, "frame=pts")
        .iter()
        .map(|frame| frame[0])
        .collect();
    assert_eq!(frames, wanted, "{path:?}");
}

#[test]
fn held_pictures_are_right_with_every_preset() {
    let film = film();
    let shown: Vec<u32> = film.concat();
    for (preset, (width, height)) in Preset::ALL
        .into_iter()
        .zip([(192, 64), (178, 54)].into_iter().cycle())
    {
        let frames = spec(width, height, false);
        let quality = |constant_encode| Quality {
            preset: Some(preset),
            constant_encode,
            ..Quality::default()
        };
        let path = write(
            &format!("held-{preset}.mp4"),
            &quality(false),
            &frames,
            &film,
        );
        let delay = if preset == Preset::Ultrafast { 0 } else { 2 };
        check_times(&path, shown.len(), delay);
        let pictures = decoded(&path, &[], "yuv420p", &frames);
        assert_eq!(pictures.len(), shown.len(), "{preset}");

        let constant = write(
            &format!("constant-{preset}.mp4"),
            &quality(true),
            &frames,
            &film,
        );
        let constants = decoded(&constant, &[], "yuv420p", &frames);
        let mut first = 0;
        for (begin, segment) in begins(&film).into_iter().zip(&film) {
            let many = 8 * held(segment) >= segment.len() && preset <= Preset::Veryfast;
            for at in begin..begin + segment.len() {
                if preset > Preset::Veryfast {
                    assert_eq!(pictures[at], constants[at], "{preset}, frame {at}");
                    continue;
                }
                if at == begin || shown[at] != shown[at - 1] {
                    first = at;
                    // Rate control and lookahead see other pictures, so they are alike and no
                    // more; what is predicted from a wrong picture is off by ten and more.
                    let [ours, theirs] =
                        [&pictures, &constants].map(|all| error(&all[at], shown[at], &frames));
                    assert!(
                        ours < 2.0 * theirs + 4.0,
                        "{preset}, frame {at}: {ours} {theirs}"
                    );
                } else if many {
                    assert!(pictures[at] == pictures[first], "{preset}, frame {at}");
                } else {
                    assert_eq!(pictures[at], constants[at], "{preset}, frame {at}");
                }
            }
        }
    }
}

/// Segments of drawings and of videos are encoded in different ways and lie in one file.
#[test]
fn drawings_and_videos_share_a_file() {
    let film = film();
    let shown: Vec<u32> = film.concat();
    let frames = spec(192, 64, false);
    let mut sizes = Vec::new();
    for (name, which) in [("none", 0), ("all", 3), ("even", 1), ("odd", 2)] {
        let drawn = |index: usize| which >> (index % 2) & 1 == 1;
        let path = write_as(
            &format!("drawn-{name}.mp4"),
            &Quality::default(),
            &frames,
            &film,
            drawn,
        );
        sizes.push(path.metadata().unwrap().len());
        check_times(&path, shown.len(), 2);
        let pictures = decoded(&path, &[], "yuv420p", &frames);
        assert_eq!(pictures.len(), shown.len(), "{name}");
        for (index, (begin, segment)) in begins(&film).into_iter().zip(&film).enumerate() {
            for at in begin..begin + segment.len() {
                // What is predicted from a wrong picture is off by ten and more.
                let off = error(&pictures[at], shown[at], &frames);
                assert!(off < 8.0, "{name}, frame {at}: {off}");
                if drawn(index) && at > begin && shown[at] == shown[at - 1] {
                    assert!(pictures[at] == pictures[at - 1], "{name}, frame {at}");
                }
            }
        }
    }
    sizes.sort_unstable();
    sizes.dedup();
    assert_eq!(sizes.len(), 4, "all are encoded alike");
}

fn begins(film: &Film) -> Vec<usize> {
    let mut begin = 0;
    let place = |segment: &Vec<u32>| {
        begin += segment.len();
        begin - segment.len()
    };
    film.iter().map(place).collect()
}

fn held(segment: &[u32]) -> usize {
    segment.windows(2).filter(|two| two[0] == two[1]).count()
}

#[test]
fn held_pictures_are_right_to_the_sample_without_loss() {
    let film = film();
    let shown: Vec<u32> = film.concat();
    let frames = spec(178, 54, false);
    for preset in [
        Preset::Ultrafast,
        Preset::Veryfast,
        Preset::Medium,
        Preset::Veryslow,
    ] {
        let quality = Quality {
            preset: Some(preset),
            crf: Some(0),
            ..Quality::default()
        };
        let path = write(
            &format!("held-lossless-{preset}.mp4"),
            &quality,
            &frames,
            &film,
        );
        let pictures = decoded(&path, &[], "yuv420p", &frames);
        assert_eq!(pictures.len(), shown.len());
        for (at, (picture, &n)) in pictures.iter().zip(&shown).enumerate() {
            assert!(error(picture, n, &frames) == 0.0, "{preset}, frame {at}");
        }
    }
}

#[test]
fn a_hold_may_be_longer_than_numbers_reach() {
    let frames = spec(64, 48, false);
    for preset in [Preset::Ultrafast, Preset::Veryfast] {
        let quality = Quality {
            preset: Some(preset),
            crf: Some(0),
            ..Quality::default()
        };
        let mut segment: Vec<u32> = vec![3; 2500];
        segment.extend([4, 5, 6, 7]);
        segment.extend([8; 1500]);
        segment.extend(9..20);
        let film = vec![segment, vec![5; 10]];
        let path = write(&format!("held-long-{preset}.mp4"), &quality, &frames, &film);
        let shown = film.concat();
        check_times(
            &path,
            shown.len(),
            if preset == Preset::Ultrafast { 0 } else { 2 },
        );
        let pictures = decoded(&path, &[], "yuv420p", &frames);
        assert_eq!(pictures.len(), shown.len());
        for (at, (picture, &n)) in pictures.iter().zip(&shown).enumerate() {
            assert!(error(picture, n, &frames) == 0.0, "{preset}, frame {at}");
        }
        // A frame is found from anywhere.
        let mut reader = VideoReader::open(&path).unwrap();
        for at in [2400, 3, 2503, 3900, 2499, 4020, 0, 1801] {
            let frame = reader
                .frame_at((at as f64 + 0.5) * 1001.0 / 30_000.0)
                .unwrap();
            let planes = frame.planes().unwrap();
            let rows = planes.y.chunks(planes.y_stride).take(48);
            let y: Vec<u8> = rows.flat_map(|row| &row[..64]).copied().collect();
            assert!(y == luma(shown[at], 64, 48), "{preset}, frame {at}");
        }
    }
}

#[test]
fn a_held_picture_takes_a_few_bytes() {
    let frames = spec(192, 64, false);
    for name in ["few.mp4", "few.webm"] {
        let format = Format::of_file(Path::new(name), None, &Quality::default()).unwrap();
        let video = encode(&format, &frames, &[7; 60], false);
        assert_eq!(video.packets.len(), 60);
        for (index, packet) in video.packets.iter().enumerate() {
            assert_eq!(
                (packet.pts, packet.key),
                (index as i64, index == 0),
                "{name}"
            );
            assert_eq!(packet.data.len() < 24, index > 0, "{name}, {index}");
        }
    }
}

#[test]
fn held_pictures_are_right_in_webm() {
    let film = film();
    let shown: Vec<u32> = film.concat();
    for transparent in [false, true] {
        let frames = spec(178, 54, transparent);
        let name = format!("held-{transparent}.webm");
        let path = write(&name, &Quality::default(), &frames, &film);
        let pixels = if transparent { "rgba" } else { "yuv420p" };
        // FFmpeg's own decoder knows no opacity.
        let decoders: &[&[&str]] = match transparent {
            false => &[&[], &["-c:v", "libvpx-vp9"]],
            true => &[&["-c:v", "libvpx-vp9"]],
        };
        for decoder in decoders {
            let pictures = decoded(&path, decoder, pixels, &frames);
            assert_eq!(pictures.len(), shown.len(), "{name} {decoder:?}");
            check_same(&film, &pictures, &name);
            for (at, (picture, &n)) in pictures.iter().zip(&shown).enumerate() {
                if transparent {
                    let wanted = rgba(n, &frames);
                    let opacity = |pixels: &[u8]| -> Vec<u8> {
                        pixels.chunks(4).map(|pixel| pixel[3]).collect()
                    };
                    assert!(opacity(picture) == opacity(&wanted), "{name}, frame {at}");
                } else {
                    let off = error(picture, n, &frames);
                    assert!(off < 6.0, "{name}, frame {at}: {off}");
                }
            }
        }
    }
}

#[test]
fn held_pictures_are_right_in_every_sampling() {
    let film = film();
    let count = film.concat().len();
    let frames = spec(64, 48, false);
    for pixels in PixelFormat::ALL {
        for (name, crf) in [("mp4", None), ("mp4", Some(0)), ("webm", None)] {
            let quality = Quality {
                pixels: Some(pixels),
                crf,
                ..Quality::default()
            };
            let constant = Quality {
                constant_encode: true,
                ..quality.clone()
            };
            let kind = format!("{pixels:?}-{crf:?}.{name}");
            let path = write(&format!("held-{kind}"), &quality, &frames, &film);
            let pictures = decoded(&path, &[], "rgba", &frames);
            assert_eq!(pictures.len(), count, "{kind}");
            let profile =
                name == "webm" && matches!(pixels, PixelFormat::Yuv422p10 | PixelFormat::Yuv444p10);
            if !profile {
                check_same(&film[..4].to_vec(), &pictures, &kind);
            }
            if crf == Some(0) {
                let path = write(&format!("constant-{kind}"), &constant, &frames, &film);
                assert!(pictures == decoded(&path, &[], "rgba", &frames), "{kind}");
            }
        }
    }
}

#[test]
fn a_bit_rate_is_met_over_all_pictures() {
    let frames = spec(192, 64, false);
    for name in ["rate.mp4", "rate.webm"] {
        let quality = |constant_encode| Quality {
            bitrate: Some(200_000),
            constant_encode,
            ..Quality::default()
        };
        let encoded = |constant| {
            let format = Format::of_file(Path::new(name), None, &quality(constant)).unwrap();
            encode(&format, &frames, &film()[1], false)
        };
        assert_eq!(encoded(false), encoded(true), "{name}");
    }
}

/// Held frames are equal to those that they hold.
fn check_same(film: &Film, pictures: &[Vec<u8>], name: &str) {
    for (begin, segment) in begins(film).into_iter().zip(film) {
        for at in 1..segment.len() {
            if segment[at] == segment[at - 1] {
                let at = begin + at;
                assert!(pictures[at] == pictures[at - 1], "{name}, frame {at}");
            }
        }
    }
}

#[test]
fn held_pictures_are_right_in_prores_and_files_of_their_own() {
    let film = film();
    let shown: Vec<u32> = film.concat();
    let frames = spec(64, 48, true);
    let path = write("held.mov", &Quality::default(), &frames, &film);
    check_times(&path, shown.len(), 0);
    let pictures = decoded(&path, &[], "rgba", &frames);
    assert_eq!(pictures.len(), shown.len());
    check_same(&film, &pictures, "held.mov");
    write("held-%03d.png", &Quality::default(), &frames, &film);
    for (at, &n) in shown.iter().enumerate() {
        let path = folder().join(format!("held-{at:03}.png"));
        let still = kinora_media::read_still(&path).unwrap();
        assert!(still.rgba == premultiplied(&rgba(n, &frames)), "frame {at}");
    }
}

fn premultiplied(straight: &[u8]) -> Vec<u8> {
    let pixel = |pixel: &[u8]| {
        let opacity = u32::from(pixel[3]);
        let colour = |value: u8| ((u32::from(value) * opacity + 127) / 255) as u8;
        [
            colour(pixel[0]),
            colour(pixel[1]),
            colour(pixel[2]),
            pixel[3],
        ]
    };
    straight.chunks(4).flat_map(pixel).collect()
}

#[test]
fn a_held_picture_of_an_animation_is_one_that_lasts() {
    let film = film();
    let shown: Vec<u32> = film.concat();
    let mut distinct = 0;
    for segment in &film {
        distinct += segment.len() - held(segment);
    }
    for name in ["held.gif", "held.apng", "held.webp"] {
        let frames = spec(64, 48, false);
        let path = write(name, &Quality::default(), &frames, &film);
        let constant: Film = shown.iter().map(|&n| vec![n]).collect();
        let every = write(
            &format!("every-{name}"),
            &Quality::default(),
            &frames,
            &constant,
        );
        let mut reader = VideoReader::open(&path).unwrap();
        let mut other = VideoReader::open(&every).unwrap();
        for at in 0..shown.len() {
            let time = (at as f64 + 0.5) * 1001.0 / 30_000.0;
            let (frame, same) = (
                reader.frame_at(time).unwrap(),
                other.frame_at(time).unwrap(),
            );
            assert!(
                frame.rgba().unwrap() == same.rgba().unwrap(),
                "{name}, frame {at}"
            );
        }
        let (length, whole) = (kinora_media::probe(&path), kinora_media::probe(&every));
        let (length, whole) = (length.unwrap().duration, whole.unwrap().duration);
        assert!((length - whole).abs() < 2e-3, "{name}: {length} {whole}");
        if name == "held.gif" {
            let arguments = ["-v", "error", "-count_packets", "-show_entries"];
            let arguments = [
                &arguments[..],
                &["stream=nb_read_packets", "-of", "csv=p=0"],
            ]
            .concat();
            let count = String::from_utf8(output("ffprobe", &arguments, &path)).unwrap();
            assert_eq!(count.trim().parse(), Ok(distinct));
        }
    }
}
