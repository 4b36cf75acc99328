use std::fmt;

use kinora_film::{Fps, Size};

use crate::{FrameList, FramePicture, Session, SessionError, Wanted, in_proportion};

/// Pixels between two pictures.
const GAP: u32 = 4;

/// Frames of a film side by side in one picture.
pub struct Sheet {
    /// All of them; its number is the first one's.
    pub picture: FramePicture,
    /// The frames' numbers, from left to right and from top to bottom.
    pub frames: Vec<u64>,
    /// How many stand side by side.
    pub columns: usize,
    /// The film's rate.
    pub fps: Fps,
}

/// A line for each picture: where it stands, its frame and its time.
impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, frame) in self.frames.iter().enumerate() {
            let (row, column) = (index / self.columns + 1, index % self.columns + 1);
            let end = if index > 0 { "\n" } else { "" };
            let seconds = self.fps.seconds(*frame);
            write!(
                f,
                "{end}row {row}, column {column}: frame {frame}, {seconds:.2} s"
            )?;
        }
        Ok(())
    }
}

impl Session {
    /// Draws `count` frames spread evenly over the film, at least 1, each `width` pixels
    /// across or the film's if that is less, into one picture. A shorter film gives fewer.
    ///
    /// # Errors
    /// When the project or a file of it is at fault.
    pub fn sheet(&self, count: u64, width: u32) -> Result<Sheet, SessionError> {
        let mut view = self.view(None)?;
        let (range, header) = (view.frames(), view.header());
        let all = range.end - range.start;
        let count = count.clamp(1, all);
        // The middle of each of as many equal parts.
        let place = |index: u64| range.start + (2 * index + 1) * all / (2 * count);
        let frames: Vec<u64> = (0..count).map(place).collect();
        let columns = columns(count, header.size);
        let rows = (count as u32).div_ceil(columns);
        let size = in_proportion(header.size, width);
        let whole = Size::new(
            columns * (size.width + GAP) + GAP,
            rows * (size.height + GAP) + GAP,
        );
        let mut rgba = [32, 32, 32, 255].repeat(whole.width as usize * whole.height as usize);
        for (index, frame) in (0_u32..).zip(&frames) {
            view.list(&Wanted::Frames(FrameList::one(*frame)))?;
            let picture = view.draw_small(*frame, width)?;
            let left = GAP + index % columns * (size.width + GAP);
            let top = GAP + index / columns * (size.height + GAP);
            let lines = picture.rgba.chunks_exact(size.width as usize * 4);
            for (line, y) in lines.zip(top..) {
                let at = (y as usize * whole.width as usize + left as usize) * 4;
                rgba[at..at + line.len()].copy_from_slice(line);
            }
        }
        Ok(Sheet {
            picture: FramePicture {
                number: frames[0],
                size: whole,
                rgba,
            },
            frames,
            columns: columns as usize,
            fps: header.fps,
        })
    }
}

/// How many stand side by side: about as wide as high.
fn columns(count: u64, size: Size) -> u32 {
    let wanted = (count as f64 * f64::from(size.height) / f64::from(size.width) * 1.6).sqrt();
    (wanted.round() as u32).clamp(1, count as u32)
}
