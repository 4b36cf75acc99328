use std::path::Path;

use super::{
    HeadSink,
    animation::{Animation, damaged, delay, frames_within, patch, stored},
};
use crate::{FrameSpec, MediaError, Packet};

/// Puts PNG pictures together into an animated one; their compressed data goes into it as
/// it is.
pub(super) struct Apng {
    sink: Box<dyn HeadSink>,
    frames: FrameSpec,
    loops: u32,
    /// Pictures so far.
    count: u64,
    /// Frames so far.
    begun: u64,
    /// Number of the next of the pieces that are numbered.
    sequence: u32,
    /// The first picture's header, which is that of the whole.
    header: Vec<u8>,
}

/// What every PNG file begins with.
const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

impl Apng {
    pub fn new(sink: Box<dyn HeadSink>, frames: &FrameSpec, loops: u32) -> Self {
        Self {
            sink,
            frames: *frames,
            loops,
            count: 0,
            begun: 0,
            sequence: 0,
            header: Vec::new(),
        }
    }

    fn next(&mut self) -> [u8; 4] {
        self.sequence += 1;
        (self.sequence - 1).to_be_bytes()
    }

    /// The delay of the next picture as a fraction of a second: of whole frames exactly,
    /// where its numbers fit.
    fn delay(&self, frames: u64) -> (u16, u16) {
        let exact = self.rate().and_then(|(den, num)| {
            let length = frames * u64::from(den);
            Some((u16::try_from(length).ok()?, num))
        });
        exact.unwrap_or_else(|| {
            let milliseconds = delay(&self.frames, self.begun, frames, 1000);
            (milliseconds.try_into().unwrap_or(u16::MAX), 1000)
        })
    }

    /// The length of a frame as a fraction of a second, where its numbers fit.
    fn rate(&self) -> Option<(u16, u16)> {
        let num = u16::try_from(self.frames.fps_num).ok()?;
        Some((u16::try_from(self.frames.fps_den).ok()?, num))
    }
}

impl Animation for Apng {
    fn name(&self) -> &Path {
        self.sink.name()
    }

    fn longest(&self) -> u64 {
        match self.rate() {
            Some((den, _)) => u64::from(u16::MAX / den),
            None => frames_within(&self.frames, u32::from(u16::MAX), 1000),
        }
    }

    fn add(&mut self, packet: Packet, frames: u64) -> Result<(), MediaError> {
        let part = patch(&packet.data, &self.frames, &*self.sink)?;
        let chunks = chunks(part.file).ok_or_else(|| damaged(&*self.sink))?;
        let mut out = Vec::with_capacity(part.file.len() + 64);
        let (num, den) = self.delay(frames);
        let place = part.place;
        let mut control = self.next().to_vec();
        for number in [place.width, place.height, place.x, place.y] {
            control.extend(number.to_be_bytes());
        }
        control.extend(num.to_be_bytes());
        control.extend(den.to_be_bytes());
        // What was there stays, and is replaced with opacity and all.
        control.extend([0, 0]);
        put(&mut out, b"fcTL", &control);
        for (kind, content) in chunks {
            match &kind {
                b"IHDR" if self.count == 0 => self.header = content.to_vec(),
                b"IDAT" if self.count == 0 => put(&mut out, b"IDAT", content),
                b"IDAT" => put(&mut out, b"fdAT", &[&self.next(), content].concat()),
                _ => {}
            }
        }
        self.count += 1;
        self.begun += frames;
        stored(self.sink.append(&out), &*self.sink)
    }

    fn finish(mut self: Box<Self>) -> Result<u64, MediaError> {
        let mut end = Vec::new();
        put(&mut end, b"IEND", &[]);
        stored(self.sink.append(&end), &*self.sink)?;
        let mut head = SIGNATURE.to_vec();
        put(&mut head, b"IHDR", &self.header);
        let count = u32::try_from(self.count).unwrap_or(u32::MAX);
        let control = [count.to_be_bytes(), self.loops.to_be_bytes()].concat();
        put(&mut head, b"acTL", &control);
        stored(self.sink.finish(&head), &*self.sink)
    }
}

/// The kinds and contents of a PNG file's pieces.
fn chunks(file: &[u8]) -> Option<Vec<([u8; 4], &[u8])>> {
    let mut rest = file.strip_prefix(&SIGNATURE)?;
    let mut chunks = Vec::new();
    while !rest.is_empty() {
        let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
        let kind = *rest.get(4..8)?.first_chunk()?;
        chunks.push((kind, rest.get(8..8 + length)?));
        rest = rest.get(12 + length..)?;
    }
    Some(chunks)
}

fn put(out: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) {
    out.extend((content.len() as u32).to_be_bytes());
    let start = out.len();
    out.extend(kind);
    out.extend(content);
    let check = crc32fast::hash(&out[start..]);
    out.extend(check.to_be_bytes());
}
