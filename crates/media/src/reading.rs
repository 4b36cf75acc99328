use std::{
    ffi::{c_int, c_void},
    io::{self, Read as _, Seek as _, SeekFrom},
    ptr::NonNull,
    sync::Arc,
};

use ffmpeg_sys_the_third as ff;

use crate::{Blocks, MediaError, blocks::Cursor};

/// Bytes that FFmpeg takes at once, as of a file.
const BUFFER: usize = 1 << 15;

/// An open file of FFmpeg that reads from blocks.
pub(crate) struct Reading {
    file: NonNull<ff::AVIOContext>,
    /// Owned by self, lent to FFmpeg while the file is open.
    state: NonNull<State>,
}

// SAFETY: file and state may be used from any one thread at a time.
unsafe impl Send for Reading {}

struct State {
    cursor: Cursor,
    /// What the source could not do.
    fault: Option<io::Error>,
}

impl Reading {
    /// Opens the blocks from their start.
    pub(crate) fn open(blocks: &Arc<Blocks>) -> Result<Self, MediaError> {
        let state = State {
            cursor: Cursor::new(blocks.clone()),
            fault: None,
        };
        // SAFETY: FFmpeg owns the buffer from here on; the state is freed when this fails.
        unsafe {
            let buffer = ff::av_malloc(BUFFER).cast::<u8>();
            if buffer.is_null() {
                return Err(MediaError::OutOfMemory);
            }
            let state = NonNull::from(Box::leak(Box::new(state)));
            let file = ff::avio_alloc_context(
                buffer,
                BUFFER as c_int,
                0,
                state.as_ptr().cast(),
                Some(read_blocks),
                None,
                Some(seek_blocks),
            );
            match NonNull::new(file) {
                Some(file) => Ok(Self { file, state }),
                None => {
                    ff::av_free(buffer.cast());
                    drop(Box::from_raw(state.as_ptr()));
                    Err(MediaError::OutOfMemory)
                }
            }
        }
    }

    /// The file as a format context takes it; it must not be used after self is dropped.
    pub(crate) fn raw(&self) -> *mut ff::AVIOContext {
        self.file.as_ptr()
    }

    /// What the source could not do since the last call.
    pub(crate) fn fault(&mut self) -> Option<io::Error> {
        // SAFETY: FFmpeg touches the state only inside of calls that read.
        unsafe { self.state.as_mut() }.fault.take()
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        // SAFETY: buffer, file and state are freed once, the state after all that might
        // use it. FFmpeg may have exchanged the buffer meanwhile.
        unsafe {
            let mut file = self.file.as_ptr();
            ff::av_freep((&raw mut (*file).buffer).cast());
            ff::avio_context_free(&mut file);
            drop(Box::from_raw(self.state.as_ptr()));
        }
    }
}

/// Called by FFmpeg to read.
extern "C" fn read_blocks(state: *mut c_void, bytes: *mut u8, count: c_int) -> c_int {
    // SAFETY: FFmpeg passes the state that the file was opened with, which outlives the
    // file and is not borrowed meanwhile, and `count` bytes that may be written.
    let (state, bytes) = unsafe {
        let count = usize::try_from(count).unwrap_or(0);
        (
            &mut *state.cast::<State>(),
            std::slice::from_raw_parts_mut(bytes, count),
        )
    };
    match state.cursor.read(bytes) {
        Ok(0) => ff::AVERROR_EOF,
        Ok(count) => count as c_int,
        Err(fault) => {
            state.fault.get_or_insert(fault);
            ff::AVERROR(EIO)
        }
    }
}

/// Called by FFmpeg to go to another place, or to learn the length.
extern "C" fn seek_blocks(state: *mut c_void, offset: i64, whence: c_int) -> i64 {
    // SAFETY: as for reading.
    let state = unsafe { &mut *state.cast::<State>() };
    let refused = i64::from(ff::AVERROR(EINVAL));
    match (whence & !ff::AVSEEK_FORCE, u64::try_from(offset)) {
        (AVSEEK_SIZE, _) => i64::try_from(state.cursor.length()).unwrap_or(refused),
        (SEEK_SET, Ok(place)) => match state.cursor.seek(SeekFrom::Start(place)) {
            Ok(_) => offset,
            Err(_) => refused,
        },
        _ => refused,
    }
}

/// Input or output error, as the system numbers it.
const EIO: c_int = 5;
/// Invalid argument, as the system numbers it.
const EINVAL: c_int = 22;
/// From the start of the file.
const SEEK_SET: c_int = 0;
/// Asks for the length.
const AVSEEK_SIZE: c_int = ff::AVSEEK_SIZE;
