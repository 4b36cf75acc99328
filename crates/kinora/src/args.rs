mod agents;
mod around;
mod batch;
mod check;
mod cloud;
mod compare;
mod glance;
mod job;
mod machine;
mod media;
mod serve;
mod studio;
mod tell;
mod values;
mod words;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use kinora_film::OnMissing;
use kinora_media::{PixelFormat, Preset, Quality};
use kinora_project::UrlPrefix;
use kinora_session::{SEGMENT_SECONDS, settings};

use self::values::{
    bit_rate, crf, duration, format, fps, job, loops, loudness, memory, not_negative, on_missing,
    pixel_format, pixels, positive, preset, quality, range, scale, size, stack, variable, volume,
    workers,
};

use crate::moment;
pub use agents::{DocsArgs, SkillArgs};
pub use around::{CompletionArgs, DoctorArgs, ManArgs, NewArgs, Template};
pub use batch::BatchArgs;
pub use check::CheckArgs;
pub use cloud::{
    CloudDoctorArgs, CostArgs, DeployArgs, DestroyArgs, LinkArgs, LogsArgs, PolicyArgs, PolicyFor,
};
pub use compare::CompareArgs;
pub use glance::{FrameArgs, InspectArgs, ScopesArgs, VerifyArgs};
pub use job::{JobCommand, JobJoinArgs, JobPostArgs, StoreArgs, WorkerArgs};
pub use machine::{CallArgs, OpenArgs, PartArgs};
pub use media::{MediaCommand, ProbeArgs};
pub use serve::ServeArgs;
pub use studio::{PlayerArgs, StudioArgs};
pub use tell::{LoudnessArgs, TagArgs, ThumbnailArgs};
use values::WorkerCount;

/// Renders videos written in TSX against the Revideo API, without a browser.
///
/// Exit codes: 0 done, 1 the project is at fault, 2 the tool or its surroundings are.
///
/// Environment: KINORA_CACHE_DIR names the folder of the cache (default
/// $XDG_CACHE_HOME/kinora or ~/.cache/kinora), KINORA_CACHE_SIZE its size in
/// bytes or with K, M or G (default 2G).
#[derive(Debug, Parser)]
#[command(name = "kinora", version, propagate_version = true)]
pub struct Cli {
    /// Tell progress, warnings and errors as JSON objects, a line each, on standard
    /// error, for programs (docs/node.md)
    #[arg(long, global = true, hide = true)]
    pub events: bool,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Renders a project to a video, an animated picture, pictures or sound
    Render(RenderArgs),
    /// Renders a video for each row of a table
    Batch(Box<BatchArgs>),
    /// Draws single frames to PNG, JPEG, WebP or AVIF files
    Frame(FrameArgs),
    /// Tells what a project is made of, without rendering it
    Inspect(InspectArgs),
    /// Proves that a finished file is a project's film
    #[command(mut_arg("project", |project| project.long("against").value_name("PROJECT")))]
    Verify(VerifyArgs),
    /// Tells what is wrong with a project's picture and sound, before anyone watches it
    Check(Box<CheckArgs>),
    /// Measures a picture's levels and a film's loudness, of a project or a file
    #[command(mut_arg("project", |project| project.value_name("FILE or PROJECT.tsx")
        .help("A project, or a finished film, picture or sound")))]
    Scopes(Box<ScopesArgs>),
    /// Draws variants of a project's variables side by side into one picture
    Compare(Box<CompareArgs>),
    /// Shows a project in a browser while it is written: every frame at once, sound,
    /// variables, nodes, renders
    Studio(Box<StudioArgs>),
    /// Renders a project for whoever asks over HTTP, each time with other variables
    Serve(Box<ServeArgs>),
    /// Runs a script, such as one that calls `renderVideo`
    Run(RunArgs),
    /// Makes a new project that renders as it is
    New(NewArgs),
    /// Writes the declarations of all that projects can import, for editors and tsc
    Types(TypesArgs),
    /// Writes the modules of <kinora-player>, a component that plays films in web pages
    Player(PlayerArgs),
    /// Packs a project with all it needs, to be rendered elsewhere
    Bundle(BundleArgs),
    /// Prints a page of the manual, or which pages there are
    Docs(DocsArgs),
    /// Answers agents on standard input and output: check, frame, sheet, inspect, render, docs
    /// (docs/agents.md)
    Mcp,
    /// Writes AGENTS.md and SKILL.md into a project, which tell agents how to work on it
    Skill(SkillArgs),
    /// Tells what this machine has of what rendering needs, and how the rest is got
    Doctor(DoctorArgs),
    /// Prints a script that completes the command's words in a shell
    Completion(CompletionArgs),
    /// Writes manual pages, one for each command
    Man(ManArgs),
    /// Renders one worker's share of a project, for programs that call workers themselves
    #[command(hide = true)]
    Part(PartArgs),
    /// Draws the frames that standard input asks for, for programs
    #[command(hide = true)]
    Open(OpenArgs),
    /// Joins, merges and looks into media files, without encoding pictures again
    #[command(subcommand)]
    Media(MediaCommand),
    /// Renders with workers that something else starts: a cluster, a batch queue, a CI matrix
    #[command(subcommand)]
    Job(JobCommand),
    /// Renders one worker's part of a job
    Worker(WorkerArgs),
    /// Renders with AWS Lambda functions, and tries that out without an account
    #[command(subcommand)]
    Lambda(LambdaCommand),
}

