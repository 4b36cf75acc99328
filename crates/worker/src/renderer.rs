use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    sync::Arc,
    time::Duration,
};

use cpu_time::ThreadTime;
use kinora_film::{AssetId, AssetUse, Drawing, OnMissing, Size, Walk};
use kinora_raster::{Assets, FontBytes, Painter, SimdLevel, Still, VideoPicture};

use crate::{AssetStore, Content, DamagedFile, StoredAsset, WorkerError, picture, videos::Videos};

/// CPU time spent in each stage of rendering.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Timings {
    /// Decoding videos and stills.
    pub decode: Duration,
    /// Drawing and compositing.
    pub raster: Duration,
    /// Encoding.
    pub encode: Duration,
}

impl std::ops::AddAssign for Timings {
    fn add_assign(&mut self, other: Self) {
        self.decode += other.decode;
        self.raster += other.raster;
        self.encode += other.encode;
    }
}

impl std::ops::Sub for Timings {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            decode: self.decode - other.decode,
            raster: self.raster - other.raster,
            encode: self.encode - other.encode,
        }
    }
}

/// The tools of one worker thread, kept between segments: painter, open video
/// readers, decoded stills and fonts. A run of neighbouring segments decodes
/// each clip straight through.
///
/// What a renderer was used for before never shows in a result.
#[derive(Default)]
pub struct SegmentRenderer {
    painter: Option<(Size, SimdLevel, Painter)>,
    assets: HashMap<AssetId, StoredAsset>,
    fonts: HashMap<AssetId, FontBytes>,
    stills: HashMap<AssetId, Arc<Still>>,
    videos: Videos,
    pictures: HashMap<(AssetId, u64), VideoPicture>,
    /// What becomes of videos that cannot be read on.
    pub(crate) on_missing: OnMissing,
    /// Those of the drawings last prepared.
    lost: Vec<DamagedFile>,
    pub(crate) timings: Timings,
}

/// A painter and everything in hand for one frame.
pub(crate) struct Ready<'a> {
    pub painter: &'a mut Painter,
    pub assets: InHand<'a>,
}

/// Everything that one frame shows, in hand before the first stroke.
pub(crate) struct InHand<'a> {
    fonts: &'a HashMap<AssetId, FontBytes>,
    stills: &'a HashMap<AssetId, Arc<Still>>,
    pictures: &'a HashMap<(AssetId, u64), VideoPicture>,
}

impl Assets for InHand<'_> {
    fn font(&self, id: AssetId) -> Option<FontBytes> {
        self.fonts.get(&id).cloned()
    }

    fn still(&self, id: AssetId) -> Option<Arc<Still>> {
        self.stills.get(&id).cloned()
    }

    fn video(&self, id: AssetId, time: f64) -> Option<VideoPicture> {
        self.pictures.get(&(id, time.to_bits())).cloned()
    }
}

impl SegmentRenderer {
    /// A renderer with nothing in hand.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same for a film in which videos that cannot be read on have this in their place.
    /// A segment's recipe says it for the segment.
    pub fn on_missing(self, on_missing: OnMissing) -> Self {
        Self { on_missing, ..self }
    }

    /// The time spent since the renderer was made, by stage.
    pub fn timings(&self) -> Timings {
        self.timings
    }

    /// Gets everything that these drawings need but the pictures of videos, and
    /// lets go of what they do not need.
    pub(crate) fn prepare(
        &mut self,
        drawings: &[Drawing],
        store: &dyn AssetStore,
    ) -> Result<(), WorkerError> {
        let needs = Needs::of(Walk::over(drawings));
        self.lost.clear();
        self.fonts.retain(|id, _| needs.fonts.contains(id));
        self.stills.retain(|id, _| needs.stills.contains(id));
        let videos: HashSet<AssetId> = needs.videos.iter().map(|(id, _)| *id).collect();
        self.videos.keep(&videos);
        for id in &needs.fonts {
            if !self.fonts.contains_key(id) {
                let font = read_font(self.find(*id, store)?)?;
                self.fonts.insert(*id, font);
            }
        }
        for id in &needs.stills {
            if !self.stills.contains_key(id) {
                let start = ThreadTime::now();
                let still = picture::read_still(self.find(*id, store)?)?;
                self.stills.insert(*id, still);
                self.timings.decode += start.elapsed();
            }
        }
        for id in &videos {
            self.find(*id, store)?;
        }
        Ok(())
    }

