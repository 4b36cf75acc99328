use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use serde_json::Value;
use tokio::sync::Notify;

use crate::{
    child::Renderer,
    job::{Listener, RenderJob, State},
    order::Order,
    telling,
};

/// The jobs that wait, that are rendered, and that ended not long ago.
pub struct Jobs {
    list: Mutex<List>,
    /// Wakes who renders.
    more: Notify,
    renderer: Renderer,
    folder: PathBuf,
    /// Jobs that may wait.
    queue: usize,
    /// How long an ended job and its film stay.
    keep: Duration,
}

#[derive(Default)]
struct List {
    waiting: VecDeque<Arc<RenderJob>>,
    /// In the order in which they came.
    all: Vec<Arc<RenderJob>>,
    closed: bool,
}

/// Why a job is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRoom {
    /// As many wait as may.
    Full,
    /// The service ends.
    Closed,
}

impl Jobs {
    /// No jobs yet.
    pub fn new(renderer: Renderer, folder: PathBuf, queue: usize, keep: Duration) -> Self {
        Self {
            list: Mutex::default(),
            more: Notify::new(),
            renderer,
            folder,
            queue,
            keep,
        }
    }

    fn lock(&self) -> MutexGuard<'_, List> {
        self.list.lock().expect("no holder of the lock panics")
    }

    /// Takes a job.
    ///
    /// # Errors
    /// When there is no room for it.
    pub fn add(
        &self,
        id: String,
        order: Order,
        base: String,
        listener: Option<Listener>,
    ) -> Result<Arc<RenderJob>, NoRoom> {
        let mut list = self.lock();
        if list.closed {
            return Err(NoRoom::Closed);
        }
        if list.waiting.len() >= self.queue {
            return Err(NoRoom::Full);
        }
        let file = self.folder.join(format!("{id}.{}", order.ending));
        let job = Arc::new(RenderJob::new(id, order, file, base, listener));
        list.waiting.push_back(job.clone());
        list.all.push(job.clone());
        drop(list);
        self.more.notify_one();
        Ok(job)
    }

    /// A job by its name.
    pub fn find(&self, id: &str) -> Option<Arc<RenderJob>> {
        let list = self.lock();
        list.all.iter().find(|job| job.id == id).cloned()
    }

    /// The job whose film has this name, if it is there.
    pub fn with_film(&self, name: &str) -> Option<Arc<RenderJob>> {
        let list = self.lock();
        let of_name = |job: &&Arc<RenderJob>| {
            job.file.file_name().is_some_and(|file| file == name)
                && matches!(job.state(), State::Succeeded { .. })
        };
        list.all.iter().find(of_name).cloned()
    }

    /// All that are known, the last one first.
    pub fn to_json(&self) -> Value {
        let jobs: Vec<_> = self.lock().all.iter().rev().cloned().collect();
        jobs.iter().map(|job| job.to_json()).collect()
    }

    /// How many wait, and how many are rendered.
    pub fn count(&self) -> (usize, usize) {
        let list = self.lock();
        let running = list.all.iter().filter(|job| job.state() == State::Running);
        (list.waiting.len(), running.count())
    }

    /// Stops a job that has not ended.
    pub fn cancel(self: &Arc<Self>, job: &Arc<RenderJob>) {
        let mut list = self.lock();
        let place = list.waiting.iter().position(|other| other.id == job.id);
        let waited = place.map(|place| list.waiting.remove(place));
        drop(list);
        match waited {
            Some(_) => self.end(job, State::Cancelled),
            None => job.ask_to_stop(),
        }
    }

    /// Takes no more jobs, and stops those that there are.
    pub fn close(self: &Arc<Self>) {
        let mut list = self.lock();
        list.closed = true;
        let all = list.all.clone();
        drop(list);
        all.iter().for_each(|job| self.cancel(job));
        self.more.notify_waiters();
    }

    /// Renders what waits, one job after the other, until the service ends.
    pub async fn work(self: Arc<Self>) {
        loop {
            let more = self.more.notified();
            let next = {
                let mut list = self.lock();
                let next = list.waiting.pop_front();
                if let Some(job) = &next {
                    job.begin();
                } else if list.closed {
                    return;
                }
                next
            };
            match next {
                Some(job) => {
                    let state = self.renderer.render(&job).await;
                    self.end(&job, state);
                }
                None => more.await,
            }
        }
    }

    fn end(self: &Arc<Self>, job: &Arc<RenderJob>, state: State) {
        job.end(state);
        if job.listener.is_some() {
            tokio::spawn(telling::tell(job.clone()));
        }
        let (jobs, job) = (self.clone(), job.clone());
        tokio::spawn(async move {
            tokio::time::sleep(jobs.keep).await;
            jobs.forget(&job).await;
        });
    }

    /// Forgets a job that has ended, and removes its film.
    pub async fn forget(&self, job: &RenderJob) {
        self.lock().all.retain(|other| other.id != job.id);
        // A job that failed has left none.
        let _ = tokio::fs::remove_file(&job.file).await;
    }

    /// Removes the films of all jobs, which nobody would remove later.
    pub fn clear(&self) {
        for job in self.lock().all.drain(..) {
            let _ = std::fs::remove_file(&job.file);
        }
    }
}
