use std::{
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use bytes::Bytes;
use futures::TryStreamExt as _;
use object_store::{
    ObjectMeta, ObjectStore as _, ObjectStoreExt as _, PutMode, PutOptions, PutPayload,
    UpdateVersion, path::Path,
};
use serde::{Deserialize, Serialize};

use crate::{Account, Fault, FaultKind, aws::way_out, store::Store, upload::Upload};

/// Bytes of a large object that are read at once.
const PIECE: u64 = 16 << 20;

/// The bucket that holds a job's files.
#[derive(Clone)]
pub struct Bucket {
    store: Arc<Store>,
    requests: Arc<Counters>,
}

#[derive(Default)]
struct Counters {
    writes: AtomicU64,
    reads: AtomicU64,
}

/// Requests made of a bucket, by what AWS asks for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requests {
    /// Objects and parts stored, and lists.
    pub writes: u64,
    /// Objects read or looked for.
    pub reads: u64,
}

impl Requests {
    /// Adds another's.
    pub fn add(&mut self, other: Self) {
        self.writes += other.writes;
        self.reads += other.reads;
    }
}

impl Bucket {
    /// The bucket of this name.
    ///
    /// # Errors
    /// When the name or the account's settings are impossible.
    pub fn open(account: &Account, name: &str) -> Result<Self, Fault> {
        Ok(Self::of(Store::s3(account, name, "")?))
    }

    /// What a store keeps.
    pub(crate) fn of(store: Store) -> Self {
        Self {
            store: Arc::new(store),
            requests: Arc::default(),
        }
    }

    /// Requests made through this value and its clones.
    pub fn requests(&self) -> Requests {
        Requests {
            writes: self.requests.writes.load(Relaxed),
            reads: self.requests.reads.load(Relaxed),
        }
    }

    pub(crate) fn count_write(&self) {
        self.requests.writes.fetch_add(1, Relaxed);
    }

    fn count_read(&self) {
        self.requests.reads.fetch_add(1, Relaxed);
    }

    /// The bucket's name.
    pub fn name(&self) -> &str {
        &self.store.name
    }

    /// The address by which AWS's tools know an object.
    pub fn uri(&self, key: &str) -> String {
        format!("{}{key}", self.store.address)
    }

    pub(crate) fn fault(&self, doing: &str, key: &str, error: object_store::Error) -> Fault {
        let message = format!("cannot {doing} `{}`", self.uri(key));
        match S3Code::of(&error) {
            Some(S3Code::NoSuchBucket) => Fault::new(
                FaultKind::Tool,
                format!("there is no bucket `{}` (REVIDEO_BUCKET_NAME)", self.name()),
            ),
            // Another sandbox has credentials of its own.
            Some(S3Code::ExpiredToken) => Fault::new(
                FaultKind::Passing,
                format!("{message}: the AWS credentials have expired"),
            ),
            Some(S3Code::OtherRegion) => Fault::new(
                FaultKind::Tool,
                format!("the bucket `{}` lies in another region; the function's and the bucket's must be the same", self.name()),
            )
            .because(&error),
            None => match self.way_out(doing, &error) {
                Some(way_out) => Fault::new(FaultKind::Tool, format!("{message}: {way_out}")).because(&error),
                None => Fault::new(kind(&error), message).because(&error),
            },
        }
    }

    /// The way out of an error of AWS's own, if it is one of those with a known one.
    fn way_out(&self, doing: &str, error: &object_store::Error) -> Option<String> {
        let action = match doing {
            "list" => "s3:ListBucket",
            "remove" => "s3:DeleteObject",
            "store" | "begin to store" => "s3:PutObject",
            _ => "s3:GetObject",
        };
        let (code, message) = match document(error) {
            Some(told) => told,
            // An answer to HEAD has no document.
            None if matches!(error, object_store::Error::PermissionDenied { .. }) => {
                ("AccessDenied".to_owned(), String::new())
            }
            None => return None,
        };
        way_out(&code, &message, &self.store.region, Some(action))
    }

