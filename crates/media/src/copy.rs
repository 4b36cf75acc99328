use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use ffmpeg_sys_the_third as ff;

use crate::{
    AvPacket, FilmWriter, Format, FrameSpec, Input, MediaError, MediaSource, Orientation, Packet,
    Pictures, Tags, VideoCodec, VideoReader, YuvPlanes,
    bitstream::{AvcPicture, AvcStream, FEW},
    input::tick,
    stream_reader::ROUNDING,
};

/// A video whose packets can be taken over into a film as they are.
///
/// Nothing of it is decoded. Its pictures are known by their place in the order in which they
/// are shown, from the first one that was looked at.
pub struct CopySource {
    path: PathBuf,
    stream: usize,
    /// What a container has to know of it.
    pub(crate) kind: CopiedStream,
    /// H.264's own ways; of other codecs none are needed.
    avc: Option<AvcStream>,
    /// Seconds in a tick of the stream's clock.
    tick: f64,
    /// Ticks at which the presentation starts.
    origin: i64,
    /// Where reading begins; none for the start of the file.
    seek: Option<i64>,
    /// All packets that were looked at, in the order of decoding: when each is shown.
    times: Vec<i64>,
    /// The same, rising.
    shown: Vec<i64>,
    /// What may be done before each picture.
    edges: Vec<Edge>,
    /// The file, before the packet of this number.
    reading: Option<(Input, usize)>,
}

/// What may be done before a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Edge {
    /// Whether all before it is decoded before it, so that packets may be handed on up to
    /// here.
    even: bool,
    /// Whether decoding may also begin here.
    cut: bool,
}

/// A stream of pictures as a file holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedStream {
    pub(crate) codec: ff::AVCodecID,
    pub(crate) header: Vec<u8>,
    pub(crate) format: i32,
    pub(crate) profile: i32,
    pub(crate) level: i32,
    pub(crate) size: (i32, i32),
    pub(crate) range: ff::AVColorRange,
    pub(crate) space: ff::AVColorSpace,
    pub(crate) primaries: ff::AVColorPrimaries,
    pub(crate) transfer: ff::AVColorTransferCharacteristic,
    pub(crate) chroma: ff::AVChromaLocation,
    /// How many frames presentation lags behind decoding.
    pub(crate) delay: i64,
}

impl CopiedStream {
    /// Whether files tell both in the same way, so that one can follow the other.
    pub fn is_like(&self, other: &Self) -> bool {
        let delay = self.delay;
        *self
            == Self {
                delay,
                ..other.clone()
            }
    }

    /// How many frames presentation lags behind decoding.
    pub fn delay(&self) -> i64 {
        self.delay
    }

    /// Says that presentation lags behind decoding by so many frames.
    pub fn set_delay(&mut self, frames: i64) {
        self.delay = frames;
    }
}

/// Packets beyond what is needed that are looked at, so that none that is shown before a
/// picture is missed.
const BEYOND: usize = 64;

