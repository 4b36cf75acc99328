use kinora_script::NodeTrack;

use crate::{FrameList, FramePicture, Session, SessionError, Survey, Wanted};

/// How many times a node is shown.
const GHOSTS: usize = 8;
/// How much of an earlier one is seen.
const FAINT: u32 = 115;

/// A node's way through a film in one picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Onion {
    /// The last frame at which it is visible, with the node as it was before laid faintly over
    /// it, and a dot for where its middle is at each frame, from blue to red.
    pub picture: FramePicture,
    /// The frames that are shown, the last one included.
    pub frames: Vec<u64>,
    /// The first and the last frame at which it is visible.
    pub visible: (u64, u64),
}

impl Session {
    /// Shows the way of the node of a key.
    ///
    /// # Errors
    /// When the project or a file of it is at fault, or no such node is ever visible.
    pub fn onion(&self, key: &str) -> Result<Onion, SessionError> {
        let mut view = self.view(None)?;
        let last = Wanted::Frames(FrameList::one(view.frames().end - 1));
        let Survey { tracks, .. } = self.survey(&last)?;
        let path: Vec<(u64, &NodeTrack)> = tracks
            .iter()
            .filter_map(|(frame, nodes)| {
                let node = nodes.iter().find(|node| node.key == key)?;
                Some((*frame, node))
            })
            .collect();
        let (Some((first, _)), Some((last, _))) = (path.first(), path.last()) else {
            let mut keys: Vec<&str> = tracks
                .iter()
                .flat_map(|(_, nodes)| nodes.iter().map(|node| node.key.as_str()))
                .collect();
            keys.sort_unstable();
            keys.dedup();
            keys.truncate(40);
            return Err(SessionError::Asked(format!(
                "no node with the key `{key}` is ever visible; there are: {}",
                keys.join(", ")
            )));
        };
        let count = GHOSTS.min(path.len());
        let place = |ghost: usize| ghost * (path.len() - 1) / count.saturating_sub(1).max(1);
        let mut shown: Vec<usize> = (0..count).map(place).collect();
        shown.dedup();
        let mut picture = view.draw(*last)?;
        for (frame, node) in shown.iter().map(|place| path[*place]) {
            if frame != *last {
                lay_over(&mut picture, &view.draw(frame)?, node.bounds);
            }
        }
        for (index, (_, node)) in path.iter().enumerate() {
            let (left, top, right, bottom) = node.bounds;
            let (x, y) = (((left + right) / 2.0) as i64, ((top + bottom) / 2.0) as i64);
            let share = (index * 255 / path.len().max(2).saturating_sub(1)).min(255) as u8;
            picture.fill((x - 2, y - 2, x + 3, y + 3), [0, 0, 0]);
            picture.fill((x - 1, y - 1, x + 2, y + 2), [share, 80, 255 - share]);
        }
        Ok(Onion {
            picture,
            frames: shown.iter().map(|place| path[*place].0).collect(),
            visible: (*first, *last),
        })
    }
}

/// Lays what another frame has in a box faintly over a picture of the same size.
fn lay_over(
    picture: &mut FramePicture,
    other: &FramePicture,
    (left, top, right, bottom): (f64, f64, f64, f64),
) {
    let (width, height) = (picture.size.width as usize, picture.size.height as usize);
    let (left, top) = (left.max(0.0) as usize, top.max(0.0) as usize);
    let (right, bottom) = (
        right.ceil().max(0.0) as usize,
        bottom.ceil().max(0.0) as usize,
    );
    for y in top..bottom.min(height) {
        for x in left..right.min(width) {
            let at = (y * width + x) * 4;
            for channel in at..at + 4 {
                let (below, above) = (picture.rgba[channel], other.rgba[channel]);
                let sum = u32::from(below) * (255 - FAINT) + u32::from(above) * FAINT;
                picture.rgba[channel] = (sum / 255) as u8;
            }
        }
    }
}
