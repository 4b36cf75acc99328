use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{
    Av1, Avif, Container, FrameSpec, H264, Hevc, Jpeg, MediaError, Pattern, PixelFormat, Png,
    Preset, ProRes, Rate, Vp9, WebP,
    codec::{SoundCodec, VideoCodec},
};

/// What a film's file is made of: container, pictures, sound.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Format {
    /// The kind of file.
    pub container: Container,
    /// How pictures are encoded; none for sound alone.
    pub video: Option<VideoCodec>,
    /// How sound is encoded; none for a silent file.
    pub sound: Option<SoundCodec>,
    /// How often an animated picture plays; 0 without end.
    pub loops: u32,
}

/// What can be asked of a format; what is not given is the format's own choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// A codec of pictures, by its name, where the format holds several.
    pub codec: Option<String>,
    /// Constant rate factor, 0 best.
    pub crf: Option<u8>,
    /// Bits a second of the pictures, instead of a rate factor.
    pub bitrate: Option<u32>,
    /// Time against size.
    pub preset: Option<Preset>,
    /// How pictures are sampled.
    pub pixels: Option<PixelFormat>,
    /// Whether a picture like the one before is encoded like any other.
    pub constant_encode: bool,
    /// Of pictures that are compressed each on its own, 100 best.
    pub quality: Option<u8>,
    /// How often an animated picture plays; 0 without end.
    pub loops: Option<u32>,
    /// Bits a second of the sound.
    pub audio_bitrate: Option<u32>,
}

/// Something that may be asked of a format, by its name as a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Knob {
    Crf,
    Bitrate,
    Preset,
    Pixels,
    ConstantEncode,
    Quality,
    Loops,
    AudioBitrate,
}

impl Knob {
    const ALL: [Self; 8] = [
        Self::Crf,
        Self::Bitrate,
        Self::Preset,
        Self::Pixels,
        Self::ConstantEncode,
        Self::Quality,
        Self::Loops,
        Self::AudioBitrate,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Crf => "crf",
            Self::Bitrate => "bitrate",
            Self::Preset => "preset",
            Self::Pixels => "pixelFormat",
            Self::ConstantEncode => "constantEncode",
            Self::Quality => "quality",
            Self::Loops => "loops",
            Self::AudioBitrate => "audioBitrate",
        }
    }

    fn is_asked(self, quality: &Quality) -> bool {
        match self {
            Self::Crf => quality.crf.is_some(),
            Self::Bitrate => quality.bitrate.is_some(),
            Self::Preset => quality.preset.is_some(),
            Self::Pixels => quality.pixels.is_some(),
            Self::ConstantEncode => quality.constant_encode,
            Self::Quality => quality.quality.is_some(),
            Self::Loops => quality.loops.is_some(),
            Self::AudioBitrate => quality.audio_bitrate.is_some(),
        }
    }
}

/// A codec of pictures as a format holds it.
struct Codec {
    name: &'static str,
    knobs: &'static [Knob],
    make: fn(&Quality) -> VideoCodec,
}

/// A row of the table of formats.
struct Row {
    name: &'static str,
    /// How names of its files end, the usual one first.
    endings: &'static [&'static str],
    container: Container,
    /// Codecs of pictures that it holds, the usual one first.
    codecs: &'static [Codec],
    /// The codec of its sound.
    sound: Option<fn(&Quality) -> SoundCodec>,
    /// What may be asked of it beside what its codec knows.
    knobs: &'static [Knob],
}

/// What may be asked of an encoder of streams.
const STREAM_KNOBS: &[Knob] = &[Knob::Crf, Knob::Bitrate, Knob::Preset, Knob::Pixels];

/// The same of one whose pictures can stay on without being encoded again.
const HELD_KNOBS: &[Knob] = &[
    Knob::Crf,
    Knob::Bitrate,
    Knob::Preset,
    Knob::Pixels,
    Knob::ConstantEncode,
];