#[derive(Debug, Subcommand)]
pub enum LambdaCommand {
    /// Makes the function with its bucket, role and log, or brings them up to date
    Deploy(Box<DeployArgs>),
    /// Renders a project of this machine with many functions
    Render(Box<LambdaRenderArgs>),
    /// Tells how far a job is
    Status(JobArgs),
    /// Stops a job
    Cancel(JobArgs),
    /// Prints what events and answers may say, as JSON Schema
    Schema,
    /// Prints a link by which anybody can play a film for a while
    Link(LinkArgs),
    /// Tells what a job costs, or has cost
    Cost(CostArgs),
    /// Prints the function's log
    Logs(LogsArgs),
    /// Tells what is wrong with the account, the function and the bucket, and the way out
    Doctor(CloudDoctorArgs),
    /// Prints the policy of who deploys, of the function, or of who renders
    Policy(PolicyArgs),
    /// Removes what deploying has made
    Destroy(DestroyArgs),
    /// Plays Lambda and S3 on this machine
    Emulate(Box<EmulateArgs>),
    /// Is the function: asks Lambda's runtime for events and answers them
    #[command(hide = true)]
    Serve,
}

#[derive(Args, Debug)]
pub struct BundleArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// The file to write
    #[arg(
        short,
        long,
        value_name = "FILE.kinora",
        default_value = "project.kinora"
    )]
    pub output: PathBuf,

    /// Store it in this bucket instead; what stands there already is not sent
    #[arg(long, value_name = "NAME", requires = "key")]
    pub bucket: Option<String>,

    /// The key in the bucket, which events name as their `project`
    #[arg(long, value_name = "KEY", requires = "bucket")]
    pub key: Option<String>,
}

