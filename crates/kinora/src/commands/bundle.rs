use std::{io::BufWriter, path::Path, sync::Arc};

use anyhow::Context as _;
use kinora_farm::Progress;
use kinora_lambda::{Account, upload};
use kinora_media::WholeFile;
use kinora_project::{Bundle, BundleError, Voice as _};

use super::lambda::{block_on, bucket};
use crate::{args::BundleArgs, failure::Failure, interrupt, project, show::Terminal};

/// `kinora bundle`. The project is recorded once, which shows that it renders, and what
/// it needs.
pub fn command(args: &BundleArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    let terminal = Terminal::new();
    let bundle = pack(args, &progress, &terminal);
    let bundle = bundle.map_err(|failure| failure.or_interrupted(&progress))?;
    match (&args.bucket, &args.key) {
        (Some(name), Some(key)) => {
            let (sent, bytes) = block_on(async {
                let account = Account::from_environment().await?;
                let bucket = bucket(&account, Some(name)).await?;
                Ok(upload(&bucket, key, &bundle).await?)
            })?;
            terminal.say(&format!(
                "stored s3://{name}/{key}: {} files, {sent} of them sent ({:.1} MB)",
                bundle.len(),
                bytes as f64 / 1e6,
            ));
        }
        _ => {
            write(&bundle, &args.output)?;
            terminal.say(&format!(
                "made {}: {} files",
                args.output.display(),
                bundle.len()
            ));
        }
    }
    Ok(())
}

fn pack(
    args: &BundleArgs,
    progress: &Arc<Progress>,
    terminal: &Terminal,
) -> Result<Bundle, Failure> {
    let session = project::open(&args.project, true, terminal, progress)?;
    session.check_written(&args.output)?;
    let recording = session.look()?;
    let bundle = Bundle::of(session.script(), &recording, session.library())?;
    for link in bundle.left_out() {
        let shown = link.display();
        terminal.say(&format!(
            "warning: `{shown}` is not in the bundle: it leads to where the project may not read"
        ));
    }
    Ok(bundle)
}

/// Writes the bundle, which has its name when it is whole.
fn write(bundle: &Bundle, output: &Path) -> Result<(), Failure> {
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let shown = output.display();
    let failed = || format!("cannot write `{shown}`");
    std::fs::create_dir_all(folder).with_context(failed)?;
    let file = WholeFile::create(output).with_context(failed)?;
    let file = bundle
        .write(BufWriter::new(file), true)?
        .into_inner()
        .map_err(|error| error.into_error())
        .with_context(failed)?;
    file.keep().with_context(failed)?;
    Ok(())
}

impl From<BundleError> for Failure {
    fn from(error: BundleError) -> Self {
        match error {
            BundleError::Read { .. } => Self::Project(error.into()),
            _ => Self::Tool(error.into()),
        }
    }
}
