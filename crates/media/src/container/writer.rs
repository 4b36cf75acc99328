use std::{ffi::c_int, path::Path};

use ffmpeg_sys_the_third as ff;

use super::{FileSink, HeadSink, output::Output};
use crate::{
    AvPacket, Format, FrameSpec, MediaError, Packet, SAMPLE_RATE,
    codec::{AacEncoder, SoundCodec, VideoCodec, rational},
};

/// Joins encoded segments and a sound track into a file that plays while it is still
/// being loaded.
///
/// [`FilmWriter::create`] writes to an unnamed file, which takes the final name in
/// [`FilmWriter::finish`] and is gone when the writer is dropped before.
/// [`FilmWriter::to_sink`] writes the same bytes wherever the sink puts them; of the
/// film only the index stays in memory.
///
/// Call [`FilmWriter::video`] and [`FilmWriter::audio`] in turns, a segment each: what
/// one runs ahead of the other stays in memory. Picture begins at 0; sound is cut
/// or filled with silence so that it ends with the last frame, to the sample.
pub struct FilmWriter {
    track: VideoTrack,
    sound: Option<SoundTrack>,
    output: Output,
}

struct VideoTrack {
    spec: FrameSpec,
    /// How many frames presentation lags behind decoding.
    delay: i64,
    stream: usize,
    frames: i64,
}

struct SoundTrack {
    encoder: AacEncoder,
    stream: usize,
    /// Samples that lie beyond the last frame so far.
    ahead: Vec<f32>,
    /// Samples a channel encoded so far.
    samples: u64,
}

impl FilmWriter {
    /// Begins a file at `path` for segments of this format and these frames, all of
    /// which have the stream header `header`.
    ///
    /// # Errors
    /// When the format cannot hold such frames or the file cannot be created.
    pub fn create(
        path: &Path,
        format: &Format,
        frames: &FrameSpec,
        header: &[u8],
    ) -> Result<Self, MediaError> {
        format.check(frames)?;
        Self::to_sink(Box::new(FileSink::create(path)?), format, frames, header)
    }

    /// Begins a file that goes to `sink`; otherwise as [`FilmWriter::create`].
    ///
    /// # Errors
    /// When the format cannot hold such frames.
    pub fn to_sink(
        sink: Box<dyn HeadSink>,
        format: &Format,
        frames: &FrameSpec,
        header: &[u8],
    ) -> Result<Self, MediaError> {
        format.check(frames)?;
        let mut output = Output::create(format.container.muxer(), sink)?;
        if header.is_empty() {
            return Err(output.broken("the video has no parameter sets"));
        }
        let stream = add_video(&mut output, &format.video, frames, header)?;
        let sound = match &format.sound {
            None => None,
            Some(SoundCodec::Aac(options)) => {
                let encoder = AacEncoder::new(options)?;
                Some(SoundTrack {
                    stream: add_audio(&mut output, &encoder)?,
                    encoder,
                    ahead: Vec::new(),
                    samples: 0,
                })
            }
        };
        output.begin(&format.container.options(frames))?;
        Ok(Self {
            track: VideoTrack {
                spec: *frames,
                delay: format.video.reorder_delay(),
                stream,
                frames: 0,
            },
            sound,
            output,
        })
    }

    /// Adds the next segment: a closed group of pictures, as many frames as packets.
    ///
    /// # Errors
    /// When the packets are no such group, or the file cannot be written.
    pub fn video(&mut self, packets: Vec<Packet>) -> Result<(), MediaError> {
        self.check_group(&packets)?;
        let track = &mut self.track;
        let time_base = rational(track.spec.fps_den, track.spec.fps_num);
        let delay = track.delay;
        let first = track.frames;
        track.frames += packets.len() as i64;
        for (index, encoded) in packets.into_iter().enumerate() {
            let mut packet = AvPacket::from_bytes(&encoded.data)?;
            let raw = packet.raw_mut();
            raw.pts = first + encoded.pts;
            raw.dts = first + index as i64 - delay;
            raw.duration = 1;
            raw.flags = if encoded.key { ff::AV_PKT_FLAG_KEY } else { 0 };
            self.output.write(&mut packet, track.stream, time_base)?;
        }
        self.encode_sound(&[])
    }

    /// Adds the sound that follows: interleaved stereo samples at [`SAMPLE_RATE`].
    ///
    /// # Errors
    /// When the writer was made without sound, the number of values is odd, or the
    /// file cannot be written.
    pub fn audio(&mut self, interleaved: &[f32]) -> Result<(), MediaError> {
        if self.sound.is_none() || !interleaved.len().is_multiple_of(2) {
            let what = match self.sound {
                None => "a film without sound",
                Some(_) => "a stereo track, which takes pairs",
            };
            let reason = format!("got `{}` sound values for {what}", interleaved.len());
            return Err(self.output.broken(&reason));
        }
        self.encode_sound(interleaved)
    }

