use std::{
    ffi::c_int,
    ptr::{self, NonNull},
};

use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::rational;
use crate::{AvFrame, AvPacket, MediaError, SAMPLE_RATE, error::reason, log};

/// AAC-LC by FFmpeg's own encoder: stereo, 48 kHz.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Aac {
    /// Bits per second.
    pub bit_rate: u32,
}

impl Default for Aac {
    fn default() -> Self {
        Self { bit_rate: 128_000 }
    }
}

/// Encodes one sound track from its first sample to its last.
pub(crate) struct AacEncoder {
    context: NonNull<ff::AVCodecContext>,
    frame: AvFrame,
    /// Interleaved samples that do not fill a frame yet.
    rest: Vec<f32>,
    /// Samples a channel sent so far.
    sent: i64,
}

// SAFETY: a codec context may be used from any one thread at a time.
unsafe impl Send for AacEncoder {}

/// Samples a channel in an AAC frame.
const FRAME: usize = 1024;

impl AacEncoder {
    pub(crate) fn new(options: &Aac) -> Result<Self, MediaError> {
        log::forget();
        // SAFETY: look-up in a static list; the name ends with a zero.
        let codec = unsafe { ff::avcodec_find_encoder_by_name(c"aac".as_ptr()) };
        if codec.is_null() {
            return Err(MediaError::Encoder(
                "the FFmpeg libraries were built without the `aac` encoder".to_owned(),
            ));
        }
        // SAFETY: the codec is static and the context freed by `Drop` on every way out.
        let encoder = Self {
            context: NonNull::new(unsafe { ff::avcodec_alloc_context3(codec) })
                .ok_or(MediaError::OutOfMemory)?,
            frame: AvFrame::new()?,
            rest: Vec::with_capacity(2 * FRAME),
            sent: 0,
        };
        // SAFETY: the context is live and nobody else's.
        let code = unsafe {
            let raw = &mut *encoder.context.as_ptr();
            raw.sample_rate = SAMPLE_RATE as c_int;
            raw.sample_fmt = ff::AVSampleFormat::FLTP;
            raw.bit_rate = i64::from(options.bit_rate);
            raw.time_base = rational(1, SAMPLE_RATE);
            raw.flags |= ff::AV_CODEC_FLAG_GLOBAL_HEADER as c_int;
            raw.thread_count = 1;
            ff::av_channel_layout_default(&mut raw.ch_layout, 2);
            ff::avcodec_open2(raw, codec, ptr::null_mut())
        };
        if code < 0 {
            return Err(MediaError::Encoder(reason(code)));
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
            let room = 2 * FRAME - self.rest.len();
            let (now, later) = samples.split_at(room.min(samples.len()));
            self.rest.extend_from_slice(now);
            samples = later;
            if self.rest.len() == 2 * FRAME {
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
        frame.format = ff::AVSampleFormat::FLTP.0;
        frame.sample_rate = SAMPLE_RATE as c_int;
        frame.pts = self.sent;
        // SAFETY: the frame is live and empty; after a successful allocation each of
        // its two planes has room for `count` floats, aligned for them.
        unsafe {
            ff::av_channel_layout_default(&mut frame.ch_layout, 2);
            if ff::av_frame_get_buffer(frame, 0) < 0 {
                return Err(MediaError::OutOfMemory);
            }
            for (channel, &plane) in frame.data[..2].iter().enumerate() {
                let plane = std::slice::from_raw_parts_mut(plane.cast::<f32>(), count);
                for (to, from) in plane.iter_mut().zip(self.rest.chunks_exact(2)) {
                    *to = from[channel];
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

impl Drop for AacEncoder {
    fn drop(&mut self) {
        let mut context = self.context.as_ptr();
        // SAFETY: the context is owned by self and freed once.
        unsafe { ff::avcodec_free_context(&mut context) }
    }
}
