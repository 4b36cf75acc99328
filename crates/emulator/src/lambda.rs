use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::call::End;
use crate::fault::{CallFault, Faults, Traffics};
use crate::keyring::{Key, Keyring};
use crate::machine::Machine;
use crate::runtime_api::Delivery;
use crate::sandbox::{InitFailure, Making, Sandbox};
use crate::signature::hex;
use crate::variables::lambda_variables;
use crate::{FunctionOptions, Outcome, Record};

/// What is deployed, and where.
pub struct Deployment {
    pub function: FunctionOptions,
    pub region: String,
    pub account: String,
    pub data: PathBuf,
    /// The folder of the program.
    pub task_root: PathBuf,
    pub lambda_url: String,
    pub s3_url: String,
    pub machine: Machine,
}

impl Deployment {
    /// The function's ARN, with the qualifier that it was called by.
    pub fn arn(&self, qualifier: Option<&str>) -> String {
        let name = &self.function.name;
        let arn = format!(
            "arn:aws:lambda:{}:{}:function:{name}",
            self.region, self.account
        );
        match qualifier {
            Some(qualifier) => format!("{arn}:{qualifier}"),
            None => arn,
        }
    }

    pub fn environment(&self, version: &str, stream: &str, key: &Key) -> BTreeMap<String, String> {
        let mut env = lambda_variables(self, version, stream, key);
        env.extend(self.function.env.clone());
        env
    }
}

