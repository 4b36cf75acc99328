//! Sound mixed from real files.

use std::path::{Path, PathBuf};

use kinora_film::{AssetId, Fps, SoundCue, sample_at};
use kinora_worker::{
    AssetStore, Content, ErrorKind, SoundMixer, StoreError, StoredAsset, mix_sound,
};

struct OneFile(PathBuf);

impl AssetStore for OneFile {
    fn find(&self, _: AssetId) -> Result<StoredAsset, StoreError> {
        Ok(StoredAsset {
            name: "ramp.wav".to_owned(),
            content: Content::File(self.0.clone()),
        })
    }
}

/// A 48 kHz stereo file whose sample `n` is `n` steps of 1/32768 left, and minus that right.
fn ramp(folder: &Path, samples: u32) -> OneFile {
    let mut bytes = Vec::new();
    bytes.extend(b"RIFF");
    bytes.extend((36 + samples * 4).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x02\0");
    bytes.extend(48_000_u32.to_le_bytes());
    bytes.extend(192_000_u32.to_le_bytes());
    bytes.extend(b"\x04\0\x10\0data");
    bytes.extend((samples * 4).to_le_bytes());
    for sample in 0..samples {
        bytes.extend((sample as i16).to_le_bytes());
        bytes.extend((-(sample as i16)).to_le_bytes());
    }
    let path = folder.join("ramp.wav");
    std::fs::write(&path, bytes).unwrap();
    OneFile(path)
}

fn cue(frames: std::ops::Range<u64>, time: f64, volume: f64) -> SoundCue {
    SoundCue {
        asset: AssetId::of(b"ramp"),
        frames,
        time,
        rate: 1.0,
        volume,
    }
}

#[test]
fn a_cue_sounds_from_the_first_sample_of_its_first_frame() {
    let folder = tempfile::tempdir().unwrap();
    let store = ramp(folder.path(), 20_000);
    let fps = Fps::new(30.0).unwrap();
    let cues = [cue(2..4, 0.125, 1.0)];
    let mix = mix_sound(&cues, fps, 0..9600, &store, &mut SoundMixer::new()).unwrap();
    for sample in 0..9600 {
        let wanted = match sample {
            3200..6400 => sample - 3200 + 6000,
            _ => 0,
        };
        let found = [mix[2 * sample], mix[2 * sample + 1]];
        assert_eq!(found, [wanted as i16, -(wanted as i16)], "sample {sample}");
    }
}

#[test]
fn any_division_into_ranges_gives_the_same_samples() {
    let folder = tempfile::tempdir().unwrap();
    let store = ramp(folder.path(), 20_000);
    let fps = Fps::new(29.97).unwrap();
    let cues = [
        cue(0..9, 0.0, 0.5),
        cue(3..7, 0.01, 0.25),
        cue(4..9, 0.2, 1.0),
    ];
    let end = sample_at(10, fps, 48_000);
    let whole = mix_sound(&cues, fps, 0..end, &store, &mut SoundMixer::new()).unwrap();
    assert!(whole.iter().any(|sample| *sample > 10_000));
    for piece in [1, 77, 1601, 5000] {
        let mut mixer = SoundMixer::new();
        let mut joined = Vec::new();
        let mut next = 0;
        while next < end.min(4000 * piece) {
            let range = next..(next + piece).min(end);
            next = range.end;
            joined.extend(mix_sound(&cues, fps, range, &store, &mut mixer).unwrap());
        }
        assert_eq!(joined, whole[..joined.len()], "pieces of {piece}");
    }
}

#[test]
fn a_fade_of_one_cue_a_frame_reads_each_sample_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = ramp(folder.path(), 30_000);
    let fps = Fps::new(29.97).unwrap();
    let fade: Vec<SoundCue> = (0..18)
        .map(|frame| cue(frame..frame + 1, fps.seconds(frame), 1.0))
        .collect();
    let end = sample_at(18, fps, 48_000);
    let mix = mix_sound(&fade, fps, 0..end, &store, &mut SoundMixer::new()).unwrap();
    let wanted: Vec<i16> = (0..end as i16)
        .flat_map(|sample| [sample, -sample])
        .collect();
    assert_eq!(mix, wanted);
}

#[test]
fn sums_are_clipped_and_silence_is_silent() {
    let folder = tempfile::tempdir().unwrap();
    let store = ramp(folder.path(), 30_000);
    let fps = Fps::new(10.0).unwrap();
    let cues = [
        cue(0..5, 0.5, 2.0),
        cue(0..5, 0.5, 2.0),
        cue(5..6, 0.0, 0.0),
    ];
    let mix = mix_sound(&cues, fps, 0..28_800, &store, &mut SoundMixer::new()).unwrap();
    assert_eq!(mix[..2], [i16::MAX, i16::MIN]);
    assert!(mix[2 * 24_000..].iter().all(|sample| *sample == 0));
}

#[test]
fn a_file_without_sound_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("text.txt");
    std::fs::write(&path, "no sound").unwrap();
    let fps = Fps::new(30.0).unwrap();
    let cues = [cue(0..5, 0.0, 1.0)];
    let error = mix_sound(&cues, fps, 0..100, &OneFile(path), &mut SoundMixer::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Project);
    assert_eq!(error.to_string(), "cannot use `ramp.wav`");
}
