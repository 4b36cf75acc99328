use ffmpeg_sys_the_third as ff;

use crate::{
    AvFrame, AvPacket, Damage, Decoder, Input, MediaError, MediaSource, decoder::Received,
    input::tick, mixdown::Mixdown,
};

/// The sound of a file as one unbroken line of stereo samples at the file's own
/// rate, sample 0 at the start of the presentation.
///
/// Timestamps are trusted where they leave a gap (it becomes silence) or overlap
/// (what comes twice is dropped) of more than [`TOLERANCE`]; below that, samples
/// are taken to follow one another.
pub(crate) struct SoundTrack {
    input: Input,
    stream: usize,
    decoder: Decoder,
    mixdown: Mixdown,
    packet: AvPacket,
    frame: AvFrame,
    rate: u32,
    origin: i64,
    tick: f64,
    /// The sample that the next call gives.
    position: u64,
    /// Whether samples before `position` were given since the last start.
    running: bool,
    /// Samples of silence that come before `decoded`.
    silence: u64,
    decoded: Vec<f32>,
    ended: bool,
    damage: Option<Damage>,
}

/// Seconds by which timestamps may stray.
const TOLERANCE: f64 = 0.05;

/// Samples of silence given at a time.
const SILENCE: u64 = 16_384;

/// Containers whose timestamps after a seek are exact to the sample.
const EXACT: [&str; 8] = ["mov", "wav", "w64", "aiff", "caf", "au", "flac", "mp3"];

impl SoundTrack {
    pub(crate) fn open(source: &MediaSource) -> Result<Self, MediaError> {
        let mut input = Input::open(source)?;
        let stream = input
            .best(ff::AVMediaType::AUDIO)
            .ok_or_else(|| MediaError::NoAudio {
                path: source.path().to_owned(),
            })?;
        input.only(stream);
        let rate = u32::try_from(input.parameters(stream).sample_rate)
            .ok()
            .filter(|&rate| rate > 0)
            .ok_or_else(|| MediaError::NoAudio {
                path: source.path().to_owned(),
            })?;
        Ok(Self {
            decoder: Decoder::open(&input, stream)?,
            mixdown: Mixdown::new(rate),
            packet: AvPacket::new()?,
            frame: AvFrame::new()?,
            rate,
            origin: input.origin(stream),
            tick: tick(input.stream(stream)),
            position: 0,
            running: false,
            silence: 0,
            decoded: Vec::new(),
            ended: false,
            damage: None,
            stream,
            input,
        })
    }

    /// Samples a second.
    pub(crate) fn rate(&self) -> u32 {
        self.rate
    }

    /// The first fault of the file met so far.
    pub(crate) fn damage(&self) -> Option<Damage> {
        self.damage
    }

    fn broken(&mut self) {
        let time = (self.position as f64) / f64::from(self.rate);
        if self.damage.is_none_or(|known| time < known.time) {
            self.damage = Some(Damage { time, stated: None });
        }
    }

    /// Whether the first sound lies so much later only because the first packet of
    /// Ogg Vorbis, which holds none, was given a time.
    fn may_lead(&self, offset: i64) -> bool {
        let vorbis = self.input.parameters(self.stream).codec_id == ff::AVCodecID::VORBIS;
        vorbis && self.input.format() == "ogg" && (0..=4096).contains(&offset)
    }

    /// Whether the length that the file states is one of whole samples, all of them heard.
    pub(crate) fn states_samples(&self) -> bool {
        let name = self.input.format();
        ["wav", "w64", "aiff", "caf", "au", "flac"].contains(&name)
    }

    /// Whether there are pictures beside the sound.
    pub(crate) fn has_pictures(&self) -> bool {
        self.input.best(ff::AVMediaType::VIDEO).is_some()
    }

    /// Whether [`SoundTrack::start`] finds any second without decoding all before it.
    pub(crate) fn seeks_exactly(&self) -> bool {
        let name = self.input.format();
        EXACT.contains(&name.split(',').next().unwrap_or_default())
    }

    /// Goes to a whole second. What follows depends on the file and the second
    /// alone, not on what was read before: the decoder is a new one.
    pub(crate) fn start(&mut self, second: u64) -> Result<(), MediaError> {
        let ticks = (second as f64 / self.tick).floor() as i64;
        let place = self.origin.saturating_add(ticks);
        if second == 0 || !self.input.seek(self.stream, place)? {
            self.input = Input::open(self.input.source())?;
            self.input.only(self.stream);
        }
        self.decoder = Decoder::open(&self.input, self.stream)?;
        self.mixdown = Mixdown::new(self.rate);
        self.position = second * u64::from(self.rate);
        self.running = false;
        self.silence = 0;
        self.decoded.clear();
        self.ended = false;
        Ok(())
    }

    /// Replaces the content of `out` by the samples that follow, interleaved;
    /// `false` when there are none any more.
    pub(crate) fn next(&mut self, out: &mut Vec<f32>) -> Result<bool, MediaError> {
        out.clear();
        while self.silence == 0 && self.decoded.is_empty() {
            if self.ended {
                return Ok(false);
            }
            self.decode()?;
        }
        if self.silence > 0 {
            let count = self.silence.min(SILENCE);
            out.resize(2 * count as usize, 0.0);
            self.silence -= count;
        } else {
            std::mem::swap(out, &mut self.decoded);
        }
        self.running = true;
        self.position += out.len() as u64 / 2;
        Ok(true)
    }

    fn decode(&mut self) -> Result<(), MediaError> {
        match self.decoder.receive(&mut self.frame) {
            Ok(Received::Frame) => self.place(),
            Ok(Received::End) => {
                self.ended = true;
                Ok(())
            }
            Ok(Received::Hungry) => self.feed(),
            Err(_) => {
                self.broken();
                Ok(())
            }
        }
    }

    fn feed(&mut self) -> Result<(), MediaError> {
        while self.input.read(&mut self.packet)? {
            if self.packet.raw().stream_index as usize == self.stream {
                if !self.decoder.send(Some(&self.packet)) {
                    self.broken();
                }
                return Ok(());
            }
        }
        self.decoder.send(None);
        Ok(())
    }

    /// Puts the decoded frame on the line of samples.
    fn place(&mut self) -> Result<(), MediaError> {
        let count = self.mixdown.add(&self.frame, &mut self.decoded)? as i64;
        let ticks = self.frame.raw().best_effort_timestamp;
        let offset = if ticks == ff::AV_NOPTS_VALUE {
            0
        } else {
            let samples = (ticks - self.origin) as f64 * self.tick * f64::from(self.rate);
            samples.round() as i64 - self.position as i64
        };
        let offset = if self.position == 0 && !self.running && self.may_lead(offset) {
            0
        } else {
            offset
        };
        let tolerance = (TOLERANCE * f64::from(self.rate)) as i64;
        if self.running && offset.abs() <= tolerance {
            return Ok(());
        }
        if offset >= 0 {
            self.silence = offset as u64;
        } else {
            let drop = (-offset).min(count) as usize;
            self.decoded.drain(..2 * drop);
        }
        Ok(())
    }
}
