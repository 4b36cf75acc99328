use std::sync::Arc;

use crate::AvFrame;

/// The coefficients by which luma and chroma make red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Matrix {
    /// ITU-R BT.601, standard definition.
    Bt601,
    /// ITU-R BT.709, high definition.
    Bt709,
    /// ITU-R BT.2020 with non-constant luminance, ultra high definition.
    Bt2020,
}

/// One decoded picture, in display orientation. Cheap to clone: the pixels are shared.
#[derive(Clone)]
pub struct VideoFrame {
    pts: f64,
    picture: Arc<Picture>,
}

/// The pixels of a [`VideoFrame`].
pub(crate) struct Picture {
    pub width: u32,
    pub height: u32,
    pub pixels: Pixels,
}

/// How the pixels of a picture are stored.
pub(crate) enum Pixels {
    /// 8-bit 4:2:0 planes as the decoder left them.
    Decoded { frame: AvFrame, color: YuvColor },
    /// 8-bit 4:2:0 planes of our own, rows tight.
    Planes {
        planes: [Vec<u8>; 3],
        color: YuvColor,
    },
    /// Premultiplied RGBA, rows tight.
    Rgba(Vec<u8>),
}

/// What the numbers in luma and chroma planes mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct YuvColor {
    pub matrix: Matrix,
    pub full_range: bool,
}

/// The planes of an 8-bit 4:2:0 picture. Chroma planes have half the width and
/// height, rounded up. A plane ends with the last byte of its last row.
#[derive(Clone, Copy)]
pub struct YuvPlanes<'a> {
    /// Luma.
    pub y: &'a [u8],
    /// Bytes from one luma row to the next.
    pub y_stride: usize,
    /// Blue difference.
    pub u: &'a [u8],
    /// Red difference.
    pub v: &'a [u8],
    /// Bytes from one chroma row to the next, the same for both planes.
    pub uv_stride: usize,
    /// How red, green and blue come out of it.
    pub matrix: Matrix,
    /// Whether luma uses 0–255 rather than 16–235.
    pub full_range: bool,
}

impl VideoFrame {
    pub(crate) fn new(pts: f64, picture: Picture) -> Self {
        Self {
            pts,
            picture: Arc::new(picture),
        }
    }

    /// Width in pixels, after rotation.
    pub fn width(&self) -> u32 {
        self.picture.width
    }

    /// Height in pixels, after rotation.
    pub fn height(&self) -> u32 {
        self.picture.height
    }

    /// When the picture is shown, in seconds from the start of the presentation.
    pub fn pts_seconds(&self) -> f64 {
        self.pts
    }

    /// Whether both are the same decoded picture, in the same memory.
    pub fn same_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.picture, &other.picture)
    }

    /// The planes of an opaque picture. `None` for pictures from RGB or with
    /// alpha, which have [`VideoFrame::rgba`] instead.
    pub fn planes(&self) -> Option<YuvPlanes<'_>> {
        let width = self.picture.width as usize;
        let height = self.picture.height as usize;
        let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
        let (y, u, v, color) = match &self.picture.pixels {
            Pixels::Rgba(_) => return None,
            Pixels::Decoded { frame, color } => (
                frame.plane(0, width, height)?,
                frame.plane(1, half_width, half_height)?,
                frame.plane(2, half_width, half_height)?,
                color,
            ),
            Pixels::Planes {
                planes: [y, u, v],
                color,
            } => (
                (&y[..], width),
                (&u[..], half_width),
                (&v[..], half_width),
                color,
            ),
        };
        Some(YuvPlanes {
            y: y.0,
            y_stride: y.1,
            u: u.0,
            v: v.0,
            uv_stride: u.1,
            matrix: color.matrix,
            full_range: color.full_range,
        })
    }

    /// Premultiplied RGBA with tight rows, of pictures from RGB or with alpha.
    pub fn rgba(&self) -> Option<&[u8]> {
        match &self.picture.pixels {
            Pixels::Rgba(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl std::fmt::Debug for VideoFrame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VideoFrame")
            .field("width", &self.picture.width)
            .field("height", &self.picture.height)
            .field("pts", &self.pts)
            .finish_non_exhaustive()
    }
}
