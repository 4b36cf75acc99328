use std::ffi::CStr;

use ffmpeg_sys_the_third as ff;

use crate::{
    AvPacket, Input, MediaError, MediaSource, Orientation,
    boxes::missing_end,
    convert::has_flag,
    decoder::has_vpx_alpha,
    input::{readable, tick, unreadable},
    limit::check_pixels,
    moving_picture::moves,
    moving_webp::MovingWebp,
    still::still_size,
};

/// What a media file contains.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaInfo {
    /// Length of the presentation in seconds; 0 for a picture.
    pub duration: f64,
    /// The moving or still picture, if there is one. A sound file's cover is none.
    pub video: Option<VideoInfo>,
    /// The sound, if there is some.
    pub audio: Option<AudioInfo>,
}

/// The picture side of a media file.
#[derive(Clone, Debug, PartialEq)]
pub struct VideoInfo {
    /// Width as shown, after rotation and with square pixels.
    pub width: u32,
    /// Height as shown, after rotation and with square pixels.
    pub height: u32,
    /// Mean frames per second; 0 when unknown or for a picture.
    pub fps: f64,
    /// Whether pixels may be transparent.
    pub alpha: bool,
    /// Whether it is a picture file: to be read with [`crate::read_still`].
    pub still: bool,
}

/// The sound side of a media file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudioInfo {
    /// Samples per second and channel, as stored.
    pub sample_rate: u32,
    /// Channels, as stored.
    pub channels: u32,
}

/// Looks into a media file.
///
/// # Errors
/// When the file is missing, unreadable, empty, no media, or cut short.
pub fn probe(source: impl Into<MediaSource>) -> Result<MediaInfo, MediaError> {
    let source = &source.into();
    let path = source.path();
    readable(source)?;
    if let Some(webp) = MovingWebp::open(source)? {
        return moving(&webp);
    }
    if !moves(source).map_err(|fault| unreadable(source, fault))?
        && let Some((width, height, alpha)) = still_size(source)?
    {
        return Ok(still(width, height, alpha));
    }
    let input = Input::open(source)?;
    if input.format().starts_with("mov,") {
        check_end(source)?;
    }
    let video = input
        .best(ff::AVMediaType::VIDEO)
        .and_then(|index| video_info(&input, index));
    if let Some(video) = &video {
        check_pixels(path, video.width, video.height)?;
    }
    let audio = input
        .best(ff::AVMediaType::AUDIO)
        .and_then(|index| audio_info(&input, index));
    if video.is_none() && audio.is_none() {
        return Err(MediaError::NotMedia {
            path: path.to_owned(),
            reason: "it holds neither pictures nor sound".to_owned(),
        });
    }
    if let Some(VideoInfo {
        width,
        height,
        alpha,
        still: true,
        ..
    }) = video
    {
        return Ok(still(width, height, alpha));
    }
    Ok(MediaInfo {
        duration: duration(input)?,
        video,
        audio,
    })
}

/// Refuses a file that is shorter than its own boxes say.
fn check_end(source: &MediaSource) -> Result<(), MediaError> {
    match missing_end(source) {
        Ok(None) => Ok(()),
        Ok(Some((stated, length))) => Err(MediaError::Truncated {
            path: source.path().to_owned(),
            reason: format!("it has {length} of {stated} bytes"),
        }),
        Err(fault) => Err(unreadable(source, fault)),
    }
}

fn moving(webp: &MovingWebp) -> Result<MediaInfo, MediaError> {
    let (width, height, alpha) = webp.size();
    let duration = webp.duration()?;
    Ok(MediaInfo {
        duration: microseconds(duration),
        video: Some(VideoInfo {
            width,
            height,
            fps: f64::from(webp.pictures()) / duration.max(1e-3),
            alpha,
            still: false,
        }),
        audio: None,
    })
}

/// FFmpeg's name of how a file's moving pictures are compressed, such as `h264`; none for
/// a file that has only sound.
///
/// # Errors
/// When the file cannot be read as media.
pub fn video_codec(source: impl Into<MediaSource>) -> Result<Option<String>, MediaError> {
    let input = Input::open(&source.into())?;
    let index = input.best(ff::AVMediaType::VIDEO);
    Ok(index.map(|index| {
        // SAFETY: the name is a static text, for any number.
        let name =
            unsafe { CStr::from_ptr(ff::avcodec_get_name(input.parameters(index).codec_id)) };
        name.to_string_lossy().into_owned()
    }))
}

fn still(width: u32, height: u32, alpha: bool) -> MediaInfo {
    MediaInfo {
        duration: 0.0,
        video: Some(VideoInfo {
            width,
            height,
            fps: 0.0,
            alpha,
            still: true,
        }),
        audio: None,
    }
}

