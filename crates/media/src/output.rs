use std::{
    ffi::{CString, c_int},
    path::{Path, PathBuf},
    ptr::{self, NonNull},
};

use ffmpeg_sys_the_third as ff;

use crate::{AvPacket, MediaError, error::write_error, input::file_url, log};

/// An MP4 file being written.
pub(crate) struct Output {
    context: NonNull<ff::AVFormatContext>,
    /// The name under which errors speak of it.
    name: PathBuf,
}

// SAFETY: a format context may be used from any one thread at a time.
unsafe impl Send for Output {}

impl Output {
    /// Creates the file at `path`; errors call it `name`.
    pub(crate) fn create(path: &Path, name: &Path) -> Result<Self, MediaError> {
        crate::set_quiet();
        log::forget();
        let url = file_url(path)?;
        let mut context = ptr::null_mut();
        // SAFETY: the names end with a zero; null means no memory or no such muxer.
        unsafe {
            ff::avformat_alloc_output_context2(
                &mut context,
                ptr::null(),
                c"mp4".as_ptr(),
                url.as_ptr(),
            );
        }
        let mut output = Self {
            context: NonNull::new(context).ok_or(MediaError::OutOfMemory)?,
            name: name.to_owned(),
        };
        let raw = output.raw_mut();
        // Nothing about the library's version or the time in the file.
        raw.flags |= ff::AVFMT_FLAG_BITEXACT;
        // SAFETY: the address ends with a zero and the context has no file yet.
        let code = unsafe { ff::avio_open(&mut raw.pb, url.as_ptr(), ff::AVIO_FLAG_WRITE) };
        output.check(code)?;
        Ok(output)
    }

    fn raw_mut(&mut self) -> &mut ff::AVFormatContext {
        // SAFETY: the context is owned by self alone.
        unsafe { self.context.as_mut() }
    }

    fn check(&self, code: c_int) -> Result<(), MediaError> {
        if code < 0 {
            return Err(write_error(&self.name, code));
        }
        Ok(())
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
            code
        };
        self.check(code)
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
        self.check(code)?;
        self.check(self.file_fault())
    }

    /// Writes the index and closes the file.
    pub(crate) fn end(&mut self) -> Result<(), MediaError> {
        // SAFETY: the head was written; the file is flushed before its state is read.
        let code = unsafe {
            let code = ff::av_write_trailer(self.context.as_ptr());
            ff::avio_flush(self.raw_mut().pb);
            code
        };
        self.check(code)?;
        self.check(self.file_fault())?;
        // SAFETY: the file is open, and null afterwards.
        let code = unsafe { ff::avio_closep(&mut self.raw_mut().pb) };
        self.check(code)
    }

    /// The first fault that writing to the file met; 0 for none.
    fn file_fault(&self) -> c_int {
        // SAFETY: `pb` is null or an open file.
        unsafe { self.context.as_ref().pb.as_ref() }.map_or(0, |file| file.error)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // SAFETY: the file is open or null; the context is freed once.
        unsafe {
            let context = self.context.as_ptr();
            ff::avio_closep(&mut (*context).pb);
            ff::avformat_free_context(context);
        }
    }
}
