use std::{
    path::Path,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use crate::MediaError;

/// Pixels of a picture, or of a video's frame, that are decoded at most where nothing
/// else was said: 8192 by 8192, which is twice an 8K frame.
pub const DEFAULT_MOST_PIXELS: u64 = 8192 * 8192;

static MOST: AtomicU64 = AtomicU64::new(DEFAULT_MOST_PIXELS);

/// Sets how many pixels a picture or a frame may have; larger ones are refused before
/// memory is asked for. For the whole process: what is rendered side by side shares
/// its memory.
pub fn limit_pixels(most: u64) {
    MOST.store(most, Relaxed);
}

/// What decoders are told to refuse: more than what is allowed, because they count
/// pixels beside the picture as well.
pub(crate) fn most_coded_pixels() -> i64 {
    let most = MOST.load(Relaxed).saturating_mul(2).saturating_add(1 << 16);
    i64::try_from(most).unwrap_or(i64::MAX)
}

/// Refuses a picture that is too large to be decoded.
pub(crate) fn check_pixels(path: &Path, width: u32, height: u32) -> Result<(), MediaError> {
    let most = MOST.load(Relaxed);
    if u64::from(width) * u64::from(height) <= most {
        return Ok(());
    }
    Err(MediaError::TooLarge {
        path: path.to_owned(),
        width,
        height,
        most,
    })
}
