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

/// A picture of 8 by 4 pixels that asks to be turned by a quarter, as JPEG and WebP.
#[test]
fn photos_are_turned_and_webp_files_are_not() {
    let source = [
        "-f",
        "lavfi",
        "-i",
        "color=red:s=8x4:d=1:r=1",
        "-frames:v",
        "1",
    ];
    let plain = ffmpeg(&[&source[..], &["-lossless", "1", "plain.webp"]].concat());
    let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";

    let bytes = std::fs::read(&plain).unwrap();
    let chunk = |kind: &[u8], content: &[u8]| {
        let length = (content.len() as u32).to_le_bytes();
        [kind, &length, content].concat()
    };
    let size = chunk(b"VP8X", &[8, 0, 0, 0, 7, 0, 0, 3, 0, 0]);
    let body = [b"WEBP", &size[..], &bytes[12..], &chunk(b"EXIF", exif)].concat();
    let webp = plain.with_file_name("turned.webp");
    std::fs::write(&webp, chunk(b"RIFF", &body)).unwrap();

    let bytes = std::fs::read(ffmpeg(&[&source[..], &["plain.jpg"]].concat())).unwrap();
    let marked = [b"Exif\0\0", &exif[..]].concat();
    let length = (marked.len() as u16 + 2).to_be_bytes();
    let marker = [b"\xFF\xE1", &length[..], &marked].concat();
    let jpeg = plain.with_file_name("turned.jpg");
    std::fs::write(&jpeg, [&bytes[..2], &marker, &bytes[2..]].concat()).unwrap();

    for (path, size) in [(webp, (8, 4)), (jpeg, (4, 8))] {
        let video = probe(&path).unwrap().video.unwrap();
        let still = read_still(&path).unwrap();
        assert_eq!((video.width, video.height), size, "{path:?}");
        assert_eq!((still.width, still.height), size, "{path:?}");
    }
}