#[derive(Args, Debug)]
pub struct LambdaRenderArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// The function's name or ARN
    #[arg(long, value_name = "NAME")]
    pub function: String,

    /// The function's version or alias
    #[arg(long, value_name = "VERSION")]
    pub qualifier: Option<String>,

    /// The bucket that the function uses (default: REVIDEO_BUCKET_NAME)
    #[arg(long, value_name = "NAME")]
    pub bucket: Option<String>,

    /// Functions that share the work; `auto` chooses by --deadline and --max-cost, and with
    /// neither where more would cost more than the time is worth
    #[arg(long, value_name = "N|auto", default_value = "auto", value_parser = workers)]
    pub workers: WorkerCount,

    /// When the film is to be there, counted from the start of this command: the cheapest
    /// number of functions that makes it. Some of the film is rendered here first, to tell
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub deadline: Option<f64>,

    /// US dollars that the film may cost at most: the fastest number of functions that keeps
    /// to it, and an end to the job if it does not
    #[arg(long, value_name = "DOLLARS", value_parser = positive)]
    pub max_cost: Option<f64>,

    /// Take a faster preset, which changes the picture, where --deadline or --max-cost cannot be
    /// met otherwise
    #[arg(long)]
    pub faster_preset: bool,

    /// Print what numbers of functions would take and cost, and call none: some of the film is
    /// rendered here to tell
    #[arg(long)]
    pub dry_run: bool,

    /// Print the plan of --dry-run as JSON
    #[arg(long, requires = "dry_run")]
    pub json: bool,

    /// A file of prices in place of AWS's list prices (default: KINORA_PRICES)
    #[arg(long, value_name = "FILE.json")]
    pub prices: Option<PathBuf>,

    /// The file to write, whose ending tells the format, or `frames/%05d.png` for a file of each
    /// frame; its folder is made if absent
    #[arg(short, long, value_name = "FILE", default_value = "out.mp4")]
    pub output: PathBuf,

    #[command(flatten)]
    pub encode: EncodeArgs,

    /// Further attempts at each function's part
    #[arg(long, value_name = "N", default_value_t = kinora_lambda::DEFAULT_ATTEMPTS - 1)]
    pub retries: u32,

    /// The job's name in the bucket (default: one made of the project and its settings,
    /// so that the same command goes on where it was stopped)
    #[arg(long, value_name = "NAME", value_parser = job)]
    pub job: Option<String>,

    /// Leave the functions' parts in the bucket
    #[arg(long)]
    pub keep_parts: bool,

    /// Copy large files behind URLs into the bucket instead of having functions read them there
    #[arg(long)]
    pub copy_sources: bool,

    /// Store the film in pieces with a play list in the bucket as well, which can be watched
    /// while it is made; tells by which URL
    #[arg(long)]
    pub stream: bool,

    /// The same as --dry-run --json
    #[arg(long, hide = true)]
    pub estimate: bool,

    /// How progress is shown
    #[arg(long, value_enum, default_value_t = ProgressStyle::Auto)]
    pub progress: ProgressStyle,

    /// A file for figures about the job
    #[arg(long, value_name = "FILE.json")]
    pub stats: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct JobArgs {
    /// The job's name
    #[arg(value_name = "JOB", value_parser = job)]
    pub job: String,

    /// The bucket (default: REVIDEO_BUCKET_NAME)
    #[arg(long, value_name = "NAME")]
    pub bucket: Option<String>,
}

#[derive(Args, Debug)]
pub struct EmulateArgs {
    /// The project that is part of the function
    #[arg(value_name = "PROJECT.tsx")]
    pub project: Option<PathBuf>,

    /// The function's name
    #[arg(long, value_name = "NAME", default_value = "kinora")]
    pub function: String,

    /// The bucket's name
    #[arg(long, value_name = "NAME", default_value = "kinora")]
    pub bucket: String,

    /// Port of Lambda; S3 has the next one. 0 takes two that are free
    #[arg(long, value_name = "PORT", default_value_t = 9001)]
    pub port: u16,

    /// Calls at once at most; further ones are refused, as in a new account
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub concurrency: u16,

    /// Memory of a function in MB; 1769 are one processor
    #[arg(long, value_name = "MB", default_value_t = 3008, value_parser = clap::value_parser!(u32).range(128..=10_240))]
    pub memory: u32,

    /// Size of a function's /tmp in MB
    #[arg(long, value_name = "MB", default_value_t = 512, value_parser = clap::value_parser!(u32).range(512..=10_240))]
    pub storage: u32,

