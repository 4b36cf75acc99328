use std::{
    io::{BufWriter, Write as _},
    ops::Range,
    path::Path,
};

use kinora_film::{Fps, SoundCue, sample_at};
use kinora_media::{SAMPLE_RATE, WholeFile};
use kinora_worker::{AssetStore, Recipe, SoundMixer, mix_sound};

use crate::FarmError;

/// Writes what is heard during `frames`, no louder than the recipe lets it be, as a WAV file:
/// 16-bit stereo at 48 kHz.
/// Files of neighbouring ranges join without a seam. It has its name when it is whole.
///
/// # Errors
/// When the sound cannot be mixed or the file not be written.
pub fn write_wave(
    path: &Path,
    cues: &[SoundCue],
    fps: Fps,
    frames: Range<u64>,
    recipe: &Recipe,
    store: &dyn AssetStore,
) -> Result<(), FarmError> {
    let fault = |source| FarmError::Wave {
        path: path.to_owned(),
        source,
    };
    let start = sample_at(frames.start, fps, SAMPLE_RATE);
    let end = sample_at(frames.end, fps, SAMPLE_RATE);
    let mut file = BufWriter::new(WholeFile::create(path).map_err(fault)?);
    file.write_all(&header(end - start)).map_err(fault)?;
    let mut mixer = SoundMixer::below(recipe.ceiling()).on_missing(recipe.on_missing);
    let mut next = start;
    while next < end {
        let piece = next..(next + u64::from(SAMPLE_RATE)).min(end);
        next = piece.end;
        let mix = mix_sound(cues, fps, piece, store, &mut mixer).map_err(FarmError::Sound)?;
        for sample in mix {
            file.write_all(&sample.to_le_bytes()).map_err(fault)?;
        }
    }
    let whole = file
        .into_inner()
        .map_err(|error| fault(error.into_error()))?;
    whole.keep().map_err(fault)
}

/// The 44 bytes before the samples. Sizes of files over 4 GiB are written as
/// the largest possible, which readers take as 'to the end'.
fn header(samples: u64) -> Vec<u8> {
    let bytes = u32::try_from(samples * 4).unwrap_or(u32::MAX - 36);
    let mut header = Vec::with_capacity(44);
    header.extend(b"RIFF");
    header.extend((bytes.saturating_add(36)).to_le_bytes());
    header.extend(b"WAVEfmt ");
    header.extend(16_u32.to_le_bytes());
    header.extend(1_u16.to_le_bytes());
    header.extend(2_u16.to_le_bytes());
    header.extend(SAMPLE_RATE.to_le_bytes());
    header.extend((SAMPLE_RATE * 4).to_le_bytes());
    header.extend(4_u16.to_le_bytes());
    header.extend(16_u16.to_le_bytes());
    header.extend(b"data");
    header.extend(bytes.to_le_bytes());
    header
}
