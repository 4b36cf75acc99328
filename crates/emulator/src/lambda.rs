use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;

use crate::api::runtime::Delivery;
use crate::deployment::Deployment;
use crate::fault::CallFault;
use crate::sandbox::{InitFailure, Making, Sandbox};
use crate::shared::Shared;
use crate::{Outcome, Record};

/// A call as its caller made it.
#[derive(Clone, Debug)]
pub struct Call {
    pub request_id: String,
    /// As the caller named it.
    pub qualifier: Option<String>,
    /// The version that it names.
    pub version: String,
    pub payload: Bytes,
    pub client_context: Option<String>,
    pub attempt: u32,
    /// Whether it is one that a fault has added.
    pub is_duplicate: bool,
    pub synchronous: bool,
}

/// What the caller learns.
#[derive(Debug)]
pub struct Result {
    pub outcome: Outcome,
    pub payload: Bytes,
    pub version: String,
    /// The last 4 KB of the call's log.
    pub tail: Vec<u8>,
}

/// The time in which so many sandboxes may be made.
const SCALING_PERIOD: Duration = Duration::from_secs(10);

/// The function and its sandboxes.
pub struct Lambda {
    pub deployment: Deployment,
    pub shared: Arc<Shared>,
    /// The number of the newest version.
    versions: AtomicU32,
    /// Calls at once at most.
    concurrency: usize,
    /// Those of the account's that are kept for it.
    reserved: Option<usize>,
    pool: Mutex<Pool>,
}

#[derive(Default)]
struct Pool {
    /// Calls that run.
    running: usize,
    /// When sandboxes were made lately.
    lately: VecDeque<Instant>,
    idle: Vec<Sandbox>,
    closed: bool,
}

/// A place among the calls that may run at once.
struct Place<'a>(&'a Lambda);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.pool.lock().unwrap().running -= 1;
    }
}

impl Lambda {
    /// A function that may run so often at once: as often as the account allows, or
    /// `reserved`.
    pub fn new(
        deployment: Deployment,
        shared: Arc<Shared>,
        account: usize,
        reserved: Option<usize>,
    ) -> Self {
        Self {
            versions: AtomicU32::new(deployment.function.versions),
            deployment,
            shared,
            concurrency: reserved.unwrap_or(account),
            reserved,
            pool: Mutex::default(),
        }
    }

    /// Calls at once that are kept for it.
    pub fn reserved(&self) -> Option<usize> {
        self.reserved
    }

    /// The version that a qualifier names, if it is published.
    pub fn version(&self, qualifier: Option<&str>) -> Option<String> {
        match qualifier {
            None | Some("$LATEST") => Some("$LATEST".to_owned()),
            Some(number) => {
                let value: u32 = number.parse().ok()?;
                let known = (1..=self.versions.load(Relaxed)).contains(&value)
                    && number == value.to_string();
                known.then(|| number.to_owned())
            }
        }
    }

    /// `$LATEST` and the numbers.
    pub fn all_versions(&self) -> Vec<String> {
        let numbers = (1..=self.versions.load(Relaxed)).map(|number| number.to_string());
        std::iter::once("$LATEST".to_owned())
            .chain(numbers)
            .collect()
    }

    /// Makes one more version; gives its number.
    pub fn publish(&self) -> String {
        (self.versions.fetch_add(1, Relaxed) + 1).to_string()
    }

