use std::ffi::CStr;

use ffmpeg_sys_the_third as ff;

/// A part of FFmpeg that films may need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FfmpegPart {
    /// Its name in FFmpeg.
    pub name: &'static str,
    /// What it is needed for.
    pub purpose: &'static str,
    /// Whether it is there.
    pub present: bool,
}

/// What a part is in FFmpeg.
enum Kind {
    Encoder,
    Decoder,
    Filter,
}

const PARTS: [(Kind, &CStr, &str); 22] = [
    (Kind::Encoder, c"libx264", "to write H.264"),
    (Kind::Encoder, c"aac", "to write sound"),
    (Kind::Encoder, c"libvpx-vp9", "to write WebM"),
    (Kind::Encoder, c"prores_ks", "to write ProRes"),
    (Kind::Encoder, c"libopus", "to write Opus"),
    (Kind::Encoder, c"libmp3lame", "to write MP3"),
    (Kind::Encoder, c"libwebp", "to write WebP"),
    (Kind::Decoder, c"h264", "to read H.264"),
    (Kind::Decoder, c"hevc", "to read H.265"),
    (Kind::Decoder, c"vp8", "to read VP8"),
    (Kind::Decoder, c"vp9", "to read VP9"),
    (
        Kind::Decoder,
        c"libvpx-vp9",
        "to read VP9 with transparency",
    ),
    (Kind::Decoder, c"libdav1d", "to read AV1"),
    (Kind::Decoder, c"prores", "to read ProRes"),
    (Kind::Decoder, c"mjpeg", "to read JPEG"),
    (Kind::Decoder, c"aac", "to read AAC"),
    (Kind::Decoder, c"mp3float", "to read MP3"),
    (Kind::Decoder, c"opus", "to read Opus"),
    (Kind::Decoder, c"vorbis", "to read Vorbis"),
    (Kind::Decoder, c"flac", "to read FLAC"),
    (Kind::Decoder, c"pcm_s16le", "to read WAV"),
    (Kind::Filter, c"atempo", "to play sound faster or slower"),
];

/// What of FFmpeg films may need, and whether the libraries in use have it.
pub fn ffmpeg_parts() -> Vec<FfmpegPart> {
    let part = |(kind, name, purpose): &(Kind, &'static CStr, &'static str)| {
        // SAFETY: look-ups in static lists; the names end with a zero.
        let present = unsafe {
            match kind {
                Kind::Encoder => !ff::avcodec_find_encoder_by_name(name.as_ptr()).is_null(),
                Kind::Decoder => !ff::avcodec_find_decoder_by_name(name.as_ptr()).is_null(),
                Kind::Filter => !ff::avfilter_get_by_name(name.as_ptr()).is_null(),
            }
        };
        FfmpegPart {
            name: name.to_str().unwrap_or_default(),
            purpose,
            present,
        }
    };
    PARTS.iter().map(part).collect()
}
