use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::SystemTime;

use s3s::{S3Error, S3Result, s3_error};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use crate::Bucket;
use crate::signature::hex;
use crate::storage::condition::{WriteCondition, no_such_key};
use crate::storage::object::{Attributes, Object, Sums};
use crate::storage::staging::Staged;
use crate::storage::upload::Upload;

/// Where the descriptions of the objects stand.
const DESCRIPTIONS: &str = ".objects";
/// Where objects are whose keys are no paths.
const ODD: &str = ".odd";
/// Where bodies are on their way.
const STAGING: &str = ".staging";

/// All buckets.
#[derive(Clone)]
pub struct Storage(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    state: Mutex<State>,
    serial: AtomicU64,
}

/// What there is.
#[derive(Default)]
pub struct State {
    pub shelves: BTreeMap<String, Shelf>,
    /// Uploads in parts that are neither complete nor aborted.
    pub uploads: BTreeMap<String, Upload>,
}

/// The objects of one bucket.
#[derive(Default)]
pub struct Shelf {
    pub writable: bool,
    /// Its region, where it is not the emulator's.
    pub region: Option<String>,
    pub made: Option<OffsetDateTime>,
    pub objects: BTreeMap<String, Object>,
    /// When objects are removed, as CloudFormation words it; kept and told, not followed.
    pub rules: Vec<serde_json::Value>,
}

/// A body with what belongs to it, about to become an object.
pub struct Draft {
    pub staged: Staged,
    pub etag: String,
    pub attributes: Attributes,
    pub sums: Sums,
}

impl State {
    pub fn shelf(&self, bucket: &str) -> S3Result<&Shelf> {
        self.shelves
            .get(bucket)
            .ok_or_else(|| s3_error!(NoSuchBucket, "The specified bucket does not exist"))
    }

    /// The bucket, if it may be written to.
    pub fn writable(&mut self, bucket: &str) -> S3Result<&mut Shelf> {
        self.shelf(bucket)?;
        match self.shelves.get_mut(bucket) {
            Some(shelf) if shelf.writable => Ok(shelf),
            _ => Err(s3_error!(AccessDenied, "Access Denied")),
        }
    }

    pub fn object(&self, bucket: &str, key: &str) -> S3Result<&Object> {
        self.shelf(bucket)?.objects.get(key).ok_or_else(no_such_key)
    }
}

