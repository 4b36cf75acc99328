//! Files that are read in blocks give what they give when they are read from the disk, and
//! no more of them is read than is needed.

use std::{
    fs::File,
    io,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use kinora_media::{
    BLOCK, Blocks, ByteSource, MediaError, SoundReader, VideoFrame, VideoReader, probe, read_still,
};

use crate::made::{Dice, barcode, ffmpeg};

/// A file of the disk that is far away, and breaks from some byte on.
struct Far {
    name: String,
    file: File,
    length: u64,
    breaks_at: Arc<AtomicU64>,
}

impl ByteSource for Far {
    fn name(&self) -> &str {
        &self.name
    }

    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        assert_eq!(offset % BLOCK, 0);
        if offset + buffer.len() as u64 > self.breaks_at.load(Relaxed) {
            return Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "the line is cut; mend it",
            ));
        }
        self.file.read_exact_at(buffer, offset)
    }
}

fn far(path: &Path) -> (Arc<Blocks>, Arc<AtomicU64>) {
    let file = File::open(path).unwrap();
    let breaks_at = Arc::new(AtomicU64::new(u64::MAX));
    let source = Far {
        name: "https://far.test/film".to_owned(),
        length: file.metadata().unwrap().len(),
        file,
        breaks_at: breaks_at.clone(),
    };
    (Arc::new(Blocks::new(Box::new(source))), breaks_at)
}

/// Noise is not compressed, so a few seconds of it are many bytes.
fn noise(name: &str, options: &[&str]) -> PathBuf {
    let picture = "nullsrc=s=640x360:r=25:d=10,noise=alls=100:allf=t,format=yuvj420p";
    let mut arguments = vec!["-f", "lavfi", "-i", picture];
    arguments.extend(["-f", "lavfi", "-i", "anoisesrc=d=10:r=48000:seed=5"]);
    arguments.extend(["-c:v", "mjpeg", "-q:v", "2", "-c:a", "pcm_s16le"]);
    arguments.extend(options);
    arguments.push(name);
    ffmpeg(&arguments)
}

fn pixels(frame: &VideoFrame) -> Vec<u8> {
    match (frame.planes(), frame.rgba()) {
        (Some(planes), _) => [planes.y, planes.u, planes.v].concat(),
        (_, Some(rgba)) => rgba.to_vec(),
        _ => panic!("a frame is either planes or rgba"),
    }
}

/// What `probe` and the picture at 5 s read of a file, in bytes, both checked.
fn read_of(path: &Path) -> [u64; 2] {
    let (blocks, _) = far(path);
    assert_eq!(probe(blocks.clone()).unwrap(), probe(path).unwrap());
    let probed = blocks.fetched();
    let far = VideoReader::open(blocks.clone()).unwrap().frame_at(5.0);
    let near = VideoReader::open(path).unwrap().frame_at(5.0).unwrap();
    assert!(pixels(&far.unwrap()) == pixels(&near));
    [probed, blocks.fetched()]
}

#[test]
fn size_length_and_one_picture_cost_few_bytes_of_a_large_file() {
    let mib = |count: u64| count << 20;
    for (name, options, most) in [
        ("far-end.mov", &[][..], [mib(1), mib(2)]),
        (
            "far-start.mov",
            &["-movflags", "+faststart"],
            [mib(1), mib(2)],
        ),
        // Each fragment has an index of its own.
        (
            "far-fragments.mov",
            &["-movflags", "+empty_moov", "-frag_duration", "2000000"],
            [mib(8), mib(9)],
        ),
        // Less than ten seconds are read through where the cues are not known yet.
        (
            "far-cues.mkv",
            &["-cluster_time_limit", "1000"],
            [mib(1), mib(36)],
        ),
    ] {
        let path = noise(name, options);
        let length = std::fs::metadata(&path).unwrap().len();
        assert!(length > mib(20), "{name} has {length} bytes");
        let read = read_of(&path);
        let few = read.iter().zip(most).all(|(read, most)| *read <= most);
        assert!(few, "{name}: {read:?} of {length} to probe and to show");
    }
}

