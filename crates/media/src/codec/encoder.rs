use std::{
    ffi::{CString, c_int, c_void},
    ptr::{self, NonNull},
};

use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{FrameSpec, Pixels, VideoCodec};
use crate::{AvFrame, AvPacket, MediaError, error::reason, log};

/// The compressed form of one segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncodedVideo {
    /// What a decoder needs first, such as H.264's parameter sets: the same for all
    /// segments of one codec, its options, and one size and rate.
    pub header: Vec<u8>,
    /// In the order in which they are decoded.
    pub packets: Vec<Packet>,
}

/// One compressed picture.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packet {
    /// In the codec's own form; H.264's is that of Annex B.
    pub data: Vec<u8>,
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
pub struct VideoEncoder {
    context: Option<Context>,
    size: FrameSpec,
    frame: AvFrame,
    packet: AvPacket,
    packets: Vec<Packet>,
    frames: i64,
}

impl VideoEncoder {
    /// An encoder for one segment.
    ///
    /// # Errors
    /// When the codec cannot take such frames or the encoder cannot be opened.
    pub fn new(codec: &VideoCodec, frames: &FrameSpec) -> Result<Self, MediaError> {
        crate::set_quiet();
        codec.check(frames)?;
        log::forget();
        Ok(Self {
            context: Some(Context::open(codec, frames)?),
            size: *frames,
            frame: AvFrame::new()?,
            packet: AvPacket::new()?,
            packets: Vec::new(),
            frames: 0,
        })
    }

    /// Adds the next picture, in the layout that the codec wants.
    ///
    /// # Errors
    /// When a plane is too short for the size, or the encoder fails.
    pub fn push(&mut self, pixels: Pixels<'_>) -> Result<(), MediaError> {
        let (width, height) = (self.size.width as usize, self.size.height as usize);
        let Pixels::Yuv420 {
            y,
            y_stride,
            u,
            v,
            uv_stride,
        } = pixels;
        check_plane("y", y, y_stride, width, height)?;
        check_plane("u", u, uv_stride, width / 2, height / 2)?;
        check_plane("v", v, uv_stride, width / 2, height / 2)?;
        self.lend([y, u, v], [y_stride, uv_stride, uv_stride])?;
        let sent = self.send_and_receive();
        let kept = self.take_back();
        if kept {
            // The encoder still refers to memory that goes back to the caller now;
            // freeing it without another call is the only safe way on.
            self.context = None;
            return Err(MediaError::Encoder(
                "the encoder kept a picture that was only lent to it".to_owned(),
            ));
        }
        self.frames += 1;
        sent
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
        mut self,
        stop: impl Fn() -> bool,
    ) -> Result<Option<EncodedVideo>, MediaError> {
        if stop() {
            return Ok(None);
        }
        self.send(false)?;
        while self.receive()? {
            if stop() {
                return Ok(None);
            }
        }
        self.encoded().map(Some)
    }

    fn encoded(self) -> Result<EncodedVideo, MediaError> {
        let count = self.packets.len() as i64;
        if count != self.frames {
            return Err(MediaError::Encoder(format!(
                "`{}` frames went in, `{count}` came out",
                self.frames
            )));
        }
        Ok(EncodedVideo {
            header: self.context()?.header(),
            packets: self.packets,
        })
    }

    fn context(&self) -> Result<&Context, MediaError> {
        self.context
            .as_ref()
            .ok_or_else(|| MediaError::Encoder("the encoder has failed before".to_owned()))
    }

    /// Makes `self.frame` refer to the planes, without copying them.
    fn lend(&mut self, planes: [&[u8]; 3], strides: [usize; 3]) -> Result<(), MediaError> {
        self.frame.clear();
        let frame = self.frame.raw_mut();
        frame.format = ff::AVPixelFormat::YUV420P.0;
        frame.width = self.size.width as c_int;
        frame.height = self.size.height as c_int;
        frame.pts = self.frames;
        frame.color_range = ff::AVColorRange::MPEG;
        for (index, (plane, stride)) in planes.into_iter().zip(strides).enumerate() {
            let data = plane.as_ptr().cast_mut();
            frame.data[index] = data;
            frame.linesize[index] = c_int::try_from(stride).map_err(|_| {
                MediaError::Settings(format!("a row of `{stride}` bytes is too long"))
            })?;
            // SAFETY: the buffer is marked read-only and freed by doing nothing; `push`
            // makes sure that no reference is left when the borrow of the plane ends.
            frame.buf[index] = unsafe {
                ff::av_buffer_create(
                    data,
                    plane.len(),
                    Some(keep),
                    ptr::null_mut(),
                    ff::AV_BUFFER_FLAG_READONLY,
                )
            };
            if frame.buf[index].is_null() {
                return Err(MediaError::OutOfMemory);
            }
        }
        Ok(())
    }

    /// Ends the loan; whether someone else still holds a reference.
    fn take_back(&mut self) -> bool {
        let kept = self.frame.raw().buf.iter().any(|&buffer| {
            // SAFETY: the entries are null or live buffer references of this frame.
            !buffer.is_null() && unsafe { ff::av_buffer_get_ref_count(buffer) } != 1
        });
        self.frame.clear();
        kept
    }

