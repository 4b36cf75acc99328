use std::{collections::HashMap, ops::Range};

use bytes::Bytes;
use kinora_farm::{FarmError, RecordedSegment, SegmentSource};
use kinora_film::{AssetId, ContentHash, FilmHeader, FrameRange, Segment};
use kinora_project::RemoteUrl;
use kinora_worker::{Recipe, engine};
use serde::{Deserialize, Serialize};

use crate::{Fault, FaultKind};

const FORMAT: u32 = 3;

/// What all workers need to know of a recorded film; beside it in the bucket stand the
/// recorded segments, run by run.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    format: u32,
    /// What all frames share.
    pub header: FilmHeader,
    /// How segments are rendered, and by which engine: no other may carry the plan out.
    pub recipe: Recipe,
    /// The segments, in order.
    pub segments: Vec<PlannedSegment>,
    /// The files that the segments use.
    pub assets: Vec<PlannedAsset>,
}

/// A segment's place and the name of its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedSegment {
    /// What the result is made of, and by what.
    pub key: String,
    /// The output frames that it becomes.
    pub frames: FrameRange,
}

impl From<RecordedSegment> for PlannedSegment {
    fn from(segment: RecordedSegment) -> Self {
        Self {
            key: segment.key,
            frames: segment.frames,
        }
    }
}

/// A file that segments use; it stands in the bucket under its id, or elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedAsset {
    /// The hash of its bytes, or the identity of a file that was read in parts.
    #[serde(with = "as_text")]
    pub id: AssetId,
    /// The name by which the user knows it.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether its id is the hash of its bytes.
    pub hashed: bool,
    /// Where workers read it; none if it stands in the bucket.
    pub remote: Option<RemoteUrl>,
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
        header: FilmHeader,
        recipe: Recipe,
        segments: Vec<PlannedSegment>,
        assets: Vec<PlannedAsset>,
    ) -> Self {
        Self {
            format: FORMAT,
            header,
            recipe,
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
    /// When it is damaged, another engine's, or drawn with instructions that this
    /// machine does not have.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Fault> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
            recipe: Option<Engine>,
        }
        #[derive(Deserialize)]
        struct Engine {
            engine: String,
        }
        let damaged = |error| Fault::tool("the plan of the film is damaged", &error);
        let version: Version = serde_json::from_slice(bytes).map_err(damaged)?;
        let planned = version.recipe.map_or(String::new(), |recipe| recipe.engine);
        if version.format != FORMAT || planned != engine() {
            return Err(Fault::new(
                FaultKind::Tool,
                format!(
                    "the film was planned by kinora `{planned}`, but this worker is `{}`; deploy the function anew, or use the same version",
                    engine()
                ),
            ));
        }
        let plan: Self = serde_json::from_slice(bytes).map_err(damaged)?;
        if plan.recipe.level().is_none() {
            let message = format!(
                "the film is drawn with `{}`, which this worker's processor does not have",
                plan.recipe.renderer
            );
            return Err(Fault::new(FaultKind::Passing, message));
        }
        Ok(plan)
    }

    /// The planned files by their hash.
    pub fn assets_by_id(&self) -> HashMap<AssetId, PlannedAsset> {
        let entry = |asset: &PlannedAsset| (asset.id, asset.clone());
        self.assets.iter().map(entry).collect()
    }

    /// The segment from its recorded bytes; none if they are not those that were planned.
    fn read(&self, segment: u64, bytes: &[u8]) -> Option<Segment> {
        let planned = self.segments.get(usize::try_from(segment).ok()?)?;
        let own = self.recipe.key(ContentHash::of(bytes)) == planned.key;
        own.then(|| Segment::from_bytes(bytes).ok())?
    }
}

/// The segments of a planned run that one worker renders.
pub struct PlannedRun {
    plan: Plan,
    pack: Bytes,
    places: Vec<Range<usize>>,
    /// The first segment of the pack.
    first: u64,
    /// The film's numbers of those to render, in order.
    segments: Vec<u64>,
}

impl PlannedRun {
    /// The run whose recorded segments are in `pack`, of which `segments` are to be
    /// rendered.
    ///
    /// # Errors
    /// When the pack is damaged.
    pub fn new(plan: Plan, pack: Bytes, run: &Range<u64>, segments: &[u64]) -> Result<Self, Fault> {
        let damaged = || Fault::new(FaultKind::Passing, "the recorded segments are damaged");
        let places = Pack::places(&pack).ok_or_else(damaged)?;
        if places.len() as u64 != run.end - run.start {
            return Err(damaged());
        }
        Ok(Self {
            plan,
            pack,
            places,
            first: run.start,
            segments: segments.to_vec(),
        })
    }

    /// The film's number of the segment that is number `index` here.
    pub fn number(&self, index: u64) -> Option<u64> {
        self.segments.get(index as usize).copied()
    }
}

impl SegmentSource for PlannedRun {
    fn recipe(&self) -> &Recipe {
        &self.plan.recipe
    }

    fn place(&self, index: u64) -> Option<(String, FrameRange)> {
        let number = usize::try_from(self.number(index)?).ok()?;
        let planned = self.plan.segments.get(number)?;
        Some((planned.key.clone(), planned.frames.clone()))
    }

    fn read(&self, index: u64) -> Result<Segment, FarmError> {
        let segment = self.number(index).unwrap_or(index);
        let place = self.places.get((segment - self.first) as usize);
        let bytes = place.and_then(|place| self.pack.get(place.clone()));
        bytes
            .and_then(|bytes| self.plan.read(segment, bytes))
            .ok_or(FarmError::Recorded { segment })
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
