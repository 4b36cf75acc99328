use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use crate::{desk::Desk, take::Take};

/// How often files are looked at, at most.
const TICK: Duration = Duration::from_millis(40);
/// The share of its time that looking may take: one of so many parts.
const SHARE: u32 = 20;
/// How long a file must stand as it is before it counts as written.
const SETTLED: Duration = Duration::from_millis(15);
/// Files that are looked at.
const MOST_FILES: usize = 20_000;
/// What may decide a film and is not among the files that it was recorded from: what it
/// was not found in, or what a mistake kept from being read.
const ENDINGS: [&str; 16] = [
    "ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "json", "css", "meta", "csv", "txt",
    "md", "svg", "glsl",
];
/// Folders in which nothing of a project's own is.
const SKIPPED: [&str; 5] = ["node_modules", "target", "dist", "build", "out"];

/// What tells that a file has changed.
type Stamp = Option<(SystemTime, u64)>;
/// Files and what they were like.
type Stamps = BTreeMap<PathBuf, Stamp>;

/// Has the project recorded anew whenever one of its files changes, and shows what grows,
/// until the studio ends.
pub fn work(desk: &Arc<Desk>) {
    let mut known: Option<(u64, Stamps)> = None;
    while !desk.has_ended() {
        desk.show_growing();
        let started = Instant::now();
        let take = desk.take().filter(|take| take.is_whole());
        let id = take.as_ref().map_or(0, |take| take.id);
        let stamps = stamps(desk, take.as_deref());
        match &known {
            Some((of, old)) if differs(old, &stamps) || *of == id && other(old, &stamps) => {
                std::thread::sleep(SETTLED);
                known = Some((id, self::stamps(desk, take.as_deref())));
                desk.record();
            }
            Some((old, _)) if *old == id => {}
            // Another take may have been made of other files.
            _ => known = Some((id, stamps)),
        }
        let pause = TICK.max(started.elapsed() * SHARE);
        std::thread::sleep(pause);
    }
}

/// Whether a file of both is not what it was.
fn differs(old: &Stamps, new: &Stamps) -> bool {
    let changed = |(path, stamp): (&PathBuf, &Stamp)| old.get(path).is_some_and(|old| old != stamp);
    new.iter().any(changed)
}

/// Whether a file is new or gone. Of two takes it tells nothing: they may be made of
/// other files.
fn other(old: &Stamps, new: &Stamps) -> bool {
    let lacks = |one: &Stamps, two: &Stamps| {
        let mut files = one.iter();
        files.any(|(path, stamp)| stamp.is_some() && !two.contains_key(path))
    };
    lacks(new, old) || lacks(old, new)
}

fn stamps(desk: &Desk, take: Option<&Take>) -> Stamps {
    let mut files = Stamps::new();
    let root = desk.root();
    walk(root, &mut files, &|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let ending = path.extension().unwrap_or_default();
        name.starts_with(".env") || ENDINGS.iter().any(|known| ending == *known)
    });
    walk(&root.join("public"), &mut files, &|_| true);
    let used = take.and_then(|take| take.recording.get());
    let modules = used.iter().flat_map(|recording| recording.files.clone());
    let assets = take
        .iter()
        .flat_map(|take| take.session.library().local_files());
    let own = [desk.project().to_owned()];
    for path in modules.chain(assets).chain(own) {
        files.entry(path).or_insert_with_key(|path| stamp(path));
    }
    files
}

/// The files below a project's `public`, as scripts name them.
pub fn public_files(root: &Path) -> Vec<String> {
    let folder = root.join("public");
    let mut files = Stamps::new();
    walk(&folder, &mut files, &|_| true);
    let name = |path: &PathBuf| Some(format!("/{}", path.strip_prefix(&folder).ok()?.display()));
    let mut names: Vec<String> = files.keys().filter_map(name).collect();
    names.sort();
    names
}

fn walk(folder: &Path, files: &mut Stamps, wanted: &dyn Fn(&Path) -> bool) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if files.len() >= MOST_FILES {
            return;
        }
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() {
            if !name.starts_with('.') && !SKIPPED.contains(&&*name) {
                walk(&path, files, wanted);
            }
        } else if wanted(&path) {
            let stamp = stamp(&path);
            files.insert(path, stamp);
        }
    }
}

fn stamp(path: &Path) -> Stamp {
    let facts = fs::metadata(path).ok()?;
    Some((facts.modified().ok()?, facts.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_change_come_and_go_are_noticed() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let path = |name: &str| PathBuf::from(name);
        let old = Stamps::from([
            (path("a"), Some((at(1), 10))),
            (path("b"), Some((at(1), 10))),
            (path("missing"), None),
        ]);
        let changed = |old: &Stamps, new: &Stamps| differs(old, new) || other(old, new);
        assert!(!changed(&old, &old));
        let with = |name: &str, stamp: Stamp| {
            let mut new = old.clone();
            new.insert(path(name), stamp);
            new
        };
        assert!(changed(&old, &with("a", Some((at(2), 10)))));
        assert!(changed(&old, &with("a", Some((at(1), 11)))));
        assert!(changed(&old, &with("a", None)));
        assert!(changed(&old, &with("missing", Some((at(1), 1)))));
        assert!(changed(&old, &with("c", Some((at(1), 1)))));
        assert!(!differs(&old, &with("c", Some((at(1), 1)))));
        let mut fewer = old.clone();
        fewer.remove(&path("b"));
        assert!(changed(&old, &fewer));
    }
}
