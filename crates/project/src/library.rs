use std::{
    collections::{HashMap, HashSet},
    fs::{self, File},
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
    time::UNIX_EPOCH,
};

use kinora_farm::{Cache, Progress};
use kinora_film::{AssetId, AssetKind};
use kinora_media::{Blocks, MediaInfo, Png, VideoCodec};
use kinora_script::{Fence, Pixels, ScriptRequest, ScriptResponse};
use kinora_svg::Vector;
use kinora_worker::{AssetStore, Bytes, Content, StoreError, StoredAsset};

use crate::{
    Access, Fetcher, Opened, ProjectFonts, RemoteUrl,
    cache_folder::unstored,
    data_url,
    fetch::{Fetched, LARGEST_ANSWER},
    hls::{self, Piece, PlayList},
    places::{clamped, is_below},
    remote::{ends, is_mpeg_sound},
    url::Url,
    vector::{PictureFonts, is_vector},
};

/// Files of this size and more are hashed once, not in every run.
const LARGE: u64 = 1 << 20;

/// Bytes that are read of a large file to know what it is, and an eighth of it; one that
/// needs more is fetched whole.
const PROBED: u64 = 16 << 20;

/// Bytes of a play list at most.
const LARGEST_LIST: u64 = 16 << 20;

/// Play lists that may lead to one another.
const MOST_LISTS: usize = 4;

/// The files that a project uses: found, fetched, hashed and probed once each.
pub struct Library {
    root: PathBuf,
    /// The same without symbolic links.
    real_root: PathBuf,
    cache: Cache,
    progress: Arc<Progress>,
    access: Access,
    fetcher: Arc<Fetcher>,
    state: Mutex<State>,
    /// Those of SVG files, from the first on.
    fonts: Mutex<Option<PictureFonts>>,
}

#[derive(Default)]
struct State {
    /// Where the file behind a source is.
    files: HashMap<String, PathBuf>,
    entries: HashMap<PathBuf, Arc<Entry>>,
    /// Those of files behind URLs that are read in parts.
    far: HashMap<String, Arc<Entry>>,
    /// Where these are, and whether everybody can reach them there.
    remotes: HashMap<AssetId, (RemoteUrl, bool)>,
    /// Vector pictures as files of pixels.
    pixels: HashMap<AssetId, AssetId>,
    /// The films that play lists lead to, by the list's source.
    films: HashMap<String, PathBuf>,
    stored: HashMap<AssetId, StoredAsset>,
    /// Names of the cache's files that this run uses.
    used: HashSet<String>,
    warnings: Vec<String>,
    /// Files that modules imported.
    imported: HashSet<PathBuf>,
    urls: Vec<UsedUrl>,
}

/// A URL that a project used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedUrl {
    /// As the project wrote it.
    pub url: String,
    /// Length of what was behind it.
    pub bytes: u64,
    /// Whether an earlier run had fetched it already.
    pub kept: bool,
}

/// A file that holds media.
#[derive(Debug)]
pub struct Entry {
    /// Its content's hash; of a file that is read in parts, that of its URL, its validator
    /// and its ends.
    pub id: AssetId,
    /// What it holds; nothing, of a vector picture.
    pub info: MediaInfo,
    /// The drawing that it is, of a vector picture.
    pub vector: Option<Vector>,
}

impl Library {
    /// The files of the project whose root is `root`, with the default [`Access`].
    pub fn new(root: PathBuf, cache: Cache, progress: Arc<Progress>) -> Self {
        let access = Access::default();
        Self {
            real_root: fs::canonicalize(&root).unwrap_or_else(|_| root.clone()),
            root,
            fetcher: Arc::new(Fetcher::new(
                cache.clone(),
                progress.clone(),
                access.clone(),
            )),
            progress,
            access,
            cache,
            state: Mutex::default(),
            fonts: Mutex::default(),
        }
    }

    /// The same with `access` in place of what was granted before.
    pub fn granting(self, access: Access) -> Self {
        let (cache, progress) = (self.cache.clone(), self.progress.clone());
        Self {
            fetcher: Arc::new(Fetcher::new(cache, progress, access.clone())),
            access,
            ..self
        }
    }

    /// What the project may reach.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// The URLs that were used so far, in the order of first use.
    pub fn urls(&self) -> Vec<UsedUrl> {
        self.lock().urls.clone()
    }