    /// How long a call may last
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = duration)]
    pub timeout: f64,

    /// Begin without function and bucket, for `kinora lambda deploy` to make them
    #[arg(long, conflicts_with_all = ["project", "program", "rootfs"])]
    pub empty: bool,

    /// The program of the function (default: kinora-lambda beside this one, else this one)
    #[arg(long, value_name = "FILE")]
    pub program: Option<PathBuf>,

    /// An unpacked image to run the program in
    #[arg(long, value_name = "DIR")]
    pub rootfs: Option<PathBuf>,

    /// A folder that keeps the bucket's files (default: one that goes at the end)
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,

    /// Enforce none of Lambda's limits: processors, memory, disk, frozen sandboxes
    #[arg(long)]
    pub no_limits: bool,

    /// Faults to inject: killed functions, lost answers, a failing S3 (docs/emulator.md)
    #[arg(long, value_name = "FILE.json")]
    pub faults: Option<PathBuf>,

    /// What the faults' chances are drawn from
    #[arg(long, value_name = "N", default_value_t = 0, requires = "faults")]
    pub seed: u64,
}

/// The project and what replaces its own settings.
#[derive(Args, Clone, Debug)]
pub struct ProjectArgs {
    /// The file whose default export is the project
    #[arg(value_name = "PROJECT.tsx")]
    pub project: PathBuf,

    /// A variable; the value is taken as JSON where it is JSON, else as text
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = variable)]
    pub vars: Vec<(String, serde_json::Value)>,

    /// A JSON file with an object of variables; - is standard input
    #[arg(long, value_name = "FILE.json")]
    pub variables: Option<PathBuf>,

    /// Frames per second
    #[arg(long, value_name = "N", value_parser = fps)]
    pub fps: Option<f64>,

    /// Width and height in the project's units
    #[arg(long, value_name = "WxH", value_parser = size)]
    pub size: Option<(u32, u32)>,

    /// Pixels for each of the project's units
    #[arg(long, value_name = "S", value_parser = scale)]
    pub scale: Option<f64>,

    /// From second A up to second B; either may be left out
    #[arg(long, value_name = "A:B", value_parser = range, allow_hyphen_values = true)]
    pub range: Option<(f64, f64)>,

    /// A CSS colour to draw on
    #[arg(long, value_name = "COLOR")]
    pub background: Option<String>,

    /// The folder that holds public/ (default: the nearest one above the project
    /// with package.json, tsconfig.json or public/; under --untrusted the project's
    /// own, or the one above if that is called src)
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// Stop with an error when the video gets longer than this: seconds, or with s, m or h
    #[arg(long, value_name = "TIME", default_value = "6h", value_parser = duration)]
    pub max_duration: f64,

    /// What the script takes for the present, as 2026-03-01T09:30:00Z or in
    /// milliseconds since 1970 (default: the moment the recording begins)
    #[arg(long, value_name = "MOMENT", value_parser = moment::parse, allow_hyphen_values = true)]
    pub now: Option<f64>,

    #[command(flatten)]
    pub network: NetworkArgs,

    #[command(flatten)]
    pub limits: LimitArgs,

    /// What a node's `shaders`, which are not run, are: an error, or a warning and the
    /// node drawn without them
    #[arg(long, value_name = "WHAT", value_enum, default_value_t = OnShader::Error)]
    pub on_shader: OnShader,

    /// What becomes of a video or sound that is missing, or cannot be read (on): error;
    /// hold keeps the last good picture, black makes the video's box black, and both are
    /// silent from there on and tell of it
    #[arg(long, value_name = "WHAT", default_value = "error", value_parser = on_missing)]
    pub on_missing: OnMissing,

    /// Render a stranger's project: nothing outside of its folder is read, wherever
    /// links and imports lead, and only public addresses are connected to
    #[arg(long)]
    pub untrusted: bool,

    /// Use the fonts of this machine too, which another may not have, after those of the
    /// project and before those that come with Kinora
    #[arg(long)]
    pub system_fonts: bool,
}

/// What becomes of shaders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnShader {
    /// They end the render.
    Error,
    /// They are passed over with a warning.
    Ignore,
}

