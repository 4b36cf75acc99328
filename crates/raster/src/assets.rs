use std::{fmt, sync::Arc};

use kinora_film::AssetId;

/// The bytes of a font file or collection.
pub type FontBytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Where a painter finds the files and pictures that a drawing names.
///
/// Everything is in hand before the first stroke: an answer of `None` means
/// that the thing is not drawn. The same question gives the same answer for as
/// long as a painter lives.
pub trait Assets {
    /// A font file.
    fn font(&self, id: AssetId) -> Option<FontBytes>;
    /// A still picture.
    fn still(&self, id: AssetId) -> Option<Arc<Still>>;
    /// The picture of a video that is on at `time` (seconds from its start).
    fn video(&self, id: AssetId, time: f64) -> Option<VideoPicture>;
}

/// A picture in RGBA.
#[derive(Clone, Debug)]
pub struct Still {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Premultiplied RGBA, rows from the top without gaps: `width * height * 4` bytes.
    pub rgba: Vec<u8>,
    /// Whether every pixel is opaque.
    pub opaque: bool,
}

/// One picture of a video, cheap to clone.
#[derive(Clone)]
pub enum VideoPicture {
    /// As the decoder gave it; always opaque.
    Yuv(Arc<dyn YuvSource>),
    /// With transparency, or from a format that is not YUV.
    Rgba(Arc<Still>),
}

impl VideoPicture {
    /// Whether both show the same memory, and so the same picture.
    pub fn same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Yuv(a), Self::Yuv(b)) => {
                Arc::ptr_eq(a, b) || std::ptr::eq(a.planes().y, b.planes().y)
            }
            (Self::Rgba(a), Self::Rgba(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }

    pub(crate) fn size(&self) -> (u32, u32) {
        match self {
            Self::Yuv(source) => {
                let planes = source.planes();
                (planes.width, planes.height)
            }
            Self::Rgba(still) => (still.width, still.height),
        }
    }
}

impl fmt::Debug for VideoPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Yuv(_) => "Yuv",
            Self::Rgba(_) => "Rgba",
        };
        f.debug_tuple(kind).field(&self.size()).finish()
    }
}

/// Memory that holds a picture in YUV and does not change while it lives.
pub trait YuvSource: Send + Sync {
    /// The planes: the same slices at every call. Two sources that give the same
    /// memory show the same picture.
    fn planes(&self) -> YuvPlanes<'_>;
}

/// An 8-bit 4:2:0 picture in three planes. Chroma planes have half the width
/// and height, rounded up.
#[derive(Clone, Copy, Debug)]
pub struct YuvPlanes<'a> {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Luma.
    pub y: &'a [u8],
    /// Bytes from one row of luma to the next, at least `width`.
    pub y_stride: usize,
    /// Blue difference.
    pub u: &'a [u8],
    /// Red difference.
    pub v: &'a [u8],
    /// Bytes from one row of chroma to the next.
    pub uv_stride: usize,
    /// Which luma weights were used.
    pub matrix: Matrix,
    /// Whether values span `0..=255`, else `16..=235` (luma) and `16..=240` (chroma).
    pub full_range: bool,
}

impl YuvPlanes<'_> {
    /// Whether the slices hold as many bytes as size and strides ask for, and the
    /// picture is not empty.
    pub(crate) fn is_sound(&self) -> bool {
        let (width, height) = (self.width as usize, self.height as usize);
        let holds = |plane: &[u8], stride: usize, width: usize, height: usize| {
            stride >= width
                && height
                    .checked_sub(1)
                    .and_then(|rows| rows.checked_mul(stride))
                    .and_then(|bytes| bytes.checked_add(width))
                    .is_some_and(|bytes| plane.len() >= bytes)
        };
        let chroma = (width.div_ceil(2), height.div_ceil(2));
        width > 0
            && holds(self.y, self.y_stride, width, height)
            && holds(self.u, self.uv_stride, chroma.0, chroma.1)
            && holds(self.v, self.uv_stride, chroma.0, chroma.1)
    }
}

/// The luma weights of a YUV picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matrix {
    /// ITU-R BT.601.
    Bt601,
    /// ITU-R BT.709.
    Bt709,
    /// ITU-R BT.2020, non-constant luminance.
    Bt2020,
}

/// A finished frame in YUV: 8-bit 4:2:0, BT.709, limited range.
#[derive(Clone, Copy, Debug)]
pub struct YuvView<'a> {
    /// Pixels across, even.
    pub width: u32,
    /// Pixels down, even.
    pub height: u32,
    /// Luma, `width * height` bytes.
    pub y: &'a [u8],
    /// Bytes from one row of luma to the next.
    pub y_stride: usize,
    /// Blue difference, a quarter of the luma's bytes.
    pub u: &'a [u8],
    /// Red difference, a quarter of the luma's bytes.
    pub v: &'a [u8],
    /// Bytes from one row of chroma to the next.
    pub uv_stride: usize,
}