    /// Says that a module imported a file, which makes it one of the project's.
    pub fn import(&self, path: &Path) {
        self.lock().imported.insert(path.to_owned());
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder of the lock panics")
    }

    /// What the user should know of since the last call.
    pub fn warnings(&self) -> Vec<String> {
        std::mem::take(&mut self.lock().warnings)
    }

    /// Names of the cache's files that this run uses.
    pub fn used(&self) -> HashSet<String> {
        self.lock().used.clone()
    }

    /// The files of this machine that the project used, downloads aside.
    pub fn local_files(&self) -> Vec<PathBuf> {
        let kept = self.cache.path("");
        let state = self.lock();
        let files = state.files.values().filter(|file| !file.starts_with(&kept));
        let mut files: Vec<PathBuf> = files.cloned().collect();
        files.sort();
        files.dedup();
        files
    }

    /// The project's root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The still picture with this hash.
    ///
    /// # Errors
    /// Why there is none.
    pub fn still(&self, id: AssetId) -> Result<kinora_media::Still, String> {
        let is_vector = self
            .lock()
            .entries
            .values()
            .any(|it| it.id == id && it.vector.is_some());
        let id = if is_vector { self.pixels(id)? } else { id };
        match self.lock().stored.get(&id).and_then(StoredAsset::media) {
            Some(source) => kinora_media::read_still(source).map_err(|error| with_causes(&error)),
            None => Err(format!("`{id}` is not a picture of this project")),
        }
    }

    /// Makes bytes known under their hash, such as a font's.
    pub fn add_bytes(&self, id: AssetId, name: &str, bytes: Bytes) {
        let name = name.to_owned();
        let content = Content::Memory(bytes);
        self.lock()
            .stored
            .entry(id)
            .or_insert(StoredAsset { name, content });
    }

    /// The media file behind `src`, to be used as `kind`.
    ///
    /// # Errors
    /// Why it cannot be had, in words that end a sentence.
    pub fn asset(&self, src: &str, kind: AssetKind) -> Result<Arc<Entry>, String> {
        let moves = matches!(kind, AssetKind::Video | AssetKind::Audio);
        if moves
            && is_url(src)
            && let Some(entry) = self.far(src)?
        {
            check(&entry, kind)?;
            return Ok(entry);
        }
        let mut path = self.file(src)?;
        if kind != AssetKind::Still && hls::is_play_list(&path) {
            path = self.film(src, &path)?;
        }
        let known = self.lock().entries.get(&path).cloned();
        let entry = match known {
            Some(entry) => entry,
            None => self.enter(src, path)?,
        };
        check(&entry, kind)?;
        Ok(entry)
    }

    /// The media file behind a URL if it is read in parts.
    fn far(&self, src: &str) -> Result<Option<Arc<Entry>>, String> {
        let state = self.lock();
        if let Some(entry) = state.far.get(src) {
            return Ok(Some(entry.clone()));
        }
        if state.files.contains_key(src) {
            return Ok(None);
        }
        drop(state);
        let parts = match self.fetcher.open(src)? {
            Opened::Whole(fetched) => {
                self.take(src, fetched);
                return Ok(None);
            }
            Opened::Parts(parts) => parts,
        };
        let remote = parts.file.remote().clone();
        let blocks = Arc::new(Blocks::new(Box::new(parts.file)));
        let ends = ends(&blocks).map_err(|error| format!("it cannot be read: {error}"))?;
        // What is one only as a whole is fetched as a whole; so is sound whose length is told
        // by all of its frames.
        if hls::begins_as_play_list(&ends) || kinora_svg::is_svg(&ends) || is_mpeg_sound(&ends) {
            return Ok(None);
        }
        // So is a film whose length is told by nothing less than all of it.
        blocks.allow(PROBED + blocks.length() / 8);
        let probed = kinora_media::probe(blocks.clone());
        if blocks.exceeded() {
            return Ok(None);
        }
        blocks.allow(u64::MAX);
        let id = remote.identity(&ends)?;
        let info = probed.map_err(|error| with_causes(&error))?;
        let entry = Arc::new(Entry {
            id,
            info,
            vector: None,
        });
        let stored = StoredAsset {
            name: shorten(src),
            content: Content::Blocks(blocks),
        };
        let mut state = self.lock();
        state.used.extend(parts.names);
        state.warnings.extend(parts.warning);
        state.use_url(src, remote.length, parts.kept);
        state.stored.entry(id).or_insert(stored);
        state.remotes.insert(id, (remote, parts.public));
        state.far.insert(src.to_owned(), entry.clone());
        Ok(Some(entry))
    }

