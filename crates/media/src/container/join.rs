use std::{
    ffi::CStr,
    path::{Path, PathBuf},
};

use ffmpeg_sys_the_third as ff;

use super::{
    FileSink, common_timescale,
    output::{Order, Output},
    writer::add_audio,
};
use crate::{
    AvPacket, Input, MediaError, SAMPLE_RATE, SoundCodec, SoundReader,
    codec::{SoundEncoder, rational},
    input::tick,
    probe,
};

/// Puts files of one kind one behind the other into an MP4, QuickTime or WebM file, without
/// encoding anything again. Returns the file's size in bytes.
///
/// What they have of pictures and sound must be encoded alike, as that of parts of one
/// film is; the pictures of each file follow on those of the one before exactly.
///
/// # Errors
/// When there is none, one cannot be read or differs from the first, or the output cannot
/// be written.
pub fn join_files(files: &[PathBuf], path: &Path) -> Result<u64, MediaError> {
    let (muxer, order) = muxer(path)?;
    let Some(first) = files.first() else {
        return Err(MediaError::Settings("there is no file to join".to_owned()));
    };
    let first = Input::open(&first.into())?;
    let streams: Vec<usize> = first.presented().collect();
    let mut output = Output::create(muxer, order, Box::new(FileSink::create(path)?))?;
    for &index in &streams {
        add_copy(&mut output, &first, index)?;
    }
    output.begin(&timescale(&first))?;
    let mut from = 0.0;
    for (place, file) in files.iter().enumerate() {
        let mut input = Input::open(&file.into())?;
        let own = alike(&first, &streams, &input)?;
        let length = length(&input)?;
        let mut packet = AvPacket::new()?;
        while input.read(&mut packet)? {
            let index = packet.raw().stream_index as usize;
            let Some(to) = own.iter().position(|&own| own == index) else {
                continue;
            };
            let time_base = input.stream(index).time_base;
            let origin = input.origin(index);
            let time = packet.time().map(|time| (time - origin) as f64);
            let sound = input.parameters(index).codec_type == ff::AVMediaType::AUDIO;
            // Only what is heard: what leads up to a later file would lie within the
            // sound of the one before.
            let heard = time.is_some_and(|time| {
                let time = time * tick(input.stream(index));
                (place == 0 || time >= 0.0) && time < length
            });
            if sound && !heard {
                continue;
            }
            let shift = (from / tick(input.stream(index))).round() as i64 - origin;
            move_by(&mut packet, shift);
            output.write(&mut packet, to, time_base)?;
        }
        from += length;
    }
    output.end(|_| ())
}

/// Puts a sound, encoded as AAC (in WebM as Opus), beside the pictures of a video, which are
/// not encoded again, into an MP4, QuickTime or WebM file. Returns the file's size in bytes.
///
/// # Errors
/// When either cannot be read or has not what is wanted of it, or the output cannot be
/// written.
pub fn add_sound(audio: &Path, video: &Path, path: &Path) -> Result<u64, MediaError> {
    let (muxer, order) = muxer(path)?;
    let mut reader = SoundReader::open(audio, 1.0)?;
    let samples = (probe(audio)?.duration * f64::from(SAMPLE_RATE)).round() as u64;
    let mut input = Input::open(&video.into())?;
    let pictures = pictures(&input)?;
    let mut output = Output::create(muxer, order, Box::new(FileSink::create(path)?))?;
    add_copy(&mut output, &input, pictures)?;
    let mut encoder = SoundEncoder::new(&match order {
        Order::IndexFirst => SoundCodec::Aac(128_000),
        _ => SoundCodec::Opus(128_000),
    })?;
    let sound = add_audio(&mut output, &encoder)?;
    output.begin(&timescale(&input))?;

    let samples_base = rational(1, SAMPLE_RATE);
    let (mut done, mut buffer) = (0, vec![0.0; 2 * SAMPLE_RATE as usize]);
    let mut hear = |output: &mut Output, until: u64| -> Result<(), MediaError> {
        while done < until.min(samples) {
            let count = (until.min(samples) - done).min(u64::from(SAMPLE_RATE));
            let piece = &mut buffer[..2 * count as usize];
            reader.read(done, piece)?;
            encoder.push(piece, &mut |packet| {
                output.write(packet, sound, samples_base)
            })?;
            done += count;
        }
        if until == u64::MAX {
            encoder.finish(&mut |packet| output.write(packet, sound, samples_base))?;
        }
        Ok(())
    };
    let origin = input.origin(pictures);
    let time_base = input.stream(pictures).time_base;
    let mut packet = AvPacket::new()?;
    while input.read(&mut packet)? {
        if packet.raw().stream_index as usize != pictures {
            continue;
        }
        move_by(&mut packet, -origin);
        // Sound and pictures lie side by side, so that neither waits in memory.
        let time = packet.time().unwrap_or_default() as f64 * tick(input.stream(pictures));
        hear(
            &mut output,
            (time.max(0.0) * f64::from(SAMPLE_RATE)) as u64 + u64::from(SAMPLE_RATE),
        )?;
        output.write(&mut packet, 0, time_base)?;
    }
    hear(&mut output, u64::MAX)?;
    output.end(|_| ())
}

