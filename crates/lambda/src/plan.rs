use std::{collections::HashMap, ops::Range};

use kinora_farm::{engine, segment_key};
use kinora_film::{AssetId, ContentHash, FilmHeader, Segment};
use kinora_media::VideoSettings;
use kinora_raster::SimdLevel;
use serde::{Deserialize, Serialize};

use crate::{Fault, FaultKind};

const FORMAT: u32 = 1;

/// What all workers need to know of a recorded film; beside it in the bucket stand the
/// recorded segments, run by run.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    format: u32,
    /// The engine that made the plan; no other may carry it out.
    engine: String,
    /// The instruction set that frames are drawn with.
    level: String,
    /// What all frames share.
    pub header: FilmHeader,
    /// How pictures are encoded.
    pub video: VideoSettings,
    /// The segments, in order.
    pub segments: Vec<Slot>,
    /// The files that the segments use.
    pub assets: Vec<PlannedAsset>,
}

/// A segment's place and the name of its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Slot {
    /// What the result is made of, and by what.
    pub key: String,
    /// The output frame that its first frame becomes.
    pub first_frame: u64,
    /// How many frames it has.
    pub frames: u64,
}

/// A file that segments use; it stands in the bucket under its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedAsset {
    /// The hash of its bytes.
    #[serde(with = "as_text")]
    pub id: AssetId,
    /// The name by which the user knows it.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
}

mod as_text {
    use kinora_film::AssetId;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(id: &AssetId, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(id)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AssetId, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl Plan {
    /// A plan by this engine.
    pub fn new(
        level: SimdLevel,
        header: FilmHeader,
        video: VideoSettings,
        segments: Vec<Slot>,
        assets: Vec<PlannedAsset>,
    ) -> Self {
        Self {
            format: FORMAT,
            engine: engine(),
            level: level.name().to_owned(),
            header,
            video,
            segments,
            assets,
        }
    }

    /// The plan as it stands in the bucket.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("plain data in memory always serialises")
    }

    /// Reads a plan.
    ///
    /// # Errors
    /// When it is damaged or another engine's.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Fault> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
            engine: String,
        }
        let damaged = |error| Fault::tool("the plan of the film is damaged", &error);
        let version: Version = serde_json::from_slice(bytes).map_err(damaged)?;
        if version.format != FORMAT || version.engine != engine() {
            return Err(Fault::new(
                FaultKind::Tool,
                format!(
                    "the film was planned by kinora `{}`, but this worker is `{}`; deploy the function anew, or use the same version",
                    version.engine,
                    engine()
                ),
            ));
        }
        serde_json::from_slice(bytes).map_err(damaged)
    }

    /// The instruction set to draw with.
    ///
    /// # Errors
    /// When this machine does not have it.
    pub fn level(&self) -> Result<SimdLevel, Fault> {
        SimdLevel::from_name(&self.level).ok_or_else(|| {
            let message = format!(
                "the film is drawn with `{}`, which this worker's processor does not have",
                self.level
            );
            Fault::new(FaultKind::Passing, message)
        })
    }

    /// The planned files by their hash.
    pub fn assets_by_id(&self) -> HashMap<AssetId, PlannedAsset> {
        let entry = |asset: &PlannedAsset| (asset.id, asset.clone());
        self.assets.iter().map(entry).collect()
    }

    /// The segment from its recorded bytes.
    ///
    /// # Errors
    /// When they are not those that were planned.
    pub fn read(&self, segment: u64, bytes: &[u8]) -> Result<Segment, Fault> {
        let damaged = || {
            let message = format!("the recorded segment `{segment}` is damaged");
            Fault::new(FaultKind::Passing, message)
        };
        let slot = usize::try_from(segment)
            .ok()
            .and_then(|index| self.segments.get(index));
        let slot = slot.ok_or_else(damaged)?;
        let hash = ContentHash(*blake3::hash(bytes).as_bytes());
        if segment_key(hash, &self.video, &self.level) != slot.key {
            return Err(damaged());
        }
        Segment::from_bytes(bytes).map_err(|error| damaged().because(&error))
    }
}

/// The recorded segments of a run, stored together.
pub struct Pack;

impl Pack {
    /// The bytes of a pack: how many segments, their lengths, and they themselves.
    pub fn to_bytes(segments: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = (segments.len() as u64).to_le_bytes().to_vec();
        for segment in segments {
            bytes.extend((segment.len() as u64).to_le_bytes());
        }
        for segment in segments {
            bytes.extend(segment);
        }
        bytes
    }

    /// The places of the segments in a pack; none if it is damaged.
    pub fn places(bytes: &[u8]) -> Option<Vec<Range<usize>>> {
        let number = |at: usize| {
            let bytes = bytes.get(at..at.checked_add(8)?)?;
            usize::try_from(u64::from_le_bytes(bytes.try_into().ok()?)).ok()
        };
        let count = number(0).filter(|count| *count <= bytes.len() / 8)?;
        let mut start = 8 + 8 * count;
        let mut places = Vec::with_capacity(count);
        for index in 0..count {
            let end = start.checked_add(number(8 + 8 * index)?)?;
            places.push(start..end);
            start = end;
        }
        (start == bytes.len()).then_some(places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_gives_back_its_segments_and_notices_damage() {
        let segments = [vec![1, 2, 3], vec![], vec![4; 100]];
        let bytes = Pack::to_bytes(&segments);
        let places = Pack::places(&bytes).unwrap();
        let read: Vec<&[u8]> = places.into_iter().map(|place| &bytes[place]).collect();
        assert_eq!(read, segments);
        for length in 0..bytes.len() {
            assert_eq!(Pack::places(&bytes[..length]), None);
        }
        assert_eq!(Pack::places(&[0xff; 40]), None);
    }
}