    /// Where a file is that is read in parts, and whether everybody can reach it there.
    pub fn remote(&self, id: AssetId) -> Option<(RemoteUrl, bool)> {
        self.lock().remotes.get(&id).cloned()
    }

    /// The film that an HLS play list leads to, as one file.
    fn film(&self, src: &str, list: &Path) -> Result<PathBuf, String> {
        if let Some(path) = self.lock().films.get(src) {
            return Ok(path.clone());
        }
        let (mut base, mut list) = (src.to_owned(), list.to_owned());
        for _ in 0..MOST_LISTS {
            let mut text = String::new();
            let file = File::open(&list).map(|file| file.take(LARGEST_LIST));
            file.and_then(|mut file| file.read_to_string(&mut text))
                .map_err(|error| format!("its play list cannot be read: {error}"))?;
            match hls::read(&text)? {
                PlayList::Choice { best, sound_apart } => {
                    if sound_apart {
                        let warning = format!(
                            "`{}`: its sound is in a play list of its own, which is not heard",
                            shorten(src)
                        );
                        self.lock().warnings.push(warning);
                    }
                    base = beside(&base, &best)?;
                    list = self.file(&base)?;
                }
                PlayList::Parts(parts) => {
                    let path = self.joined(&base, &parts)?;
                    self.lock().films.insert(src.to_owned(), path.clone());
                    return Ok(path);
                }
            }
        }
        Err("its play lists lead to one another".to_owned())
    }

    /// The parts of a film one after the other. Each is found as any other file is,
    /// so whatever a project may not reach, its play lists may not either.
    fn joined(&self, base: &str, parts: &[Piece]) -> Result<PathBuf, String> {
        let mut whole = self.cache.unfinished().map_err(unstored)?;
        let mut hasher = blake3::Hasher::new();
        for Piece { address, bytes } in parts {
            let unreadable = |error| format!("its part `{address}` cannot be read: {error}");
            let path = self.file(&beside(base, address)?)?;
            let mut file = File::open(path).map_err(unreadable)?;
            let length = file.metadata().map_err(unreadable)?.len();
            let bytes = bytes.clone().unwrap_or(0..length);
            if bytes.end > length {
                return Err(format!(
                    "its part `{address}` has {length} bytes, of which {} are asked for",
                    bytes.end
                ));
            }
            file.seek(SeekFrom::Start(bytes.start))
                .map_err(unreadable)?;
            let count = bytes.end - bytes.start;
            self.fetcher.count(count)?;
            let mut part = file.take(count);
            let mut buffer = vec![0; 1 << 16];
            loop {
                let count = part.read(&mut buffer).map_err(unreadable)?;
                if count == 0 {
                    break;
                }
                hasher.update(&buffer[..count]);
                whole.write_all(&buffer[..count]).map_err(unstored)?;
            }
        }
        let name = format!("film-{}", hasher.finalize());
        self.cache.adopt(whole, &name).map_err(unstored)?;
        self.lock().used.insert(name.clone());
        Ok(self.cache.path(&name))
    }

    fn enter(&self, src: &str, path: PathBuf) -> Result<Arc<Entry>, String> {
        let shown = |text: String| text.replace(&*path.to_string_lossy(), src);
        let vector = match is_vector(&path) {
            true => Some(self.vector(src, &path)?),
            false => None,
        };
        let info = match &vector {
            Some(_) => MediaInfo {
                duration: 0.0,
                video: None,
                audio: None,
            },
            None => kinora_media::probe(&path).map_err(|error| shown(with_causes(&error)))?,
        };
        let id = self
            .hash(&path)
            .map_err(|error| format!("it cannot be read: {error}"))?;
        let entry = Arc::new(Entry { id, info, vector });
        let stored = StoredAsset {
            name: shorten(src),
            content: Content::File(path.clone()),
        };
        let mut state = self.lock();
        state.stored.entry(id).or_insert(stored);
        state.entries.insert(path, entry.clone());
        Ok(entry)
    }