    fn find(&mut self, id: AssetId, store: &dyn AssetStore) -> Result<&StoredAsset, WorkerError> {
        match self.assets.entry(id) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => {
                let asset = store.find(id);
                Ok(place.insert(asset.map_err(|source| WorkerError::Store { id, source })?))
            }
        }
    }

    /// Gets the pictures of videos that `drawing`, output frame `frame`, shows.
    /// The drawing must be one of those last prepared. `spare` says whether a
    /// processor is idle that could decode ahead.
    pub(crate) fn decode(
        &mut self,
        drawing: &Drawing,
        frame: u64,
        spare: bool,
    ) -> Result<(), WorkerError> {
        let start = ThreadTime::now();
        let needs = Needs::of(Walk::default().enter(drawing));
        self.pictures.clear();
        self.videos.begin_frame(spare);
        for (id, time) in needs.videos {
            let time = f64::from_bits(time);
            let place = (id, time.to_bits());
            if self.videos.stand_in(id, time).is_none() {
                let asset = &self.assets[&id];
                match self.videos.picture(id, asset, time) {
                    Ok(picture) => {
                        self.pictures.insert(place, picture);
                        continue;
                    }
                    Err(source) if self.on_missing == OnMissing::Error => {
                        let name = asset.name.clone();
                        return Err(WorkerError::Decode {
                            name,
                            time,
                            frame,
                            source,
                        });
                    }
                    Err(source) => self
                        .videos
                        .lose((id, asset), time, &source, self.on_missing),
                }
            }
            if let Some(stand_in) = self.videos.stand_in(id, time) {
                stand_in.file.clone().add(&mut self.lost);
                let picture = stand_in.picture.clone();
                self.pictures
                    .extend(picture.map(|picture| (place, picture)));
            }
        }
        self.timings.decode += start.elapsed() + self.videos.take_busy();
        Ok(())
    }

    /// The videos last prepared that are broken where they were read.
    pub(crate) fn damaged(&self) -> Vec<DamagedFile> {
        let mut files = Vec::new();
        for (id, damage) in self.videos.damaged() {
            let name = self.assets[&id].name.clone();
            DamagedFile::broken(&name, damage).add(&mut files);
        }
        let lost = self.lost.iter().cloned();
        lost.for_each(|file| file.add(&mut files));
        files.sort_by(|a, b| a.name.cmp(&b.name));
        files
    }

    /// The painter and what the last decoded frame shows.
    pub(crate) fn ready(&mut self, size: Size, level: SimdLevel) -> Result<Ready<'_>, WorkerError> {
        let stands = |(old_size, old_level, _): &(Size, SimdLevel, Painter)| {
            (*old_size, *old_level) == (size, level)
        };
        self.painter = self.painter.take().filter(stands);
        let (_, _, painter) = match &mut self.painter {
            Some(painter) => painter,
            none => {
                let painter = Painter::new(size, level).map_err(WorkerError::Canvas)?;
                none.insert((size, level, painter))
            }
        };
        let assets = InHand {
            fonts: &self.fonts,
            stills: &self.stills,
            pictures: &self.pictures,
        };
        Ok(Ready { painter, assets })
    }
}

fn read_font(asset: &StoredAsset) -> Result<FontBytes, WorkerError> {
    let read = |bytes: std::io::Result<Vec<u8>>| -> Result<FontBytes, WorkerError> {
        let name = asset.name.clone();
        let bytes = bytes.map_err(|source| WorkerError::Font { name, source })?;
        Ok(Arc::new(bytes))
    };
    match &asset.content {
        Content::Memory(bytes) => Ok(bytes.clone()),
        Content::File(path) => read(std::fs::read(path)),
        Content::Blocks(blocks) => {
            let mut bytes = vec![0; blocks.length() as usize];
            read(blocks.read_at(0, &mut bytes).map(|()| bytes))
        }
    }
}

/// What a drawing needs, by use.
#[derive(Default)]
struct Needs {
    fonts: HashSet<AssetId>,
    stills: HashSet<AssetId>,
    /// Files and the times (as bits) at which they are shown, in drawing order.
    videos: Vec<(AssetId, u64)>,
}

impl Needs {
    /// Adds what the nodes themselves use.
    fn of<'a>(nodes: impl IntoIterator<Item = &'a Drawing>) -> Self {
        let mut needs = Self::default();
        for used in nodes.into_iter().flat_map(|node| node.assets()) {
            match used {
                AssetUse::Font(id) => _ = needs.fonts.insert(id),
                AssetUse::Still(id) => _ = needs.stills.insert(id),
                AssetUse::Video(id, time) => {
                    let video = (id, time.to_bits());
                    if !needs.videos.contains(&video) {
                        needs.videos.push(video);
                    }
                }
            }
        }
        needs
    }
}
