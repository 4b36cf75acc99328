use std::fmt;

use kinora_film::Fps;
use serde_json::{Value, json};

use crate::{FrameList, FramePicture, Session, SessionError, Wanted};

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

impl Sheet {
    /// The same as JSON: `columns` and `frames`, each with `row`, `column`, `frame`, `seconds`.
    pub fn to_json(&self) -> Value {
        let frames = self.frames.iter().enumerate().map(|(index, frame)| {
            json!({
                "row": index / self.columns + 1,
                "column": index % self.columns + 1,
                "frame": frame,
                "seconds": self.fps.seconds(*frame),
            })
        });
        json!({"columns": self.columns, "frames": frames.collect::<Vec<_>>()})
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
        let mut pictures = Vec::with_capacity(frames.len());
        for frame in &frames {
            view.list(&Wanted::Frames(FrameList::one(*frame)))?;
            pictures.push(view.draw_small(*frame, width)?);
        }
        let columns = FramePicture::columns(count as u32, header.size);
        Ok(Sheet {
            picture: FramePicture::grid(&pictures, columns),
            frames,
            columns: columns as usize,
            fps: header.fps,
        })
    }
}
