use std::{
    ffi::{CString, c_int, c_void},
    io,
    path::PathBuf,
    ptr::{self, NonNull},
};

use ffmpeg_sys_the_third as ff;

use crate::{
    AvPacket, MediaError, Mp4Sink,
    error::{io_write_error, write_error},
    index, log,
};

/// Bytes that FFmpeg gathers before it hands them over.
const BUFFER: usize = 1 << 18;

/// An MP4 file being written.
pub(crate) struct Output {
    context: NonNull<ff::AVFormatContext>,
    /// Owned by self, lent to FFmpeg while the file is open.
    tape: NonNull<Tape>,
    /// The name under which errors speak of it.
    name: PathBuf,
}

// SAFETY: a format context may be used from any one thread at a time.
unsafe impl Send for Output {}

impl Output {
    /// Begins a file that goes to `sink`.
    pub(crate) fn create(sink: Box<dyn Mp4Sink>) -> Result<Self, MediaError> {
        crate::set_quiet();
        log::forget();
        let name = sink.name().to_owned();
        let mut context = ptr::null_mut();
        // SAFETY: the name ends with a zero; null means no memory or no such muxer.
        unsafe {
            ff::avformat_alloc_output_context2(
                &mut context,
                ptr::null(),
                c"mp4".as_ptr(),
                ptr::null(),
            );
        }
        let context = NonNull::new(context).ok_or(MediaError::OutOfMemory)?;
        let tape = NonNull::from(Box::leak(Box::new(Tape::new(sink))));
        let mut output = Self {
            context,
            tape,
            name,
        };
        let raw = output.raw_mut();
        // Nothing about the library's version or the time in the file.
        raw.flags |= ff::AVFMT_FLAG_BITEXACT | ff::AVFMT_FLAG_CUSTOM_IO;
        raw.pb = open(tape)?;
        Ok(output)
    }

    fn raw_mut(&mut self) -> &mut ff::AVFormatContext {
        // SAFETY: the context is owned by self alone.
        unsafe { self.context.as_mut() }
    }

    fn tape_mut(&mut self) -> &mut Tape {
        // SAFETY: the tape is owned by self; FFmpeg touches it only inside calls that
        // borrow self.
        unsafe { self.tape.as_mut() }
    }

    fn check(&mut self, code: c_int) -> Result<(), MediaError> {
        if let Some(fault) = self.tape_mut().fault.take() {
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

    /// Writes the file's head; streams cannot be added any more.
    pub(crate) fn begin(&mut self, options: &[(&str, &str)]) -> Result<(), MediaError> {
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
        self.tape_mut().begin_body();
        Ok(())
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
        // SAFETY: the stream exists; the muxer takes over the packet's data.
        let code = unsafe {
            let context = self.context.as_ptr();
            let to = (**(*context).streams.add(stream)).time_base;
            ff::av_packet_rescale_ts(raw, time_base, to);
            ff::av_interleaved_write_frame(context, raw)
        };
        self.check(code)
    }

    /// Writes the index, puts it in front and gives the file its name. Returns its
    /// size in bytes.
    pub(crate) fn end(&mut self) -> Result<u64, MediaError> {
        // SAFETY: the head was written; a null packet writes those held back.
        let code = unsafe {
            let code = ff::av_interleaved_write_frame(self.context.as_ptr(), ptr::null_mut());
            ff::avio_flush(self.raw_mut().pb);
            code
        };
        self.check(code)?;
        self.tape_mut().begin_index();
        // SAFETY: the head was written; the file is flushed before its state is read.
        let code = unsafe {
            let code = ff::av_write_trailer(self.context.as_ptr());
            ff::avio_flush(self.raw_mut().pb);
            code
        };
        self.check(code)?;
        let tape = self.tape_mut();
        let Some(head) = index::head(&tape.head, &tape.index) else {
            return Err(self.broken("the muxer wrote no index that can be moved"));
        };
        let finished = tape.sink.finish(&head);
        finished.map_err(|fault| io_write_error(&self.name, fault))
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // SAFETY: buffer, file and context are freed once, the tape after all that
        // might use it.
        unsafe {
            let context = self.context.as_ptr();
            if let Some(file) = (*context).pb.as_mut() {
                ff::av_freep((&raw mut file.buffer).cast());
                ff::avio_context_free(&mut (*context).pb);
            }
            ff::avformat_free_context(context);
            drop(Box::from_raw(self.tape.as_ptr()));
        }
    }
}

/// An open file of FFmpeg that writes to the tape.
fn open(tape: NonNull<Tape>) -> Result<*mut ff::AVIOContext, MediaError> {
    // SAFETY: FFmpeg owns the buffer from here on. The type of the bytes written is
    // `const` from FFmpeg 7 on and not before; both are passed alike.
    unsafe {
        let buffer = ff::av_malloc(BUFFER).cast::<u8>();
        if buffer.is_null() {
            return Err(MediaError::OutOfMemory);
        }
        #[allow(clippy::missing_transmute_annotations)]
        let write = std::mem::transmute(write_tape as *const ());
        let file = ff::avio_alloc_context(
            buffer,
            BUFFER as c_int,
            1,
            tape.as_ptr().cast(),
            None,
            Some(write),
            Some(seek_tape),
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
struct Tape {
    sink: Box<dyn Mp4Sink>,
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

impl Tape {
    fn new(sink: Box<dyn Mp4Sink>) -> Self {
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

    fn begin_body(&mut self) {
        self.body = Some(self.head.len() as u64);
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
extern "C" fn write_tape(tape: *mut c_void, bytes: *const u8, count: c_int) -> c_int {
    // SAFETY: FFmpeg passes the tape that the file was opened with, which outlives
    // the file and is not borrowed meanwhile, and `count` readable bytes.
    let (tape, bytes) = unsafe {
        let count = usize::try_from(count).unwrap_or(0);
        (
            &mut *tape.cast::<Tape>(),
            std::slice::from_raw_parts(bytes, count),
        )
    };
    match tape.write(bytes) {
        Ok(()) => count,
        Err(fault) => {
            tape.fault.get_or_insert(fault);
            ff::AVERROR(EIO)
        }
    }
}

/// Called by FFmpeg to go to another place.
extern "C" fn seek_tape(tape: *mut c_void, offset: i64, whence: c_int) -> i64 {
    // SAFETY: as for writing.
    let tape = unsafe { &mut *tape.cast::<Tape>() };
    match u64::try_from(offset) {
        Ok(place) if whence == SEEK_SET => {
            tape.position = place;
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
