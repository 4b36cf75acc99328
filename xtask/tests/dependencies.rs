//! The table of crates in `ARCHITECTURE.md` against what cargo says.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use xtask::root;

const HEADER: &str = "| layer | crate | owns | may use of ours |";

/// What one row of the table says of one crate.
#[derive(Debug, PartialEq)]
struct Row {
    /// `None` for tools, which stand beside the layers.
    layer: Option<u32>,
    /// `None` when it may use everything.
    may_use: Option<BTreeSet<String>>,
}

/// `film` is short for `kinora-film`.
fn full_name(name: &str, crates: &BTreeSet<String>) -> String {
    if crates.contains(name) {
        name.to_owned()
    } else {
        format!("kinora-{name}")
    }
}

/// The rows under the header, by crate.
fn table(text: &str, crates: &BTreeSet<String>) -> BTreeMap<String, Row> {
    let mut rows = BTreeMap::new();
    let lines = text
        .lines()
        .skip_while(|line| line.trim() != HEADER)
        .skip(2);
    for line in lines.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [layer, names, _, uses] = cells[..] else {
            panic!("a row of {} cells: {line}", cells.len());
        };
        let uses = uses.replace('`', "");
        let may_use = (!uses.starts_with("everything")).then(|| {
            uses.split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty() && !["–", "-", "—", "nothing"].contains(name))
                .map(|name| full_name(name, crates))
                .collect()
        });
        for name in names.split('`').skip(1).step_by(2) {
            let row = Row {
                layer: layer.parse().ok(),
                may_use: may_use.clone(),
            };
            assert!(
                rows.insert(name.to_owned(), row).is_none(),
                "`{name}` stands twice in the table"
            );
        }
    }
    rows
}

/// Our crates and which of ours each one uses, tests aside.
fn used() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let name = |value: &serde_json::Value| value["name"].as_str().unwrap().to_owned();
    let ours: BTreeSet<String> = packages.iter().map(name).collect();
    packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap();
            let uses = dependencies
                .iter()
                .filter(|dependency| dependency["kind"] != "dev")
                .map(name)
                .filter(|dependency| ours.contains(dependency))
                .collect();
            (name(package), uses)
        })
        .collect()
}

#[test]
fn the_table_of_crates_is_true() {
    let used = used();
    let crates: BTreeSet<String> = used.keys().cloned().collect();
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let rows = table(&text, &crates);
    assert_eq!(
        rows.keys().cloned().collect::<BTreeSet<_>>(),
        crates,
        "crates in the table, crates there are"
    );
    for (name, uses) in &used {
        let row = &rows[name];
        for other in uses {
            if let Some(may_use) = &row.may_use {
                assert!(
                    may_use.contains(other),
                    "`{name}` uses `{other}`, which the table does not allow"
                );
            }
            if let (Some(layer), Some(below)) = (row.layer, rows[other].layer) {
                assert!(
                    below < layer,
                    "`{name}` in layer {layer} uses `{other}` in layer {below}"
                );
            }
        }
        for other in row.may_use.iter().flatten() {
            assert!(
                crates.contains(other),
                "`{name}` may use `{other}`, which is no crate"
            );
        }
    }
}

#[test]
fn the_table_is_read_cell_by_cell() {
    let crates = ["kinora-film", "kinora-stage", "kinora", "xtask"]
        .map(str::to_owned)
        .into();
    let text = format!(
        "# Map\n\n{HEADER}\n|---|---|---|---|\n| 0 | `kinora-film` | data | – |\n| 1 | `kinora-stage` | nodes | film |\n\
         | 4 | `kinora` (cli) | commands | everything |\n| – | `xtask` | checks | |\n\nmore\n"
    );
    let rows = table(&text, &crates);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows["kinora-stage"].layer, Some(1));
    assert_eq!(
        rows["kinora-stage"].may_use,
        Some(["kinora-film".to_owned()].into())
    );
    assert_eq!(rows["kinora"].may_use, None);
    assert_eq!(
        rows["xtask"],
        Row {
            layer: None,
            may_use: Some(BTreeSet::new())
        }
    );
}