impl Quality {
    /// Whether nothing is asked that decides how well a stream's pictures are encoded.
    fn is_open(&self) -> bool {
        self.crf.is_none() && self.bitrate.is_none() && self.preset.is_none()
    }

    /// What an encoder of streams aims at, where `factor` is its usual rate factor.
    fn rate(&self, factor: u8) -> Rate {
        match self.bitrate {
            Some(bits) => Rate::Bits(bits),
            None => Rate::Factor(self.crf.unwrap_or(factor)),
        }
    }
}

const H264_CODEC: Codec = Codec {
    name: "h264",
    knobs: HELD_KNOBS,
    make: |quality| {
        VideoCodec::H264(H264 {
            rate: quality.rate(H264::DEFAULT_CRF),
            preset: quality.preset.unwrap_or_default(),
            pixels: quality.pixels.unwrap_or_default(),
            constant: quality.constant_encode,
            by_content: quality.is_open(),
        })
    },
};

const HEVC_CODEC: Codec = Codec {
    name: "hevc",
    knobs: STREAM_KNOBS,
    make: |quality| {
        VideoCodec::Hevc(Hevc {
            rate: quality.rate(Hevc::DEFAULT_CRF),
            preset: quality.preset.unwrap_or_default(),
            pixels: quality.pixels.unwrap_or_default(),
        })
    },
};

const VP9_CODEC: Codec = Codec {
    name: "vp9",
    knobs: HELD_KNOBS,
    make: |quality| {
        VideoCodec::Vp9(Vp9 {
            rate: quality.rate(Vp9::DEFAULT_CRF),
            preset: quality.preset.unwrap_or_default(),
            pixels: quality.pixels.unwrap_or_default(),
            constant: quality.constant_encode,
        })
    },
};

const AV1_CODEC: Codec = Codec {
    name: "av1",
    knobs: STREAM_KNOBS,
    make: |quality| {
        VideoCodec::Av1(Av1 {
            rate: quality.rate(Av1::DEFAULT_CRF),
            preset: quality.preset.unwrap_or_default(),
            pixels: quality.pixels.unwrap_or_default(),
        })
    },
};

const MOV_CODECS: [Codec; 4] = [
    Codec {
        name: "prores",
        knobs: &[],
        make: |_| VideoCodec::ProRes(ProRes::With4444),
    },
    Codec {
        name: "prores-422",
        knobs: &[],
        make: |_| VideoCodec::ProRes(ProRes::Hq422),
    },
    H264_CODEC,
    HEVC_CODEC,
];

const PNG_CODEC: Codec = Codec {
    name: "png",
    knobs: &[],
    make: |_| VideoCodec::Png(Png { patches: false }),
};

const PNG_PATCHES: Codec = Codec {
    name: "png",
    knobs: &[],
    make: |_| VideoCodec::Png(Png { patches: true }),
};

const JPEG_CODEC: Codec = Codec {
    name: "jpeg",
    knobs: &[Knob::Quality],
    make: |quality| {
        let default = Jpeg::default().quality;
        VideoCodec::Jpeg(Jpeg {
            quality: quality.quality.unwrap_or(default),
        })
    },
};

const AVIF_CODEC: Codec = Codec {
    name: "avif",
    knobs: &[Knob::Quality],
    make: |quality| {
        let default = Avif::default().quality;
        VideoCodec::Avif(Avif {
            quality: quality.quality.unwrap_or(default),
        })
    },
};

const WEBP_CODEC: Codec = Codec {
    name: "webp",
    knobs: &[Knob::Quality],
    make: |quality| webp(quality, false),
};

const WEBP_PATCHES: Codec = Codec {
    name: "webp",
    knobs: &[Knob::Quality],
    make: |quality| webp(quality, true),
};

fn webp(quality: &Quality, patches: bool) -> VideoCodec {
    VideoCodec::WebP(WebP {
        quality: quality.quality.unwrap_or(WebP::DEFAULT_QUALITY),
        patches,
    })
}

