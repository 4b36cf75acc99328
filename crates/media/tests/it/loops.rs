use kinora_media::{SoundReader, probe};

use crate::made::ffmpeg;

fn read(reader: &mut SoundReader, from: u64, count: usize) -> Vec<f32> {
    let mut out = vec![0.0; 2 * count];
    reader.read(from, &mut out).unwrap();
    out
}

/// The greatest difference between neighbouring samples of the left side.
fn roughest(sound: &[f32]) -> f32 {
    let left: Vec<f32> = sound.chunks(2).map(|pair| pair[0]).collect();
    let steps = left.windows(2).map(|pair| (pair[1] - pair[0]).abs());
    steps.fold(0.0, f32::max)
}

/// The loudest sample of the quietest millisecond.
fn quietest(sound: &[f32]) -> f32 {
    let loudest = |piece: &[f32]| {
        piece
            .iter()
            .fold(0.0_f32, |most, value| most.max(value.abs()))
    };
    sound.chunks(2 * 120).map(loudest).fold(1.0, f32::min)
}

/// A tone with whole periods in every file: joined without a seam, it is one tone.
fn check_seamless(name: &str, rate: u32, seconds: &str, options: &[&str], tempo: f64) {
    let source = format!("aevalsrc='0.5*sin(2*PI*400*t)':s={rate}:d={seconds}");
    let mut arguments = vec!["-f", "lavfi", "-i", &source];
    arguments.extend(options);
    arguments.push(name);
    let path = ffmpeg(&arguments);
    let length = probe(&path).unwrap().duration;
    let mut reader = SoundReader::open_loop(&path, tempo, length).unwrap();
    let sound = read(&mut reader, 0, 3 * 48_000);
    let inner = &sound[2 * 4800..];
    // A sine's greatest step is 2π · 400 · 0.5 / 48000 = 0.026; codecs stray a little.
    let (rough, quiet) = (roughest(inner), quietest(inner));
    assert!(quiet > 0.3, "{name} at {tempo}: silence of {quiet}");
    assert!(rough < 0.06, "{name} at {tempo}: a step of {rough}");
    for from in [0_u64, 777, 60_000, 100_000] {
        let part = read(&mut reader, from, 5000);
        assert!(
            part == sound[2 * from as usize..][..10_000],
            "{name} from {from}"
        );
    }
}

#[test]
fn loops_are_seamless_at_any_rate_and_tempo() {
    for (name, rate) in [
        ("loop-48.wav", 48_000),
        ("loop-44.wav", 44_100),
        ("loop-8.wav", 8000),
    ] {
        for tempo in [1.0, 1.5, 0.8] {
            check_seamless(name, rate, "0.5", &[], tempo);
        }
        check_seamless(&format!("short-{name}"), rate, "0.05", &[], 1.0);
    }
}

#[test]
fn the_gaps_that_encoders_add_are_not_heard_in_a_loop() {
    check_seamless(
        "loop.mp3",
        44_100,
        "0.5",
        &["-c:a", "libmp3lame", "-b:a", "192k"],
        1.0,
    );
    check_seamless(
        "loop.m4a",
        48_000,
        "0.5",
        &["-c:a", "aac", "-b:a", "192k"],
        1.0,
    );
    check_seamless(
        "loop.ogg",
        44_100,
        "2.5",
        &["-c:a", "libvorbis", "-q:a", "8"],
        1.0,
    );
    check_seamless(
        "loop.opus",
        48_000,
        "0.5",
        &["-c:a", "libopus", "-b:a", "192k"],
        1.0,
    );
    check_seamless("loop.flac", 44_100, "0.5", &[], 1.0);
}

#[test]
fn a_loop_longer_than_memory_is_the_same_as_one_within_it() {
    // Eleven seconds turn once within thirty.
    let source = "aevalsrc='0.4*sin(2*PI*(200+40*t)*t)':s=48000:d=11";
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        source,
        "-c:a",
        "pcm_f32le",
        "long-loop.wav",
    ]);
    let once = read(&mut SoundReader::open(&path, 1.0).unwrap(), 0, 11 * 48_000);
    let mut reader = SoundReader::open_loop(&path, 1.0, 11.0).unwrap();
    let sound = read(&mut reader, 0, 30 * 48_000);
    for (index, pair) in sound.chunks(2).enumerate() {
        let at = index % (11 * 48_000);
        assert_eq!(pair, &once[2 * at..2 * at + 2], "sample {index}");
    }
    for from in [25 * 48_000 + 17, 10 * 48_000, 21 * 48_000] {
        let part = read(&mut reader, from, 60_000);
        assert!(part == sound[2 * from as usize..][..120_000], "from {from}");
    }
}

#[test]
fn a_film_turns_with_its_pictures() {
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=64x36:d=1:r=30",
        "-f",
        "lavfi",
        "-i",
        "aevalsrc='0.5':d=0.5:s=48000",
        "-c:v",
        "libx264",
        "-c:a",
        "pcm_s16le",
        "turning.mov",
    ]);
    let length = probe(&path).unwrap().duration;
    assert_eq!(length, 1.0);
    let sound = read(
        &mut SoundReader::open_loop(&path, 1.0, length).unwrap(),
        0,
        96_000,
    );
    for (at, heard) in [(0.25, true), (0.75, false), (1.25, true), (1.75, false)] {
        let sample = sound[2 * (at * 48_000.0) as usize];
        assert_eq!(sample > 0.2, heard, "at {at} s: {sample}");
    }
}
