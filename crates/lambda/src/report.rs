use std::time::{Instant, SystemTime};

use kinora_media::Preset;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Bucket, Fault, FaultKind, Row, StageSeconds, keys};

/// A film that was made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobReport {
    /// Names the film by its content.
    pub film: String,
    /// The result's key in the bucket; none if it went to a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The key of the play list by which it could be looked at meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<String>,
    /// Frames of the film.
    pub frames: u64,
    /// Its length in seconds.
    pub seconds: f64,
    /// Its size in bytes.
    pub bytes: u64,
    /// Workers that were called for.
    pub workers: u64,
    /// What became of the segments.
    pub segments: SegmentCounts,
    /// Calls beyond one for each worker, because of failures or lack of time.
    pub retries: u64,
    /// Calls beyond one for each worker, because a worker lagged behind.
    pub hedges: u64,
    /// Calls that AWS refused because too many were under way.
    pub throttled: u64,
    /// Seconds of wall clock by stage.
    pub wall: WallSeconds,
    /// Seconds of processor time of all workers, by stage.
    pub worker_seconds: StageSeconds,
    /// Gigabytes times seconds that the workers were billed for, as far as is known, and a
    /// coordinator in Lambda with them.
    pub billed_gb_seconds: f64,
    /// About what the job cost, a coordinator in Lambda included.
    pub estimated_cost_usd: f64,
    /// Whose prices these are, and when they were.
    #[serde(default)]
    pub prices: String,
    /// What was foreseen when the workers were called; none of a film that needed none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreseen: Option<Row>,
    /// The faster preset that was taken so that the film could be made in time or for the
    /// money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<Preset>,
    /// Whether an earlier run of the job had made it already.
    pub reused: bool,
    /// What the project's author should know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// What became of a film's segments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SegmentCounts {
    /// All of them.
    pub total: u64,
    /// Those rendered by this run.
    pub rendered: u64,
    /// Those that an earlier run of the job had rendered.
    pub cached: u64,
}

/// Seconds of wall clock by stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct WallSeconds {
    pub record: f64,
    pub plan: f64,
    pub render: f64,
    pub join: f64,
    pub total: f64,
}

impl WallSeconds {
    /// To a thousandth.
    pub fn rounded(self) -> Self {
        Self {
            record: round(self.record),
            plan: round(self.plan),
            render: round(self.render),
            join: round(self.join),
            total: round(self.total),
        }
    }
}

/// To a thousandth.
pub fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// What a job costs, as its progress carries it, in US dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Cost {
    /// What was spent so far, calls under way included.
    pub so_far: f64,
    /// What the whole job is thought to come to, once that is known.
    pub foreseen: Option<f64>,
}

impl Cost {
    fn write(self, state: &mut Value) {
        state["costSoFar"] = json!(self.so_far);
        state["estimatedCost"] = json!(self.foreseen);
    }
}

/// Tells in the bucket how far a job is.
pub(crate) struct Reporter {
    bucket: Bucket,
    job: String,
    started: Instant,
    /// What was last told.
    told: Option<Value>,
}

impl Reporter {
    pub fn new(bucket: Bucket, job: &str, started: Instant) -> Self {
        Self {
            bucket,
            job: job.to_owned(),
            started,
            told: None,
        }
    }

    /// Tells what changes while the job is at it, if anything but the cost has changed.
    pub async fn tell(&mut self, mut state: Value, cost: Cost) {
        state["jobId"] = json!(self.job);
        if self.told.as_ref() == Some(&state) {
            return;
        }
        self.told = Some(state.clone());
        cost.write(&mut state);
        self.store(state).await;
    }

    /// Tells how it ended.
    pub async fn tell_end(&self, done: &Result<JobReport, Fault>, cost: Cost) {
        let mut state = match done {
            Ok(report) => json!({
                "jobId": self.job,
                "stage": "done",
                "frames": report.frames,
                "totalFrames": report.frames,
                "key": report.key,
            }),
            Err(fault) => {
                let stage = match fault.kind {
                    FaultKind::Cancelled => "cancelled",
                    _ => "failed",
                };
                json!({"jobId": self.job, "stage": stage, "error": fault})
            }
        };
        cost.write(&mut state);
        self.store(state).await;
    }

    async fn store(&self, mut state: Value) {
        state["elapsed"] = json!(round(self.started.elapsed().as_secs_f64()));
        state["updatedAt"] = json!(present_ms());
        // Who looks on sees it a little later.
        let key = keys::progress(&self.job);
        let _ = self.bucket.put(&key, state.to_string()).await;
    }
}

/// The present in milliseconds since 1970.
pub(crate) fn present_ms() -> f64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0.0, |time| time.as_millis() as f64)
}
