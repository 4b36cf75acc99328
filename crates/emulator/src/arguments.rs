use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::{Bucket, EmulatorError, EmulatorOptions, Enforce, FaultPlan, FunctionOptions, Limits};

/// The options of the command that emulates AWS Lambda and S3.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The function's program: anything that speaks Lambda's Runtime API
    #[arg(value_name = "PROGRAM")]
    command: PathBuf,
    /// The program's arguments
    #[arg(
        value_name = "ARGUMENT",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    arguments: Vec<String>,
    /// The function's name
    #[arg(long, default_value = "kinora")]
    name: String,
    /// A variable of the function's; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    env: Vec<(String, String)>,
    /// Memory in MB, 128 to 10240; it decides the share of CPU too
    #[arg(long, value_name = "MB", default_value_t = 3008)]
    memory: u32,
    /// How long a call may last, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 900.0)]
    timeout: f64,
    /// The size of /tmp in MB, 512 to 10240
    #[arg(long, value_name = "MB", default_value_t = 512)]
    tmp: u32,
    /// How long a new sandbox takes before its process starts, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 0)]
    cold_start: u64,
    /// How many versions are published besides $LATEST
    #[arg(long, value_name = "N", default_value_t = 1)]
    versions: u32,
    /// An unpacked image to run the program in, which is then a path within it
    #[arg(long, value_name = "FOLDER")]
    rootfs: Option<PathBuf>,
    /// The most calls that run at once
    #[arg(long, value_name = "N", default_value_t = 10)]
    concurrency: usize,
    /// Where Lambda's API listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:9001")]
    listen: SocketAddr,
    /// Where S3 listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:9000")]
    s3_listen: SocketAddr,
    /// A bucket that there is; may be repeated
    #[arg(long, value_name = "NAME", default_value = "kinora")]
    bucket: Vec<String>,
    /// The region of everything
    #[arg(long, default_value = "us-east-1")]
    region: String,
    /// Where objects, logs and sandboxes are kept; a temporary folder if not said
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Start only if every limit of Lambda's holds on this machine
    #[arg(long, conflicts_with = "no_limits")]
    strict: bool,
    /// Let no limit hold
    #[arg(long)]
    no_limits: bool,
    /// A file of faults to inject, in JSON (see docs/emulator.md)
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// What the faults' chances are drawn from
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("it has to be NAME=VALUE".to_owned()),
    }
}

impl Arguments {
    /// What they say.
    ///
    /// # Errors
    /// The file of faults cannot be read or understood; a number makes no sense.
    pub fn options(self) -> Result<EmulatorOptions, EmulatorError> {
        let limits = match (self.strict, self.no_limits) {
            (true, _) => Limits {
                cpu: Enforce::On,
                memory: Enforce::On,
                files: Enforce::On,
                freeze: Enforce::On,
                control_groups: true,
            },
            (false, true) => Limits::OFF,
            (false, false) => Limits::default(),
        };
        let timeout = Duration::try_from_secs_f64(self.timeout).unwrap_or(Duration::ZERO);
        Ok(EmulatorOptions {
            function: FunctionOptions {
                name: self.name,
                command: self.command,
                arguments: self.arguments,
                env: self.env.into_iter().collect(),
                memory_mb: self.memory,
                timeout,
                ephemeral_storage_mb: self.tmp,
                cold_start: Duration::from_millis(self.cold_start),
                versions: self.versions,
                rootfs: self.rootfs,
                ..FunctionOptions::default()
            },
            concurrency: self.concurrency,
            listen: self.listen,
            s3_listen: self.s3_listen,
            buckets: self.bucket.into_iter().map(Bucket::new).collect(),
            region: self.region,
            data: self.data,
            limits,
            faults: self
                .faults
                .as_deref()
                .map(FaultPlan::read)
                .transpose()?
                .unwrap_or_default(),
            seed: self.seed,
            ..EmulatorOptions::default()
        })
    }
}