fn aac(quality: &Quality) -> SoundCodec {
    SoundCodec::Aac(quality.audio_bitrate.unwrap_or(128_000))
}

fn opus(quality: &Quality) -> SoundCodec {
    SoundCodec::Opus(quality.audio_bitrate.unwrap_or(128_000))
}

fn mp3(quality: &Quality) -> SoundCodec {
    SoundCodec::Mp3(quality.audio_bitrate.unwrap_or(192_000))
}

const fn pictures(
    name: &'static str,
    endings: &'static [&'static str],
    container: Container,
    codecs: &'static [Codec],
    knobs: &'static [Knob],
) -> Row {
    Row {
        name,
        endings,
        container,
        codecs,
        sound: None,
        knobs,
    }
}

const fn sound(
    name: &'static str,
    endings: &'static [&'static str],
    container: Container,
    sound: fn(&Quality) -> SoundCodec,
    knobs: &'static [Knob],
) -> Row {
    Row {
        name,
        endings,
        container,
        codecs: &[],
        sound: Some(sound),
        knobs,
    }
}

/// Every format that can be written, the usual one first.
const TABLE: [Row; 17] = [
    Row {
        name: "mp4",
        endings: &["mp4", "m4v"],
        container: Container::Mp4,
        codecs: &[H264_CODEC, HEVC_CODEC, AV1_CODEC],
        sound: Some(aac),
        knobs: &[Knob::AudioBitrate],
    },
    Row {
        name: "fmp4",
        endings: &["fmp4"],
        container: Container::Fragments,
        codecs: &[H264_CODEC, HEVC_CODEC, AV1_CODEC],
        sound: Some(aac),
        knobs: &[Knob::AudioBitrate],
    },
    Row {
        name: "hls",
        endings: &["m3u8"],
        container: Container::Hls,
        codecs: &[H264_CODEC, HEVC_CODEC, AV1_CODEC],
        sound: Some(aac),
        knobs: &[Knob::AudioBitrate],
    },
    Row {
        name: "webm",
        endings: &["webm"],
        container: Container::WebM,
        codecs: &[VP9_CODEC, AV1_CODEC],
        sound: Some(opus),
        knobs: &[Knob::AudioBitrate],
    },
    Row {
        name: "mov",
        endings: &["mov"],
        container: Container::Mov,
        codecs: &MOV_CODECS,
        sound: Some(|_| SoundCodec::Pcm),
        knobs: &[],
    },
    pictures(
        "gif",
        &["gif"],
        Container::Gif,
        &[PNG_PATCHES],
        &[Knob::Loops],
    ),
    pictures(
        "apng",
        &["apng"],
        Container::Apng,
        &[PNG_PATCHES],
        &[Knob::Loops],
    ),
    pictures(
        "webp",
        &["webp"],
        Container::WebP,
        &[WEBP_PATCHES],
        &[Knob::Loops],
    ),
    pictures("png", &["png"], Container::Pictures, &[PNG_CODEC], &[]),
    pictures(
        "jpeg",
        &["jpg", "jpeg"],
        Container::Pictures,
        &[JPEG_CODEC],
        &[],
    ),
    // Of a numbered name; the animated one of others.
    pictures("webp", &["webp"], Container::Pictures, &[WEBP_CODEC], &[]),
    pictures("avif", &["avif"], Container::Pictures, &[AVIF_CODEC], &[]),
    sound("wav", &["wav"], Container::Wav, |_| SoundCodec::Pcm, &[]),
    sound("mp3", &["mp3"], Container::Mp3, mp3, &[Knob::AudioBitrate]),
    sound("m4a", &["m4a"], Container::M4a, aac, &[Knob::AudioBitrate]),
    sound(
        "opus",
        &["opus", "ogg"],
        Container::Ogg,
        opus,
        &[Knob::AudioBitrate],
    ),
    sound(
        "flac",
        &["flac"],
        Container::Flac,
        |_| SoundCodec::Flac,
        &[],
    ),
];

