use std::fs;

use anyhow::Context as _;
use kinora_media::WholeFile;
use kinora_project::Voice as _;

use crate::{args::PlayerArgs, failure::Failure, show::Terminal};

/// `kinora player`: writes the modules of `<kinora-player>`.
pub fn command(args: &PlayerArgs) -> Result<(), Failure> {
    let folder = &args.folder;
    let modules = kinora_studio::player_modules().map_err(|error| Failure::Tool(error.into()))?;
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    let terminal = Terminal::new();
    for (name, script) in modules {
        let file = folder.join(name);
        WholeFile::write(&file, script.as_bytes())
            .with_context(|| format!("cannot write `{}`", file.display()))?;
        terminal.print(&format!("made {}", file.display()));
    }
    Ok(())
}
