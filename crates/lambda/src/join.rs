use std::{
    collections::{BTreeSet, VecDeque},
    io,
    sync::{Arc, Condvar, Mutex, MutexGuard},
    time::Duration,
};

use bytes::Bytes;
use kinora_farm::{FarmError, Progress, RecordedSegment, Results, Snapshot};
use kinora_worker::Chunk;
use tokio::{runtime::Handle, sync::mpsc::UnboundedSender, task::JoinHandle};

use crate::{Bucket, Fault, keys};

/// Results on their way from the bucket at once, the one waited for included.
const AHEAD: u64 = 4;
/// How long one wait lasts.
const TICK: Duration = Duration::from_millis(100);

/// Which results stand: written by the coordinator, waited on by whoever puts them
/// together.
#[derive(Default)]
pub struct ReadySet {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    standing: BTreeSet<u64>,
    stopped: bool,
}

impl ReadySet {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder of the lock panics")
    }

    /// The results of these segments stand.
    pub fn stand(&self, segments: impl IntoIterator<Item = u64>) {
        self.state().standing.extend(segments);
        self.changed.notify_all();
    }

    /// The job is over; nobody waits any more.
    pub fn stop(&self) {
        self.state().stopped = true;
        self.changed.notify_all();
    }

    fn stands(&self, segment: u64) -> bool {
        self.state().standing.contains(&segment)
    }
}

type Fetch = JoinHandle<Result<Option<Bytes>, Fault>>;

/// Reads the results of a film from the bucket, in order, a few ahead.
pub struct Joiner {
    pub ready: Arc<ReadySet>,
    pub bucket: Bucket,
    pub folder: String,
    pub segments: Vec<RecordedSegment>,
    pub runtime: Handle,
    pub progress: Arc<Progress>,
    /// Hears of segments whose result is gone, or was damaged and is removed.
    pub gone: UnboundedSender<u64>,
    fetching: VecDeque<(u64, Fetch)>,
}

impl Joiner {
    /// A joiner that stands at the film's beginning.
    pub fn new(
        ready: Arc<ReadySet>,
        bucket: Bucket,
        folder: String,
        segments: Vec<RecordedSegment>,
        progress: Arc<Progress>,
        gone: UnboundedSender<u64>,
    ) -> Self {
        Self {
            ready,
            bucket,
            folder,
            segments,
            runtime: Handle::current(),
            progress,
            gone,
            fetching: VecDeque::new(),
        }
    }

    /// Begins to fetch what stands of the next segments.
    fn look_ahead(&mut self, segment: u64) {
        let end = (segment + AHEAD).min(self.segments.len() as u64);
        let next = self.fetching.back().map_or(segment, |(last, _)| last + 1);
        for segment in next..end {
            if !self.ready.stands(segment) {
                break;
            }
            let (bucket, key) = (self.bucket.clone(), keys::rendered(&self.folder, segment));
            let fetch = self.runtime.spawn(async move { bucket.get(&key).await });
            self.fetching.push_back((segment, fetch));
        }
    }

    /// The fetched result; none if it is not that of the recorded segment.
    fn read(&self, segment: u64, bytes: Option<Bytes>) -> Option<Chunk> {
        let recorded = self.segments.get(segment as usize)?;
        Chunk::from_bytes(&bytes?, &recorded.key).ok()
    }
}

impl Results for Joiner {
    fn result(&mut self, segment: u64, busy: bool) -> Result<Option<Chunk>, FarmError> {
        if self.ready.state().stopped {
            return Err(FarmError::Cancelled);
        }
        self.look_ahead(segment);
        let Some((_, fetch)) = self.fetching.pop_front() else {
            if !busy {
                // Whether it was news or time that ended the wait is looked at next.
                drop(self.ready.changed.wait_timeout(self.ready.state(), TICK));
            }
            return Ok(None);
        };
        let failed = |error| FarmError::Result {
            segment,
            source: io::Error::other(error),
        };
        let fetched = self.runtime.block_on(fetch);
        let fetched = fetched.map_err(|error| failed(Fault::tool("reading broke off", &error)))?;
        let chunk = self.read(segment, fetched.map_err(failed)?);
        if chunk.is_none() {
            // Those behind it are fetched again when its turn comes.
            self.fetching.clear();
            self.ready.state().standing.remove(&segment);
            // A damaged result would stand in the way of a good one.
            let key = vec![keys::rendered(&self.folder, segment)];
            self.runtime
                .block_on(self.bucket.delete(key))
                .map_err(failed)?;
            // Without a coordinator the job is over, which the next call tells.
            let _ = self.gone.send(segment);
        }
        Ok(chunk)
    }

    fn spare(&self) -> bool {
        true
    }

    fn assembled(&mut self, frames: u64) {
        let snapshot = self.progress.snapshot();
        self.progress.tell(&Snapshot {
            assembled: frames,
            ..snapshot
        });
    }
}
