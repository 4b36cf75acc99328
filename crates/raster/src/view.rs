use kurbo::Affine;

use crate::rect::PixelRect;

/// A window on the canvas that is being drawn.
#[derive(Clone, Copy)]
pub(crate) struct View {
    /// The part of the canvas.
    pub rect: PixelRect,
    /// How many canvas pixels along each axis become one.
    pub reduction: usize,
    /// The whole canvas: effects do not see beyond.
    pub canvas: PixelRect,
}

impl View {
    pub fn width(&self) -> usize {
        self.rect.width().div_ceil(self.reduction)
    }

    pub fn height(&self) -> usize {
        self.rect.height().div_ceil(self.reduction)
    }

    /// Canvas to window.
    pub fn transform(&self) -> Affine {
        let scale = 1.0 / self.reduction as f64;
        let origin = kurbo::Vec2::new(-f64::from(self.rect.x0), -f64::from(self.rect.y0));
        Affine::scale(scale) * Affine::translate(origin)
    }
}
