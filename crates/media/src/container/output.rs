use std::{
    ffi::{CStr, CString, c_int, c_void},
    io,
    path::PathBuf,
    ptr::{self, NonNull},
};

use ffmpeg_sys_the_third as ff;

use super::{HeadSink, index};
use crate::{
    AvPacket, MediaError,
    error::{io_write_error, write_error},
    log,
};

/// Bytes that FFmpeg gathers before it hands them over.
const BUFFER: usize = 1 << 18;

/// A file being written by one of FFmpeg's muxers.
pub(crate) struct Output {
    context: NonNull<ff::AVFormatContext>,
    /// Owned by self, lent to FFmpeg while the file is open.
    parts: NonNull<Parts>,
    /// The name under which errors speak of it.
    name: PathBuf,
    order: Order,
    /// Streams that begin before 0, and by how many samples; see [`Output::leads`].
    leads: Vec<(usize, i64)>,
    /// Whether the muxer takes times of what is heard for those that it is to write.
    plain_times: bool,
}

/// In which order a muxer's file comes about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// What the muxer writes last is an index that belongs in front.
    IndexFirst,
    /// The muxer writes over its head at the end.
    HeadLast,
    /// From the beginning to the end.
    Straight,
}

// SAFETY: a format context may be used from any one thread at a time.
unsafe impl Send for Output {}

impl Output {
    /// Begins a file that goes to `sink`.
    pub(crate) fn create(
        muxer: &CStr,
        order: Order,
        sink: Box<dyn HeadSink>,
    ) -> Result<Self, MediaError> {
        crate::set_quiet();
        log::forget();
        let name = sink.name().to_owned();
        let mut context = ptr::null_mut();
        // SAFETY: the name ends with a zero; null means no memory or no such muxer.
        unsafe {
            ff::avformat_alloc_output_context2(
                &mut context,
                ptr::null(),
                muxer.as_ptr(),
                ptr::null(),
            );
        }
        let context = NonNull::new(context).ok_or_else(|| {
            MediaError::Encoder(format!(
                "the FFmpeg libraries of this machine were built without the muxer `{}`",
                muxer.to_string_lossy()
            ))
        })?;
        let parts = NonNull::from(Box::leak(Box::new(Parts::new(sink))));
        let mut output = Self {
            context,
            parts,
            name,
            order,
            leads: Vec::new(),
            plain_times: muxer == c"webm" && version() < TOLD_APART,
        };
        let raw = output.raw_mut();
        // Nothing about the library's version or the time in the file.
        raw.flags |= ff::AVFMT_FLAG_BITEXACT | ff::AVFMT_FLAG_CUSTOM_IO;
        raw.pb = open(parts)?;
        if order == Order::Straight {
            // SAFETY: the file was just opened and is nobody else's.
            unsafe { (*raw.pb).seekable = 0 };
        }
        Ok(output)
    }

    pub(super) fn raw_mut(&mut self) -> &mut ff::AVFormatContext {
        // SAFETY: the context is owned by self alone.
        unsafe { self.context.as_mut() }
    }

    fn parts_mut(&mut self) -> &mut Parts {
        // SAFETY: the parts is owned by self; FFmpeg touches it only inside calls that
        // borrow self.
        unsafe { self.parts.as_mut() }
    }

    fn check(&mut self, code: c_int) -> Result<(), MediaError> {
        if let Some(fault) = self.parts_mut().fault.take() {
            return Err(io_write_error(&self.name, fault));
        }
        if code < 0 {
            return Err(write_error(&self.name, code));
        }
        Ok(())
    }

    /// The error of a file that cannot be put together.
    pub(crate) fn broken(&self, reason: &str) -> MediaError {
        MediaError::Mux {
            path: self.name.clone(),
            reason: reason.to_owned(),
        }
    }

    /// Adds a stream, set up by `describe`.
    pub(crate) fn add(
        &mut self,
        describe: impl FnOnce(&mut ff::AVStream, &mut ff::AVCodecParameters) -> Result<(), MediaError>,
    ) -> Result<usize, MediaError> {
        // SAFETY: the context is live; a new stream always has parameters.
        unsafe {
            let stream = ff::avformat_new_stream(self.context.as_ptr(), ptr::null())
                .as_mut()
                .ok_or(MediaError::OutOfMemory)?;
            let parameters = &mut *stream.codecpar;
            describe(stream, parameters)?;
            Ok(stream.index as usize)
        }
    }

