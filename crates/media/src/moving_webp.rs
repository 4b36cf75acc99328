use std::{
    io::{self, BufReader, Read as _, Seek as _, SeekFrom},
    path::Path,
};

use image_webp::{DecodingError, WebPDecoder};

use crate::{
    MediaError, MediaSource, VideoFrame,
    convert::premultiply,
    input::{readable, unreadable},
    limit::check_pixels,
    source::Bytes,
    video_frame::{Picture, Pixels},
};

/// The pictures of an animated WebP file, by time.
pub(crate) struct MovingWebp {
    source: MediaSource,
    decoder: WebPDecoder<BufReader<Bytes>>,
    /// Seconds at which the next picture begins.
    next: f64,
    /// Pictures decoded since the start.
    decoded: u32,
    /// The picture at hand, and when it ends.
    current: Option<(VideoFrame, f64)>,
}

/// Milliseconds for which a picture is shown that asks for no longer than 10:
/// browsers play no animation faster.
const LEAST: u32 = 100;

impl MovingWebp {
    /// Opens a file; `None` if it is no animated WebP.
    pub(crate) fn open(source: &MediaSource) -> Result<Option<Self>, MediaError> {
        readable(source)?;
        let Some(decoder) = decoder(source)? else {
            return Ok(None);
        };
        let (width, height) = decoder.dimensions();
        check_pixels(source.path(), width, height)?;
        Ok(Some(Self {
            source: source.clone(),
            decoder,
            next: 0.0,
            decoded: 0,
            current: None,
        }))
    }

    /// Width, height and whether there may be alpha.
    pub(crate) fn size(&self) -> (u32, u32, bool) {
        let (width, height) = self.decoder.dimensions();
        (width, height, self.decoder.has_alpha())
    }

    /// How many pictures there are.
    pub(crate) fn pictures(&self) -> u32 {
        self.decoder.num_frames()
    }

    /// Seconds from the first picture's start to the last one's end. Nothing is decoded.
    pub(crate) fn duration(&self) -> Result<f64, MediaError> {
        let lengths = lengths(&self.source).map_err(|fault| unreadable(&self.source, fault))?;
        Ok(lengths.into_iter().map(seconds).sum())
    }

    pub(crate) fn position(&self) -> f64 {
        match &self.current {
            Some((frame, _)) => frame.pts_seconds(),
            None => -1.0,
        }
    }

    pub(crate) fn frame_at(&mut self, seconds: f64) -> Result<VideoFrame, MediaError> {
        let limit = seconds + 1e-6;
        if self.position() > limit.max(0.0) {
            self.restart();
        }
        loop {
            match &self.current {
                Some((frame, end)) if *end > limit || self.decoded == self.pictures() => {
                    return Ok(frame.clone());
                }
                _ => {}
            }
            if !self.advance()? {
                return Err(MediaError::Decode {
                    path: self.source.path().to_owned(),
                    reason: "it holds no picture that can be decoded".to_owned(),
                });
            }
        }
    }

    fn restart(&mut self) {
        self.decoder.reset_animation();
        (self.next, self.decoded, self.current) = (0.0, 0, None);
    }

    /// Decodes the next picture; `false` when there is none.
    fn advance(&mut self) -> Result<bool, MediaError> {
        if self.decoded == self.pictures() {
            return Ok(false);
        }
        let (width, height, alpha) = self.size();
        let size = self.decoder.output_buffer_size();
        let mut pixels = vec![0; size.ok_or(MediaError::OutOfMemory)?];
        let fault = |source| fault(self.source.path(), source);
        let shown = self.decoder.read_frame(&mut pixels).map_err(fault)?;
        self.decoded += 1;
        let mut rgba = if alpha { pixels } else { with_alpha(&pixels) };
        premultiply(&mut rgba);
        let picture = Picture {
            width,
            height,
            pixels: Pixels::Rgba(rgba),
        };
        let start = self.next;
        self.next += seconds(shown);
        self.current = Some((VideoFrame::new(start, picture), self.next));
        Ok(true)
    }
}

/// A decoder of an animated WebP file; `None` for any other file.
fn decoder(source: &MediaSource) -> Result<Option<WebPDecoder<BufReader<Bytes>>>, MediaError> {
    let file = source.open().map_err(|fault| unreadable(source, fault))?;
    match WebPDecoder::new(BufReader::new(file)) {
        Ok(mut decoder) if decoder.is_animated() => {
            // As browsers do, which pay no heed to the colour that the file names.
            let clear = decoder.set_background_color([0; 4]);
            clear.map_err(|cause| fault(source.path(), cause))?;
            Ok(Some(decoder))
        }
        // Whatever else it is, it is told when it is opened as that.
        _ => Ok(None),
    }
}

/// Seconds for which a picture is shown that asks for so many milliseconds.
fn seconds(asked: u32) -> f64 {
    f64::from(if asked <= 10 { LEAST } else { asked }) / 1000.0
}

/// The milliseconds that each picture of a file asks for.
fn lengths(source: &MediaSource) -> io::Result<Vec<u32>> {
    let mut file = BufReader::new(source.open()?);
    file.seek(SeekFrom::Start(12))?;
    let mut lengths = Vec::new();
    let mut head = [0; 8];
    while file.read_exact(&mut head).is_ok() {
        let [.., a, b, c, d] = head;
        let mut left = i64::from(u32::from_le_bytes([a, b, c, d]));
        left += left % 2;
        let mut picture = [0; 16];
        if head.starts_with(b"ANMF") && left >= 16 {
            file.read_exact(&mut picture)?;
            left -= 16;
            let [.., a, b, c, _] = picture;
            lengths.push(u32::from_le_bytes([a, b, c, 0]));
        }
        file.seek_relative(left)?;
    }
    Ok(lengths)
}

fn with_alpha(rgb: &[u8]) -> Vec<u8> {
    let opaque = |pixel: &[u8]| [pixel[0], pixel[1], pixel[2], 255];
    rgb.chunks_exact(3).flat_map(opaque).collect()
}

fn fault(path: &Path, source: DecodingError) -> MediaError {
    let path = path.to_owned();
    let reason = source.to_string();
    match source {
        DecodingError::IoError(source) if source.kind() == std::io::ErrorKind::UnexpectedEof => {
            MediaError::Truncated { path, reason }
        }
        _ => MediaError::Decode { path, reason },
    }
}

impl std::fmt::Debug for MovingWebp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MovingWebp")
            .field("path", &self.source.path())
            .field("position", &self.position())
            .finish_non_exhaustive()
    }
}
