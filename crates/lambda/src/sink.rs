use std::{
    collections::VecDeque,
    io,
    path::{Path, PathBuf},
};

use bytes::Bytes;
use kinora_media::HeadSink;
use object_store::multipart::PartId;
use tokio::{runtime::Handle, task::JoinHandle};

use crate::{Bucket, Fault, upload::Upload};

/// Bytes of a part; those of a very long film are larger.
const PART: usize = 8 << 20;
/// Parts of one size; after so many, parts are twice as large, because there can be
/// no more than 10,000.
const PARTS_OF_A_SIZE: usize = 1000;
/// Parts on their way at once.
const ON_THE_WAY: usize = 3;

/// An object that a film is streamed to: neither disk nor memory ever holds more of it
/// than a few parts.
///
/// The film's head is known last, but comes first: the first part is held back until
/// then. To be used outside of the runtime's own threads, which it waits for.
pub struct BucketSink {
    bucket: Bucket,
    key: String,
    name: PathBuf,
    runtime: Handle,
    /// What follows the head, up to a part's size.
    first: Vec<u8>,
    /// The part being gathered.
    current: Vec<u8>,
    upload: Option<Upload>,
    on_the_way: VecDeque<JoinHandle<Result<PartId, Fault>>>,
    /// The parts that are stored, from the second on.
    stored: Vec<PartId>,
    length: u64,
}

impl BucketSink {
    /// A film that is to stand under `key`.
    pub fn new(bucket: Bucket, key: &str, runtime: Handle) -> Self {
        Self {
            name: bucket.uri(key).into(),
            key: key.to_owned(),
            bucket,
            runtime,
            first: Vec::new(),
            current: Vec::new(),
            upload: None,
            on_the_way: VecDeque::new(),
            stored: Vec::new(),
            length: 0,
        }
    }

    fn part_size(&self) -> usize {
        let sent = self.stored.len() + self.on_the_way.len();
        PART << (sent / PARTS_OF_A_SIZE).min(6)
    }

    /// Sends the gathered part on its way, waiting for earlier ones if there are many.
    fn send(&mut self) -> Result<(), Fault> {
        let upload = match &self.upload {
            Some(upload) => upload.clone(),
            None => {
                let begun = self.runtime.block_on(self.bucket.begin(&self.key))?;
                self.upload.insert(begun).clone()
            }
        };
        while self.on_the_way.len() >= ON_THE_WAY {
            self.arrive()?;
        }
        let index = 1 + self.stored.len() + self.on_the_way.len();
        let bytes = Bytes::from(std::mem::take(&mut self.current));
        let put = async move { upload.part(index, bytes).await };
        self.on_the_way.push_back(self.runtime.spawn(put));
        Ok(())
    }

    /// Waits for the part that has been on its way longest.
    fn arrive(&mut self) -> Result<(), Fault> {
        if let Some(part) = self.on_the_way.pop_front() {
            let part = self.runtime.block_on(part);
            let part = part.map_err(|error| Fault::tool("storing the film broke off", &error))?;
            self.stored.push(part?);
        }
        Ok(())
    }

    fn take(&mut self, mut bytes: &[u8]) -> Result<(), Fault> {
        while !bytes.is_empty() {
            let size = self.part_size();
            let (gathered, size) = match self.first.len() {
                length if length < PART => (&mut self.first, PART),
                _ => (&mut self.current, size),
            };
            let (now, later) = bytes.split_at(bytes.len().min(size - gathered.len()));
            gathered.extend_from_slice(now);
            bytes = later;
            if self.current.len() >= size {
                self.send()?;
            }
        }
        Ok(())
    }

    fn complete(&mut self, head: &[u8]) -> Result<(), Fault> {
        let first = Bytes::from([head, &std::mem::take(&mut self.first)].concat());
        if self.upload.is_none() && self.current.is_empty() {
            return self.runtime.block_on(self.bucket.put(&self.key, first));
        }
        if !self.current.is_empty() {
            self.send()?;
        }
        while !self.on_the_way.is_empty() {
            self.arrive()?;
        }
        let Some(upload) = self.upload.clone() else {
            return Ok(());
        };
        let first = self.runtime.block_on(upload.part(0, first))?;
        let parts = std::iter::once(first).chain(std::mem::take(&mut self.stored));
        self.runtime.block_on(upload.complete(parts.collect()))?;
        self.upload = None;
        Ok(())
    }
}

impl HeadSink for BucketSink {
    fn name(&self) -> &Path {
        &self.name
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len() as u64;
        self.take(bytes).map_err(io::Error::other)
    }

    fn finish(&mut self, head: &[u8]) -> io::Result<u64> {
        self.complete(head).map_err(io::Error::other)?;
        Ok(self.length + head.len() as u64)
    }
}

impl Drop for BucketSink {
    fn drop(&mut self) {
        for part in &self.on_the_way {
            part.abort();
        }
        if let Some(upload) = self.upload.take() {
            // What cannot be removed now, the bucket's own rule removes later.
            let _ = self.runtime.block_on(upload.abort());
        }
    }
}