/// A call as its caller made it.
#[derive(Clone, Debug)]
pub struct Call {
    pub request_id: String,
    /// As the caller named it.
    pub qualifier: Option<String>,
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

/// Hears of each delivery.
type Listener = Box<dyn Fn(&Record) + Send>;

/// The function and its sandboxes.
pub struct Lambda {
    pub deployment: Deployment,
    pub keyring: Arc<Keyring>,
    pub records: Mutex<Vec<Record>>,
    /// The number of the newest version.
    pub versions: AtomicU32,
    pub retry_delays: [Duration; 2],
    pub faults: Arc<Faults>,
    pub traffics: Arc<Traffics>,
    concurrency: usize,
    scaling: usize,
    keep_warm: Duration,
    seed: u64,
    ids: AtomicU64,
    pool: Mutex<Pool>,
    on_record: Mutex<Option<Listener>>,
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
            records: Mutex::default(),
            retry_delays: options.retry_delays,
            concurrency: options.concurrency,
            scaling: options.scaling,
            keep_warm: options.keep_warm,
            seed: options.seed,
            ids: AtomicU64::new(0),
            pool: Mutex::default(),
            on_record: Mutex::default(),
        }
    }

    /// Calls the function after every delivery, from the emulator's threads.
    pub fn on_record(&self, tell: impl Fn(&Record) + Send + 'static) {
        *self.on_record.lock().unwrap() = Some(Box::new(tell));
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
    pub async fn run(&self, call: &Call, version: &str, faults: &[CallFault]) -> Result {
        let start = SystemTime::now();
        let Some(_place) = self.place() else {
            return self.refuse(call, version, Outcome::Throttled, Vec::new());
        };
        let limit = self.deployment.function.timeout;
        let wants_new = faults.iter().any(CallFault::wants_new_sandbox);
        let warm = if wants_new { None } else { self.warm(version) };
        let cold = warm.is_none();
        let sandbox = match warm {
            Some(sandbox) => Ok(sandbox),
            None if !self.may_grow() => {
                return self.refuse(call, version, Outcome::Throttled, Vec::new());
            }
            None => self.cold(version, faults).await,
        };
        let mut sandbox = match sandbox {
            Ok(sandbox) => sandbox,
            Err(failure) => return self.failed(call, version, start, failure),
        };
        if !cold {
            sandbox.log.begin();
        }
        let id = &call.request_id;
        sandbox
            .log
            .line(&format!("START RequestId: {id} Version: {version}"));
        let end = sandbox
            .call(self.delivery(call, limit), limit, faults)
            .await;
        let record = self.finished(call, &sandbox, cold, start, &end);
        sandbox.log.line(&format!("END RequestId: {id}"));
        sandbox
            .log
            .line(&record.report(self.deployment.function.memory_mb));
        if let Some(last) = last_words(id, &end) {
            sandbox.log.line(&last);
        }
        let tail = sandbox.log.tail();
        for fault in &end.faults {
            self.faults.note(fault, id);
        }
        self.note(record);
        if end.usable && !wants_new {
            self.put_back(sandbox);
        }
        Result {
            outcome: end.outcome,
            payload: end.payload,
            version: version.to_owned(),
            tail,
        }
    }

    /// The end of a call that never ran.
    pub fn refuse(
        &self,
        call: &Call,
        version: &str,
        outcome: Outcome,
        faults: Vec<String>,
    ) -> Result {
        let record = Record {
            faults,
            ..self.unstarted(call, version, SystemTime::now(), outcome.clone())
        };
        self.note(record);
        Result {
            outcome,
            payload: Bytes::new(),
            version: version.to_owned(),
            tail: Vec::new(),
        }
    }

    /// The end of a call whose sandbox did not come up.
    fn failed(
        &self,
        call: &Call,
        version: &str,
        start: SystemTime,
        failure: InitFailure,
    ) -> Result {
        let mut record = self.unstarted(call, version, start, failure.outcome.clone());
        record.cold = true;
        record.init = Some(failure.init);
        self.bill(&mut record);
        failure
            .log
            .line(&record.report(self.deployment.function.memory_mb));
        self.note(record);
        Result {
            outcome: failure.outcome,
            payload: failure.payload,
            version: version.to_owned(),
            tail: failure.log.tail(),
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

    fn unstarted(&self, call: &Call, version: &str, start: SystemTime, outcome: Outcome) -> Record {
        Record {
            request_id: call.request_id.clone(),
            sandbox: None,
            version: version.to_owned(),
            attempt: call.attempt,
            is_duplicate: call.is_duplicate,
            synchronous: call.synchronous,
            event_bytes: call.payload.len(),
            response_bytes: 0,
            start,
            end: SystemTime::now(),
            duration: Duration::ZERO,
            init: None,
            billed_ms: 0,
            billed_gb_seconds: 0.0,
            cpu_seconds: 0.0,
            max_memory_mb: 0,
            cold: false,
            outcome,
            s3_requests: 0,
            faults: Vec::new(),
        }
    }

    fn finished(
        &self,
        call: &Call,
        sandbox: &Sandbox,
        cold: bool,
        start: SystemTime,
        end: &End,
    ) -> Record {
        let mut record = Record {
            sandbox: Some(sandbox.number),
            response_bytes: end.payload.len(),
            duration: end.duration,
            init: cold.then_some(sandbox.init),
            cpu_seconds: end.cpu.as_secs_f64(),
            max_memory_mb: end.peak.div_ceil(1 << 20) as u32,
            cold,
            s3_requests: end.s3_requests,
            faults: end.faults.clone(),
            ..self.unstarted(call, &sandbox.version, start, end.outcome.clone())
        };
        self.bill(&mut record);
        record
    }

    fn bill(&self, record: &mut Record) {
        let time = record.duration + record.init.unwrap_or_default();
        record.billed_ms = time.as_micros().div_ceil(1000) as u64;
        let gigabytes = f64::from(self.deployment.function.memory_mb) / 1024.0;
        record.billed_gb_seconds = record.billed_ms as f64 / 1000.0 * gigabytes;
    }

    fn note(&self, record: Record) {
        if let Some(tell) = &*self.on_record.lock().unwrap() {
            tell(&record);
        }
        self.records.lock().unwrap().push(record);
    }
}

/// What Lambda logs after the report of a call that did not end by itself.
fn last_words(request_id: &str, end: &End) -> Option<String> {
    let exit = |how: &str, kind: &str| {
        Some(format!(
            "RequestId: {request_id} Error: Runtime exited with error: {how}\n{kind}"
        ))
    };
    match &end.outcome {
        Outcome::Timeout => {
            let seconds = end.duration.as_secs_f64();
            Some(format!(
                "{request_id} Task timed out after {seconds:.2} seconds"
            ))
        }
        Outcome::Exit(how) => exit(how, "Runtime.ExitError"),
        Outcome::OutOfMemory => exit("signal: killed", "Runtime.OutOfMemory"),
        _ => None,
    }
}