#[test]
fn the_length_of_ogg_sound_is_read_at_its_end() {
    let source = "anoisesrc=d=600:r=48000:seed=3";
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        source,
        "-c:a",
        "flac",
        "-compression_level",
        "0",
        "far.ogg",
    ]);
    let length = std::fs::metadata(&path).unwrap().len();
    assert!(length > 20 << 20, "{length}");
    let (blocks, _) = far(&path);
    assert_eq!(probe(blocks.clone()).unwrap(), probe(&path).unwrap());
    assert!(
        blocks.fetched() <= 3 << 20,
        "{} of {length}",
        blocks.fetched()
    );
}

#[test]
fn every_picture_is_that_of_the_file() {
    let source = barcode("320x180", "30", 8);
    for (name, options) in [
        (
            "far-exact.mp4",
            &["-c:v", "libx264", "-g", "60", "-bf", "3"][..],
        ),
        (
            "far-exact-fragments.mp4",
            &[
                "-c:v",
                "libx264",
                "-g",
                "30",
                "-movflags",
                "+frag_keyframe+empty_moov",
            ],
        ),
        (
            "far-exact.webm",
            &[
                "-c:v",
                "libvpx-vp9",
                "-deadline",
                "realtime",
                "-cpu-used",
                "8",
                "-g",
                "60",
            ],
        ),
        ("far-exact.ts", &["-c:v", "libx264", "-g", "60"]),
    ] {
        let mut arguments = vec!["-f", "lavfi", "-i", &source, "-pix_fmt", "yuv420p"];
        arguments.extend(options);
        arguments.push(name);
        let path = ffmpeg(&arguments);
        let (blocks, _) = far(&path);
        let mut near = VideoReader::open(&path).unwrap();
        let mut far = VideoReader::open(blocks).unwrap();
        let mut dice = Dice(0x2545_F491_4F6C_DD1D);
        let jumps = (0..20).map(|_| dice.below(240) as u32);
        for n in (0..240).chain(jumps) {
            let time = f64::from(n) / 30.0;
            let (near, far) = (near.frame_at(time).unwrap(), far.frame_at(time).unwrap());
            assert!(pixels(&near) == pixels(&far), "{name}: {n}");
            assert_eq!(near.pts_seconds(), far.pts_seconds(), "{name}: {n}");
        }
        assert_eq!(near.damage(), far.damage());
    }
}

#[test]
fn every_sample_is_that_of_the_file() {
    let source = "anoisesrc=d=25:r=44100:seed=9";
    for name in [
        "far.mp3",
        "far-sound.ogg",
        "far.m4a",
        "far.wav",
        "far.flac",
        "far.opus",
    ] {
        let codec: &[&str] = match name {
            "far-sound.ogg" => &["-c:a", "libvorbis"],
            _ => &[],
        };
        let path = ffmpeg(&[&["-f", "lavfi", "-i", source][..], codec, &[name]].concat());
        let (blocks, _) = far(&path);
        assert_eq!(
            probe(blocks.clone()).unwrap(),
            probe(&path).unwrap(),
            "{name}"
        );
        let mut near = SoundReader::open(&path, 1.0).unwrap();
        let mut far = SoundReader::open(blocks, 1.0).unwrap();
        for from in [0, 48_000, 700_000, 300_000, 1_180_000] {
            let (mut a, mut b) = (vec![0.0; 30_000], vec![0.0; 30_000]);
            near.read(from, &mut a).unwrap();
            far.read(from, &mut b).unwrap();
            assert!(a == b, "{name} from {from}");
        }
    }
}

#[test]
fn pictures_and_animations_are_read_in_blocks_too() {
    for (name, seconds) in [
        ("far.png", 0.04),
        ("far.jpg", 0.04),
        ("far.gif", 0.5),
        ("far.webp", 0.5),
    ] {
        let source = format!("testsrc2=s=64x36:r=25:d={seconds}");
        let path = ffmpeg(&["-f", "lavfi", "-i", &source, name]);
        let (blocks, _) = far(&path);
        let info = probe(&path).unwrap();
        assert_eq!(probe(blocks.clone()).unwrap(), info, "{name}");
        match info.video.unwrap().still {
            true => assert_eq!(read_still(blocks).unwrap(), read_still(&path).unwrap()),
            false => {
                let near = VideoReader::open(&path).unwrap().frame_at(0.3).unwrap();
                let far = VideoReader::open(blocks).unwrap().frame_at(0.3).unwrap();
                assert!(pixels(&near) == pixels(&far), "{name}");
            }
        }
    }
}