impl CopySource {
    /// Opens a video, if it is one that a film of these frames and this codec may hold as it
    /// is: of the same size, upright, with square pixels, in 8 bits of standard range.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open(
        path: &Path,
        codec: &VideoCodec,
        frames: &FrameSpec,
    ) -> Result<Option<Self>, MediaError> {
        let input = Input::open(&path.into())?;
        let Some(stream) = input.best(ff::AVMediaType::VIDEO) else {
            return Ok(None);
        };
        let own = input.parameters(stream);
        let Some((kind, tags)) = kind(codec) else {
            return Ok(None);
        };
        let fits = own.codec_id == kind
            && tags.contains(&own.codec_tag)
            && (own.width, own.height) == (frames.width as i32, frames.height as i32)
            && is_plain(&input, stream);
        if !fits {
            return Ok(None);
        }
        let header = crate::container::header(own).to_vec();
        let avc = match own.codec_id {
            ff::AVCodecID::H264 => match AvcStream::new(&header) {
                Ok(stream) => Some(stream),
                Err(_) => return Ok(None),
            },
            _ => None,
        };
        Ok(Some(Self {
            path: path.to_owned(),
            stream,
            kind: CopiedStream {
                codec: own.codec_id,
                header,
                format: own.format,
                profile: own.profile,
                level: own.level,
                size: (own.width, own.height),
                range: own.color_range,
                space: own.color_space,
                primaries: own.color_primaries,
                transfer: own.color_trc,
                chroma: own.chroma_location,
                delay: 0,
            },
            avc,
            tick: tick(input.stream(stream)),
            origin: input.origin(stream),
            seek: None,
            times: Vec::new(),
            shown: Vec::new(),
            edges: Vec::new(),
            reading: None,
        }))
    }

    /// How a film's file tells the pictures of this source, and those of others like it.
    pub fn stream(&self) -> &CopiedStream {
        &self.kind
    }

    /// Looks at the packets of the pictures from second `from` up to `until`. Whether they can
    /// be taken over as far as one can tell without decoding them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn look(&mut self, from: f64, until: f64) -> Result<bool, MediaError> {
        let ticks = |seconds: f64| (seconds / self.tick) as i64 + self.origin;
        let (first, last) = (ticks(from + self.rounding()), ticks(until));
        // What lies near the start is read from there, so that nothing hangs on an index.
        self.seek = (from > 10.0).then_some(first);
        let mut input = self.start()?;
        self.reading = None;
        let (mut times, mut keys) = (Vec::new(), Vec::new());
        let mut beyond = 0;
        let mut packet = AvPacket::new()?;
        let whole = loop {
            if !input.read(&mut packet)? {
                break true;
            }
            let raw = packet.raw();
            if raw.stream_index as usize != self.stream {
                continue;
            }
            let refused = ff::AV_PKT_FLAG_DISCARD | ff::AV_PKT_FLAG_CORRUPT;
            if raw.pts == ff::AV_NOPTS_VALUE || raw.flags & refused != 0 {
                return Ok(false);
            }
            times.push(raw.pts);
            keys.push(raw.flags & ff::AV_PKT_FLAG_KEY != 0 && self.is_new_start(packet.bytes()));
            beyond += usize::from(raw.pts > last);
            if beyond > BEYOND {
                break false;
            }
        };
        if whole && input.breaks_off() {
            return Ok(false);
        }
        let mut shown = times.clone();
        shown.sort_unstable();
        if shown.windows(2).any(|pair| pair[0] == pair[1]) {
            return Ok(false);
        }
        self.edges = edges(&times, &keys, whole);
        self.shown = shown;
        self.times = times;
        self.kind.delay = self.delay();
        Ok(true)
    }

    fn is_new_start(&self, data: &[u8]) -> bool {
        self.avc
            .as_ref()
            .is_none_or(|stream| stream.is_new_start(data))
    }

    fn rounding(&self) -> f64 {
        (self.tick / 2.0).min(ROUNDING) + 1e-6
    }

    /// The picture that is shown at `seconds`, as [`VideoReader::frame_at`] has it, if it was
    /// looked at.
    pub fn picture_at(&self, seconds: f64) -> Option<u64> {
        let limit = seconds + self.rounding();
        let time = |ticks: &i64| (ticks - self.origin) as f64 * self.tick <= limit;
        let after = self.shown.partition_point(time);
        after.checked_sub(1).map(|picture| picture as u64)
    }

    /// Whether packets may begin with this picture, and end before it; behind the last it is the
    /// end of the file.
    pub fn is_cut(&self, picture: u64) -> bool {
        self.edges
            .get(picture as usize)
            .is_some_and(|edge| edge.cut)
    }

    /// Whether none of the pictures before this one needs it or one behind it, so that packets
    /// may end here; behind the last it is the end of the file.
    pub fn is_end(&self, picture: u64) -> bool {
        self.edges
            .get(picture as usize)
            .is_some_and(|edge| edge.even)
    }

    /// The first picture from `from` on, up to `end`, at which packets may be handed on.
    pub fn even_from(&self, from: u64, end: u64) -> u64 {
        let even = |picture: &u64| {
            let edge = self.edges.get(*picture as usize);
            edge.is_some_and(|edge| edge.even)
        };
        (from..end).find(even).unwrap_or(end)
    }

    /// How many frames presentation lags behind decoding.
    fn delay(&self) -> i64 {
        let place = |time: &i64| self.shown.partition_point(|other| other < time) as i64;
        let lags = (0..)
            .zip(&self.times)
            .map(|(index, time)| index - place(time));
        lags.max().unwrap_or(0).max(0)
    }

    fn start(&self) -> Result<Input, MediaError> {
        let mut input = Input::open(&MediaSource::from(&self.path))?;
        input.only(self.stream);
        if let Some(ticks) = self.seek
            && !input.seek(self.stream, ticks)?
        {
            return Err(self.changed());
        }
        Ok(input)
    }

    fn changed(&self) -> MediaError {
        MediaError::Decode {
            path: self.path.clone(),
            reason: "it changed while it was read".to_owned(),
        }
    }

    /// The packets of these pictures, which end where packets may be handed on; the first is
    /// frame 0.
    ///
    /// # Errors
    /// When the file cannot be read, or is no longer the one that was looked at.
    pub fn read(&mut self, pictures: Range<u64>) -> Result<Vec<Packet>, MediaError> {
        let wanted = pictures.start as usize..pictures.end as usize;
        let (mut input, mut place) = match self.reading.take() {
            Some((input, place)) if place <= wanted.start => (input, place),
            _ => (self.start()?, 0),
        };
        let first = |time: i64| self.shown.partition_point(|other| *other < time);
        let mut packets = Vec::with_capacity(wanted.len());
        let mut packet = AvPacket::new()?;
        while place < wanted.end {
            if !input.read(&mut packet)? {
                return Err(self.changed());
            }
            if packet.raw().stream_index as usize != self.stream {
                continue;
            }
            if self.times.get(place) != Some(&packet.raw().pts) {
                return Err(self.changed());
            }
            if place >= wanted.start {
                packets.push(Packet {
                    data: packet.bytes().to_vec(),
                    opacity: Vec::new(),
                    pts: first(packet.raw().pts) as i64 - wanted.start as i64,
                    key: packet.raw().flags & ff::AV_PKT_FLAG_KEY != 0,
                });
            }
            place += 1;
        }
        self.reading = Some((input, place));
        Ok(packets)
    }

    /// Has the last of these pictures stay on for `frames` more, in packets that follow. Whether
    /// it can: in H.264, for a few frames, if others may refer to it. The pictures before are
    /// those from a place on at which decoding may begin.
    ///
    /// # Errors
    /// When what was made cannot be tried.
    pub fn stay(&self, packets: &mut Vec<Packet>, frames: u64) -> Result<bool, MediaError> {
        if frames == 0 {
            return Ok(true);
        }
        let Some(stream) = self.avc.as_ref().filter(|_| frames <= FEW) else {
            return Ok(false);
        };
        let count = packets.len() as i64;
        let stays = (1..=frames).map(|place| {
            let picture = |packet: &Packet| stream.picture(&packet.data).ok();
            let shown = packets.iter().find(|packet| packet.pts == count - 1)?;
            let others = packets.iter().rev().filter_map(picture);
            let last: AvcPicture = { others }.find(|picture| picture.reference)?;
            let data = stream.stay(&picture(shown)?, &last, place as u32).ok()?;
            Some(Packet {
                data,
                opacity: Vec::new(),
                pts: count - 1 + place as i64,
                key: false,
            })
        });
        let Some(stays) = stays.collect::<Option<Vec<_>>>() else {
            return Ok(false);
        };
        packets.extend(stays);
        Ok(true)
    }

    /// The head of the stream when pictures stay on in it; none if they cannot.
    pub fn with_stays(&self) -> Option<CopiedStream> {
        let header = self.avc.as_ref()?.head_with_stills().ok()?;
        Some(CopiedStream {
            header,
            ..self.kind.clone()
        })
    }

    /// Whether the last `frames` of these packets, made by [`CopySource::stay`], show what the
    /// one before shows. They are decoded for that.
    ///
    /// # Errors
    /// When they cannot be stored for it.
    pub fn stays_well(
        stream: &CopiedStream,
        spec: &FrameSpec,
        packets: &[Packet],
        frames: u64,
    ) -> Result<bool, MediaError> {
        let fault = |source| crate::error::io_write_error(Path::new("a temporary file"), source);
        let folder = tempfile::tempdir().map_err(fault)?;
        let path = folder.path().join("end.mp4");
        let format = Format::default().silent();
        let sink = FilmWriter::sink(&path, &format)?;
        let mut writer = FilmWriter::telling(
            sink,
            &format,
            spec,
            &Pictures::Copied(stream),
            &Tags::default(),
        )?;
        writer.copied(packets.to_vec())?;
        writer.finish()?;
        let mut reader = VideoReader::open(&path)?;
        let rate = f64::from(spec.fps_num) / f64::from(spec.fps_den);
        let at =
            |reader: &mut VideoReader, picture: u64| reader.frame_at((picture as f64 + 0.5) / rate);
        let count = packets.len() as u64;
        let wanted = at(&mut reader, count - frames - 1)?;
        let Some(wanted) = wanted.planes() else {
            return Ok(false);
        };
        for picture in count - frames..count {
            let shown = at(&mut reader, picture)?;
            let same = shown
                .planes()
                .is_some_and(|planes| rows(&planes, spec).eq(rows(&wanted, spec)));
            if !same || reader.damage().is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl std::fmt::Debug for CopySource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CopySource")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// The rows of a picture's planes, one after the other.
fn rows<'a>(planes: &YuvPlanes<'a>, spec: &FrameSpec) -> impl Iterator<Item = &'a [u8]> {
    let (width, height) = (spec.width as usize, spec.height as usize);
    let plane = |samples: &'a [u8], stride: usize, by: usize| {
        let row = move |row: usize| &samples[row * stride..][..width.div_ceil(by)];
        (0..height.div_ceil(by)).map(row)
    };
    let colour = plane(planes.u, planes.uv_stride, 2).chain(plane(planes.v, planes.uv_stride, 2));
    plane(planes.y, planes.y_stride, 1).chain(colour)
}

