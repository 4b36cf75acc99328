use std::{
    borrow::Cow,
    fs::File,
    io::{self, BufReader, BufWriter, Read as _, Seek as _, Write as _},
    path::Path,
};

use gif::{DisposalMethod, Encoder, Frame, Repeat};

use super::{
    HeadSink,
    animation::{Animation, decode, delay, frames_within, patch, stored},
    palette::{Census, Palette},
};
use crate::{
    FrameSpec, MediaError, Packet,
    codec::{Patch, Place},
};

/// Puts pictures, stored as PNG of what changed, together into a GIF.
///
/// The colours are chosen once all pictures are there, so the whole film has one palette
/// and its segments agree; until then the pictures wait in a temporary file.
pub(super) struct Gif {
    sink: Box<dyn HeadSink>,
    frames: FrameSpec,
    loops: u32,
    census: Census,
    waiting: BufWriter<File>,
    lengths: Vec<(u32, u64)>,
}

/// The least opacity of a pixel that is drawn; a GIF knows only all or nothing.
const DRAWN: u8 = 128;

impl Gif {
    pub fn new(
        sink: Box<dyn HeadSink>,
        frames: &FrameSpec,
        loops: u32,
    ) -> Result<Self, MediaError> {
        let waiting = stored(tempfile::tempfile(), &*sink)?;
        Ok(Self {
            sink,
            frames: *frames,
            loops,
            census: Census::new(),
            waiting: BufWriter::new(waiting),
            lengths: Vec::new(),
        })
    }
}

impl Animation for Gif {
    fn longest(&self) -> u64 {
        frames_within(&self.frames, u32::from(u16::MAX), 100)
    }

    fn name(&self) -> &Path {
        self.sink.name()
    }

    fn add(&mut self, packet: Packet, frames: u64) -> Result<(), MediaError> {
        let part = patch(&packet.data, &self.frames, &*self.sink)?;
        for pixel in decode(&part, &*self.sink)?.chunks_exact(4) {
            if pixel[3] >= DRAWN {
                self.census.count([pixel[0], pixel[1], pixel[2]]);
            }
        }
        let length = u32::try_from(packet.data.len()).map_err(|_| MediaError::OutOfMemory)?;
        self.lengths.push((length, frames));
        stored(self.waiting.write_all(&packet.data), &*self.sink)
    }

    fn finish(self: Box<Self>) -> Result<u64, MediaError> {
        let Self {
            mut sink,
            frames,
            loops,
            census,
            waiting,
            lengths,
        } = *self;
        let file = waiting.into_inner().map_err(io::IntoInnerError::into_error);
        let mut file = stored(file, &*sink)?;
        stored(file.rewind(), &*sink)?;
        let mut canvas = Canvas::new(&frames, census.palette());
        let mut writer = Writer::new(&frames, loops, &canvas.palette, &*sink)?;
        let mut file = BufReader::new(file);
        let mut data = Vec::new();
        for (length, shown) in lengths {
            data.resize(length as usize, 0);
            stored(file.read_exact(&mut data), &*sink)?;
            let part = patch(&data, &frames, &*sink)?;
            let pixels = decode(&part, &*sink)?;
            canvas.draw(&part, &pixels);
            writer.picture(&canvas.indices, shown, &mut *sink)?;
        }
        writer.finish(&mut *sink)
    }
}

/// The picture that is on, in colours of the palette.
struct Canvas {
    palette: Palette,
    width: usize,
    indices: Vec<u8>,
}

impl Canvas {
    fn new(frames: &FrameSpec, palette: Palette) -> Self {
        let (width, height) = (frames.width as usize, frames.height as usize);
        Self {
            indices: vec![palette.clear(); width * height],
            palette,
            width,
        }
    }

    fn draw(&mut self, part: &Patch<'_>, rgba: &[u8]) {
        let place = part.place;
        let rows = rgba.chunks_exact(4 * place.width as usize);
        for (y, row) in (place.y..).zip(rows) {
            let start = y as usize * self.width + place.x as usize;
            let indices = &mut self.indices[start..];
            for ((x, index), pixel) in (place.x..).zip(indices).zip(row.chunks_exact(4)) {
                *index = match pixel[3] {
                    DRAWN.. => self.palette.index([pixel[0], pixel[1], pixel[2]], x, y),
                    _ => self.palette.clear(),
                };
            }
        }
    }
}

/// Writes each picture as what differs from what a viewer shows by then. It stays one
/// picture behind, because a picture says itself what is to vanish after it.
struct Writer {
    encoder: Encoder<Vec<u8>>,
    frames: FrameSpec,
    clear: u8,
    /// What a viewer shows before the picture that waits.
    shown: Vec<u8>,
    waiting: Option<(Vec<u8>, u64)>,
    /// Frames so far.
    count: u64,
}

