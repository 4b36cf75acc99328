use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, sleep};

use crate::Outcome;
use crate::api::runtime::{Delivery, Event};
use crate::ending::{exited, killed, out_of_memory, timed_out, too_large};
use crate::fault::{CallFault, Moment, Script};
use crate::sandbox::Sandbox;

/// How often a running sandbox's memory is looked at.
const WATCH: Duration = Duration::from_millis(20);
/// After how many looks it is measured anew for the record.
const MEASURE: u32 = 8;
/// How long a sandbox runs at a time that is slowed down by stopping it.
const SLICE: Duration = Duration::from_millis(10);

/// How a call ended in the sandbox.
pub struct End {
    pub outcome: Outcome,
    pub payload: Bytes,
    pub duration: Duration,
    /// CPU time that was used since the call before.
    pub cpu: Duration,
    /// The most memory that the sandbox has held so far, in bytes.
    pub peak: u64,
    /// Requests to S3.
    pub s3_requests: u32,
    /// The call's faults that came to pass.
    pub faults: Vec<String>,
    /// The faults that hit its requests to S3.
    pub s3_faults: Vec<String>,
    /// Whether the sandbox can take another call.
    pub usable: bool,
}

impl End {
    /// What Lambda logs after the report of a call that did not end by itself.
    pub fn last_words(&self, request_id: &str) -> Option<String> {
        let exit = |how: &str, kind: &str| {
            Some(format!(
                "RequestId: {request_id} Error: Runtime exited with error: {how}\n{kind}"
            ))
        };
        match &self.outcome {
            Outcome::Timeout => {
                let seconds = self.duration.as_secs_f64();
                Some(format!(
                    "{request_id} Task timed out after {seconds:.2} seconds"
                ))
            }
            Outcome::Exit(how) => exit(how, "Runtime.ExitError"),
            Outcome::OutOfMemory => exit("signal: killed", "Runtime.OutOfMemory"),
            _ => None,
        }
    }
}

/// The faults of one call, as far as they happen in the sandbox.
struct Planned<'a> {
    /// Those that kill, in the order of the script's moments.
    kills: Vec<(&'a CallFault, Moment)>,
    expired_after: Option<u32>,
    slower: Option<f64>,
}

impl<'a> Planned<'a> {
    fn of(faults: &'a [CallFault]) -> Self {
        let mut planned = Self {
            kills: Vec::new(),
            expired_after: None,
            slower: None,
        };
        for fault in faults {
            match fault {
                CallFault::Kill(moment) | CallFault::OutOfMemory(moment) => {
                    planned.kills.push((fault, *moment))
                }
                CallFault::ExpiredCredentials(requests) => planned.expired_after = Some(*requests),
                CallFault::Slow(factor) => planned.slower = Some(*factor),
                _ => {}
            }
        }
        planned
    }

    fn script(&self) -> Script {
        let moments = self.kills.iter().map(|(_, moment)| *moment).collect();
        Script {
            moments,
            expired_after: self.expired_after,
        }
    }

    /// The first kill that comes by time alone.
    fn first_by_time(&self) -> Option<(usize, Duration)> {
        let times = self
            .kills
            .iter()
            .enumerate()
            .filter_map(|(at, (_, moment))| match moment {
                Moment::After(time) => Some((at, *time)),
                _ => None,
            });
        times.min_by_key(|(_, time)| *time)
    }
}

impl Sandbox {
    /// Hands the event over and waits until the process asks for the next one, is
    /// gone, or has run out of time or memory.
    pub async fn call(&mut self, delivery: Delivery, limit: Duration, faults: &[CallFault]) -> End {
        let request_id = delivery.request_id.clone();
        let planned = Planned::of(faults);
        let fired = self.traffic.begin(planned.script());
        let mut notes = CallFault::from_the_start(faults);
        self.api.expect(Some(&request_id));
        // What cannot be slowed down by its share of CPU is stopped most of the time.
        let stops = planned
            .slower
            .filter(|factor| !self.slow_down(Some(*factor)));
        if self.freeze {
            self.process.freeze(false);
        }
        let begun = Instant::now();
        let delivered = self
            .waiting
            .take()
            .is_some_and(|waiting| waiting.send(delivery).is_ok());
        let (outcome, payload) = if delivered {
            self.wait(&request_id, limit, &planned, fired, stops, &mut notes)
                .await
        } else {
            exited(&request_id, self.process.exited().await)
        };
        let duration = begun.elapsed();
        if planned.slower.is_some() {
            self.slow_down(None);
        }
        self.settle(outcome, payload, duration, notes).await
    }

