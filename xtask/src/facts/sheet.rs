//! The comparison as contact sheets: reference, ours and the difference, side by side.

use crate::facts::Comparison;
use crate::letters;
use crate::likeness;
use crate::picture::Picture;

const GAP: usize = 6;
const LABEL: usize = 16;
/// A sheet is begun anew past this height, in pixels.
const TALLEST: usize = 2400;

/// Draws one row per kept frame; as many sheets as it takes.
pub fn sheets(comparisons: &[Comparison]) -> Vec<Picture> {
    let mut rows = Vec::new();
    for comparison in comparisons {
        for (frame, want, got) in &comparison.pictures {
            rows.push(row(&comparison.scene, *frame, want, got.as_ref()));
        }
    }
    let mut sheets: Vec<Vec<Picture>> = Vec::new();
    let mut height = TALLEST;
    for row in rows {
        if height + row.height > TALLEST {
            sheets.push(Vec::new());
            height = 0;
        }
        height += row.height;
        if let Some(sheet) = sheets.last_mut() {
            sheet.push(row);
        }
    }
    sheets.iter().map(|rows| stack(rows)).collect()
}

fn stack(rows: &[Picture]) -> Picture {
    let width = rows.iter().map(|row| row.width).max().unwrap_or(1);
    let height = rows.iter().map(|row| row.height).sum();
    let mut sheet = Picture::filled(width, height, [40, 40, 40, 255]);
    let mut top = 0;
    for row in rows {
        sheet.paste(row, 0, top);
        top += row.height;
    }
    sheet
}

fn row(scene: &str, frame: u64, want: &Picture, got: Option<&Picture>) -> Picture {
    let width = want.width * 3 + GAP * 4;
    let mut row = Picture::filled(width, want.height + LABEL + GAP, [40, 40, 40, 255]);
    let measured = got.and_then(|got| likeness::compare(want, got));
    let (text, colour) = match measured {
        Some(l) if l.passes() => (
            format!(
                "{scene} {frame}   {:.3} {:.3} {:.2}%",
                l.frame,
                l.drawn,
                l.stray * 100.0
            ),
            [160, 220, 160, 255],
        ),
        Some(l) => (
            format!(
                "{scene} {frame}   {:.3} {:.3} {:.2}%  differs",
                l.frame,
                l.drawn,
                l.stray * 100.0
            ),
            [255, 140, 120, 255],
        ),
        None => (
            format!("{scene} {frame}  not comparable"),
            [255, 90, 90, 255],
        ),
    };
    letters::write(&mut row, GAP, 3, &text, colour);
    row.paste(&want.over_grey(), GAP, LABEL);
    if let Some(got) = got {
        row.paste(&got.over_grey(), GAP * 2 + want.width, LABEL);
        if (got.width, got.height) == (want.width, want.height) {
            row.paste(&difference(want, got), GAP * 3 + want.width * 2, LABEL);
        }
    }
    row
}

/// Four times the distance of each channel, on black.
fn difference(want: &Picture, got: &Picture) -> Picture {
    let (want, got) = (want.over_grey(), got.over_grey());
    let mut picture = want.clone();
    for ((out, a), b) in picture.rgba.iter_mut().zip(&want.rgba).zip(&got.rgba) {
        *out = a.abs_diff(*b).saturating_mul(4);
    }
    for alpha in picture.rgba.iter_mut().skip(3).step_by(4) {
        *alpha = 255;
    }
    picture
}
