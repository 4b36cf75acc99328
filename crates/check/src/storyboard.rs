use kinora_film::{Size, kurbo::Rect};
use kinora_session::{FramePicture, Session, SessionError, in_proportion};

use crate::{Finding, Gravity};

/// Pixels across of each picture.
const WIDTH: u32 = 640;
/// Pictures at most.
const MOST: usize = 36;
/// Pixels a dot of a number.
const DOT: i64 = 3;

/// Digits, five rows of three dots each, from the top.
const DIGITS: [[u8; 5]; 10] = [
    [0b111, 0b101, 0b101, 0b101, 0b111],
    [0b010, 0b110, 0b010, 0b010, 0b111],
    [0b111, 0b001, 0b111, 0b100, 0b111],
    [0b111, 0b001, 0b111, 0b001, 0b111],
    [0b101, 0b101, 0b111, 0b001, 0b001],
    [0b111, 0b100, 0b111, 0b001, 0b111],
    [0b111, 0b100, 0b111, 0b101, 0b111],
    [0b111, 0b001, 0b010, 0b010, 0b010],
    [0b111, 0b101, 0b111, 0b101, 0b111],
    [0b111, 0b101, 0b111, 0b001, 0b111],
];

/// The frames at which something was found, in a grid, with a box and its number, from 1 on,
/// around what each finding is about; what has no box is numbered in the corner. None if
/// nothing was found at a frame. Further frames than the first 36 are left out.
///
/// # Errors
/// When the project or a file of it is at fault.
pub fn storyboard(
    session: &Session,
    findings: &[Finding],
) -> Result<Option<FramePicture>, SessionError> {
    let panels = panels(findings);
    if panels.is_empty() {
        return Ok(None);
    }
    let mut view = session.view(None)?;
    let whole = view.header().size;
    let size = in_proportion(whole, WIDTH);
    let mut pictures = Vec::new();
    for (frame, numbers) in panels {
        let mut picture = view.draw_small(frame, WIDTH)?;
        picture
            .rgba
            .as_chunks_mut::<4>()
            .0
            .iter_mut()
            .for_each(|pixel| pixel[3] = 255);
        let mut corner = 0;
        for number in numbers {
            let finding = &findings[number];
            let color = match finding.gravity {
                Gravity::Warning => [255, 64, 48],
                Gravity::Note => [255, 200, 0],
            };
            match finding.bounds {
                Some(bounds) => mark(&mut picture, number + 1, scaled(bounds, whole, size), color),
                None => {
                    label(&mut picture, number + 1, (corner, 0), color);
                    corner += width(number + 1) + DOT;
                }
            }
        }
        pictures.push(picture);
    }
    let columns = FramePicture::columns(pictures.len() as u32, whole);
    Ok(Some(FramePicture::grid(&pictures, columns)))
}

/// Frames, each with the places of the findings that are shown at it.
fn panels(findings: &[Finding]) -> Vec<(u64, Vec<usize>)> {
    let mut panels: Vec<(u64, Vec<usize>)> = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        let Some((first, last)) = finding.frames else {
            continue;
        };
        let has_room = panels.len() < MOST;
        let shown = panels
            .iter_mut()
            .find(|(frame, _)| (first..=last).contains(frame));
        match shown {
            Some((_, numbers)) => numbers.push(index),
            None if has_room => panels.push((first + (last - first) / 2, vec![index])),
            None => {}
        }
    }
    panels.sort_by_key(|(frame, _)| *frame);
    panels
}

/// A box of the canvas in a smaller picture of it, as far as it lies within.
fn scaled(bounds: Rect, whole: Size, size: Size) -> (i64, i64, i64, i64) {
    let across = f64::from(size.width) / f64::from(whole.width);
    let down = f64::from(size.height) / f64::from(whole.height);
    let x = |value: f64| ((value * across).round() as i64).clamp(0, i64::from(size.width));
    let y = |value: f64| ((value * down).round() as i64).clamp(0, i64::from(size.height));
    (x(bounds.x0), y(bounds.y0), x(bounds.x1), y(bounds.y1))
}

/// Draws a frame around a box, and its number at its top left corner.
fn mark(
    picture: &mut FramePicture,
    number: usize,
    (left, top, right, bottom): (i64, i64, i64, i64),
    color: [u8; 3],
) {
    // What lies beyond the edge is marked at the edge.
    let (edge_x, edge_y) = (
        i64::from(picture.size.width),
        i64::from(picture.size.height),
    );
    let (left, right) = (left.min(edge_x - 4), right.max(4));
    let (top, bottom) = (top.min(edge_y - 4), bottom.max(4));
    for side in [
        (left, top, right, top + 2),
        (left, bottom - 2, right, bottom),
        (left, top, left + 2, bottom),
        (right - 2, top, right, bottom),
    ] {
        picture.fill(side, color);
    }
    let above = (top - height()).max(0);
    label(
        picture,
        number,
        (left.min(edge_x - width(number)).max(0), above),
        color,
    );
}

fn width(number: usize) -> i64 {
    (number.to_string().len() as i64 * 4 + 1) * DOT
}

fn height() -> i64 {
    7 * DOT
}

fn label(picture: &mut FramePicture, number: usize, (left, top): (i64, i64), color: [u8; 3]) {
    picture.fill((left, top, left + width(number), top + height()), color);
    let digits = number.to_string().into_bytes();
    for (place, digit) in (0_i64..).zip(digits) {
        let rows = DIGITS[usize::from(digit - b'0')];
        for (row, dots) in (0_i64..).zip(rows) {
            for column in (0..3).filter(|column| dots & (0b100 >> column) != 0) {
                let x = left + (place * 4 + 1 + i64::from(column)) * DOT;
                let y = top + (row + 1) * DOT;
                picture.fill((x, y, x + DOT, y + DOT), [0, 0, 0]);
            }
        }
    }
}
