use std::{
    collections::HashMap,
    fs::File,
    io::Write as _,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use kinora_farm::Cache;
use kinora_film::AssetId;
use kinora_project::Library;
use kinora_script::bundled_fonts;
use kinora_worker::{AssetStore, Content, StoreError, StoredAsset};
use tokio::runtime::Handle;

use crate::{Bucket, Fault, FaultKind, keys, plan::PlannedAsset};

/// Bytes read and stored at once.
const PIECE: u64 = 16 << 20;
/// Files on their way at once.
const ON_THE_WAY: usize = 4;
/// A file in the bucket of this age is stored anew, before the bucket's rule removes it.
const STALE: Duration = Duration::from_secs(20 * 24 * 3600);

/// Stores the files that a film uses in the bucket, each under its hash; those that
/// stand there already are left alone.
///
/// # Errors
/// When a file cannot be read or stored.
pub async fn publish(
    bucket: &Bucket,
    library: &Arc<Library>,
    ids: &[AssetId],
) -> Result<Vec<PlannedAsset>, Fault> {
    let own = |id: &AssetId| !bundled_fonts().iter().any(|font| font.id == *id);
    stream::iter(ids.iter().copied().filter(own))
        .map(|id| async move {
            let stored = library
                .find(id)
                .map_err(|error| Fault::tool(format!("the file `{id}` is not at hand"), &error))?;
            publish_one(bucket, id, stored).await
        })
        .buffered(ON_THE_WAY)
        .try_collect()
        .await
}

async fn publish_one(
    bucket: &Bucket,
    id: AssetId,
    stored: StoredAsset,
) -> Result<PlannedAsset, Fault> {
    let key = keys::asset(id);
    let bytes = length(&stored)?;
    let asset = PlannedAsset {
        id,
        name: stored.name.clone(),
        bytes,
    };
    if let Some(meta) = bucket.head(&key).await? {
        let written = SystemTime::from(meta.last_modified);
        let age = SystemTime::now().duration_since(written);
        if meta.size == bytes && age.is_ok_and(|age| age < STALE) {
            return Ok(asset);
        }
    }
    if bytes <= PIECE {
        bucket.put(&key, read(&stored, 0, bytes)?).await?;
        return Ok(asset);
    }
    let upload = bucket.begin(&key).await?;
    let pieces = stream::iter((0..bytes).step_by(PIECE as usize).enumerate());
    let parts = pieces
        .map(|(index, start)| {
            let (stored, upload) = (&stored, &upload);
            async move {
                let length = PIECE.min(bytes - start);
                upload.part(index, read(stored, start, length)?).await
            }
        })
        .buffered(ON_THE_WAY)
        .try_collect()
        .await;
    match parts {
        Ok(parts) => upload.complete(parts).await?,
        Err(fault) => {
            // The first failure is the one worth telling.
            let _ = upload.abort().await;
            return Err(fault);
        }
    }
    Ok(asset)
}

fn length(stored: &StoredAsset) -> Result<u64, Fault> {
    match &stored.content {
        Content::Memory(bytes) => Ok((**bytes).as_ref().len() as u64),
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
    runtime: Handle,
    /// Held while a file is brought, so that none is brought twice.
    bringing: Mutex<()>,
}

impl BucketStore {
    /// The files of a plan, kept in `cache`. To be asked outside of the runtime's own
    /// threads.
    pub fn new(
        bucket: Bucket,
        assets: HashMap<AssetId, PlannedAsset>,
        cache: Cache,
        runtime: Handle,
    ) -> Self {
        Self {
            bucket,
            assets,
            cache,
            runtime,
            bringing: Mutex::new(()),
        }
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
        if AssetId::from_hash(*hasher.finalize().as_bytes()) != asset.id {
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
        if let Some(font) = bundled_fonts().iter().find(|font| font.id == id) {
            return Ok(StoredAsset {
                name: font.family.clone(),
                content: Content::Memory(font.bytes.clone()),
            });
        }
        let Some(asset) = self.assets.get(&id) else {
            return Err(StoreError {
                message: "the plan does not name it".to_owned(),
                passing: false,
            });
        };
        let name = cached_name(id);
        let guard = self.bringing.lock();
        if !self.cache.touch(&name) {
            self.bring(asset, &name).map_err(|fault| StoreError {
                passing: fault.kind == FaultKind::Passing,
                message: fault.text(),
            })?;
        }
        drop(guard);
        Ok(StoredAsset {
            name: asset.name.clone(),
            content: Content::File(self.cache.path(&name)),
        })
    }
}
