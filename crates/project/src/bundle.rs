use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, Read, Seek, Write},
    path::{Component, Path, PathBuf},
};

use kinora_film::AssetId;
use kinora_script::{Recording, ScriptOptions};
use kinora_worker::engine;
use serde::{Deserialize, Serialize};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::Library;

/// The newest form of bundles that this engine reads, and the one it writes.
const FORMAT: u32 = 1;
/// Where the list of a bundle's files stands in it.
const LIST: &str = "kinora.json";
/// Where fonts of the system go that a project uses: below `public/`, where those of the
/// project itself are looked for.
const FONTS: &str = "public/.fonts";
/// Bytes that a bundle's list has at most.
const LONGEST_LIST: u64 = 64 << 20;
/// How many times its own size a bundle may hold. Text is squeezed to a tenth, rarely to
/// a fiftieth.
const LARGEST_SWELL: u64 = 100;
/// Bytes that every bundle may hold.
const FREE_ROOM: u64 = 64 << 20;
/// Bytes that a file counts at least: it takes a block of the disk, empty or not.
const BLOCK: u64 = 4096;
/// Bytes of a path that no file system takes.
const TOO_LONG: usize = 4096;
/// Files that packing does not need to squeeze.
const SQUEEZED: [&str; 14] = [
    "mp4", "webm", "mov", "mkv", "mp3", "aac", "ogg", "m4a", "png", "jpg", "jpeg", "webp", "gif",
    "woff2",
];

/// Why a bundle could not be packed or unpacked.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A file of the project cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The bundle or a file of it cannot be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file is no bundle, or its content is not what was packed.
    #[error("it is not a bundle or is damaged: {0}")]
    Damaged(String),
    /// The bundle was made by a newer engine.
    #[error(
        "the bundle has format {found}, made by kinora {engine}; this engine reads up to {FORMAT}: use a newer one, or pack the project anew with this one"
    )]
    Newer {
        /// Its format.
        found: u32,
        /// What made it.
        engine: String,
    },
    /// The bundle is small and what it holds is not, as no project's files are.
    #[error(
        "the bundle unpacks from {packed} to {bytes} bytes, and {most} are the most that so small a one may hold"
    )]
    Swells {
        /// Its own bytes.
        packed: u64,
        /// Those of its files.
        bytes: u64,
        /// Those that would be let pass.
        most: u64,
    },
    /// A path in the bundle leads out of its folder.
    #[error("the bundle's path `{0}` leads out of its folder")]
    Unsafe(String),
    /// A file's content is kept elsewhere and cannot be had.
    #[error("the bundle's file `{path}` cannot be had: {reason}")]
    Missing {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
}

/// A project as it can be carried elsewhere: its modules with those of its packages,
/// its public files, and the fonts it uses. Contents are named by their hashes, so what
/// stands at the other end already need not be carried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bundle {
    format: u32,
    engine: String,
    /// The file whose default export is the project.
    project: String,
    /// The folder that holds `public/`.
    root: String,
    /// The files, by their paths.
    files: BTreeMap<String, Content>,
    /// Symbolic links and where they lead, from the bundle's folder.
    #[serde(default)]
    links: BTreeMap<String, String>,
    /// Where the contents are on this machine.
    #[serde(skip)]
    sources: BTreeMap<AssetId, Source>,
    /// Links in `public/` that lead to where nothing may be read.
    #[serde(skip)]
    left_out: Vec<PathBuf>,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Content {
    hash: String,
    bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    File(PathBuf),
    Memory(Vec<u8>),
}

