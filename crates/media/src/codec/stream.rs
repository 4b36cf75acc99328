use std::{
    ffi::{CString, c_int, c_void},
    ptr::{self, NonNull},
};

use ffmpeg_sys_the_third as ff;

use super::{
    EncodedVideo, FrameSpec, Outlook, Packet, Pixels, PlaneFormat, Stay, StillPixels, StreamRow,
    VideoCodec, planes, stays,
};
use crate::{
    AvFrame, AvPacket, MediaError,
    bitstream::{HeldStream, LONGEST_HOLD, shown_again},
    error::reason,
    log,
};

/// Encodes pictures by an encoder of FFmpeg.
pub(super) struct StreamEncoder {
    context: Option<Context>,
    size: FrameSpec,
    format: PlaneFormat,
    /// The planes of a picture that came as RGBA.
    own: [Vec<u8>; 4],
    frame: AvFrame,
    packet: AvPacket,
    /// What came out, in the encoder's own count of pictures.
    packets: Vec<Packet>,
    /// The frame at which each picture begins that went in.
    begins: Vec<i64>,
    frames: i64,
    stay: Stay,
    /// Whether no picture is predicted from two.
    forward: bool,
    held: Option<HeldStream>,
}

impl StreamEncoder {
    pub fn new(
        codec: &VideoCodec,
        frames: &FrameSpec,
        outlook: &Outlook,
    ) -> Result<Self, MediaError> {
        crate::set_quiet();
        codec.check(frames)?;
        log::forget();
        let row = codec
            .stream()
            .ok_or_else(|| MediaError::Encoder("stills are no stream".to_owned()))?;
        let context = Context::open(row, frames, outlook)?;
        let held = match row.is_held_stream() {
            true => Some(HeldStream::new(&context.header()).map_err(stays::unfit)?),
            false => None,
        };
        Ok(Self {
            context: Some(context),
            size: *frames,
            format: row.planes(frames),
            own: Default::default(),
            frame: AvFrame::new()?,
            packet: AvPacket::new()?,
            packets: Vec::new(),
            begins: Vec::new(),
            frames: 0,
            stay: row.stay(outlook),
            forward: row.is_forward(outlook),
            held,
        })
    }

    /// Whether the last picture can stay on for one more frame.
    pub fn can_stay(&self) -> bool {
        let Some(begin) = self.begins.last() else {
            return false;
        };
        match self.stay {
            Stay::Never => false,
            Stay::Copied => true,
            Stay::Skipped => self.frames - begin < i64::from(LONGEST_HOLD),
            Stay::ShownAgain => {
                let last = self.packets.last();
                self.packets.len() == self.begins.len()
                    && last.is_some_and(|last| shown_again(&last.data).is_some())
            }
        }
    }

    /// Lets the last picture stay on for one more frame.
    pub fn stay(&mut self) {
        self.frames += 1;
    }

    pub fn push(&mut self, pixels: Pixels<'_>) -> Result<(), MediaError> {
        match pixels {
            Pixels::Yuv420 {
                y,
                y_stride,
                u,
                v,
                uv_stride,
            } => {
                if self.format != PlaneFormat::YUV420 {
                    return Err(MediaError::Settings(
                        "the encoder takes pictures in RGBA".to_owned(),
                    ));
                }
                self.push_planes(&[y, u, v], &[y_stride, uv_stride, uv_stride])
            }
            Pixels::Rgba(rgba) => {
                let (width, height) = (self.size.width as usize, self.size.height as usize);
                check_plane("rgba", rgba, width * 4, width * 4, height)?;
                let mut own = std::mem::take(&mut self.own);
                self.format.fill(rgba, width, height, &mut own);
                let count = self.format.count();
                let strides = [0, 1, 2, 3].map(|index| self.format.plane(index, width, height).0);
                let planes = own.each_ref().map(|plane| &plane[..]);
                let pushed = self.push_planes(&planes[..count], &strides[..count]);
                self.own = own;
                pushed
            }
        }
    }