    /// The drawing of an SVG file.
    fn vector(&self, src: &str, path: &Path) -> Result<Vector, String> {
        let bytes = fs::read(path).map_err(|error| format!("it cannot be read: {error}"))?;
        let mut keep = |bytes: Vec<u8>| self.keep_picture(src, &bytes);
        let read = self.with_fonts(|fonts| kinora_svg::read(&bytes, fonts, &mut keep));
        let vector = read.map_err(|error| error.to_string())?;
        let name = shorten(src);
        let warnings = vector
            .remarks
            .iter()
            .map(|remark| format!("`{name}`: {remark}"));
        self.lock().warnings.extend(warnings);
        Ok(vector)
    }

    /// A file of the pixels of the vector picture with this hash, in its own size.
    ///
    /// # Errors
    /// Why there is none.
    pub fn pixels(&self, vector: AssetId) -> Result<AssetId, String> {
        let state = self.lock();
        if let Some(known) = state.pixels.get(&vector) {
            return Ok(*known);
        }
        let stored = state.stored.get(&vector).cloned();
        drop(state);
        let Some(StoredAsset {
            name,
            content: Content::File(path),
        }) = stored
        else {
            return Err(format!("`{vector}` is not a picture of this project"));
        };
        let bytes = fs::read(path).map_err(|error| format!("it cannot be read: {error}"))?;
        let made = self.with_fonts(|fonts| kinora_svg::pixels(&bytes, fonts));
        let bytes = made.map_err(|error| error.to_string())?;
        let id = self.keep_picture(&name, &bytes)?;
        self.lock().pixels.insert(vector, id);
        Ok(id)
    }

    /// Keeps pixels that the project's script made as a picture file; what all of these
    /// need of the disk counts with what it downloads.
    ///
    /// # Errors
    /// When they are too many or cannot be stored, in words that end a sentence.
    pub fn keep_pixels(&self, pixels: &Pixels<'_>) -> Result<AssetId, String> {
        let Pixels {
            width,
            height,
            rgba,
        } = *pixels;
        let codec = VideoCodec::Png(Png::default());
        let bytes = kinora_media::encode_still(&codec, width, height, rgba)
            .map_err(|error| with_causes(&error))?;
        let name = format!("data-{}", blake3::hash(&bytes));
        if !self.lock().used.contains(&name) {
            self.fetcher.count(bytes.len() as u64)?;
        }
        self.keep_picture("a canvas", &bytes)
    }

    fn with_fonts<T>(&self, read: impl FnOnce(&mut PictureFonts) -> T) -> T {
        let mut fonts = self.fonts.lock().expect("no holder of the lock panics");
        read(fonts.get_or_insert_with(|| PictureFonts::new(self.fonts())))
    }

    /// The fonts that the project's texts may be set in.
    pub fn fonts(&self) -> ProjectFonts {
        ProjectFonts::new(&self.root)
            .within(self.fence())
            .with_system(self.access.system_fonts)
    }

    /// Keeps a picture that `src` holds or was made of it.
    fn keep_picture(&self, src: &str, bytes: &[u8]) -> Result<AssetId, String> {
        if kinora_svg::is_svg(bytes) {
            return Err("it is not made of pixels, as it says".to_owned());
        }
        let path = self.keep(bytes)?;
        let entry = self.enter(&format!("a picture of {}", shorten(src)), path)?;
        check(&entry, AssetKind::Still)?;
        Ok(entry.id)
    }

    /// The bytes behind `src`.
    ///
    /// # Errors
    /// Why they cannot be had, in words that end a sentence.
    pub fn read(&self, src: &str) -> Result<Vec<u8>, String> {
        let path = self.file(src)?;
        let unreadable = |error| format!("it cannot be read: {error}");
        let length = fs::metadata(&path).map_err(unreadable)?.len();
        if length > LARGEST_ANSWER as u64 {
            let most = LARGEST_ANSWER >> 20;
            return Err(format!("it has more than {most} MiB"));
        }
        fs::read(path).map_err(unreadable)
    }

    /// The answer to a script's request. A plain one that goes well is kept for
    /// runs without the network.
    ///
    /// # Errors
    /// Why there is none, in words that end a sentence.
    pub fn fetch(&self, request: &ScriptRequest) -> Result<ScriptResponse, String> {
        let src = request.url.as_str();
        let plain = request.method == "GET" && request.headers.is_empty();
        if !is_url(src) || plain && self.access.offline {
            if request.method != "GET" {
                return Err(format!("a file cannot be sent `{}`", request.method));
            }
            return Ok(ScriptResponse::found(src, self.read(src)?));
        }
        let (response, way) = self.fetcher.call(request)?;
        let mut names = None;
        if plain && response.status == 200 {
            names = Some(self.fetcher.keep(src, &response, way)?);
        }
        let mut state = self.lock();
        state.used.extend(names.into_iter().flatten());
        state.use_url(src, response.body.len() as u64, false);
        Ok(response)
    }

