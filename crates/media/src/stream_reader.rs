use ffmpeg_sys_the_third as ff;

use crate::{
    AvFrame, AvPacket, Damage, Decoder, Input, MediaError, MediaSource, Orientation, VideoFrame,
    convert::Converter, decoder::Received, input::tick,
};

/// Reads the pictures of a stream by time, exactly; see [`crate::VideoReader`].
pub(crate) struct StreamReader {
    input: Input,
    stream: usize,
    decoder: Decoder,
    converter: Converter,
    packet: AvPacket,
    /// Whether `packet` holds something that was not sent yet.
    pending: bool,
    /// Seconds in a tick of the stream's clock.
    tick: f64,
    /// Ticks at which the presentation starts.
    origin: i64,
    /// Pictures before this tick may lack their references after a seek.
    floor: i64,
    /// Whether the next picture is the first one since a seek.
    entering: bool,
    /// Whether the file's key frames turned out to be no clean starts: pictures
    /// then depend on all that came before, and are always decoded from the first.
    renewing: bool,
    /// Decoding time of the last packet read.
    reached: i64,
    current: Option<Decoded>,
    next: Option<Decoded>,
    /// Whether `current` is the first picture of the file.
    at_first: bool,
    ended: bool,
    shown: Option<VideoFrame>,
    order: Order,
    /// Whether the end was compared with the length that the file states.
    checked: bool,
    damage: Option<Damage>,
}

struct Decoded {
    frame: AvFrame,
    pts: f64,
}

/// Times of pictures as they leave the decoder, which is in order of presentation.
#[derive(Default)]
struct Order {
    /// The latest that a file gave, and the last one that was made of it; in ticks.
    last: Option<(i64, i64)>,
}

impl Order {
    /// The tick of the next picture, of which the file says `told`: pictures without a
    /// time, or with one that is not after all before, follow the last one.
    fn next(&mut self, told: Option<i64>, frame: i64) -> i64 {
        let given = match (self.last, told) {
            (Some((latest, last)), Some(told)) if told > latest => {
                self.last = Some((told, told.max(last)));
                return told.max(last);
            }
            (Some((_, last)), _) => last.saturating_add(frame),
            (None, told) => told.unwrap_or(0),
        };
        let latest = self.last.map_or(given, |(latest, _)| latest);
        self.last = Some((latest, given));
        given
    }
}

/// Seconds by which times may be rounded in a file. Clocks of a tick a frame are
/// coarse but exact, so half of their tick would be half a frame too much.
pub(crate) const ROUNDING: f64 = 0.0005;

/// A jump that stays within this many seconds of what is decoded next is decoded
/// through: emptying and filling the decoder again would cost as much.
const SHORT_JUMP: f64 = 0.4;

/// Seconds by which a seek goes further back in programme streams, where not every
/// picture has a time and some a wrong one: what comes before puts them right.
const LEAD: f64 = 1.0;

/// Seconds by which a film may be shorter than its file states.
const SHORTER: f64 = 0.25;

/// A jump that goes further than this seeks even when the file has no index yet.
const LONG_JUMP: f64 = 10.0;

impl StreamReader {
    /// Opens the first video of a file. Nothing is decoded yet.
    ///
    /// # Errors
    /// When the file cannot be read, has no video, or no decoder is known.
    pub(crate) fn open(source: &MediaSource) -> Result<Self, MediaError> {
        Self::open_with(source, false)
    }

    /// A reader all of whose pictures have [`VideoFrame::rgba`].
    pub(crate) fn open_as_rgba(source: &MediaSource) -> Result<Self, MediaError> {
        Self::open_with(source, true)
    }

