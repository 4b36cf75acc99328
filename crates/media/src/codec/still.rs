use super::{
    EncodedVideo, FrameSpec, Kind, Packet, Pixels, StillPixels, StillRow, VideoCodec,
    planes::over_black,
};
use crate::MediaError;

/// Makes a picture file: straight RGBA, rows without gaps.
///
/// # Errors
/// When the codec makes no stills or cannot take such a picture, or its encoder fails.
pub fn encode_still(
    codec: &VideoCodec,
    width: u32,
    height: u32,
    rgba: &[u8],
) -> Result<Vec<u8>, MediaError> {
    let Kind::Still(row) = codec.kind() else {
        return Err(MediaError::Settings(
            "a video codec makes no pictures on their own".to_owned(),
        ));
    };
    codec.check(&FrameSpec {
        width,
        height,
        fps_num: 1,
        fps_den: 1,
        transparent: true,
    })?;
    check_rgba(rgba, width, height)?;
    row.encode(&StillPixels {
        rgba,
        width,
        height,
        transparent: true,
    })
}

/// Encodes each picture as a file of its own, or what changed of it.
#[derive(Debug)]
pub(super) struct StillEncoder {
    codec: VideoCodec,
    frames: FrameSpec,
    packets: Vec<Packet>,
    /// The picture before, if only changes are stored.
    previous: Vec<u8>,
}

impl StillEncoder {
    pub fn new(codec: &VideoCodec, frames: &FrameSpec) -> Self {
        Self {
            codec: codec.clone(),
            frames: *frames,
            packets: Vec::new(),
            previous: Vec::new(),
        }
    }

    pub fn push(&mut self, pixels: Pixels<'_>) -> Result<(), MediaError> {
        let (Pixels::Rgba(rgba), Kind::Still(row)) = (pixels, self.codec.kind()) else {
            return Err(MediaError::Settings(
                "the encoder takes pictures in RGBA".to_owned(),
            ));
        };
        let FrameSpec {
            width,
            height,
            transparent,
            ..
        } = self.frames;
        check_rgba(rgba, width, height)?;
        let (data, key) = match row.patches() {
            None => {
                let picture = StillPixels {
                    rgba,
                    width,
                    height,
                    transparent,
                };
                (row.encode(&picture)?, true)
            }
            Some(multiple) => {
                let data = patch(row, rgba, &self.previous, &self.frames, multiple)?;
                let first = self.previous.is_empty();
                self.previous.clear();
                self.previous.extend_from_slice(rgba);
                (data, first)
            }
        };
        self.packets.push(Packet {
            data,
            opacity: Vec::new(),
            pts: self.packets.len() as i64,
            key,
        });
        Ok(())
    }

    /// Lets the last picture stay on for one more frame: its file again, or nothing at all
    /// where only changes are stored. Whether there was one.
    pub fn stay(&mut self) -> bool {
        let Some(last) = self.packets.last() else {
            return false;
        };
        let mut packet = Packet {
            pts: last.pts + 1,
            ..Packet::default()
        };
        if self.previous.is_empty() {
            packet.data.clone_from(&last.data);
            packet.key = true;
        }
        self.packets.push(packet);
        true
    }

    pub fn finish(self) -> EncodedVideo {
        EncodedVideo {
            header: Vec::new(),
            packets: self.packets,
        }
    }
}

/// The changed part of a picture; all of it if none was before.
fn patch(
    row: &dyn StillRow,
    rgba: &[u8],
    previous: &[u8],
    frames: &FrameSpec,
    multiple: u32,
) -> Result<Vec<u8>, MediaError> {
    let (width, height) = (frames.width, frames.height);
    let place = match previous.is_empty() {
        true => Place {
            x: 0,
            y: 0,
            width,
            height,
        },
        false => Place::changed(rgba, previous, width, multiple),
    };
    let mut part = Vec::with_capacity(4 * (place.width * place.height) as usize);
    for y in place.y..place.y + place.height {
        let start = 4 * (y * width + place.x) as usize;
        part.extend_from_slice(&rgba[start..][..4 * place.width as usize]);
    }
    let file = row.encode(&StillPixels {
        rgba: &part,
        width: place.width,
        height: place.height,
        transparent: frames.transparent,
    })?;
    Ok(Patch { place, file: &file }.to_bytes())
}

/// A part of a picture, as a file.
pub(crate) struct Patch<'a> {
    pub place: Place,
    pub file: &'a [u8],
}

/// Where a part of a picture lies in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