impl Row {
    /// The row that a word names; of two, the one that has a file for each picture if
    /// `numbered` says so.
    fn find(numbered: bool, named: impl Fn(&Row) -> bool) -> Option<&'static Row> {
        let rows = || TABLE.iter().filter(|row| named(row));
        rows()
            .find(|row| row.container.is_sequence() == numbered)
            .or_else(|| rows().next())
    }

    fn make(&self, quality: &Quality) -> Result<Format, MediaError> {
        let codec = match &quality.codec {
            None => self.codecs.first(),
            Some(name) => {
                let known = self.codecs.iter().find(|codec| codec.name == name);
                Some(known.ok_or_else(|| self.no_codec(name))?)
            }
        };
        if quality.crf.is_some() && quality.bitrate.is_some() {
            return Err(MediaError::Settings(
                "`crf` and `bitrate` cannot be asked together: either the quality is even, \
                 or the size is"
                    .to_owned(),
            ));
        }
        let own = codec.map_or(&[][..], |codec| codec.knobs);
        let foreign = Knob::ALL
            .into_iter()
            .filter(|knob| knob.is_asked(quality))
            .find(|knob| !own.contains(knob) && !self.knobs.contains(knob));
        if let Some(knob) = foreign {
            return Err(self.foreign(knob, codec));
        }
        Ok(Format {
            container: self.container,
            video: codec.map(|codec| (codec.make)(quality)),
            sound: self.sound.map(|make| make(quality)),
            loops: quality.loops.unwrap_or_default(),
        })
    }

    fn no_codec(&self, name: &str) -> MediaError {
        let fault = match &self.codecs {
            [] => format!("the format `{}` is sound alone", self.name),
            codecs => format!(
                "the format `{}` holds {}, not `{name}`",
                self.name,
                list(codecs.iter().map(|codec| codec.name))
            ),
        };
        let others = TABLE
            .iter()
            .filter(|row| row.codecs.iter().any(|codec| codec.name == name))
            .map(|row| row.name);
        let others = list(others);
        MediaError::Settings(match others.is_empty() {
            true => fault,
            false => format!("{fault}; that one is held by {others}"),
        })
    }

    /// The error of a wish that means nothing here.
    fn foreign(&self, knob: Knob, codec: Option<&Codec>) -> MediaError {
        let what = codec.map_or(self.name, |codec| codec.name);
        let own = codec.map_or(&[][..], |codec| codec.knobs);
        let known = list(own.iter().chain(self.knobs).map(|knob| knob.name()));
        MediaError::Settings(format!(
            "`{}` means nothing to the format `{}` with `{what}`{}",
            knob.name(),
            self.name,
            match known.is_empty() {
                true => String::new(),
                false => format!(", which knows {known}"),
            }
        ))
    }
}

impl Default for Format {
    fn default() -> Self {
        Self {
            container: Container::Mp4,
            video: Some(VideoCodec::H264(H264::default())),
            sound: Some(aac(&Quality::default())),
            loops: 0,
        }
    }
}

