use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use crate::call::End;
use crate::lambda::Call;
use crate::sandbox::InitFailure;
use crate::{Outcome, Record};

/// Hears of each delivery.
type Listener = Box<dyn Fn(&Record) + Send>;

/// What was done, and what it costs.
#[derive(Default)]
pub struct Ledger {
    records: Mutex<Vec<Record>>,
    listener: Mutex<Option<Listener>>,
}

impl Ledger {
    pub fn listen(&self, tell: impl Fn(&Record) + Send + 'static) {
        *self.listener.lock().unwrap() = Some(Box::new(tell));
    }

    pub fn records(&self) -> Vec<Record> {
        self.records.lock().unwrap().clone()
    }

    pub fn enter(&self, record: Record) {
        self.records.lock().unwrap().push(record.clone());
        if let Some(tell) = &*self.listener.lock().unwrap() {
            tell(&record);
        }
    }

    /// The record of a call that never ran.
    pub fn unstarted(&self, call: &Call, start: SystemTime, outcome: Outcome) -> Record {
        Record {
            request_id: call.request_id.clone(),
            sandbox: None,
            version: call.version.clone(),
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

    /// The record of a call whose sandbox, of this memory in MB, did not come up.
    pub fn uninitialised(
        &self,
        memory_mb: u32,
        call: &Call,
        start: SystemTime,
        failure: &InitFailure,
        faults: Vec<String>,
    ) -> Record {
        let record = self.unstarted(call, start, failure.outcome.clone());
        let record = Record {
            cold: true,
            init: Some(failure.init),
            faults,
            ..record
        };
        billed(record, memory_mb)
    }

    /// The record of a call that ran in the sandbox of this number and memory in MB.
    pub fn ended(
        &self,
        call: &Call,
        (sandbox, memory_mb): (u32, u32),
        init: Option<Duration>,
        start: SystemTime,
        end: &End,
    ) -> Record {
        let record = self.unstarted(call, start, end.outcome.clone());
        let record = Record {
            sandbox: Some(sandbox),
            response_bytes: end.payload.len(),
            duration: end.duration,
            init,
            cpu_seconds: end.cpu.as_secs_f64(),
            max_memory_mb: end.peak.div_ceil(1 << 20) as u32,
            cold: init.is_some(),
            s3_requests: end.s3_requests,
            faults: [&end.faults[..], &end.s3_faults].concat(),
            ..record
        };
        billed(record, memory_mb)
    }
}

fn billed(mut record: Record, memory_mb: u32) -> Record {
    let time = record.duration + record.init.unwrap_or_default();
    record.billed_ms = time.as_micros().div_ceil(1000) as u64;
    record.billed_gb_seconds = record.billed_ms as f64 / 1000.0 * f64::from(memory_mb) / 1024.0;
    record
}