    fn open_with(source: &MediaSource, rgba: bool) -> Result<Self, MediaError> {
        let mut input = Input::open(source)?;
        let stream = input
            .best(ff::AVMediaType::VIDEO)
            .ok_or_else(|| MediaError::NoVideo {
                path: source.path().to_owned(),
            })?;
        input.only(stream);
        Ok(Self {
            decoder: Decoder::open(&input, stream)?,
            converter: Converter::new(Orientation::of(&input, stream), rgba),
            packet: AvPacket::new()?,
            pending: false,
            tick: tick(input.stream(stream)),
            origin: input.origin(stream),
            floor: i64::MIN,
            entering: false,
            renewing: ["gif", "apng"].contains(&input.format()),
            reached: i64::MIN,
            current: None,
            next: None,
            at_first: false,
            ended: false,
            shown: None,
            order: Order::default(),
            checked: false,
            damage: None,
            stream,
            input,
        })
    }

    /// The picture that is shown at `seconds`: the last one whose presentation time
    /// is not later, give or take the rounding of timestamps (half a tick of the
    /// stream's clock, at most half a millisecond, and a microsecond).
    /// Before the first picture it is the first, after the last the last.
    ///
    /// # Errors
    /// When the file cannot be read on, or holds no picture that can be decoded.
    pub(crate) fn frame_at(&mut self, seconds: f64) -> Result<VideoFrame, MediaError> {
        let limit = seconds.clamp(-1e9, 1e9) + (self.tick / 2.0).min(ROUNDING) + 1e-6;
        if self.wants_seek(limit) {
            self.seek(self.ticks_of(limit))?;
        }
        self.advance(limit)?;
        while self.floor != i64::MIN {
            match &self.current {
                Some(current) if current.pts <= limit && !self.renewing => break,
                Some(_) if !self.renewing => self.seek(self.floor - 1)?,
                _ => self.restart()?,
            }
            self.advance(limit)?;
        }
        self.show()
    }

    /// When the last picture asked for is shown, in seconds; below 0 before the first
    /// call. A reader is cheapest for times at or a little after its position.
    pub(crate) fn position(&self) -> f64 {
        self.current.as_ref().map_or(-1.0, |current| current.pts)
    }

    /// The first fault of the file met so far, in order of time.
    pub(crate) fn damage(&self) -> Option<Damage> {
        self.damage
    }

    fn show(&mut self) -> Result<VideoFrame, MediaError> {
        let Some(current) = &self.current else {
            return Err(MediaError::Decode {
                path: self.input.path().to_owned(),
                reason: "it holds no picture that can be decoded".to_owned(),
            });
        };
        if let Some(shown) = &self.shown {
            return Ok(shown.clone());
        }
        let picture = self.converter.picture(&current.frame)?;
        let shown = VideoFrame::new(current.pts, picture);
        self.shown = Some(shown.clone());
        Ok(shown)
    }

    /// Decodes on until the picture after the current one lies beyond `limit` seconds.
    fn advance(&mut self, limit: f64) -> Result<(), MediaError> {
        loop {
            if self.next.is_none() && !self.ended {
                self.next = self.decode()?;
            }
            match &self.next {
                Some(next) if self.current.is_none() || next.pts <= limit => {
                    self.at_first = self.current.is_none() && self.floor == i64::MIN;
                    self.current = self.next.take();
                    self.shown = None;
                }
                _ => return Ok(()),
            }
        }
    }

    /// The next picture in order of presentation; `None` at the end of the stream.
    fn decode(&mut self) -> Result<Option<Decoded>, MediaError> {
        let mut frame = AvFrame::new()?;
        loop {
            match self.decoder.receive(&mut frame) {
                Ok(Received::Frame) => {
                    let ticks = frame.raw().best_effort_timestamp;
                    if ticks != ff::AV_NOPTS_VALUE && ticks < self.floor {
                        continue;
                    }
                    self.renewing |= self.entering && is_predicted(&frame);
                    self.entering = false;
                    let told = (ticks != ff::AV_NOPTS_VALUE).then_some(ticks);
                    let frame_ticks = self.frame_ticks();
                    let ticks = self.order.next(told, frame_ticks);
                    let pts = self.seconds(ticks);
                    if is_corrupt(&frame) {
                        self.broken(pts);
                    }
                    return Ok(Some(Decoded { frame, pts }));
                }
                Ok(Received::End) => {
                    self.ended = true;
                    self.check_end();
                    return Ok(None);
                }
                Ok(Received::Hungry) => self.feed()?,
                Err(_) => self.broken(self.next_pts()),
            }
        }
    }

