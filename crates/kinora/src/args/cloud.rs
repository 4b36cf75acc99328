//! Commands that deploy the function and look after it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::values::{bucket_days, duration, job, stack_name};

/// Which stack of which region is meant.
#[derive(Args, Clone, Debug)]
pub struct StackArgs {
    /// The stack, and the function: 2 to 40 small letters, digits or `-`
    #[arg(long, value_name = "NAME", default_value = "kinora", value_parser = stack_name)]
    pub stack: String,

    /// The region (default: AWS_REGION, AWS_DEFAULT_REGION, or the profile's)
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
}

#[derive(Args, Debug)]
pub struct DeployArgs {
    #[command(flatten)]
    pub stack: StackArgs,

    /// Memory of the function in MB, 1769 to a processor (default: what it has, else 3008)
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(512..=10_240))]
    pub memory: Option<u32>,

    /// Size of its /tmp in MB (default: what it has, else 512)
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(512..=10_240))]
    pub storage: Option<u32>,

    /// Calls at once that are kept for it; 0 keeps none and takes the account's own limit
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub concurrency: Option<u32>,

    /// Remove everything in the bucket after so many days; 0 keeps it
    #[arg(long, value_name = "N", value_parser = bucket_days)]
    pub bucket_days: Option<u32>,

    /// The function as a zip, as deploy/build-zip makes it (default: one is made of
    /// kinora-lambda beside this program, else of this program, if it needs no libraries)
    #[arg(long, value_name = "FILE.zip", conflicts_with = "image_uri")]
    pub zip: Option<PathBuf>,

    /// The function as an image that stands in ECR in the region, as deploy/push-image
    /// puts it there
    #[arg(long, value_name = "URI")]
    pub image_uri: Option<String>,

    /// What the zip or image was built for (default: what a zip made here is for, else what
    /// the function has, else x86_64)
    #[arg(long, value_name = "NAME", value_enum)]
    pub architecture: Option<Architecture>,

    /// Show what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Do not ask
    #[arg(long)]
    pub yes: bool,

    /// Tell the plan and the result as JSON, a value each, on standard output
    #[arg(long)]
    pub json: bool,
}

/// What a program is built for, by Lambda's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Architecture {
    #[value(name = "x86_64")]
    X86,
    #[value(name = "arm64")]
    Arm,
}

impl Architecture {
    pub fn name(self) -> &'static str {
        match self {
            Self::X86 => "x86_64",
            Self::Arm => "arm64",
        }
    }
}

#[derive(Args, Debug)]
pub struct DestroyArgs {
    #[command(flatten)]
    pub stack: StackArgs,

    /// Leave the bucket with its films
    #[arg(long)]
    pub keep_bucket: bool,

    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

#[derive(Args, Debug)]
pub struct PolicyArgs {
    /// For whom
    #[arg(value_name = "WHOM", value_enum)]
    pub whom: PolicyFor,

    #[command(flatten)]
    pub stack: StackArgs,

    /// With `deploy`: also what deploying an image needs
    #[arg(long)]
    pub image: bool,
}

/// Whose policy is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PolicyFor {
    /// Who deploys and removes
    Deploy,
    /// The function
    Function,
    /// Who renders
    Render,
}

#[derive(Args, Debug)]
pub struct CloudDoctorArgs {
    /// The function's name
    #[arg(long, value_name = "NAME", default_value = "kinora")]
    pub function: String,

    /// The bucket (default: REVIDEO_BUCKET_NAME, else the one that the function uses)
    #[arg(long, value_name = "NAME")]
    pub bucket: Option<String>,

    /// The region (default: AWS_REGION, AWS_DEFAULT_REGION, or the profile's)
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,

    /// Do not call the function, which tells its version
    #[arg(long)]
    pub no_call: bool,

    /// Tell it as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub struct LogsArgs {
    /// Only the calls of this job
    #[arg(value_name = "JOB", value_parser = job)]
    pub job: Option<String>,

    /// The function's name
    #[arg(long, value_name = "NAME", default_value = "kinora")]
    pub function: String,

    /// The region (default: AWS_REGION, AWS_DEFAULT_REGION, or the profile's)
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,

    /// From so long ago: seconds, or with s, m or h (default: 10m, of a job 24h)
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub since: Option<f64>,

    /// Go on as lines come, until Ctrl-C
    #[arg(long)]
    pub follow: bool,

    /// Tell each line as a JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub struct CostArgs {
    /// The job's name
    #[arg(value_name = "JOB", value_parser = job)]
    pub job: String,

    /// The bucket (default: REVIDEO_BUCKET_NAME)
    #[arg(long, value_name = "NAME")]
    pub bucket: Option<String>,

    /// Tell it as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub struct LinkArgs {
    /// A film of this machine, which is put into the bucket, or a film's key there
    #[arg(value_name = "FILE or KEY")]
    pub film: String,

    /// How long the link is good, a week at most: seconds, or with s, m or h
    #[arg(long, value_name = "TIME", default_value = "24h", value_parser = duration)]
    pub expires: f64,

    /// The bucket (default: REVIDEO_BUCKET_NAME)
    #[arg(long, value_name = "NAME")]
    pub bucket: Option<String>,
}
