use std::{fs, path::PathBuf};

use anyhow::Context as _;
use kinora_media::{MediaError, Pattern, Quality, VideoCodec, WholeFile};
use kinora_session::FramePicture;

use crate::failure::Failure;

/// Where pictures are written, and how: one file, or one for each number.
pub struct PictureFile {
    pattern: Pattern,
    codec: VideoCodec,
}

impl PictureFile {
    /// A `.png`, `.jpg` or `.webp` file of the usual quality.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(name: &str) -> Result<Self, Failure> {
        Self::of_quality(name, None)
    }

    /// The same of this quality, where its kind has one.
    ///
    /// # Errors
    /// When it is none, or has no such quality.
    pub fn of_quality(name: &str, quality: Option<u8>) -> Result<Self, Failure> {
        let tool = |error: MediaError| Failure::Tool(error.into());
        let pattern = Pattern::parse(name).map_err(tool)?;
        let quality = Quality {
            quality,
            ..Quality::default()
        };
        let codec = VideoCodec::of_picture(&pattern.path(0), &quality).map_err(tool)?;
        Ok(Self { pattern, codec })
    }

    /// Whether each number has a file of its own.
    pub fn is_numbered(&self) -> bool {
        self.pattern.is_numbered()
    }

    /// The file of a number.
    pub fn path(&self, number: u64) -> PathBuf {
        self.pattern.path(number)
    }

    /// Writes a picture's file, which has its name when it is whole.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, picture: &FramePicture) -> Result<(), Failure> {
        let path = self.path(picture.number);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
        }
        WholeFile::write(&path, &picture.encode(&self.codec)?)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
        Ok(())
    }
}
