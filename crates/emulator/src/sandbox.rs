use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use crate::Outcome;
use crate::cgroup::Cgroup;
use crate::keyring::Key;
use crate::lambda::Deployment;
use crate::log::Log;
use crate::machine::Machine;
use crate::process::{Launch, Process, exit_words};
use crate::runtime_api::{Delivery, Event, RESPONSE_LIMIT, RuntimeApi};

/// How often a running sandbox's memory is looked at.
const WATCH: Duration = Duration::from_millis(20);
/// After how many looks it is measured anew for the record.
const MEASURE: u32 = 8;

/// One environment that runs one call at a time.
pub struct Sandbox {
    pub number: u32,
    pub version: String,
    pub key: Key,
    pub log: Log,
    /// From the start of the process to its first request for an event.
    pub init: Duration,
    /// When it was last of use.
    pub idle_since: Instant,
    process: Process,
    /// The CPU time that calls before have used.
    cpu_before: Duration,
    /// The most memory that was seen, in bytes.
    peak: u64,
    /// The memory limit in bytes, where it holds.
    memory: Option<u64>,
    freeze: bool,
    api: RuntimeApi,
    events: mpsc::UnboundedReceiver<Event>,
    /// The process's open request for an event.
    waiting: Option<oneshot::Sender<Delivery>>,
    folder: PathBuf,
}

/// How a call ended in the sandbox.
pub struct End {
    pub outcome: Outcome,
    pub payload: Bytes,
    pub duration: Duration,
    /// CPU time that was used since the call before.
    pub cpu: Duration,
    /// The most memory that the sandbox has held so far, in bytes.
    pub peak: u64,
    /// Whether the sandbox can take another call.
    pub usable: bool,
}

/// Why a sandbox did not come up.
pub struct InitFailure {
    pub outcome: Outcome,
    pub payload: Bytes,
    pub log: Log,
    pub init: Duration,
}

