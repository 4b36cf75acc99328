use kinora_film::Size;
use kinora_media::{VideoCodec, encode_still};

use crate::SessionError;

/// Pixels between two pictures of a grid.
const GAP: u32 = 4;
/// What is between them.
const BETWEEN: [u8; 4] = [32, 32, 32, 255];

/// A frame as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FramePicture {
    /// Its number in the project.
    pub number: u64,
    /// Pixels across and down.
    pub size: Size,
    /// Red, green, blue and opacity, 8 bits each, not premultiplied; rows without gaps.
    pub rgba: Vec<u8>,
}

/// A part of a picture, in whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PixelBox {
    /// Pixels to its left.
    pub left: u32,
    /// Pixels above it.
    pub top: u32,
    /// Its own; 1 or more each.
    pub size: Size,
}

impl FramePicture {
    /// The picture as a file.
    ///
    /// # Errors
    /// When it is too large for the codec, or that makes no pictures on their own.
    pub fn encode(&self, codec: &VideoCodec) -> Result<Vec<u8>, SessionError> {
        let Size { width, height } = self.size;
        Ok(encode_still(codec, width, height, &self.rgba)?)
    }

    /// How many of so many pictures of a size stand side by side in a grid about as wide as a
    /// screen; `count` is 1 or more.
    pub fn columns(count: u32, size: Size) -> u32 {
        let wanted =
            (f64::from(count) * f64::from(size.height) / f64::from(size.width) * 1.6).sqrt();
        (wanted.round() as u32).clamp(1, count)
    }

    /// Pictures of one size in a grid, from left to right and from top to bottom, with a gap
    /// around each; at least one. The number is the first one's.
    pub fn grid(pictures: &[Self], columns: u32) -> Self {
        let size = pictures.first().map_or(Size::new(1, 1), |first| first.size);
        let columns = columns.max(1);
        let rows = (pictures.len() as u32).div_ceil(columns);
        let whole = Size::new(
            columns * (size.width + GAP) + GAP,
            rows * (size.height + GAP) + GAP,
        );
        let mut grid = Self {
            number: pictures.first().map_or(0, |first| first.number),
            size: whole,
            rgba: BETWEEN.repeat(whole.width as usize * whole.height as usize),
        };
        for (index, picture) in (0_u32..).zip(pictures) {
            let left = GAP + index % columns * (size.width + GAP);
            let top = GAP + index / columns * (size.height + GAP);
            grid.put(picture, left, top);
        }
        grid
    }

    /// Puts a picture in this one, as far as it lies within.
    fn put(&mut self, picture: &Self, left: u32, top: u32) {
        let width = picture.size.width.min(self.size.width.saturating_sub(left)) as usize * 4;
        let lines = picture.rgba.chunks_exact(picture.size.width as usize * 4);
        for (line, y) in lines.zip(top..self.size.height) {
            let at = (y as usize * self.size.width as usize + left as usize) * 4;
            self.rgba[at..at + width].copy_from_slice(&line[..width]);
        }
    }

    /// A part of the picture, as far as it lies within; none if it does not at all.
    pub fn crop(&self, part: PixelBox) -> Option<Self> {
        let width = part.size.width.min(self.size.width.checked_sub(part.left)?);
        let height = part
            .size
            .height
            .min(self.size.height.checked_sub(part.top)?);
        if width == 0 || height == 0 {
            return None;
        }
        let lines = self.rgba.chunks_exact(self.size.width as usize * 4);
        let lines = lines.skip(part.top as usize).take(height as usize);
        let span = part.left as usize * 4..(part.left + width) as usize * 4;
        Some(Self {
            number: self.number,
            size: Size::new(width, height),
            rgba: lines
                .flat_map(|line| &line[span.clone()])
                .copied()
                .collect(),
        })
    }

    /// Fills a box, as far as it lies within, with an opaque colour.
    pub fn fill(&mut self, (left, top, right, bottom): (i64, i64, i64, i64), color: [u8; 3]) {
        let (width, height) = (i64::from(self.size.width), i64::from(self.size.height));
        let [r, g, b] = color;
        for y in top.max(0)..bottom.min(height) {
            for x in left.max(0)..right.min(width) {
                let at = ((y * width + x) * 4) as usize;
                self.rgba[at..at + 4].copy_from_slice(&[r, g, b, 255]);
            }
        }
    }
}

/// A size of this width with the sides of the whole, no larger than it.
pub fn in_proportion(whole: Size, width: u32) -> Size {
    let width = width.clamp(1, whole.width);
    let height = f64::from(whole.height) * f64::from(width) / f64::from(whole.width);
    Size::new(width, (height.round() as u32).clamp(1, whole.height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(number: u64, width: u32, height: u32) -> FramePicture {
        let pixels = width * height;
        FramePicture {
            number,
            size: Size::new(width, height),
            rgba: (0..pixels)
                .flat_map(|pixel| [pixel as u8, number as u8, 0, 255])
                .collect(),
        }
    }

    #[test]
    fn a_part_is_cut_out() {
        let whole = picture(7, 4, 3);
        let part = PixelBox {
            left: 1,
            top: 1,
            size: Size::new(2, 9),
        };
        let cut = whole.crop(part).unwrap();
        assert_eq!((cut.number, cut.size), (7, Size::new(2, 2)));
        let firsts: Vec<u8> = cut.rgba.chunks(4).map(|pixel| pixel[0]).collect();
        assert_eq!(firsts, [5, 6, 9, 10]);
        for beside in [PixelBox { left: 4, ..part }, PixelBox { top: 5, ..part }] {
            assert_eq!(whole.crop(beside), None);
        }
    }

    #[test]
    fn pictures_stand_in_a_grid() {
        let grid = FramePicture::grid(&[picture(1, 2, 1), picture(2, 2, 1), picture(3, 2, 1)], 2);
        assert_eq!((grid.number, grid.size), (1, Size::new(16, 14)));
        let at = |x: usize, y: usize| &grid.rgba[(y * 16 + x) * 4..][..4];
        assert_eq!(at(5, 4), [1, 1, 0, 255]);
        assert_eq!(at(10, 4), [0, 2, 0, 255]);
        assert_eq!(at(4, 9), [0, 3, 0, 255]);
        assert_eq!(at(0, 0), BETWEEN);
        assert_eq!(at(10, 9), BETWEEN);
    }
}
