use std::collections::{BTreeMap, BTreeSet};

use kinora_film::{Size, kurbo::Rect};
use kinora_session::{FramePainter, FramePicture, SessionError};

use super::{boxes::stands_still, canvas, shared, short};
use crate::{
    Rule,
    check::{Look, Sight},
};

/// Frames that are drawn for this, at most.
const MOST_FRAMES: usize = 24;
/// Pixels of a 1080-line canvas from which a text counts as large.
const LARGE: f64 = 32.0;

/// Texts that hardly differ from what is behind them.
///
/// Of each text that stands still, one frame is drawn; frames are shared as far as they
/// can be. What is behind is the mean of the pixels about its letters that differ most
/// from its own colour.
pub fn sights(look: &Look) -> Result<Vec<Sight>, SessionError> {
    // The glances at which each text could be judged.
    let mut chances: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, glance) in look.glances.iter().enumerate() {
        for (place, node) in glance.nodes.iter().enumerate() {
            let Some(letters) = node.letters else {
                continue;
            };
            let whole = shared(letters, canvas(look)) > 0.9 * letters.area();
            let plain = node.fill.is_some_and(|fill| fill[3] == 255)
                && !node.stands_out
                && !glance.is_covered(place);
            if whole && plain && node.opacity > 0.95 && stands_still(look, index, node) {
                chances.entry(&node.key).or_default().push((index, place));
            }
        }
    }
    let mut painter = FramePainter::new();
    let mut sights = Vec::new();
    let mut drawn = 0;
    while let Some(glance) = busiest(&chances).filter(|_| drawn < MOST_FRAMES) {
        drawn += 1;
        let number = look.glances[glance].frame;
        let first = look.recorded.recording.frames.start;
        let film = &look.recorded.film;
        let store = &**look.session.library();
        let picture = painter.draw(film, number - first, number, None, store)?;
        let judged: Vec<(&str, usize)> = chances
            .iter()
            .filter_map(|(key, places)| {
                let found = places.iter().find(|(index, _)| *index == glance)?;
                Some((*key, found.1))
            })
            .collect();
        for (key, node) in judged {
            let places = chances.remove(key).unwrap_or_default();
            if let Some(sight) = judge(look, glance, node, &picture) {
                let again = places.iter().map(|(index, place)| Sight {
                    glance: *index,
                    node: *place,
                    message: sight.message.clone(),
                    hint: sight.hint.clone(),
                    ..sight
                });
                sights.extend(again);
            }
        }
    }
    Ok(sights)
}

/// The glance at which most texts can be judged.
fn busiest(chances: &BTreeMap<&str, Vec<(usize, usize)>>) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for places in chances.values() {
        let glances: BTreeSet<usize> = places.iter().map(|(index, _)| *index).collect();
        glances
            .into_iter()
            .for_each(|index| *counts.entry(index).or_default() += 1);
    }
    let most = counts
        .into_iter()
        .max_by_key(|(index, count)| (*count, usize::MAX - index));
    most.map(|(index, _)| index)
}

fn judge(look: &Look, glance: usize, place: usize, picture: &FramePicture) -> Option<Sight> {
    let node = &look.glances[glance].nodes[place];
    let (letters, [r, g, b, _]) = (node.letters?, node.fill?);
    let own = [r, g, b];
    let (behind, is_nothing) = behind(picture, letters, own)?;
    let found = ratio(own, behind);
    let height = f64::from(picture.size.height.min(picture.size.width));
    let is_large = node.font_size * node.scale >= LARGE * height / 1080.0;
    let wanted = if is_large { 3.0 } else { 4.5 };
    if found >= wanted {
        return None;
    }
    let better = passing(own, behind, wanted);
    let name = |[r, g, b]: [u8; 3]| format!("#{r:02x}{g:02x}{b:02x}");
    Some(Sight {
        rule: Rule::Contrast,
        glance,
        node: place,
        message: format!(
            "the text `{}` ({}) has a contrast of {found:.1} to what is behind it ({}); {wanted} are wanted",
            short(&node.text),
            name(own),
            name(behind)
        ),
        hint: match is_nothing {
            false => format!("`{}` would do", name(better)),
            true => format!(
                "`{}` would do; nothing is drawn behind it, which files without transparency show black (`view.fill`, or `background` of the project)",
                name(better)
            ),
        },
        bounds: Some(letters),
    })
}

