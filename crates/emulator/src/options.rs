use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::{Bucket, EmulatorError, FaultPlan};

/// The most bytes that a function's environment may have, names and values.
const ENVIRONMENT_BYTES: usize = 4096;

/// What is emulated.
#[derive(Clone, Debug)]
pub struct EmulatorOptions {
    /// The function.
    pub function: FunctionOptions,
    /// Whether the function is there from the start; otherwise it is deployed by a stack,
    /// and `function` says what such functions have besides. A program that it names
    /// stands in for images.
    pub deployed: bool,
    /// The most memory in MB that a stack may give to a function.
    pub most_memory_mb: u32,
    /// The most calls that run at once; further ones are refused with 429.
    pub concurrency: usize,
    /// The most new sandboxes in ten seconds; calls that would need more are refused
    /// with 429.
    pub scaling: usize,
    /// Where Lambda's API listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where S3 listens; port 0 takes a free one.
    pub s3_listen: SocketAddr,
    /// The buckets that there are.
    pub buckets: Vec<Bucket>,
    /// The region of the function and, if they name none, of the buckets.
    pub region: String,
    /// The account's number in ARNs: twelve digits.
    pub account: String,
    /// The caller's access key and secret key.
    pub credentials: (String, String),
    /// The folder for the buckets' files, the sandboxes' own files and their
    /// logs. Without one, a temporary folder that goes when the emulator stops.
    pub data: Option<PathBuf>,
    /// Which of Lambda's limits hold.
    pub limits: Limits,
    /// The faults that are injected.
    pub faults: FaultPlan,
    /// What the faults' chances are drawn from: the same seed and the same
    /// calls give the same faults.
    pub seed: u64,
    /// How long an event waits for its first and its second repetition after the
    /// function failed on it.
    pub retry_delays: [Duration; 2],
    /// How long an unused sandbox stays warm.
    pub keep_warm: Duration,
}

impl Default for EmulatorOptions {
    fn default() -> Self {
        Self {
            function: FunctionOptions::default(),
            deployed: true,
            most_memory_mb: 3008,
            concurrency: 10,
            scaling: 1000,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            s3_listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            buckets: vec![Bucket::new("kinora")],
            region: "us-east-1".to_owned(),
            account: "123456789012".to_owned(),
            credentials: (
                "AKIAIOSFODNN7EXAMPLE".to_owned(),
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned(),
            ),
            data: None,
            limits: Limits::default(),
            faults: FaultPlan::default(),
            seed: 0,
            retry_delays: [Duration::from_secs(60), Duration::from_secs(120)],
            keep_warm: Duration::from_secs(300),
        }
    }
}

impl EmulatorOptions {
    /// Refuses what AWS would refuse at deployment.
    pub(crate) fn check(&self) -> Result<(), EmulatorError> {
        self.faults.check()?;
        let function = &self.function;
        let is_unnamed = function.command.as_os_str().is_empty();
        if is_unnamed && self.deployed {
            return Err(EmulatorError::NoCommand);
        }
        if !is_unnamed && function.rootfs.is_none() && !function.command.is_file() {
            return Err(EmulatorError::NoSuchCommand(function.command.clone()));
        }
        let range = |name, value: u64, range: std::ops::RangeInclusive<u64>| {
            if range.contains(&value) {
                return Ok(());
            }
            let (least, most) = (*range.start(), *range.end());
            Err(EmulatorError::OutOfRange {
                name,
                value,
                least,
                most,
            })
        };
        range("memory_mb", function.memory_mb.into(), 128..=10_240)?;
        range(
            "ephemeral_storage_mb",
            function.ephemeral_storage_mb.into(),
            512..=10_240,
        )?;
        range(
            "timeout in ms",
            function.timeout.as_millis() as u64,
            1..=900_000,
        )?;
        range("concurrency", self.concurrency as u64, 1..=10_000)?;
        range("scaling", self.scaling as u64, 1..=10_000)?;
        let bytes: usize = function
            .env
            .iter()
            .map(|(name, value)| name.len() + value.len())
            .sum();
        if bytes > ENVIRONMENT_BYTES {
            return Err(EmulatorError::EnvironmentTooLarge {
                bytes,
                most: ENVIRONMENT_BYTES,
            });
        }
        let reserved = function
            .env
            .keys()
            .find(|name| RESERVED.contains(&name.as_str()));
        if let Some(name) = reserved {
            return Err(EmulatorError::ReservedVariable(name.clone()));
        }
        Ok(())
    }
}

