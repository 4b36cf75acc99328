use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::api::runtime::Delivery;
use crate::deployment::Deployment;
use crate::fault::{CallFault, Faults, Traffics};
use crate::keyring::Keyring;
use crate::ledger::Ledger;
use crate::sandbox::{InitFailure, Making, Sandbox};
use crate::signature::hex;
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
    pub keyring: Arc<Keyring>,
    pub ledger: Ledger,
    /// The number of the newest version.
    versions: AtomicU32,
    pub retry_delays: [Duration; 2],
    pub faults: Arc<Faults>,
    pub traffics: Arc<Traffics>,
    concurrency: usize,
    scaling: usize,
    keep_warm: Duration,
    seed: u64,
    ids: AtomicU64,
    pool: Mutex<Pool>,
}

#[derive(Default)]
struct Pool {
    /// Calls that run.
    running: usize,
    /// Sandboxes made so far.
    made: u32,
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
    pub fn new(
        deployment: Deployment,
        keyring: Arc<Keyring>,
        faults: Arc<Faults>,
        traffics: Arc<Traffics>,
        options: &crate::EmulatorOptions,
    ) -> Self {
        Self {
            versions: AtomicU32::new(deployment.function.versions),
            deployment,
            keyring,
            faults,
            traffics,
            ledger: Ledger::new(options.function.memory_mb),
            retry_delays: options.retry_delays,
            concurrency: options.concurrency,
            scaling: options.scaling,
            keep_warm: options.keep_warm,
            seed: options.seed,
            ids: AtomicU64::new(0),
            pool: Mutex::default(),
        }
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

    /// The most calls that run at once.
    pub fn concurrency(&self) -> usize {
        self.concurrency
    }

    /// Makes one more version; gives its number.
    pub fn publish(&self) -> String {
        (self.versions.fetch_add(1, Relaxed) + 1).to_string()
    }

    /// A request's id: a UUID that follows from the seed.
    pub fn new_id(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.seed.to_le_bytes());
        hash.update(self.ids.fetch_add(1, Relaxed).to_le_bytes());
        let text = hex(&hash.finalize());
        format!(
            "{}-{}-4{}-8{}-{}",
            &text[..8],
            &text[8..12],
            &text[13..16],
            &text[17..20],
            &text[20..32]
        )
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
        let record = self.ledger.ended(call, sandbox.number, init, start, &end);
        log.line(&format!("END RequestId: {id}"));
        log.line(&record.report(self.deployment.function.memory_mb));
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
        let record = self
            .ledger
            .uninitialised(call, start, &failure, faults.clone());
        failure
            .log
            .line(&record.report(self.deployment.function.memory_mb));
        self.note(record, &faults);
        self.result(call, failure.outcome, failure.payload, failure.log.tail())
    }

    fn note(&self, record: Record, faults: &[String]) {
        for fault in faults {
            self.faults.note(fault, &record.request_id);
        }
        self.ledger.enter(record);
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
        if pool.lately.len() >= self.scaling {
            return false;
        }
        pool.lately.push_back(now);
        true
    }

    /// Ends sandboxes that nobody has used for long.
    pub fn sweep(&self) {
        let mut pool = self.pool.lock().unwrap();
        pool.idle
            .retain(|sandbox| sandbox.is_alive() && sandbox.idle_since.elapsed() < self.keep_warm);
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
        let number = {
            let mut pool = self.pool.lock().unwrap();
            pool.made += 1;
            pool.made - 1
        };
        let making = Making {
            deployment: &self.deployment,
            number,
            version,
            key: self.keyring.issue(number),
            traffic: self.traffics.of(number),
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