/// The mean of that half of a place's pixels that differs most from a colour, and whether
/// nothing is drawn there. None where nothing differs, as where something else covers the
/// text.
fn behind(picture: &FramePicture, at: Rect, own: [u8; 3]) -> Option<([u8; 3], bool)> {
    let Size { width, height } = picture.size;
    let clamp = |value: f64, most: u32| value.clamp(0.0, f64::from(most)) as usize;
    let around = at.inflate(2.0, 2.0);
    let (x0, x1) = (
        clamp(around.x0.floor(), width),
        clamp(around.x1.ceil(), width),
    );
    let (y0, y1) = (
        clamp(around.y0.floor(), height),
        clamp(around.y1.ceil(), height),
    );
    // Some thousands tell as much as all.
    let stride = (((x1 - x0) * (y1 - y0)) as f64 / 20_000.0)
        .sqrt()
        .ceil()
        .max(1.0) as usize;
    let mut pixels: Vec<(u32, [u8; 3], u8)> = Vec::new();
    for y in (y0..y1).step_by(stride) {
        for x in (x0..x1).step_by(stride) {
            let at = (y * width as usize + x) * 4;
            let [r, g, b, a] = picture.rgba[at..at + 4].try_into().ok()?;
            // What lets all through is black in most players.
            let over = |channel: u8| (u16::from(channel) * u16::from(a) / 255) as u8;
            let pixel = [over(r), over(g), over(b)];
            let away = pixel
                .iter()
                .zip(own)
                .map(|(a, b)| u32::from(a.abs_diff(b)))
                .sum();
            pixels.push((away, pixel, a));
        }
    }
    pixels.sort_unstable_by_key(|(away, _, _)| std::cmp::Reverse(*away));
    let half = &pixels[..pixels.len() / 2];
    let nearest = pixels.last()?.0;
    // Without a pixel of its colour the text is not seen here at all.
    if half.is_empty() || nearest > 48 {
        return None;
    }
    let mean = |channel: usize| {
        let sum: u32 = half
            .iter()
            .map(|(_, pixel, _)| u32::from(pixel[channel]))
            .sum();
        (sum / half.len() as u32) as u8
    };
    let through = half.iter().filter(|(_, _, a)| *a < 128).count();
    let is_nothing = 2 * through > half.len();
    Some(([mean(0), mean(1), mean(2)], is_nothing))
}

/// The contrast of WCAG 2.2: 1 to 21.
fn ratio(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A channel without sRGB's curve: 0 to 1.
pub fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    match value <= 0.04045 {
        true => value / 12.92,
        false => ((value + 0.055) / 1.055).powf(2.4),
    }
}

/// The relative luminance of WCAG 2.2: 0 to 1.
fn luminance(color: [u8; 3]) -> f64 {
    let linear = color.map(linear);
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// The nearest colour on the way to white or black that differs enough.
fn passing(own: [u8; 3], behind: [u8; 3], wanted: f64) -> [u8; 3] {
    let towards = |end: u8, share: f64| {
        own.map(|channel| {
            let (from, to) = (f64::from(channel), f64::from(end));
            (from + (to - from) * share).round() as u8
        })
    };
    for step in 1..=20 {
        for end in [255, 0] {
            let tried = towards(end, f64::from(step) / 20.0);
            if ratio(tried, behind) >= wanted {
                return tried;
            }
        }
    }
    match ratio([255; 3], behind) > ratio([0; 3], behind) {
        true => [255; 3],
        false => [0; 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((ratio([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((ratio([119; 3], [255; 3]) - 4.48).abs() < 0.01);
        assert!((ratio([118; 3], [255; 3]) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_colour_that_passes_is_found() {
        for (own, behind) in [
            ([200; 3], [255; 3]),
            ([60, 60, 90], [30; 3]),
            ([128; 3], [128; 3]),
        ] {
            assert!(
                ratio(passing(own, behind, 4.5), behind) >= 4.5,
                "{own:?} on {behind:?}"
            );
        }
    }
}
