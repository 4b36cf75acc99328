use std::{ffi::c_int, path::Path};

use ffmpeg_sys_the_third as ff;

use super::{
    Container, FileSink, HeadSink, Muxing, PipeSink, SequenceSink, Tags,
    animation::{Animation, Frames},
    apng::Apng,
    gif::Gif,
    hls::{Hls, ListSink},
    matroska,
    output::{Order, Output},
    sequence::Sequence,
    webp::AnimatedWebP,
};
use crate::{
    AvPacket, CopiedStream, Format, FrameSpec, MediaError, Packet, SAMPLE_RATE,
    codec::{SoundEncoder, StreamRow, planes, rational},
};

/// Joins encoded segments and a sound track into a file; one with pictures and sound plays
/// while it is still being loaded.
///
/// [`FilmWriter::create`] writes to an unnamed file, which takes the final name in
/// [`FilmWriter::finish`] and is gone when the writer is dropped before.
/// [`FilmWriter::to_sink`] writes the same bytes wherever the sink puts them; of the
/// film only the index stays in memory.
///
/// Call [`FilmWriter::video`] (or [`FilmWriter::pass`], if the format has no pictures) and
/// [`FilmWriter::audio`] in turns, a segment each: what one runs ahead of the other stays in
/// memory. Picture begins at 0; sound is cut or filled with silence so that it ends with the
/// last frame, to the sample.
pub struct FilmWriter {
    track: Track,
    sound: Option<SoundTrack>,
    body: Body,
    container: Container,
}

/// Where a file's pictures come from.
#[derive(Clone, Copy, Debug)]
pub enum Pictures<'a> {
    /// From an encoder of ours, with the stream's header.
    Encoded(&'a [u8]),
    /// From other files.
    Copied(&'a CopiedStream),
}

impl Pictures<'_> {
    fn header(&self) -> &[u8] {
        match self {
            Self::Encoded(header) => header,
            Self::Copied(stream) => &stream.header,
        }
    }
}

/// Who puts the file together.
enum Body {
    Muxed {
        output: Output,
        /// The pictures' stream, if there are any.
        stream: Option<usize>,
    },
    Animated(Frames),
}

/// The frames so far.
struct Track {
    spec: FrameSpec,
    /// How many frames presentation lags behind decoding.
    delay: i64,
    frames: i64,
}

struct SoundTrack {
    encoder: SoundEncoder,
    stream: usize,
    /// Samples that lie beyond the last frame so far.
    ahead: Vec<f32>,
    /// Samples a channel encoded so far.
    samples: u64,
}

