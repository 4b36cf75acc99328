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

    /// A picture with fresh, unset planes.
    pub(crate) fn picture(
        width: usize,
        height: usize,
        format: ff::AVPixelFormat,
    ) -> Result<Self, MediaError> {
        let mut frame = Self::new()?;
        let side = |length: usize| i32::try_from(length).map_err(|_| MediaError::OutOfMemory);
        frame.raw_mut().width = side(width)?;
        frame.raw_mut().height = side(height)?;
        frame.raw_mut().format = format.0;
        // SAFETY: the frame is live and empty, its size and format are set.
        match unsafe { ff::av_frame_get_buffer(frame.raw_mut(), 0) } {
            0.. => Ok(frame),
            _ => Err(MediaError::OutOfMemory),
        }
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

    /// The first `bytes` bytes of a plane's row, of a picture made by [`AvFrame::picture`]
    /// that has not been shared. `None` when there is no such row.
    pub(crate) fn row_mut(&mut self, index: usize, row: usize, bytes: usize) -> Option<&mut [u8]> {
        let frame = self.raw_mut();
        let stride = usize::try_from(frame.linesize[index]).ok()?;
        let data = frame.data[index];
        if data.is_null() || bytes > stride || row >= frame.height.max(0) as usize {
            return None;
        }
        // SAFETY: planes have at most `height` rows of `linesize` bytes, callers ask for
        // rows that the plane has, and the buffer belongs to this frame alone.
        Some(unsafe { std::slice::from_raw_parts_mut(data.add(row * stride), bytes) })
    }
}

impl Drop for AvFrame {
    fn drop(&mut self) {
        let mut frame = self.0.as_ptr();
        // SAFETY: the frame is owned by self and freed once.
        unsafe { ff::av_frame_free(&mut frame) }
    }
}