    /// An object's bytes; none if there is no such object.
    ///
    /// # Errors
    /// When the bucket cannot be read.
    pub async fn get(&self, key: &str) -> Result<Option<Bytes>, Fault> {
        self.count_read();
        let reading = |error| self.fault("read", key, error);
        match self.store.objects.get(&Path::from(key)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(reading)?)),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(reading(error)),
        }
    }

    /// An object's bytes, into a file; whether there is such an object.
    ///
    /// # Errors
    /// When the bucket cannot be read or the file not be written.
    pub async fn download(&self, key: &str, to: &mut std::fs::File) -> Result<bool, Fault> {
        use std::io::Write as _;
        let Some(meta) = self.head(key).await? else {
            return Ok(false);
        };
        let mut start = 0;
        while start < meta.size {
            let end = (start + PIECE).min(meta.size);
            let piece = self.get_range(key, start..end).await?;
            to.write_all(&piece).map_err(|error| {
                let message = format!("there is no room for `{}`", self.uri(key));
                Fault::tool(message, &error)
            })?;
            start = end;
        }
        Ok(true)
    }

    /// A part of an object.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn get_range(&self, key: &str, range: Range<u64>) -> Result<Bytes, Fault> {
        self.count_read();
        self.store
            .objects
            .get_range(&Path::from(key), range)
            .await
            .map_err(|error| self.fault("read", key, error))
    }

    /// What is known of an object; none if there is no such object.
    ///
    /// # Errors
    /// When the bucket cannot be asked.
    pub async fn head(&self, key: &str) -> Result<Option<ObjectMeta>, Fault> {
        self.count_read();
        match self.store.objects.head(&Path::from(key)).await {
            Ok(meta) => Ok(Some(meta)),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(self.fault("look for", key, error)),
        }
    }

    /// Stores an object, over an earlier one of its key.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub async fn put(&self, key: &str, bytes: impl Into<Bytes>) -> Result<(), Fault> {
        self.count_write();
        let payload = PutPayload::from(bytes.into());
        let put = self.store.objects.put(&Path::from(key), payload).await;
        put.map(drop)
            .map_err(|error| self.fault("store", key, error))
    }

    /// Stores an object of any size, a large one in parts.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub async fn put_large(&self, key: &str, bytes: Bytes) -> Result<(), Fault> {
        if bytes.len() as u64 <= PIECE {
            return self.put(key, bytes).await;
        }
        let upload = self.begin(key).await?;
        let mut parts = Vec::new();
        for (index, start) in (0..bytes.len()).step_by(PIECE as usize).enumerate() {
            let end = (start + PIECE as usize).min(bytes.len());
            match upload.part(index, bytes.slice(start..end)).await {
                Ok(part) => parts.push(part),
                Err(fault) => {
                    // The first failure is the one worth telling.
                    let _ = upload.abort().await;
                    return Err(fault);
                }
            }
        }
        upload.complete(parts).await
    }

    /// Stores an object unless there is one of its key; whether it was stored.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub async fn put_new(&self, key: &str, bytes: impl Into<Bytes>) -> Result<bool, Fault> {
        self.count_write();
        let payload = PutPayload::from(bytes.into());
        let options = PutOptions::from(PutMode::Create);
        match self
            .store
            .objects
            .put_opts(&Path::from(key), payload, options)
            .await
        {
            Ok(_) => Ok(true),
            Err(object_store::Error::AlreadyExists { .. }) => Ok(false),
            Err(error) => Err(self.fault("store", key, error)),
        }
    }

    /// An object's bytes and which version of it they are; none if there is no such object.
    ///
    /// # Errors
    /// When the bucket cannot be read.
    pub(crate) async fn get_version(&self, key: &str) -> Result<Option<(Bytes, Version)>, Fault> {
        self.count_read();
        match self.store.objects.get(&Path::from(key)).await {
            Ok(found) => {
                let version = Version(UpdateVersion {
                    e_tag: found.meta.e_tag.clone(),
                    version: found.meta.version.clone(),
                });
                let bytes = found.bytes().await;
                let bytes = bytes.map_err(|error| self.fault("read", key, error))?;
                Ok(Some((bytes, version)))
            }
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(self.fault("read", key, error)),
        }
    }

    /// Stores an object in place of this version of it, or where there is none yet;
    /// whether it was stored: not if somebody else has written it meanwhile.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub(crate) async fn put_version(
        &self,
        key: &str,
        bytes: impl Into<Bytes>,
        before: Option<Version>,
    ) -> Result<bool, Fault> {
        self.count_write();
        let mode = match before {
            Some(Version(version)) => PutMode::Update(version),
            None => PutMode::Create,
        };
        let payload = PutPayload::from(bytes.into());
        let options = PutOptions::from(mode);
        let path = Path::from(key);
        let put = self.store.objects.put_opts(&path, payload, options);
        match put.await {
            Ok(_) => Ok(true),
            Err(
                object_store::Error::AlreadyExists { .. }
                | object_store::Error::Precondition { .. },
            ) => Ok(false),
            // It was removed meanwhile.
            Err(error) if is_absent(&error) => Ok(false),
            Err(error) => Err(self.fault("store", key, error)),
        }
    }

    /// Copies an object inside of the bucket; whether there is such an object.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub(crate) async fn copy(&self, from: &str, to: &str) -> Result<bool, Fault> {
        self.count_write();
        let (from, to) = (Path::from(from), Path::from(to));
        match self.store.objects.copy(&from, &to).await {
            Ok(()) => Ok(true),
            Err(error) if is_absent(&error) => Ok(false),
            Err(error) => Err(self.fault("copy", from.as_ref(), error)),
        }
    }

    /// The keys that begin with this folder's, and their objects' sizes.
    ///
    /// # Errors
    /// When the bucket cannot be listed.
    pub async fn list(&self, folder: &str) -> Result<Vec<(String, u64)>, Fault> {
        self.count_write();
        let found: Vec<ObjectMeta> = self
            .store
            .objects
            .list(Some(&Path::from(folder)))
            .try_collect()
            .await
            .map_err(|error| self.fault("list", folder, error))?;
        let entry = |meta: ObjectMeta| (meta.location.to_string(), meta.size);
        Ok(found.into_iter().map(entry).collect())
    }

    /// Removes objects; those that are gone already do no harm.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub async fn delete(&self, keys: Vec<String>) -> Result<(), Fault> {
        use futures::StreamExt as _;
        let first = keys.first().cloned().unwrap_or_default();
        let paths = futures::stream::iter(keys.into_iter().map(|key| Ok(Path::from(key))));
        let mut deleted = self.store.objects.delete_stream(paths.boxed());
        while let Some(done) = deleted.next().await {
            match done {
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(self.fault("remove", &first, error)),
            }
        }
        Ok(())
    }

    /// A URL by which anybody can read the object for so long.
    ///
    /// # Errors
    /// When there are no credentials to sign it with, or the store has no URLs.
    pub async fn presign(&self, key: &str, lasting: Duration) -> Result<String, Fault> {
        let Some(cloud) = &self.store.cloud else {
            let message = format!("`{}` has no URL: it is a file", self.uri(key));
            return Err(Fault::new(FaultKind::Tool, message));
        };
        cloud
            .signed_url(reqwest::Method::GET, &Path::from(key), lasting)
            .await
            .map(|url| url.to_string())
            .map_err(|error| self.fault("sign a URL of", key, error))
    }

    /// Begins an object that is stored in parts.
    ///
    /// # Errors
    /// When the bucket refuses it.
    pub async fn begin(&self, key: &str) -> Result<Upload, Fault> {
        let begun = Upload::begin(self.clone(), Path::from(key), &self.store).await;
        begun.map_err(|error| self.fault("begin to store", key, error))
    }
}

