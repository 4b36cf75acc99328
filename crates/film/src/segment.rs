use std::{
    collections::{BTreeSet, HashMap},
    fmt,
};

use serde::{Deserialize, Serialize};

use crate::{AssetId, AssetUse, Color, Drawing, Fps, Node, Walk};

/// Width and height in whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Size {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Size {
    /// A size of `width` by `height` pixels.
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }
}

/// What all segments of a film share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilmHeader {
    /// The canvas, in output pixels.
    pub size: Size,
    /// Frames per second.
    pub fps: Fps,
    /// What the canvas is filled with before anything is drawn.
    pub background: Color,
}

/// A run of frames that a worker can render with nothing but the files it names.
#[derive(Clone, Debug)]
pub struct Segment {
    /// What it shares with its film.
    pub header: FilmHeader,
    /// The drawing of each frame, in order.
    pub frames: Vec<Drawing>,
}

/// The BLAKE3 hash of a segment's binary form.
///
/// Equal hashes mean equal pictures: the place in the film is not part of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContentHash(pub [u8; 32]);

impl ContentHash {
    /// The hash of a segment's binary form.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

/// Why bytes are not a segment.
#[derive(Debug, thiserror::Error)]
pub enum SegmentError {
    /// The bytes do not begin as a segment does.
    #[error("these bytes are not a segment")]
    NotASegment,
    /// Written by another version of the format.
    #[error("the segment has format {found}, this engine reads format {}", FORMAT)]
    Format {
        /// The version found.
        found: u16,
    },
    /// The content is damaged.
    #[error("the segment is damaged")]
    Damaged(#[source] postcard::Error),
    /// A node or frame points at a node that does not come before it.
    #[error("the segment is damaged: node {index} is used before it is defined")]
    Order {
        /// The index that was named.
        index: u32,
    },
}

const MAGIC: &[u8; 4] = b"KNSG";
const FORMAT: u16 = 1;

#[derive(Serialize, Deserialize)]
struct Stored {
    header: FilmHeader,
    nodes: Vec<Node<u32>>,
    frames: Vec<u32>,
}

impl Segment {
    /// The binary form: each distinct node once, children before parents.
    ///
    /// Equal pictures give equal bytes, however the nodes are shared in memory.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut table = Table::default();
        let frames = self.frames.iter().map(|frame| table.index(frame)).collect();
        let stored = Stored {
            header: self.header,
            nodes: table.nodes,
            frames,
        };
        let start = [&MAGIC[..], &FORMAT.to_le_bytes()].concat();
        postcard::to_extend(&stored, start).expect("plain data in memory always serialises")
    }

    /// Reads the binary form.
    ///
    /// # Errors
    /// When the bytes are no segment, of another format, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SegmentError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(SegmentError::NotASegment)?;
        let (format, rest) = rest.split_first_chunk().ok_or(SegmentError::NotASegment)?;
        let found = u16::from_le_bytes(*format);
        if found != FORMAT {
            return Err(SegmentError::Format { found });
        }
        let stored: Stored = postcard::from_bytes(rest).map_err(SegmentError::Damaged)?;
        let mut nodes: Vec<Drawing> = Vec::with_capacity(stored.nodes.len());
        for node in stored.nodes {
            let node = node.try_map_children(|index| lookup(&nodes, *index))?;
            nodes.push(Drawing::new(node));
        }
        let frames = stored
            .frames
            .iter()
            .map(|index| lookup(&nodes, *index))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            header: stored.header,
            frames,
        })
    }

    /// The hash of the binary form.
    pub fn content_hash(&self) -> ContentHash {
        ContentHash::of(&self.to_bytes())
    }

    /// Whether each frame draws what the one before it draws; the first never does. Tells
    /// by [`Drawing::same`]: in a segment that was read, equal drawings are.
    pub fn held(&self) -> Vec<bool> {
        let before = self.frames.iter().map(Some);
        let before = std::iter::once(None).chain(before);
        let pairs = self.frames.iter().zip(before);
        pairs
            .map(|(frame, before)| before.is_some_and(|before| before.same(frame)))
            .collect()
    }

    /// Whether any frame shows a video.
    pub fn shows_video(&self) -> bool {
        let mut nodes = Walk::over(&self.frames);
        nodes.any(|node| {
            let mut uses = node.assets();
            uses.any(|used| matches!(used, AssetUse::Video(..)))
        })
    }

    /// The files that the frames use, each once, in order of their ids.
    pub fn assets(&self) -> Vec<AssetId> {
        let nodes = Walk::over(&self.frames);
        let ids: BTreeSet<_> = nodes
            .flat_map(|node| node.assets())
            .map(AssetUse::id)
            .collect();
        ids.into_iter().collect()
    }
}

fn lookup(nodes: &[Drawing], index: u32) -> Result<Drawing, SegmentError> {
    nodes
        .get(index as usize)
        .cloned()
        .ok_or(SegmentError::Order { index })
}

