use std::path::Path;

use kinora_media::{SoundReader, Speed, probe};

use crate::made::{Dice, decoded_sound, ffmpeg};

/// Noise and a slide of tones, so that every stretch differs from every other.
const SOURCE: &str =
    "aevalsrc='0.4*sin(2*PI*(200+40*t)*t)+0.1*(random(0)-0.5)|0.3*sin(2*PI*(900-20*t)*t)':d=25:s=";

fn make(rate: u32, options: &[&str]) -> std::path::PathBuf {
    let source = format!("{SOURCE}{rate}");
    let mut arguments = vec!["-f", "lavfi", "-i", &source];
    arguments.extend(options);
    ffmpeg(&arguments)
}

fn read(reader: &mut SoundReader, from: u64, count: usize) -> Vec<f32> {
    let mut out = vec![9.0; 2 * count];
    reader.read(from, &mut out).unwrap();
    out
}

/// However a stretch is reached, its samples are the same to the last bit.
fn check_cuts(path: &Path, rate: f64, total: usize) -> Vec<f32> {
    let whole = read(&mut SoundReader::open(path, rate).unwrap(), 0, total);
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);

    let mut reader = SoundReader::open(path, rate).unwrap();
    let mut at = 0;
    while at < total {
        let count = (dice.below(30_000) as usize + 1).min(total - at);
        assert!(
            read(&mut reader, at as u64, count) == whole[2 * at..][..2 * count],
            "cut at {at}"
        );
        at += count;
    }
    for _ in 0..12 {
        let at = dice.below(total as u64 - 5000) as usize;
        let want = &whole[2 * at..][..2 * 5000];
        assert!(read(&mut reader, at as u64, 5000) == want, "jump to {at}");
        if dice.below(3) == 0 {
            let mut fresh = SoundReader::open(path, rate).unwrap();
            assert!(
                read(&mut fresh, at as u64, 5000) == want,
                "new reader at {at}"
            );
        }
    }
    whole
}

/// How far `ours` lies behind `theirs` in samples, by the best match around `at`.
fn lag(ours: &[f32], theirs: &[f32], at: usize) -> (i64, f64) {
    let error = |lag: i64| -> f64 {
        (at..at + 4000)
            .map(|n| f64::from(ours[2 * n] - theirs[2 * (n as i64 - lag) as usize]).powi(2))
            .sum::<f64>()
            / 4000.0
    };
    let best = (-1500..=1500)
        .min_by(|&a, &b| error(a).total_cmp(&error(b)))
        .unwrap();
    (best, error(best).sqrt())
}

fn check_like_ffmpeg(path: &Path, ours: &[f32], tolerance: f64) {
    let theirs = decoded_sound(path);
    for at in [2000, 300_000, 479_000, 900_000] {
        let (lag, error) = lag(ours, &theirs, at);
        assert_eq!(lag, 0, "{} at {at}", path.display());
        assert!(error < tolerance, "{} at {at}: {error}", path.display());
    }
}

const TOTAL: usize = 25 * 48_000;

#[test]
fn wav_at_its_own_rate_is_untouched() {
    let path = make(48_000, &["-c:a", "pcm_f32le", "same.wav"]);
    let ours = check_cuts(&path, 1.0, TOTAL);
    assert!(ours == decoded_sound(&path));
}

#[test]
fn resampled_wav() {
    let path = make(44_100, &["resampled.wav"]);
    // The filters are not the same at the upper end, where there is noise.
    check_like_ffmpeg(&path, &check_cuts(&path, 1.0, TOTAL), 4e-3);
}

#[test]
fn mp3() {
    let path = make(44_100, &["-c:a", "libmp3lame", "-b:a", "192k", "tones.mp3"]);
    check_like_ffmpeg(&path, &check_cuts(&path, 1.0, TOTAL), 2e-3);
    let duration = probe(&path).unwrap().duration;
    assert!(
        (duration - 25.0).abs() < 1e-3,
        "padding is no sound: {duration}"
    );
    let path = make(
        44_100,
        &[
            "-c:a",
            "libmp3lame",
            "-q:a",
            "4",
            "-write_xing",
            "0",
            "bare.mp3",
        ],
    );
    check_like_ffmpeg(&path, &check_cuts(&path, 1.0, TOTAL), 2e-3);
    assert!((probe(&path).unwrap().duration - 25.0).abs() < 0.1);
}