impl FilmWriter {
    /// Begins a file at `path` for segments of this format and these frames, all of
    /// which have the stream header `header`. If the format has a file for each picture,
    /// `path` is their pattern.
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
        Self::to_sink(Self::sink(path, format)?, format, frames, header)
    }

    /// Where films of this machine go: a file, one for each picture, or, as `-`, standard
    /// output.
    ///
    /// # Errors
    /// When nothing can be created there, or pictures have no place for their number.
    pub fn sink(path: &Path, format: &Format) -> Result<Box<dyn HeadSink>, MediaError> {
        if path == Path::new("-") {
            return Ok(Box::new(PipeSink::new(
                std::io::stdout(),
                "standard output",
            )));
        }
        Ok(match format.container {
            Container::Pictures => Box::new(SequenceSink::create(path)?),
            Container::Hls => Box::new(ListSink::create(path)?),
            _ => Box::new(FileSink::create(path)?),
        })
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
        Self::telling(
            sink,
            format,
            frames,
            &Pictures::Encoded(header),
            &Tags::default(),
        )
    }

    /// Begins a file that tells `tags` of itself, as far as its format can; otherwise as
    /// [`FilmWriter::to_sink`]. Pictures that other files hold are added by
    /// [`FilmWriter::copied`].
    ///
    /// # Errors
    /// When the format cannot hold such frames.
    pub fn telling(
        sink: Box<dyn HeadSink>,
        format: &Format,
        frames: &FrameSpec,
        pictures: &Pictures<'_>,
        tags: &Tags,
    ) -> Result<Self, MediaError> {
        format.check(frames)?;
        let loops = format.loops;
        let mut track = Track {
            spec: *frames,
            delay: 0,
            frames: 0,
        };
        let (muxer, order) = match format.container.muxing() {
            Muxing::IndexFirst(muxer) => (muxer, Order::IndexFirst),
            Muxing::HeadLast(muxer) => (muxer, Order::HeadLast),
            Muxing::Straight(muxer) => (muxer, Order::Straight),
            Muxing::Own => {
                let body: Box<dyn Animation> = match format.container {
                    Container::Gif => Box::new(Gif::new(sink, frames, loops)?),
                    Container::Apng => Box::new(Apng::new(sink, frames, loops)),
                    Container::WebP => Box::new(AnimatedWebP::new(sink, frames, loops)),
                    _ => Box::new(Sequence { sink, count: 0 }),
                };
                return Ok(Self {
                    track,
                    sound: None,
                    body: Body::Animated(Frames::new(body)),
                    container: format.container,
                });
            }
        };
        let sink = match format.container {
            Container::Hls => Box::new(Hls::new(sink, frames)),
            _ => sink,
        };
        let mut output = Output::create(muxer, order, sink)?;
        let stream = match format.video.as_ref().and_then(|codec| codec.stream()) {
            None => None,
            Some(row) => {
                if row.has_header() && pictures.header().is_empty() {
                    return Err(output.broken("the video has no parameter sets"));
                }
                track.delay = match pictures {
                    Pictures::Encoded(_) => row.reorder_delay(),
                    Pictures::Copied(stream) => stream.delay,
                };
                Some(add_video(&mut output, row, frames, pictures)?)
            }
        };
        let sound = match &format.sound {
            None => None,
            Some(options) => {
                let encoder = SoundEncoder::new(options)?;
                Some(SoundTrack {
                    stream: add_audio(&mut output, &encoder)?,
                    encoder,
                    ahead: Vec::new(),
                    samples: 0,
                })
            }
        };
        tags.put(&mut output, frames)?;
        output.begin(&format.container.options(frames))?;
        Ok(Self {
            track,
            sound,
            body: Body::Muxed { output, stream },
            container: format.container,
        })
    }

    /// Adds the next segment: a closed group of pictures, as many frames as packets.
    ///
    /// # Errors
    /// When the packets are no such group, or the file cannot be written.
    pub fn video(&mut self, packets: Vec<Packet>) -> Result<(), MediaError> {
        if !packets.first().is_some_and(|packet| packet.key) {
            return Err(self.no_group(&packets));
        }
        self.copied(packets)
    }

    /// Adds pictures that are decoded with those added before: as many frames as packets,
    /// all of which are shown after those before.
    ///
    /// # Errors
    /// When they are not, or the file cannot be written.
    pub fn copied(&mut self, packets: Vec<Packet>) -> Result<(), MediaError> {
        self.check_group(&packets)?;
        let track = &mut self.track;
        let time_base = rational(track.spec.fps_den, track.spec.fps_num);
        let delay = track.delay;
        let first = track.frames;
        track.frames += packets.len() as i64;
        let (output, stream) = match &mut self.body {
            Body::Animated(body) => {
                return packets.into_iter().try_for_each(|packet| body.add(packet));
            }
            Body::Muxed { output, stream } => match *stream {
                Some(stream) => (output, stream),
                None => return Err(output.broken("the format has no pictures")),
            },
        };
        for (index, encoded) in packets.into_iter().enumerate() {
            let mut packet = AvPacket::from_bytes(&encoded.data)?;
            if !encoded.opacity.is_empty() {
                packet.add_opacity(&encoded.opacity)?;
            }
            let raw = packet.raw_mut();
            raw.pts = first + encoded.pts;
            raw.dts = first + index as i64 - delay;
            raw.duration = 1;
            raw.flags = if encoded.key { ff::AV_PKT_FLAG_KEY } else { 0 };
            output.write(&mut packet, stream, time_base)?;
        }
        self.encode_sound(&[])
    }

    /// Lets so many frames pass of which only the sound is kept.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn pass(&mut self, frames: u64) -> Result<(), MediaError> {
        self.track.frames += i64::try_from(frames).unwrap_or(i64::MAX);
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
            return Err(self.broken(&format!(
                "got `{}` sound values for {what}",
                interleaved.len()
            )));
        }
        self.encode_sound(interleaved)
    }

    /// Ends the file and gives it its final name. Returns its size in bytes.
    ///
    /// # Errors
    /// When no frame was written, or the file cannot be written or renamed.
    pub fn finish(mut self) -> Result<u64, MediaError> {
        if self.track.frames == 0 {
            return Err(self.broken("there is no frame in it"));
        }
        let end = self.track.samples();
        let mut output = match self.body {
            Body::Animated(body) => return body.finish(),
            Body::Muxed { output, .. } => output,
        };
        if let Some(sound) = &mut self.sound {
            let time_base = rational(1, SAMPLE_RATE);
            let stream = sound.stream;
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
        let milliseconds = self.track.milliseconds();
        output.end(|head| {
            if self.container == Container::WebM {
                matroska::set_duration(head, milliseconds);
            }
        })
    }

    /// Encodes what is at hand of the sound, up to the end of the last frame.
    fn encode_sound(&mut self, more: &[f32]) -> Result<(), MediaError> {
        let (Some(sound), Body::Muxed { output, .. }) = (&mut self.sound, &mut self.body) else {
            return Ok(());
        };
        sound.ahead.extend_from_slice(more);
        let due = self.track.samples().saturating_sub(sound.samples);
        let count = due.min(sound.ahead.len() as u64 / 2);
        let stream = sound.stream;
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
        match orderly && !packets.is_empty() {
            true => Ok(()),
            false => Err(self.no_group(packets)),
        }
    }

    fn no_group(&self, packets: &[Packet]) -> MediaError {
        self.broken(&format!(
            "the `{}` packets from frame `{}` on are not a closed group of pictures",
            packets.len(),
            self.track.frames
        ))
    }

    /// The error of a file that cannot be put together.
    fn broken(&self, reason: &str) -> MediaError {
        match &self.body {
            Body::Muxed { output, .. } => output.broken(reason),
            Body::Animated(body) => MediaError::Mux {
                path: body.name().to_owned(),
                reason: reason.to_owned(),
            },
        }
    }
}

