use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use kinora_media::{
    EncodedVideo, FilmWriter, Format, FrameSpec, MediaError, Pixels, Preset, Quality, VideoEncoder,
    VideoReader, probe,
};

use crate::made::{decoded_sound, ffprobe, folder, number};

const WIDTH: usize = 192;
const HEIGHT: usize = 64;

/// A format and the frames that are written in it.
struct Settings {
    format: Format,
    frames: FrameSpec,
}

impl Settings {
    fn encoder(&self) -> VideoEncoder {
        VideoEncoder::new(self.format.video.as_ref().unwrap(), &self.frames).unwrap()
    }

    fn writer(&self, path: &Path, header: &[u8], sound: bool) -> FilmWriter {
        let format = match sound {
            true => self.format.clone(),
            false => self.format.clone().silent(),
        };
        FilmWriter::create(path, &format, &self.frames, header).unwrap()
    }
}

fn settings(preset: Preset, (fps_num, fps_den): (u32, u32)) -> Settings {
    let quality = Quality {
        preset: Some(preset),
        ..Quality::default()
    };
    Settings {
        format: Format::named("mp4", &quality).unwrap(),
        frames: FrameSpec {
            width: WIDTH as u32,
            height: HEIGHT as u32,
            fps_num,
            fps_den,
            transparent: false,
        },
    }
}

/// A picture with its number in blocks, over something that moves.
fn picture(n: u32) -> [Vec<u8>; 3] {
    let luma = |x: usize, y: usize| {
        let bit = x / 16;
        if y < 16 && bit < 9 {
            if n >> bit & 1 == 1 { 235 } else { 16 }
        } else {
            40 + ((x * 3 + y * 5 + n as usize * 7) % 160) as u8
        }
    };
    let plane = (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| luma(x, y)));
    let chroma = vec![128 + (n % 16) as u8; WIDTH / 2 * HEIGHT / 2];
    [plane.collect(), chroma.clone(), chroma]
}

fn encode(settings: &Settings, frames: std::ops::Range<u32>) -> EncodedVideo {
    let mut encoder = settings.encoder();
    for n in frames {
        let [y, u, v] = picture(n);
        encoder
            .push(Pixels::yuv420(&y, WIDTH, &u, &v, WIDTH / 2))
            .unwrap();
    }
    encoder.finish().unwrap()
}

/// Segments of 60 frames, with a click at the start of each second.
fn write(name: &str, settings: &Settings, frames: u32, sound: bool) -> PathBuf {
    let path = folder().join(name);
    let mut writer: Option<FilmWriter> = None;
    let sample_at = |frame: u32| {
        (u64::from(frame) * 48_000 * u64::from(settings.frames.fps_den)
            / u64::from(settings.frames.fps_num)) as usize
    };
    for start in (0..frames).step_by(60) {
        let end = (start + 60).min(frames);
        let segment = encode(settings, start..end);
        let writer = writer.get_or_insert_with(|| settings.writer(&path, &segment.header, sound));
        writer.video(segment.packets).unwrap();
        if sound {
            let click = |n: usize| if n % 48_000 < 48 { 0.9 } else { 0.0 };
            let samples: Vec<f32> = (sample_at(start)..sample_at(end))
                .flat_map(|n| [click(n); 2])
                .collect();
            writer.audio(&samples).unwrap();
        }
    }
    let bytes = writer.unwrap().finish().unwrap();
    assert_eq!(fs::metadata(&path).unwrap().len(), bytes);
    path
}