/// FFmpeg's number of a codec and what containers may call its streams, if films may take over
/// such streams.
fn kind(codec: &VideoCodec) -> Option<(ff::AVCodecID, &'static [u32])> {
    // Matroska has no such names. Under others, parameter sets may stand among the pictures.
    const AVC: &[u32] = &[0, u32::from_le_bytes(*b"avc1")];
    const HEVC: &[u32] = &[u32::from_le_bytes(*b"hvc1")];
    const VP9: &[u32] = &[0, u32::from_le_bytes(*b"vp09")];
    const AV1: &[u32] = &[0, u32::from_le_bytes(*b"av01")];
    Some(match codec {
        VideoCodec::H264(_) => (ff::AVCodecID::H264, AVC),
        VideoCodec::Hevc(_) => (ff::AVCodecID::HEVC, HEVC),
        VideoCodec::Vp9(_) => (ff::AVCodecID::VP9, VP9),
        VideoCodec::Av1(_) => (ff::AVCodecID::AV1, AV1),
        _ => return None,
    })
}

/// Whether a stream is one that any player shows as it is meant: 8 bits in 4:2:0, standard
/// range, whole pictures, square pixels, upright, nothing shining through.
fn is_plain(input: &Input, stream: usize) -> bool {
    let own = input.parameters(stream);
    let square = |ratio: ff::AVRational| ratio.num == 0 || ratio.num == ratio.den;
    let matrix = [
        ff::AVColorSpace::UNSPECIFIED,
        ff::AVColorSpace::BT709,
        ff::AVColorSpace::SMPTE170M,
        ff::AVColorSpace::BT470BG,
    ];
    let transfer = [
        ff::AVColorTransferCharacteristic::UNSPECIFIED,
        ff::AVColorTransferCharacteristic::BT709,
        ff::AVColorTransferCharacteristic::SMPTE170M,
    ];
    let primaries = [
        ff::AVColorPrimaries::UNSPECIFIED,
        ff::AVColorPrimaries::BT709,
        ff::AVColorPrimaries::SMPTE170M,
        ff::AVColorPrimaries::BT470BG,
    ];
    let order = [ff::AVFieldOrder::UNKNOWN, ff::AVFieldOrder::PROGRESSIVE];
    own.format == ff::AVPixelFormat::YUV420P.0
        && own.color_range != ff::AVColorRange::JPEG
        && matrix.contains(&own.color_space)
        && transfer.contains(&own.color_trc)
        && primaries.contains(&own.color_primaries)
        && order.contains(&own.field_order)
        && square(own.sample_aspect_ratio)
        && square(input.stream(stream).sample_aspect_ratio)
        && Orientation::of(input, stream).is_upright()
        && input.tag(stream, c"alpha_mode") != Some("1")
}

