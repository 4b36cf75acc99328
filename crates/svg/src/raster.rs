//! Pixels of what a film cannot express.

use kurbo::{Affine, Rect};
use resvg::{
    tiny_skia::Pixmap,
    usvg::{Node, Tree},
};

use crate::{SvgError, path};

/// How many pixels the longer side of a picture would have if all of it became pixels.
pub const RASTER_SIDE: f64 = 2048.0;
/// Pixels that a unit of a picture has at most.
const FINEST: f64 = 32.0;
/// Pixels of one part, or of a whole picture.
const MOST_PIXELS: f64 = (1 << 24) as f64;

/// How parts of a picture become pixels.
#[derive(Clone, Copy, Debug, Default)]
pub struct Raster {
    /// What is seen of the picture.
    seen: Rect,
    /// Pixels a unit.
    scale: f64,
}

impl Raster {
    /// For a picture of which so much is seen.
    pub fn of(seen: Rect) -> Self {
        let side = seen.width().max(seen.height());
        let scale = (RASTER_SIDE / side).min(FINEST);
        Self { seen, scale }
    }

    /// What is seen of a part whose parent's space is `above` in the picture's, as a
    /// PNG file and where it lies in the picture; `None` if that is nothing.
    pub fn part(&self, node: &Node, above: Affine) -> Option<(Vec<u8>, Rect)> {
        let bounds = path::rect(node.abs_layer_bounding_box()?.to_rect());
        let seen = bounds.inflate(1.0, 1.0).intersect(self.seen);
        if seen.width() <= 0.0 || seen.height() <= 0.0 {
            return None;
        }
        let area = seen.area() * self.scale * self.scale;
        let scale = match area > MOST_PIXELS {
            true => self.scale * (MOST_PIXELS / area).sqrt(),
            false => self.scale,
        };
        let width = (seen.width() * scale).ceil().max(1.0);
        let height = (seen.height() * scale).ceil().max(1.0);
        let rect = Rect::from_origin_size(seen.origin(), (width / scale, height / scale));
        let mut pixmap = Pixmap::new(width as u32, height as u32)?;
        let placed = Affine::scale(scale) * Affine::translate(-seen.origin().to_vec2()) * above;
        // The renderer moves a part's bounds to the corner, which is undone here.
        let placed = placed * Affine::translate((bounds.x0, bounds.y0));
        resvg::render_node(node, path::transform(placed), &mut pixmap.as_mut())?;
        Some((pixmap.encode_png().ok()?, rect))
    }
}

/// A whole picture as a PNG file of this size.
pub fn whole(tree: &Tree, placed: Affine, width: u32, height: u32) -> Result<Vec<u8>, SvgError> {
    let large = || {
        SvgError::Large(format!(
            "a size of {width}×{height} pixels, too many for a picture of pixels"
        ))
    };
    if f64::from(width) * f64::from(height) > MOST_PIXELS {
        return Err(large());
    }
    let mut pixmap = Pixmap::new(width, height).ok_or_else(large)?;
    resvg::render(tree, path::transform(placed), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|_| large())
}
