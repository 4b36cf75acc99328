//! `docs/2d-api.md` against the runtime: which properties nodes have, and which of them
//! change a picture. `BLESS=1` writes the names and defaults anew; what is said of them stays.

mod common;

use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf};

use common::Project;
use serde_json::Value;

/// Works, but not so that two frames of the scene show it; each with its reason.
const UNSEEN: [(&str, &str); 5] = [
    ("Layout.fontFamily", "the tests have one family"),
    ("Media.playbackRate", "what plays changes in any case"),
    ("Media.preservesPitch", "it is heard, not seen"),
    ("Camera.scene", "a camera's scene is another node"),
    ("Icon.icon", "all icons of the tests look alike"),
];

/// A row of the document: what is here, and what there is to say.
type Rows = BTreeMap<(String, String), (String, String, String)>;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/2d-api.md")
}

/// The rows by node and property: default, here, note.
fn documented(text: &str) -> Rows {
    let mut rows = Rows::new();
    let mut node = String::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## `") {
            node = heading.split('`').next().unwrap_or_default().to_owned();
        } else if let Some(row) = line.strip_prefix("| `") {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let [property, standard, here, note, ..] = cells[..] else {
                continue;
            };
            let key = (node.clone(), property.trim_end_matches('`').to_owned());
            let row = (standard.to_owned(), here.to_owned(), note.to_owned());
            rows.insert(key, row);
        }
    }
    rows
}

#[test]
fn the_docs_tell_of_all_properties_and_those_that_work_change_something() {
    let source = include_str!("scenes/properties.tsx");
    let project = Project::new(&[("src/project.tsx", source)]);
    let (lines, film) = project.record_logged();
    let film = film.unwrap();
    let told: Vec<Value> = lines
        .iter()
        .filter(|line| line.starts_with("{\"node\""))
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(told.len() > 150, "{lines:?}");
    let before = fs::read_to_string(path()).unwrap_or_default();
    let rows = documented(&before);
    let mut text = before
        .split("\n## ")
        .next()
        .unwrap_or("")
        .trim_end()
        .to_owned();
    let mut wrong = Vec::new();
    let mut frames = film.frames.iter().map(|(_, drawing)| drawing);
    let mut known = 0;
    for told in &told {
        let word = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
        let is = |key: &str| told[key] == true;
        let (node, property, standard) = (word("node"), word("property"), word("standard"));
        if property.is_empty() {
            let of = match word("above") {
                above if above.is_empty() => String::new(),
                above => format!(", a `{above}`"),
            };
            text.truncate(text.trim_end().len());
            write!(text, "\n\n## `{node}`{of}\n").unwrap();
            continue;
        }
        let name = format!("{node}.{property}");
        let changes = is("isTried") && {
            let [old, new] = [frames.next(), frames.next()].map(Option::unwrap);
            old != new || is("measured")
        };
        let row = rows.get(&(node.clone(), property.clone()));
        let (here, note) = row.map_or(("", ""), |(_, here, note)| (here, note));
        let is_unseen = UNSEEN.iter().any(|(unseen, _)| *unseen == name);
        match here {
            "works" if !changes && !is_unseen => {
                wrong.push(format!("`{name}` is said to work and changes nothing"));
            }
            "inert" if changes => wrong.push(format!("`{name}` is said to be inert")),
            "works" | "inert" => {}
            _ => wrong.push(format!("`{name}` is not told of")),
        }
        let cell = match standard.as_str() {
            "" => String::new(),
            told => format!("`{told}`"),
        };
        if row.is_none_or(|(told, ..)| *told != cell) {
            wrong.push(format!("`{name}` has the default {cell}"));
        }
        if text.ends_with("`\n") {
            text.push_str("\n| property | default | here | |\n|---|---|---|---|\n");
        }
        let here = match here {
            "" if changes => "works",
            "" => "inert",
            told => told,
        };
        writeln!(text, "| `{property}` | {cell} | {here} | {note} |").unwrap();
        known += 1;
    }
    assert!(frames.count() <= 1, "frames are left over");
    if known != rows.len() {
        wrong.push(format!("{} rows for {known} properties", rows.len()));
    }
    if std::env::var_os("BLESS").is_some() {
        let text = format!(
            "{}\n",
            text.replace("  |\n", " |\n")
                .replace("|  |", "| |")
                .trim_end()
        );
        fs::write(path(), text).unwrap();
    } else {
        assert!(wrong.is_empty(), "docs/2d-api.md:\n{}", wrong.join("\n"));
    }
}