/// FFmpeg's name of the muxer for a file of this name, and whether its index is moved to the
/// front.
fn muxer(path: &Path) -> Result<(&'static CStr, Order), MediaError> {
    let ending = path.extension().map(|it| it.to_ascii_lowercase());
    match ending.as_ref().and_then(|ending| ending.to_str()) {
        Some("mp4" | "m4v" | "m4a") => Ok((c"mp4", Order::IndexFirst)),
        Some("mov") => Ok((c"mov", Order::IndexFirst)),
        Some("webm") => Ok((c"webm", Order::HeadLast)),
        _ => Err(MediaError::Settings(format!(
            "files are put together into MP4, QuickTime and WebM files, and the name `{}` does not end in `.mp4`, `.mov` or `.webm`",
            path.display()
        ))),
    }
}

/// The moving pictures of a file.
fn pictures(input: &Input) -> Result<usize, MediaError> {
    let index = input.best(ff::AVMediaType::VIDEO);
    index.ok_or_else(|| MediaError::NoVideo {
        path: input.path().to_owned(),
    })
}

/// How long a file is for the one that follows it: its pictures, where it has some.
fn length(input: &Input) -> Result<f64, MediaError> {
    let index = pictures(input).or_else(|error| input.presented().next().ok_or(error))?;
    match input.stated_length(index) {
        Some(seconds) => Ok(seconds),
        None => Ok(probe(input.path())?.duration),
    }
}

/// Ticks a second for the whole, in which frames and samples are whole numbers.
fn timescale(input: &Input) -> Vec<(&'static str, String)> {
    let rate = pictures(input).map(|index| input.stream(index).avg_frame_rate.num);
    match rate.map(u32::try_from) {
        Ok(Ok(rate)) if rate > 0 => vec![("movie_timescale", common_timescale(rate).to_string())],
        _ => Vec::new(),
    }
}

/// A stream as it is in another file.
fn add_copy(output: &mut Output, input: &Input, index: usize) -> Result<usize, MediaError> {
    let from = input.stream(index);
    output.add(|stream, parameters| {
        stream.time_base = from.time_base;
        stream.avg_frame_rate = from.avg_frame_rate;
        stream.sample_aspect_ratio = from.sample_aspect_ratio;
        // SAFETY: both belong to live streams, and the copy is freed with its own.
        if unsafe { ff::avcodec_parameters_copy(parameters, input.parameters(index)) } < 0 {
            return Err(MediaError::OutOfMemory);
        }
        if input.tag(index, c"alpha_mode") == Some("1") {
            // SAFETY: both texts end with a zero and are copied.
            let code = unsafe {
                let (name, value) = (c"alpha_mode".as_ptr(), c"1".as_ptr());
                ff::av_dict_set(&mut stream.metadata, name, value, 0)
            };
            if code < 0 {
                return Err(MediaError::OutOfMemory);
            }
        }
        // Containers number codecs each in their own way.
        parameters.codec_tag = 0;
        Ok(())
    })
}

/// The streams of a file that belong to those of the first.
fn alike(first: &Input, streams: &[usize], other: &Input) -> Result<Vec<usize>, MediaError> {
    let own: Vec<usize> = other.presented().collect();
    let same = |(&a, &b): (&usize, &usize)| {
        let (one, two) = (first.parameters(a), other.parameters(b));
        one.codec_id == two.codec_id
            && (one.width, one.height) == (two.width, two.height)
            && one.sample_rate == two.sample_rate
            && header(one) == header(two)
    };
    if own.len() == streams.len() && streams.iter().zip(&own).all(same) {
        return Ok(own);
    }
    Err(MediaError::Mux {
        path: other.path().to_owned(),
        reason: format!(
            "its pictures or sound are not encoded as those of `{}`",
            first.path().display()
        ),
    })
}

/// What a decoder needs before the first packet.
pub(crate) fn header(parameters: &ff::AVCodecParameters) -> &[u8] {
    let length = usize::try_from(parameters.extradata_size).unwrap_or(0);
    if parameters.extradata.is_null() {
        return &[];
    }
    // SAFETY: the parameters' extra data is as long as they say.
    unsafe { std::slice::from_raw_parts(parameters.extradata, length) }
}

fn move_by(packet: &mut AvPacket, ticks: i64) {
    let raw = packet.raw_mut();
    for time in [&mut raw.pts, &mut raw.dts] {
        if *time != ff::AV_NOPTS_VALUE {
            *time = time.saturating_add(ticks);
        }
    }
}
