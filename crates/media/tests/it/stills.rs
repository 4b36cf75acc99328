use kinora_media::{probe, read_still};

use crate::made::ffmpeg;

#[test]
fn every_picture_format_is_a_still() {
    for name in ["a.png", "a.jpg", "a.webp", "a.gif", "a.bmp", "a.tiff"] {
        let path = ffmpeg(&[
            "-f",
            "lavfi",
            "-i",
            "color=c=0x4080C0:s=40x30:d=1:r=1",
            "-frames:v",
            "1",
            name,
        ]);
        let info = probe(&path).unwrap();
        let video = info.video.unwrap();
        assert!(
            video.still && info.duration == 0.0 && info.audio.is_none(),
            "{name}"
        );
        assert_eq!((video.width, video.height), (40, 30), "{name}");
        let still = read_still(&path).unwrap();
        assert_eq!(
            (still.width, still.height, still.opaque),
            (40, 30, true),
            "{name}"
        );
        assert_eq!(still.rgba.len(), 40 * 30 * 4, "{name}");
        // The 256 colours of a GIF that `ffmpeg` writes are far apart.
        let allowance = if name == "a.gif" { 40 } else { 6 };
        let middle = &still.rgba[(15 * 40 + 20) * 4..][..4];
        let close = middle
            .iter()
            .zip([0x40, 0x80, 0xC0, 0xFF])
            .all(|(&a, b): (&u8, u8)| a.abs_diff(b) <= allowance);
        assert!(close, "{name}: {middle:?}");
    }
}

#[test]
fn alpha_is_premultiplied() {
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "color=c=white:s=8x8:d=1:r=1,format=rgba,colorchannelmixer=aa=0.5",
        "-frames:v",
        "1",
        "half.png",
    ]);
    assert!(probe(&path).unwrap().video.unwrap().alpha);
    let still = read_still(&path).unwrap();
    assert!(!still.opaque);
    let pixel = &still.rgba[..4];
    assert!(
        pixel.iter().all(|&channel| channel == pixel[3]) && pixel[3].abs_diff(128) <= 1,
        "{pixel:?}"
    );
}

#[test]
fn a_name_without_a_suffix_is_no_hindrance() {
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "color=c=red:s=8x8:d=1:r=1",
        "-frames:v",
        "1",
        "named.png",
    ]);
    let plain = path.with_file_name("0123abcd");
    std::fs::copy(&path, &plain).unwrap();
    assert_eq!(read_still(&plain).unwrap(), read_still(&path).unwrap());
    assert!(probe(&plain).unwrap().video.unwrap().still);
}