    /// Whether one more call may run; it then holds a place until it ends.
    fn place(&self) -> Option<Place<'_>> {
        let mut pool = self.pool.lock().unwrap();
        if pool.closed || pool.running >= self.concurrency {
            return None;
        }
        pool.running += 1;
        Some(Place(self))
    }

    /// Runs the call in a sandbox, or finds no place for it.
    pub async fn run(&self, call: &Call, faults: &[CallFault]) -> Result {
        let start = SystemTime::now();
        let Some(_place) = self.place() else {
            return self.refuse(call, Outcome::Throttled, Vec::new());
        };
        let wants_new = faults.iter().any(CallFault::wants_new_sandbox);
        let warm = if wants_new {
            None
        } else {
            self.warm(&call.version)
        };
        let cold = warm.is_none();
        let sandbox = match warm {
            Some(sandbox) => Ok(sandbox),
            None if !self.may_grow() => return self.refuse(call, Outcome::Throttled, Vec::new()),
            None => self.cold(&call.version, faults).await,
        };
        let mut sandbox = match sandbox {
            Ok(sandbox) => sandbox,
            Err(failure) => return self.failed(call, start, failure, faults),
        };
        let log = sandbox.log.clone();
        if !cold {
            log.begin();
        }
        let id = &call.request_id;
        log.line(&format!("START RequestId: {id} Version: {}", call.version));
        let limit = self.deployment.function.timeout;
        let end = sandbox
            .call(self.delivery(call, limit), limit, faults)
            .await;
        let init = cold.then_some(sandbox.init);
        let memory_mb = self.deployment.function.memory_mb;
        let place = (sandbox.number, memory_mb);
        let record = self.shared.ledger.ended(call, place, init, start, &end);
        log.line(&format!("END RequestId: {id}"));
        log.line(&record.report(memory_mb));
        if let Some(last) = end.last_words(id) {
            log.line(&last);
        }
        self.note(record, &end.faults);
        if end.usable && !wants_new {
            self.put_back(sandbox);
        }
        self.result(call, end.outcome, end.payload, log.tail())
    }

    /// The end of a call that never ran.
    pub fn refuse(&self, call: &Call, outcome: Outcome, faults: Vec<String>) -> Result {
        let record = self
            .shared
            .ledger
            .unstarted(call, SystemTime::now(), outcome.clone());
        self.note(
            Record {
                faults: faults.clone(),
                ..record
            },
            &faults,
        );
        self.result(call, outcome, Bytes::new(), Vec::new())
    }

    /// The end of a call whose sandbox did not come up.
    fn failed(
        &self,
        call: &Call,
        start: SystemTime,
        failure: InitFailure,
        faults: &[CallFault],
    ) -> Result {
        let faults = CallFault::from_the_start(faults);
        let memory_mb = self.deployment.function.memory_mb;
        let record =
            self.shared
                .ledger
                .uninitialised(memory_mb, call, start, &failure, faults.clone());
        failure.log.line(&record.report(memory_mb));
        self.note(record, &faults);
        self.result(call, failure.outcome, failure.payload, failure.log.tail())
    }

    fn note(&self, record: Record, faults: &[String]) {
        for fault in faults {
            self.shared.faults.note(fault, &record.request_id);
        }
        self.shared.ledger.enter(record);
    }

    fn result(&self, call: &Call, outcome: Outcome, payload: Bytes, tail: Vec<u8>) -> Result {
        Result {
            outcome,
            payload,
            version: call.version.clone(),
            tail,
        }
    }

    fn delivery(&self, call: &Call, limit: Duration) -> Delivery {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let id = call.request_id.replace('-', "");
        Delivery {
            request_id: call.request_id.clone(),
            deadline_ms: (now + limit).as_millis() as u64,
            arn: self.deployment.arn(call.qualifier.as_deref()),
            trace_id: format!(
                "Root=1-{:08x}-{};Parent={};Sampled=0",
                now.as_secs(),
                &id[..24],
                &id[16..]
            ),
            client_context: call.client_context.clone(),
            payload: call.payload.clone(),
        }
    }

    /// The sandbox of the version that was used last.
    fn warm(&self, version: &str) -> Option<Sandbox> {
        self.sweep();
        let mut pool = self.pool.lock().unwrap();
        let at = pool
            .idle
            .iter()
            .rposition(|sandbox| sandbox.version == version)?;
        Some(pool.idle.remove(at))
    }

    /// Whether one more sandbox may be made now; it counts as made.
    fn may_grow(&self) -> bool {
        let mut pool = self.pool.lock().unwrap();
        let now = Instant::now();
        while pool
            .lately
            .front()
            .is_some_and(|made| now - *made > SCALING_PERIOD)
        {
            pool.lately.pop_front();
        }
        if pool.lately.len() >= self.shared.scaling {
            return false;
        }
        pool.lately.push_back(now);
        true
    }

    /// Ends sandboxes that nobody has used for long.
    pub fn sweep(&self) {
        let mut pool = self.pool.lock().unwrap();
        pool.idle.retain(|sandbox| {
            sandbox.is_alive() && sandbox.idle_since.elapsed() < self.shared.keep_warm
        });
    }

    /// A new sandbox. One that does not come up is tried once more, as a part of
    /// the call and within its time limit.
    async fn cold(
        &self,
        version: &str,
        faults: &[CallFault],
    ) -> std::result::Result<Sandbox, InitFailure> {
        let function = &self.deployment.function;
        tokio::time::sleep(function.cold_start).await;
        match self
            .start_sandbox(version, function.init_limit, faults)
            .await
        {
            Ok(sandbox) => Ok(sandbox),
            Err(_) => self.start_sandbox(version, function.timeout, faults).await,
        }
    }

    async fn start_sandbox(
        &self,
        version: &str,
        limit: Duration,
        faults: &[CallFault],
    ) -> std::result::Result<Sandbox, InitFailure> {
        let number = self.shared.sandboxes.fetch_add(1, Relaxed);
        let making = Making {
            deployment: &self.deployment,
            number,
            version,
            key: self.shared.keyring.issue(number),
            traffic: self.shared.traffics.of(number),
            logs: &self.shared.logs,
            limit,
            faults,
        };
        Sandbox::start(making).await
    }

    fn put_back(&self, mut sandbox: Sandbox) {
        sandbox.idle_since = Instant::now();
        let mut pool = self.pool.lock().unwrap();
        if !pool.closed {
            pool.idle.push(sandbox);
        }
    }

    /// Ends all sandboxes; there will be no more.
    pub fn close(&self) {
        let mut pool = self.pool.lock().unwrap();
        pool.closed = true;
        pool.idle.clear();
    }
}
