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

/// A smaller picture of premultiplied pixels: each of its pixels is the mean of those that
/// it covers, as far as they lie in it by half.
pub fn shrink(pixels: &[u8], from: Size, to: Size) -> Vec<u8> {
    let edges = |from: u32, to: u32| -> Vec<usize> {
        let edge = |index| (u64::from(index) * u64::from(from) + u64::from(to) / 2) / u64::from(to);
        (0..=to).map(|index| edge(index) as usize).collect()
    };
    let (columns, rows) = (edges(from.width, to.width), edges(from.height, to.height));
    let stride = from.width as usize * 4;
    let mut shrunk = Vec::with_capacity(to.width as usize * to.height as usize * 4);
    for row in rows.windows(2) {
        let lines = row[0]..row[1].max(row[0] + 1);
        for column in columns.windows(2) {
            let span = column[0] * 4..column[1].max(column[0] + 1) * 4;
            let mut sums = [0_u32; 4];
            for line in lines.clone() {
                let line = &pixels[line * stride..][span.clone()];
                for pixel in line.as_chunks::<4>().0 {
                    for (sum, channel) in sums.iter_mut().zip(pixel) {
                        *sum += u32::from(*channel);
                    }
                }
            }
            let count = (lines.len() * span.len() / 4) as u32;
            shrunk.extend(sums.map(|sum| ((sum + count / 2) / count) as u8));
        }
    }
    shrunk
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
    fn a_smaller_picture_is_made_of_means() {
        let pixels: Vec<u8> = (0..6_u8).flat_map(|value| [value * 10; 4]).collect();
        let small = shrink(&pixels, Size::new(3, 2), Size::new(1, 1));
        assert_eq!(small, [25; 4]);
        let same = shrink(&pixels, Size::new(3, 2), Size::new(3, 2));
        assert_eq!(same, pixels);
        let narrow = shrink(&pixels, Size::new(3, 2), Size::new(2, 2));
        assert_eq!(
            narrow.as_chunks::<4>().0,
            [[5; 4], [20; 4], [35; 4], [50; 4]]
        );
    }

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
