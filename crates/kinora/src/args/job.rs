use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{EncodeArgs, NetworkArgs, ProgressStyle, ProjectArgs, values::duration};

/// A film rendered by workers that something else starts.
#[derive(Debug, Subcommand)]
pub enum JobCommand {
    /// Records a project and stores its parts for workers to come for
    Post(Box<JobPostArgs>),
    /// Tells which workers' parts are done
    Status(StoreArgs),
    /// Puts the film together as workers store their parts
    Join(Box<JobJoinArgs>),
}

/// Where a job's parts lie.
#[derive(Args, Debug)]
pub struct StoreArgs {
    /// The store: s3://BUCKET/PREFIX, gs://BUCKET/PREFIX, az://CONTAINER/PREFIX or a folder
    #[arg(long = "job", value_name = "URL")]
    pub store: String,
}

#[derive(Args, Debug)]
pub struct JobPostArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    #[command(flatten)]
    pub place: StoreArgs,

    /// Workers that share the film
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub workers: u64,

    /// The file that it is to become, whose ending tells the format
    #[arg(short, long, value_name = "FILE", default_value = "out.mp4")]
    pub output: PathBuf,

    #[command(flatten)]
    pub encode: EncodeArgs,
}

#[derive(Args, Debug)]
pub struct JobJoinArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    #[command(flatten)]
    pub place: StoreArgs,

    /// The file to write
    #[arg(short, long, value_name = "FILE", default_value = "out.mp4")]
    pub output: PathBuf,

    #[command(flatten)]
    pub encode: EncodeArgs,

    /// How long workers are waited for (default: until they are done)
    #[arg(long = "wait", value_name = "TIME", value_parser = duration)]
    pub wait: Option<f64>,

    /// Leave the workers' parts in the store
    #[arg(long)]
    pub keep_parts: bool,

    /// How progress is shown
    #[arg(long, value_enum, default_value_t = ProgressStyle::Auto)]
    pub progress: ProgressStyle,
}

/// One worker of a job.
#[derive(Args, Debug)]
pub struct WorkerArgs {
    #[command(flatten)]
    pub place: StoreArgs,

    /// Which worker this is, from 0 (default: AWS_BATCH_JOB_ARRAY_INDEX, JOB_COMPLETION_INDEX,
    /// CLOUD_RUN_TASK_INDEX, BATCH_TASK_INDEX or SLURM_ARRAY_TASK_ID)
    #[arg(long, value_name = "N")]
    pub index: Option<u64>,

    /// Threads that render (default: one for each processor)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// Stop after this time; what is left is rendered when the worker is started again
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub max_time: Option<f64>,

    #[command(flatten)]
    pub network: NetworkArgs,
}