#[test]
fn joined_segments_show_every_frame_once_and_end_exactly() {
    for preset in [Preset::Ultrafast, Preset::Veryfast, Preset::Medium] {
        let path = write(
            &format!("joined-{preset}.mp4"),
            &settings(preset, (30, 1)),
            900,
            true,
        );
        let timing = "start_pts,start_time,duration_ts,duration,nb_frames";
        let video = ffprobe(&path, "v", timing);
        assert_eq!(
            video,
            [
                "start_pts=0",
                "start_time=0.000000",
                "duration_ts=460800",
                "duration=30.000000",
                "nb_frames=900"
            ],
            "{preset}"
        );
        let audio = ffprobe(&path, "a", "start_pts,start_time,duration_ts,duration");
        assert_eq!(
            audio,
            [
                "start_pts=0",
                "start_time=0.000000",
                "duration_ts=1440000",
                "duration=30.000000"
            ],
            "{preset}"
        );
        let info = probe(&path).unwrap();
        assert_eq!(info.duration, 30.0);

        let times = frame_times(&path);
        let want: Vec<String> = (0..900)
            .map(|n| format!("{:.6}", f64::from(n) / 30.0))
            .collect();
        assert!(
            times == want,
            "{preset}: not every frame is shown once at its time"
        );

        let mut reader = VideoReader::open(&path).unwrap();
        for n in (0..511).chain([59, 60, 61, 119, 0, 400]) {
            let frame = reader.frame_at(f64::from(n) / 30.0).unwrap();
            let planes = frame.planes().unwrap();
            let shown = number(|x, y| planes.y[y * planes.y_stride + x]);
            assert_eq!(shown, n, "{preset}");
        }
    }
}