    /// Ends the file and gives it its final name. Returns its size in bytes.
    ///
    /// # Errors
    /// When no frame was written, or the file cannot be written or renamed.
    pub fn finish(mut self) -> Result<u64, MediaError> {
        if self.track.frames == 0 {
            return Err(self.output.broken("there is no frame in it"));
        }
        let end = self.track.samples();
        if let Some(sound) = &mut self.sound {
            let time_base = rational(1, SAMPLE_RATE);
            let (output, stream) = (&mut self.output, sound.stream);
            let mut sink = |packet: &mut AvPacket| output.write(packet, stream, time_base);
            let silence = [0.0; 2048];
            while sound.samples < end {
                let count = (end - sound.samples).min(1024);
                sound
                    .encoder
                    .push(&silence[..2 * count as usize], &mut sink)?;
                sound.samples += count;
            }
            sound.encoder.finish(&mut sink)?;
        }
        self.output.end()
    }

    /// Encodes what is at hand of the sound, up to the end of the last frame.
    fn encode_sound(&mut self, more: &[f32]) -> Result<(), MediaError> {
        let Some(sound) = &mut self.sound else {
            return Ok(());
        };
        sound.ahead.extend_from_slice(more);
        let due = self.track.samples().saturating_sub(sound.samples);
        let count = due.min(sound.ahead.len() as u64 / 2);
        let (output, stream) = (&mut self.output, sound.stream);
        let time_base = rational(1, SAMPLE_RATE);
        sound
            .encoder
            .push(&sound.ahead[..2 * count as usize], &mut |packet| {
                output.write(packet, stream, time_base)
            })?;
        sound.ahead.drain(..2 * count as usize);
        sound.samples += count;
        Ok(())
    }

    fn check_group(&self, packets: &[Packet]) -> Result<(), MediaError> {
        let delay = self.track.delay;
        let mut seen = vec![false; packets.len()];
        let orderly = packets.iter().enumerate().all(|(index, packet)| {
            let slot = usize::try_from(packet.pts)
                .ok()
                .and_then(|pts| seen.get_mut(pts));
            let fresh = slot.is_some_and(|seen| !std::mem::replace(seen, true));
            fresh && index as i64 - delay <= packet.pts
        });
        if !orderly || !packets.first().is_some_and(|packet| packet.key) {
            return Err(self.output.broken(&format!(
                "the `{}` packets from frame `{}` on are not a closed group of pictures",
                packets.len(),
                self.track.frames
            )));
        }
        Ok(())
    }
}

impl std::fmt::Debug for FilmWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FilmWriter")
            .field("frames", &self.track.frames)
            .finish_non_exhaustive()
    }
}

impl VideoTrack {
    /// Sound samples a channel up to the end of the last frame, rounded down.
    fn samples(&self) -> u64 {
        let samples = self.frames as u128 * u128::from(SAMPLE_RATE) * u128::from(self.spec.fps_den)
            / u128::from(self.spec.fps_num);
        samples as u64
    }
}

fn add_video(
    output: &mut Output,
    codec: &VideoCodec,
    frames: &FrameSpec,
    header: &[u8],
) -> Result<usize, MediaError> {
    output.add(|stream, parameters| {
        stream.time_base = rational(frames.fps_den, frames.fps_num);
        stream.avg_frame_rate = rational(frames.fps_num, frames.fps_den);
        stream.sample_aspect_ratio = rational(1, 1);
        codec.describe(parameters);
        parameters.codec_type = ff::AVMediaType::VIDEO;
        parameters.width = frames.width as c_int;
        parameters.height = frames.height as c_int;
        parameters.sample_aspect_ratio = rational(1, 1);
        parameters.video_delay = codec.reorder_delay() as c_int;
        let padded = header.len() + ff::AV_INPUT_BUFFER_PADDING_SIZE as usize;
        // SAFETY: the fresh memory has room for the header, is zero after it, and
        // belongs to the parameters, which free it with FFmpeg's allocator.
        unsafe {
            let extradata = ff::av_mallocz(padded).cast::<u8>();
            if extradata.is_null() {
                return Err(MediaError::OutOfMemory);
            }
            std::ptr::copy_nonoverlapping(header.as_ptr(), extradata, header.len());
            parameters.extradata = extradata;
        }
        parameters.extradata_size = header.len() as c_int;
        Ok(())
    })
}

pub(super) fn add_audio(output: &mut Output, encoder: &AacEncoder) -> Result<usize, MediaError> {
    output.add(|stream, parameters| {
        stream.time_base = rational(1, SAMPLE_RATE);
        // SAFETY: the encoder is open and the parameters belong to a live stream.
        match unsafe { ff::avcodec_parameters_from_context(parameters, encoder.context()) } {
            0.. => Ok(()),
            _ => Err(MediaError::OutOfMemory),
        }
    })
}
