use std::ops::Range;

use kinora_film::{Color, Size};
use kinora_media::Format;
use kinora_project::straight;
use kinora_raster::SimdLevel;
use kinora_worker::{Recipe, SegmentRenderer, render_frame_rgba};

use crate::{FrameList, RecordOrder, Session, SessionError, Wanted};

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

impl FramePicture {
    /// The picture as a PNG file.
    ///
    /// # Errors
    /// When it is too large for the format.
    pub fn to_png(&self) -> Result<Vec<u8>, SessionError> {
        let mut bytes = Vec::new();
        let write = |bytes: &mut Vec<u8>| {
            let mut encoder = png::Encoder::new(bytes, self.size.width, self.size.height);
            encoder.set_color(png::ColorType::Rgba);
            encoder.set_depth(png::BitDepth::Eight);
            encoder.set_compression(png::Compression::Fast);
            let mut writer = encoder.write_header()?;
            writer.write_image_data(&self.rgba)?;
            writer.finish()
        };
        write(&mut bytes).map_err(SessionError::Picture)?;
        Ok(bytes)
    }
}

impl Session {
    /// Draws frames of the project, in order, and hands each to `take`. The script runs
    /// up to the last of them.
    ///
    /// # Errors
    /// When the project or a file of it is at fault, there is no such frame, or `take`
    /// fails. A frame that does not exist is told before any is drawn.
    pub fn frames<E: From<SessionError>>(
        &self,
        wanted: &Wanted,
        mut take: impl FnMut(FramePicture) -> Result<(), E>,
    ) -> Result<(), E> {
        let recipe = Recipe::new(Format::default());
        let level = recipe.level().unwrap_or_else(SimdLevel::detect);
        let recorded = self.record(&RecordOrder {
            until: Some(wanted.clone()),
            encodes: false,
            ..RecordOrder::new(recipe)
        })?;
        let film = &*recorded.film;
        let header = *film.header();
        let list = wanted.list(header.fps);
        let have = &recorded.recording.frames;
        check(&list, have)?;
        let mut renderer = SegmentRenderer::new();
        let mut wanted = list.from(0).peekable();
        for (index, entry) in film.segments().into_iter().enumerate() {
            let end = have.start + entry.frames.end;
            if wanted.peek().is_none_or(|number| *number >= end) {
                continue;
            }
            let segment = film.read(index as u64).map_err(SessionError::from)?;
            while let Some(number) = wanted.next_if(|number| *number < end) {
                let place = number - have.start - entry.frames.start;
                let pixels = render_frame_rgba(
                    &mut renderer,
                    &segment.frames[place as usize],
                    number,
                    header.size,
                    level,
                    &*self.library,
                );
                let mut rgba = pixels.map_err(SessionError::from)?.to_vec();
                lay_over(&mut rgba, header.background);
                unmultiply(&mut rgba);
                take(FramePicture {
                    number,
                    size: header.size,
                    rgba,
                })?;
            }
        }
        Ok(())
    }
}

/// Refuses frames that were not recorded.
fn check(list: &FrameList, have: &Range<u64>) -> Result<(), SessionError> {
    let missing = list.from(0).find(|number| !have.contains(number));
    match missing {
        None => Ok(()),
        Some(number) if number < have.start => Err(SessionError::Asked(format!(
            "frames before {} lie outside the range",
            have.start
        ))),
        Some(number) => Err(SessionError::Asked(format!(
            "there is no frame {number}: the project has frames {}..{} (the last one not included)",
            have.start, have.end
        ))),
    }
}

/// Puts the project's background below premultiplied pixels.
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

/// Takes opacity out of the colours.
fn unmultiply(pixels: &mut [u8]) {
    for pixel in pixels.chunks_exact_mut(4) {
        let alpha = pixel[3];
        if alpha != 255 {
            for channel in &mut pixel[..3] {
                *channel = straight(*channel, alpha);
            }
        }
    }
}
