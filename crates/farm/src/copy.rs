use std::{collections::BTreeMap, ops::Range, sync::atomic::Ordering::Relaxed};

use kinora_film::{AssetId, untouched_video};
use kinora_media::{Container, CopiedStream, CopySource, HeadSink, Packet, Pictures};
use kinora_worker::{AssetStore, Content, frame_spec};

use crate::{
    Assembled, FarmError, Progress, RecordedFilm,
    assemble::{Fault, Putting, output_error},
    writers::Writers,
};

/// A film that shows nothing but videos as they are, so that their packets can be copied and
/// no picture is encoded again.
#[derive(Debug)]
pub struct CopyPlan {
    sources: Vec<CopySource>,
    pieces: Vec<Piece>,
    stream: CopiedStream,
}

/// Packets that are copied at once.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    source: usize,
    pictures: Range<u64>,
    /// For how many frames the last picture stays on.
    stays: u64,
}

/// Pictures in a piece, unless a group cannot be divided so.
const PIECE: u64 = 300;

impl CopyPlan {
    /// How the packets of a film's videos make its file; none if they do not.
    ///
    /// Each frame shows a picture of a video of the film's size that covers the canvas, and
    /// nothing else; the pictures follow one another as they do in the files, each stretch from a
    /// key frame that nothing reaches across to where none needs what follows; and all files hold them in streams that are told in the same way. At the
    /// end of a stretch the last picture may stay on for a frame or two.
    pub fn of(film: &RecordedFilm, store: &dyn AssetStore) -> Option<Self> {
        let (recipe, header) = (film.recipe(), film.header());
        let codec = recipe.format.video.as_ref()?;
        if !recipe.copy || !is_open(recipe.format.container) {
            return None;
        }
        let spec = frame_spec(header);
        let mut shown = Vec::new();
        let mut spans: BTreeMap<AssetId, (f64, f64)> = BTreeMap::new();
        for index in 0..film.segment_count() {
            for drawing in film.read(index).ok()?.frames {
                let (asset, time) = untouched_video(&drawing, header.size)?;
                let span = spans.entry(asset).or_insert((time, time));
                *span = (span.0.min(time), span.1.max(time));
                shown.push((asset, time));
            }
        }
        let mut sources = Vec::new();
        for (asset, (from, until)) in &spans {
            let Content::File(path) = store.find(*asset).ok()?.content else {
                return None;
            };
            let mut source = CopySource::open(&path, codec, &spec).ok()??;
            let alike = |first: &CopySource| first.stream().is_like(source.stream());
            if !sources.first().is_none_or(alike) || !source.look(*from, *until).ok()? {
                return None;
            }
            sources.push(source);
        }
        let places: Vec<&AssetId> = spans.keys().collect();
        let frames = shown.iter().map(|(asset, time)| {
            let source = places.binary_search(&asset).ok()?;
            Some((source, sources[source].picture_at(*time)?))
        });
        let runs = runs(frames)?;
        let mut pieces = Vec::new();
        for run in runs {
            pieces.extend(divided(&sources[run.source], run)?);
        }
        let first = sources.first()?;
        let stays = pieces.iter().any(|piece| piece.stays > 0);
        let mut stream = match stays {
            true => first.with_stays()?,
            false => first.stream().clone(),
        };
        let lags = sources.iter().map(|source| source.stream().delay());
        stream.set_delay(lags.max().unwrap_or_default());
        let mut plan = Self {
            sources,
            pieces,
            stream,
        };
        for piece in plan.pieces.clone() {
            if piece.stays > 0 {
                let packets = plan.read(&piece).ok()??;
                let (stream, frames) = (&plan.stream, piece.stays);
                if !CopySource::stays_well(stream, &spec, &packets, frames).ok()? {
                    return None;
                }
            }
        }
        Some(plan)
    }

    /// The packets of a piece; none if its last picture cannot stay on.
    fn read(&mut self, piece: &Piece) -> Result<Option<Vec<Packet>>, kinora_media::MediaError> {
        let source = &mut self.sources[piece.source];
        let mut packets = source.read(piece.pictures.clone())?;
        let stays = source.stay(&mut packets, piece.stays)?;
        Ok(stays.then_some(packets))
    }

