use std::{io::Cursor, path::Path};

use image::ImageFormat;

use super::HeadSink;
use crate::{FrameSpec, MediaError, Packet, codec::Patch, error::io_write_error};

/// A file of pictures that is put together here.
pub(super) trait Animation: Send {
    /// The name by which errors speak of it.
    fn name(&self) -> &Path;

    /// Adds the next picture, which is shown for so many frames.
    fn add(&mut self, packet: Packet, frames: u64) -> Result<(), MediaError>;

    /// For how many frames a picture can be shown at most.
    fn longest(&self) -> u64;

    /// Ends the file and gives it its name. Returns its size in bytes.
    fn finish(self: Box<Self>) -> Result<u64, MediaError>;
}

/// An animation to which pictures are added frame by frame.
pub(super) struct Frames {
    animation: Box<dyn Animation>,
    /// The picture that is shown, and for how many frames so far.
    shown: Option<(Packet, u64)>,
}

impl Frames {
    pub fn new(animation: Box<dyn Animation>) -> Self {
        Self {
            animation,
            shown: None,
        }
    }

    /// The name by which errors speak of it.
    pub fn name(&self) -> &Path {
        self.animation.name()
    }

    /// Adds the next frame; an empty packet is that of a picture that stays.
    pub fn add(&mut self, packet: Packet) -> Result<(), MediaError> {
        match &mut self.shown {
            Some((_, frames)) if packet.data.is_empty() && *frames < self.animation.longest() => {
                *frames += 1;
                return Ok(());
            }
            _ => {}
        }
        // Drawn over itself it stays as it is.
        let again = |(shown, _): &(Packet, u64)| shown.clone();
        let next = match packet.data.is_empty() {
            true => self.shown.as_ref().map_or(packet, again),
            false => packet,
        };
        let last = self.shown.replace((next, 1));
        self.put(last)
    }

    /// Ends the file and gives it its name. Returns its size in bytes.
    pub fn finish(mut self) -> Result<u64, MediaError> {
        let last = self.shown.take();
        self.put(last)?;
        self.animation.finish()
    }

    fn put(&mut self, picture: Option<(Packet, u64)>) -> Result<(), MediaError> {
        match picture {
            Some((packet, frames)) => self.animation.add(packet, frames),
            None => Ok(()),
        }
    }
}

/// How many frames last at most so many ticks, of which there are `ticks` a second.
pub(super) fn frames_within(frames: &FrameSpec, most: u32, ticks: u32) -> u64 {
    // A tick less, for what rounding adds.
    let scaled = u64::from(most - 1) * u64::from(frames.fps_num);
    (scaled / (u64::from(ticks) * u64::from(frames.fps_den))).max(1)
}

/// For how long pictures of `count` frames from number `index` on are shown, in ticks of
/// which there are `ticks` a second. All pictures up to any one last as long as the frames do, rounded once.
pub(super) fn delay(frames: &FrameSpec, index: u64, count: u64, ticks: u32) -> u32 {
    let at = |index: u64| {
        let whole = u128::from(index) * u128::from(frames.fps_den) * u128::from(ticks);
        (whole + u128::from(frames.fps_num) / 2) / u128::from(frames.fps_num)
    };
    u32::try_from(at(index + count) - at(index)).unwrap_or(u32::MAX)
}

/// The error of a picture that is not one.
pub(super) fn damaged(sink: &dyn HeadSink) -> MediaError {
    MediaError::Mux {
        path: sink.name().to_owned(),
        reason: "a picture in it is damaged".to_owned(),
    }
}

/// The changed part that a packet stores.
pub(super) fn patch<'a>(
    data: &'a [u8],
    frames: &FrameSpec,
    sink: &dyn HeadSink,
) -> Result<Patch<'a>, MediaError> {
    Patch::from_bytes(data, frames).ok_or_else(|| damaged(sink))
}

/// The pixels of a part that is stored as PNG.
pub(super) fn decode(patch: &Patch<'_>, sink: &dyn HeadSink) -> Result<Vec<u8>, MediaError> {
    let picture = image::load(Cursor::new(patch.file), ImageFormat::Png);
    let picture = picture.map_err(|_| damaged(sink))?.into_rgba8();
    match picture.dimensions() == (patch.place.width, patch.place.height) {
        true => Ok(picture.into_raw()),
        false => Err(damaged(sink)),
    }
}

/// The result of a sink.
pub(super) fn stored<T>(done: std::io::Result<T>, sink: &dyn HeadSink) -> Result<T, MediaError> {
    done.map_err(|source| io_write_error(sink.name(), source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_add_up_to_the_frames_time() {
        for (num, den, ticks) in [
            (30, 1, 100),
            (30_000, 1001, 100),
            (24, 1, 1000),
            (7, 3, 1000),
        ] {
            let frames = FrameSpec {
                width: 1,
                height: 1,
                fps_num: num,
                fps_den: den,
                transparent: false,
            };
            let mut sum = 0;
            for index in 0..1000u64 {
                sum += u64::from(delay(&frames, index, 1, ticks));
                assert_eq!(u64::from(delay(&frames, 0, index + 1, ticks)), sum);
                let exact = (index + 1) as f64 * f64::from(den * ticks) / f64::from(num);
                assert!(
                    (sum as f64 - exact).abs() <= 0.5,
                    "{num}/{den}, frame {index}"
                );
            }
            let longest = frames_within(&frames, 65_535, ticks);
            let any = (0..50).map(|index| delay(&frames, index, longest, ticks));
            assert!(any.max() <= Some(65_535), "{num}/{den}");
        }
    }
}
