use std::{ffi::CStr, sync::LazyLock};

use ffmpeg_sys_the_third as ff;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    // SAFETY: all only read constants of the library; the texts are static and end
    // with a zero.
    let (codec, release, configuration) = unsafe {
        (
            ff::avcodec_version(),
            CStr::from_ptr(ff::av_version_info()).to_string_lossy(),
            CStr::from_ptr(ff::avcodec_configuration()),
        )
    };
    // Another compiler rounds otherwise, and x264 then decides otherwise.
    let build = crc32fast::hash(configuration.to_bytes());
    format!("FFmpeg {release}, libavcodec {codec:#x}, build {build:08x}")
});

/// Names the media libraries in use: equal names decode and encode equally.
pub fn version() -> &'static str {
    &VERSION
}