impl Format {
    /// The names of all formats, the usual one first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let first = |(index, row): &(usize, &Row)| {
            TABLE[..*index].iter().all(|other| other.name != row.name)
        };
        let rows = TABLE.iter().enumerate().filter(first);
        rows.map(|(_, row)| row.name)
    }

    /// How the names of a format's files end, the usual ending first.
    pub fn endings(name: &str) -> &'static [&'static str] {
        let row = TABLE.iter().find(|row| row.name == name);
        row.map_or(&[], |row| row.endings)
    }

    /// The format of this name.
    ///
    /// # Errors
    /// When there is none, which the message says with those that there are, or it cannot
    /// give what is asked of it.
    pub fn named(name: &str, quality: &Quality) -> Result<Self, MediaError> {
        Self::named_for(name, false, quality)
    }

    fn named_for(name: &str, numbered: bool, quality: &Quality) -> Result<Self, MediaError> {
        let row = Row::find(numbered, |row| row.name.eq_ignore_ascii_case(name));
        let row = row.ok_or_else(|| {
            MediaError::Settings(format!(
                "there is no format `{name}`, only {}",
                list(Self::names())
            ))
        })?;
        row.make(quality)
    }

    /// The format of a file: the one of this name, else the one that the file's name
    /// promises by its ending. The name `-`, standard output, is MP4 in fragments, which
    /// plays while it grows. A name with a place for a number (`%05d`) promises a file for
    /// each picture.
    ///
    /// # Errors
    /// When there is no such format, it cannot give what is asked of it, or it has a file for
    /// each picture and the name no place for a number.
    pub fn of_file(path: &Path, name: Option<&str>, quality: &Quality) -> Result<Self, MediaError> {
        let text = path.to_string_lossy();
        if text == "-" {
            return Self::of_pipe(name, quality);
        }
        let numbered = Pattern::parse(&text).is_ok_and(|pattern| pattern.is_numbered());
        let format = match name {
            Some(name) => Self::named_for(name, numbered, quality)?,
            None => {
                let ending = path.extension().unwrap_or_default().to_string_lossy();
                let ends = |known: &&str| known.eq_ignore_ascii_case(&ending);
                let row = Row::find(numbered, |row| row.endings.iter().any(ends));
                let row = row.ok_or_else(|| unknown_ending(path))?;
                row.make(quality)?
            }
        };
        if format.container.is_sequence() {
            crate::SequenceSink::pattern(path)?;
        }
        Ok(format)
    }

    /// The format of what is handed on as it comes: MP4 in fragments.
    fn of_pipe(name: Option<&str>, quality: &Quality) -> Result<Self, MediaError> {
        let wanted = match name {
            None | Some("mp4") => "fmp4",
            Some(name) => name,
        };
        let format = Self::named(wanted, quality)?;
        match format.container.is_straight() {
            true => Ok(format),
            false => Err(MediaError::Settings(format!(
                "the format `{wanted}` is whole only at its end, and cannot go to standard \
                 output; `mp4` can, in fragments"
            ))),
        }
    }

    /// The same without sound.
    ///
    /// # Errors
    /// When it has nothing but sound.
    pub fn without_sound(self) -> Result<Self, MediaError> {
        match self.video {
            None => Err(MediaError::Settings(
                "a format of sound alone cannot be written without sound".to_owned(),
            )),
            Some(_) => Ok(self.silent()),
        }
    }

    /// The same without sound.
    pub fn silent(self) -> Self {
        Self {
            sound: None,
            ..self
        }
    }

    /// Whether what shows through the pictures is kept.
    pub fn keeps_opacity(&self) -> bool {
        let video = self.video.as_ref();
        video.is_none_or(|codec| codec.keeps_opacity())
    }

    /// Refuses frames that the format cannot hold.
    ///
    /// # Errors
    /// When a side, the rate or an option lies outside of what its codecs can do.
    pub fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        self.container.check(frames)?;
        if let Some(sound) = &self.sound {
            sound.check()?;
        }
        match &self.video {
            Some(codec) => codec.check(frames),
            None => Ok(()),
        }
    }
}

impl VideoCodec {
    /// The codec of a picture file, by its name's ending; PNG if it has none.
    ///
    /// # Errors
    /// When no pictures are written that end so, or the codec cannot give what is asked.
    pub fn of_picture(path: &Path, quality: &Quality) -> Result<Self, MediaError> {
        let Some(ending) = path.extension() else {
            return Ok((PNG_CODEC.make)(quality));
        };
        let ending = ending.to_string_lossy();
        let pictures = || TABLE.iter().filter(|row| row.container.is_sequence());
        let row = pictures().find(|row| {
            let mut endings = row.endings.iter();
            endings.any(|known| known.eq_ignore_ascii_case(&ending))
        });
        let format = row.map(|row| row.make(quality)).transpose()?;
        format.and_then(|format| format.video).ok_or_else(|| {
            let endings = pictures().flat_map(|row| row.endings);
            MediaError::Settings(format!(
                "no picture is written to a file `{}`: the name ends in {}",
                path.display(),
                alternatives(endings.map(|ending| format!("`.{ending}`")))
            ))
        })
    }
}

