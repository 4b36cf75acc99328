use kinora_film::{Color, Drawing, Size};
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

/// Puts a background below premultiplied pixels and takes opacity out of the colours.
pub fn straighten(pixels: &mut [u8], background: Color) {
    lay_over(pixels, background);
    for pixel in pixels.as_chunks_mut::<4>().0 {
        // Most pixels are either of these, and nothing is to be done.
        if *pixel == [0; 4] || pixel[3] == 255 {
            continue;
        }
        let [r, g, b, alpha] = *pixel;
        let [r, g, b] = [r, g, b].map(|channel| straight(channel, alpha));
        *pixel = [r, g, b, alpha];
    }
}

/// Puts a background below premultiplied pixels.
fn lay_over(pixels: &mut [u8], background: Color) {
    let [r, g, b, a] = background.to_rgba8();
    if a == 0 {
        return;
    }
    let below = [r, g, b, 255].map(|channel| u32::from(channel) * u32::from(a));
    for pixel in pixels.chunks_exact_mut(4) {
        let through = 255 - u32::from(pixel[3]);
        for (channel, below) in pixel.iter_mut().zip(below) {
            let sum = u32::from(*channel) + (below * through + 255 * 255 / 2) / (255 * 255);
            *channel = sum.min(255) as u8;
        }
    }
}

/// A premultiplied channel without its opacity.
pub fn straight(channel: u8, alpha: u8) -> u8 {
    match alpha {
        0 => 0,
        255 => channel,
        _ => ((u32::from(channel) * 255 + u32::from(alpha) / 2) / u32::from(alpha)).min(255) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_come_back_from_premultiplication() {
        assert_eq!(straight(0, 0), 0);
        assert_eq!(straight(200, 255), 200);
        assert_eq!(straight(64, 128), 128);
        assert_eq!(straight(128, 128), 255);
        assert_eq!(straight(255, 1), 255);
    }

    #[test]
    fn a_background_that_covers_leaves_nothing_to_see_through() {
        let mut pixels = [0, 0, 0, 0, 64, 0, 0, 128, 10, 20, 30, 255];
        straighten(&mut pixels, Color::rgba(1.0, 1.0, 1.0, 1.0));
        assert_eq!(
            pixels,
            [255, 255, 255, 255, 191, 127, 127, 255, 10, 20, 30, 255]
        );
        let mut pixels = [0, 0, 0, 0, 64, 0, 0, 128];
        straighten(&mut pixels, Color::rgba(0.0, 0.0, 0.0, 0.0));
        assert_eq!(pixels, [0, 0, 0, 0, 128, 0, 0, 128]);
    }
}