    /// Where the file behind `src` is on this machine.
    fn file(&self, src: &str) -> Result<PathBuf, String> {
        if let Some(path) = self.lock().files.get(src) {
            return Ok(path.clone());
        }
        let path = if is_url(src) {
            return Ok(self.take(src, self.fetcher.fetch(src)?));
        } else if src.starts_with("data:") {
            self.data(src)?
        } else {
            self.local(src)?
        };
        self.lock().files.insert(src.to_owned(), path.clone());
        Ok(path)
    }

    /// Notes a file that was fetched; where it is.
    fn take(&self, src: &str, fetched: Fetched) -> PathBuf {
        let bytes = fs::metadata(&fetched.path).map_or(0, |data| data.len());
        let mut state = self.lock();
        state.used.extend(fetched.names);
        state.warnings.extend(fetched.warning);
        state.use_url(src, bytes, fetched.kept);
        state.files.insert(src.to_owned(), fetched.path.clone());
        fetched.path
    }

    fn data(&self, src: &str) -> Result<PathBuf, String> {
        self.keep(&data_url::decode(src)?)
    }

    /// A file of the cache with these bytes.
    fn keep(&self, bytes: &[u8]) -> Result<PathBuf, String> {
        let name = format!("data-{}", blake3::hash(bytes));
        let kept = self.cache.touch(&name).then(|| self.cache.get(&name));
        // one that was damaged since is as good as none
        if !matches!(kept, Some(Ok(Some(kept))) if kept == bytes) {
            self.cache.put(&name, bytes).map_err(unstored)?;
        }
        self.lock().used.insert(name.clone());
        Ok(self.cache.path(&name))
    }

    /// The file behind a path: below `public/`, else below the root, else, when
    /// the script names it in full, a file of the project.
    fn local(&self, src: &str) -> Result<PathBuf, String> {
        let src = src.strip_prefix("file://").unwrap_or(src);
        let plain = src.split(['?', '#']).next().unwrap_or(src);
        let decoded = data_url::percent_decode(plain)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok());
        for text in [src, plain].into_iter().chain(decoded.as_deref()) {
            if let Some(path) = self
                .candidates(text)
                .into_iter()
                .find(|path| path.is_file())
            {
                return self.within(path);
            }
        }
        let wanted = self.root.join("public").join(plain.trim_start_matches('/'));
        Err(format!("there is no file `{}`", wanted.display()))
    }

    /// Where the file that a script calls `text` may be, best first.
    fn candidates(&self, text: &str) -> Vec<PathBuf> {
        let path = Path::new(text);
        let own = is_below(path, &self.root)
            || is_below(path, &self.real_root)
            || self.lock().imported.contains(path);
        let relative = clamped(text);
        let mut places = Vec::new();
        if path.is_absolute() && own {
            places.push(path.to_owned());
        }
        if !relative.is_empty() {
            places.push(self.root.join("public").join(&relative));
            places.push(self.root.join(&relative));
        }
        places
    }

    /// The file, unless links lead from it to where nothing may be read.
    fn within(&self, path: PathBuf) -> Result<PathBuf, String> {
        let shown = path.display();
        match self.fence().real(&path) {
            Ok(_) if self.access.outside_files => Ok(path),
            Ok(real) => Ok(real),
            // the file is there: it was looked for before
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(format!(
                "`{shown}` leads out of the project's folder (--untrusted)"
            )),
            Err(error) => Err(format!("`{shown}` may not be read: {error}")),
        }
    }

    /// Which files the project may read.
    pub fn fence(&self) -> Fence {
        Fence::of(&self.root, !self.access.outside_files)
    }

    /// The hash of a file's content; that of a large one is remembered for as
    /// long as its size and time stay.
    fn hash(&self, path: &Path) -> std::io::Result<AssetId> {
        let mut file = File::open(path)?;
        let meta = file.metadata()?;
        let modified = meta.modified()?.duration_since(UNIX_EPOCH);
        let stamp = format!(
            "{} {} ",
            meta.len(),
            modified.map_or(0, |time| time.as_nanos())
        );
        let name = format!("hash-{}", blake3::hash(path.as_os_str().as_encoded_bytes()));
        if meta.len() >= LARGE
            && let Ok(Some(known)) = self.cache.get(&name)
            && let Ok(known) = String::from_utf8(known)
            && let Some(Ok(id)) = known.strip_prefix(&stamp).map(str::parse)
        {
            self.cache.touch(&name);
            return Ok(id);
        }
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; 1 << 20];
        loop {
            match file.read(&mut buffer)? {
                0 => break,
                count => hasher.update(&buffer[..count]),
            };
        }
        let id = AssetId::from_hash(*hasher.finalize().as_bytes());
        if meta.len() >= LARGE {
            // Without the note, the next run hashes again: slower, not wrong.
            let _ = self.cache.put(&name, format!("{stamp}{id}").as_bytes());
        }
        Ok(id)
    }
}

