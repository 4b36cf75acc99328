use kinora_media::EncodedVideo;
use serde::{Deserialize, Serialize};

/// A rendered segment: one closed group of encoded pictures.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Chunk {
    /// How many frames it holds.
    pub frames: u64,
    /// Its packets, in decoding order, and the stream header.
    pub video: EncodedVideo,
}

/// Why bytes are not a chunk.
#[derive(Debug, thiserror::Error)]
pub enum ChunkError {
    /// The bytes do not begin as a chunk of this format does.
    #[error("these bytes are not a rendered segment of this format")]
    NotAChunk,
    /// The content is not what was written.
    #[error("the rendered segment is damaged")]
    Damaged,
}

const MAGIC: &[u8; 6] = b"KNCK\x01\x00";

impl Chunk {
    /// The binary form: magic and format, hash of the content, content.
    pub fn to_bytes(&self) -> Vec<u8> {
        let start = [&MAGIC[..], &[0; 32]].concat();
        let mut bytes =
            postcard::to_extend(self, start).expect("plain data in memory always serialises");
        let hash = *blake3::hash(&bytes[MAGIC.len() + 32..]).as_bytes();
        bytes[MAGIC.len()..MAGIC.len() + 32].copy_from_slice(&hash);
        bytes
    }

    /// Reads the binary form.
    ///
    /// # Errors
    /// When the bytes are no chunk, of another format, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ChunkError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ChunkError::NotAChunk)?;
        let (hash, content) = rest.split_first_chunk::<32>().ok_or(ChunkError::Damaged)?;
        if blake3::hash(content).as_bytes() != hash {
            return Err(ChunkError::Damaged);
        }
        postcard::from_bytes(content).map_err(|_| ChunkError::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use kinora_media::Packet;

    use super::*;

    fn chunk() -> Chunk {
        let packet = |pts, key| Packet {
            data: vec![pts as u8; 40],
            pts,
            key,
        };
        Chunk {
            frames: 3,
            video: EncodedVideo {
                header: vec![1, 2, 3],
                packets: vec![packet(0, true), packet(2, false), packet(1, false)],
            },
        }
    }

    #[test]
    fn reading_what_was_written_is_identity() {
        let bytes = chunk().to_bytes();
        let read = Chunk::from_bytes(&bytes).unwrap();
        assert_eq!(read.to_bytes(), bytes);
        assert_eq!(read.frames, 3);
        assert_eq!(read.video.packets[1].pts, 2);
    }

    #[test]
    fn any_damage_is_noticed() {
        let bytes = chunk().to_bytes();
        assert!(matches!(
            Chunk::from_bytes(b"KNSG"),
            Err(ChunkError::NotAChunk)
        ));
        for place in MAGIC.len()..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[place] ^= 1;
            assert!(Chunk::from_bytes(&bytes).is_err(), "byte {place}");
            assert!(
                Chunk::from_bytes(&bytes[..place]).is_err(),
                "cut at {place}"
            );
        }
    }
}