/// An error and its cause.
fn told(error: &MediaError) -> String {
    let cause = std::error::Error::source(error);
    format!(
        "{error}: {}",
        cause.map(ToString::to_string).unwrap_or_default()
    )
}

#[test]
fn what_a_source_says_comes_out_and_is_no_damage() {
    let wanted = "`https://far.test/film` cannot be read: the line is cut; mend it";
    let path = noise("far-broken.mkv", &["-cluster_time_limit", "1000"]);
    let length = std::fs::metadata(&path).unwrap().len();
    let (blocks, breaks_at) = far(&path);
    for place in [0, 1 << 17] {
        breaks_at.store(place, Relaxed);
        let fault = probe(blocks.clone()).unwrap_err();
        assert_eq!(told(&fault), wanted, "from {place} on");
        assert!(fault.is_passing());
    }
    breaks_at.store(length / 2, Relaxed);
    let mut reader = VideoReader::open(blocks.clone()).unwrap();
    reader.frame_at(1.0).unwrap();
    let fault = reader.frame_at(8.0).unwrap_err();
    assert_eq!(told(&fault), wanted);
    assert_eq!(reader.damage(), None);
    let mut sound = SoundReader::open(blocks.clone(), 1.0).unwrap();
    let fault = sound.read(8 * 48_000, &mut [0.0; 9600]).unwrap_err();
    assert_eq!(told(&fault), wanted);
    // A new reader goes on once the source does.
    breaks_at.store(u64::MAX, Relaxed);
    let far = VideoReader::open(blocks).unwrap().frame_at(8.0).unwrap();
    let near = VideoReader::open(&path).unwrap().frame_at(8.0).unwrap();
    assert!(pixels(&far) == pixels(&near));
}

#[test]
fn a_file_that_breaks_off_is_told_as_on_the_disk() {
    let path = noise("far-whole.mov", &["-movflags", "+faststart"]);
    let bytes = std::fs::read(&path).unwrap();
    let short = path.with_file_name("far-short.mov");
    std::fs::write(&short, &bytes[..bytes.len() / 2]).unwrap();
    let (blocks, _) = far(&short);
    let near = probe(&short).unwrap_err().to_string();
    let near = near.replace(&short.display().to_string(), "https://far.test/film");
    assert_eq!(probe(blocks).unwrap_err().to_string(), near);
}

#[test]
fn little_of_a_wav_file_is_read_to_know_it() {
    let source = "anoisesrc=d=60:r=48000:seed=7";
    let path = ffmpeg(&["-f", "lavfi", "-i", source, "-ac", "2", "long-noise.wav"]);
    let (blocks, _) = far(&path);
    let info = probe(blocks.clone()).unwrap();
    assert_eq!(info.duration, 60.0);
    assert!(blocks.fetched() < 2 << 20, "{} bytes", blocks.fetched());
    // What passes as samples is found nevertheless.
    let plain = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "sine=f=500:d=4:r=48000",
        "-ac",
        "2",
        "-c:a",
        "dca",
        "-strict",
        "-2",
        "tone.dts",
    ]);
    let hidden = ffmpeg(&[
        "-f",
        "s16le",
        "-ar",
        "48000",
        "-ac",
        "2",
        "-i",
        plain.to_str().unwrap(),
        "-c",
        "copy",
        "hidden.wav",
    ]);
    let mut second = vec![0.0; 2 * 48_000];
    let mut reader = SoundReader::open(&hidden, 1.0).unwrap();
    reader.read(48_000, &mut second).unwrap();
    let left: Vec<f32> = second.chunks(2).map(|pair| pair[0]).collect();
    let rises = left
        .windows(2)
        .filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0);
    assert!((499..=501).contains(&rises.count()));
}