impl Place {
    /// The smallest rectangle with all that differs, its corner at multiples of a number;
    /// never empty.
    fn changed(new: &[u8], old: &[u8], width: u32, multiple: u32) -> Self {
        let row = 4 * width as usize;
        let rows = || new.chunks_exact(row).zip(old.chunks_exact(row));
        let differs = |(a, b): (&[u8], &[u8])| a != b;
        let Some(top) = rows().position(differs) else {
            let height = (new.len() / row) as u32;
            return Self {
                x: 0,
                y: 0,
                width: multiple.min(width),
                height: multiple.min(height),
            };
        };
        let bottom = rows().rposition(differs).unwrap_or(top) + 1;
        let (mut left, mut right) = (width as usize, 0);
        for (a, b) in rows().take(bottom).skip(top) {
            let pixels = || a.chunks_exact(4).zip(b.chunks_exact(4));
            if let Some(first) = pixels().position(differs) {
                left = left.min(first);
                right = right.max(pixels().rposition(differs).unwrap_or(first) + 1);
            }
        }
        let (x, y) = (left as u32, top as u32);
        let (x, y) = (x - x % multiple, y - y % multiple);
        Self {
            x,
            y,
            width: right as u32 - x,
            height: bottom as u32 - y,
        }
    }
}

impl<'a> Patch<'a> {
    fn to_bytes(&self) -> Vec<u8> {
        let Place {
            x,
            y,
            width,
            height,
        } = self.place;
        let mut bytes: Vec<u8> = [x, y, width, height]
            .into_iter()
            .flat_map(u32::to_le_bytes)
            .collect();
        bytes.extend_from_slice(self.file);
        bytes
    }

    /// Reads a packet of a codec that stores changes; none if it lies outside of such a
    /// picture.
    pub fn from_bytes(bytes: &'a [u8], frames: &FrameSpec) -> Option<Self> {
        let (head, file) = bytes.split_at_checked(16)?;
        let mut numbers = head
            .chunks_exact(4)
            .map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
        let mut next = || numbers.next();
        let place = Place {
            x: next()?,
            y: next()?,
            width: next()?,
            height: next()?,
        };
        let fits = |start: u32, length: u32, whole: u32| {
            length > 0 && start.checked_add(length).is_some_and(|end| end <= whole)
        };
        let inside =
            fits(place.x, place.width, frames.width) && fits(place.y, place.height, frames.height);
        inside.then_some(Self { place, file })
    }
}

fn check_rgba(rgba: &[u8], width: u32, height: u32) -> Result<(), MediaError> {
    let wanted = 4 * width as usize * height as usize;
    if rgba.len() == wanted {
        return Ok(());
    }
    Err(MediaError::Settings(format!(
        "a picture of {width}x{height} pixels has `{wanted}` bytes in RGBA, got `{}`",
        rgba.len()
    )))
}

/// The colours of a picture on black.
pub(super) fn opaque_rgb(rgba: &[u8]) -> Vec<u8> {
    rgba.chunks_exact(4)
        .flat_map(|pixel| [0, 1, 2].map(|index| over_black(pixel[index], pixel[3])))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_holds_what_changed_and_no_more() {
        let (width, height) = (7, 5);
        let old = vec![9; 4 * width * height];
        let mut new = old.clone();
        let same = Place::changed(&new, &old, 7, 2);
        assert_eq!((same.width, same.height), (2, 2));
        new[4 * (2 * width + 3)] = 0;
        new[4 * (3 * width + 5) + 3] = 0;
        let place = |x, y, width, height| Place {
            x,
            y,
            width,
            height,
        };
        assert_eq!(Place::changed(&new, &old, 7, 1), place(3, 2, 3, 2));
        assert_eq!(Place::changed(&new, &old, 7, 2), place(2, 2, 4, 2));
    }

    #[test]
    fn patches_outside_of_the_picture_are_none() {
        let frames = FrameSpec {
            width: 8,
            height: 8,
            fps_num: 1,
            fps_den: 1,
            transparent: true,
        };
        let read = |x, y, width, height| {
            let place = Place {
                x,
                y,
                width,
                height,
            };
            let bytes = Patch { place, file: b"f" }.to_bytes();
            Patch::from_bytes(&bytes, &frames).map(|patch| patch.place)
        };
        assert!(read(1, 2, 7, 6).is_some());
        for place in [
            (1, 0, 8, 8),
            (0, 1, 8, 8),
            (0, 0, 0, 8),
            (u32::MAX, 0, 2, 2),
        ] {
            assert_eq!(read(place.0, place.1, place.2, place.3), None);
        }
        assert!(Patch::from_bytes(&[0; 15], &frames).is_none());
    }
}
