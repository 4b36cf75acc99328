//! Assets made up for tests.

use std::sync::{Arc, LazyLock};

use kinora_film::AssetId;
use kinora_raster::{Assets, FontBytes, Matrix, Still, VideoPicture, YuvPlanes, YuvSource};

/// Knows one font, a few stills, and a video of any length.
pub struct Hand;

static FONT: LazyLock<FontBytes> = LazyLock::new(|| {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../script/fonts/Roboto-Regular.ttf"
    );
    Arc::new(std::fs::read(path).expect("the bundled font"))
});

pub fn font() -> AssetId {
    AssetId::of(b"font")
}

/// A chequered picture of 16 by 12 pixels, part of it translucent.
pub fn chequers() -> AssetId {
    AssetId::of(b"chequers")
}

/// A fine pattern of 64 by 64 pixels that turns grey when it is made small.
pub fn fine() -> AssetId {
    AssetId::of(b"fine")
}

/// A soft picture of 1041 by 577 pixels.
pub fn large() -> AssetId {
    AssetId::of(b"large")
}

/// Ten pictures a second of 64 by 36 pixels.
pub fn video() -> AssetId {
    AssetId::of(b"video")
}

/// The same in BT.601, full range, with odd sizes.
pub fn odd_video() -> AssetId {
    AssetId::of(b"odd video")
}

impl Assets for Hand {
    fn font(&self, id: AssetId) -> Option<FontBytes> {
        (id == font()).then(|| Arc::clone(&FONT))
    }

    fn still(&self, id: AssetId) -> Option<Arc<Still>> {
        let (width, height, pixel): (_, _, fn(u32, u32) -> [u8; 4]) = if id == chequers() {
            (16, 12, |x, y| match (x / 4 + y / 4) % 3 {
                0 => [220, 40, 40, 255],
                1 => [40, 90, 200, 255],
                _ => [60, 60, 0, 128],
            })
        } else if id == fine() {
            (64, 64, |x, y| match (x + y) % 2 {
                0 => [255, 255, 255, 255],
                _ => [0, 0, 0, 255],
            })
        } else if id == large() {
            (1041, 577, |x, y| {
                [(x / 5) as u8, (y / 3) as u8, ((x + y) / 7) as u8, 255]
            })
        } else {
            return None;
        };
        let rgba = (0..height)
            .flat_map(|y| (0..width).flat_map(move |x| pixel(x, y)))
            .collect();
        Some(Arc::new(Still {
            width,
            height,
            rgba,
            opaque: id != chequers(),
        }))
    }

    fn video(&self, id: AssetId, time: f64) -> Option<VideoPicture> {
        let number = (time * 10.0).floor() as usize % PICTURES;
        if id == video() {
            Some(VideoPicture::Yuv(Arc::new(Shown(&PLAIN[number]))))
        } else if id == odd_video() {
            Some(VideoPicture::Yuv(Arc::new(Shown(&ODD[number]))))
        } else {
            None
        }
    }
}

const PICTURES: usize = 8;

static PLAIN: LazyLock<Vec<Frame>> = LazyLock::new(|| {
    (0..PICTURES)
        .map(|n| Frame::new(64, 36, n, false))
        .collect()
});
static ODD: LazyLock<Vec<Frame>> =
    LazyLock::new(|| (0..PICTURES).map(|n| Frame::new(37, 23, n, true)).collect());

struct Frame {
    size: (u32, u32),
    y: Vec<u8>,
    u: Vec<u8>,
    v: Vec<u8>,
    odd: bool,
}

impl Frame {
    fn new(width: u32, height: u32, number: usize, odd: bool) -> Self {
        let plane = |width: u32, height: u32, by: usize| -> Vec<u8> {
            let sample = |at: usize| {
                let (x, y) = (at % width as usize, at / width as usize);
                40 + ((x * by + y * 3 + number * 9) % 160) as u8
            };
            (0..(width * height) as usize).map(sample).collect()
        };
        let chroma = (width.div_ceil(2), height.div_ceil(2));
        Self {
            size: (width, height),
            y: plane(width, height, 2),
            u: plane(chroma.0, chroma.1, 4),
            v: plane(chroma.0, chroma.1, 1),
            odd,
        }
    }
}

/// A new handle to the same memory at every call, as a decoder would give.
struct Shown(&'static Frame);

impl YuvSource for Shown {
    fn planes(&self) -> YuvPlanes<'_> {
        let (width, height) = self.0.size;
        YuvPlanes {
            width,
            height,
            y: &self.0.y,
            y_stride: width as usize,
            u: &self.0.u,
            v: &self.0.v,
            uv_stride: width.div_ceil(2) as usize,
            matrix: if self.0.odd {
                Matrix::Bt601
            } else {
                Matrix::Bt709
            },
            full_range: self.0.odd,
        }
    }
}
