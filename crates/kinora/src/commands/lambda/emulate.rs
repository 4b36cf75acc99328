use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, mpsc},
    time::Duration,
};

use anyhow::{Context as _, anyhow};
use kinora_emulator::{Bucket, Emulator, EmulatorOptions, FaultPlan, FunctionOptions, Limits};
use kinora_farm::Progress;
use kinora_project::Voice as _;

use crate::{args::EmulateArgs, failure::Failure, interrupt, project, show::Terminal};

/// How often it is looked whether to end.
const TICK: Duration = Duration::from_millis(100);

/// `kinora lambda emulate`: Lambda and S3 on this machine, until Ctrl-C.
pub fn command(args: &EmulateArgs) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    let emulator = Emulator::start(options(args)?).context("cannot play Lambda and S3")?;
    for warning in emulator.warnings() {
        terminal.say(&format!("warning: {warning}"));
    }
    terminal.print("# Lambda and S3 answer here; paste this where they are to be used:");
    for (name, value) in emulator.environment() {
        terminal.print(&format!("export {name}={value}"));
    }
    if args.empty {
        terminal.print("# There is no function yet (`kinora lambda deploy`). Ctrl-C ends it all.");
    } else {
        terminal.print(&format!("export REVIDEO_BUCKET_NAME={}", args.bucket));
        terminal.print(&format!(
            "# The function is `{}`. Ctrl-C ends it all.",
            args.function
        ));
    }
    let (_sender, ended) = mpsc::channel::<()>();
    let mut told = 0;
    while !progress.is_cancelled() {
        let records = emulator.records();
        for record in &records[told.min(records.len())..] {
            terminal.say(&record.summary(args.memory));
        }
        told = records.len();
        // Only time ends the wait: nobody sends.
        let _ = ended.recv_timeout(TICK);
    }
    Ok(())
}

fn options(args: &EmulateArgs) -> Result<EmulatorOptions, Failure> {
    let (command, arguments) = program(args)?;
    let mut env = match args.empty {
        true => Vec::new(),
        false => vec![("REVIDEO_BUCKET_NAME".to_owned(), args.bucket.clone())],
    };
    if let Some(file) = &args.project {
        let file = project::existing(file)?;
        env.push(("KINORA_PROJECT".to_owned(), file.display().to_string()));
    }
    let port = |offset: u16| {
        let port = if args.port == 0 {
            0
        } else {
            args.port.saturating_add(offset)
        };
        SocketAddr::from(([127, 0, 0, 1], port))
    };
    Ok(EmulatorOptions {
        function: FunctionOptions {
            name: args.function.clone(),
            command,
            arguments,
            env: env.into_iter().collect(),
            memory_mb: args.memory,
            ephemeral_storage_mb: args.storage,
            timeout: Duration::from_secs_f64(args.timeout),
            rootfs: args.rootfs.clone(),
            ..FunctionOptions::default()
        },
        deployed: !args.empty,
        concurrency: usize::from(args.concurrency),
        listen: port(0),
        s3_listen: port(1),
        buckets: match args.empty {
            true => Vec::new(),
            false => vec![Bucket::new(&args.bucket)],
        },
        limits: if args.no_limits {
            Limits::OFF
        } else {
            Limits::default()
        },
        data: args.data.clone(),
        faults: match &args.faults {
            Some(file) => FaultPlan::read(file).context("no faults can be injected")?,
            None => FaultPlan::default(),
        },
        seed: args.seed,
        ..EmulatorOptions::default()
    })
}

/// The function's program: the one that is named, the one that is deployed, or this one.
fn program(args: &EmulateArgs) -> Result<(PathBuf, Vec<String>), Failure> {
    if let Some(program) = &args.program {
        if args.rootfs.is_none() && !program.is_file() {
            let message = anyhow!("there is no program `{}`", program.display());
            return Err(Failure::Tool(message));
        }
        return Ok((program.clone(), Vec::new()));
    }
    if args.rootfs.is_some() {
        return Ok(("/var/task/bootstrap".into(), Vec::new()));
    }
    let own = std::env::current_exe().context("this program cannot be found")?;
    let beside = own.with_file_name("kinora-lambda");
    if beside.is_file() {
        return Ok((beside, Vec::new()));
    }
    Ok((own, vec!["lambda".to_owned(), "serve".to_owned()]))
}