impl Bundle {
    /// The bundle of a project that was recorded: what it used then, and all of its
    /// `public/`.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn of(
        script: &ScriptOptions,
        recording: &Recording,
        library: &Library,
    ) -> Result<Self, BundleError> {
        let root = real(&script.root)?;
        let project = real(&script.project)?;
        let mut gathered = Gathered::default();
        let fence = library.fence();
        let folder = root.join("public");
        let public = fence
            .files_below(&folder)
            .map_err(|source| BundleError::Read {
                path: folder,
                source,
            })?;
        let settings = ["package.json", "tsconfig.json", "jsconfig.json"];
        let settings = settings
            .iter()
            .map(|name| root.join(name))
            .filter(|file| fence.real(file).is_ok_and(|file| file.is_file()));
        let local = library.local_files();
        let files = recording
            .files
            .iter()
            .cloned()
            .chain(local)
            .chain(public.files)
            .chain(settings);
        for file in files.chain([project.clone()]) {
            fence.real(&file).map_err(|source| BundleError::Read {
                path: file.clone(),
                source,
            })?;
            gathered.add(&file)?;
        }
        gathered.add_links_of_packages(fence.root().unwrap_or(Path::new("/")), &root)?;
        let base = gathered.base(&root);
        let named = |path: &Path| relative(path, &base);
        let mut bundle = Self {
            format: FORMAT,
            engine: engine(),
            project: named(&project),
            root: named(&root),
            files: BTreeMap::new(),
            links: BTreeMap::new(),
            sources: BTreeMap::new(),
            left_out: public.outside,
        };
        for file in &gathered.files {
            bundle.add(named(file), Source::File(file.clone()))?;
        }
        for (link, target) in &gathered.links {
            bundle.links.insert(named(link), named(target));
        }
        for font in &recording.fonts {
            let known = bundle.sources.contains_key(&font.id);
            if !known && !kinora_script::is_bundled(font.id) {
                let name = named(&root.join(FONTS).join(format!("{}.ttf", font.id)));
                bundle.add(name, Source::Memory((*font.bytes).as_ref().to_vec()))?;
            }
        }
        Ok(bundle)
    }

    fn add(&mut self, name: String, source: Source) -> Result<(), BundleError> {
        let (id, bytes) = match &source {
            Source::File(path) => {
                let fault = |source| BundleError::Read {
                    path: path.clone(),
                    source,
                };
                let mut hasher = blake3::Hasher::new();
                let file = File::open(path).map_err(fault)?;
                let bytes = hasher.update_reader(file).map_err(fault)?.count();
                (AssetId::from_hash(*hasher.finalize().as_bytes()), bytes)
            }
            Source::Memory(bytes) => (AssetId::of(bytes), bytes.len() as u64),
        };
        let hash = id.to_string();
        self.files.insert(name, Content { hash, bytes });
        self.sources.entry(id).or_insert(source);
        Ok(())
    }

    /// What of `public/` is not in it: links that lead to where nothing may be read.
    pub fn left_out(&self) -> &[PathBuf] {
        &self.left_out
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file; never so for a packed project.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The contents, each once.
    pub fn contents(&self) -> Vec<AssetId> {
        self.sources.keys().copied().collect()
    }

    /// The bytes of a content.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn content(&self, id: AssetId) -> Result<Vec<u8>, BundleError> {
        match self.sources.get(&id) {
            Some(Source::Memory(bytes)) => Ok(bytes.clone()),
            Some(Source::File(path)) => fs::read(path).map_err(|source| BundleError::Read {
                path: path.clone(),
                source,
            }),
            None => Err(BundleError::Damaged(format!(
                "`{id}` is not of this bundle"
            ))),
        }
    }

    /// Writes the bundle as a ZIP archive: the list of its files and, with `contents`,
    /// what they hold.
    ///
    /// # Errors
    /// When a file cannot be read or the archive not be written.
    pub fn write<W: Write + Seek>(&self, to: W, contents: bool) -> Result<W, BundleError> {
        let fault = |error: zip::result::ZipError| BundleError::Write {
            path: LIST.into(),
            source: error.into(),
        };
        let mut archive = ZipWriter::new(to);
        let options = SimpleFileOptions::default().large_file(true);
        let squeezed = options.compression_method(CompressionMethod::Deflated);
        archive.start_file(LIST, squeezed).map_err(fault)?;
        let list = serde_json::to_vec_pretty(self).expect("plain data in memory always serialises");
        archive
            .write_all(&list)
            .map_err(|error| fault(error.into()))?;
        let names: BTreeMap<&str, &str> = self
            .files
            .iter()
            .map(|(name, content)| (content.hash.as_str(), name.as_str()))
            .collect();
        for id in self.sources.keys().filter(|_| contents) {
            let hash = id.to_string();
            let name = names.get(hash.as_str()).copied().unwrap_or_default();
            let ending = name
                .rsplit('.')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            let options = match SQUEEZED.contains(&ending.as_str()) {
                true => options.compression_method(CompressionMethod::Stored),
                false => squeezed,
            };
            archive
                .start_file(stored_name(&hash), options)
                .map_err(fault)?;
            let bytes = self.content(*id)?;
            archive
                .write_all(&bytes)
                .map_err(|error| fault(error.into()))?;
        }
        archive.finish().map_err(fault)
    }

    /// Unpacks an archive into a folder, which is made; what it does not hold itself is
    /// asked of `elsewhere`. Gives what is to be recorded.
    ///
    /// # Errors
    /// When the archive is damaged, too new, hostile, or a content cannot be had.
    pub fn unpack(
        archive: impl Read + Seek,
        folder: &Path,
        elsewhere: &mut dyn FnMut(AssetId) -> Result<Vec<u8>, String>,
    ) -> Result<ScriptOptions, BundleError> {
        let damaged = |error: zip::result::ZipError| BundleError::Damaged(error.to_string());
        let mut archive = archive;
        let packed = archive.seek(io::SeekFrom::End(0));
        let packed = packed.map_err(|error| damaged(error.into()))?;
        let mut archive = ZipArchive::new(archive).map_err(damaged)?;
        let bundle = Self::list(&mut archive)?;
        let (root, project) = (safe(&bundle.root)?, safe(&bundle.project)?);
        let layout = bundle.layout()?;
        bundle.check_size(packed, |hash| {
            archive.index_for_name(&stored_name(hash)).is_some()
        })?;
        for (path, (name, content)) in &layout.files {
            let id: AssetId = content
                .hash
                .parse()
                .map_err(|_| BundleError::Damaged(format!("`{}` is not a hash", content.hash)))?;
            let place = folder.join(path);
            match archive.by_name(&stored_name(&content.hash)) {
                Ok(stored) => store(stored, &place, name, content.bytes, id)?,
                Err(zip::result::ZipError::FileNotFound) => {
                    let bytes = elsewhere(id).map_err(|reason| BundleError::Missing {
                        path: (*name).to_owned(),
                        reason,
                    })?;
                    store(&*bytes, &place, name, content.bytes, id)?;
                }
                Err(error) => return Err(damaged(error)),
            }
        }
        for (link, (name, target)) in &layout.links {
            let place = folder.join(link);
            let beside = place.parent().unwrap_or(folder);
            write(beside, |_| fs::create_dir_all(beside))?;
            // Where capitals and small letters are the same, a link may be within a link after
            // all, and would count its steps from another place.
            if real(beside)? != real(folder)?.join(link.parent().unwrap_or(Path::new(""))) {
                return Err(BundleError::Unsafe((*name).to_owned()));
            }
            let up = link
                .parent()
                .map_or(0, |parent| parent.components().count());
            let mut to: PathBuf = std::iter::repeat_n("..", up).collect();
            to.push(target);
            if to.as_os_str().is_empty() {
                to.push(".");
            }
            write(&place, |path| std::os::unix::fs::symlink(to, path))?;
        }
        Ok(ScriptOptions {
            root: folder.join(root),
            ..ScriptOptions::new(folder.join(project))
        })
    }

    /// Where its files and links go, by their plain paths.
    fn layout(&self) -> Result<Layout<'_>, BundleError> {
        let mut layout = Layout::default();
        let mut taken = BTreeMap::new();
        let mut take = |name: &'_ String| {
            let path = safe(name)?;
            let known = taken.insert(path.clone(), name.clone());
            match known.is_some() || path.as_os_str().is_empty() {
                true => Err(in_the_way(name)),
                false => Ok(path),
            }
        };
        for (name, content) in &self.files {
            layout.files.insert(take(name)?, (name.as_str(), content));
        }
        for (name, target) in &self.links {
            let to = (name.as_str(), safe(target)?);
            layout.links.insert(take(name)?, to);
        }
        // What lies below a path comes right behind it.
        let below = taken.keys().skip(1);
        match taken
            .iter()
            .zip(below)
            .find(|((path, _), below)| below.starts_with(path))
        {
            Some(((_, name), _)) => Err(in_the_way(name)),
            None => Ok(layout),
        }
    }

    /// Refuses a bundle that needs far more room unpacked than it took on its way. What is not
    /// `inside` of it was brought to where it is once.
    fn check_size(&self, packed: u64, inside: impl Fn(&str) -> bool) -> Result<(), BundleError> {
        let sum = |all: &mut dyn Iterator<Item = u64>| all.fold(0_u64, u64::saturating_add);
        let elsewhere = self.files.values().filter(|file| !inside(&file.hash));
        let elsewhere: BTreeMap<_, _> = elsewhere.map(|file| (&file.hash, file.bytes)).collect();
        let packed = packed.saturating_add(sum(&mut elsewhere.into_values()));
        let files = self.files.values().map(|file| file.bytes.max(BLOCK));
        let bytes = sum(&mut files.chain(self.links.keys().map(|_| BLOCK)));
        let most = FREE_ROOM.max(packed.saturating_mul(LARGEST_SWELL));
        match bytes > most {
            true => Err(BundleError::Swells {
                packed,
                bytes,
                most,
            }),
            false => Ok(()),
        }
    }

    /// The list of an archive's files.
    fn list(archive: &mut ZipArchive<impl Read + Seek>) -> Result<Self, BundleError> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
            engine: String,
        }
        let missing = |_| BundleError::Damaged(format!("it has no `{LIST}`"));
        let stored = archive.by_name(LIST).map_err(missing)?;
        let list = read_at_most(stored, LONGEST_LIST)?;
        let damaged = |error: serde_json::Error| BundleError::Damaged(format!("`{LIST}`: {error}"));
        let version: Version = serde_json::from_slice(&list).map_err(damaged)?;
        if version.format == 0 {
            let what = format!("`{LIST}`: there is no format 0");
            return Err(BundleError::Damaged(what));
        }
        if version.format > FORMAT {
            return Err(BundleError::Newer {
                found: version.format,
                engine: version.engine,
            });
        }
        serde_json::from_slice(&list).map_err(damaged)
    }
}