/// What may be fetched.
#[derive(Args, Clone, Debug)]
pub struct NetworkArgs {
    /// Fetch nothing; what an earlier run has fetched is taken as it is
    #[arg(long)]
    pub offline: bool,

    /// Fetch only URLs that begin so, redirects included; may be given more than
    /// once. A private address that is named here may be connected to under --untrusted
    #[arg(long = "allow-url", value_name = "PREFIX")]
    pub allow_urls: Vec<UrlPrefix>,
}

/// What a script may use before it is stopped.
#[derive(Args, Clone, Debug)]
pub struct LimitArgs {
    #[command(flatten)]
    pub script: ScriptLimitArgs,

    /// Time for the script of one frame, and for loading the project
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration)]
    pub max_frame_time: f64,

    /// Time that one frame may wait for downloads (default: none, or 10m under
    /// --untrusted)
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub max_wait: Option<f64>,

    /// Pixels of a picture or of a video's frame at most: a number, or WxH
    #[arg(long, value_name = "PIXELS", default_value = "8192x8192", value_parser = pixels)]
    pub max_picture: u64,
}

/// What any script may use, also one that runs on its own.
#[derive(Args, Clone, Debug)]
pub struct ScriptLimitArgs {
    /// Memory of the script: bytes, or with K, M or G
    #[arg(long, value_name = "SIZE", default_value = "2G", value_parser = memory)]
    pub max_memory: usize,

    /// Stack of the script, up to 32M
    #[arg(long, value_name = "SIZE", default_value = "1M", value_parser = stack)]
    pub max_stack: usize,
}

#[derive(Args, Debug)]
pub struct RenderArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// The file to write, whose ending tells the format, or `frames/%05d.png` for a file of each
    /// frame; its folder is made if absent. `-` is standard output, which a film in fragments
    /// goes to while it is made
    #[arg(short, long, value_name = "FILE", default_value = "out.mp4")]
    pub output: PathBuf,

    /// Worker threads (default: one for each processor)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub workers: Option<u16>,

    /// Length of the segments that workers render
    #[arg(long, value_name = "S", default_value_t = SEGMENT_SECONDS, value_parser = positive)]
    pub segment_seconds: f64,

    #[command(flatten)]
    pub encode: EncodeArgs,

    #[command(flatten)]
    pub thumbnail: ThumbnailArgs,

    /// How progress is shown
    #[arg(long, value_enum, default_value_t = ProgressStyle::Auto)]
    pub progress: ProgressStyle,

    /// A file for figures about the render
    #[arg(long, value_name = "FILE.json")]
    pub stats: Option<PathBuf>,

    /// Neither take segments and downloads from the cache nor keep them there
    #[arg(long)]
    pub no_cache: bool,
}

/// In which format a film is written, and how.
#[derive(Args, Clone, Debug)]
pub struct EncodeArgs {
    /// The format, whatever the file's name: mp4 fmp4 hls webm mov gif apng webp png jpeg avif wav mp3 m4a
    /// opus flac (docs/formats.md)
    #[arg(long, value_name = "NAME", value_parser = format)]
    pub format: Option<String>,

    /// The codec of the pictures, where the format holds several: h264, hevc or av1 in MP4;
    /// vp9 or av1 in WebM; prores, prores-422, h264 or hevc in MOV
    #[arg(long, value_name = "NAME")]
    pub codec: Option<String>,

    /// Quality of H.264 (20 by default), HEVC (24), VP9 (30) and AV1 (32), up to 51 or 63,
    /// worst; 0 is lossless but in AV1 (in H.264 a profile that many browsers do not play)
    #[arg(long, value_name = "N", value_parser = crf)]
    pub crf: Option<u8>,

    /// Bits a second of the pictures instead of a quality, such as 2.5M
    #[arg(long, value_name = "N", value_parser = bit_rate, conflicts_with = "crf")]
    pub bitrate: Option<u32>,

