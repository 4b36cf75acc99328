use std::{
    ffi::{CString, c_int},
    ptr::{self, NonNull},
};

use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{rational, stream::without};
use crate::{AvFrame, AvPacket, MediaError, SAMPLE_RATE, error::reason, log};

/// A codec of sound with its options; all of it is stereo at 48 kHz.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SoundCodec {
    /// AAC-LC by FFmpeg's own encoder, with its bits a second.
    Aac(u32),
    /// Opus by libopus, with its bits a second.
    Opus(u32),
    /// MP3 by LAME, with its bits a second.
    Mp3(u32),
    /// FLAC: 16 bits, every sample as it is.
    Flac,
    /// 16 bits, every sample as it is, not compressed.
    Pcm,
}

impl SoundCodec {
    /// FFmpeg's name of the encoder, and how it takes samples.
    fn encoder(&self) -> (&'static str, Samples) {
        match self {
            Self::Aac(_) => ("aac", Samples::FloatPlanes),
            Self::Opus(_) => ("libopus", Samples::Floats),
            Self::Mp3(_) => ("libmp3lame", Samples::FloatPlanes),
            Self::Flac => ("flac", Samples::Words),
            Self::Pcm => ("pcm_s16le", Samples::Words),
        }
    }

    fn bit_rate(&self) -> Option<u32> {
        match self {
            Self::Aac(bits) | Self::Opus(bits) | Self::Mp3(bits) => Some(*bits),
            Self::Flac | Self::Pcm => None,
        }
    }

    /// Refuses what the encoder could not do.
    pub(crate) fn check(&self) -> Result<(), MediaError> {
        let range = match self {
            Self::Aac(_) => 16_000..=576_000,
            Self::Opus(_) => 6_000..=510_000,
            Self::Mp3(_) => 32_000..=320_000,
            Self::Flac | Self::Pcm => return Ok(()),
        };
        match self.bit_rate() {
            Some(bits) if !range.contains(&bits) => Err(MediaError::Settings(format!(
                "the sound has {} to {} bits a second here, got `{bits}`",
                range.start(),
                range.end()
            ))),
            _ => Ok(()),
        }
    }
}

/// How an encoder takes samples.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Samples {
    /// Floats, a plane for each channel.
    FloatPlanes,
    /// Floats, the channels in turns.
    Floats,
    /// 16-bit numbers, the channels in turns.
    Words,
}

impl Samples {
    fn format(self) -> ff::AVSampleFormat {
        match self {
            Self::FloatPlanes => ff::AVSampleFormat::FLTP,
            Self::Floats => ff::AVSampleFormat::FLT,
            Self::Words => ff::AVSampleFormat::S16,
        }
    }
}

/// Encodes one sound track from its first sample to its last.
pub(crate) struct SoundEncoder {
    context: NonNull<ff::AVCodecContext>,
    frame: AvFrame,
    /// Interleaved samples that do not fill a frame yet.
    rest: Vec<f32>,
    /// Samples a channel sent so far.
    sent: i64,
    samples: Samples,
    /// Samples a channel in a frame.
    length: usize,
}

// SAFETY: a codec context may be used from any one thread at a time.
unsafe impl Send for SoundEncoder {}

/// Samples a channel in a frame, where the encoder does not say.
const FRAME: usize = 1024;

impl SoundEncoder {
    pub(crate) fn new(options: &SoundCodec) -> Result<Self, MediaError> {
        crate::set_quiet();
        options.check()?;
        log::forget();
        let (encoder, samples) = options.encoder();
        let name = CString::new(encoder).map_err(|_| MediaError::OutOfMemory)?;
        // SAFETY: look-up in a static list; the name ends with a zero.
        let codec = unsafe { ff::avcodec_find_encoder_by_name(name.as_ptr()) };
        if codec.is_null() {
            return Err(without(encoder));
        }
        // SAFETY: the codec is static and the context freed by `Drop` on every way out.
        let mut encoder = Self {
            context: NonNull::new(unsafe { ff::avcodec_alloc_context3(codec) })
                .ok_or(MediaError::OutOfMemory)?,
            frame: AvFrame::new()?,
            rest: Vec::with_capacity(2 * FRAME),
            sent: 0,
            samples,
            length: FRAME,
        };
        // SAFETY: the context is live and nobody else's.
        let code = unsafe {
            let raw = &mut *encoder.context.as_ptr();
            raw.sample_rate = SAMPLE_RATE as c_int;
            raw.sample_fmt = samples.format();
            if let Some(bits) = options.bit_rate() {
                raw.bit_rate = i64::from(bits);
            }
            raw.time_base = rational(1, SAMPLE_RATE);
            raw.flags |= ff::AV_CODEC_FLAG_GLOBAL_HEADER as c_int;
            raw.thread_count = 1;
            ff::av_channel_layout_default(&mut raw.ch_layout, 2);
            ff::avcodec_open2(raw, codec, ptr::null_mut())
        };
        if code < 0 {
            return Err(MediaError::Encoder(reason(code)));
        }
        if let frame @ 1.. = encoder.context().frame_size {
            encoder.length = frame as usize;
        }
        Ok(encoder)
    }

