use kinora_film::{ContentHash, FilmHeader, OnMissing, SoundCue};
use kinora_media::{Format, FrameSpec, MediaError};
use kinora_raster::SimdLevel;
use serde::{Deserialize, Serialize};

use crate::Ceiling;

/// All that decides, with a segment's content, on the bytes of its result: how it is
/// encoded, what it is drawn by, and which engine does both.
///
/// One value travels with a job, so that all its workers make the same bytes, and it
/// makes the names under which results are kept ([`Recipe::key`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recipe {
    /// The file's format. A segment's own bytes depend on its pictures' codec alone.
    pub format: Format,
    /// Who draws: the name of a [`SimdLevel`].
    pub renderer: String,
    /// The engine, as [`engine`] names it.
    pub engine: String,
    /// Whether a film that shows or sounds a broken file is given up.
    pub refuse_damaged: bool,
    /// What becomes of a film of which a file cannot be read on.
    pub on_missing: OnMissing,
    /// How loud the whole film is to be, in hundredths of a LUFS; none leaves it as it is.
    pub loudness: Option<i16>,
    /// By what all sound is made louder or quieter first, in thousandths; none leaves it.
    pub volume: Option<u32>,
    /// Whether nothing is louder than -1 dBTP ([`Ceiling::TruePeak`]).
    pub true_peak: bool,
    /// Whether packets of videos are copied where a film shows nothing but those.
    pub copy: bool,
    /// What the file says that it is called.
    pub title: Option<String>,
    /// Whether the file tells the project's scenes as its chapters.
    pub chapters: bool,
}

impl Recipe {
    /// Files of this format, drawn at the level that practically every machine has, by
    /// this engine.
    pub fn new(format: Format) -> Self {
        Self {
            format,
            renderer: SimdLevel::common().name().to_owned(),
            engine: engine(),
            refuse_damaged: false,
            on_missing: OnMissing::Error,
            loudness: None,
            volume: None,
            true_peak: false,
            copy: false,
            title: None,
            chapters: false,
        }
    }

    /// How loud its sound may be.
    pub fn ceiling(&self) -> Ceiling {
        match self.true_peak {
            true => Ceiling::TruePeak,
            false => Ceiling::FullScale,
        }
    }

    /// Cues as loud as the film has them, before its loudness is measured.
    pub fn at_volume(&self, cues: Vec<SoundCue>) -> Vec<SoundCue> {
        let Some(thousandths) = self.volume else {
            return cues;
        };
        let times = f64::from(thousandths) / 1000.0;
        let louder = |cue: SoundCue| SoundCue {
            volume: cue.volume.times(times),
            ..cue
        };
        cues.into_iter().map(louder).collect()
    }

    /// The same for a file without sound.
    pub fn silent(self) -> Self {
        Self {
            format: self.format.silent(),
            ..self
        }
    }

    /// The instruction set to draw with; none if this machine does not have it.
    pub fn level(&self) -> Option<SimdLevel> {
        SimdLevel::from_name(&self.renderer)
    }

    /// Refuses a film that cannot be encoded so.
    ///
    /// # Errors
    /// When the codec cannot take the film's size or rate.
    pub fn check(&self, film: &FilmHeader) -> Result<(), MediaError> {
        self.format.check(&frame_spec(film))
    }

    /// Names the result of a segment: what is drawn, how it is encoded, and by what.
    pub fn key(&self, segment: ContentHash) -> String {
        let mut hasher = blake3::Hasher::new();
        let codec = postcard::to_stdvec(&self.format.video);
        let codec = codec.expect("plain data in memory always serialises");
        let parts: [&[u8]; 4] = [
            self.engine.as_bytes(),
            self.renderer.as_bytes(),
            &codec,
            &segment.0,
        ];
        // What another recipe would refuse never stands in its place.
        let missing = match self.on_missing {
            OnMissing::Error => None,
            other => Some(other.name().as_bytes()),
        };
        for part in parts.into_iter().chain(missing) {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        hasher.finalize().to_string()
    }
}

/// Size and rate of a film's frames, as codecs take them.
pub fn frame_spec(film: &FilmHeader) -> FrameSpec {
    FrameSpec {
        width: film.size.width,
        height: film.size.height,
        fps_num: film.fps.num(),
        fps_den: film.fps.den(),
        transparent: film.background.a < 1.0,
    }
}

/// Names the engine by all that a result's bytes depend on: its sources and the media
/// libraries. Results and plans of another engine are not to be mixed with its own.
pub fn engine() -> String {
    format!("{SOURCES}-{}", kinora_media::version())
}

/// Names the sources that a result depends on; made by the build script.
const SOURCES: &str = env!("KINORA_ENGINE");

#[cfg(test)]
mod tests {
    use kinora_media::{Preset, Quality};

    use super::*;

    #[test]
    fn what_changes_a_segment_s_bytes_changes_its_key() {
        let quality = |crf, preset| Quality {
            crf: Some(crf),
            preset: Some(preset),
            ..Quality::default()
        };
        let recipe = |quality| Recipe::new(Format::named("mp4", &quality).unwrap());
        let plain = recipe(quality(20, Preset::Veryfast));
        let segment = ContentHash([7; 32]);
        let others = [
            recipe(quality(21, Preset::Veryfast)),
            recipe(quality(20, Preset::Fast)),
            // Nothing asked leaves the choice to each segment's content.
            recipe(Quality::default()),
            Recipe {
                renderer: "none".to_owned(),
                ..plain.clone()
            },
            Recipe {
                on_missing: OnMissing::Hold,
                ..plain.clone()
            },
            Recipe {
                on_missing: OnMissing::Black,
                ..plain.clone()
            },
            Recipe {
                engine: format!("{} ", plain.engine),
                ..plain.clone()
            },
        ];
        for other in others {
            assert_ne!(other.key(segment), plain.key(segment), "{other:?}");
        }
        assert_ne!(plain.key(ContentHash([8; 32])), plain.key(segment));
        // Sound is no part of a segment.
        assert_eq!(plain.clone().silent().key(segment), plain.key(segment));
    }
}
