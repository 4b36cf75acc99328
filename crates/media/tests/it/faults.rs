use std::{fs, path::PathBuf};

use kinora_media::{
    FilmWriter, Format, FrameSpec, MediaError, SoundReader, VideoReader, probe, read_still,
};

use crate::made::{Dice, ffmpeg, folder};

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn message(path: &std::path::Path) -> String {
    let probed = probe(path).unwrap_err().to_string();
    assert_eq!(VideoReader::open(path).unwrap_err().to_string(), probed);
    assert_eq!(
        SoundReader::open(path, 1.0).unwrap_err().to_string(),
        probed
    );
    assert!(probed.contains(&path.display().to_string()), "{probed}");
    probed.replace(&folder().display().to_string(), "")
}

#[test]
fn each_fault_of_a_file_has_its_own_message() {
    assert_eq!(
        message(&folder().join("none.mp4")),
        "`/none.mp4` does not exist"
    );
    assert_eq!(
        message(&file("empty.mp4", b"")),
        "`/empty.mp4` is empty (0 bytes)"
    );
    let text = "once upon a time\n".repeat(200);
    for name in ["text.mp4", "text.txt", "text"] {
        let told = message(&file(name, text.as_bytes()));
        assert!(
            told.contains("is not a picture, video or sound file"),
            "{told}"
        );
    }
    let playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n";
    let told = message(&file("list.m3u8", playlist.as_bytes()));
    assert!(
        told.contains("is not a picture, video or sound file"),
        "{told}"
    );
    assert!(matches!(
        probe(folder()),
        Err(MediaError::Unreadable { .. })
    ));
}

#[test]
fn an_mp4_that_was_cut_off_is_told_from_other_files() {
    let whole = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=64x36:d=2",
        "-c:v",
        "libx264",
        "to-cut.mp4",
    ]);
    let bytes = fs::read(whole).unwrap();
    let told = message(&file("short.mp4", &bytes[..bytes.len() / 2]));
    assert_eq!(
        told,
        "`/short.mp4` is cut short: its index (the `moov` atom) is missing; copy or download it again"
    );
}

#[test]
fn a_fast_start_file_that_was_cut_off_plays_as_far_as_it_goes() {
    let whole = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=320x180:d=4",
        "-c:v",
        "libx264",
        "-movflags",
        "+faststart",
        "fast.mp4",
    ]);
    let bytes = fs::read(whole).unwrap();
    let path = file("fast-short.mp4", &bytes[..bytes.len() / 2]);
    let mut reader = VideoReader::open(&path).unwrap();
    let last = reader.frame_at(3.9).unwrap();
    assert!(
        last.pts_seconds() > 0.5 && last.pts_seconds() < 3.5,
        "{last:?}"
    );
}

#[test]
fn missing_streams_are_named() {
    let silent = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=64x36:d=1",
        "-c:v",
        "libx264",
        "silent.mp4",
    ]);
    assert!(matches!(
        SoundReader::open(&silent, 1.0),
        Err(MediaError::NoAudio { .. })
    ));
    let blind = ffmpeg(&["-f", "lavfi", "-i", "sine=d=1", "blind.mp3"]);
    assert!(matches!(
        VideoReader::open(&blind),
        Err(MediaError::NoVideo { .. })
    ));
}

#[test]
fn a_cover_is_not_a_video() {
    let cover = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "color=c=red:s=64x64:d=1:r=1",
        "-frames:v",
        "1",
        "cover.jpg",
    ]);
    let cover = cover.to_str().unwrap();
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "sine=d=2",
        "-i",
        cover,
        "-map",
        "0",
        "-map",
        "1",
        "-c:v",
        "copy",
        "-disposition:v",
        "attached_pic",
        "covered.mp3",
    ]);
    let info = probe(&path).unwrap();
    assert!(info.video.is_none() && info.audio.is_some());
    assert!((info.duration - 2.0).abs() < 0.06, "{}", info.duration);
}

#[test]
fn broken_pictures_are_errors() {
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=200x100:d=1:r=1",
        "-frames:v",
        "1",
        "whole.png",
    ]);
    let bytes = fs::read(path).unwrap();
    let path = file("part.png", &bytes[..bytes.len() / 2]);
    let told = read_still(&path).unwrap_err().to_string();
    assert!(told.contains("part.png"), "{told}");
    assert!(read_still(&file("text.png", b"no picture at all")).is_err());
}

#[test]
fn output_that_cannot_be_written_is_told_before_any_work() {
    let frames = FrameSpec {
        width: 64,
        height: 36,
        fps_num: 30,
        fps_den: 1,
        transparent: false,
    };
    let format = Format::default();
    let create =
        |path: &std::path::Path| FilmWriter::create(path, &format, &frames, b"\0\0\0\x01\x67");
    let fault = create(&folder().join("no/such/folder/out.mp4")).unwrap_err();
    assert!(matches!(fault, MediaError::Unwritable { .. }), "{fault:?}");
    let fault = create(folder()).unwrap_err();
    assert!(matches!(fault, MediaError::Unwritable { .. }), "{fault:?}");
}

/// Bytes changed at random places give an error or a picture, never a crash or a hang.
#[test]
fn damaged_files_never_bring_the_reader_down() {
    let options = [
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=96x64:d=2:r=15",
        "-f",
        "lavfi",
        "-i",
        "sine=d=2",
    ];
    let mut dice = Dice(0xDEAD_BEEF_1234_5678);
    for name in [
        "dice.mp4",
        "dice.webm",
        "dice.mov",
        "dice.ts",
        "dice.mp3",
        "dice.ogg",
        "dice.flac",
        "dice.gif",
    ] {
        let mut arguments = options.to_vec();
        if name == "dice.mov" {
            arguments.extend(["-c:v", "qtrle", "-c:a", "pcm_s16le"]);
        }
        if name.ends_with("webm") {
            arguments.extend(["-deadline", "realtime", "-cpu-used", "8"]);
        }
        arguments.push(name);
        let bytes = fs::read(ffmpeg(&arguments)).unwrap();
        for turn in 0..25 {
            let mut broken = bytes.clone();
            // Heads and indexes are more telling than pictures.
            let reach = if turn % 2 == 0 {
                2000.min(broken.len())
            } else {
                broken.len()
            };
            for _ in 0..=dice.below(12) {
                let at = dice.below(reach as u64) as usize;
                let end = (turn % 3 == 0).then(|| broken.len() - at);
                broken[end.unwrap_or(at).min(bytes.len() - 1)] = dice.below(256) as u8;
            }
            let path = file(&format!("broken-{name}"), &broken);
            let _ = probe(&path);
            let _ = read_still(&path);
            if let Ok(mut reader) = VideoReader::open(&path) {
                for time in [0.0, 1.9, 0.3, 50.0, -1.0] {
                    if let Ok(frame) = reader.frame_at(time) {
                        assert!(frame.planes().is_some() != frame.rgba().is_some());
                    }
                }
            }
            if let Ok(mut reader) = SoundReader::open(&path, 1.0) {
                let mut sound = vec![0.0; 20_000];
                for from in [0, 50_000, 3000, 600_000] {
                    if reader.read(from, &mut sound).is_ok() {
                        assert!(sound.len() == 20_000);
                    }
                }
            }
        }
    }
}