/// What may be done before each picture and behind the last, of packets in the order of
/// decoding that are shown at these times; `whole` says whether they reach to the file's end.
fn edges(times: &[i64], keys: &[bool], whole: bool) -> Vec<Edge> {
    let count = times.len();
    let mut edges = vec![Edge::default(); count + 1];
    let mut earliest = vec![i64::MAX; count + 1];
    for index in (0..count).rev() {
        earliest[index] = earliest[index + 1].min(times[index]);
    }
    let mut latest = i64::MIN;
    for index in 0..count {
        // All that is decoded before it is shown before it, so it is picture `index`.
        let even = latest < earliest[index];
        edges[index] = Edge {
            even,
            cut: even && keys[index] && times[index] == earliest[index],
        };
        latest = latest.max(times[index]);
    }
    edges[count] = Edge {
        even: whole,
        cut: whole,
    };
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_lie_between_closed_groups() {
        let edge = |even, cut| Edge { even, cut };
        // I P b, then a key frame behind which lies a picture that is shown before it.
        let times = [0, 3, 1, 6, 5, 9, 8];
        let keys = [true, false, false, true, false, true, false];
        let found = edges(&times, &keys, true);
        let wanted = [
            edge(true, true),
            edge(true, false),
            edge(false, false),
            edge(true, false),
            edge(false, false),
            edge(true, false),
            edge(false, false),
            edge(true, true),
        ];
        assert_eq!(found, wanted);
        let cut = edges(&[0, 2, 1, 3], &[true, false, false, true], false);
        let cuts: Vec<bool> = cut.iter().map(|edge| edge.cut).collect();
        assert_eq!(cuts, [true, false, false, true, false]);
    }
}
