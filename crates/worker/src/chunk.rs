use kinora_media::EncodedVideo;
use serde::{Deserialize, Serialize};

use crate::DamagedFile;

/// A rendered segment: one closed group of encoded pictures.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Chunk {
    /// How many frames it holds.
    pub frames: u64,
    /// Its packets, in decoding order, and the stream header.
    pub video: EncodedVideo,
    /// Files of which something that it shows is broken or missing.
    pub damaged: Vec<DamagedFile>,
}

/// Why bytes are not a chunk.
#[derive(Debug, thiserror::Error)]
pub enum ChunkError {
    /// The bytes do not begin as a chunk of this format does.
    #[error("these bytes are not a rendered segment of this format")]
    NotAChunk,
    /// The content is not what was written under this name.
    #[error("the rendered segment is damaged, or another one")]
    Damaged,
}

const MAGIC: &[u8; 6] = b"KNCK\x05\x00";

impl Chunk {
    /// Whether another attempt may show more: something stands in for a file of it.
    pub fn has_lost(&self) -> bool {
        self.damaged.iter().any(|file| file.lost.is_some())
    }

    /// The binary form under the name that a recipe gives it
    /// ([`Recipe::key`](crate::Recipe::key)): magic and format, hash of name and content,
    /// content.
    pub fn to_bytes(&self, key: &str) -> Vec<u8> {
        let start = [&MAGIC[..], &[0; 32]].concat();
        let mut bytes =
            postcard::to_extend(self, start).expect("plain data in memory always serialises");
        let hash = checksum(key, &bytes[MAGIC.len() + 32..]);
        bytes[MAGIC.len()..MAGIC.len() + 32].copy_from_slice(&hash);
        bytes
    }

    /// Reads the binary form of the result named `key`.
    ///
    /// # Errors
    /// When the bytes are no chunk, of another format or name, or damaged.
    pub fn from_bytes(bytes: &[u8], key: &str) -> Result<Self, ChunkError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ChunkError::NotAChunk)?;
        let (hash, content) = rest.split_first_chunk::<32>().ok_or(ChunkError::Damaged)?;
        if checksum(key, content) != *hash {
            return Err(ChunkError::Damaged);
        }
        postcard::from_bytes(content).map_err(|_| ChunkError::Damaged)
    }
}

/// With the name in it, another result in a result's place is seen.
fn checksum(key: &str, content: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(key.len() as u64).to_le_bytes());
    hasher.update(key.as_bytes());
    hasher.update(content);
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use kinora_media::Packet;

    use super::*;

    fn chunk() -> Chunk {
        let packet = |pts, key| Packet {
            data: vec![pts as u8; 40],
            opacity: vec![pts as u8; 7],
            pts,
            key,
        };
        Chunk {
            frames: 3,
            video: EncodedVideo {
                header: vec![1, 2, 3],
                packets: vec![packet(0, true), packet(2, false), packet(1, false)],
            },
            damaged: Vec::new(),
        }
    }

    #[test]
    fn reading_what_was_written_is_identity() {
        let bytes = chunk().to_bytes("a");
        let read = Chunk::from_bytes(&bytes, "a").unwrap();
        assert_eq!(read.to_bytes("a"), bytes);
        assert_eq!(read.frames, 3);
        assert_eq!(read.video.packets[1].pts, 2);
    }

    #[test]
    fn any_damage_is_noticed() {
        let bytes = chunk().to_bytes("a");
        assert!(matches!(
            Chunk::from_bytes(b"KNSG", "a"),
            Err(ChunkError::NotAChunk)
        ));
        for place in MAGIC.len()..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[place] ^= 1;
            assert!(Chunk::from_bytes(&bytes, "a").is_err(), "byte {place}");
            let cut = &bytes[..place];
            assert!(Chunk::from_bytes(cut, "a").is_err(), "cut at {place}");
        }
    }

    #[test]
    fn another_result_is_none() {
        let bytes = chunk().to_bytes("a");
        assert!(matches!(
            Chunk::from_bytes(&bytes, "b"),
            Err(ChunkError::Damaged)
        ));
    }
}