    /// Waits for the end of the call.
    async fn wait(
        &mut self,
        request_id: &str,
        limit: Duration,
        planned: &Planned<'_>,
        mut fired: mpsc::UnboundedReceiver<usize>,
        stops: Option<f64>,
        notes: &mut Vec<String>,
    ) -> (Outcome, Bytes) {
        let mut answer: Option<(Outcome, Bytes)> = None;
        let deadline = sleep(limit);
        let (first, time) = planned.first_by_time().unwrap_or((0, Duration::MAX));
        let (timed, slice) = (sleep(time), sleep(SLICE));
        tokio::pin!(deadline, timed, slice);
        let mut watch = interval(WATCH);
        watch.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut looks, mut is_stopped) = (0, false);
        let kills = self.process.memory_kills();
        let end = loop {
            tokio::select! {
                biased;
                Some(moment) = fired.recv() => break fatal(request_id, planned.kills[moment].0, notes),
                event = self.events.recv() => match event {
                    Some(Event::Next(waiting)) => {
                        self.waiting = Some(waiting);
                        // Asking again without an answer leaves the call open.
                        if let Some(answer) = answer.take() {
                            break answer;
                        }
                    }
                    Some(Event::Response(payload)) => answer = Some((Outcome::Success, payload)),
                    Some(Event::TooLarge(size)) => answer = Some(too_large(size)),
                    Some(Event::Error(payload, kind) | Event::InitError(payload, kind)) => {
                        answer = Some((Outcome::FunctionError(kind), payload));
                    }
                    None => break exited(request_id, self.process.exited().await),
                },
                status = self.process.exited() => {
                    // An answer that was given before the end counts.
                    break match answer.take() {
                        Some(answer) => answer,
                        None if self.process.memory_kills() > kills => out_of_memory(request_id),
                        None => exited(request_id, status),
                    };
                }
                () = &mut deadline => break timed_out(request_id, limit),
                () = &mut timed, if time < Duration::MAX => {
                    break fatal(request_id, planned.kills[first].0, notes);
                }
                () = &mut slice, if stops.is_some() => {
                    is_stopped = !is_stopped;
                    self.process.freeze(is_stopped);
                    let factor = stops.filter(|_| is_stopped).map_or(1.0, |factor| (factor - 1.0).max(0.0));
                    slice.as_mut().reset(tokio::time::Instant::now() + SLICE.mul_f64(factor));
                }
                _ = watch.tick() => {
                    looks += 1;
                    if looks % MEASURE == 0 {
                        self.peak = self.peak.max(self.process.memory());
                    }
                    if self.memory.is_some_and(|limit| self.process.holds_more_than(limit)) {
                        self.peak = self.peak.max(self.process.memory());
                        break out_of_memory(request_id);
                    }
                }
            }
        };
        if is_stopped {
            self.process.freeze(false);
        }
        end
    }

    /// Leaves the sandbox as it is between calls, or kills what is left of it.
    async fn settle(
        &mut self,
        outcome: Outcome,
        payload: Bytes,
        duration: Duration,
        faults: Vec<String>,
    ) -> End {
        self.api.expect(None);
        let gone = matches!(
            outcome,
            Outcome::Timeout | Outcome::OutOfMemory | Outcome::Exit(_)
        );
        let usable = !gone && self.waiting.is_some() && self.process.is_running();
        self.peak = self.peak.max(self.process.memory());
        if usable && self.freeze {
            self.process.freeze(true);
        }
        let cpu = self.process.cpu_time();
        let used = cpu.saturating_sub(self.cpu_before);
        self.cpu_before = cpu;
        if !usable {
            self.process.kill();
        }
        self.log.drain().await;
        let sent = self.traffic.end();
        End {
            outcome,
            payload,
            duration,
            cpu: used,
            peak: self.peak,
            s3_requests: sent.requests,
            faults,
            s3_faults: sent.notes,
            usable,
        }
    }
}

/// The end that a fault makes.
fn fatal(request_id: &str, fault: &CallFault, notes: &mut Vec<String>) -> (Outcome, Bytes) {
    notes.push(fault.to_string());
    match fault {
        CallFault::OutOfMemory(_) => out_of_memory(request_id),
        _ => killed(request_id),
    }
}