/// The distinct nodes of a segment, found by address first and by content second.
#[derive(Default)]
struct Table {
    nodes: Vec<Node<u32>>,
    by_address: HashMap<usize, u32>,
    by_content: HashMap<[u8; 32], u32>,
}

impl Table {
    fn index(&mut self, drawing: &Drawing) -> u32 {
        let address = drawing.address();
        if let Some(index) = self.by_address.get(&address) {
            return *index;
        }
        let node = drawing.map_children(|child| self.index(child));
        let content = postcard::to_stdvec(&node).expect("plain data in memory always serialises");
        let content = *blake3::hash(&content).as_bytes();
        let index = *self.by_content.entry(content).or_insert_with(|| {
            self.nodes.push(node);
            self.nodes.len() as u32 - 1
        });
        self.by_address.insert(address, index);
        index
    }
}

#[cfg(test)]
mod tests {
    use kurbo::{Affine, Rect};

    use super::*;
    use crate::{Geometry, Group, Paint, Shape};

    fn header() -> FilmHeader {
        FilmHeader {
            size: Size::new(64, 36),
            fps: Fps::new(30.0).unwrap(),
            background: Color::BLACK,
        }
    }

    fn square(side: f64) -> Drawing {
        let geometry = Geometry::Rect(Rect::new(0.0, 0.0, side, side));
        Drawing::new(Node::Shape(Shape::filled(
            geometry,
            Paint::Solid(Color::WHITE),
        )))
    }

    fn moved(x: f64, child: Drawing) -> Drawing {
        Drawing::new(Node::Group(Group::new(
            Affine::translate((x, 0.0)),
            vec![child],
        )))
    }

    #[test]
    fn reading_what_was_written_is_identity() {
        let child = square(8.0);
        let frames = (0..5).map(|x| moved(f64::from(x), child.clone())).collect();
        let segment = Segment {
            header: header(),
            frames,
        };
        let read = Segment::from_bytes(&segment.to_bytes()).unwrap();
        assert_eq!(read.frames, segment.frames);
        assert_eq!(read.header, segment.header);
        assert_eq!(read.to_bytes(), segment.to_bytes());
    }

    #[test]
    fn unchanged_nodes_are_stored_once_and_shared_after_reading() {
        let child = square(8.0);
        let frames = vec![moved(1.0, child.clone()), moved(2.0, child)];
        let read = Segment::from_bytes(
            &Segment {
                header: header(),
                frames,
            }
            .to_bytes(),
        )
        .unwrap();
        let child_of = |frame: &Drawing| match &**frame {
            Node::Group(group) => group.children[0].clone(),
            _ => unreachable!(),
        };
        assert!(child_of(&read.frames[0]).same(&child_of(&read.frames[1])));
    }

    #[test]
    fn frames_that_draw_the_same_are_held_once_read() {
        let frames = [8.0, 8.0, 9.0, 8.0, 8.0, 8.0].map(square).to_vec();
        let segment = Segment {
            header: header(),
            frames,
        };
        assert_eq!(segment.held(), [false; 6]);
        let read = Segment::from_bytes(&segment.to_bytes()).unwrap();
        assert_eq!(read.held(), [false, true, false, false, true, true]);
    }

    #[test]
    fn the_hash_follows_the_content_not_the_sharing() {
        let shared = square(8.0);
        let shared = Segment {
            header: header(),
            frames: vec![shared.clone(), shared],
        };
        let apart = Segment {
            header: header(),
            frames: vec![square(8.0), square(8.0)],
        };
        let other = Segment {
            header: header(),
            frames: vec![square(8.0), square(9.0)],
        };
        assert_eq!(shared.content_hash(), apart.content_hash());
        assert_ne!(shared.content_hash(), other.content_hash());
    }

    #[test]
    fn foreign_and_damaged_bytes_are_refused() {
        let bytes = Segment {
            header: header(),
            frames: vec![moved(1.0, square(8.0))],
        }
        .to_bytes();
        assert!(matches!(
            Segment::from_bytes(b"PNG"),
            Err(SegmentError::NotASegment)
        ));
        let mut newer = bytes.clone();
        newer[4] = 99;
        assert!(matches!(
            Segment::from_bytes(&newer),
            Err(SegmentError::Format { found: 99 })
        ));
        for length in 6..bytes.len() {
            assert!(
                Segment::from_bytes(&bytes[..length]).is_err(),
                "cut to {length}"
            );
        }
    }

    #[test]
    fn the_seeds_of_fuzzing_are_segments() {
        for bytes in [
            &include_bytes!("../../../fuzz/seeds/segment/chat")[..],
            include_bytes!("../../../fuzz/seeds/segment/formula"),
            include_bytes!("../../../fuzz/seeds/segment/lower-third"),
        ] {
            let read = Segment::from_bytes(bytes).unwrap();
            assert!(!read.frames.is_empty() && read.to_bytes() == bytes);
        }
    }
}
