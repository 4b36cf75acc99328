use std::{collections::BTreeSet, ops::Range};

use kinora_film::{AssetId, SoundCue, sample_at};
use kinora_media::{SAMPLE_RATE, probe};
use kinora_session::SessionError;
use kinora_worker::{AssetStore as _, SoundMixer, mix_sound};

use crate::{Finding, Gravity, Rule, check::Look};

/// By what the sound is divided to be measured: nothing reaches full scale then.
const QUIETER: f64 = 8.0;
/// Full scale, so divided.
const FULL: u16 = (32_768.0 / QUIETER) as u16;
/// Decibels above full scale that nobody hears.
const SLIGHT: f64 = 0.5;
/// What is silence: 80 decibels below full scale.
const FAINT: u16 = 3;
/// Seconds that a sound plays that is to be heard.
const PLAYS: f64 = 0.5;
/// Seconds of a sound that may be left when the film ends.
const LEFT: f64 = 0.5;

/// Sound that is too loud, and sounds that the film's end cuts.
pub fn findings(look: &Look) -> Result<Vec<Finding>, SessionError> {
    let mut findings = cut(look);
    findings.extend(silent(look)?);
    findings.extend(loud(look)?);
    Ok(findings)
}

fn finding(
    look: &Look,
    rule: Rule,
    gravity: Gravity,
    message: String,
    frames: (u64, u64),
    hint: &str,
) -> Finding {
    Finding {
        rule,
        gravity,
        message,
        node: None,
        place: serde_json::Value::Null,
        bounds: None,
        frames: Some(frames),
        fps: look.fps(),
        hint: hint.to_owned(),
        others: 0,
    }
}

/// Sound files of which nothing is heard, however long they play. Videos often have a silent
/// track, and what has no volume is meant so.
fn silent(look: &Look) -> Result<Vec<Finding>, SessionError> {
    let (film, fps) = (&look.recorded.film, look.fps());
    let library = look.session.library();
    let sounds = film.sounds();
    let mut mixer = SoundMixer::new();
    let mut findings = Vec::new();
    let files: BTreeSet<AssetId> = sounds.iter().map(|cue| cue.asset).collect();
    for file in files {
        let cues: Vec<&SoundCue> = sounds.iter().filter(|cue| cue.asset == file).collect();
        let Ok(asset) = library.find(file) else {
            continue;
        };
        let info = asset.media().and_then(|source| probe(source).ok());
        let is_sound = info.is_some_and(|info| info.video.is_none());
        let (first, last) = cues.iter().fold((u64::MAX, 0), |(first, last), cue| {
            (first.min(cue.frames.start), last.max(cue.frames.end))
        });
        if !is_sound || fps.seconds(last - first) < PLAYS || heard(look, &cues, &mut mixer)? {
            continue;
        }
        let start = look.recorded.recording.frames.start;
        findings.push(finding(
            look,
            Rule::SilentSound,
            Gravity::Warning,
            format!(
                "nothing is heard of `{}`: it is silent while it plays",
                asset.name
            ),
            (start + first, start + last - 1),
            "leave it out, or play another part of it",
        ));
    }
    Ok(findings)
}

/// Whether anything is heard of these.
fn heard(look: &Look, cues: &[&SoundCue], mixer: &mut SoundMixer) -> Result<bool, SessionError> {
    let fps = look.fps();
    let store = &**look.session.library();
    for cue in cues {
        let alone = [(*cue).clone()];
        let at = |frame| sample_at(frame, fps, SAMPLE_RATE);
        let (from, to) = (at(cue.frames.start), at(cue.frames.end));
        for start in (from..to).step_by(SAMPLE_RATE as usize) {
            let range = start..to.min(start + u64::from(SAMPLE_RATE));
            let mixed = mix_sound(&alone, fps, range, store, mixer)?;
            if mixed.iter().any(|sample| sample.unsigned_abs() > FAINT) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Where the sum of all sounds is louder than full scale, which is taken back.
fn loud(look: &Look) -> Result<Option<Finding>, SessionError> {
    let film = &look.recorded.film;
    let fps = look.fps();
    let quieter = |mut cue: SoundCue| {
        cue.volume = cue.volume.times(1.0 / QUIETER);
        cue
    };
    let sounds: Vec<SoundCue> = film.sounds().into_iter().map(quieter).collect();
    if sounds.is_empty() {
        return Ok(None);
    }
    let end = sample_at(film.frames(), fps, SAMPLE_RATE);
    let mut mixer = SoundMixer::new();
    let store = &**look.session.library();
    let mut found: Option<Range<u64>> = None;
    let mut largest = 0;
    let second = u64::from(SAMPLE_RATE);
    for start in (0..end).step_by(SAMPLE_RATE as usize) {
        let range = start..end.min(start + second);
        let mixed = mix_sound(&sounds, fps, range.clone(), store, &mut mixer)?;
        let peak = mixed.iter().map(|sample| sample.unsigned_abs()).max();
        let peak = peak.unwrap_or(0);
        if decibels(peak) > SLIGHT {
            found = Some(found.map_or(start, |found| found.start)..range.end);
            largest = peak.max(largest);
        }
    }
    Ok(found.map(|samples| {
        let frame = |sample: u64| {
            let frame = sample as f64 / f64::from(SAMPLE_RATE) * fps.value();
            look.recorded.recording.frames.start + (frame as u64).min(film.frames() - 1)
        };
        let frames = (frame(samples.start), frame(samples.end));
        let message = format!(
            "the sound is up to {:.1} dB louder than full scale, and is taken back there",
            decibels(largest)
        );
        let hint = "lower the `volume` of what plays then";
        finding(look, Rule::TooLoud, Gravity::Warning, message, frames, hint)
    }))
}

/// How far a measured sample lies above full scale.
fn decibels(sample: u16) -> f64 {
    20.0 * (f64::from(sample) / f64::from(FULL)).log10()
}

fn cut(look: &Look) -> Vec<Finding> {
    let film = &look.recorded.film;
    let library = look.session.library();
    let cut = film.sounds().into_iter().filter_map(|cue| {
        if cue.loops.is_some() || cue.frames.end < film.frames() {
            return None;
        }
        let asset = library.find(cue.asset).ok()?;
        let whole = probe(asset.media()?).ok()?.duration;
        let heard = cue.time + look.fps().seconds(cue.frames.end - cue.frames.start) * cue.rate;
        let left = (whole - heard) / cue.rate;
        let at = look.recorded.recording.frames.end - 1;
        (left > LEFT).then(|| {
            let name = &asset.name;
            let message = format!("the film ends {left:.1} s before `{name}` does");
            let hint = "if it should be heard to its end, let the scene wait for it";
            finding(look, Rule::SoundCut, Gravity::Note, message, (at, at), hint)
        })
    });
    cut.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_scale_is_where_it_is() {
        assert_eq!(decibels(FULL), 0.0);
        assert!((decibels(2 * FULL) - 6.02).abs() < 0.01);
        assert!(decibels(0) < SLIGHT);
    }
}
