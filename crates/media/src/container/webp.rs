use std::path::Path;

use super::{
    HeadSink,
    animation::{Animation, damaged, delay, frames_within, patch, stored},
};
use crate::{FrameSpec, MediaError, Packet};

/// Puts WebP pictures together into an animated one; their compressed data goes into it as
/// it is.
pub(super) struct AnimatedWebP {
    sink: Box<dyn HeadSink>,
    frames: FrameSpec,
    loops: u32,
    /// Frames so far.
    count: u64,
    /// Bytes of the pictures so far.
    length: u64,
}

/// In the head: there is opacity; there is an animation.
const OPACITY: u8 = 0x10;
const ANIMATION: u8 = 0x02;
/// Of a picture: it replaces what was there with opacity and all.
/// Milliseconds for which a picture is shown at most.
const LONGEST: u32 = 0xff_ffff;
const REPLACES: u8 = 0x02;

impl AnimatedWebP {
    pub fn new(sink: Box<dyn HeadSink>, frames: &FrameSpec, loops: u32) -> Self {
        Self {
            sink,
            frames: *frames,
            loops,
            count: 0,
            length: 0,
        }
    }
}

impl Animation for AnimatedWebP {
    fn name(&self) -> &Path {
        self.sink.name()
    }

    fn longest(&self) -> u64 {
        frames_within(&self.frames, LONGEST, 1000)
    }

    fn add(&mut self, packet: Packet, frames: u64) -> Result<(), MediaError> {
        let part = patch(&packet.data, &self.frames, &*self.sink)?;
        let chunks = chunks(part.file).ok_or_else(|| damaged(&*self.sink))?;
        let place = part.place;
        let mut content = Vec::with_capacity(part.file.len() + 32);
        let milliseconds = delay(&self.frames, self.count, frames, 1000);
        for number in [
            place.x / 2,
            place.y / 2,
            place.width - 1,
            place.height - 1,
            milliseconds.min(LONGEST),
        ] {
            content.extend(&number.to_le_bytes()[..3]);
        }
        content.push(REPLACES);
        for (kind, data) in chunks {
            if matches!(&kind, b"ALPH" | b"VP8 " | b"VP8L") {
                put(&mut content, &kind, data);
            }
        }
        let mut out = Vec::with_capacity(content.len() + 8);
        put(&mut out, b"ANMF", &content);
        self.count += frames;
        self.length += out.len() as u64;
        stored(self.sink.append(&out), &*self.sink)
    }

    fn finish(mut self: Box<Self>) -> Result<u64, MediaError> {
        let mut pieces = Vec::new();
        let flags = ANIMATION | if self.frames.transparent { OPACITY } else { 0 };
        let mut shape = vec![flags, 0, 0, 0];
        for side in [self.frames.width, self.frames.height] {
            shape.extend(&(side - 1).to_le_bytes()[..3]);
        }
        put(&mut pieces, b"VP8X", &shape);
        let loops = u16::try_from(self.loops).unwrap_or(u16::MAX);
        put(
            &mut pieces,
            b"ANIM",
            &[&[0; 4], &loops.to_le_bytes()[..]].concat(),
        );
        let whole = 4 + pieces.len() as u64 + self.length;
        let Ok(whole) = u32::try_from(whole) else {
            return Err(MediaError::Mux {
                path: self.sink.name().to_owned(),
                reason: "an animated WebP has at most 4 GiB".to_owned(),
            });
        };
        let head = [b"RIFF", &whole.to_le_bytes()[..], b"WEBP", &pieces].concat();
        stored(self.sink.finish(&head), &*self.sink)
    }
}

/// The kinds and contents of a WebP file's pieces.
fn chunks(file: &[u8]) -> Option<Vec<([u8; 4], &[u8])>> {
    let mut rest = file.get(12..).filter(|_| file.starts_with(b"RIFF"))?;
    let mut chunks = Vec::new();
    while !rest.is_empty() {
        let kind = *rest.first_chunk()?;
        let length = u32::from_le_bytes(*rest.get(4..)?.first_chunk()?) as usize;
        chunks.push((kind, rest.get(8..8 + length)?));
        rest = rest.get(8 + length + length % 2..)?;
    }
    Some(chunks)
}

fn put(out: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) {
    out.extend(kind);
    out.extend((content.len() as u32).to_le_bytes());
    out.extend(content);
    if content.len() % 2 == 1 {
        out.push(0);
    }
}
