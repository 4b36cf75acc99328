use serde::{Deserialize, Serialize};

use super::{
    FrameSpec, Kind, Outlook, Pixels, VideoCodec, still::StillEncoder, stream::StreamEncoder,
};
use crate::MediaError;

/// The compressed form of one segment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncodedVideo {
    /// What a decoder needs first, such as H.264's parameter sets: the same for all
    /// segments of one codec, its options, and one size and rate.
    pub header: Vec<u8>,
    /// In the order in which they are decoded.
    pub packets: Vec<Packet>,
}

/// One compressed picture.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packet {
    /// In the codec's own form; H.264's is that of Annex B. Empty where only changes are
    /// stored and nothing changed.
    pub data: Vec<u8>,
    /// The picture's opacity as a picture of its own, where the codec keeps it apart.
    pub opacity: Vec<u8>,
    /// The frame of the segment that it shows, from 0.
    pub pts: i64,
    /// Whether decoding can begin here.
    pub key: bool,
}

impl std::fmt::Debug for Packet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packet")
            .field("bytes", &self.data.len())
            .field("pts", &self.pts)
            .field("key", &self.key)
            .finish()
    }
}

/// Encodes the pictures of one segment: one closed group of pictures, one thread.
#[derive(Debug)]
pub struct VideoEncoder(Engine);

#[derive(Debug)]
enum Engine {
    Stream {
        colour: Box<StreamEncoder>,
        /// The stream of opacity alone, and its pictures.
        opacity: Option<Box<(StreamEncoder, OpacityPlanes)>>,
    },
    Still(StillEncoder),
}

impl VideoEncoder {
    /// An encoder for one segment of which nothing is known.
    ///
    /// # Errors
    /// When the codec cannot take such frames or the encoder cannot be opened.
    pub fn new(codec: &VideoCodec, frames: &FrameSpec) -> Result<Self, MediaError> {
        Self::with_outlook(codec, frames, &Outlook::default())
    }

    /// An encoder for one segment of such pictures. Segments of different outlooks go into
    /// one file.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn with_outlook(
        codec: &VideoCodec,
        frames: &FrameSpec,
        outlook: &Outlook,
    ) -> Result<Self, MediaError> {
        codec.check(frames)?;
        Ok(Self(match codec.kind() {
            Kind::Still(_) => Engine::Still(StillEncoder::new(codec, frames)),
            Kind::Stream(row) => {
                let opacity = match row.opacity(frames) {
                    None => None,
                    Some(codec) => {
                        let spec = FrameSpec {
                            transparent: false,
                            ..*frames
                        };
                        let encoder = StreamEncoder::new(&codec, &spec, outlook)?;
                        Some(Box::new((encoder, OpacityPlanes::new(frames))))
                    }
                };
                Engine::Stream {
                    colour: Box::new(StreamEncoder::new(codec, frames, outlook)?),
                    opacity,
                }
            }
        }))
    }

    /// Adds the next picture, in the layout that the codec wants.
    ///
    /// # Errors
    /// When a plane is too short for the size, the layout is another one, or the encoder
    /// fails.
    pub fn push(&mut self, pixels: Pixels<'_>) -> Result<(), MediaError> {
        match &mut self.0 {
            Engine::Still(encoder) => encoder.push(pixels),
            Engine::Stream { colour, opacity } => {
                colour.push(pixels)?;
                match (opacity.as_deref_mut(), pixels) {
                    (Some((encoder, planes)), Pixels::Rgba(rgba)) => {
                        encoder.push(planes.fill(rgba))
                    }
                    _ => Ok(()),
                }
            }
        }
    }

    /// Lets the last picture stay on for one more frame, at next to no cost. Whether it
    /// can; if not, it has to be pushed again.
    pub fn stay(&mut self) -> bool {
        match &mut self.0 {
            Engine::Still(encoder) => encoder.stay(),
            Engine::Stream { colour, opacity } => {
                let opacity = opacity.as_deref_mut().map(|(encoder, _)| encoder);
                let can = colour.can_stay() && opacity.as_ref().is_none_or(|it| it.can_stay());
                if can {
                    colour.stay();
                    opacity.into_iter().for_each(StreamEncoder::stay);
                }
                can
            }
        }
    }

    /// Encodes what is left and returns everything.
    ///
    /// # Errors
    /// When the encoder fails, or not every picture came out.
    pub fn finish(self) -> Result<EncodedVideo, MediaError> {
        let all = self.finish_unless(|| false)?;
        all.ok_or_else(|| MediaError::Encoder("it stopped by itself".to_owned()))
    }

    /// As [`finish`](Self::finish), but nothing once `stop` says so; it is asked after
    /// each picture. Most work is left here if the encoder looks far ahead.
    ///
    /// # Errors
    /// As for [`finish`](Self::finish).
    pub fn finish_unless(
        self,
        stop: impl Fn() -> bool,
    ) -> Result<Option<EncodedVideo>, MediaError> {
        let (colour, opacity) = match self.0 {
            Engine::Still(encoder) => return Ok(Some(encoder.finish())),
            Engine::Stream { colour, opacity } => (colour, opacity),
        };
        let Some(mut video) = colour.finish_unless(&stop)? else {
            return Ok(None);
        };
        if let Some(opacity) = opacity {
            let Some(plane) = opacity.0.finish_unless(&stop)? else {
                return Ok(None);
            };
            for (packet, opacity) in video.packets.iter_mut().zip(plane.packets) {
                if (packet.pts, packet.key) != (opacity.pts, opacity.key) {
                    return Err(MediaError::Encoder(
                        "the streams of colour and opacity do not go together".to_owned(),
                    ));
                }
                packet.opacity = opacity.data;
            }
        }
        Ok(Some(video))
    }
}

/// Opacity as a picture without colour.
#[derive(Debug)]
struct OpacityPlanes {
    y: Vec<u8>,
    grey: Vec<u8>,
    width: usize,
}

impl OpacityPlanes {
    fn new(frames: &FrameSpec) -> Self {
        let (width, height) = (frames.width as usize, frames.height as usize);
        Self {
            y: vec![0; width * height],
            grey: vec![128; width.div_ceil(2) * height.div_ceil(2)],
            width,
        }
    }

    fn fill(&mut self, rgba: &[u8]) -> Pixels<'_> {
        for (y, pixel) in self.y.iter_mut().zip(rgba.chunks_exact(4)) {
            *y = pixel[3];
        }
        let grey = &self.grey;
        Pixels::yuv420(&self.y, self.width, grey, grey, self.width.div_ceil(2))
    }
}