fn unknown_ending(path: &Path) -> MediaError {
    let mut endings: Vec<String> = Vec::new();
    for ending in TABLE.iter().flat_map(|row| row.endings) {
        let shown = format!("`.{ending}`");
        if !endings.contains(&shown) {
            endings.push(shown);
        }
    }
    MediaError::Settings(format!(
        "the name `{}` promises no format that is written: names end in {} (or --format says which)",
        path.display(),
        alternatives(endings.into_iter())
    ))
}

/// Names in quotes, one after the other.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    alternatives(names.map(|name| format!("`{name}`")))
}

/// `a, b or c`.
fn alternatives(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    match &names[..] {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        names => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(file: &str, quality: &Quality) -> Result<Format, MediaError> {
        Format::of_file(Path::new(file), None, quality)
    }

    #[test]
    fn a_file_s_name_tells_its_format() {
        let quality = Quality::default();
        for name in Format::names() {
            let format = Format::named(name, &quality).unwrap();
            let number = match format.container.is_sequence() {
                true => "%03d",
                false => "",
            };
            for ending in Format::endings(name) {
                let upper = ending.to_uppercase();
                for file in [
                    format!("a{number}.{ending}"),
                    format!("b/a.b{number}.{upper}"),
                ] {
                    assert_eq!(of(&file, &quality).unwrap(), format);
                }
            }
        }
        assert_eq!(Format::named("mp4", &quality).unwrap(), Format::default());
        for file in ["film", "film.", "film.mp", "film.mp4.txt", ".mp4"] {
            let fault = of(file, &quality).unwrap_err().to_string();
            assert!(fault.contains(file) && fault.contains("`.flac`"), "{fault}");
        }
    }

    #[test]
    fn a_number_makes_it_a_file_for_each_picture() {
        let quality = Quality::default();
        let container = |file: &str| of(file, &quality).map(|format| format.container);
        assert_eq!(container("a.webp").unwrap(), Container::WebP);
        assert_eq!(container("a%d.webp").unwrap(), Container::Pictures);
        let fault = container("a.png").unwrap_err().to_string();
        assert!(fault.contains("frames/%05d.png"), "{fault}");
    }

    #[test]
    fn wishes_that_mean_nothing_are_refused() {
        let crf = Quality {
            crf: Some(20),
            ..Quality::default()
        };
        let quality = Quality {
            quality: Some(80),
            ..Quality::default()
        };
        let codec = |name: &str| Quality {
            codec: Some(name.to_owned()),
            ..Quality::default()
        };
        for (file, wish, wanted) in [
            ("a.gif", &crf, "`crf` means nothing to the format `gif`"),
            ("a.wav", &crf, "`crf` means nothing to the format `wav`"),
            (
                "a.mp4",
                &quality,
                "which knows `crf`, `bitrate`, `preset`, `pixelFormat`, `constantEncode` or `audioBitrate`",
            ),
            ("a.mp4", &codec("vp9"), "that one is held by `webm`"),
            (
                "a.mov",
                &codec("theora"),
                "holds `prores`, `prores-422`, `h264` or `hevc`, not `theora`",
            ),
            ("a.mp3", &codec("h264"), "sound alone"),
        ] {
            let fault = of(file, wish).unwrap_err().to_string();
            assert!(fault.contains(wanted), "{fault}");
        }
        assert!(of("a.webp", &quality).is_ok());
        assert!(of("a.mov", &codec("prores-422")).is_ok());
    }

    #[test]
    fn sound_alone_is_not_without_sound() {
        let quality = Quality::default();
        assert!(of("a.wav", &quality).unwrap().without_sound().is_err());
        assert_eq!(
            of("a.mp4", &quality)
                .unwrap()
                .without_sound()
                .unwrap()
                .sound,
            None
        );
    }
}
