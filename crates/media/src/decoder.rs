use std::{
    ffi::{CStr, c_int},
    ptr::{self, NonNull},
};

use ffmpeg_sys_the_third as ff;

use crate::{AvFrame, AvPacket, Input, MediaError, error::reason, limit::most_coded_pixels, log};

/// What a decoder answers when asked for a frame.
pub(crate) enum Received {
    /// The frame was filled.
    Frame,
    /// Another packet is needed first.
    Hungry,
    /// The stream has ended.
    End,
}

/// A single-threaded decoder of one stream.
pub(crate) struct Decoder(NonNull<ff::AVCodecContext>);

// SAFETY: a codec context may be used from any one thread at a time.
unsafe impl Send for Decoder {}

impl Decoder {
    /// A decoder for stream `index` of `input`.
    pub(crate) fn open(input: &Input, index: usize) -> Result<Self, MediaError> {
        log::forget();
        let parameters = input.parameters(index);
        let codec = find(input, index).ok_or_else(|| MediaError::NoDecoder {
            path: input.path().to_owned(),
            codec: codec_name(parameters.codec_id),
        })?;
        // SAFETY: codec and parameters are live; the context is freed by `Drop` on every way out.
        unsafe {
            let context = NonNull::new(ff::avcodec_alloc_context3(codec))
                .map(Self)
                .ok_or(MediaError::OutOfMemory)?;
            let raw = context.0.as_ptr();
            ff::avcodec_parameters_to_context(raw, parameters);
            (*raw).thread_count = 1;
            // what a file says of itself at its beginning may be wrong
            (*raw).max_pixels = most_coded_pixels();
            (*raw).pkt_timebase = input.stream(index).time_base;
            match ff::avcodec_open2(raw, codec, ptr::null_mut()) {
                0.. => Ok(context),
                code => Err(MediaError::Decode {
                    path: input.path().to_owned(),
                    reason: reason(code),
                }),
            }
        }
    }

    /// Hands over a packet, or with `None` the end; whether the decoder could use it.
    pub(crate) fn send(&mut self, packet: Option<&AvPacket>) -> bool {
        let packet = packet.map_or(ptr::null(), |packet| ptr::from_ref(packet.raw()));
        // SAFETY: the context is open; a null packet begins draining.
        unsafe { ff::avcodec_send_packet(self.0.as_ptr(), packet) >= 0 }
    }

    /// Takes the next frame in presentation order, or says what is needed.
    /// The error is FFmpeg's code of a frame that could not be decoded.
    pub(crate) fn receive(&mut self, frame: &mut AvFrame) -> Result<Received, c_int> {
        // SAFETY: context and frame are live.
        match unsafe { ff::avcodec_receive_frame(self.0.as_ptr(), frame.raw_mut()) } {
            0.. => Ok(Received::Frame),
            ff::AVERROR_EOF => Ok(Received::End),
            code if code == ff::AVERROR(11) => Ok(Received::Hungry),
            code => Err(code),
        }
    }

    /// Forgets everything, for after a seek.
    pub(crate) fn flush(&mut self) {
        // SAFETY: the context is open.
        unsafe { ff::avcodec_flush_buffers(self.0.as_ptr()) }
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        let mut context = self.0.as_ptr();
        // SAFETY: the context is owned by self and freed once.
        unsafe { ff::avcodec_free_context(&mut context) }
    }
}

/// Whether a VP8 or VP9 stream carries a second, alpha stream in its packets.
pub(crate) fn has_vpx_alpha(input: &Input, index: usize) -> bool {
    let id = input.parameters(index).codec_id;
    (id == ff::AVCodecID::VP8 || id == ff::AVCodecID::VP9)
        && input.tag(index, c"alpha_mode") == Some("1")
}

fn find(input: &Input, index: usize) -> Option<*const ff::AVCodec> {
    let id = input.parameters(index).codec_id;
    // SAFETY: look-ups in FFmpeg's static list; names end with a zero.
    let codec = unsafe {
        // FFmpeg's own VP8 and VP9 decoders leave the alpha stream out.
        let named = match id {
            _ if !has_vpx_alpha(input, index) => ptr::null(),
            ff::AVCodecID::VP8 => ff::avcodec_find_decoder_by_name(c"libvpx".as_ptr()),
            _ => ff::avcodec_find_decoder_by_name(c"libvpx-vp9".as_ptr()),
        };
        if named.is_null() {
            ff::avcodec_find_decoder(id)
        } else {
            named
        }
    };
    (!codec.is_null()).then_some(codec)
}

fn codec_name(id: ff::AVCodecID) -> String {
    // SAFETY: the answer is a static text for any id.
    let name = unsafe { CStr::from_ptr(ff::avcodec_get_name(id)) };
    name.to_string_lossy().into_owned()
}
