use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use kinora_film::{AssetId, OnMissing};
use kinora_media::{Damage, MediaError, VideoFrame, VideoReader};
use kinora_raster::VideoPicture;

use crate::{DamagedFile, StoredAsset, ahead::Ahead, picture};

/// Open readers that one worker keeps at most, unless a frame shows more films; of those
/// that it does not show, the least recently used go.
const MOST_READERS: usize = 12;

/// Open readers that one worker keeps in any case: each holds some pictures of its film.
const MOST_AT_ONCE: usize = 64;

struct Open {
    id: AssetId,
    reader: Ahead,
    /// The last picture given, and what the painter was handed for it.
    last: Option<(VideoFrame, VideoPicture)>,
    used: u64,
}

/// Open video readers, kept between frames and segments so that a clip played
/// straight on is decoded straight on.
#[derive(Default)]
pub(crate) struct Videos {
    open: Vec<Open>,
    frame: u64,
    spare: bool,
    /// What stands in for files that could not be read on.
    lost: HashMap<AssetId, StandIn>,
}

/// What is seen where a file cannot be read on.
pub(crate) struct StandIn {
    /// The first step at which nothing can be read.
    from: u64,
    /// The file and why.
    pub file: DamagedFile,
    /// None if there was no picture before.
    pub picture: Option<VideoPicture>,
}

/// Parts of a second at which the last good picture is looked for, so that it does not
/// depend on where the search begins.
const STEPS: f64 = 240.0;

fn step_of(time: f64) -> u64 {
    (time.max(0.0) * STEPS).ceil() as u64
}

/// The last picture that can be read before step `bad`, at which none can, if there is one,
/// and the step behind it.
fn last_before(asset: &StoredAsset, mut bad: u64) -> (u64, Option<VideoPicture>) {
    let picture_at = |step: u64| {
        let mut reader = VideoReader::open(asset.media()?).ok()?;
        let frame = reader.frame_at(step as f64 / STEPS).ok()?;
        Some((step, picture::adapt(&frame)))
    };
    let (mut back, mut good) = (1, None);
    while bad > 0 && good.is_none() {
        let step = bad.saturating_sub(back);
        good = picture_at(step);
        if good.is_none() {
            bad = step;
        }
        back *= 2;
    }
    while let Some((step, _)) = good
        && bad - step > 1
    {
        let middle = step + (bad - step) / 2;
        match picture_at(middle) {
            Some(found) => good = Some(found),
            None => bad = middle,
        }
    }
    (bad, good.map(|(_, picture)| picture))
}

impl Videos {
    /// Begins a frame: a reader serves one time of its clip in each frame, so
    /// that a clip shown twice at different times is not sought back and forth.
    /// `spare` says whether a processor is idle that could decode ahead.
    pub fn begin_frame(&mut self, spare: bool) {
        self.spare = spare;
        self.frame += 1;
    }

    /// The picture that is on at `time` seconds into the file.
    pub fn picture(
        &mut self,
        id: AssetId,
        asset: &StoredAsset,
        time: f64,
    ) -> Result<VideoPicture, MediaError> {
        let index = match self.pick(id, time) {
            Some(index) => index,
            None => self.add(id, asset)?,
        };
        let open = &mut self.open[index];
        open.used = self.frame;
        let frame = match open.reader.frame_at(time, self.spare) {
            Ok(frame) => frame,
            Err(fault) => {
                // Another attempt begins with a reader that has met none.
                self.open.swap_remove(index);
                return Err(fault);
            }
        };
        if let Some((last, picture)) = &open.last
            && last.same_as(&frame)
        {
            return Ok(picture.clone());
        }
        let picture = picture::adapt(&frame);
        open.last = Some((frame, picture.clone()));
        Ok(picture)
    }

    /// What stands in at `time` for a file that could not be read then or before.
    pub fn stand_in(&self, id: AssetId, time: f64) -> Option<&StandIn> {
        let known = self.lost.get(&id);
        known.filter(|stand_in| stand_in.from <= step_of(time))
    }

    /// Has something stand in for a file that cannot be read at `time` from now on.
    pub fn lose(
        &mut self,
        (id, asset): (AssetId, &StoredAsset),
        time: f64,
        fault: &MediaError,
        on_missing: OnMissing,
    ) {
        let (from, picture) = match on_missing {
            OnMissing::Hold => last_before(asset, step_of(time)),
            _ => (step_of(time), Some(picture::black())),
        };
        let file = DamagedFile::lost(&asset.name, time, fault);
        let stand_in = StandIn {
            from,
            file,
            picture,
        };
        self.lost.insert(id, stand_in);
    }

