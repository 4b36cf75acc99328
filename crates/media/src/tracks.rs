use std::path::Path;

use ffmpeg_sys_the_third as ff;

use crate::{
    AvPacket, Input, MediaError, MediaSource,
    input::{readable, tick},
    sound_track::SoundTrack,
};

/// What a film's file says of its pictures' times and holds of sound.
#[derive(Clone, Debug, PartialEq)]
pub struct Tracks {
    /// When each picture is shown, in seconds from the start of the presentation, rising.
    pub times: Vec<f64>,
    /// Seconds of a tick in which the file counts the pictures' times.
    pub tick: f64,
    /// Whether a picture that stays is told once, and lasts: so it is in animations.
    pub lasting: bool,
    /// Whether the pictures' decoding times rise from one to the next.
    pub ordered: bool,
    /// Seconds of sound, decoded to its end; none without sound.
    pub sound: Option<f64>,
}

/// Reads a film's file through, its sound decoded.
///
/// # Errors
/// When it cannot be read, has no pictures, or its sound cannot be decoded.
pub fn tracks(path: &Path) -> Result<Tracks, MediaError> {
    let source = MediaSource::from(path);
    readable(&source)?;
    let mut input = Input::open(&source)?;
    let index = input.best(ff::AVMediaType::VIDEO);
    let index = index.ok_or_else(|| MediaError::NoVideo {
        path: path.to_owned(),
    })?;
    let has_sound = input.best(ff::AVMediaType::AUDIO).is_some();
    let (tick, origin) = (tick(input.stream(index)), input.origin(index));
    let lasting = ["gif", "apng", "webp"].contains(&input.format());
    let mut times = Vec::new();
    let mut ordered = true;
    let mut last = i64::MIN;
    let mut packet = AvPacket::new()?;
    while input.read(&mut packet)? {
        let raw = packet.raw();
        if raw.stream_index as usize != index {
            continue;
        }
        if raw.dts != ff::AV_NOPTS_VALUE {
            ordered &= raw.dts > last;
            last = raw.dts;
        }
        if let Some(time) = packet.time() {
            times.push((time - origin) as f64 * tick);
        }
    }
    times.sort_by(f64::total_cmp);
    let sound = match has_sound {
        true => Some(sound_length(&source)?),
        false => None,
    };
    Ok(Tracks {
        times,
        tick,
        lasting,
        ordered,
        sound,
    })
}

/// Seconds of a file's sound, decoded to its end.
fn sound_length(source: &MediaSource) -> Result<f64, MediaError> {
    let mut track = SoundTrack::open(source)?;
    track.start(0)?;
    let (mut samples, mut piece) = (0, Vec::new());
    while track.next(&mut piece)? {
        samples += piece.len() as u64 / 2;
    }
    Ok(samples as f64 / f64::from(track.rate()))
}
