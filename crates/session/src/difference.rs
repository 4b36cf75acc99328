use std::path::Path;

use kinora_film::Size;
use kinora_media::{VideoReader, read_still};

use crate::{
    FramePicture, PixelBox, SessionError,
    verify::{brightness, likeness, shown_brightness, unreadable},
};

/// Levels of 255 by which a pixel may differ: what encoders do.
const SLIGHT: f32 = 12.0;

/// What is different between a frame and a picture that it is to be like.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The frame in faint grey, and the redder the more a pixel differs.
    pub picture: FramePicture,
    /// The peak signal-to-noise ratio of the brightness in decibels; infinite for equal ones.
    pub psnr: f64,
    /// The share of the pixels, 0 to 1, whose brightness differs by more than 12 levels of 255.
    pub share: f64,
    /// The box around these, if there are some.
    pub bounds: Option<PixelBox>,
}

/// What frames are compared with: a picture, the same for all, or a film.
pub enum Reference {
    /// The brightness of a picture, row by row.
    Picture {
        /// Pixels across and down.
        size: Size,
        /// 0 to 255.
        brightness: Vec<f32>,
    },
    /// A film, of which the frame of the same time is taken.
    Film(Box<VideoReader>),
}

impl Reference {
    /// Opens a file, a picture if its name ends as one's.
    ///
    /// # Errors
    /// When it is neither a picture nor a video.
    pub fn open(file: &Path) -> Result<Self, SessionError> {
        let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
        let is_picture = ["png", "jpg", "jpeg", "webp"]
            .iter()
            .any(|name| ending == *name);
        if !is_picture {
            let reader = VideoReader::open(file).map_err(unreadable)?;
            return Ok(Self::Film(Box::new(reader)));
        }
        let still = read_still(file).map_err(unreadable)?;
        let picture = FramePicture {
            number: 0,
            size: Size::new(still.width, still.height),
            rgba: still.rgba,
        };
        // Its colours are premultiplied: on black already.
        let opaque = picture
            .rgba
            .chunks_exact(4)
            .flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]);
        let picture = FramePicture {
            rgba: opaque.collect(),
            ..picture
        };
        Ok(Self::Picture {
            size: picture.size,
            brightness: brightness(&picture),
        })
    }

    /// Compares a frame, which is on at this second of the film.
    ///
    /// # Errors
    /// When the sizes differ, or the film cannot be read.
    pub fn compare(
        &mut self,
        frame: &FramePicture,
        seconds: f64,
    ) -> Result<Difference, SessionError> {
        match self {
            Self::Picture { size, brightness } => difference(frame, *size, brightness),
            Self::Film(reader) => {
                let shown = reader.frame_at(seconds).map_err(unreadable)?;
                let size = Size::new(shown.width(), shown.height());
                difference(frame, size, &shown_brightness(&shown))
            }
        }
    }
}

fn difference(frame: &FramePicture, size: Size, shown: &[f32]) -> Result<Difference, SessionError> {
    if size != frame.size {
        return Err(SessionError::Asked(format!(
            "the reference has {}x{} pixels, and the frame {}x{}",
            size.width, size.height, frame.size.width, frame.size.height
        )));
    }
    let own = brightness(frame);
    let width = frame.size.width;
    let mut rgba = Vec::with_capacity(frame.rgba.len());
    let mut different = 0_u64;
    let (mut left, mut top, mut right, mut bottom) = (u32::MAX, u32::MAX, 0, 0);
    for (index, (own, shown)) in (0_u32..).zip(own.iter().zip(shown)) {
        let by = (own - shown).abs();
        let faint = (own * 0.3).round() as u8;
        if by <= SLIGHT {
            rgba.extend([faint, faint, faint, 255]);
            continue;
        }
        let strong = (96.0 + by * 2.0).min(255.0) as u8;
        rgba.extend([strong, faint, faint, 255]);
        different += 1;
        let (x, y) = (index % width, index / width);
        (left, top) = (left.min(x), top.min(y));
        (right, bottom) = (right.max(x + 1), bottom.max(y + 1));
    }
    let bounds = (different > 0).then(|| PixelBox {
        left,
        top,
        size: Size::new(right - left, bottom - top),
    });
    Ok(Difference {
        picture: FramePicture {
            number: frame.number,
            size: frame.size,
            rgba,
        },
        psnr: likeness(&own, shown),
        share: different as f64 / own.len().max(1) as f64,
        bounds,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_told() {
        let size = Size::new(4, 2);
        let frame = FramePicture {
            number: 3,
            size,
            rgba: [100, 100, 100, 255].repeat(8),
        };
        let mut shown = brightness(&frame);
        let same = difference(&frame, size, &shown).unwrap();
        assert_eq!(
            (same.psnr, same.share, same.bounds),
            (f64::INFINITY, 0.0, None)
        );
        (shown[1], shown[6]) = (180.0, 20.0);
        let other = difference(&frame, size, &shown).unwrap();
        assert_eq!(other.share, 0.25);
        let bounds = PixelBox {
            left: 1,
            top: 0,
            size: Size::new(2, 2),
        };
        assert_eq!(other.bounds, Some(bounds));
        let pixel = |index: usize| &other.picture.rgba[index * 4..][..3];
        assert_eq!(
            (pixel(0), pixel(1)),
            (&[30, 30, 30][..], &[255, 30, 30][..])
        );
        assert!(difference(&frame, Size::new(2, 4), &shown).is_err());
    }
}
