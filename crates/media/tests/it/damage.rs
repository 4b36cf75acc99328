use std::{
    fs,
    path::{Path, PathBuf},
};

use kinora_media::{SoundReader, VideoReader};

use crate::made::{Dice, barcode, ffmpeg, folder};

/// Six seconds of picture and tone.
fn whole(name: &str, options: &[&str]) -> PathBuf {
    let source = barcode("320x180", "30", 6);
    let mut arguments = vec![
        "-f", "lavfi", "-i", &source, "-f", "lavfi", "-i", "sine=d=6",
    ];
    arguments.extend([
        "-c:v", "libx264", "-g", "30", "-preset", "veryfast", "-pix_fmt", "yuv420p",
    ]);
    arguments.extend(options);
    arguments.push(name);
    ffmpeg(&arguments)
}

fn cut(path: &Path, name: &str) -> PathBuf {
    let bytes = fs::read(path).unwrap();
    let path = folder().join(name);
    fs::write(&path, &bytes[..bytes.len() * 6 / 10]).unwrap();
    path
}

fn played(path: &Path) -> VideoReader {
    let mut reader = VideoReader::open(path).unwrap();
    for frame in 0..180 {
        reader.frame_at(f64::from(frame) / 30.0).unwrap();
    }
    reader
}

#[test]
fn files_in_order_are_not_called_damaged() {
    for (name, options) in [
        ("order.mp4", &[][..]),
        ("order.mkv", &[][..]),
        ("order.ts", &[][..]),
        // Sound that goes on for longer than the picture is no fault.
        ("longer.mkv", &["-af", "apad=whole_dur=9"][..]),
        ("longer.mp4", &["-af", "apad=whole_dur=9"][..]),
    ] {
        let path = whole(name, options);
        assert_eq!(played(&path).damage(), None, "{name}");
        let mut sound = SoundReader::open(&path, 1.0).unwrap();
        sound.read(0, &mut vec![0.0; 2 * 48_000 * 6]).unwrap();
        assert_eq!(sound.damage(), None, "{name}");
    }
    let open = ["-x264-params", "open-gop=1:bframes=3"];
    let path = whole("order-open.mp4", &open);
    let mut reader = VideoReader::open(&path).unwrap();
    for time in [3.4, 1.2, 5.7, 0.4] {
        reader.frame_at(time).unwrap();
    }
    assert_eq!(reader.damage(), None);
}

#[test]
fn noise_is_told_with_its_time() {
    let path = whole("to-spoil.mp4", &["-movflags", "+faststart"]);
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    let mut dice = Dice(0x0123_4567_89AB_CDEF);
    for byte in &mut bytes[middle..middle + 600] {
        *byte = dice.below(256) as u8;
    }
    let path = folder().join("spoilt.mp4");
    fs::write(&path, bytes).unwrap();
    let damage = played(&path).damage().expect("damage");
    assert_eq!(damage.stated, None);
    assert!((2.0..4.0).contains(&damage.time), "{damage}");
    assert!(
        damage.to_string().starts_with("it is damaged at "),
        "{damage}"
    );
}

#[test]
fn an_early_end_is_told_with_its_time() {
    let path = cut(&whole("to-cut.mkv", &[]), "cut.mkv");
    let damage = played(&path).damage().expect("damage");
    assert!((2.5..4.5).contains(&damage.time), "{damage}");
    if let Some(stated) = damage.stated {
        assert!((stated - 6.0).abs() < 0.1, "{damage}");
    }
    let path = cut(&whole("to-cut.ts", &[]), "cut.ts");
    let damage = played(&path).damage().expect("damage");
    assert!((2.5..4.5).contains(&damage.time), "{damage}");
}
