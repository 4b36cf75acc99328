use std::collections::{HashMap, VecDeque};

use bytes::Bytes;
use kinora_film::{ContentHash, Size};

/// Bytes of pictures that are kept.
const MOST_BYTES: usize = 96 << 20;

/// What decides a picture's bytes: an edit that leaves a segment as it was leaves its
/// pictures good.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PictureKey {
    /// The segment.
    pub segment: ContentHash,
    /// The frame in it.
    pub frame: u64,
    /// The canvas.
    pub size: Size,
    /// The background, 8 bits a channel.
    pub background: [u8; 4],
    /// Pixels across, if not the canvas's.
    pub width: Option<u32>,
    /// The kind of file.
    pub kind: &'static str,
}

/// The pictures that were asked for last.
#[derive(Default)]
pub struct Pictures {
    kept: HashMap<PictureKey, Bytes>,
    /// In the order in which they came.
    order: VecDeque<PictureKey>,
    bytes: usize,
}

impl Pictures {
    /// The picture, if it is kept.
    pub fn get(&self, key: &PictureKey) -> Option<Bytes> {
        self.kept.get(key).cloned()
    }

    /// Keeps a picture, in place of the oldest ones.
    pub fn put(&mut self, key: PictureKey, picture: Bytes) {
        if picture.len() > MOST_BYTES / 4 || self.kept.contains_key(&key) {
            return;
        }
        self.bytes += picture.len();
        self.order.push_back(key.clone());
        self.kept.insert(key, picture);
        while self.bytes > MOST_BYTES
            && let Some(oldest) = self.order.pop_front()
        {
            self.bytes -= self.kept.remove(&oldest).map_or(0, |picture| picture.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_pictures_go_first() {
        let key = |frame| PictureKey {
            segment: ContentHash([0; 32]),
            frame,
            size: Size::new(2, 2),
            background: [0; 4],
            width: None,
            kind: "png",
        };
        let mut pictures = Pictures::default();
        let large = Bytes::from(vec![0; MOST_BYTES / 5]);
        for frame in 0..6 {
            pictures.put(key(frame), large.clone());
        }
        assert!(pictures.get(&key(0)).is_none());
        assert!((1..6).all(|frame| pictures.get(&key(frame)).is_some()));
        assert!(pictures.bytes <= MOST_BYTES);
    }
}
