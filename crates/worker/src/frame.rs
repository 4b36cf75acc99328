use kinora_film::{Drawing, Size};
use kinora_raster::SimdLevel;

use crate::{AssetStore, SegmentRenderer, WorkerError};

/// Draws one frame, number `frame`, onto a transparent canvas: premultiplied
/// RGBA, 8 bits each, rows without gaps.
///
/// # Errors
/// When a file cannot be had or read; the message names the file and the frame.
pub fn render_frame_rgba<'a>(
    renderer: &'a mut SegmentRenderer,
    drawing: &Drawing,
    frame: u64,
    size: Size,
    level: SimdLevel,
    store: &dyn AssetStore,
) -> Result<&'a [u8], WorkerError> {
    renderer.prepare(std::slice::from_ref(drawing), store)?;
    renderer.decode(drawing, frame, false)?;
    let ready = renderer.ready(size, level)?;
    Ok(ready.painter.rgba(drawing, &ready.assets))
}
