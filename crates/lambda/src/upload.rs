use std::{collections::BTreeMap, sync::Arc};

use bytes::Bytes;
use object_store::{
    Error, MultipartUpload, ObjectStoreExt as _, PutPayload, multipart::PartId, path::Path,
};
use tokio::sync::Mutex;

use crate::{
    Bucket, Fault,
    store::{Cloud, Store},
};

/// An object that is stored in parts, in any order; nothing stands under its key
/// before [`Upload::complete`].
#[derive(Clone)]
pub struct Upload {
    bucket: Bucket,
    path: Path,
    way: Way,
}

#[derive(Clone)]
enum Way {
    /// Each part on its own, under the name of the whole.
    Parts(Arc<dyn Cloud>, String),
    /// One after another.
    Row(Arc<Mutex<Row>>),
}

/// A file whose parts are written in order; those that come early wait.
struct Row {
    file: Box<dyn MultipartUpload>,
    next: usize,
    early: BTreeMap<usize, Bytes>,
}

impl Row {
    async fn part(&mut self, index: usize, bytes: Bytes) -> Result<(), Error> {
        self.early.insert(index, bytes);
        while let Some(bytes) = self.early.remove(&self.next) {
            self.file.put_part(PutPayload::from(bytes)).await?;
            self.next += 1;
        }
        Ok(())
    }
}

impl Upload {
    /// Begins an object.
    pub(crate) async fn begin(bucket: Bucket, path: Path, store: &Store) -> Result<Self, Error> {
        let way = match &store.cloud {
            Some(cloud) => Way::Parts(cloud.clone(), cloud.create_multipart(&path).await?),
            None => Way::Row(Arc::new(Mutex::new(Row {
                file: store.objects.put_multipart(&path).await?,
                next: 0,
                early: BTreeMap::new(),
            }))),
        };
        Ok(Self { bucket, path, way })
    }

    /// Stores part number `index`, counted from 0. All but the last are at least 5 MiB.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub async fn part(&self, index: usize, bytes: Bytes) -> Result<PartId, Fault> {
        self.bucket.count_write();
        let put = match &self.way {
            Way::Parts(cloud, id) => {
                let payload = PutPayload::from(bytes);
                cloud.put_part(&self.path, id, index, payload).await
            }
            Way::Row(row) => row.lock().await.part(index, bytes).await.map(|()| PartId {
                content_id: String::new(),
            }),
        };
        put.map_err(|error| self.fault(error))
    }

    /// Puts the parts together in order.
    ///
    /// # Errors
    /// When the bucket refuses it.
    pub async fn complete(&self, parts: Vec<PartId>) -> Result<(), Fault> {
        let done = match &self.way {
            Way::Parts(cloud, id) => cloud.complete_multipart(&self.path, id, parts).await,
            Way::Row(row) => row.lock().await.file.complete().await,
        };
        done.map(drop).map_err(|error| self.fault(error))
    }

    /// Gives the object up; its parts are removed.
    ///
    /// # Errors
    /// When the bucket does not answer.
    pub async fn abort(&self) -> Result<(), Fault> {
        let done = match &self.way {
            Way::Parts(cloud, id) => cloud.abort_multipart(&self.path, id).await,
            Way::Row(row) => row.lock().await.file.abort().await,
        };
        done.map_err(|error| self.fault(error))
    }

    fn fault(&self, error: Error) -> Fault {
        self.bucket.fault("store", self.path.as_ref(), error)
    }
}