/// Where the files and links of a bundle go, with their names in it: below its folder, and
/// none in the way of another.
#[derive(Default)]
struct Layout<'a> {
    files: BTreeMap<PathBuf, (&'a str, &'a Content)>,
    links: BTreeMap<PathBuf, (&'a str, PathBuf)>,
}

fn stored_name(hash: &str) -> String {
    format!("contents/{hash}")
}

/// All bytes, which are so many at most.
fn read_at_most(from: impl Read, most: u64) -> Result<Vec<u8>, BundleError> {
    let mut bytes = Vec::new();
    let read = from.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| BundleError::Damaged(error.to_string()))?;
    if bytes.len() as u64 > most {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Writes a file of so many bytes that are those of `id`; a part at a time, because there
/// may be more than there is memory.
fn store(
    mut from: impl Read,
    path: &Path,
    name: &str,
    mut bytes: u64,
    id: AssetId,
) -> Result<(), BundleError> {
    let mut file = write(path, |path| File::create(path))?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = [0; 1 << 14];
    loop {
        let count = from.read(&mut buffer);
        let count = count.map_err(|error| BundleError::Damaged(error.to_string()))?;
        if count == 0 {
            break;
        }
        bytes = bytes.checked_sub(count as u64).ok_or_else(too_large)?;
        hasher.update(&buffer[..count]);
        file.write_all(&buffer[..count])
            .map_err(|source| BundleError::Write {
                path: path.to_owned(),
                source,
            })?;
    }
    match bytes == 0 && AssetId::from_hash(*hasher.finalize().as_bytes()) == id {
        true => Ok(()),
        false => {
            let what = format!("`{name}` is not what was packed");
            Err(BundleError::Damaged(what))
        }
    }
}

fn too_large() -> BundleError {
    BundleError::Damaged("a file is larger than it says".to_owned())
}

fn write<T>(path: &Path, act: impl FnOnce(&Path) -> io::Result<T>) -> Result<T, BundleError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)
        .and_then(|()| act(path))
        .map_err(|source| match source.kind() {
            // in a folder that nobody else writes to, these names are the bundle's own
            io::ErrorKind::NotADirectory
            | io::ErrorKind::IsADirectory
            | io::ErrorKind::AlreadyExists
            | io::ErrorKind::InvalidFilename => in_the_way(&path.display().to_string()),
            _ => BundleError::Write {
                path: path.to_owned(),
                source,
            },
        })
}