    /// Seconds on the presentation's timeline.
    fn seconds(&self, ticks: i64) -> f64 {
        ticks.saturating_sub(self.origin) as f64 * self.tick
    }

    /// The mean length of a picture in ticks.
    fn frame_ticks(&self) -> i64 {
        let rate = self.input.stream(self.stream).avg_frame_rate;
        let frame = f64::from(rate.den) / f64::from(rate.num.max(1));
        ((frame / self.tick).round() as i64).max(1)
    }

    /// When the picture after the last decoded one is shown, as far as one can tell.
    fn next_pts(&self) -> f64 {
        let next = |(_, last): (i64, i64)| self.seconds(last.saturating_add(self.frame_ticks()));
        self.order.last.map_or(0.0, next)
    }

    /// Notes that the file is broken at `time` seconds.
    fn broken(&mut self, time: f64) {
        self.note(Damage {
            time: time.max(0.0),
            stated: None,
        });
    }

    fn note(&mut self, damage: Damage) {
        if self.damage.is_none_or(|known| damage.time < known.time) {
            self.damage = Some(damage);
        }
    }

    /// Compares the end of the pictures with the length that the file states.
    fn check_end(&mut self) {
        if std::mem::replace(&mut self.checked, true) || self.order.last.is_none() {
            return;
        }
        let end = self.next_pts();
        if self.input.breaks_off() {
            self.broken(end);
        }
        if let Some(stated) = self.input.stated_length(self.stream)
            && end + SHORTER < stated
            && self
                .input
                .reaches(end + SHORTER)
                .is_ok_and(|reaches| !reaches)
        {
            self.note(Damage {
                time: end,
                stated: Some(stated),
            });
        }
    }

    fn feed(&mut self) -> Result<(), MediaError> {
        if !self.pending && !self.fetch()? {
            self.decoder.send(None);
            return Ok(());
        }
        self.pending = false;
        if !self.decoder.send(Some(&self.packet)) {
            let time = self.packet.time();
            let time = time.map_or_else(|| self.next_pts(), |ticks| self.seconds(ticks));
            self.broken(time);
        }
        Ok(())
    }

