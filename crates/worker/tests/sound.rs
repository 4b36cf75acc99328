//! Sound mixed from real files.

use std::path::{Path, PathBuf};

use kinora_film::{AssetId, Fps, OnMissing, SoundCue, Volume, sample_at};
use kinora_worker::{
    AssetStore, Content, ErrorKind, Measured, SoundMixer, StoreError, StoredAsset, at_loudness,
    loudness, mix_sound,
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
        from: 0.0,
        loops: None,
        rate: 1.0,
        keeps_pitch: true,
        volume: Volume::steady(volume),
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

/// A loop of 1000 samples of the ramp.
fn looped(frames: std::ops::Range<u64>, time: f64, rate: f64) -> SoundCue {
    SoundCue {
        loops: Some(1000.0 / 48_000.0),
        rate,
        ..cue(frames, time, 1.0)
    }
}

#[test]
fn a_loop_goes_on_with_the_sample_after_its_last() {
    let folder = tempfile::tempdir().unwrap();
    let store = ramp(folder.path(), 20_000);
    for fps in [30.0, 29.97, 24.0, 60.0] {
        let fps = Fps::new(fps).unwrap();
        let end = sample_at(20, fps, 48_000);
        for piece in [end, 777] {
            let mut bench = SoundMixer::new();
            let mut next = 0;
            while next < end {
                let range = next..(next + piece).min(end);
                let cues = [looped(0..20, 0.0, 1.0)];
                let mix = mix_sound(&cues, fps, range.clone(), &store, &mut bench).unwrap();
                for (sample, pair) in range.clone().zip(mix.chunks(2)) {
                    assert_eq!(u64::from(pair[0] as u16), sample % 1000, "{fps:?} {sample}");
                }
                next = range.end;
            }
        }
    }
}

#[test]
fn a_loop_entered_anywhere_is_the_same_loop() {
    let folder = tempfile::tempdir().unwrap();
    let store = ramp(folder.path(), 20_000);
    let fps = Fps::new(30.0).unwrap();
    // Frame 7 of a film whose loop began with frame 0, told both ways.
    for time in [7.0 / 30.0, 7.0 / 30.0 - 11.0 / 48.0] {
        let cues = [looped(0..5, time, 1.0)];
        let mix = mix_sound(&cues, fps, 0..8000, &store, &mut SoundMixer::new()).unwrap();
        for (sample, pair) in (7 * 1600_u64..).zip(mix.chunks(2)) {
            assert_eq!(u64::from(pair[0] as u16), sample % 1000, "{time} {sample}");
        }
    }
}

#[test]
fn nothing_is_heard_from_before_the_point_of_entry() {
    let folder = tempfile::tempdir().unwrap();
    let store = ramp(folder.path(), 20_000);
    let fps = Fps::new(30.0).unwrap();
    let entered = SoundCue {
        from: 0.1,
        ..cue(2..4, 0.1 - 0.01, 1.0)
    };
    let mix = mix_sound(&[entered], fps, 0..9600, &store, &mut SoundMixer::new()).unwrap();
    for sample in 0..9600 {
        let wanted = match sample {
            3680..6400 => sample - 3680 + 4800,
            _ => 0,
        };
        assert_eq!(mix[2 * sample], wanted as i16, "sample {sample}");
    }
}

#[test]
fn volumes_change_from_sample_to_sample() {
    let folder = tempfile::tempdir().unwrap();
    let store = ramp(folder.path(), 30_000);
    let fps = Fps::new(30.0).unwrap();
    let mut volume = Volume::steady(0.0);
    (1..=10).for_each(|frame| volume.push(frame, frame as f64 / 10.0));
    let fading = SoundCue {
        volume,
        ..cue(0..12, 0.0, 1.0)
    };
    let whole = |cues: &[SoundCue], range| {
        mix_sound(cues, fps, range, &store, &mut SoundMixer::new()).unwrap()
    };
    let mix = whole(std::slice::from_ref(&fading), 0..19_200);
    for sample in 0..19_200 {
        let volume = (sample as f64 / 16_000.0).min(1.0);
        let wanted = sample as f64 * volume;
        let found = f64::from(mix[2 * sample]);
        assert!(
            (found - wanted).abs() <= 1.0,
            "{sample}: {found}, not {wanted}"
        );
    }
    let part = whole(&[fading], 5000..6000);
    assert_eq!(part, mix[10_000..12_000]);
}

#[test]
fn sums_fit_and_silence_is_silent() {
    let folder = tempfile::tempdir().unwrap();
    let store = ramp(folder.path(), 30_000);
    let fps = Fps::new(10.0).unwrap();
    let cues = [
        cue(0..5, 0.5, 2.0),
        cue(0..5, 0.5, 2.0),
        cue(5..6, 0.0, 0.0),
    ];
    let mix = mix_sound(&cues, fps, 0..28_800, &store, &mut SoundMixer::new()).unwrap();
    // Three times too loud, and taken back to full scale.
    let loud = &mix[..2 * 5_500];
    assert!(loud.iter().all(|sample| sample.unsigned_abs() > 32_000));
    assert!(
        loud.chunks(2)
            .all(|pair| pair[0].abs_diff(-pair[1].max(-i16::MAX)) <= 1)
    );
    let mut mixer = SoundMixer::new();
    let pieces = [0..5000, 5000..5001, 5001..28_800];
    let joined = pieces.map(|range| mix_sound(&cues, fps, range, &store, &mut mixer).unwrap());
    assert!(joined.concat() == mix);
    assert!(mix[2 * 24_000..].iter().all(|sample| *sample == 0));
}

#[test]
fn a_film_is_as_loud_as_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let store = ramp(folder.path(), 20_000);
    let fps = Fps::new(30.0).unwrap();
    let samples = 96_000;
    // 1000 samples over and over, and at half volume from the second second on.
    let mut volume = Volume::steady(0.5);
    volume.push(30, 0.25);
    let cues = vec![SoundCue {
        volume,
        ..looped(0..60, 0.0, 1.0)
    }];
    let measured = Measured {
        fps,
        samples,
        store: &store,
        on_missing: OnMissing::Error,
    };
    let told = |cues: &[SoundCue]| loudness(cues, &measured).unwrap();
    let found = told(&cues).unwrap();
    for target in [-14.0, -23.0] {
        let louder = at_loudness(cues.clone(), target, &measured).unwrap();
        let reached = told(&louder).unwrap();
        let wanted = target.min(found + 20.0);
        assert!(
            (reached - wanted).abs() < 0.2,
            "{found} became {reached}, not {wanted}"
        );
    }
    let silent = vec![cue(0..60, 0.0, 0.0)];
    assert_eq!(told(&silent), None);
    let same = at_loudness(silent.clone(), -14.0, &measured).unwrap();
    assert_eq!(same, silent);
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