    /// Speed of the encoder: ultrafast superfast veryfast (default) faster fast medium slow
    /// slower veryslow
    #[arg(long, value_name = "NAME", value_parser = preset)]
    pub preset: Option<Preset>,

    /// How pictures are sampled: yuv420p (default, what everything plays) yuv422p yuv444p
    /// yuv420p10 yuv422p10 yuv444p10
    #[arg(long, value_name = "NAME", value_parser = pixel_format)]
    pub pixel_format: Option<PixelFormat>,

    /// Refused, with the reason
    #[arg(long, value_name = "NAME", hide = true, value_parser = settings::encoder)]
    pub encoder: Option<std::convert::Infallible>,

    /// Encode frames that are like the one before as all others, in H.264 and VP9
    #[arg(long)]
    pub constant_encode: bool,

    /// Quality of JPEG (92 by default), AVIF (75) and WebP (85) up to 100, which is lossless in WebP
    #[arg(long, value_name = "N", value_parser = quality)]
    pub quality: Option<u8>,

    /// How often an animated picture plays; 0, the default, without end
    #[arg(long = "loop", value_name = "N", value_parser = loops)]
    pub loops: Option<u32>,

    /// Bits a second of the sound, such as 192k
    #[arg(long, value_name = "N", value_parser = bit_rate)]
    pub audio_bitrate: Option<u32>,

    /// Leave out the sound
    #[arg(long)]
    pub no_audio: bool,

    /// How loud the film is to be, in LUFS, such as -14 for the web or -23 for television; by
    /// default as the project has it
    #[arg(long, value_name = "LUFS", value_parser = loudness, allow_negative_numbers = true)]
    pub loudness: Option<i16>,

    /// Encode the pictures also where a film shows nothing but videos as they are, whose packets
    /// are copied by default
    #[arg(long)]
    pub no_copy: bool,

    #[command(flatten)]
    pub sound: LoudnessArgs,

    #[command(flatten)]
    pub tags: TagArgs,

    /// What becomes of a film that shows or sounds a broken video or sound file
    #[arg(long, value_enum, default_value_t = OnDamaged::Warn)]
    pub on_damaged: OnDamaged,
}

/// What becomes of a film with a broken file in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnDamaged {
    /// It is shown as well as can be, with a warning
    Warn,
    /// It is given up
    Error,
}

impl EncodeArgs {
    /// The same as what is asked of a format.
    pub fn quality(&self) -> Quality {
        Quality {
            codec: self.codec.clone(),
            crf: self.crf,
            bitrate: self.bitrate,
            preset: self.preset,
            pixels: self.pixel_format,
            constant_encode: self.constant_encode,
            quality: self.quality,
            loops: self.loops,
            audio_bitrate: self.audio_bitrate,
        }
    }
}

/// How progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProgressStyle {
    /// A bar on a terminal, else plain
    Auto,
    /// A line now and then
    Plain,
    /// A JSON object a line, on standard output
    Json,
    /// Not at all
    None,
}

#[derive(Args, Debug)]
pub struct RunArgs {
    /// The module to run: .ts, .tsx, .js or .mjs
    #[arg(value_name = "SCRIPT.ts")]
    pub script: PathBuf,

    #[command(flatten)]
    pub network: NetworkArgs,

    #[command(flatten)]
    pub limits: ScriptLimitArgs,

    /// The present of the projects that the script renders, as for render
    #[arg(long, value_name = "MOMENT", value_parser = moment::parse, allow_hyphen_values = true)]
    pub now: Option<f64>,

    /// The folder that holds public/ (default: as for render)
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,

    /// What the script finds in `process.argv` after its own name
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub args: Vec<String>,
}

#[derive(Args, Debug)]
pub struct TypesArgs {
    /// The project's folder: the declarations go into its node_modules, but for
    /// packages that are installed there, and a tsconfig.json is made if it has none
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_are_in_order() {
        Cli::command().debug_assert();
    }
}
