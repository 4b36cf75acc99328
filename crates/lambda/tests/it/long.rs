//! A film of two hours joined within a function's means.

use std::{path::Path, process::Command, sync::Arc};

use kinora_emulator::{Emulator, EmulatorOptions, Limits};
use kinora_farm::{FarmError, RecordOptions, RecordedFilm, Recorder, Results, assemble};
use kinora_film::{AssetId, Color, Drawing, FilmHeader, Fps, Group, Node, Size, kurbo::Affine};
use kinora_lambda::{Account, Bucket, BucketSink};
use kinora_media::{Format, Pixels, Preset, Quality, VideoEncoder, probe};
use kinora_worker::{AssetStore, Chunk, Recipe, StoreError, StoredAsset, frame_spec};

use crate::cloud::BUCKET;

const SIZE: Size = Size::new(1920, 1080);
const FRAMES: u64 = 60;
/// Segments of two hours.
const SEGMENTS: u64 = 3600;

fn header() -> FilmHeader {
    FilmHeader {
        size: SIZE,
        fps: Fps::new(30.0).unwrap(),
        background: Color::BLACK,
    }
}

fn recipe() -> Recipe {
    let quality = Quality {
        crf: Some(30),
        preset: Some(Preset::Ultrafast),
        ..Quality::default()
    };
    Recipe::new(Format::named("mp4", &quality).unwrap())
}

/// A film of that many segments; what is on them does not matter.
fn film() -> Arc<RecordedFilm> {
    let mut recorder = Recorder::new(RecordOptions {
        header: header(),
        recipe: recipe(),
        segment_frames: FRAMES,
        scratch: std::env::temp_dir(),
    })
    .unwrap();
    let nothing = Drawing::new(Node::Group(Group::new(Affine::IDENTITY, Vec::new())));
    for frame in 0..SEGMENTS * FRAMES {
        recorder.push(frame, nothing.clone()).unwrap();
    }
    recorder.finish(Vec::new()).unwrap()
}

/// The same rendered segment again and again.
struct Same(Chunk);

impl Results for Same {
    fn result(&mut self, _: u64, _: bool) -> Result<Option<Chunk>, FarmError> {
        Ok(Some(self.0.clone()))
    }

    fn spare(&self) -> bool {
        false
    }

    fn assembled(&mut self, _: u64) {}
}

struct Nothing;

impl AssetStore for Nothing {
    fn find(&self, _: AssetId) -> Result<StoredAsset, StoreError> {
        unreachable!("a silent film asks for no file")
    }
}

/// A second or two of noise, more or less of it.
fn chunk(grain: u8) -> Chunk {
    let mut encoder = VideoEncoder::new(
        recipe().format.video.as_ref().unwrap(),
        &frame_spec(&header()),
    )
    .unwrap();
    let mut random = fastrand::Rng::with_seed(1);
    let grey = vec![128; 960 * 540];
    for _ in 0..FRAMES {
        let luma: Vec<u8> = (0..1920 * 1080)
            .map(|_| 100 + random.u8(0..=grain))
            .collect();
        encoder
            .push(Pixels::yuv420(&luma, 1920, &grey, &grey, 960))
            .unwrap();
    }
    Chunk {
        frames: FRAMES,
        video: encoder.finish().unwrap(),
        damaged: Vec::new(),
    }
}

/// The most memory that this process has held at once, in MiB.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}

/// What the process does that [`two_hours_fit_a_function`] starts: joins the film and
/// tells its bytes and the memory that it took.
#[test]
#[ignore = "started by another test, in a process of its own"]
fn join_two_hours() {
    let text = std::env::var("KINORA_JOIN").unwrap();
    let [lambda, s3, grain] = text.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{text}");
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let defaults = EmulatorOptions::default();
    let keys = (
        defaults.credentials.0.as_str(),
        defaults.credentials.1.as_str(),
    );
    let account = runtime.block_on(Account::given(keys, &defaults.region, lambda, s3));
    let bucket = Bucket::open(&account, BUCKET).unwrap();
    let chunk = chunk(grain.parse().unwrap());
    let film = film();
    let before = peak_memory();
    let sink = BucketSink::new(bucket, "long.mp4", runtime.handle().clone());
    let sink: Box<dyn kinora_media::HeadSink> = Box::new(sink);
    let done = assemble(&film, &Nothing, &mut Same(chunk), sink.into()).unwrap();
    println!("joined {} {} {before}", done.bytes, peak_memory());
}

/// The film has 0.9 GB; with `KINORA_LONG`, as many as one of 8 Mbit/s, 7 GB.
#[test]
fn two_hours_fit_a_function() {
    let grain = if std::env::var_os("KINORA_LONG").is_some() {
        40
    } else {
        20
    };
    let emulator = Emulator::start(EmulatorOptions {
        function: kinora_emulator::FunctionOptions {
            command: env!("CARGO_BIN_EXE_kinora-lambda").into(),
            ..Default::default()
        },
        buckets: vec![kinora_emulator::Bucket::new(BUCKET)],
        limits: Limits::OFF,
        ..EmulatorOptions::default()
    })
    .unwrap();
    let tmp = tempfile::tempdir().unwrap();
    let (lambda, s3) = (
        emulator.endpoints().lambda_url(),
        emulator.endpoints().s3_url(),
    );
    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "join_two_hours",
            "--ignored",
            "--nocapture",
            "--test-threads",
            "1",
        ])
        .env("KINORA_JOIN", format!("{lambda} {s3} {grain}"))
        .env("TMPDIR", tmp.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let line = told.lines().find_map(|line| line.split_once("joined "));
    let Some((_, figures)) = line else {
        panic!("{told}\n{}", String::from_utf8_lossy(&output.stderr));
    };
    let figures: Vec<u64> = figures
        .split(' ')
        .map(|text| text.parse().unwrap())
        .collect();
    let [bytes, memory, before] = figures[..] else {
        panic!("{figures:?}");
    };
    println!("{bytes} bytes, {memory} MiB at most, {before} of them before joining");
    assert!(bytes >> 20 > 512, "it could stand in memory as a whole");
    assert!(memory < 512, "{memory} MiB");
    assert_eq!(
        std::fs::read_dir(tmp.path()).unwrap().count(),
        0,
        "nothing waits on disk"
    );
    assert_eq!(emulator.uploads(BUCKET), [""; 0]);
    let objects = emulator.objects(BUCKET);
    assert_eq!(objects, [("long.mp4".to_owned(), bytes)]);
    check(&emulator, bytes);
}

/// The file is whole: it opens, is two hours long, and its last frames are there.
fn check(emulator: &Emulator, bytes: u64) {
    let found = files(emulator.data());
    let film = found
        .iter()
        .find(|(_, length)| *length == bytes)
        .map(|(path, _)| path);
    let info = probe(film.unwrap()).unwrap();
    assert_eq!(info.duration, 7200.0);
    let mut reader = kinora_media::VideoReader::open(film.unwrap()).unwrap();
    for second in [0.0, 3599.5, 7199.5] {
        assert!((reader.frame_at(second).unwrap().pts_seconds() - second).abs() < 1e-6);
    }
}

fn files(folder: &Path) -> Vec<(std::path::PathBuf, u64)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.metadata() {
            Ok(meta) if meta.is_dir() => found.extend(files(&path)),
            Ok(meta) => found.push((path, meta.len())),
            Err(_) => {}
        }
    }
    found
}
