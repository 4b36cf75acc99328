use std::{fs, io::ErrorKind, path::Path};

use anyhow::{Context as _, anyhow};
use kinora_media::WholeFile;
use kinora_project::Voice as _;

use crate::{args::SkillArgs, failure::Failure, show::Terminal};

/// What is told to whoever works on the project.
const AGENTS: &str = include_str!("../../template/agents/AGENTS.md");
/// The same as a skill.
const SKILL: &str = include_str!("../../template/agents/SKILL.md");
/// Between these is what is ours of a file.
const BEGIN: &str = "<!-- kinora: written by `kinora skill` -->";
const END: &str = "<!-- kinora: end -->";

/// `kinora skill`.
pub fn command(args: &SkillArgs) -> Result<(), Failure> {
    let folder = &args.folder;
    if !folder.is_dir() {
        return Err(Failure::Tool(anyhow!(
            "`{}` is not a folder",
            folder.display()
        )));
    }
    let agents = folder.join("AGENTS.md");
    let skill = folder.join("SKILL.md");
    let (told, known) = (existing(&agents)?, existing(&skill)?);
    let ours = format!("{SKILL}\n{BEGIN}\n");
    if known.is_some_and(|text| !text.contains(BEGIN)) {
        return Err(Failure::Tool(anyhow!(
            "`{}` was not written by `kinora skill`: move it away first",
            skill.display()
        )));
    }
    write(&agents, &with_part(told.as_deref().unwrap_or_default()))?;
    write(&skill, &ours)?;
    Terminal::new().print(&format!(
        "wrote {} and {}",
        agents.display(),
        skill.display()
    ));
    Ok(())
}

fn existing(file: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let shown = file.display();
            Err(anyhow!(error)
                .context(format!("cannot read `{shown}`"))
                .into())
        }
    }
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    WholeFile::write(file, text.as_bytes())
        .with_context(|| format!("cannot write `{}`", file.display()))?;
    Ok(())
}

/// A text with our part in it, in the place of an older one if there is one.
fn with_part(text: &str) -> String {
    let part = format!("{BEGIN}\n\n{AGENTS}\n{END}");
    match (text.find(BEGIN), text.find(END)) {
        (Some(from), Some(to)) if from < to => {
            format!("{}{part}{}", &text[..from], &text[to + END.len()..])
        }
        _ if text.trim().is_empty() => format!("{part}\n"),
        _ => format!("{}\n\n{part}\n", text.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_part_is_put_in_and_brought_up_to_date() {
        let alone = with_part("");
        assert!(alone.starts_with(BEGIN) && alone.ends_with(&format!("{END}\n")));
        let beside = with_part("# Rules\n\nBe kind.\n");
        assert!(beside.starts_with("# Rules\n\nBe kind.\n\n<!-- kinora"));
        assert_eq!(with_part(&beside), beside);
        let old = beside.replace("Look, do not guess", "Guess") + "More.\n";
        assert_eq!(with_part(&old), format!("{beside}More.\n"));
    }
}
