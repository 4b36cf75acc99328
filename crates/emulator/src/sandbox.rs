use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use crate::Outcome;
use crate::api::runtime::{Delivery, Event, RuntimeApi};
use crate::cgroup::Cgroup;
use crate::deployment::Deployment;
use crate::ending::exit_error;
use crate::fault::{CallFault, Traffic};
use crate::keyring::Key;
use crate::log::Log;
use crate::log_groups::{LogGroups, LogStream};
use crate::machine::Machine;
use crate::process::{Launch, Process, exit_words};

/// One environment that runs one call at a time.
pub struct Sandbox {
    pub number: u32,
    pub version: String,
    pub log: Log,
    /// From the start of the process to its first request for an event.
    pub init: Duration,
    /// When it was last of use.
    pub idle_since: Instant,
    pub(super) process: Process,
    pub(super) traffic: Arc<Traffic>,
    /// The CPU time that calls before have used.
    pub(super) cpu_before: Duration,
    /// The most memory that was seen, in bytes.
    pub(super) peak: u64,
    /// The memory limit in bytes, where it holds.
    pub(super) memory: Option<u64>,
    /// Whether it stands still between calls.
    pub(super) freeze: bool,
    /// The share of processors, where it holds.
    share: Option<f64>,
    /// The most processors that it can use at once.
    most: f64,
    pub(super) api: RuntimeApi,
    pub(super) events: mpsc::UnboundedReceiver<Event>,
    /// The process's open request for an event.
    pub(super) waiting: Option<oneshot::Sender<Delivery>>,
    folder: PathBuf,
}

/// Why a sandbox did not come up.
pub struct InitFailure {
    pub outcome: Outcome,
    pub payload: Bytes,
    pub log: Log,
    pub init: Duration,
}

/// What a sandbox is made with.
pub struct Making<'a> {
    pub deployment: &'a Deployment,
    pub number: u32,
    pub version: &'a str,
    pub key: Key,
    pub traffic: Arc<Traffic>,
    pub logs: &'a LogGroups,
    /// How long it may take until it asks for an event.
    pub limit: Duration,
    /// The faults of the call that it is made for.
    pub faults: &'a [CallFault],
}

