use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// Folders of what only looks like files: the system's state, in which the environment
/// of processes and what they have open is found, and devices.
const SYSTEM: [&str; 3] = ["/proc", "/sys", "/dev"];

/// Which of the machine's files a project may read: all that reads for it asks here.
#[derive(Clone, Debug, Default)]
pub struct Fence {
    /// The folder, without links, that none may lie outside of.
    root: Option<PathBuf>,
}

/// The files of a folder and of those in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilesBelow {
    /// Those that may be read, by the paths that lead to them; of a folder that links
    /// lead to more than once, by one of these.
    pub files: Vec<PathBuf>,
    /// Links that lead to where nothing may be read.
    pub outside: Vec<PathBuf>,
}

impl Fence {
    /// Files of any folder, but none of the system's.
    pub fn open() -> Self {
        Self::default()
    }

    /// Files below `root` only, wherever links lead.
    pub fn around(root: &Path) -> Self {
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        Self { root: Some(root) }
    }

    /// Files below `root` only if `confined`, else of any folder.
    pub fn of(root: &Path, confined: bool) -> Self {
        match confined {
            true => Self::around(root),
            false => Self::open(),
        }
    }

    /// The folder that none may lie outside of, if there is one.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Where a path leads.
    ///
    /// # Errors
    /// When it leads nowhere, or to where nothing may be read.
    pub fn real(&self, path: &Path) -> io::Result<PathBuf> {
        let real = fs::canonicalize(path)?;
        if SYSTEM.iter().any(|folder| real.starts_with(folder)) {
            let why = "it is no file but the system's";
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
        }
        let kind = fs::metadata(&real)?.file_type();
        if !kind.is_file() && !kind.is_dir() {
            // to read from one may last for ever
            let why = "it is no file but a pipe, a socket or a device";
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
        }
        match &self.root {
            // as good as not there
            Some(root) if !real.starts_with(root) => {
                let why = "it lies outside of the project's folder";
                Err(io::Error::new(io::ErrorKind::NotFound, why))
            }
            _ => Ok(real),
        }
    }

    /// A file's content of at most so many bytes, and where its path leads.
    ///
    /// # Errors
    /// When it cannot or must not be read, or is larger.
    pub fn bytes(&self, path: &Path, most: u64) -> io::Result<(Vec<u8>, PathBuf)> {
        let real = self.real(path)?;
        let file = File::open(&real)?;
        let data = file.metadata()?;
        if !data.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        let large = || match most >> 20 {
            0 => io::Error::other(format!("it has more than {most} bytes")),
            most => io::Error::other(format!("it has more than {most} MiB")),
        };
        if data.len() > most {
            return Err(large());
        }
        let mut content = Vec::with_capacity(data.len() as usize);
        // it may grow while it is read
        file.take(most + 1).read_to_end(&mut content)?;
        match content.len() as u64 > most {
            true => Err(large()),
            false => Ok((content, real)),
        }
    }