    fn push_planes(&mut self, planes: &[&[u8]], strides: &[usize]) -> Result<(), MediaError> {
        let (width, height) = (self.size.width as usize, self.size.height as usize);
        for (index, (plane, stride)) in planes.iter().zip(strides).enumerate() {
            let (row, rows) = self.format.plane(index, width, height);
            check_plane(["y", "u", "v", "a"][index], plane, *stride, row, rows)?;
        }
        self.lend(planes, strides)?;
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
        self.begins.push(self.frames);
        self.frames += 1;
        sent
    }

    /// Encodes what is left; nothing once `stop` says so.
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
        let (came, went) = (self.packets.len(), self.begins.len());
        if came != went {
            return Err(MediaError::Encoder(format!(
                "`{went}` pictures went in, `{came}` came out"
            )));
        }
        let header = match &self.held {
            Some(held) => held.header().to_vec(),
            None => self.context()?.header(),
        };
        let packets = match (self.stay, &self.held) {
            (Stay::Never, None) => self.packets,
            (stay, held) => stays::spread(self.packets, &self.begins, self.frames, stay, held)?,
        };
        Ok(EncodedVideo { header, packets })
    }

    fn context(&self) -> Result<&Context, MediaError> {
        self.context
            .as_ref()
            .ok_or_else(|| MediaError::Encoder("the encoder has failed before".to_owned()))
    }

    /// Makes `self.frame` refer to the planes, without copying them.
    fn lend(&mut self, planes: &[&[u8]], strides: &[usize]) -> Result<(), MediaError> {
        self.frame.clear();
        let frame = self.frame.raw_mut();
        frame.format = self.format.format.0;
        frame.width = self.size.width as c_int;
        frame.height = self.size.height as c_int;
        frame.pts = self.begins.len() as i64;
        if self.forward && frame.pts > 0 {
            frame.pict_type = ff::AVPictureType::P;
        }
        frame.color_range = ff::AVColorRange::MPEG;
        frame.colorspace = ff::AVColorSpace::BT709;
        frame.color_primaries = ff::AVColorPrimaries::BT709;
        frame.color_trc = ff::AVColorTransferCharacteristic::BT709;
        for (index, (plane, &stride)) in planes.iter().zip(strides).enumerate() {
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
                opacity: Vec::new(),
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

impl std::fmt::Debug for StreamEncoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StreamEncoder")
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
    /// A context of an encoder that is not open yet.
    fn new(encoder: &str) -> Result<Self, MediaError> {
        let name = text(encoder)?;
        // SAFETY: look-up in a static list; the name ends with a zero.
        let codec = unsafe { ff::avcodec_find_encoder_by_name(name.as_ptr()) };
        if codec.is_null() {
            return Err(without(encoder));
        }
        // SAFETY: the codec is static and the context freed by `Drop` on every way out.
        NonNull::new(unsafe { ff::avcodec_alloc_context3(codec) })
            .map(Self)
            .ok_or(MediaError::OutOfMemory)
    }

    /// Opens the encoder, which is set up but for these options.
    fn start(&self, options: &[(&'static str, String)]) -> Result<(), MediaError> {
        let mut dictionary = ptr::null_mut();
        for (name, value) in options {
            let (name, value) = (text(name)?, text(value)?);
            // SAFETY: both texts end with a zero and are copied.
            unsafe { ff::av_dict_set(&mut dictionary, name.as_ptr(), value.as_ptr(), 0) };
        }
        // SAFETY: the context is set up and knows its codec; the dictionary is freed right
        // after.
        let code = unsafe {
            let code = ff::avcodec_open2(self.0.as_ptr(), ptr::null(), &mut dictionary);
            ff::av_dict_free(&mut dictionary);
            code
        };
        match code {
            0.. => Ok(()),
            code => Err(MediaError::Encoder(reason(code))),
        }
    }

    fn open(
        row: &dyn StreamRow,
        frames: &FrameSpec,
        outlook: &Outlook,
    ) -> Result<Self, MediaError> {
        let context = Self::new(row.encoder())?;
        // SAFETY: the context is live and nobody else's.
        let raw = unsafe { &mut *context.0.as_ptr() };
        raw.width = frames.width as c_int;
        raw.height = frames.height as c_int;
        raw.time_base = rational(frames.fps_den, frames.fps_num);
        raw.framerate = rational(frames.fps_num, frames.fps_den);
        raw.sample_aspect_ratio = rational(1, 1);
        raw.thread_count = 1;
        raw.flags |= ff::AV_CODEC_FLAG_GLOBAL_HEADER as c_int;
        raw.pix_fmt = row.planes(frames).format;
        planes::tag_context(raw);
        let options = row.options(outlook, raw);
        context.start(&options)?;
        let delay = row.reorder_delay();
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

/// Encodes one picture, in the order blue, green, red, opacity, by an encoder of stills.
pub(super) fn encode_one(
    encoder: &'static str,
    picture: &StillPixels<'_>,
    options: &[(&'static str, String)],
) -> Result<Vec<u8>, MediaError> {
    crate::set_quiet();
    log::forget();
    let (width, height) = (picture.width as usize, picture.height as usize);
    let context = Context::new(encoder)?;
    // SAFETY: the context is live and nobody else's.
    let raw = unsafe { &mut *context.0.as_ptr() };
    raw.width = picture.width as c_int;
    raw.height = picture.height as c_int;
    raw.time_base = rational(1, 1);
    raw.thread_count = 1;
    raw.pix_fmt = ff::AVPixelFormat::BGRA;
    raw.flags |= ff::AV_CODEC_FLAG_BITEXACT as c_int;
    context.start(options)?;
    let mut frame = AvFrame::picture(width, height, ff::AVPixelFormat::BGRA)?;
    frame.raw_mut().pts = 0;
    for (row, from) in picture.rgba.chunks_exact(4 * width).enumerate() {
        let to = frame.row_mut(0, row, 4 * width);
        let to = to.ok_or(MediaError::OutOfMemory)?;
        for (to, from) in to.chunks_exact_mut(4).zip(from.chunks_exact(4)) {
            let opacity = if picture.transparent { from[3] } else { 255 };
            let [r, g, b] = match picture.transparent {
                true => [from[0], from[1], from[2]],
                false => [0, 1, 2].map(|index| planes::over_black(from[index], from[3])),
            };
            to.copy_from_slice(&[b, g, r, opacity]);
        }
    }
    let mut packet = AvPacket::new()?;
    // SAFETY: the context is open, frame and packet are live; a null frame begins draining.
    let code = unsafe {
        let sent = ff::avcodec_send_frame(raw, frame.raw());
        match sent {
            0.. => {
                ff::avcodec_send_frame(raw, ptr::null());
                ff::avcodec_receive_packet(raw, packet.raw_mut())
            }
            code => code,
        }
    };
    match code {
        0.. => Ok(packet.bytes().to_vec()),
        code => Err(MediaError::Encoder(reason(code))),
    }
}

pub(crate) fn rational(num: u32, den: u32) -> ff::AVRational {
    ff::AVRational {
        num: num as c_int,
        den: den as c_int,
    }
}

fn text(text: &str) -> Result<CString, MediaError> {
    CString::new(text).map_err(|_| MediaError::OutOfMemory)
}

/// The error of an encoder that is not there.
pub(super) fn without(encoder: &str) -> MediaError {
    MediaError::Encoder(format!(
        "the FFmpeg libraries of this machine were built without the encoder `{encoder}`"
    ))
}

fn check_plane(
    name: &str,
    plane: &[u8],
    stride: usize,
    row: usize,
    rows: usize,
) -> Result<(), MediaError> {
    let needed = stride
        .saturating_mul(rows.saturating_sub(1))
        .saturating_add(row);
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