/// The variables that Lambda sets and lets nobody else set.
const RESERVED: [&str; 17] = [
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_DEFAULT_REGION",
    "AWS_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_RUNTIME_API",
    "LAMBDA_TASK_ROOT",
    "LAMBDA_RUNTIME_DIR",
];

/// The function as it would be deployed.
#[derive(Clone, Debug)]
pub struct FunctionOptions {
    /// Its name.
    pub name: String,
    /// The program, which asks the Runtime API for its events; a path within
    /// `rootfs` when there is one.
    pub command: PathBuf,
    /// The program's arguments.
    pub arguments: Vec<String>,
    /// Variables besides those that Lambda sets.
    pub env: BTreeMap<String, String>,
    /// Memory in MB (128–10240), which also decides the share of CPU.
    pub memory_mb: u32,
    /// How long a call may last, at most 15 minutes.
    pub timeout: Duration,
    /// The size of `/tmp` in MB (512–10240).
    pub ephemeral_storage_mb: u32,
    /// How long it takes until a new sandbox's process starts (not billed).
    pub cold_start: Duration,
    /// How long the process may take until it asks for its first event, before
    /// it is started again as part of the call.
    pub init_limit: Duration,
    /// `x86_64` or `arm64`, as the API tells it; the program runs as it is.
    pub architecture: String,
    /// How many numbered versions are published besides `$LATEST`.
    pub versions: u32,
    /// An unpacked image to run the program in; needs bubblewrap.
    pub rootfs: Option<PathBuf>,
}

impl Default for FunctionOptions {
    fn default() -> Self {
        Self {
            name: "kinora".to_owned(),
            command: PathBuf::new(),
            arguments: Vec::new(),
            env: BTreeMap::new(),
            memory_mb: 3008,
            timeout: Duration::from_secs(900),
            ephemeral_storage_mb: 512,
            cold_start: Duration::ZERO,
            init_limit: Duration::from_secs(10),
            architecture: "x86_64".to_owned(),
            versions: 1,
            rootfs: None,
        }
    }
}

/// Whether one of Lambda's limits holds in the sandboxes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Enforce {
    /// It holds, or the emulator does not start.
    On,
    /// It does not hold.
    Off,
    /// It holds if this machine allows it, else a warning says so.
    #[default]
    WherePossible,
}

/// Which of Lambda's limits hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// CPU by memory: 1769 MB are one processor.
    pub cpu: Enforce,
    /// Memory.
    pub memory: Enforce,
    /// `/tmp` of its own with a size, and nothing else writable.
    pub files: Enforce,
    /// Nothing runs between two calls.
    pub freeze: Enforce,
    /// Whether control groups may be made. Without them memory is only watched,
    /// signals stop the processes, and the share of CPU cannot hold.
    pub control_groups: bool,
}

impl Limits {
    /// No limit holds; control groups only count.
    pub const OFF: Self = Self {
        cpu: Enforce::Off,
        memory: Enforce::Off,
        files: Enforce::Off,
        freeze: Enforce::Off,
        control_groups: true,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            cpu: Enforce::WherePossible,
            memory: Enforce::WherePossible,
            files: Enforce::WherePossible,
            freeze: Enforce::WherePossible,
            control_groups: true,
        }
    }
}