    /// Sends the frame, or the end.
    fn send(&mut self, frame: bool) -> Result<(), MediaError> {
        let context = self.context()?.0.as_ptr();
        let input = if frame {
            ptr::from_ref(self.frame.raw())
        } else {
            ptr::null()
        };
        // SAFETY: the context is open; a null frame begins draining.
        match unsafe { ff::avcodec_send_frame(context, input) } {
            0.. => Ok(()),
            code => Err(MediaError::Encoder(reason(code))),
        }
    }

    /// Sends the frame and takes all packets that are ready.
    fn send_and_receive(&mut self) -> Result<(), MediaError> {
        self.send(true)?;
        while self.receive()? {}
        Ok(())
    }

    /// Takes the next packet; whether there was one.
    fn receive(&mut self) -> Result<bool, MediaError> {
        let context = self.context()?.0.as_ptr();
        // SAFETY: context and packet are live.
        match unsafe { ff::avcodec_receive_packet(context, self.packet.raw_mut()) } {
            0.. => self.packets.push(Packet {
                data: self.packet.bytes().to_vec(),
                pts: self.packet.raw().pts,
                key: self.packet.raw().flags & ff::AV_PKT_FLAG_KEY != 0,
            }),
            ff::AVERROR_EOF => return Ok(false),
            code if code == ff::AVERROR(11) => return Ok(false),
            code => return Err(MediaError::Encoder(reason(code))),
        }
        Ok(true)
    }
}

impl std::fmt::Debug for VideoEncoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VideoEncoder")
            .field("size", &self.size)
            .field("frames", &self.frames)
            .finish_non_exhaustive()
    }
}

/// An open encoder.
struct Context(NonNull<ff::AVCodecContext>);

// SAFETY: a codec context may be used from any one thread at a time.
unsafe impl Send for Context {}

impl Context {
    fn open(codec: &VideoCodec, frames: &FrameSpec) -> Result<Self, MediaError> {
        let row = codec.row();
        let text = |text: &str| CString::new(text).map_err(|_| MediaError::OutOfMemory);
        let name = text(row.encoder())?;
        // SAFETY: look-up in a static list; the name ends with a zero.
        let encoder = unsafe { ff::avcodec_find_encoder_by_name(name.as_ptr()) };
        if encoder.is_null() {
            return Err(MediaError::Encoder(format!(
                "the FFmpeg libraries were built without `{}`",
                row.encoder()
            )));
        }
        // SAFETY: the codec is static and the context freed by `Drop` on every way out.
        let context = NonNull::new(unsafe { ff::avcodec_alloc_context3(encoder) })
            .map(Self)
            .ok_or(MediaError::OutOfMemory)?;
        // SAFETY: the context is live and nobody else's.
        let raw = unsafe { &mut *context.0.as_ptr() };
        raw.width = frames.width as c_int;
        raw.height = frames.height as c_int;
        raw.time_base = rational(frames.fps_den, frames.fps_num);
        raw.framerate = rational(frames.fps_num, frames.fps_den);
        raw.sample_aspect_ratio = rational(1, 1);
        raw.thread_count = 1;
        raw.flags |= ff::AV_CODEC_FLAG_GLOBAL_HEADER as c_int;
        let mut options = ptr::null_mut();
        for (name, value) in row.options(raw) {
            let (name, value) = (text(name)?, text(&value)?);
            // SAFETY: both texts end with a zero and are copied.
            unsafe { ff::av_dict_set(&mut options, name.as_ptr(), value.as_ptr(), 0) };
        }
        // SAFETY: the context is set up; the dictionary is freed right after.
        let code = unsafe {
            let code = ff::avcodec_open2(raw, encoder, &mut options);
            ff::av_dict_free(&mut options);
            code
        };
        if code < 0 {
            return Err(MediaError::Encoder(reason(code)));
        }
        let delay = codec.reorder_delay();
        if i64::from(raw.has_b_frames) > delay {
            return Err(MediaError::Encoder(format!(
                "`{}` reorders by `{}` frames, not `{delay}`",
                row.encoder(),
                raw.has_b_frames
            )));
        }
        Ok(context)
    }

    fn header(&self) -> Vec<u8> {
        // SAFETY: extradata, where there is some, is `extradata_size` bytes.
        unsafe {
            let raw = self.0.as_ref();
            if raw.extradata.is_null() {
                return Vec::new();
            }
            std::slice::from_raw_parts(raw.extradata, raw.extradata_size.max(0) as usize).to_vec()
        }
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        let mut context = self.0.as_ptr();
        // SAFETY: the context is owned by self and freed once.
        unsafe { ff::avcodec_free_context(&mut context) }
    }
}

pub(crate) fn rational(num: u32, den: u32) -> ff::AVRational {
    ff::AVRational {
        num: num as c_int,
        den: den as c_int,
    }
}

fn check_plane(
    name: &str,
    plane: &[u8],
    stride: usize,
    row: usize,
    rows: usize,
) -> Result<(), MediaError> {
    let needed = stride.saturating_mul(rows - 1).saturating_add(row);
    if stride < row || plane.len() < needed {
        return Err(MediaError::Settings(format!(
            "plane `{name}` has `{}` bytes in rows of `{stride}`; {row}x{rows} needs `{needed}`",
            plane.len()
        )));
    }
    Ok(())
}

/// Lent memory is freed by its owner.
unsafe extern "C" fn keep(_opaque: *mut c_void, _data: *mut u8) {}
