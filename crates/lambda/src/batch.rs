use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Instant,
};

use futures::{StreamExt as _, stream};
use serde_json::{Value, json};

use crate::{
    BatchRender, Bucket, Call, Fault, FaultKind, Function, JobReport, Known,
    job::{LOOK, cancel},
    keys, money,
    report::{Cost, Reporter, round},
    rows::BatchRow,
};

/// Films at work at once: more are recorded by one processor no faster.
const AT_ONCE: u64 = 8;

/// A batch being made: a job for each row, some at once. The first one is made before the
/// others, which find what they have in common with it.
pub(crate) struct Batch<'a> {
    function: &'a Function,
    order: &'a BatchRender,
    call: &'a Call,
    bucket: Bucket,
    known: Arc<Known>,
    begun: Instant,
    cancelled: AtomicBool,
    /// The jobs at work.
    working: Mutex<BTreeSet<&'a str>>,
}

/// What became of a row.
struct Made {
    facts: Value,
    /// Of a film that was made now.
    report: Option<JobReport>,
    failed: bool,
}

/// What the films cost that are made; those at work tell it themselves.
fn cost(made: &[Made]) -> Cost {
    let reports = made.iter().filter_map(|row| row.report.as_ref());
    Cost {
        so_far: reports.map(|report| report.estimated_cost_usd).sum(),
        foreseen: None,
    }
}

impl<'a> Batch<'a> {
    pub fn new(
        function: &'a Function,
        order: &'a BatchRender,
        call: &'a Call,
        bucket: Bucket,
    ) -> Self {
        Self {
            function,
            order,
            call,
            bucket,
            known: Arc::default(),
            begun: Instant::now(),
            cancelled: AtomicBool::new(false),
            working: Mutex::default(),
        }
    }

    /// Makes all films; one that fails does not stop the others.
    ///
    /// # Errors
    /// When the batch is cancelled.
    pub async fn run(&self) -> Result<Value, Fault> {
        let job = &self.order.full.job;
        self.bucket.delete(vec![keys::cancel(job)]).await?;
        let workers = self.order.full.aim.workers.unwrap_or(1);
        let at_once = AT_ONCE.min(workers);
        let (first, others) = self.order.rows.split_at(1);
        let mut told = Reporter::new(self.bucket.clone(), job, self.begun);
        let mut made = Vec::new();
        let work = async {
            let first = first.iter().map(|row| self.row(row, workers));
            let first = stream::iter(first).buffered(1);
            let others = others.iter().map(|row| self.row(row, workers / at_once));
            let others = stream::iter(others).buffered(at_once as usize);
            let mut all = std::pin::pin!(first.chain(others));
            while let Some(row) = all.next().await {
                made.push(row);
                told.tell(self.state("render", &made), cost(&made)).await;
            }
        };
        tokio::select! {
            () = work => {}
            () = self.watch() => unreachable!("it looks for as long as there is work"),
        }
        if !self.order.full.keep_parts {
            self.remove_parts().await;
        }
        if self.cancelled.load(Relaxed) {
            told.tell(self.state("cancelled", &made), cost(&made)).await;
            return Err(Fault::new(FaultKind::Cancelled, "the batch was cancelled"));
        }
        told.tell(self.state("done", &made), cost(&made)).await;
        self.answer(made)
    }

    /// Makes a row's film.
    async fn row(&self, row: &'a BatchRow, workers: u64) -> Made {
        let made = match self.cancelled.load(Relaxed) {
            true => Err(Fault::new(FaultKind::Cancelled, "the batch was cancelled")),
            false => {
                self.working(|working| working.insert(&row.job));
                let full = self.order.alone(row, workers);
                let film = self.function.film(&full, self.call, Some(&self.known));
                let made = film.await;
                self.working(|working| working.remove(row.job.as_str()));
                made
            }
        };
        match made {
            Ok((report, mut facts)) => {
                facts["status"] = json!(200);
                facts["jobId"] = json!(row.job);
                Made {
                    report: Some(report).filter(|report| !report.reused),
                    facts,
                    failed: false,
                }
            }
            Err(fault) => Made {
                facts: json!({
                    "status": fault.status(),
                    "jobId": row.job,
                    "error": fault.text(),
                    "fault": fault,
                }),
                report: None,
                failed: true,
            },
        }
    }

    fn working<T>(&self, change: impl FnOnce(&mut BTreeSet<&'a str>) -> T) -> T {
        change(&mut self.working.lock().expect("no holder of the lock panics"))
    }

    /// Stops the rows' jobs when the batch is cancelled.
    async fn watch(&self) {
        loop {
            tokio::time::sleep(LOOK).await;
            // A look that fails is repeated.
            let key = keys::cancel(&self.order.full.job);
            if !matches!(self.bucket.head(&key).await, Ok(Some(_))) {
                continue;
            }
            self.cancelled.store(true, Relaxed);
            let jobs = self.working(|working| working.clone());
            for job in jobs {
                // One that is not reached now is reached by the next look.
                let _ = cancel(&self.bucket, job).await;
            }
        }
    }

    fn state(&self, stage: &str, made: &[Made]) -> Value {
        let failed = made.iter().filter(|row| row.failed).count();
        json!({
            "stage": stage,
            "rows": {"total": self.order.rows.len(), "done": made.len(), "failed": failed},
        })
    }

    /// One answer a row, in order, and what all of them took.
    fn answer(&self, made: Vec<Made>) -> Result<Value, Fault> {
        let failed = made.iter().filter(|row| row.failed).count();
        let reports = || made.iter().filter_map(|row| row.report.as_ref());
        let sum = |count: fn(&JobReport) -> u64| reports().map(count).sum::<u64>();
        let (own, usd) = self
            .function
            .coordination(self.begun.elapsed().as_secs_f64())?;
        let usd = usd + cost(&made).so_far;
        let seconds = own + reports().map(|row| row.billed_gb_seconds).sum::<f64>();
        let mut answer = json!({
            "failed": failed,
            "frames": sum(|row| row.frames),
            "segments": {
                "total": sum(|row| row.segments.total),
                "rendered": sum(|row| row.segments.rendered),
                "cached": sum(|row| row.segments.cached),
            },
            "billedGbSeconds": round(seconds),
            "estimatedCostUsd": money::to_millionths(usd),
            "seconds": round(self.begun.elapsed().as_secs_f64()),
        });
        let rows = made.into_iter().map(|row| row.facts);
        answer["rows"] = rows.collect();
        Ok(answer)
    }

    /// Removes what the rows' workers have stored.
    async fn remove_parts(&self) {
        for row in &self.order.rows {
            let folder = keys::job_folder(&row.job);
            // The bucket's own rule removes what stays.
            let Ok(found) = self.bucket.list(&folder).await else {
                continue;
            };
            let deeper = |key: &String| key[folder.len() + 1..].contains('/');
            let keys = found.into_iter().map(|(key, _)| key).filter(deeper);
            let _ = self.bucket.delete(keys.collect()).await;
        }
    }
}
