use std::ptr::NonNull;

use ffmpeg_sys_the_third as ff;

use crate::MediaError;

/// An owned reference to decoded picture or sound data.
pub(crate) struct AvFrame(NonNull<ff::AVFrame>);

// SAFETY: the buffers behind a frame are counted atomically, and a frame that is
// only read may be read from any thread.
unsafe impl Send for AvFrame {}
// SAFETY: as above; writing needs `&mut`.
unsafe impl Sync for AvFrame {}

impl AvFrame {
    /// A frame without data.
    pub(crate) fn new() -> Result<Self, MediaError> {
        // SAFETY: no precondition; null means no memory.
        NonNull::new(unsafe { ff::av_frame_alloc() })
            .map(Self)
            .ok_or(MediaError::OutOfMemory)
    }

    /// Another reference to the same data.
    pub(crate) fn share(&self) -> Result<Self, MediaError> {
        // SAFETY: the pointer is a live frame.
        NonNull::new(unsafe { ff::av_frame_clone(self.0.as_ptr()) })
            .map(Self)
            .ok_or(MediaError::OutOfMemory)
    }

    pub(crate) fn raw(&self) -> &ff::AVFrame {
        // SAFETY: the pointer is a live frame owned by self.
        unsafe { self.0.as_ref() }
    }

    pub(crate) fn raw_mut(&mut self) -> &mut ff::AVFrame {
        // SAFETY: the pointer is a live frame owned by self alone.
        unsafe { self.0.as_mut() }
    }

    /// Lets go of the data.
    pub(crate) fn clear(&mut self) {
        // SAFETY: the pointer is a live frame.
        unsafe { ff::av_frame_unref(self.0.as_ptr()) }
    }

    pub(crate) fn width(&self) -> usize {
        self.raw().width.max(0) as usize
    }

    pub(crate) fn height(&self) -> usize {
        self.raw().height.max(0) as usize
    }

    pub(crate) fn format(&self) -> ff::AVPixelFormat {
        ff::AVPixelFormat(self.raw().format)
    }

    /// The bytes from the first of plane `index` to the last of its `rows`
    /// (each `row` bytes long), and the distance between rows.
    /// `None` when the plane does not exist or is stored bottom up.
    pub(crate) fn plane(&self, index: usize, row: usize, rows: usize) -> Option<(&[u8], usize)> {
        let frame = self.raw();
        let (data, stride) = (frame.data[index], frame.linesize[index]);
        let stride = usize::try_from(stride).ok().filter(|&s| s >= row)?;
        if data.is_null() || rows == 0 {
            return None;
        }
        let length = stride * (rows - 1) + row;
        // SAFETY: FFmpeg allocates at least `linesize * rows` bytes per plane of a
        // picture with `rows` rows, and nothing writes while `&self` lives.
        Some((unsafe { std::slice::from_raw_parts(data, length) }, stride))
    }
}

impl Drop for AvFrame {
    fn drop(&mut self) {
        let mut frame = self.0.as_ptr();
        // SAFETY: the frame is owned by self and freed once.
        unsafe { ff::av_frame_free(&mut frame) }
    }
}
