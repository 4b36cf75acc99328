use std::{
    io,
    path::Path,
    sync::{Arc, Mutex},
};

use serde::{Deserialize, Serialize};

use super::{
    Av1, EncodedVideo, FrameSpec, PixelCost, PixelFormat, Pixels, Preset, Rate, StillPixels,
    StillRow, VideoCodec, VideoEncoder, within,
};
use crate::{Container, FilmWriter, Format, HeadSink, MediaError};

/// AVIF: one picture of AV1, 4:2:0, 8 bits; what shows through is black.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Avif {
    /// 1 to 100, best.
    pub quality: u8,
}

impl Default for Avif {
    fn default() -> Self {
        Self { quality: 75 }
    }
}

impl Avif {
    fn codec(&self) -> Av1 {
        // From 63, worst, down to 1.
        let factor = 63 - (u32::from(self.quality.min(100)) * 62 + 50) / 100;
        Av1 {
            rate: Rate::Factor(factor as u8),
            preset: Preset::Medium,
            pixels: PixelFormat::Yuv420p,
        }
    }
}

impl StillRow for Avif {
    fn cost(&self) -> PixelCost {
        PixelCost {
            moving: 150,
            still: 0,
        }
    }

    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        within("quality", self.quality, &(1..=100))?;
        VideoCodec::Av1(self.codec()).check(frames)
    }

    fn keeps_opacity(&self) -> bool {
        false
    }

    fn patches(&self) -> Option<u32> {
        None
    }

    fn encode(&self, picture: &StillPixels<'_>) -> Result<Vec<u8>, MediaError> {
        let spec = FrameSpec {
            width: picture.width,
            height: picture.height,
            fps_num: 1,
            fps_den: 1,
            transparent: false,
        };
        let codec = VideoCodec::Av1(self.codec());
        let mut encoder = VideoEncoder::new(&codec, &spec)?;
        encoder.push(Pixels::Rgba(picture.rgba))?;
        let EncodedVideo { header, packets } = encoder.finish()?;
        let format = Format {
            container: Container::Avif,
            video: Some(codec),
            sound: None,
            loops: 0,
        };
        let file = Gathered::default();
        let sink = Box::new(file.clone());
        let mut writer = FilmWriter::to_sink(sink, &format, &spec, &header)?;
        writer.video(packets)?;
        writer.finish()?;
        let mut bytes = file.0.lock().expect("no holder of the lock panics");
        Ok(std::mem::take(&mut *bytes))
    }
}

/// A file in memory.
#[derive(Clone, Default)]
struct Gathered(Arc<Mutex<Vec<u8>>>);

impl HeadSink for Gathered {
    fn name(&self) -> &Path {
        Path::new("a picture")
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut all = self.0.lock().expect("no holder of the lock panics");
        all.extend_from_slice(bytes);
        Ok(())
    }

    fn finish(&mut self, head: &[u8]) -> io::Result<u64> {
        let mut all = self.0.lock().expect("no holder of the lock panics");
        all.splice(..0, head.iter().copied());
        Ok(all.len() as u64)
    }
}