impl State {
    fn use_url(&mut self, url: &str, bytes: u64, kept: bool) {
        if !self.urls.iter().any(|used| used.url == url) {
            let url = url.to_owned();
            self.urls.push(UsedUrl { url, bytes, kept });
        }
    }
}

impl AssetStore for Library {
    fn find(&self, id: AssetId) -> Result<StoredAsset, StoreError> {
        self.lock()
            .stored
            .get(&id)
            .cloned()
            .ok_or_else(|| StoreError {
                message: "the recording did not ask for it".to_owned(),
                passing: false,
            })
    }
}

/// Whether a file can be used as `kind`.
fn check(entry: &Entry, kind: AssetKind) -> Result<(), String> {
    let video = entry.info.video.as_ref();
    match kind {
        AssetKind::Still if entry.vector.is_some() => Ok(()),
        AssetKind::Still if video.is_none() => Err("it has no picture".to_owned()),
        AssetKind::Video if video.is_none() => Err("it has no video stream".to_owned()),
        AssetKind::Audio if entry.info.audio.is_none() => Err("it has no audio stream".to_owned()),
        _ => Ok(()),
    }
}

/// What an address in a play list means. One that was fetched leads to what can be
/// fetched and nothing else.
fn beside(list: &str, address: &str) -> Result<String, String> {
    if is_url(list) {
        return Ok(Url::parse(list)?.join(address)?.in_full());
    }
    if is_url(address) {
        return Ok(address.to_owned());
    }
    if address.contains(':') {
        return Err(format!(
            "its part `{address}` is neither a file nor an `http:` or `https:` URL"
        ));
    }
    let folder = list.rsplit_once('/').map_or("", |(folder, _)| folder);
    Ok(match address.strip_prefix('/') {
        Some(_) => address.to_owned(),
        None => format!("{folder}/{address}"),
    })
}

/// An error and its causes as one line.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// A source as messages show it; data URLs are long.
fn shorten(src: &str) -> String {
    if src.chars().count() <= 200 {
        return src.to_owned();
    }
    let start: String = src.chars().take(60).collect();
    format!("{start}…")
}

fn is_url(src: &str) -> bool {
    let start = src.get(..8).unwrap_or(src).to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_play_list_of_one_small_file_does_not_fill_the_disk() {
        let root = tempfile::tempdir().unwrap();
        let public = root.path().join("public");
        fs::create_dir(&public).unwrap();
        fs::write(public.join("part.ts"), vec![0; 1 << 20]).unwrap();
        let parts = "#EXTINF:1,\npart.ts\n".repeat(3);
        let list = format!("#EXTM3U\n{parts}#EXT-X-ENDLIST\n");
        fs::write(public.join("film.m3u8"), list).unwrap();
        let fault = |most: u64| {
            let folder = crate::CacheFolder::temporary().unwrap();
            let access = Access {
                download_bytes: most,
                ..Access::default()
            };
            let library = Library::new(root.path().into(), folder.cache.clone(), Arc::default());
            let library = library.granting(access);
            library.asset("/film.m3u8", AssetKind::Video).unwrap_err()
        };
        let told = fault((3 << 20) - 1);
        assert!(told.contains("more than 2 MiB"), "{told}");
        // with room for all it is put together, and is no film
        let told = fault(3 << 20);
        assert!(!told.contains("MiB"), "{told}");
    }
}