impl Storage {
    /// Opens the folder with what it holds; makes the buckets.
    pub fn open(folder: &Path, buckets: &[Bucket]) -> io::Result<Self> {
        let mut state = State::default();
        let _ = std::fs::remove_dir_all(folder.join(STAGING));
        for name in [DESCRIPTIONS, ODD, STAGING] {
            std::fs::create_dir_all(folder.join(name))?;
        }
        for entry in std::fs::read_dir(folder.join(DESCRIPTIONS))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let shelf = Shelf {
                writable: true,
                made: Some(OffsetDateTime::now_utc()),
                ..load(folder, &entry.path())?
            };
            state.shelves.insert(name, shelf);
        }
        for bucket in buckets {
            std::fs::create_dir_all(folder.join(DESCRIPTIONS).join(&bucket.name))?;
            let shelf = state.shelves.entry(bucket.name.clone()).or_default();
            shelf.made.get_or_insert_with(OffsetDateTime::now_utc);
            shelf.writable = bucket.writable;
            shelf.region = bucket.region.clone();
        }
        let inner = Inner {
            folder: folder.to_owned(),
            state: Mutex::new(state),
            serial: AtomicU64::new(0),
        };
        Ok(Self(Arc::new(inner)))
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap()
    }

    /// A new file for a body.
    pub fn staging_path(&self) -> PathBuf {
        self.0.folder.join(STAGING).join(self.serial().to_string())
    }

    pub fn serial(&self) -> u64 {
        self.0.serial.fetch_add(1, Relaxed)
    }

    /// The object and its file, which stays readable whatever becomes of the object.
    pub fn read(&self, state: &State, bucket: &str, key: &str) -> S3Result<(Object, File)> {
        let object = state.object(bucket, key)?.clone();
        let file = File::open(self.0.folder.join(&object.file)).map_err(S3Error::internal_error)?;
        Ok((object, file))
    }

    /// Keys and sizes, in order.
    pub fn objects(&self, bucket: &str) -> Vec<(String, u64)> {
        let state = self.state();
        let objects = state
            .shelves
            .get(bucket)
            .map(|shelf| shelf.objects.values());
        objects
            .into_iter()
            .flatten()
            .map(|object| (object.key.clone(), object.size))
            .collect()
    }

    /// The keys of unfinished uploads.
    pub fn uploads(&self, bucket: &str) -> Vec<String> {
        let state = self.state();
        let uploads = state
            .uploads
            .values()
            .filter(|upload| upload.bucket == bucket);
        uploads.map(|upload| upload.key.clone()).collect()
    }

    pub fn make_bucket(&self, name: &str) -> S3Result<()> {
        let mut state = self.state();
        if state.shelves.contains_key(name) {
            return Err(s3_error!(BucketAlreadyOwnedByYou));
        }
        std::fs::create_dir_all(self.0.folder.join(DESCRIPTIONS).join(name))
            .map_err(S3Error::internal_error)?;
        let made = Some(OffsetDateTime::now_utc());
        state.shelves.insert(
            name.to_owned(),
            Shelf {
                writable: true,
                made,
                ..Shelf::default()
            },
        );
        Ok(())
    }

    pub fn remove_bucket(&self, name: &str) -> S3Result<()> {
        let mut state = self.state();
        if !state.writable(name)?.objects.is_empty() {
            return Err(s3_error!(
                BucketNotEmpty,
                "The bucket you tried to delete is not empty"
            ));
        }
        state.shelves.remove(name);
        let _ = std::fs::remove_dir_all(self.0.folder.join(DESCRIPTIONS).join(name));
        let _ = std::fs::remove_dir_all(self.0.folder.join(name));
        Ok(())
    }

    /// Makes the draft the object of this key, if the condition holds.
    pub fn put(
        &self,
        state: &mut State,
        bucket: &str,
        key: &str,
        draft: Draft,
        condition: &WriteCondition,
    ) -> S3Result<Object> {
        let shelf = state.writable(bucket)?;
        condition.check(shelf.objects.get(key))?;
        let place = match shelf.objects.get(key) {
            Some(object) => object.file.clone(),
            None => self.place(bucket, key),
        };
        let now = OffsetDateTime::from(SystemTime::now()).unix_timestamp_nanos();
        let object = Object {
            key: key.to_owned(),
            file: place,
            size: draft.staged.size,
            etag: draft.etag,
            modified: now,
            attributes: draft.attributes,
            sums: draft.sums,
        };
        self.describe(bucket, &object)
            .map_err(S3Error::internal_error)?;
        draft
            .staged
            .take(&self.0.folder.join(&object.file))
            .map_err(S3Error::internal_error)?;
        shelf.objects.insert(key.to_owned(), object.clone());
        Ok(object)
    }

    /// Removes the object, if there is one.
    pub fn remove(&self, state: &mut State, bucket: &str, key: &str) -> S3Result<()> {
        let shelf = state.writable(bucket)?;
        if let Some(object) = shelf.objects.remove(key) {
            let _ = std::fs::remove_file(self.description(bucket, key));
            let file = self.0.folder.join(&object.file);
            let _ = std::fs::remove_file(&file);
            // Folders that hold nothing more go too.
            let top = self.0.folder.join(bucket);
            for parent in file
                .ancestors()
                .skip(1)
                .take_while(|parent| parent.starts_with(&top))
            {
                if std::fs::remove_dir(parent).is_err() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// The file for a new key, its folder made: the key itself as a path where that
    /// is possible.
    fn place(&self, bucket: &str, key: &str) -> PathBuf {
        let folder = &self.0.folder;
        if let Some(path) = plain(key) {
            let place = Path::new(bucket).join(path);
            let parent = folder.join(&place).parent().map(Path::to_owned);
            let made = parent.is_some_and(|parent| std::fs::create_dir_all(parent).is_ok());
            if made && !folder.join(&place).exists() {
                return place;
            }
        }
        Path::new(ODD).join(format!("{bucket}-{}", name_of(key)))
    }

    fn description(&self, bucket: &str, key: &str) -> PathBuf {
        self.0
            .folder
            .join(DESCRIPTIONS)
            .join(bucket)
            .join(name_of(key))
    }

    fn describe(&self, bucket: &str, object: &Object) -> io::Result<()> {
        let text = serde_json::to_vec(object).map_err(io::Error::other)?;
        std::fs::write(self.description(bucket, &object.key), text)
    }
}

/// The objects that the folder describes and whose files are there.
fn load(folder: &Path, descriptions: &Path) -> io::Result<Shelf> {
    let mut objects = BTreeMap::new();
    for entry in std::fs::read_dir(descriptions)? {
        let text = std::fs::read(entry?.path())?;
        // A description that was cut off belongs to a write that did not end.
        let Ok(object) = serde_json::from_slice::<Object>(&text) else {
            continue;
        };
        let size = std::fs::metadata(folder.join(&object.file)).map(|file| file.len());
        if size.is_ok_and(|size| size == object.size) {
            objects.insert(object.key.clone(), object);
        }
    }
    Ok(Shelf {
        objects,
        ..Shelf::default()
    })
}

/// A name for any key.
fn name_of(key: &str) -> String {
    hex(&Sha256::digest(key)[..20])
}

/// The key as a path below its bucket's folder, if it is one.
fn plain(key: &str) -> Option<&Path> {
    let path = Path::new(key);
    let names: Option<Vec<&str>> = path
        .components()
        .map(|component| match component {
            Component::Normal(name) if name.len() <= 200 => name.to_str(),
            _ => None,
        })
        .collect();
    // A path is read with some tolerance; a key is not.
    let is_path = names?.join("/") == key && !key.is_empty() && !key.contains('\0');
    is_path.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_that_are_paths_become_paths() {
        for key in ["a", "a/b.mp4", ".hidden", "ü/ %"] {
            assert_eq!(plain(key), Some(Path::new(key)));
        }
        for key in [
            "",
            "/",
            "a/",
            "/a",
            "a//b",
            "a/./b",
            "a/../b",
            "..",
            "a\0b",
            &"x".repeat(201),
        ] {
            assert_eq!(plain(key), None, "{key}");
        }
    }
}