/// Which version of an object was read.
pub(crate) struct Version(UpdateVersion);

/// Whether another attempt may help where S3 gave no code that tells.
fn kind(error: &object_store::Error) -> FaultKind {
    match error {
        object_store::Error::PermissionDenied { .. }
        | object_store::Error::Unauthenticated { .. }
        | object_store::Error::NotFound { .. } => FaultKind::Tool,
        // What lasted through the client's own attempts may still pass.
        _ => FaultKind::Passing,
    }
}

/// Whether there is no such object, in a bucket that there is.
fn is_absent(error: &object_store::Error) -> bool {
    let not_found = matches!(error, object_store::Error::NotFound { .. });
    not_found && S3Code::of(error) != Some(S3Code::NoSuchBucket)
}

/// The code and the message of S3's error document, which the client hands on in the text
/// of an error.
fn document(error: &dyn std::error::Error) -> Option<(String, String)> {
    let mut next = Some(error);
    while let Some(error) = next {
        let text = error.to_string();
        if let Some(code) = element(&text, "Code") {
            let message = element(&text, "Message").unwrap_or_default();
            return Some((code.to_owned(), message.to_owned()));
        }
        next = error.source();
    }
    None
}

/// What stands in the first element of this name.
fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let rest = text.split_once(&format!("<{name}>"))?.1;
    Some(rest.split_once(&format!("</{name}>"))?.0)
}

