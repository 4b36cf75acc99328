use kinora_film::{Drawing, Size};
use kinora_raster::SimdLevel;

use crate::{AssetStore, Bench, WorkerError};

/// Draws one frame, number `frame`, onto a transparent canvas: premultiplied
/// RGBA, 8 bits each, rows without gaps.
///
/// # Errors
/// When a file cannot be had or read; the message names the file and the frame.
pub fn render_frame_rgba<'a>(
    bench: &'a mut Bench,
    drawing: &Drawing,
    frame: u64,
    size: Size,
    level: SimdLevel,
    store: &dyn AssetStore,
) -> Result<&'a [u8], WorkerError> {
    bench.prepare(std::slice::from_ref(drawing), store)?;
    bench.decode(drawing, frame, false)?;
    let ready = bench.ready(size, level)?;
    Ok(ready.painter.rgba(drawing, &ready.assets))
}
