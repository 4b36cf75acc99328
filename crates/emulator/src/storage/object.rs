use std::collections::HashMap;
use std::path::PathBuf;

use s3s::dto::{Checksum, ETag, Timestamp};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// What a client says of an object besides its body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attributes {
    pub cache_control: Option<String>,
    pub content_disposition: Option<String>,
    pub content_encoding: Option<String>,
    pub content_language: Option<String>,
    pub content_type: Option<String>,
    /// Seconds since 1970.
    pub expires: Option<i64>,
    pub metadata: HashMap<String, String>,
}

/// Sums of a body in base64, those that somebody wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sums {
    pub crc32: Option<String>,
    pub crc32c: Option<String>,
    pub crc64nvme: Option<String>,
    pub sha1: Option<String>,
    pub sha256: Option<String>,
}

impl From<Checksum> for Sums {
    fn from(sums: Checksum) -> Self {
        Self {
            crc32: sums.checksum_crc32,
            crc32c: sums.checksum_crc32c,
            crc64nvme: sums.checksum_crc64nvme,
            sha1: sums.checksum_sha1,
            sha256: sums.checksum_sha256,
        }
    }
}

/// An object as it is found under its key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Object {
    pub key: String,
    /// Its file, within the storage's folder.
    pub file: PathBuf,
    pub size: u64,
    /// Without quotation marks.
    pub etag: String,
    /// Nanoseconds since 1970.
    pub modified: i128,
    pub attributes: Attributes,
    pub sums: Sums,
}

impl Object {
    pub fn etag(&self) -> ETag {
        ETag::Strong(self.etag.clone())
    }

    pub fn modified(&self) -> Timestamp {
        let time = OffsetDateTime::from_unix_timestamp_nanos(self.modified);
        time.unwrap_or(OffsetDateTime::UNIX_EPOCH).into()
    }

    /// As HTTP's dates tell it: whole seconds.
    pub fn modified_second(&self) -> i128 {
        self.modified.div_euclid(1_000_000_000)
    }
}

impl Attributes {
    pub fn expires(&self) -> Option<Timestamp> {
        let time = OffsetDateTime::from_unix_timestamp(self.expires?).ok()?;
        Some(time.into())
    }
}

/// The attributes in a request that carries them.
macro_rules! attributes {
    ($input:expr) => {
        $crate::storage::object::Attributes {
            cache_control: $input.cache_control.take(),
            content_disposition: $input.content_disposition.take(),
            content_encoding: $input.content_encoding.take(),
            content_language: $input.content_language.take(),
            content_type: $input.content_type.take(),
            expires: $input
                .expires
                .take()
                .map(|expires| time::OffsetDateTime::from(expires).unix_timestamp()),
            metadata: $input.metadata.take().unwrap_or_default(),
        }
    };
}
pub(crate) use attributes;

/// The fields of an answer that tell of an object's attributes, date and tag.
macro_rules! described {
    ($output:ident, $object:expr, $attributes:expr, $with_sums:expr) => {{
        let (object, attributes) = (&$object, $attributes);
        let sums = if $with_sums {
            object.sums.clone()
        } else {
            Default::default()
        };
        $output {
            accept_ranges: Some("bytes".to_owned()),
            cache_control: attributes.cache_control.clone(),
            content_disposition: attributes.content_disposition.clone(),
            content_encoding: attributes.content_encoding.clone(),
            content_language: attributes.content_language.clone(),
            content_type: Some(
                attributes
                    .content_type
                    .clone()
                    .unwrap_or_else(|| "binary/octet-stream".to_owned()),
            ),
            expires: attributes.expires(),
            e_tag: Some(object.etag()),
            last_modified: Some(object.modified()),
            metadata: Some(attributes.metadata.clone()),
            checksum_crc32: sums.crc32,
            checksum_crc32c: sums.crc32c,
            checksum_crc64nvme: sums.crc64nvme,
            checksum_sha1: sums.sha1,
            checksum_sha256: sums.sha256,
            ..Default::default()
        }
    }};
}
pub(crate) use described;