impl std::fmt::Debug for FilmWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FilmWriter")
            .field("frames", &self.track.frames)
            .finish_non_exhaustive()
    }
}

impl Track {
    /// How long the frames are shown.
    fn milliseconds(&self) -> f64 {
        let seconds = self.frames as f64 * f64::from(self.spec.fps_den);
        seconds * 1000.0 / f64::from(self.spec.fps_num)
    }

    /// Sound samples a channel up to the end of the last frame, rounded down.
    fn samples(&self) -> u64 {
        let samples = self.frames as u128 * u128::from(SAMPLE_RATE) * u128::from(self.spec.fps_den)
            / u128::from(self.spec.fps_num);
        samples as u64
    }
}

fn add_video(
    output: &mut Output,
    row: &dyn StreamRow,
    frames: &FrameSpec,
    pictures: &Pictures<'_>,
) -> Result<usize, MediaError> {
    let header = pictures.header();
    output.add(|stream, parameters| {
        stream.time_base = rational(frames.fps_den, frames.fps_num);
        stream.avg_frame_rate = rational(frames.fps_num, frames.fps_den);
        stream.sample_aspect_ratio = rational(1, 1);
        row.describe(parameters);
        planes::tag_parameters(parameters);
        let format = row.planes(frames);
        parameters.format = format.format.0;
        parameters.codec_type = ff::AVMediaType::VIDEO;
        parameters.width = frames.width as c_int;
        parameters.height = frames.height as c_int;
        parameters.sample_aspect_ratio = rational(1, 1);
        parameters.video_delay = row.reorder_delay() as c_int;
        if let Pictures::Copied(copied) = pictures {
            parameters.format = copied.format;
            parameters.profile = copied.profile;
            parameters.level = copied.level;
            parameters.color_range = copied.range;
            parameters.color_space = copied.space;
            parameters.color_primaries = copied.primaries;
            parameters.color_trc = copied.transfer;
            parameters.chroma_location = copied.chroma;
            parameters.video_delay = copied.delay as c_int;
        }
        let encoded = matches!(pictures, Pictures::Encoded(_));
        if encoded && row.opacity(frames).is_some() {
            // SAFETY: both texts end with a zero and are copied.
            let code = unsafe {
                let (name, value) = (c"alpha_mode".as_ptr(), c"1".as_ptr());
                ff::av_dict_set(&mut stream.metadata, name, value, 0)
            };
            if code < 0 {
                return Err(MediaError::OutOfMemory);
            }
        }
        if header.is_empty() {
            return Ok(());
        }
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

pub(super) fn add_audio(output: &mut Output, encoder: &SoundEncoder) -> Result<usize, MediaError> {
    let added = output.add(|stream, parameters| {
        stream.time_base = rational(1, SAMPLE_RATE);
        // SAFETY: the encoder is open and the parameters belong to a live stream.
        match unsafe { ff::avcodec_parameters_from_context(parameters, encoder.context()) } {
            0.. => Ok(()),
            _ => Err(MediaError::OutOfMemory),
        }
    })?;
    output.leads(added, i64::from(encoder.context().initial_padding));
    Ok(added)
}
