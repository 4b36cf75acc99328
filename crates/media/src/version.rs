use std::{ffi::CStr, sync::LazyLock};

use ffmpeg_sys_the_third as ff;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    // SAFETY: both only read constants of the library; the text is static and ends
    // with a zero.
    let (codec, release) = unsafe {
        (
            ff::avcodec_version(),
            CStr::from_ptr(ff::av_version_info()).to_string_lossy(),
        )
    };
    format!("FFmpeg {release}, libavcodec {codec:#x}")
});

/// Names the media libraries in use: equal names decode and encode equally.
pub fn version() -> &'static str {
    &VERSION
}