#[test]
fn aac() {
    for name in ["tones.m4a", "tones.aac", "tones.mov"] {
        let path = make(44_100, &["-c:a", "aac", "-b:a", "128k", name]);
        let ours = check_cuts(&path, 1.0, TOTAL);
        check_like_ffmpeg(&path, &ours, 3e-2);
    }
}

#[test]
fn other_codecs() {
    for (name, codec) in [
        ("tones.ogg", "libvorbis"),
        ("tones.opus", "libopus"),
        ("tones.flac", "flac"),
        ("tones.webm", "libopus"),
        ("tones.mka", "aac"),
    ] {
        let path = make(48_000, &["-c:a", codec, name]);
        check_like_ffmpeg(&path, &check_cuts(&path, 1.0, TOTAL), 1e-3);
    }
}

#[test]
fn sound_beside_a_picture() {
    let source = format!("{SOURCE}44100");
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=64x36:d=25",
        "-f",
        "lavfi",
        "-i",
        &source,
        "-c:v",
        "libx264",
        "-c:a",
        "aac",
        "beside.mp4",
    ]);
    check_like_ffmpeg(&path, &check_cuts(&path, 1.0, TOTAL), 3e-2);
}

#[test]
fn sound_that_starts_later_than_its_picture_keeps_the_distance() {
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=64x36:d=3",
        "-itsoffset",
        "0.5",
        "-f",
        "lavfi",
        "-i",
        "aevalsrc='0.5':d=2:s=48000",
        "-c:v",
        "libx264",
        "-c:a",
        "pcm_s16le",
        "later.mov",
    ]);
    let sound = read(&mut SoundReader::open(&path, 1.0).unwrap(), 0, 48_000);
    let start = (0..48_000).find(|n| sound[2 * n].abs() > 0.1).unwrap();
    assert!((start as i64 - 24_000).abs() <= 48, "{start}");
}

#[test]
fn silence_follows_the_end() {
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "aevalsrc=0.5:d=0.5:s=44100",
        "-c:a",
        "pcm_s16le",
        "short.wav",
    ]);
    let mut reader = SoundReader::open(&path, 1.0).unwrap();
    let sound = read(&mut reader, 0, 48_000);
    assert!(sound[2 * 1000] > 0.3 && sound[2 * 23_900] > 0.3);
    assert!(sound[2 * 24_100..].iter().all(|&sample| sample == 0.0));
    assert!(
        read(&mut reader, 48_000 * 3600, 100)
            .iter()
            .all(|&sample| sample == 0.0)
    );
    assert!(read(&mut reader, 0, 1000) == sound[..2000]);
}

/// What Chromium 156 says of the same files.
#[test]
fn lengths_are_those_of_a_browser() {
    let make = |rate: u32, seconds: &str, options: &[&str]| {
        let source = format!("aevalsrc='0.25*sin(2*PI*500*t)':s={rate}:d={seconds}");
        let mut arguments = vec!["-f", "lavfi", "-i", &source];
        arguments.extend(options);
        probe(&ffmpeg(&arguments)).unwrap().duration
    };
    let mp3 = ["-c:a", "libmp3lame"];
    for (rate, seconds, length) in [
        (44_100, "4", 4.0),
        (44_100, "4.0151", 4.015102),
        (22_050, "3.3", 3.3),
        (48_000, "3.3", 3.3),
    ] {
        let name = format!("length-{rate}-{seconds}.mp3");
        assert_eq!(
            make(rate, seconds, &[&mp3[..], &[&name]].concat()),
            length,
            "{name}"
        );
    }
    let vorbis = ["-c:a", "libvorbis"];
    for (rate, length) in [(48_000, 3.302667), (22_050, 3.31161)] {
        let name = format!("length-{rate}.ogg");
        assert_eq!(
            make(rate, "3.3", &[&vorbis[..], &[&name]].concat()),
            length,
            "{name}"
        );
    }
    assert_eq!(make(44_100, "4.0151", &["length.wav"]), 4.015102);
    assert_eq!(make(44_100, "4.0151", &["length.m4a"]), 4.015011);
    assert_eq!(make(44_100, "4.0151", &["length.flac"]), 4.015102);
}