    /// A file's text of at most so many bytes.
    ///
    /// # Errors
    /// When it cannot or must not be read, is larger, or is not text.
    pub fn text(&self, path: &Path, most: u64) -> io::Result<String> {
        let text = String::from_utf8(self.bytes(path, most)?.0);
        text.map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "not text"))
    }

    /// Whether a file may be written at this path: none whose folder a link inside of the
    /// fence leads to, which may be somebody else's.
    ///
    /// # Errors
    /// When such a link is on the way; the message names it.
    pub fn check_written(&self, path: &Path) -> io::Result<()> {
        let Some(root) = &self.root else {
            return Ok(());
        };
        let full = std::path::absolute(path)?;
        let is_inside = |link: &&Path| {
            let holder = link.parent().map(fs::canonicalize);
            holder.is_some_and(|holder| holder.is_ok_and(|holder| holder.starts_with(root)))
        };
        let links = full.ancestors().skip(1).filter(|path| path.is_symlink());
        match links.into_iter().find(is_inside) {
            Some(link) => Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                format!(
                    "`{}` is a link of the project's, and nothing is written through those \
                     (--untrusted)",
                    link.display()
                ),
            )),
            None => Ok(()),
        }
    }

    /// All files below a folder, each folder looked through once; none if there is no
    /// such folder.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn files_below(&self, folder: &Path) -> io::Result<FilesBelow> {
        let mut found = FilesBelow::default();
        let mut seen = BTreeSet::new();
        let mut pending = vec![folder.to_owned()];
        while let Some(path) = pending.pop() {
            let Ok(real) = self.real(&path) else {
                // what leads nowhere at all is nothing
                if fs::metadata(&path).is_ok() {
                    found.outside.push(path);
                }
                continue;
            };
            if real.is_file() {
                found.files.push(path);
            } else if real.is_dir() && seen.insert(real) {
                let entries = fs::read_dir(&path)?;
                let mut entries: Vec<PathBuf> = entries.flatten().map(|it| it.path()).collect();
                // the last comes first: what is no link, so that paths stay plain
                entries.sort_by_key(|path| !path.is_symlink());
                pending.extend(entries);
            }
        }
        found.files.sort();
        found.outside.sort();
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn names(folder: &Path, files: &[PathBuf]) -> Vec<String> {
        let name = |file: &PathBuf| file.strip_prefix(folder).unwrap().display().to_string();
        files.iter().map(name).collect()
    }

    #[test]
    fn folders_are_looked_through_once_and_inside_only() {
        let place = tempfile::tempdir().unwrap();
        let (root, outside) = (place.path().join("root"), place.path().join("outside"));
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::create_dir(&outside).unwrap();
        for file in ["root/1", "root/a/2", "root/a/b/3", "outside/key"] {
            fs::write(place.path().join(file), file).unwrap();
        }
        symlink(".", root.join("x")).unwrap();
        symlink("..", root.join("a/up")).unwrap();
        symlink("a/2", root.join("two")).unwrap();
        symlink("nowhere", root.join("dead")).unwrap();
        symlink(&outside, root.join("out")).unwrap();
        symlink("/proc/self/environ", root.join("env")).unwrap();

        let found = Fence::around(&root).files_below(&root).unwrap();
        assert_eq!(names(&root, &found.files), ["1", "a/2", "a/b/3", "two"]);
        assert_eq!(names(&root, &found.outside), ["env", "out"]);
        let found = Fence::open().files_below(&root).unwrap();
        let all = ["1", "a/2", "a/b/3", "out/key", "two"];
        assert_eq!(names(&root, &found.files), all);
        assert_eq!(names(&root, &found.outside), ["env"]);
        let none = Fence::open().files_below(&root.join("none")).unwrap();
        assert_eq!(none, FilesBelow::default());
    }

    #[test]
    fn the_systems_state_is_no_file() {
        let place = tempfile::tempdir().unwrap();
        let link = place.path().join("link");
        symlink("/proc/self", &link).unwrap();
        let paths = ["/proc/self/environ", "/proc/1/cmdline", "/dev/null", "/sys"];
        let paths = paths.map(PathBuf::from).into_iter();
        for path in paths.chain([link.join("environ"), link]) {
            let fault = Fence::open().real(&path).unwrap_err();
            assert_eq!(fault.to_string(), "it is no file but the system's");
        }
        assert!(Fence::open().real(place.path()).is_ok());
    }

    #[test]
    fn nothing_is_written_through_links_inside() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        fs::create_dir_all(at("root/plain")).unwrap();
        fs::create_dir(at("victim")).unwrap();
        symlink("../victim", at("root/out")).unwrap();
        symlink("plain", at("root/inner")).unwrap();
        symlink("root", at("way")).unwrap();
        let fence = Fence::around(&at("root"));
        for good in [
            "root/a.mp4",
            "root/plain/new/a.mp4",
            "way/plain/a.mp4",
            "victim/a.mp4",
        ] {
            fence.check_written(&at(good)).unwrap();
        }
        for bad in [
            "root/out/a.mp4",
            "way/out/new/a.mp4",
            "root/inner/a",
            "root/out/../a",
        ] {
            let fault = fence.check_written(&at(bad)).unwrap_err().to_string();
            assert!(fault.contains("is a link of the project's"), "{fault}");
            Fence::open().check_written(&at(bad)).unwrap();
        }
    }

    #[test]
    fn only_files_are_read_and_none_larger_than_allowed() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        fs::write(at("five"), "5 éé").unwrap();
        fs::write(at("raw"), [0xff, 0xfe]).unwrap();
        let fence = Fence::open();
        let fault = |name: &str, most| fence.text(&at(name), most).unwrap_err().to_string();
        assert_eq!(fence.text(&at("five"), 6).unwrap(), "5 éé");
        assert_eq!(fault("five", 5), "it has more than 5 bytes");
        assert_eq!(fault("raw", 9), "not text");
        assert_eq!(fault("", 9), "it is not a file");
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        let wanted = "it is no file but a pipe, a socket or a device";
        assert_eq!(fault("socket", 9), wanted);
        assert!(fence.files_below(place.path()).unwrap().outside == [at("socket")]);
    }
}
