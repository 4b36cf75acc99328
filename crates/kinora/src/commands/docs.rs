use kinora_project::Voice as _;
use serde_json::json;

use crate::{args::DocsArgs, failure::Failure, nearest::nearest, show::Terminal};

/// All pages of the manual: name and text.
const PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// `kinora docs`.
pub fn command(args: &DocsArgs) -> Result<(), Failure> {
    let terminal = Terminal::new();
    if args.json {
        let pages = PAGES
            .iter()
            .map(|(name, text)| json!({"name": name, "title": title(text), "about": about(text)}));
        let version = env!("CARGO_PKG_VERSION");
        terminal.tell(&json!({"version": version, "pages": pages.collect::<Vec<_>>()}));
        return Ok(());
    }
    let text = page(args.page.as_deref());
    let text = text.map_err(|fault| Failure::Tool(anyhow::anyhow!(fault)))?;
    terminal.print(text.trim_end());
    Ok(())
}

/// A page, or without a name the list of all, as `llms.txt` has it.
///
/// # Errors
/// When there is no such page; the message names the nearest one.
pub fn page(name: Option<&str>) -> Result<String, String> {
    let Some(name) = name else {
        return Ok(list());
    };
    let name = name.trim_start_matches("docs/").trim_end_matches(".md");
    match PAGES.iter().find(|(known, _)| *known == name) {
        Some((_, text)) => Ok((*text).to_owned()),
        None => {
            let names: Vec<&str> = PAGES.iter().map(|(name, _)| *name).collect();
            Err(match nearest(name, names.iter().copied()) {
                Some(near) => format!("there is no page `{name}`: did you mean `{near}`?"),
                None => format!("there is no page `{name}`: {}", names.join(", ")),
            })
        }
    }
}

/// The list of all pages, as <https://llmstxt.org> has it.
fn list() -> String {
    let mut text = format!(
        "# Kinora {}\n\n> Renders videos written in TSX against the Revideo API, without a browser: \
         `kinora render project.tsx -o film.mp4`. `kinora docs PAGE` prints a page.\n\n## Pages\n\n",
        env!("CARGO_PKG_VERSION")
    );
    for (name, page) in PAGES {
        text.push_str(&format!("- [{name}](docs/{name}.md): {}\n", about(page)));
    }
    text
}

fn title(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    first.trim_start_matches('#').trim().to_owned()
}

/// A page's first sentence, else its title.
fn about(text: &str) -> String {
    let mut is_code = false;
    // Code is told apart by lines, everything else by what a paragraph begins with.
    let prose = text.lines().skip(1).map(|line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        if is_code || is_fence { "" } else { line }
    });
    let prose: Vec<&str> = prose.collect();
    let mut paragraphs = prose.split(|line| line.trim().is_empty());
    let is_plain = |lines: &&[&str]| {
        let first = lines.first();
        first.is_some_and(|first| !first.starts_with(['#', '!', '|', '-', '<']))
    };
    let Some(lines) = paragraphs.find(is_plain) else {
        return title(text);
    };
    let words: Vec<&str> = lines
        .iter()
        .flat_map(|line| line.split_whitespace())
        .collect();
    let line = words.join(" ");
    match line.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => line.trim_end_matches(':').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_that_of_the_repository() {
        let written = include_str!("../../../../llms.txt");
        assert_eq!(written, list(), "write it anew: kinora docs > llms.txt");
    }

    #[test]
    fn pages_are_found_or_the_nearest_named() {
        assert!(page(Some("check")).unwrap().starts_with("# `kinora check`"));
        assert!(page(Some("docs/check.md")).is_ok());
        assert!(
            page(Some("chek"))
                .unwrap_err()
                .contains("did you mean `check`?")
        );
    }
}
