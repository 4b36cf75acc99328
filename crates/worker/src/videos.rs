use std::{collections::HashSet, time::Duration};

use kinora_film::AssetId;
use kinora_media::{Damage, MediaError, VideoFrame};
use kinora_raster::VideoPicture;

use crate::{StoredAsset, ahead::Ahead, picture};

/// Open readers that one worker keeps at most; the least recently used go.
const MOST_READERS: usize = 12;

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
        if self.open.len() >= MOST_READERS
            && let Some(oldest) = (0..self.open.len()).min_by_key(|index| self.open[*index].used)
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
    }
}
