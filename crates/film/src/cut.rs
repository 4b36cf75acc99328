use crate::{Drawing, FilmHeader, Segment};

/// A segment and its place in the film.
#[derive(Clone, Debug)]
pub struct Cut {
    /// Number of the segment, from 0, in the order of the film.
    pub index: u64,
    /// The output frame that its first frame becomes, counted from 0.
    pub first_frame: u64,
    /// The segment.
    pub segment: Segment,
}

/// Cuts a stream of frames into segments at fixed frame numbers.
///
/// Cuts lie at multiples of the segment length on the project's own timeline,
/// so that rendering a range of a project meets the same segments as rendering
/// all of it. They never depend on the number of workers.
#[derive(Debug)]
pub struct Cutter {
    header: FilmHeader,
    length: u64,
    next_index: u64,
    next_output: u64,
    frames: Vec<Drawing>,
}

impl Cutter {
    /// A cutter for segments of `length` frames (at least 1).
    pub fn new(header: FilmHeader, length: u64) -> Self {
        let length = length.max(1);
        Self {
            header,
            length,
            next_index: 0,
            next_output: 0,
            frames: Vec::new(),
        }
    }

    /// Adds the next frame, number `frame` of the project; frames come in
    /// rising order without gaps. Returns a segment when one became complete.
    pub fn push(&mut self, frame: u64, drawing: Drawing) -> Option<Cut> {
        self.frames.push(drawing);
        if (frame + 1).is_multiple_of(self.length) {
            self.finish()
        } else {
            None
        }
    }

    /// The last, shorter segment, if frames are left.
    pub fn finish(&mut self) -> Option<Cut> {
        if self.frames.is_empty() {
            return None;
        }
        let segment = Segment {
            header: self.header,
            frames: std::mem::take(&mut self.frames),
        };
        let cut = Cut {
            index: self.next_index,
            first_frame: self.next_output,
            segment,
        };
        self.next_index += 1;
        self.next_output += cut.segment.frames.len() as u64;
        Some(cut)
    }
}

#[cfg(test)]
mod tests {
    use kurbo::Affine;

    use super::*;
    use crate::{Color, Fps, Group, Node, Size};

    fn cuts(frames: std::ops::Range<u64>) -> Vec<(u64, usize)> {
        let header = FilmHeader {
            size: Size::new(2, 2),
            fps: Fps::new(30.0).unwrap(),
            background: Color::BLACK,
        };
        let drawing = Drawing::new(Node::Group(Group::new(Affine::IDENTITY, vec![])));
        let mut cutter = Cutter::new(header, 60);
        let mut cuts: Vec<Cut> = frames
            .filter_map(|n| cutter.push(n, drawing.clone()))
            .collect();
        cuts.extend(cutter.finish());
        cuts.iter()
            .map(|cut| (cut.first_frame, cut.segment.frames.len()))
            .collect()
    }

    #[test]
    fn a_whole_project_is_cut_at_multiples_of_the_length() {
        assert_eq!(cuts(0..150), [(0, 60), (60, 60), (120, 30)]);
    }

    #[test]
    fn a_range_is_cut_where_the_whole_would_be() {
        assert_eq!(cuts(50..130), [(0, 10), (10, 60), (70, 10)]);
    }
}