    /// Reads the stream's next packet; `false` at the end of the file.
    fn fetch(&mut self) -> Result<bool, MediaError> {
        while self.input.read(&mut self.packet)? {
            if self.packet.raw().stream_index as usize == self.stream {
                if self.packet.raw().flags & ff::AV_PKT_FLAG_CORRUPT != 0 {
                    let time = self.packet.time();
                    let time = time.map_or_else(|| self.next_pts(), |ticks| self.seconds(ticks));
                    self.broken(time);
                }
                self.reached = match self.packet.raw().dts {
                    ff::AV_NOPTS_VALUE => self.packet.time().unwrap_or(self.reached),
                    dts => dts,
                };
                self.pending = true;
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn wants_seek(&mut self, limit: f64) -> bool {
        if let Some(current) = &self.current
            && limit < current.pts
        {
            return !self.at_first;
        }
        if self.renewing {
            return false;
        }
        let position = self.position().max(0.0);
        if limit - position <= SHORT_JUMP || self.ended {
            return false;
        }
        let target = self.ticks_of(limit);
        let short = (SHORT_JUMP / self.tick) as i64;
        match self.input.key_before(self.stream, target) {
            Some(key) if key > self.reached.max(self.origin).saturating_add(short) => true,
            _ => limit - position > LONG_JUMP,
        }
    }

    fn ticks_of(&self, seconds: f64) -> i64 {
        (seconds / self.tick).floor() as i64 + self.origin
    }

    /// Goes to the last key frame that is shown at or before tick `limit`.
    fn seek(&mut self, limit: i64) -> Result<(), MediaError> {
        if self.renewing {
            return self.restart();
        }
        let start = self.origin.saturating_sub((1.0 / self.tick) as i64);
        let mut target = match self.input.format() {
            "mpeg" => limit.saturating_sub((LEAD / self.tick) as i64),
            _ => limit,
        };
        let mut step = ((0.5 / self.tick) as i64).max(1);
        while target > start {
            if !self.input.seek(self.stream, target)? {
                break;
            }
            self.forget();
            // Containers index decoding times, and pictures that are shown before a
            // key frame may follow it: only pictures from the key frame on are sure.
            if let Some(key) = self.fetch_key(limit)? {
                self.floor = key;
                self.entering = true;
                return Ok(());
            }
            target = target.saturating_sub(step);
            step = step.saturating_mul(2);
        }
        self.restart()
    }

    /// Reads on to a key frame that is shown at or before `limit` ticks: some
    /// containers seek to just any packet.
    fn fetch_key(&mut self, limit: i64) -> Result<Option<i64>, MediaError> {
        while self.fetch()? {
            match self.packet.time() {
                Some(time) if time > limit => break,
                Some(time) if self.packet.raw().flags & ff::AV_PKT_FLAG_KEY != 0 => {
                    return Ok(Some(time));
                }
                _ => {}
            }
        }
        Ok(None)
    }

    fn restart(&mut self) -> Result<(), MediaError> {
        let mut input = Input::open(self.input.source())?;
        input.only(self.stream);
        self.decoder = Decoder::open(&input, self.stream)?;
        self.input = input;
        self.forget();
        Ok(())
    }

    fn forget(&mut self) {
        self.decoder.flush();
        self.pending = false;
        self.current = None;
        self.next = None;
        self.shown = None;
        self.at_first = false;
        self.ended = false;
        self.floor = i64::MIN;
        self.entering = false;
        self.reached = i64::MIN;
        self.order = Order::default();
    }
}

/// Whether a picture is predicted from others, as where a stream has no key frames
/// but renews itself in stripes. (The second field of a key frame may be, too.)
fn is_predicted(frame: &AvFrame) -> bool {
    let raw = frame.raw();
    let predicted = [ff::AVPictureType::P, ff::AVPictureType::B].contains(&raw.pict_type);
    predicted && raw.interlaced_frame == 0
}

/// Whether the decoder had to guess parts of a picture.
fn is_corrupt(frame: &AvFrame) -> bool {
    let raw = frame.raw();
    raw.decode_error_flags != 0 || raw.flags & ff::AV_FRAME_FLAG_CORRUPT != 0
}

impl std::fmt::Debug for StreamReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StreamReader")
            .field("path", &self.input.path())
            .field("position", &self.position())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(told: &[Option<i64>]) -> Vec<i64> {
        let mut order = Order::default();
        told.iter().map(|told| order.next(*told, 3)).collect()
    }

    #[test]
    fn pictures_keep_the_order_of_the_decoder() {
        let some = |ticks: &[i64]| ticks.iter().map(|tick| Some(*tick)).collect::<Vec<_>>();
        assert_eq!(ordered(&some(&[0, 3, 7, 9])), [0, 3, 7, 9]);
        assert_eq!(
            ordered(&some(&[129, 132, 135, 132, 135, 144])),
            [129, 132, 135, 138, 141, 144]
        );
        assert_eq!(ordered(&[Some(6), None, None, Some(15)]), [6, 9, 12, 15]);
        // One time twice moves nothing that comes later.
        assert_eq!(ordered(&some(&[0, 0, 2, 5])), [0, 3, 3, 5]);
    }
}
