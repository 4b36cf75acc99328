use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{
    Aac, Container, FrameSpec, H264, MediaError, Preset,
    codec::{SoundCodec, VideoCodec},
};

/// What a film's file is made of: container, pictures, sound.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Format {
    /// The kind of file.
    pub container: Container,
    /// How pictures are encoded.
    pub video: VideoCodec,
    /// How sound is encoded; none for a silent file.
    pub sound: Option<SoundCodec>,
}

/// What can be asked of a format without naming its codecs; what is not given is the
/// format's own choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// Constant rate factor.
    pub crf: Option<u8>,
    /// Time against size.
    pub preset: Option<Preset>,
}

/// A row of the table of formats.
struct Row {
    /// Its name, which is also how names of its files end.
    name: &'static str,
    make: fn(&Quality) -> Format,
}

/// Every format that can be written, the usual one first.
const TABLE: [Row; 1] = [Row {
    name: "mp4",
    make: |quality| Format {
        container: Container::Mp4,
        video: VideoCodec::H264(H264 {
            crf: quality.crf.unwrap_or(H264::DEFAULT_CRF),
            preset: quality.preset.unwrap_or_default(),
        }),
        sound: Some(SoundCodec::Aac(Aac::default())),
    },
}];

impl Default for Format {
    fn default() -> Self {
        (TABLE[0].make)(&Quality::default())
    }
}

impl Format {
    /// The names of all formats, the usual one first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|row| row.name)
    }

    /// The format of this name.
    ///
    /// # Errors
    /// When there is none; the message names those that there are.
    pub fn named(name: &str, quality: &Quality) -> Result<Self, MediaError> {
        let row = TABLE.iter().find(|row| row.name.eq_ignore_ascii_case(name));
        row.map(|row| (row.make)(quality)).ok_or_else(|| {
            MediaError::Settings(format!(
                "the format `{name}` cannot be written, only {}",
                list("`", "`")
            ))
        })
    }

    /// The format that a file's name promises by its ending.
    ///
    /// # Errors
    /// When it promises none that can be written.
    pub fn of_file(path: &Path, quality: &Quality) -> Result<Self, MediaError> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        Self::named(ending.unwrap_or_default(), quality).map_err(|_| {
            MediaError::Settings(format!(
                "only {} files are written, and the name `{}` does not end in {}",
                list("", "").to_uppercase(),
                path.display(),
                list("`.", "`")
            ))
        })
    }

    /// The same without sound.
    pub fn silent(self) -> Self {
        Self {
            sound: None,
            ..self
        }
    }

    /// Refuses frames that the format cannot hold.
    ///
    /// # Errors
    /// When a side, the rate or an option lies outside of what its codecs can do.
    pub fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        self.video.check(frames)
    }
}

/// The names of all formats in a row.
fn list(before: &str, after: &str) -> String {
    let names = Format::names().map(|name| format!("{before}{name}{after}"));
    names.collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_tells_its_format() {
        let quality = Quality {
            crf: Some(33),
            preset: Some(Preset::Slow),
        };
        for name in Format::names() {
            let format = Format::named(name, &quality).unwrap();
            for file in [
                format!("a.{name}"),
                format!("b/a.b.{}", name.to_uppercase()),
            ] {
                assert_eq!(Format::of_file(Path::new(&file), &quality).unwrap(), format);
            }
        }
        for file in ["film", "film.", "film.mp", "film.mp4.txt", ".mp4"] {
            let fault = Format::of_file(Path::new(file), &quality).unwrap_err();
            assert!(fault.to_string().contains(file), "{fault}");
        }
    }
}