impl Writer {
    fn new(
        frames: &FrameSpec,
        loops: u32,
        palette: &Palette,
        sink: &dyn HeadSink,
    ) -> Result<Self, MediaError> {
        let side = |side: u32| u16::try_from(side).map_err(|_| MediaError::OutOfMemory);
        let (width, height) = (side(frames.width)?, side(frames.height)?);
        let made = Encoder::new(Vec::new(), width, height, &palette.to_bytes());
        let mut encoder = written(made, sink)?;
        // What plays once says nothing; a number counts the further times.
        let repeat = match loops {
            0 => Some(Repeat::Infinite),
            1 => None,
            _ => Some(Repeat::Finite((loops - 1).min(65_535) as u16)),
        };
        if let Some(repeat) = repeat {
            written(encoder.set_repeat(repeat), sink)?;
        }
        let clear = palette.clear();
        Ok(Self {
            encoder,
            frames: *frames,
            clear,
            shown: vec![clear; frames.width as usize * frames.height as usize],
            waiting: None,
            count: 0,
        })
    }

    fn picture(
        &mut self,
        indices: &[u8],
        frames: u64,
        sink: &mut dyn HeadSink,
    ) -> Result<(), MediaError> {
        if let Some((picture, last)) = self.waiting.take() {
            self.write(&picture, last, Some(indices), sink)?;
            let mut reused = picture;
            reused.copy_from_slice(indices);
            self.waiting = Some((reused, frames));
        } else {
            self.waiting = Some((indices.to_vec(), frames));
        }
        Ok(())
    }

    fn write(
        &mut self,
        picture: &[u8],
        frames: u64,
        next: Option<&[u8]>,
        sink: &mut dyn HeadSink,
    ) -> Result<(), MediaError> {
        let clear = self.clear;
        let vanishes =
            |index: usize| next.is_some_and(|next| picture[index] != clear && next[index] == clear);
        let any = (0..picture.len()).any(vanishes);
        let changed = |index: usize| picture[index] != self.shown[index];
        let place = bounds(self.frames.width as usize, picture.len(), |index| {
            changed(index) || (any && vanishes(index))
        });
        let mut buffer = Vec::with_capacity((place.width * place.height) as usize);
        for index in indices(place, self.frames.width) {
            buffer.push(if changed(index) {
                picture[index]
            } else {
                clear
            });
        }
        let delay = delay(&self.frames, self.count, frames, 100);
        let frame = Frame {
            delay: u16::try_from(delay).unwrap_or(u16::MAX),
            dispose: match any {
                true => DisposalMethod::Background,
                false => DisposalMethod::Keep,
            },
            transparent: Some(clear),
            left: place.x as u16,
            top: place.y as u16,
            width: place.width as u16,
            height: place.height as u16,
            buffer: Cow::Owned(buffer),
            ..Frame::default()
        };
        written(self.encoder.write_frame(&frame), sink)?;
        self.count += frames;
        self.shown.copy_from_slice(picture);
        if any {
            for index in indices(place, self.frames.width) {
                self.shown[index] = clear;
            }
        }
        let bytes = std::mem::take(self.encoder.get_mut());
        stored(sink.append(&bytes), sink)
    }

    fn finish(mut self, sink: &mut dyn HeadSink) -> Result<u64, MediaError> {
        if let Some((picture, frames)) = self.waiting.take() {
            self.write(&picture, frames, None, sink)?;
        }
        let rest = written(self.encoder.into_inner(), sink)?;
        stored(sink.append(&rest), sink)?;
        stored(sink.finish(&[]), sink)
    }
}

/// The smallest rectangle with all pixels that `wanted` names; one pixel if there is none.
fn bounds(width: usize, count: usize, wanted: impl Fn(usize) -> bool) -> Place {
    let (mut left, mut right, mut top, mut bottom) = (width, 0, usize::MAX, 0);
    for index in (0..count).filter(|index| wanted(*index)) {
        let (x, y) = (index % width, index / width);
        left = left.min(x);
        right = right.max(x + 1);
        top = top.min(y);
        bottom = y + 1;
    }
    if bottom == 0 {
        (left, right, top, bottom) = (0, 1, 0, 1);
    }
    Place {
        x: left as u32,
        y: top as u32,
        width: (right - left) as u32,
        height: (bottom - top) as u32,
    }
}

/// The places of a rectangle's pixels.
fn indices(place: Place, width: u32) -> impl Iterator<Item = usize> {
    let rows = place.y..place.y + place.height;
    rows.flat_map(move |y| {
        let start = (y * width + place.x) as usize;
        start..start + place.width as usize
    })
}

fn written<T>(done: Result<T, gif::EncodingError>, sink: &dyn HeadSink) -> Result<T, MediaError> {
    done.map_err(|error| MediaError::Mux {
        path: sink.name().to_owned(),
        reason: error.to_string(),
    })
}