fn in_the_way(name: &str) -> BundleError {
    let shown: String = name.chars().take(200).collect();
    BundleError::Damaged(format!(
        "`{shown}` is in the way of another of its files, or no name"
    ))
}

/// A path of a bundle that stays within its folder, without steps that lead nowhere.
fn safe(name: &str) -> Result<PathBuf, BundleError> {
    if name.len() >= TOO_LONG {
        return Err(in_the_way(name));
    }
    let plain = Path::new(name).components().filter_map(|part| match part {
        Component::CurDir => None,
        Component::Normal(part) if !name.contains('\0') => Some(Ok(part)),
        _ => Some(Err(BundleError::Unsafe(name.to_owned()))),
    });
    plain.collect()
}

fn real(path: &Path) -> Result<PathBuf, BundleError> {
    fs::canonicalize(path).map_err(|source| BundleError::Read {
        path: path.to_owned(),
        source,
    })
}

/// Files and links, by their real places.
#[derive(Default)]
struct Gathered {
    files: BTreeSet<PathBuf>,
    links: BTreeMap<PathBuf, PathBuf>,
}

impl Gathered {
    /// Adds a file and the links that led to it.
    fn add(&mut self, path: &Path) -> Result<(), BundleError> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.files.insert(real(&path)?);
        for above in path.ancestors() {
            if above.is_symlink() {
                self.add_link(above)?;
            }
        }
        Ok(())
    }

    /// Adds a link at its real place.
    fn add_link(&mut self, link: &Path) -> Result<(), BundleError> {
        if let (Some(folder), Some(name)) = (link.parent(), link.file_name()) {
            self.links.insert(real(folder)?.join(name), real(link)?);
        }
        Ok(())
    }

    /// Adds the links of package folders that lead to files gathered here: package
    /// managers put packages in one place and link them where they are used.
    /// Folders above `fence` are left alone.
    fn add_links_of_packages(&mut self, fence: &Path, root: &Path) -> Result<(), BundleError> {
        let above =
            |file: &PathBuf| -> Vec<PathBuf> { file.ancestors().map(Path::to_owned).collect() };
        let mut folders: BTreeSet<PathBuf> = self.files.iter().flat_map(above).collect();
        folders.retain(|folder| {
            folder
                .file_name()
                .is_some_and(|name| name == "node_modules")
        });
        folders.extend(root.ancestors().map(|folder| folder.join("node_modules")));
        folders.retain(|folder| folder.starts_with(fence));
        for folder in folders {
            let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
            for entry in entries {
                let path = entry.path();
                let scoped = entry.file_name().to_string_lossy().starts_with('@');
                let inner = fs::read_dir(&path).into_iter().flatten().flatten();
                let inner = inner.filter(|_| scoped).map(|entry| entry.path());
                for path in inner.chain([path.clone()]).filter(|path| path.is_symlink()) {
                    // A link that leads nowhere leads to no file of the project.
                    let Ok(target) = fs::canonicalize(&path) else {
                        continue;
                    };
                    if self
                        .files
                        .range(target.clone()..)
                        .next()
                        .is_some_and(|file| file.starts_with(&target))
                    {
                        self.add_link(&path)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The folder above the root and everything gathered.
    fn base(&self, root: &Path) -> PathBuf {
        let all = self.files.iter().chain(self.links.keys());
        let holds = |folder: &&Path| all.clone().all(|path| path.starts_with(folder));
        root.ancestors()
            .find(holds)
            .unwrap_or(Path::new("/"))
            .to_owned()
    }
}

/// The path as it is called below `base`.
fn relative(path: &Path, base: &Path) -> String {
    path.strip_prefix(base)
        .unwrap_or(path)
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn bundle(files: &[(&str, &str)]) -> Bundle {
        let mut bundle = Bundle {
            format: FORMAT,
            engine: engine(),
            project: "src/project.tsx".to_owned(),
            root: String::new(),
            files: BTreeMap::new(),
            links: BTreeMap::new(),
            sources: BTreeMap::new(),
            left_out: Vec::new(),
        };
        for (name, text) in files {
            let source = Source::Memory(text.as_bytes().to_vec());
            bundle.add((*name).to_owned(), source).unwrap();
        }
        bundle
    }

    fn packed(bundle: &Bundle, contents: bool) -> Vec<u8> {
        bundle
            .write(Cursor::new(Vec::new()), contents)
            .unwrap()
            .into_inner()
    }

    fn nothing(_: AssetId) -> Result<Vec<u8>, String> {
        Err("there is nothing elsewhere".to_owned())
    }

    fn unpack(archive: &[u8], folder: &Path) -> Result<ScriptOptions, String> {
        Bundle::unpack(Cursor::new(archive), folder, &mut nothing)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_was_packed_comes_out_with_its_links() {
        let mut made = bundle(&[
            ("src/project.tsx", "a"),
            ("store/x/index.js", "b"),
            ("copy.txt", "a"),
        ]);
        made.links
            .insert("node_modules/x".to_owned(), "store/x".to_owned());
        let archive = packed(&made, true);
        let folder = tempfile::tempdir().unwrap();
        let script = unpack(&archive, folder.path()).unwrap();
        assert_eq!(script.project, folder.path().join("src/project.tsx"));
        assert_eq!(script.root, folder.path().join(""));
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("node_modules/x/index.js"), "b");
        assert_eq!(read("copy.txt"), "a");
        // The same content stands once.
        let archive = ZipArchive::new(Cursor::new(archive)).unwrap();
        assert_eq!(archive.len(), 3);
    }

    #[test]
    fn contents_may_stand_elsewhere() {
        let made = bundle(&[("src/project.tsx", "a")]);
        let archive = packed(&made, false);
        let folder = tempfile::tempdir().unwrap();
        let mut elsewhere = |id| made.content(id).map_err(|error| error.to_string());
        Bundle::unpack(Cursor::new(&archive), folder.path(), &mut elsewhere).unwrap();
        let fault = unpack(&archive, folder.path()).unwrap_err();
        assert!(fault.contains("`src/project.tsx` cannot be had"), "{fault}");
    }

    #[test]
    fn damaged_new_and_hostile_bundles_are_refused() {
        let refused = |archive: &[u8]| {
            let folder = tempfile::tempdir().unwrap();
            unpack(archive, folder.path()).unwrap_err()
        };
        assert!(refused(b"no archive").starts_with("it is not a bundle or is damaged"));

        let newer = Bundle {
            format: 2,
            engine: "9.0".to_owned(),
            ..bundle(&[])
        };
        assert!(refused(&packed(&newer, true)).contains("has format 2, made by kinora 9.0"));
        for path in ["../x", "/etc/x", "a/../../x", "a\0b"] {
            let fault = refused(&packed(&bundle(&[(path, "a")]), true));
            assert!(fault.contains("leads out of its folder"), "{fault}");
            let mut linked = bundle(&[("a", "a")]);
            linked.links.insert("b".to_owned(), path.to_owned());
            let fault = refused(&packed(&linked, true));
            assert!(fault.contains("leads out of its folder"), "{fault}");
        }
        let mut nested = bundle(&[("a/b/c", "a")]);
        nested.links.insert("x/y".to_owned(), "a".to_owned());
        nested.links.insert("x/y/z".to_owned(), "a/b".to_owned());
        let fault = refused(&packed(&nested, true));
        assert!(fault.contains("`x/y` is in the way of another"), "{fault}");
        let mut wrong = bundle(&[("a", "text")]);
        wrong
            .sources
            .values_mut()
            .for_each(|source| *source = Source::Memory(b"nope".to_vec()));
        assert!(refused(&packed(&wrong, true)).contains("`a` is not what was packed"));
        wrong
            .sources
            .values_mut()
            .for_each(|source| *source = Source::Memory(vec![0; 1 << 20]));
        assert!(refused(&packed(&wrong, true)).contains("larger than it says"));

        for files in [&[("a", "x"), ("a/b", "y")], &[("a/b", "y"), ("a", "x")]] {
            let fault = refused(&packed(&bundle(files), true));
            assert!(fault.contains("is in the way of another"), "{fault}");
        }
        let mut crossed = bundle(&[("a/b", "x")]);
        crossed.links.insert("a".to_owned(), "a/b".to_owned());
        let fault = refused(&packed(&crossed, true));
        assert!(fault.contains("is in the way of another"), "{fault}");

        // a bomb: the same megabytes of nothing under many names
        let zeros = "\0".repeat(8 << 20);
        let names: Vec<String> = (0..40).map(|number| format!("{number}.txt")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, &*zeros)).collect();
        let fault = refused(&packed(&bundle(&files), true));
        assert!(fault.contains("to 335544320 bytes"), "{fault}");

        let good = packed(&bundle(&[("src/project.tsx", "a"), ("b", "bb")]), true);
        for length in (0..good.len()).step_by(7) {
            refused(&good[..length]);
        }
    }
}