    /// A stream of sound begins so many samples before 0.
    ///
    /// Matroska's times are of what is decoded, from 0 on, and the head tells what is not
    /// heard of it (`CodecDelay`). Older muxers write the times that they are given.
    pub(crate) fn leads(&mut self, stream: usize, samples: i64) {
        if self.plain_times {
            self.leads.push((stream, samples));
        }
    }

    /// Writes the file's head; streams cannot be added any more.
    pub(crate) fn begin(&mut self, options: &[(&str, String)]) -> Result<(), MediaError> {
        let mut dictionary = ptr::null_mut();
        for (name, value) in options {
            let text = |text: &str| CString::new(text).map_err(|_| MediaError::OutOfMemory);
            let (name, value) = (text(name)?, text(value)?);
            // SAFETY: both texts end with a zero and are copied.
            unsafe { ff::av_dict_set(&mut dictionary, name.as_ptr(), value.as_ptr(), 0) };
        }
        // SAFETY: the context is live; the dictionary is freed here.
        let code = unsafe {
            let code = ff::avformat_write_header(self.context.as_ptr(), &mut dictionary);
            ff::av_dict_free(&mut dictionary);
            ff::avio_flush(self.raw_mut().pb);
            code
        };
        self.check(code)?;
        let straight = self.order == Order::Straight;
        let begun = self.parts_mut().begin_body(straight);
        begun.map_err(|fault| io_write_error(&self.name, fault))
    }

    /// Writes a packet whose times are in ticks of `time_base`; packets of different
    /// streams are put in order of time.
    pub(crate) fn write(
        &mut self,
        packet: &mut AvPacket,
        stream: usize,
        time_base: ff::AVRational,
    ) -> Result<(), MediaError> {
        let raw = packet.raw_mut();
        raw.stream_index = stream as c_int;
        if let Some((_, samples)) = self.leads.iter().find(|lead| lead.0 == stream) {
            raw.pts += samples;
            raw.dts += samples;
        }
        // SAFETY: the stream exists; the muxer takes over the packet's data.
        let code = unsafe {
            let context = self.context.as_ptr();
            let to = (**(*context).streams.add(stream)).time_base;
            ff::av_packet_rescale_ts(raw, time_base, to);
            ff::av_interleaved_write_frame(context, raw)
        };
        self.check(code)
    }

    /// Writes the index, puts it in its place, lets `mend` change the head, and gives the
    /// file its name. Returns its
    /// size in bytes.
    pub(crate) fn end(&mut self, mend: impl FnOnce(&mut Vec<u8>)) -> Result<u64, MediaError> {
        // SAFETY: the head was written; a null packet writes those held back.
        let code = unsafe {
            let code = ff::av_interleaved_write_frame(self.context.as_ptr(), ptr::null_mut());
            ff::avio_flush(self.raw_mut().pb);
            code
        };
        self.check(code)?;
        self.parts_mut().begin_index();
        // SAFETY: the head was written; the file is flushed before its state is read.
        let code = unsafe {
            let code = ff::av_write_trailer(self.context.as_ptr());
            ff::avio_flush(self.raw_mut().pb);
            code
        };
        self.check(code)?;
        let index_first = self.order == Order::IndexFirst;
        let parts = self.parts_mut();
        let finished = if index_first {
            let Some(head) = index::head(&parts.head, &parts.index) else {
                return Err(self.broken("the muxer wrote no index that can be moved"));
            };
            parts.sink.finish(&head)
        } else {
            mend(&mut parts.head);
            let appended = parts.sink.append(&parts.index);
            appended.and_then(|()| parts.sink.finish(&parts.head))
        };
        finished.map_err(|fault| io_write_error(&self.name, fault))
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // SAFETY: buffer, file and context are freed once, the parts after all that
        // might use it.
        unsafe {
            let context = self.context.as_ptr();
            if let Some(file) = (*context).pb.as_mut() {
                ff::av_freep((&raw mut file.buffer).cast());
                ff::avio_context_free(&mut (*context).pb);
            }
            ff::avformat_free_context(context);
            drop(Box::from_raw(self.parts.as_ptr()));
        }
    }
}

/// The first major version of libavformat that is known to tell the times of what is decoded
/// from those of what is heard (FFmpeg 7).
const TOLD_APART: u32 = 61;