fn frame_times(path: &std::path::Path) -> Vec<String> {
    let output = Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-select_streams",
            "v",
            "-show_entries",
            "frame=pts_time",
            "-of",
            "csv=p=0",
        ])
        .arg(path)
        .output()
        .unwrap();
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    // Frames with side data have more lines, which are empty.
    let times = text.lines().map(|line| line.trim_end_matches(','));
    times
        .filter(|time| !time.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_stream_is_tagged_and_starts_fast() {
    let path = write(
        "tagged-film.mp4",
        &settings(Preset::Veryfast, (30, 1)),
        60,
        true,
    );
    let entries = "codec_name,profile,pix_fmt,color_range,color_space,color_transfer,color_primaries,r_frame_rate,avg_frame_rate";
    let mut video = ffprobe(&path, "v", entries);
    video.sort();
    assert_eq!(
        video,
        [
            "avg_frame_rate=30/1",
            "codec_name=h264",
            "color_primaries=bt709",
            "color_range=tv",
            "color_space=bt709",
            "color_transfer=bt709",
            "pix_fmt=yuv420p",
            "profile=High",
            "r_frame_rate=30/1"
        ]
    );
    let audio = ffprobe(&path, "a", "codec_name,profile,sample_rate,channels");
    assert_eq!(
        audio,
        [
            "codec_name=aac",
            "profile=LC",
            "sample_rate=48000",
            "channels=2"
        ]
    );
    let bytes = fs::read(&path).unwrap();
    let find = |name: &[u8]| bytes.windows(4).position(|window| window == name).unwrap();
    assert!(find(b"moov") < find(b"mdat"));
}

#[test]
fn clicks_stay_at_their_sample() {
    let path = write(
        "clicks.mp4",
        &settings(Preset::Ultrafast, (30, 1)),
        150,
        true,
    );
    let sound = decoded_sound(&path);
    for second in 0..5 {
        let at = second * 48_000;
        let from = at.max(1000) - 1000;
        let rise = (from..at + 1000).find(|n| sound[2 * n].abs() > 0.3);
        let offset = rise.unwrap() as i64 - at as i64;
        assert!(offset.abs() <= 4, "second {second}: {offset} samples late");
    }
}

#[test]
fn odd_frame_rates_end_with_their_sound() {
    for (name, rate, frames) in [
        ("ntsc-film.mp4", (30_000, 1001), 200),
        ("cinema.mp4", (24, 1), 50),
        ("twelve.mp4", (12_500, 1000), 7),
    ] {
        let path = write(name, &settings(Preset::Veryfast, rate), frames, true);
        let duration = |stream| {
            let lines = ffprobe(&path, stream, "start_time,duration");
            assert_eq!(lines[0], "start_time=0.000000", "{name} {stream}");
            lines[1]
                .strip_prefix("duration=")
                .unwrap()
                .parse::<f64>()
                .unwrap()
        };
        let want = f64::from(frames) * f64::from(rate.1) / f64::from(rate.0);
        assert!(
            (duration("v") - want).abs() < 1e-6,
            "{name}: {}",
            duration("v")
        );
        assert!(
            (duration("a") - want).abs() < 1.1 / 48_000.0,
            "{name}: {}",
            duration("a")
        );
        assert_eq!(frame_times(&path).len(), frames as usize);
    }
}

#[test]
fn sound_is_cut_and_filled_to_the_picture() {
    let settings = settings(Preset::Ultrafast, (30, 1));
    for (name, samples) in [
        ("long-sound.mp4", 100_000),
        ("short-sound.mp4", 10_000),
        ("no-sound.mp4", 0),
    ] {
        let path = folder().join(name);
        let segment = encode(&settings, 0..60);
        let mut writer = settings.writer(&path, &segment.header, true);
        writer.audio(&vec![0.25; 2 * samples]).unwrap();
        writer.video(segment.packets).unwrap();
        writer.finish().unwrap();
        assert_eq!(
            ffprobe(&path, "a", "duration_ts"),
            ["duration_ts=96000"],
            "{name}"
        );
        assert_eq!(
            ffprobe(&path, "v", "duration"),
            ["duration=2.000000"],
            "{name}"
        );
    }
}

#[test]
fn a_film_without_sound_has_one_stream() {
    let path = write("mute.mp4", &settings(Preset::Veryfast, (30, 1)), 61, false);
    assert!(ffprobe(&path, "a", "codec_name").is_empty());
    assert_eq!(
        ffprobe(&path, "v", "duration,nb_frames"),
        ["duration=2.033333", "nb_frames=61"]
    );
}

#[test]
fn equal_pictures_give_equal_bytes() {
    let settings = settings(Preset::Veryfast, (30, 1));
    let first = encode(&settings, 60..90);
    assert_eq!(first, encode(&settings, 60..90));
    // Planes with padded rows hold the same pictures.
    let mut encoder = settings.encoder();
    for n in 60..90 {
        let pad = |plane: &[u8], row: usize, stride: usize| {
            let mut padded = vec![77; stride * (plane.len() / row - 1) + row];
            for (y, line) in plane.chunks(row).enumerate() {
                padded[y * stride..][..row].copy_from_slice(line);
            }
            padded
        };
        let [y, u, v] = picture(n);
        let (u, v) = (pad(&u, WIDTH / 2, 133), pad(&v, WIDTH / 2, 133));
        encoder
            .push(Pixels::yuv420(&pad(&y, WIDTH, 224), 224, &u, &v, 133))
            .unwrap();
    }
    assert_eq!(first, encoder.finish().unwrap());
}

#[test]
fn encoding_can_be_given_up_between_two_pictures() {
    let settings = settings(Preset::Veryslow, (30, 1));
    let all_pushed = || {
        let mut encoder = settings.encoder();
        for n in 0..30 {
            let [y, u, v] = picture(n);
            encoder
                .push(Pixels::yuv420(&y, WIDTH, &u, &v, WIDTH / 2))
                .unwrap();
        }
        encoder
    };
    let asked = Cell::new(0);
    let stop_at = |last| {
        asked.set(0);
        all_pushed().finish_unless(|| {
            asked.set(asked.get() + 1);
            asked.get() == last
        })
    };
    // This preset looks further ahead than the whole segment.
    assert_eq!(stop_at(0).unwrap(), Some(encode(&settings, 0..30)));
    assert_eq!(asked.get(), 31);
    for last in [1, 2, 17] {
        assert_eq!(stop_at(last).unwrap(), None);
        assert_eq!(asked.get(), last);
    }
}

#[test]
fn a_segment_is_one_closed_group() {
    // A hard cut at each tenth frame tempts the encoder to begin a new group.
    let settings = settings(Preset::Veryfast, (30, 1));
    let mut encoder = settings.encoder();
    for n in 0..60u32 {
        let level = if n / 10 % 2 == 0 { 30 } else { 220 };
        let y: Vec<u8> = (0..WIDTH * HEIGHT)
            .map(|p| level ^ (p as u32 * (n / 10 + 3) % 16) as u8)
            .collect();
        let chroma = vec![128; WIDTH * HEIGHT / 4];
        encoder
            .push(Pixels::yuv420(&y, WIDTH, &chroma, &chroma, WIDTH / 2))
            .unwrap();
    }
    let encoded = encoder.finish().unwrap();
    assert_eq!(encoded.packets.len(), 60);
    let keys: Vec<i64> = encoded
        .packets
        .iter()
        .filter(|packet| packet.key)
        .map(|packet| packet.pts)
        .collect();
    assert_eq!(keys, [0]);
    let mut shown: Vec<i64> = encoded.packets.iter().map(|packet| packet.pts).collect();
    assert!(!shown.is_sorted(), "B-frames are expected");
    shown.sort_unstable();
    assert_eq!(shown, (0..60).collect::<Vec<_>>());
}

#[test]
fn a_rate_factor_of_0_loses_nothing() {
    for preset in [Preset::Ultrafast, Preset::Veryfast, Preset::Medium] {
        let quality = Quality {
            crf: Some(0),
            preset: Some(preset),
            ..Quality::default()
        };
        let settings = Settings {
            format: Format::named("mp4", &quality).unwrap(),
            ..settings(preset, (30, 1))
        };
        let path = write(&format!("lossless-{preset}.mp4"), &settings, 61, true);
        let mut reader = VideoReader::open(&path).unwrap();
        for n in 0..61 {
            let frame = reader.frame_at(f64::from(n) / 30.0).unwrap();
            let planes = frame.planes().unwrap();
            let [y, u, v] = picture(n);
            let rows = |plane: &[u8], stride: usize, row: usize| -> Vec<u8> {
                let lines = plane.chunks(stride).flat_map(|line| &line[..row]);
                lines.copied().collect()
            };
            assert!(rows(planes.y, planes.y_stride, WIDTH) == y, "{preset} {n}");
            for (shown, wanted) in [(planes.u, u), (planes.v, v)] {
                assert!(
                    rows(shown, planes.uv_stride, WIDTH / 2) == wanted,
                    "{preset} {n}"
                );
            }
        }
        assert_eq!(
            ffprobe(&path, "v", "profile"),
            ["profile=High 4:4:4 Predictive"]
        );
    }
}

#[test]
fn what_is_not_a_group_is_refused() {
    let settings = settings(Preset::Veryfast, (30, 1));
    let segment = encode(&settings, 0..10);
    let path = folder().join("refused.mp4");
    let mut writer = settings.writer(&path, &segment.header, false);
    let told = writer
        .video(segment.packets[1..].to_vec())
        .unwrap_err()
        .to_string();
    assert!(told.contains("not a closed group of pictures"), "{told}");
    assert!(matches!(
        writer.video(Vec::new()),
        Err(MediaError::Mux { .. })
    ));
    assert!(matches!(
        writer.audio(&[0.0; 4]),
        Err(MediaError::Mux { .. })
    ));
    assert!(
        matches!(writer.finish(), Err(MediaError::Mux { .. })),
        "no frames"
    );
    assert!(!path.exists());
}

#[test]
fn planes_that_are_too_short_are_refused() {
    let mut encoder = settings(Preset::Veryfast, (30, 1)).encoder();
    let [y, u, v] = picture(0);
    assert!(
        encoder
            .push(Pixels::yuv420(&y[1..], WIDTH, &u, &v, WIDTH / 2))
            .is_err()
    );
    assert!(
        encoder
            .push(Pixels::yuv420(&y, WIDTH - 1, &u, &v, WIDTH / 2))
            .is_err()
    );
    assert!(
        encoder
            .push(Pixels::yuv420(&y, WIDTH, &u, &v[..100], WIDTH / 2))
            .is_err()
    );
    encoder
        .push(Pixels::yuv420(&y, WIDTH, &u, &v, WIDTH / 2))
        .unwrap();
    assert_eq!(encoder.finish().unwrap().packets.len(), 1);
}
