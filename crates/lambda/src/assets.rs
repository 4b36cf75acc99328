use std::{
    collections::HashMap,
    fs::File,
    io::{self, Write as _},
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use kinora_farm::Cache;
use kinora_film::AssetId;
use kinora_media::{Blocks, ByteSource};
use kinora_project::{Access, Library, RemoteFile};
use kinora_script::{bundled_font, is_bundled};
use kinora_worker::{AssetStore, Content, StoreError, StoredAsset};
use tokio::runtime::Handle;

use crate::{Bucket, Fault, FaultKind, keys, plan::PlannedAsset};

/// Bytes read and stored at once.
const PIECE: u64 = 16 << 20;
/// A file in the bucket that is larger than this is read in parts and not brought whole.
const LARGE: u64 = 32 << 20;
/// Files on their way at once.
const ON_THE_WAY: usize = 4;
/// A file in the bucket of this age is stored anew, before the bucket's rule removes it.
const STALE: Duration = Duration::from_secs(20 * 24 * 3600);

/// Stores the files that a film uses in the bucket, each under its id; those that stand
/// there already are left alone. A file that was read in parts from where it is, and can be
/// reached there by everybody (or only by who is granted what this coordinator is), is left
/// there unless `copy` says otherwise.
///
/// # Errors
/// When a file cannot be read or stored.
pub async fn publish(
    bucket: &Bucket,
    library: &Arc<Library>,
    ids: &[AssetId],
    copy: bool,
) -> Result<Vec<PlannedAsset>, Fault> {
    let granted_alike = !library.access().private_addresses;
    let own = |id: &AssetId| !is_bundled(*id);
    stream::iter(ids.iter().copied().filter(own))
        .map(|id| async move {
            let stored = library
                .find(id)
                .map_err(|error| Fault::tool(format!("the file `{id}` is not at hand"), &error))?;
            let remote = library.remote(id);
            let mut asset = PlannedAsset {
                id,
                name: stored.name.clone(),
                bytes: length(&stored)?,
                hashed: remote.is_none(),
                remote: None,
            };
            match remote {
                Some((remote, public)) if !copy && (public || granted_alike) => {
                    asset.remote = Some(remote);
                }
                _ => publish_one(bucket, &asset, stored).await?,
            }
            Ok(asset)
        })
        .buffered(ON_THE_WAY)
        .try_collect()
        .await
}

async fn publish_one(
    bucket: &Bucket,
    asset: &PlannedAsset,
    stored: StoredAsset,
) -> Result<(), Fault> {
    let (key, bytes) = (keys::asset(asset.id), asset.bytes);
    if let Some(meta) = bucket.head(&key).await? {
        let written = SystemTime::from(meta.last_modified);
        let age = SystemTime::now().duration_since(written);
        if meta.size == bytes && age.is_ok_and(|age| age < STALE) {
            return Ok(());
        }
    }
    if bytes <= PIECE {
        return bucket.put(&key, read(&stored, 0, bytes)?).await;
    }
    let upload = bucket.begin(&key).await?;
    let pieces = stream::iter((0..bytes).step_by(PIECE as usize).enumerate());
    let parts = pieces
        .map(|(index, start)| {
            let (stored, upload) = (&stored, &upload);
            async move {
                let length = PIECE.min(bytes - start);
                let stored = stored.clone();
                // A file that is far away is waited for.
                let piece = tokio::task::spawn_blocking(move || read(&stored, start, length));
                let broke = |error| Fault::tool("reading a file broke off", &error);
                upload.part(index, piece.await.map_err(broke)??).await
            }
        })
        .buffered(ON_THE_WAY)
        .try_collect()
        .await;
    match parts {
        Ok(parts) => upload.complete(parts).await,
        Err(fault) => {
            // The first failure is the one worth telling.
            let _ = upload.abort().await;
            Err(fault)
        }
    }
}

fn length(stored: &StoredAsset) -> Result<u64, Fault> {
    match &stored.content {
        Content::Memory(bytes) => Ok((**bytes).as_ref().len() as u64),
        Content::Blocks(blocks) => Ok(blocks.length()),
        Content::File(path) => {
            let meta = std::fs::metadata(path);
            meta.map(|meta| meta.len())
                .map_err(|error| unreadable(stored, &error))
        }
    }
}

fn read(stored: &StoredAsset, start: u64, length: u64) -> Result<Bytes, Fault> {
    match &stored.content {
        Content::Memory(bytes) => {
            let (start, end) = (start as usize, (start + length) as usize);
            Ok(Bytes::copy_from_slice(&(**bytes).as_ref()[start..end]))
        }
        Content::Blocks(blocks) => {
            let mut piece = vec![0; length as usize];
            let done = blocks.read_at(start, &mut piece);
            done.map_err(|error| unreadable(stored, &error))?;
            Ok(piece.into())
        }
        Content::File(path) => {
            use std::os::unix::fs::FileExt as _;
            let mut piece = vec![0; length as usize];
            let file = File::open(path).map_err(|error| unreadable(stored, &error))?;
            let done = file.read_exact_at(&mut piece, start);
            done.map_err(|error| unreadable(stored, &error))?;
            Ok(piece.into())
        }
    }
}

fn unreadable(stored: &StoredAsset, error: &std::io::Error) -> Fault {
    Fault::tool(format!("cannot read `{}`", stored.name), error)
}

/// The files of a planned film, brought from the bucket when they are asked for and
/// kept for later calls of the same sandbox.
pub struct BucketStore {
    bucket: Bucket,
    assets: HashMap<AssetId, PlannedAsset>,
    cache: Cache,
    access: Access,
    runtime: Handle,
    /// Files that are read in parts; held while one is brought, so that none is twice.
    open: Mutex<HashMap<AssetId, Arc<Blocks>>>,
}

impl BucketStore {
    /// The files of a plan, kept in `cache`. To be asked outside of the runtime's own
    /// threads.
    pub fn new(
        bucket: Bucket,
        assets: HashMap<AssetId, PlannedAsset>,
        cache: Cache,
        access: Access,
        runtime: Handle,
    ) -> Self {
        Self {
            bucket,
            assets,
            cache,
            access,
            runtime,
            open: Mutex::default(),
        }
    }

    /// A file that is read in parts from where it is; none if it is to be brought.
    fn blocks(&self, asset: &PlannedAsset) -> Result<Option<Blocks>, StoreError> {
        if let Some(remote) = &asset.remote {
            let (cache, access) = (self.cache.clone(), self.access.clone());
            let (name, progress) = (asset.name.as_str(), Arc::default());
            let opened = RemoteFile::reopen(name, remote.clone(), cache, progress, access);
            return opened.map(Some).map_err(|reason| StoreError {
                message: format!(
                    "a worker cannot read `{name}` from where it is: {reason}; let it be copied into the bucket (--copy-sources)"
                ),
                passing: false,
            });
        }
        let object = || BucketObject {
            bucket: self.bucket.clone(),
            key: keys::asset(asset.id),
            name: asset.name.clone(),
            bytes: asset.bytes,
            runtime: self.runtime.clone(),
        };
        let large = asset.bytes > LARGE;
        Ok(large.then(|| Blocks::new(Box::new(object()))))
    }

    /// Brings a file into the cache.
    fn bring(&self, asset: &PlannedAsset, name: &str) -> Result<(), Fault> {
        let key = keys::asset(asset.id);
        let room = |error| {
            let message = format!(
                "there is no room for `{}` ({} bytes); give the function more ephemeral storage",
                asset.name, asset.bytes
            );
            Fault {
                kind: FaultKind::Passing,
                ..Fault::tool(message, &error)
            }
        };
        let own = self.assets.keys().map(|id| cached_name(*id)).collect();
        self.cache.make_room(asset.bytes, &own).map_err(room)?;
        let mut file = self.cache.unfinished().map_err(room)?;
        let mut hasher = blake3::Hasher::new();
        let mut start = 0;
        while start < asset.bytes {
            let end = (start + PIECE).min(asset.bytes);
            let piece = self
                .runtime
                .block_on(self.bucket.get_range(&key, start..end))?;
            if piece.is_empty() {
                break;
            }
            hasher.update(&piece);
            file.write_all(&piece).map_err(room)?;
            start += piece.len() as u64;
        }
        let own = AssetId::from_hash(*hasher.finalize().as_bytes()) == asset.id;
        if start != asset.bytes || asset.hashed && !own {
            let message = format!("`{}` in the bucket is damaged", asset.name);
            return Err(Fault::new(FaultKind::Passing, message));
        }
        self.cache.adopt(file, name).map_err(room)
    }
}

fn cached_name(id: AssetId) -> String {
    format!("asset-{id}")
}

impl AssetStore for BucketStore {
    fn find(&self, id: AssetId) -> Result<StoredAsset, StoreError> {
        if let Some(font) = bundled_font(id) {
            return Ok(StoredAsset {
                name: font.family,
                content: Content::Memory(font.bytes),
            });
        }
        let Some(asset) = self.assets.get(&id) else {
            return Err(StoreError {
                message: "the plan does not name it".to_owned(),
                passing: false,
            });
        };
        let name = cached_name(id);
        let stored = |content| StoredAsset {
            name: asset.name.clone(),
            content,
        };
        let mut open = self.open.lock().expect("no holder of the lock panics");
        if let Some(blocks) = open.get(&id) {
            return Ok(stored(Content::Blocks(blocks.clone())));
        }
        if let Some(blocks) = self.blocks(asset)? {
            let blocks = open.entry(id).or_insert(Arc::new(blocks));
            return Ok(stored(Content::Blocks(blocks.clone())));
        }
        if !self.cache.touch(&name) {
            self.bring(asset, &name).map_err(|fault| StoreError {
                passing: fault.kind == FaultKind::Passing,
                message: fault.text(),
            })?;
        }
        Ok(stored(Content::File(self.cache.path(&name))))
    }
}

/// A file of the bucket, read in parts. It stands under what its bytes are, so it does not
/// change.
struct BucketObject {
    bucket: Bucket,
    key: String,
    name: String,
    bytes: u64,
    runtime: Handle,
}

impl ByteSource for BucketObject {
    fn name(&self) -> &str {
        &self.name
    }

    fn length(&self) -> u64 {
        self.bytes
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let range = offset..offset + buffer.len() as u64;
        let read = self.bucket.get_range(&self.key, range);
        let piece = self.runtime.block_on(read).map_err(|fault| {
            let kind = match fault.kind {
                FaultKind::Passing => io::ErrorKind::TimedOut,
                _ => io::ErrorKind::Other,
            };
            io::Error::new(kind, fault.text())
        })?;
        if piece.len() != buffer.len() {
            let uri = self.bucket.uri(&self.key);
            return Err(io::Error::other(format!(
                "`{uri}` is shorter than the {} bytes that it was stored with",
                self.bytes
            )));
        }
        buffer.copy_from_slice(&piece);
        Ok(())
    }
}
