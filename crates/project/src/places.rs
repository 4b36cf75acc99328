use std::path::{Component, Path};

/// The path below the root that an address means: as in a URL, `..` leads no higher.
pub fn clamped(address: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn climbs(path: &Path) -> bool {
    path.components().any(|part| part == Component::ParentDir)
}

/// Whether a path lies below another as it is written, whatever links there are.
pub fn is_below(path: &Path, root: &Path) -> bool {
    path.starts_with(root) && !climbs(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_no_higher_than_its_root() {
        for (address, path) in [
            ("a.png", "a.png"),
            ("/a//b.png", "a/b.png"),
            ("./a/../b.png", "b.png"),
            ("../../images/p.png", "images/p.png"),
            ("/../..", ""),
        ] {
            assert_eq!(clamped(address), path);
        }
    }
}