    /// Copies the pictures, with the film's sound beside them.
    ///
    /// # Errors
    /// When a video cannot be read any more, the sound not be mixed, the file not be written,
    /// or the work is to stop.
    pub fn assemble(
        mut self,
        film: &RecordedFilm,
        store: &dyn AssetStore,
        sink: Box<dyn HeadSink>,
        progress: &Progress,
    ) -> Result<Assembled, FarmError> {
        let path = sink.name().to_owned();
        let done = self.write(film, store, sink, progress);
        done.map_err(|fault| output_error(fault, path))
    }

    fn write(
        &mut self,
        film: &RecordedFilm,
        store: &dyn AssetStore,
        sink: Box<dyn HeadSink>,
        progress: &Progress,
    ) -> Result<Assembled, Fault> {
        let mut putting = Putting::new(film, store)?;
        let spec = frame_spec(film.header());
        let format = &film.recipe().format;
        let pictures = Pictures::Copied(&self.stream);
        let writers = Writers::begin(sink.into(), format, &spec, &pictures, &film.tags());
        putting.begin(writers.map_err(Fault::Media)?);
        for piece in self.pieces.clone() {
            progress.check()?;
            let packets = self.read(&piece).map_err(Fault::Media)?;
            let packets = packets.ok_or(FarmError::Empty)?;
            let frames = packets.len() as u64;
            putting.put(frames, |writers| writers.copied(packets))?;
            progress.rendered.store(putting.frames(), Relaxed);
            progress.assembled.store(putting.frames(), Relaxed);
        }
        putting.end()
    }
}

/// Whether a container takes streams as other files hold them.
fn is_open(container: Container) -> bool {
    match container {
        Container::Mp4 | Container::Fragments | Container::Mov | Container::WebM => true,
        // Lists promise how long their pieces are.
        _ => false,
    }
}

/// Frames that show pictures one after another, each given by its source and its place there;
/// none if one is not known.
fn runs(frames: impl Iterator<Item = Option<(usize, u64)>>) -> Option<Vec<Piece>> {
    let mut runs: Vec<Piece> = Vec::new();
    for frame in frames {
        let (source, picture) = frame?;
        match runs.last_mut().filter(|run| run.source == source) {
            Some(run) if run.pictures.end == picture && run.stays == 0 => run.pictures.end += 1,
            Some(run) if run.pictures.end == picture + 1 => run.stays += 1,
            _ => runs.push(Piece {
                source,
                pictures: picture..picture + 1,
                stays: 0,
            }),
        }
    }
    Some(runs)
}

/// The pieces of a run; none if it does not begin where decoding may begin, and end where no
/// picture needs one behind it.
fn divided(source: &CopySource, run: Piece) -> Option<Vec<Piece>> {
    let Range { start, end } = run.pictures;
    if !source.is_cut(start) || !source.is_end(end) {
        return None;
    }
    // What stays on is tried out by decoding, from the last place where that may begin.
    let last = match run.stays {
        0 => end,
        _ => (start..end).rev().find(|picture| source.is_cut(*picture))?,
    };
    let mut pieces = Vec::new();
    let mut from = start;
    while from < end {
        let to = match from < last {
            true => source.even_from(from + PIECE.min(last - from), last),
            false => end,
        };
        pieces.push(Piece {
            source: run.source,
            pictures: from..to,
            stays: if to == end { run.stays } else { 0 },
        });
        from = to;
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_run_as_long_as_pictures_follow() {
        let run = |source, pictures, stays| Piece {
            source,
            pictures,
            stays,
        };
        let found = |frames: &[(usize, u64)]| runs(frames.iter().map(|frame| Some(*frame)));
        assert_eq!(
            found(&[(0, 4), (0, 5), (0, 6), (0, 6), (1, 0), (1, 1), (0, 7)]),
            Some(vec![run(0, 4..7, 1), run(1, 0..2, 0), run(0, 7..8, 0)])
        );
        // Behind a picture that stays, a new run begins.
        assert_eq!(
            found(&[(0, 0), (0, 0), (0, 1)]),
            Some(vec![run(0, 0..1, 1), run(0, 1..2, 0)])
        );
        assert_eq!(runs([Some((0, 0)), None].into_iter()), None);
    }
}