/// What an answer of S3 says went wrong, of the codes that need words of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum S3Code {
    NoSuchBucket,
    ExpiredToken,
    OtherRegion,
}

impl S3Code {
    /// The code of the answer behind an error, if it has one of these: the `Code` element
    /// of S3's error document, which the client hands on in the error's text. A redirect
    /// without a place to go has no document; S3 sends it to whoever asks the wrong region.
    fn of(error: &dyn std::error::Error) -> Option<Self> {
        let mut next = Some(error);
        while let Some(error) = next {
            let text = error.to_string();
            if text.starts_with("Received redirect without LOCATION") {
                return Some(Self::OtherRegion);
            }
            if let Some(code) = element(&text, "Code") {
                return Self::named(code);
            }
            next = error.source();
        }
        None
    }

    fn named(code: &str) -> Option<Self> {
        match code {
            "NoSuchBucket" => Some(Self::NoSuchBucket),
            "ExpiredToken" => Some(Self::ExpiredToken),
            "PermanentRedirect"
            | "AuthorizationHeaderMalformed"
            | "IllegalLocationConstraintException" => Some(Self::OtherRegion),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(body: &str) -> object_store::Error {
        let text = format!("Server returned non-2xx status code: 400 Bad Request: {body}");
        object_store::Error::Generic {
            store: "S3",
            source: text.into(),
        }
    }

    #[test]
    fn s3_s_own_code_counts_and_not_words_of_a_message() {
        let document = |code: &str, message: &str| {
            error(&format!(
                "<Error><Code>{code}</Code><Message>{message}</Message></Error>"
            ))
        };
        let found = |error: &object_store::Error| S3Code::of(error);
        let gone = document("NoSuchBucket", "The specified bucket does not exist");
        assert_eq!(found(&gone), Some(S3Code::NoSuchBucket));
        let expired = document("ExpiredToken", "The provided token has expired.");
        assert_eq!(found(&expired), Some(S3Code::ExpiredToken));
        let elsewhere = document("PermanentRedirect", "");
        assert_eq!(found(&elsewhere), Some(S3Code::OtherRegion));
        for other in [
            document("SlowDown", "NoSuchBucket ExpiredToken PermanentRedirect"),
            error("ExpiredToken"),
            object_store::Error::NotFound {
                path: "NoSuchBucket/ExpiredToken".to_owned(),
                source: "no such key".into(),
            },
        ] {
            assert_eq!(found(&other), None, "{other}");
        }
    }
}
