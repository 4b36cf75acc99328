use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

use s3s::crypto::{Checksum as _, Md5};
use s3s::dto::CompletedPart;
use s3s::{S3Error, S3Result, s3_error};
use time::OffsetDateTime;

use crate::signature::hex;
use crate::storage::index::{State, Storage};
use crate::storage::object::Attributes;
use crate::storage::staging::Staged;

/// The least bytes of a part that is not the last.
const LEAST: u64 = 5 * 1024 * 1024;
/// The most parts of an upload.
pub const MOST_PARTS: i32 = 10_000;

/// An object that arrives in parts.
#[derive(Debug)]
pub struct Upload {
    pub bucket: String,
    pub key: String,
    pub attributes: Attributes,
    pub begun: OffsetDateTime,
    pub parts: BTreeMap<i32, Part>,
}

#[derive(Clone, Debug)]
pub struct Part {
    pub staged: Arc<Staged>,
    pub modified: OffsetDateTime,
}

pub fn no_such_upload() -> S3Error {
    s3_error!(
        NoSuchUpload,
        "The specified upload does not exist. The upload ID may be invalid, \
         or the upload may have been aborted or completed."
    )
}

impl State {
    /// The upload, if it is one for this key.
    pub fn upload(&mut self, bucket: &str, key: &str, id: &str) -> S3Result<&mut Upload> {
        self.shelf(bucket)?;
        match self.uploads.get_mut(id) {
            Some(upload) if upload.bucket == bucket && upload.key == key => Ok(upload),
            _ => Err(no_such_upload()),
        }
    }
}

impl Upload {
    /// The parts that the client names, if they make an object.
    pub fn chosen(&self, named: &[CompletedPart]) -> S3Result<Vec<Arc<Staged>>> {
        let invalid = || {
            s3_error!(
                InvalidPart,
                "One or more of the specified parts could not be found. The part may not have been uploaded, \
                 or the specified entity tag may not match the part's entity tag."
            )
        };
        let numbers: Vec<i32> = named
            .iter()
            .map(|part| part.part_number.unwrap_or(0))
            .collect();
        if numbers.is_empty() {
            return Err(s3_error!(
                MalformedXML,
                "The XML you provided was not well-formed"
            ));
        }
        if !numbers.is_sorted_by(|one, next| one < next) {
            return Err(s3_error!(
                InvalidPartOrder,
                "The list of parts was not in ascending order. Parts must be ordered by part number."
            ));
        }
        let mut chosen = Vec::new();
        for (part, number) in named.iter().zip(&numbers) {
            let staged = &self.parts.get(number).ok_or_else(invalid)?.staged;
            if part
                .e_tag
                .as_ref()
                .is_none_or(|etag| etag.value() != staged.etag())
            {
                return Err(invalid());
            }
            let sums = &staged.sums;
            for (given, made) in [
                (&part.checksum_crc32, &sums.crc32),
                (&part.checksum_crc32c, &sums.crc32c),
                (&part.checksum_crc64nvme, &sums.crc64nvme),
                (&part.checksum_sha1, &sums.sha1),
                (&part.checksum_sha256, &sums.sha256),
            ] {
                if given.is_some() && made.is_some() && given != made {
                    return Err(invalid());
                }
            }
            chosen.push(staged.clone());
        }
        if chosen[..chosen.len() - 1]
            .iter()
            .any(|part| part.size < LEAST)
        {
            return Err(s3_error!(
                EntityTooSmall,
                "Your proposed upload is smaller than the minimum allowed size"
            ));
        }
        Ok(chosen)
    }
}

/// Puts the parts behind one another; gives the body and its tag.
pub fn join(storage: &Storage, parts: &[Arc<Staged>]) -> io::Result<(Staged, String)> {
    let path = storage.staging_path();
    let mut file = File::create(&path)?;
    let mut joined = Staged::empty(path);
    let mut md5 = Md5::new();
    for part in parts {
        joined.size += io::copy(&mut File::open(part.path())?, &mut file)?;
        md5.update(&part.md5);
    }
    file.flush()?;
    let etag = format!("{}-{}", hex(&md5.finalize()), parts.len());
    Ok((joined, etag))
}
