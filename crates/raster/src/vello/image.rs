use std::sync::Arc;

use vello_cpu::{PixelMetadata, Pixmap, peniko::ImageAlphaType};

/// A picture in the renderer's form, cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Image(Arc<Pixmap>);

impl Image {
    /// A picture of premultiplied pixels; sides are at most 65 535.
    pub fn new(mut rgba: Vec<u8>, width: usize, height: usize, opaque: bool) -> Self {
        // The rasteriser takes the memory over as whole pixels.
        if !rgba.capacity().is_multiple_of(4) {
            rgba.shrink_to_fit();
        }
        let metadata = PixelMetadata::new(ImageAlphaType::AlphaPremultiplied, !opaque);
        let pixmap = Pixmap::from_parts(rgba, width as u16, height as u16, metadata);
        Self(Arc::new(pixmap))
    }

    /// Pixels across.
    pub fn width(&self) -> usize {
        self.0.width().into()
    }

    /// Pixels down.
    pub fn height(&self) -> usize {
        self.0.height().into()
    }

    /// The premultiplied pixels, rows without gaps.
    pub fn rgba(&self) -> &[u8] {
        self.0.data_as_u8_slice()
    }

    /// Its memory, if nobody else holds the picture.
    pub fn take(self) -> Option<Vec<u8>> {
        let pixmap = Arc::try_unwrap(self.0).ok()?;
        Some(pixmap.take_rgba8(ImageAlphaType::AlphaPremultiplied))
    }

    pub(super) fn pixmap(&self) -> Arc<Pixmap> {
        Arc::clone(&self.0)
    }
}
