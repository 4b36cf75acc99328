use std::{io::BufWriter, path::Path, sync::Arc};

use anyhow::Context as _;
use kinora_farm::Progress;
use kinora_lambda::{Account, upload};
use kinora_project::{Bundle, BundleError, CacheFolder, Library, ProjectHost, Voice as _};

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
    let script = project::options(&args.project)?;
    let folder = CacheFolder::of_user()?;
    let library = Library::new(script.root.clone(), folder.cache, progress.clone());
    let library = Arc::new(library.granting(project::access(&args.project)));
    let voice = Arc::new(terminal.clone());
    let host = ProjectHost::new(library.clone(), progress.clone(), voice);
    let recording = kinora_script::record(&script, Box::new(host), &mut ())?;
    for diagnostic in &recording.diagnostics {
        terminal.say(&format!("warning: {diagnostic}"));
    }
    Ok(Bundle::of(&script, &recording, &library)?)
}

/// Writes the bundle beside its final place and gives it its name when it is whole.
fn write(bundle: &Bundle, output: &Path) -> Result<(), Failure> {
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let shown = output.display();
    let failed = || format!("cannot write `{shown}`");
    std::fs::create_dir_all(folder).with_context(failed)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(failed)?;
    bundle
        .write(BufWriter::new(file.as_file_mut()), true)?
        .into_inner()
        .map_err(|error| error.into_error())
        .with_context(failed)?;
    file.persist(output).with_context(failed)?;
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