#[test]
fn the_first_of_several_tracks_is_heard() {
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "aevalsrc=0.5:d=1:s=48000",
        "-f",
        "lavfi",
        "-i",
        "anoisesrc=d=1:r=48000:a=0.9",
        "-map",
        "0",
        "-map",
        "1",
        "-c:a",
        "flac",
        "-disposition:a:0",
        "default",
        "-disposition:a:1",
        "default",
        "tracks.mka",
    ]);
    let sound = read(&mut SoundReader::open(&path, 1.0).unwrap(), 0, 48_000);
    let first = sound[2000];
    assert!(first > 0.3 && sound[2000..90_000].iter().all(|value| *value == first));
}

#[test]
fn mono_and_surround_are_mixed_as_ffmpeg_does() {
    for (name, source, channels) in [
        ("mono.wav", "aevalsrc=0.5:d=1:s=48000", 1),
        (
            "surround.wav",
            "aevalsrc=0.1|0.2|0.3|0|0.15|0.05:c=5.1:d=1:s=48000",
            6,
        ),
    ] {
        let path = ffmpeg(&["-f", "lavfi", "-i", source, "-c:a", "pcm_f32le", name]);
        assert_eq!(probe(&path).unwrap().audio.unwrap().channels, channels);
        let sound = read(&mut SoundReader::open(&path, 1.0).unwrap(), 0, 48_000);
        assert!(sound[40_000] > 0.1 && sound[40_001] > 0.1, "{name}");
        assert!(sound == decoded_sound(&path), "{name}");
    }
}

#[test]
fn tempo_changes_length_and_keeps_pitch() {
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "sine=f=1000:d=8:r=44100",
        "-c:a",
        "pcm_s16le",
        "sine.wav",
    ]);
    for rate in [0.4, 0.75, 1.5, 3.0] {
        let total = (8.0 / rate * 48_000.0) as usize;
        let mut reader = SoundReader::open(&path, rate).unwrap();
        let sound = read(&mut reader, 0, total + 20_000);
        let last = sound
            .chunks(2)
            .rposition(|pair| pair[0].abs() > 0.01)
            .unwrap();
        let late = last as i64 - total as i64;
        assert!(late.abs() < 4800, "{rate}: ends `{late}` samples late");
        let rises = rises(&sound);
        assert!((990..=1010).contains(&rises), "{rate}: {rises} Hz");
    }
    check_cuts(&path, 1.25, (8.0 / 1.25 * 48_000.0) as usize);
}

/// Times a second at which the left side rises through 0, over the second second.
fn rises(sound: &[f32]) -> usize {
    let span = &sound[2 * 48_000..2 * 96_000];
    let pairs = span.chunks(2).zip(span.chunks(2).skip(1));
    pairs.filter(|(a, b)| a[0] < 0.0 && b[0] >= 0.0).count()
}

#[test]
fn sound_without_its_pitch_kept_goes_with_its_speed() {
    for rate in [44_100, 48_000] {
        let source = format!("sine=f=600:d=8:r={rate}");
        let name = format!("pitched-{rate}.wav");
        let path = ffmpeg(&["-f", "lavfi", "-i", &source, "-c:a", "pcm_s16le", &name]);
        for speed in [0.37, 0.75, 1.0, 1.5, 3.0] {
            let played = Speed {
                rate: speed,
                keeps_pitch: false,
            };
            let total = (8.0 / speed * 48_000.0) as usize;
            let mut reader = SoundReader::open(&path, played).unwrap();
            let sound = read(&mut reader, 0, total + 20_000);
            let found = rises(&sound) as f64;
            assert!((found - 600.0 * speed).abs() <= 1.0, "{speed}: {found} Hz");
            let heard = |pair: &[f32]| pair[0].abs() > 0.01;
            let last = sound.chunks(2).rposition(heard).unwrap() as i64;
            assert!((last - total as i64).abs() < 50, "{speed}: ends at {last}");
            // Any other reader, and any other way there, gives the same.
            let part = read(&mut SoundReader::open(&path, played).unwrap(), 70_001, 999);
            assert!(part == sound[2 * 70_001..][..2 * 999], "{speed}");
            assert!(read(&mut reader, 70_001, 999) == part, "{speed}");
        }
    }
}

#[test]
fn impossible_tempos_are_refused() {
    let path = ffmpeg(&["-f", "lavfi", "-i", "sine=d=1", "tempo.wav"]);
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY, 1000.0] {
        assert!(SoundReader::open(&path, rate).is_err(), "{rate}");
    }
}
