use std::path::PathBuf;

use kinora_media::{VideoFrame, VideoReader, probe, read_still};

use crate::made::{Dice, barcode, ffmpeg, number};

fn shown(frame: &VideoFrame) -> u32 {
    let width = frame.width() as usize;
    match (frame.planes(), frame.rgba()) {
        (Some(planes), _) => number(|x, y| planes.y[y * planes.y_stride + x]),
        (None, Some(rgba)) => number(|x, y| rgba[(y * width + x) * 4 + 1]),
        (None, None) => panic!("a frame is either planes or rgba"),
    }
}

fn animations(rate: &str) -> Vec<PathBuf> {
    let source = barcode("160x48", rate, 2);
    let source = ["-f", "lavfi", "-i", &source];
    let named = |options: &[&str]| ffmpeg(&[&source[..], options].concat());
    let rate = rate.replace('/', "-");
    vec![
        named(&[&format!("moving-{rate}.gif")]),
        named(&["-f", "apng", "-plays", "0", &format!("moving-{rate}.png")]),
        named(&[
            "-loop",
            "0",
            "-lossless",
            "1",
            &format!("moving-{rate}.webp"),
        ]),
        named(&[
            "-c:v",
            "libaom-av1",
            "-cpu-used",
            "8",
            "-crf",
            "20",
            &format!("moving-{rate}.avif"),
        ]),
    ]
}

#[test]
fn animated_pictures_are_videos() {
    for path in animations("10") {
        let info = probe(&path).unwrap();
        let video = info.video.unwrap();
        let name = path.file_name().unwrap();
        assert!(!video.still, "{name:?}");
        assert_eq!((video.width, video.height), (160, 48), "{name:?}");
        assert!(
            (info.duration - 2.0).abs() < 1e-6,
            "{name:?}: {}",
            info.duration
        );
        assert!((video.fps - 10.0).abs() < 0.01, "{name:?}: {}", video.fps);
        let mut reader = VideoReader::open(&path).unwrap();
        for n in 0..20 {
            let frame = reader.frame_at(f64::from(n) / 10.0 + 0.05).unwrap();
            assert_eq!(shown(&frame), n, "{name:?}");
        }
        assert_eq!(shown(&reader.frame_at(100.0).unwrap()), 19, "{name:?}");
        let mut dice = Dice(0x1234_5678_9ABC_DEF1);
        for _ in 0..12 {
            let n = dice.below(20) as u32;
            let frame = reader.frame_at(f64::from(n) / 10.0).unwrap();
            assert_eq!(shown(&frame), n, "{name:?}");
        }
    }
}

#[test]
fn the_first_picture_of_an_animation_is_its_still() {
    for path in animations("5") {
        let still = read_still(&path).unwrap();
        let found = number(|x, y| still.rgba[(y * still.width as usize + x) * 4 + 1]);
        assert_eq!(found, 0, "{path:?}");
    }
}

#[test]
fn an_animation_may_be_transparent() {
    for (name, options) in [
        (
            "clear.gif",
            &[
                "-filter_complex",
                "split[a][b];[a]palettegen=reserve_transparent=1[p];[b][p]paletteuse",
            ][..],
        ),
        ("clear.png", &["-f", "apng"][..]),
        ("clear.webp", &["-lossless", "1"][..]),
    ] {
        let source =
            "color=red:s=32x32:r=10:d=0.5,format=rgba,geq=r=255:g=0:b=0:a='if(lt(X,16),255,0)+N-N'";
        let mut arguments = vec!["-f", "lavfi", "-i", source];
        arguments.extend(options);
        arguments.push(name);
        let path = ffmpeg(&arguments);
        assert!(probe(&path).unwrap().video.unwrap().alpha, "{name}");
        let frame = VideoReader::open(&path).unwrap().frame_at(0.3).unwrap();
        let rgba = frame.rgba().unwrap();
        let pixel = |x: usize| &rgba[(8 * 32 + x) * 4..][..4];
        assert!(
            pixel(4)[0] > 240 && pixel(4)[3] == 255,
            "{name}: {:?}",
            pixel(4)
        );
        assert_eq!(pixel(28), [0; 4], "{name}");
    }
}

#[test]
fn a_still_avif_is_a_picture() {
    let path = ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        "color=c=0x4080C0:s=40x30:d=1:r=1",
        "-frames:v",
        "1",
        "-c:v",
        "libaom-av1",
        "-still-picture",
        "1",
        "a.avif",
    ]);
    let info = probe(&path).unwrap();
    assert!(info.video.unwrap().still && info.duration == 0.0);
    assert_eq!(read_still(&path).unwrap().width, 40);
}