    pub(crate) fn context(&self) -> &ff::AVCodecContext {
        // SAFETY: the context lives as long as self.
        unsafe { self.context.as_ref() }
    }

    /// Encodes interleaved stereo samples and calls `sink` with each packet; its
    /// times are samples, the first is below 0 by the encoder's priming.
    pub(crate) fn push(
        &mut self,
        mut samples: &[f32],
        sink: &mut dyn FnMut(&mut AvPacket) -> Result<(), MediaError>,
    ) -> Result<(), MediaError> {
        while !samples.is_empty() {
            let room = 2 * self.length - self.rest.len();
            let (now, later) = samples.split_at(room.min(samples.len()));
            self.rest.extend_from_slice(now);
            samples = later;
            if self.rest.len() == 2 * self.length {
                self.encode(sink)?;
            }
        }
        Ok(())
    }

    /// Encodes what is left.
    pub(crate) fn finish(
        &mut self,
        sink: &mut dyn FnMut(&mut AvPacket) -> Result<(), MediaError>,
    ) -> Result<(), MediaError> {
        if !self.rest.is_empty() {
            self.encode(sink)?;
        }
        self.send(false, sink)
    }

    fn encode(
        &mut self,
        sink: &mut dyn FnMut(&mut AvPacket) -> Result<(), MediaError>,
    ) -> Result<(), MediaError> {
        let count = self.rest.len() / 2;
        self.frame.clear();
        let frame = self.frame.raw_mut();
        frame.nb_samples = count as c_int;
        frame.format = self.samples.format().0;
        frame.sample_rate = SAMPLE_RATE as c_int;
        frame.pts = self.sent;
        // SAFETY: the frame is live and empty; after a successful allocation its planes have
        // room for `count` samples each, or its one plane for twice as many, aligned for them.
        unsafe {
            ff::av_channel_layout_default(&mut frame.ch_layout, 2);
            if ff::av_frame_get_buffer(frame, 0) < 0 {
                return Err(MediaError::OutOfMemory);
            }
            match self.samples {
                Samples::FloatPlanes => {
                    for (channel, &plane) in frame.data[..2].iter().enumerate() {
                        let plane = std::slice::from_raw_parts_mut(plane.cast::<f32>(), count);
                        for (to, from) in plane.iter_mut().zip(self.rest.chunks_exact(2)) {
                            *to = from[channel];
                        }
                    }
                }
                Samples::Floats => {
                    let plane = frame.data[0].cast::<f32>();
                    std::slice::from_raw_parts_mut(plane, 2 * count).copy_from_slice(&self.rest);
                }
                Samples::Words => {
                    let plane = frame.data[0].cast::<i16>();
                    let plane = std::slice::from_raw_parts_mut(plane, 2 * count);
                    for (to, from) in plane.iter_mut().zip(&self.rest) {
                        *to = (from * 32_768.0).round().clamp(-32_768.0, 32_767.0) as i16;
                    }
                }
            }
        }
        self.sent += count as i64;
        self.rest.clear();
        self.send(true, sink)
    }

    fn send(
        &mut self,
        frame: bool,
        sink: &mut dyn FnMut(&mut AvPacket) -> Result<(), MediaError>,
    ) -> Result<(), MediaError> {
        let input = if frame {
            ptr::from_ref(self.frame.raw())
        } else {
            ptr::null()
        };
        // SAFETY: the context is open; a null frame begins draining.
        let code = unsafe { ff::avcodec_send_frame(self.context.as_ptr(), input) };
        if code < 0 {
            return Err(MediaError::Encoder(reason(code)));
        }
        let mut packet = AvPacket::new()?;
        loop {
            // SAFETY: context and packet are live.
            match unsafe { ff::avcodec_receive_packet(self.context.as_ptr(), packet.raw_mut()) } {
                0.. => sink(&mut packet)?,
                ff::AVERROR_EOF => return Ok(()),
                code if code == ff::AVERROR(11) => return Ok(()),
                code => return Err(MediaError::Encoder(reason(code))),
            }
        }
    }
}

impl Drop for SoundEncoder {
    fn drop(&mut self) {
        let mut context = self.context.as_ptr();
        // SAFETY: the context is owned by self and freed once.
        unsafe { ff::avcodec_free_context(&mut context) }
    }
}
