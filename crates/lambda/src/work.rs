use std::time::Duration;

use kinora_farm::RecordedFilm;
use kinora_session::{Session, SessionError};
use kinora_worker::{Chunk, Observer, SegmentJob, SegmentRenderer, render_segment};

/// Segments that are rendered at most to learn how fast this machine is.
const SAMPLES: usize = 3;

/// The part of the work that decoding is thought to be where nothing was measured.
const USUAL_DECODING: f64 = 0.15;

/// What rendering a film takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// What each segment costs, in proportion; 0 for those whose result stands.
    pub costs: Vec<u64>,
    /// Seconds of one processor that a unit of these costs takes.
    pub unit: f64,
    /// The part of the time that decoding takes, which a second thread can do, 0 to 1.
    pub decoding: f64,
    /// The film's frames.
    pub frames: u64,
    /// Files that its segments use.
    pub files: u64,
    /// Frames that were rendered to measure.
    pub measured_frames: u64,
}

/// The result of a segment that was rendered to measure.
pub type Measured = (u64, Chunk);

impl Work {
    /// What a film takes by what is seen in its recording; the segments in `standing` take
    /// nothing more. As good as the machine is like the one whose figures
    /// [`kinora_farm::cost`] has.
    pub fn seen(film: &RecordedFilm, standing: &[u64]) -> Self {
        let mut costs: Vec<u64> = film.segments().iter().map(|one| one.cost.max(1)).collect();
        for segment in standing {
            if let Some(cost) = costs.get_mut(*segment as usize) {
                *cost = 0;
            }
        }
        Self {
            costs,
            unit: 1e-9,
            decoding: USUAL_DECODING,
            frames: film.frames(),
            files: film.assets().len() as u64,
            measured_frames: 0,
        }
    }

    /// Renders up to three segments to learn what the film takes here: one of each third,
    /// by what they seem to cost, no further one after `most` of processor time. Their
    /// results are given back, for they need not be made again.
    ///
    /// # Errors
    /// When the project is at fault, or the session's progress is cancelled.
    pub fn measure(
        &mut self,
        session: &Session,
        film: &RecordedFilm,
        most: Duration,
    ) -> Result<Vec<Measured>, SessionError> {
        let segments = film.segments();
        let mut renderer = SegmentRenderer::new();
        let mut results = Vec::new();
        let mut known = 0;
        for index in samples(&self.costs) {
            let segment = film.read(index)?;
            let job = SegmentJob {
                segment: &segment,
                first_frame: segments[index as usize].frames.start,
                recipe: film.recipe(),
            };
            let chunk = render_segment(&mut renderer, job, &**session.library(), &Watch(session))?;
            known += self.costs[index as usize];
            self.measured_frames += segment.frames.len() as u64;
            results.push((index, chunk));
            let timings = renderer.timings();
            let spent = timings.decode + timings.raster + timings.encode;
            self.unit = spent.as_secs_f64() / known as f64;
            if !spent.is_zero() {
                self.decoding = timings.decode.as_secs_f64() / spent.as_secs_f64();
            }
            if spent >= most {
                break;
            }
        }
        Ok(results)
    }

    /// Seconds of one processor that all of it takes.
    pub fn processor_seconds(&self) -> f64 {
        self.costs.iter().sum::<u64>() as f64 * self.unit
    }

    /// Segments that have to be rendered.
    pub fn open(&self) -> u64 {
        self.costs.iter().filter(|cost| **cost > 0).count() as u64
    }
}

/// Segments that stand for the others: those in the middle of each third, by cost, the
/// middle one first.
fn samples(costs: &[u64]) -> Vec<u64> {
    let mut order: Vec<usize> = (0..costs.len()).filter(|index| costs[*index] > 0).collect();
    order.sort_by_key(|index| costs[*index]);
    let count = SAMPLES.min(order.len());
    let middle = |part: usize| order[(2 * part + 1) * order.len() / (2 * count)] as u64;
    let mut found: Vec<u64> = (0..count).map(middle).collect();
    if count == SAMPLES {
        found.swap(0, 1);
    }
    found
}

/// Asks whether the session is to stop.
struct Watch<'a>(&'a Session);

impl Observer for Watch<'_> {
    fn encoded(&self, _: u64) {}

    fn cancelled(&self) -> bool {
        self.0.progress().is_cancelled()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn middling_cheap_and_dear_segments_are_tried() {
        assert_eq!(samples(&[]), Vec::<u64>::new());
        assert_eq!(samples(&[5]), [0]);
        assert_eq!(samples(&[5, 1]), [1, 0]);
        let costs = [9, 1, 2, 8, 7, 3, 4, 6, 5];
        // In order of cost: 1, 2, 5, 6, 8, 7, 4, 3, 0; of these the 5th, 2nd and 8th.
        assert_eq!(samples(&costs), [8, 2, 3]);
        // What stands tells nothing.
        assert_eq!(samples(&[0, 3, 0]), [1]);
    }
}