/// The major version of libavformat.
fn version() -> u32 {
    // SAFETY: it only gives a number.
    unsafe { ff::avformat_version() >> 16 }
}

/// An open file of FFmpeg that writes to the parts.
fn open(parts: NonNull<Parts>) -> Result<*mut ff::AVIOContext, MediaError> {
    // SAFETY: FFmpeg owns the buffer from here on. The type of the bytes written is
    // `const` from FFmpeg 7 on and not before; both are passed alike.
    unsafe {
        let buffer = ff::av_malloc(BUFFER).cast::<u8>();
        if buffer.is_null() {
            return Err(MediaError::OutOfMemory);
        }
        #[allow(clippy::missing_transmute_annotations)]
        let write = std::mem::transmute(write_parts as *const ());
        let file = ff::avio_alloc_context(
            buffer,
            BUFFER as c_int,
            1,
            parts.as_ptr().cast(),
            None,
            Some(write),
            Some(seek_parts),
        );
        if file.is_null() {
            ff::av_free(buffer.cast());
            return Err(MediaError::OutOfMemory);
        }
        Ok(file)
    }
}

/// What FFmpeg writes, taken apart: the head and the index stay in memory, all that
/// lies between them goes on to the sink.
struct Parts {
    sink: Box<dyn HeadSink>,
    position: u64,
    head: Vec<u8>,
    index: Vec<u8>,
    /// Where the pictures begin, once the head is written.
    body: Option<u64>,
    /// Where the index begins, once the pictures are written.
    end: Option<u64>,
    /// What the sink could not do.
    fault: Option<io::Error>,
}

impl Parts {
    fn new(sink: Box<dyn HeadSink>) -> Self {
        Self {
            sink,
            position: 0,
            head: Vec::new(),
            index: Vec::new(),
            body: None,
            end: None,
            fault: None,
        }
    }

    /// The head is written; if it is the `whole` of it, a sink that hands bytes on may have it now.
    fn begin_body(&mut self, whole: bool) -> io::Result<()> {
        self.body = Some(self.head.len() as u64);
        if whole && self.sink.begin(&self.head)? {
            self.head.clear();
        }
        Ok(())
    }

    fn begin_index(&mut self) {
        self.end = Some(self.position);
    }

    /// Takes what FFmpeg writes at its position.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let at = self.position;
        self.position += bytes.len() as u64;
        match (self.body, self.end) {
            (Some(_), Some(end)) if at >= end => {
                overwrite(&mut self.index, (at - end) as usize, bytes);
                Ok(())
            }
            (Some(body), None) if at >= body => self.sink.append(bytes),
            (Some(body), _) if self.position > body => Err(io::Error::other(
                "the muxer wrote over pictures that are stored",
            )),
            _ => {
                overwrite(&mut self.head, at as usize, bytes);
                Ok(())
            }
        }
    }
}

fn overwrite(buffer: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let end = at + bytes.len();
    if buffer.len() < end {
        buffer.resize(end, 0);
    }
    buffer[at..end].copy_from_slice(bytes);
}

/// Called by FFmpeg to write.
extern "C" fn write_parts(parts: *mut c_void, bytes: *const u8, count: c_int) -> c_int {
    // SAFETY: FFmpeg passes the parts that the file was opened with, which outlives
    // the file and is not borrowed meanwhile, and `count` readable bytes.
    let (parts, bytes) = unsafe {
        let count = usize::try_from(count).unwrap_or(0);
        (
            &mut *parts.cast::<Parts>(),
            std::slice::from_raw_parts(bytes, count),
        )
    };
    match parts.write(bytes) {
        Ok(()) => count,
        Err(fault) => {
            parts.fault.get_or_insert(fault);
            ff::AVERROR(EIO)
        }
    }
}

/// Called by FFmpeg to go to another place.
extern "C" fn seek_parts(parts: *mut c_void, offset: i64, whence: c_int) -> i64 {
    // SAFETY: as for writing.
    let parts = unsafe { &mut *parts.cast::<Parts>() };
    match u64::try_from(offset) {
        Ok(place) if whence == SEEK_SET => {
            parts.position = place;
            offset
        }
        _ => i64::from(ff::AVERROR(EINVAL)),
    }
}

/// Input or output error, as the system numbers it.
const EIO: c_int = 5;
/// Invalid argument, as the system numbers it.
const EINVAL: c_int = 22;
/// From the start of the file.
const SEEK_SET: c_int = 0;