fn video_info(input: &Input, index: usize) -> Option<VideoInfo> {
    let parameters = input.parameters(index);
    let stored = (
        u32::try_from(parameters.width).ok()?,
        u32::try_from(parameters.height).ok()?,
    );
    if stored.0 == 0 || stored.1 == 0 {
        return None;
    }
    let stream = input.stream(index);
    let aspect = [stream.sample_aspect_ratio, parameters.sample_aspect_ratio]
        .into_iter()
        .find(|ratio| ratio.num > 0 && ratio.den > 0)
        .map_or(1.0, rational);
    let square = (
        (f64::from(stored.0) * aspect).round().max(1.0) as u32,
        stored.1,
    );
    let (width, height) = Orientation::of(input, index).size(square);
    let rate = [stream.avg_frame_rate, stream.r_frame_rate]
        .into_iter()
        .find(|rate| rate.num > 0 && rate.den > 0);
    let format = ff::AVPixelFormat(parameters.format);
    Some(VideoInfo {
        width,
        height,
        fps: rate.map_or(0.0, rational),
        alpha: has_vpx_alpha(input, index) || has_flag(format, ff::AV_PIX_FMT_FLAG_ALPHA),
        still: input.format().ends_with("_pipe") || is_avif_still(input, index),
    })
}

fn audio_info(input: &Input, index: usize) -> Option<AudioInfo> {
    let parameters = input.parameters(index);
    let info = AudioInfo {
        sample_rate: u32::try_from(parameters.sample_rate).ok()?,
        channels: u32::try_from(parameters.ch_layout.nb_channels).ok()?,
    };
    (info.sample_rate > 0 && info.channels > 0).then_some(info)
}

fn rational(ratio: ff::AVRational) -> f64 {
    f64::from(ratio.num) / f64::from(ratio.den)
}

/// Whether a file is a single AVIF picture.
fn is_avif_still(input: &Input, index: usize) -> bool {
    input.brand() == Some("avif") && input.stream(index).nb_frames <= 1
}

/// Seconds from the start of the presentation to its end, in whole microseconds as
/// browsers have them.
fn duration(input: Input) -> Result<f64, MediaError> {
    let seconds = match stated(&input) {
        Some(seconds) => seconds + vorbis_lead(input)?,
        None => scanned(input)?,
    };
    Ok(microseconds(seconds))
}

fn microseconds(seconds: f64) -> f64 {
    (seconds * 1e6).round() / 1e6
}

/// The first time of all pictures and sounds that the file has, in its own clock.
fn first_time(input: &Input) -> f64 {
    let starts = input.presented().filter_map(|index| {
        let stream = input.stream(index);
        (stream.start_time != ff::AV_NOPTS_VALUE).then(|| stream.start_time as f64 * tick(stream))
    });
    starts
        .reduce(f64::min)
        .unwrap_or_else(|| input.start())
        .max(0.0)
}

/// The length that the container states; none where it does not say, only guesses
/// from the bit rate, or counts an encoder's padding as sound (MP3).
fn stated(input: &Input) -> Option<f64> {
    let raw = input.raw();
    let guessed = raw.duration_estimation_method == ff::AVDurationEstimationMethod::BITRATE;
    if guessed || input.format() == "mp3" {
        return None;
    }
    // Tracks are told exactly, the whole only in milliseconds.
    let tracks = input.presented().map(|index| {
        let stream = input.stream(index);
        let known = ff::AV_NOPTS_VALUE;
        (stream.duration > 0 && stream.duration != known && stream.start_time != known)
            .then(|| (stream.start_time + stream.duration) as f64 * tick(stream))
    });
    let tracks: Option<Vec<f64>> = tracks.collect();
    let end = tracks.and_then(|ends| ends.into_iter().reduce(f64::max));
    if let (true, Some(end)) = (input.format().starts_with("mov,"), end) {
        return Some(end - first_time(input));
    }
    (raw.duration > 0).then(|| raw.duration as f64 / f64::from(ff::AV_TIME_BASE))
}

/// What browsers count to the length of Ogg Vorbis sound besides what is heard: the
/// first packet, which only sets the decoder up.
fn vorbis_lead(mut input: Input) -> Result<f64, MediaError> {
    let vorbis = input
        .best(ff::AVMediaType::AUDIO)
        .filter(|index| input.parameters(*index).codec_id == ff::AVCodecID::VORBIS);
    let (Some(index), "ogg") = (vorbis, input.format()) else {
        return Ok(0.0);
    };
    let mut packet = AvPacket::new()?;
    while input.read(&mut packet)? {
        if packet.raw().stream_index as usize == index {
            let lead = packet.time().map_or(0, |time| (-time).max(0));
            return Ok(lead as f64 * tick(input.stream(index)));
        }
    }
    Ok(0.0)
}

/// The length found by looking at all packets.
fn scanned(mut input: Input) -> Result<f64, MediaError> {
    let start = first_time(&input);
    let mut packet = AvPacket::new()?;
    let mut end = start;
    // Streams whose padding has begun: nothing after it is heard.
    let mut closed = Vec::new();
    while input.read(&mut packet)? {
        let index = packet.raw().stream_index as usize;
        let Some(time) = packet.time().filter(|_| !closed.contains(&index)) else {
            continue;
        };
        let last = time.saturating_add(packet.raw().duration.max(0));
        let rate = f64::from(input.parameters(index).sample_rate.max(1));
        let padding = f64::from(packet.padding()) / rate;
        end = end.max(last as f64 * tick(input.stream(index)) - padding);
        if padding > 0.0 {
            closed.push(index);
        }
    }
    Ok(end - start)
}