    /// The nearest reader of the file not in use in this frame; a reader that
    /// stands before the time is nearer than one that stands after it.
    fn pick(&self, id: AssetId, time: f64) -> Option<usize> {
        let distance = |open: &Open| {
            let ahead = time - open.reader.position();
            if ahead >= -1e-6 { ahead } else { 1e6 - ahead }
        };
        let of_file = |(_, open): &(usize, &Open)| open.id == id && open.used != self.frame;
        self.open
            .iter()
            .enumerate()
            .filter(of_file)
            .min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)))
            .map(|(index, _)| index)
    }

    fn add(&mut self, id: AssetId, asset: &StoredAsset) -> Result<usize, MediaError> {
        while self.open.len() >= MOST_READERS
            && let Some(oldest) = self.oldest(self.open.len() < MOST_AT_ONCE)
        {
            self.open.swap_remove(oldest);
        }
        let source = asset.media().expect("only fonts are in memory");
        let reader = Ahead::open(&source)?;
        self.open.push(Open {
            id,
            reader,
            last: None,
            used: 0,
        });
        Ok(self.open.len() - 1)
    }

    /// The reader that was not used for longest. If it has to be idle, neither this frame nor
    /// the last used it: one that goes is opened, sought and decoded from a key frame when it
    /// is wanted again.
    fn oldest(&self, idle: bool) -> Option<usize> {
        let goes = |index: &usize| !idle || self.open[*index].used + 1 < self.frame;
        let indices = (0..self.open.len()).filter(goes);
        indices.min_by_key(|index| self.open[*index].used)
    }

    /// The time spent decoding since the last call.
    pub fn take_busy(&mut self) -> Duration {
        self.open
            .iter_mut()
            .map(|open| open.reader.take_busy())
            .sum()
    }

    /// The files that were found broken, and where.
    pub fn damaged(&self) -> impl Iterator<Item = (AssetId, Damage)> {
        let open = self.open.iter();
        open.filter_map(|open| Some((open.id, open.reader.damage()?)))
    }

    /// Closes the readers of files that are not among `kept`.
    pub fn keep(&mut self, kept: &HashSet<AssetId>) {
        self.open.retain(|open| kept.contains(&open.id));
        self.lost.retain(|id, _| kept.contains(id));
    }
}

#[cfg(test)]
mod tests {
    use kinora_film::{Color, FilmHeader, Fps, Size};
    use kinora_media::{FilmWriter, Format, Pixels, Preset, Quality, VideoEncoder};

    use super::*;
    use crate::{Content, frame_spec};

    /// A file of ten grey frames.
    fn clip(path: &std::path::Path) -> StoredAsset {
        let quality = Quality {
            preset: Some(Preset::Ultrafast),
            ..Quality::default()
        };
        let format = Format::named("mp4", &quality).unwrap();
        let header = FilmHeader {
            size: Size::new(32, 32),
            fps: Fps::new(30.0).unwrap(),
            background: Color::BLACK,
        };
        let spec = frame_spec(&header);
        let mut encoder = VideoEncoder::new(format.video.as_ref().unwrap(), &spec).unwrap();
        let grey = [128; 32 * 32];
        for _ in 0..10 {
            let pixels = Pixels::yuv420(&grey, 32, &grey[..256], &grey[..256], 16);
            encoder.push(pixels).unwrap();
        }
        let video = encoder.finish().unwrap();
        let mut writer = FilmWriter::create(path, &format, &spec, &video.header).unwrap();
        writer.video(video.packets).unwrap();
        writer.finish().unwrap();
        StoredAsset {
            name: "clip.mp4".to_owned(),
            content: Content::File(path.to_owned()),
        }
    }

    #[test]
    fn readers_stay_open_as_long_as_their_films_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        let asset = clip(&folder.path().join("clip.mp4"));
        let ids: Vec<AssetId> = (0..70_u8).map(|number| AssetId::of(&[number])).collect();
        let mut videos = Videos::default();
        let mut show = |shown: &[AssetId], time: f64| {
            videos.begin_frame(false);
            for id in shown {
                videos.picture(*id, &asset, time).unwrap();
            }
            videos.open.len()
        };
        for frame in 0..3 {
            assert_eq!(show(&ids[..20], f64::from(frame) / 30.0), 20);
        }
        // A film more, when most of the others are seen no more.
        show(&ids[..2], 0.1);
        show(&ids[..2], 0.2);
        assert_eq!(show(&ids[..3], 0.2), 20);
        assert_eq!(show(&ids[20..21], 0.2), MOST_READERS);
        assert_eq!(show(&ids, 0.0), MOST_AT_ONCE);
    }
}