impl Sandbox {
    /// Starts the process and waits until it asks for an event.
    pub async fn start(making: Making<'_>) -> Result<Self, InitFailure> {
        let Making {
            deployment,
            number,
            version,
            key,
            traffic,
            logs,
            limit,
            faults,
        } = making;
        let folder = deployment.data.join("sandboxes").join(number.to_string());
        let stream = format!("{version}-{number}").replace('$', "");
        let log = Log::create(
            &deployment.data.join("logs").join(format!("{stream}.log")),
            LogStream {
                groups: logs.clone(),
                group: deployment.log_group(),
                stream: stream.clone(),
            },
        );
        let begun = Instant::now();
        let failure = |outcome, payload: Bytes| InitFailure {
            outcome,
            payload,
            log: log.clone(),
            init: begun.elapsed(),
        };
        let init_failed = |how: String| {
            let payload = json!({"errorType": "Runtime.InvalidEntrypoint", "errorMessage": format!("Error: {how}")});
            failure(Outcome::InitFailed(how), payload.to_string().into())
        };
        if let Err(error) = std::fs::create_dir_all(folder.join("tmp")) {
            return Err(init_failed(format!("no folder for the sandbox: {error}")));
        }
        let listener = match TcpListener::bind(("127.0.0.1", 0)).await {
            Ok(listener) => listener,
            Err(error) => return Err(init_failed(format!("no port for the Runtime API: {error}"))),
        };
        let address = match crate::http::address(&listener) {
            Ok(address) => address,
            Err(error) => return Err(init_failed(error.to_string())),
        };
        let (api, mut events) = RuntimeApi::start(listener);
        let mut env = deployment.environment(version, &stream, &key);
        env.insert("AWS_LAMBDA_RUNTIME_API".to_owned(), address.to_string());
        if deployment.machine.bwrap.is_none() {
            let tmp = folder.join("tmp").display().to_string();
            env.entry("TMPDIR".to_owned()).or_insert(tmp);
        }
        let mut tmp_bytes = megabytes(deployment.function.ephemeral_storage_mb);
        for fault in faults {
            match fault {
                CallFault::FullTmp(bytes) => tmp_bytes = *bytes,
                CallFault::Variable(value) => {
                    env.insert("KINORA_EMULATOR_FAULT".to_owned(), value.clone());
                }
                _ => {}
            }
        }
        let function = &deployment.function;
        let machine = &*deployment.machine;
        let launch = Launch {
            machine,
            number,
            command: &function.command,
            arguments: &function.arguments,
            env: &env,
            directory: &deployment.task_root,
            rootfs: function.rootfs.as_ref(),
            memory_mb: function.memory_mb,
            tmp_bytes,
        };
        let started =
            cgroup(machine, &launch).and_then(|cgroup| Process::start(&launch, cgroup, &log));
        let process = match started {
            Ok(process) => process,
            Err(error) => {
                let command = deployment.function.command.display();
                return Err(init_failed(format!("fork/exec {command}: {error}")));
            }
        };
        let waiting = tokio::select! {
            event = events.recv() => match event {
                Some(Event::Next(waiting)) => waiting,
                Some(Event::InitError(payload, kind)) => {
                    return Err(failure(Outcome::InitFailed(kind), payload));
                }
                _ => return Err(init_failed("the Runtime API was misused".to_owned())),
            },
            status = process.exited() => {
                let (how, payload) = exit_error(None, exit_words(status));
                return Err(failure(Outcome::InitFailed(how), payload));
            }
            () = tokio::time::sleep(limit) => {
                let payload = json!({"errorType": "Sandbox.Timedout", "errorMessage": "Error: the init phase timed out"});
                return Err(failure(Outcome::InitFailed("timeout".to_owned()), payload.to_string().into()));
            }
        };
        Ok(Self {
            number,
            version: version.to_owned(),
            traffic,
            init: begun.elapsed(),
            idle_since: Instant::now(),
            process,
            cpu_before: Duration::ZERO,
            peak: 0,
            memory: machine.memory.then(|| megabytes(function.memory_mb)),
            freeze: machine.freeze,
            share: machine.cpu.then(|| machine.share(function.memory_mb)),
            most: machine.processors as f64,
            api,
            events,
            waiting: Some(waiting),
            folder,
            log,
        })
    }

    /// Whether it can take a call.
    pub fn is_alive(&self) -> bool {
        self.process.is_running()
            && self
                .waiting
                .as_ref()
                .is_some_and(|waiting| !waiting.is_closed())
    }

    /// Makes it so many times slower by its share of CPU, or as fast as it was;
    /// `false` where the share cannot be set.
    pub(super) fn slow_down(&self, factor: Option<f64>) -> bool {
        let most = self.share.map_or(self.most, |share| share.min(self.most));
        match factor {
            Some(factor) => self.process.limit_cpu(Some(most / factor)),
            None => self.process.limit_cpu(self.share),
        }
    }
}

fn megabytes(count: u32) -> u64 {
    u64::from(count) << 20
}

/// The sandbox's control group with its limits set.
fn cgroup(machine: &Machine, launch: &Launch) -> std::io::Result<Option<Cgroup>> {
    let cgroup = machine.cgroups.make(&launch.number.to_string())?;
    if machine.memory {
        // The kernel charges `/tmp` to whoever fills it; Lambda does not. What the
        // processes hold themselves is watched besides.
        let tmp = if machine.bwrap.is_some() {
            launch.tmp_bytes
        } else {
            0
        };
        cgroup.limit_memory(megabytes(launch.memory_mb) + tmp)?;
    }
    if machine.cpu {
        cgroup.limit_cpu(Some(machine.share(launch.memory_mb)))?;
    }
    let is_one = cgroup.folders().next().is_some();
    Ok(is_one.then_some(cgroup))
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.process.kill();
        // The folder of a temporary data folder goes with it anyway.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
