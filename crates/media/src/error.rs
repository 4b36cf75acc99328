use std::{
    ffi::{c_char, c_int},
    io,
    path::{Path, PathBuf},
};

use ffmpeg_sys_the_third as ff;

use crate::log;

/// Why a media file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// No file has this name.
    #[error("`{}` does not exist", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file stands there but the system does not let it be read.
    #[error("`{}` cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file has no bytes, as after an interrupted download.
    #[error("`{}` is empty (0 bytes)", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The bytes are no picture, video or sound in a format known here.
    #[error("`{}` is not a picture, video or sound file: {reason}", path.display())]
    NotMedia {
        /// The file.
        path: PathBuf,
        /// What the decoder said.
        reason: String,
    },
    /// A media file of a known format whose bytes end too early.
    #[error("`{}` is cut short: {reason}; copy or download it again", path.display())]
    Truncated {
        /// The file.
        path: PathBuf,
        /// What is missing.
        reason: String,
    },
    /// A picture, or a frame of a video, that would take too much memory.
    #[error(
        "`{}` has {width}x{height} pixels, and at most {most} are decoded (--max-picture; in Lambda the function's memory)",
        path.display()
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// How many pixels may be decoded in all.
        most: u64,
    },
    /// The file has no moving picture.
    #[error("`{}` has no video stream", path.display())]
    NoVideo {
        /// The file.
        path: PathBuf,
    },
    /// The file has no sound.
    #[error("`{}` has no audio stream", path.display())]
    NoAudio {
        /// The file.
        path: PathBuf,
    },
    /// The file is in order but its compression is not known here.
    #[error("`{}` is compressed as `{codec}`, for which there is no decoder", path.display())]
    NoDecoder {
        /// The file.
        path: PathBuf,
        /// The name of the compression.
        codec: String,
    },
    /// The file opened, but its content could not be decoded.
    #[error("`{}` could not be decoded: {reason}", path.display())]
    Decode {
        /// The file.
        path: PathBuf,
        /// What the decoder said.
        reason: String,
    },
    /// Settings that no encoder or reader accepts.
    #[error("{0}")]
    Settings(String),
    /// The encoder failed.
    #[error("encoding failed: {0}")]
    Encoder(String),
    /// The disk that holds the output is full.
    #[error("no space is left on the disk for `{}`", path.display())]
    DiskFull {
        /// The output file.
        path: PathBuf,
    },
    /// The system lets no file become as large as the output.
    #[error(
        "`{}` would be larger than this system lets a file be; raise the limit (`ulimit -f`) or write to another disk",
        path.display()
    )]
    Outgrown {
        /// The output file.
        path: PathBuf,
    },
    /// Another render makes the same files.
    #[error("another render is at work on `{}`; wait for its end, or choose another name", path.display())]
    Busy {
        /// The output file.
        path: PathBuf,
    },
    /// The output cannot be created or written where it was asked for.
    #[error("`{}` cannot be written", path.display())]
    Unwritable {
        /// The output file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The packets do not form a film that can be written.
    #[error("`{}` could not be put together: {reason}", path.display())]
    Mux {
        /// The output file.
        path: PathBuf,
        /// What the muxer said.
        reason: String,
    },
    /// Memory ran out inside the media libraries.
    #[error("the media libraries ran out of memory")]
    OutOfMemory,
}

impl MediaError {
    /// Whether the source could not be read for a reason that may pass.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unreadable { source, .. } if source.kind() == io::ErrorKind::TimedOut)
    }
}

/// What FFmpeg says about a return code: its last message, else the code's own text.
pub(crate) fn reason(code: c_int) -> String {
    log::take().unwrap_or_else(|| code_text(code))
}

fn code_text(code: c_int) -> String {
    let mut text = [0 as c_char; 128];
    // SAFETY: the buffer is writable for the length passed; av_strerror ends it with a zero.
    let text = unsafe {
        ff::av_strerror(code, text.as_mut_ptr(), text.len());
        std::ffi::CStr::from_ptr(text.as_ptr())
    };
    text.to_string_lossy().into_owned()
}

/// The error of a file that could not be written, from an FFmpeg return code.
pub(crate) fn write_error(path: &Path, code: c_int) -> MediaError {
    let path = path.to_owned();
    let reason = reason(code);
    match system_error(code) {
        Some(source) => io_write_error(&path, source),
        None => MediaError::Mux { path, reason },
    }
}

/// The error of a file that could not be written, from the system's own error.
pub(crate) fn io_write_error(path: &Path, source: io::Error) -> MediaError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => MediaError::DiskFull { path },
        io::ErrorKind::FileTooLarge => MediaError::Outgrown { path },
        _ => MediaError::Unwritable { path, source },
    }
}

/// The system error inside an FFmpeg return code, if it is one.
fn system_error(code: c_int) -> Option<io::Error> {
    // EINVAL is what FFmpeg itself returns for bad arguments; errno values end well below 4096.
    (-4096 < code && code < 0 && code != -22).then(|| io::Error::from_raw_os_error(-code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart_from_a_forbidden_file() {
        let path = Path::new("film.mp4");
        assert_eq!(
            write_error(path, -28).to_string(),
            "no space is left on the disk for `film.mp4`"
        );
        assert!(matches!(
            write_error(path, -27),
            MediaError::Outgrown { .. }
        ));
        let forbidden = write_error(path, -13);
        assert_eq!(forbidden.to_string(), "`film.mp4` cannot be written");
        assert!(matches!(forbidden, MediaError::Unwritable { source, .. }
            if source.kind() == io::ErrorKind::PermissionDenied));
        assert!(matches!(
            write_error(path, ff::AVERROR_INVALIDDATA),
            MediaError::Mux { .. }
        ));
    }
}
