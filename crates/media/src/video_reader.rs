use crate::{
    Damage, MediaError, MediaSource, VideoFrame, moving_webp::MovingWebp,
    stream_reader::StreamReader,
};

/// Reads the pictures of a video file by time, exactly.
///
/// Time 0 is the start of the file's presentation. A reader that is asked for
/// rising times decodes each picture once; going back, or far ahead, costs a seek
/// and the decoding from the key frame before. Animated GIF, PNG, WebP and AVIF
/// files are videos too.
#[derive(Debug)]
pub struct VideoReader(Kind);

#[derive(Debug)]
enum Kind {
    Stream(Box<StreamReader>),
    Webp(Box<MovingWebp>),
}

impl VideoReader {
    /// Opens the first video of a file. Nothing is decoded yet.
    ///
    /// # Errors
    /// When the file cannot be read, has no video, or no decoder is known.
    pub fn open(source: impl Into<MediaSource>) -> Result<Self, MediaError> {
        let source = &source.into();
        Ok(Self(match MovingWebp::open(source)? {
            Some(webp) => Kind::Webp(Box::new(webp)),
            None => Kind::Stream(Box::new(StreamReader::open(source)?)),
        }))
    }

    /// The picture that is shown at `seconds`: the last one whose presentation time
    /// is not later, give or take the rounding of timestamps (half a tick of the
    /// stream's clock, at most half a millisecond, and a microsecond).
    /// Before the first picture it is the first, after the last the last.
    ///
    /// # Errors
    /// When the file cannot be read on, or holds no picture that can be decoded.
    pub fn frame_at(&mut self, seconds: f64) -> Result<VideoFrame, MediaError> {
        match &mut self.0 {
            Kind::Stream(stream) => stream.frame_at(seconds),
            Kind::Webp(webp) => webp.frame_at(seconds),
        }
    }

    /// When the last picture asked for is shown, in seconds; below 0 before the first
    /// call. A reader is cheapest for times at or a little after its position.
    pub fn position(&self) -> f64 {
        match &self.0 {
            Kind::Stream(stream) => stream.position(),
            Kind::Webp(webp) => webp.position(),
        }
    }

    /// The first fault of the file that what was asked for so far met. The pictures
    /// around it show what the decoder could make of it, or the picture before.
    pub fn damage(&self) -> Option<Damage> {
        match &self.0 {
            Kind::Stream(stream) => stream.damage(),
            Kind::Webp(_) => None,
        }
    }
}
