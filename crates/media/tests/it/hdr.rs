use kinora_media::{Matrix, VideoReader};

use crate::made::ffmpeg;

/// A film whose left and right halves have this luma, and this chroma, of 10 bits.
fn halves(name: &str, luma: [u32; 2], chroma: [u32; 2], tags: &[&str]) -> std::path::PathBuf {
    let source = format!(
        "nullsrc=s=64x32:r=10:d=0.3,format=yuv420p10le,geq=lum='if(lt(X\\,32)\\,{}\\,{})':cb={}:cr={}",
        luma[0], luma[1], chroma[0], chroma[1]
    );
    let mut arguments = vec!["-f", "lavfi", "-i", &source, "-color_range", "tv"];
    arguments.extend(tags);
    arguments.extend(["-c:v", "libvpx-vp9", "-profile:v", "2", "-lossless", "1"]);
    arguments.push(name);
    ffmpeg(&arguments)
}

/// Red, green and blue in the middle of both halves.
fn shown(path: &std::path::Path) -> [[f64; 3]; 2] {
    let frame = VideoReader::open(path).unwrap().frame_at(0.1).unwrap();
    let planes = frame.planes().unwrap();
    assert_eq!((planes.matrix, planes.full_range), (Matrix::Bt709, false));
    [16, 48].map(|x| {
        let y = (f64::from(planes.y[16 * planes.y_stride + x]) - 16.0) / 219.0;
        let chroma = 8 * planes.uv_stride + x / 2;
        let u = (f64::from(planes.u[chroma]) - 128.0) / 224.0;
        let v = (f64::from(planes.v[chroma]) - 128.0) / 224.0;
        [y + 1.5748 * v, y - 0.1873 * u - 0.4681 * v, y + 1.8556 * u]
            .map(|value| (value * 255.0).clamp(0.0, 255.0))
    })
}

fn check(path: &std::path::Path, wanted: [[f64; 3]; 2]) {
    let found = shown(path);
    for (found, wanted) in found.iter().flatten().zip(wanted.iter().flatten()) {
        let name = path.file_name().unwrap();
        assert!(
            (found - wanted).abs() <= 5.0,
            "{name:?}: {found}, not {wanted}"
        );
    }
}

const WIDE: [&str; 4] = ["-colorspace", "bt2020nc", "-color_primaries", "bt2020"];

fn tagged<'a>(tags: &[&'a str], transfer: &'a str) -> Vec<&'a str> {
    let mut all = tags.to_vec();
    all.extend(["-color_trc", transfer]);
    all
}

// What Chromium 156 paints of these on a canvas.

#[test]
fn pq_becomes_sdr() {
    let tags = tagged(&WIDE, "smpte2084");
    let grey = halves("pq.webm", [573, 381], [512, 512], &tags);
    check(&grey, [[187.0; 3], [64.0; 3]]);
    let orange = halves("pq-orange.webm", [400, 300], [430, 600], &tags);
    check(&orange, [[181.0, 25.0, 0.0], [106.0, 0.0, 0.0]]);
}

#[test]
fn hlg_becomes_sdr() {
    let tags = tagged(&WIDE, "arib-std-b67");
    let grey = halves("hlg.webm", [721, 397], [512, 512], &tags);
    check(&grey, [[187.0; 3], [72.0; 3]]);
}

#[test]
fn wide_primaries_become_those_of_bt709() {
    let tags = tagged(&WIDE, "bt2020-10");
    let orange = halves("wide.webm", [400, 300], [430, 600], &tags);
    check(&orange, [[157.0, 79.0, 47.0], [126.0, 49.0, 15.0]]);
}

#[test]
fn other_powers_become_that_of_video() {
    let narrow = ["-colorspace", "bt709", "-color_primaries", "bt709"];
    for (transfer, wanted) in [("gamma22", 128.0), ("gamma28", 105.0), ("bt709", 127.5)] {
        let tags = tagged(&narrow, transfer);
        let path = halves(&format!("{transfer}.webm"), [502, 940], [512, 512], &tags);
        check(&path, [[wanted; 3], [255.0; 3]]);
    }
}