impl Sandbox {
    /// Starts the process and waits until it asks for an event, for `limit` at most.
    pub async fn start(
        deployment: &Deployment,
        number: u32,
        version: &str,
        key: Key,
        limit: Duration,
    ) -> Result<Self, InitFailure> {
        let folder = deployment.data.join("sandboxes").join(number.to_string());
        let stream = format!("{version}-{number}").replace('$', "");
        let made = std::fs::create_dir_all(folder.join("tmp")).and_then(|()| {
            Log::create(&deployment.data.join("logs").join(format!("{stream}.log")))
        });
        // Without its folder a sandbox is nothing; the emulator made the parent.
        let log =
            made.unwrap_or_else(|error| panic!("cannot make `{}`: {error}", folder.display()));
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
        let function = &deployment.function;
        let launch = Launch {
            machine: &deployment.machine,
            number,
            command: &function.command,
            arguments: &function.arguments,
            env: &env,
            directory: &deployment.task_root,
            rootfs: function.rootfs.as_ref(),
            memory_mb: function.memory_mb,
            tmp_bytes: megabytes(function.ephemeral_storage_mb),
        };
        let started = cgroup(&deployment.machine, &launch, number)
            .and_then(|cgroup| Process::start(&launch, cgroup, &log));
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
            key,
            init: begun.elapsed(),
            idle_since: Instant::now(),
            process,
            cpu_before: Duration::ZERO,
            peak: 0,
            memory: deployment
                .machine
                .memory
                .then(|| megabytes(function.memory_mb)),
            freeze: deployment.machine.freeze,
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

    /// Hands the event over and waits until the process asks for the next one, is
    /// gone, or has run out of time or memory.
    pub async fn call(&mut self, delivery: Delivery, limit: Duration) -> End {
        let request_id = delivery.request_id.clone();
        self.api.expect(Some(&request_id));
        if self.freeze {
            self.process.freeze(false);
        }
        let begun = Instant::now();
        let delivered = self
            .waiting
            .take()
            .is_some_and(|waiting| waiting.send(delivery).is_ok());
        let (outcome, payload) = if delivered {
            self.wait(&request_id, limit).await
        } else {
            exited(&request_id, self.process.exited().await)
        };
        let duration = begun.elapsed();
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
        End {
            outcome,
            payload,
            duration,
            cpu: used,
            peak: self.peak,
            usable,
        }
    }

    /// Waits for the end of the call.
    async fn wait(&mut self, request_id: &str, limit: Duration) -> (Outcome, Bytes) {
        let mut answer: Option<(Outcome, Bytes)> = None;
        let deadline = tokio::time::sleep(limit);
        tokio::pin!(deadline);
        let mut watch = tokio::time::interval(WATCH);
        watch.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut looks = 0;
        let kills = self.process.memory_kills();
        loop {
            tokio::select! {
                biased;
                event = self.events.recv() => match event {
                    Some(Event::Next(waiting)) => {
                        self.waiting = Some(waiting);
                        // Asking again without an answer leaves the call open.
                        if let Some(answer) = answer.take() {
                            return answer;
                        }
                    }
                    Some(Event::Response(payload)) => answer = Some((Outcome::Success, payload)),
                    Some(Event::TooLarge(size)) => answer = Some(too_large(size)),
                    Some(Event::Error(payload, kind) | Event::InitError(payload, kind)) => {
                        answer = Some((Outcome::FunctionError(kind), payload));
                    }
                    None => return exited(request_id, self.process.exited().await),
                },
                status = self.process.exited() => {
                    // An answer that was given before the end counts.
                    return match answer.take() {
                        Some(answer) => answer,
                        None if self.process.memory_kills() > kills => out_of_memory(request_id),
                        None => exited(request_id, status),
                    };
                }
                () = &mut deadline => return timed_out(request_id, limit),
                _ = watch.tick() => {
                    looks += 1;
                    if looks % MEASURE == 0 {
                        self.peak = self.peak.max(self.process.memory());
                    }
                    if self.memory.is_some_and(|limit| self.process.holds_more_than(limit)) {
                        self.peak = self.peak.max(self.process.memory());
                        return out_of_memory(request_id);
                    }
                }
            }
        }
    }
}

fn megabytes(count: u32) -> u64 {
    u64::from(count) << 20
}

/// The sandbox's control group with its limits set.
fn cgroup(machine: &Machine, launch: &Launch, number: u32) -> std::io::Result<Option<Cgroup>> {
    let cgroup = machine.cgroups.make(&number.to_string())?;
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
        cgroup.limit_cpu(machine.share(launch.memory_mb))?;
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

fn exited(request_id: &str, status: std::process::ExitStatus) -> (Outcome, Bytes) {
    let (how, payload) = exit_error(Some(request_id), exit_words(status));
    (Outcome::Exit(how), payload)
}

fn exit_error(request_id: Option<&str>, how: Option<String>) -> (String, Bytes) {
    let message = match &how {
        Some(how) => format!("Runtime exited with error: {how}"),
        None => "Runtime exited without providing a reason".to_owned(),
    };
    let payload = error("Runtime.ExitError", request_id, &message);
    (how.unwrap_or_else(|| "exit status 0".to_owned()), payload)
}

fn out_of_memory(request_id: &str) -> (Outcome, Bytes) {
    let message = "Runtime exited with error: signal: killed";
    (
        Outcome::OutOfMemory,
        error("Runtime.OutOfMemory", Some(request_id), message),
    )
}

fn timed_out(request_id: &str, limit: Duration) -> (Outcome, Bytes) {
    let message = format!("Task timed out after {:.2} seconds", limit.as_secs_f64());
    (
        Outcome::Timeout,
        error("Sandbox.Timedout", Some(request_id), &message),
    )
}

fn too_large(size: usize) -> (Outcome, Bytes) {
    let message = format!(
        "Response payload size ({size} bytes) exceeded maximum allowed payload size ({RESPONSE_LIMIT} bytes)."
    );
    let payload = json!({"errorType": "Function.ResponseSizeTooLarge", "errorMessage": message});
    (Outcome::ResponseTooLarge, payload.to_string().into())
}

fn error(kind: &str, request_id: Option<&str>, message: &str) -> Bytes {
    let message = match request_id {
        Some(id) => format!("RequestId: {id} Error: {message}"),
        None => format!("Error: {message}"),
    };
    json!({"errorType": kind, "errorMessage": message})
        .to_string()
        .into()
}

/// The variables that Lambda sets.
pub fn lambda_variables(
    deployment: &Deployment,
    version: &str,
    stream: &str,
    key: &Key,
) -> BTreeMap<String, String> {
    let function = &deployment.function;
    let task_root = deployment.task_root.display().to_string();
    let region = &deployment.region;
    let variables: [(&str, String); 22] = [
        ("_HANDLER", "bootstrap".to_owned()),
        ("AWS_REGION", region.clone()),
        ("AWS_DEFAULT_REGION", region.clone()),
        ("AWS_LAMBDA_FUNCTION_NAME", function.name.clone()),
        ("AWS_LAMBDA_FUNCTION_VERSION", version.to_owned()),
        (
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            function.memory_mb.to_string(),
        ),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".to_owned()),
        (
            "AWS_LAMBDA_LOG_GROUP_NAME",
            format!("/aws/lambda/{}", function.name),
        ),
        ("AWS_LAMBDA_LOG_STREAM_NAME", stream.to_owned()),
        ("AWS_ACCESS_KEY_ID", key.access_key.clone()),
        ("AWS_SECRET_ACCESS_KEY", key.secret_key.clone()),
        ("AWS_SESSION_TOKEN", key.token.clone().unwrap_or_default()),
        ("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR".to_owned()),
        ("AWS_XRAY_DAEMON_ADDRESS", "169.254.79.129:2000".to_owned()),
        ("LAMBDA_TASK_ROOT", task_root.clone()),
        ("LAMBDA_RUNTIME_DIR", "/var/runtime".to_owned()),
        ("LANG", "en_US.UTF-8".to_owned()),
        ("TZ", ":UTC".to_owned()),
        ("PATH", "/usr/local/bin:/usr/bin/:/bin:/opt/bin".to_owned()),
        (
            "LD_LIBRARY_PATH",
            format!(
                "/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:{task_root}:{task_root}/lib:/opt/lib"
            ),
        ),
        ("AWS_ENDPOINT_URL_LAMBDA", deployment.lambda_url.clone()),
        ("AWS_ENDPOINT_URL_S3", deployment.s3_url.clone()),
    ];
    variables
        .map(|(name, value)| (name.to_owned(), value))
        .into()
}
