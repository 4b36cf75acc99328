//! Which stores hold jobs: S3, Google's and Azure's, and folders.

use std::{path::PathBuf, sync::Arc, time::Duration};

use object_store::{
    ClientOptions, ObjectStore, RetryConfig,
    aws::{AmazonS3Builder, S3ConditionalPut},
    azure::MicrosoftAzureBuilder,
    gcp::GoogleCloudStorageBuilder,
    local::LocalFileSystem,
    multipart::MultipartStore,
    prefix::PrefixStore,
    signer::Signer,
};

use crate::{Account, Bucket, Fault, FaultKind, account::use_ring};

/// How long a failing request is tried again, with growing pauses.
const PATIENCE: Duration = Duration::from_secs(30);

/// Types of content by the endings of names, so that browsers play what a film's URL gives.
const CONTENT: [(&str, &str); 20] = [
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("webm", "video/webm"),
    ("mov", "video/quicktime"),
    ("m3u8", "application/vnd.apple.mpegurl"),
    ("m4s", "video/iso.segment"),
    ("gif", "image/gif"),
    ("apng", "image/apng"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("avif", "image/avif"),
    ("webp", "image/webp"),
    ("wav", "audio/wav"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("opus", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("flac", "audio/flac"),
    ("json", "application/json"),
];

/// What stores of clouds can do beyond keeping objects: take them in parts, in any order, and
/// sign URLs.
pub(crate) trait Cloud: MultipartStore + Signer {}

impl<T: MultipartStore + Signer> Cloud for T {}

/// A store of objects.
pub(crate) struct Store {
    pub objects: Arc<dyn ObjectStore>,
    /// The same if it is a cloud's.
    pub cloud: Option<Arc<dyn Cloud>>,
    /// What is before a key in an object's address: `s3://films/`.
    pub address: String,
    /// The bucket's name, or the folder's.
    pub name: String,
    /// AWS's region, if it is there.
    pub region: String,
}

impl Store {
    /// A bucket of S3, or the part of it below a prefix.
    ///
    /// # Errors
    /// When the name or the account's settings are impossible.
    pub fn s3(account: &Account, name: &str, prefix: &str) -> Result<Self, Fault> {
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(name)
            .with_region(account.region())
            .with_credentials(account.credentials())
            .with_conditional_put(S3ConditionalPut::ETagMatch)
            .with_retry(patient())
            .with_client_options(client());
        builder = match account.s3_endpoint() {
            Some(endpoint) => builder.with_endpoint(endpoint),
            None => builder.with_virtual_hosted_style_request(true),
        };
        let built = builder.build();
        Ok(Self {
            region: account.region().to_owned(),
            ..Self::cloud(built.map_err(unusable(name))?, "s3", name, prefix)
        })
    }

    /// A bucket of Google Cloud Storage, by what the environment says of the account
    /// (`GOOGLE_APPLICATION_CREDENTIALS`, `GOOGLE_SERVICE_ACCOUNT`, or the machine's own).
    fn gcs(name: &str, prefix: &str) -> Result<Self, Fault> {
        let built = GoogleCloudStorageBuilder::from_env()
            .with_bucket_name(name)
            .with_retry(patient())
            .with_client_options(client())
            .build();
        Ok(Self::cloud(
            built.map_err(unusable(name))?,
            "gs",
            name,
            prefix,
        ))
    }

    /// A container of Azure Blob Storage, by what the environment says of the account
    /// (`AZURE_STORAGE_ACCOUNT_NAME`, `AZURE_STORAGE_ACCOUNT_KEY` and its like).
    fn azure(name: &str, prefix: &str) -> Result<Self, Fault> {
        let built = MicrosoftAzureBuilder::from_env()
            .with_container_name(name)
            .with_retry(patient())
            .with_client_options(client())
            .build();
        Ok(Self::cloud(
            built.map_err(unusable(name))?,
            "az",
            name,
            prefix,
        ))
    }

    fn cloud<T: ObjectStore + MultipartStore + Signer>(
        store: T,
        scheme: &str,
        name: &str,
        prefix: &str,
    ) -> Self {
        let store = Arc::new(PrefixStore::new(store, prefix));
        let below = match prefix {
            "" => String::new(),
            prefix => format!("{prefix}/"),
        };
        Self {
            objects: store.clone(),
            cloud: Some(store),
            address: format!("{scheme}://{name}/{below}"),
            name: name.to_owned(),
            region: String::new(),
        }
    }

    /// A folder of this machine, or of a disk that many machines share; it is made if absent.
    fn folder(path: &str) -> Result<Self, Fault> {
        let cannot = |error: &dyn std::error::Error| {
            Fault::new(FaultKind::Tool, format!("cannot use the folder `{path}`")).because(error)
        };
        std::fs::create_dir_all(path).map_err(|error| cannot(&error))?;
        let store = LocalFileSystem::new_with_prefix(path).map_err(|error| cannot(&error))?;
        Ok(Self {
            objects: Arc::new(store),
            cloud: None,
            address: format!("{}/", path.trim_end_matches('/')),
            name: path.to_owned(),
            region: String::new(),
        })
    }
}

impl Bucket {
    /// The store that an address names: `s3://BUCKET/PREFIX`, `gs://BUCKET/PREFIX` (Google
    /// Cloud Storage), `az://CONTAINER/PREFIX` (Azure), `file:///FOLDER` or a folder's path.
    ///
    /// # Errors
    /// When the address is none of these, or the environment names no account for it.
    pub async fn at(address: &str) -> Result<Self, Fault> {
        Ok(Self::of(match Address::parse(address)? {
            Address::Folder(path) => Store::folder(&path.to_string_lossy())?,
            Address::Cloud(scheme, name, prefix) => match scheme {
                Scheme::S3 => {
                    let account = Account::from_environment().await?;
                    account.check().await?;
                    Store::s3(&account, &name, &prefix)?
                }
                Scheme::Gcs => Store::gcs(&name, &prefix)?,
                Scheme::Azure => Store::azure(&name, &prefix)?,
            },
        }))
    }
}

/// What an address names.
#[derive(Debug, PartialEq)]
enum Address {
    Folder(PathBuf),
    /// A bucket and what is before the keys in it.
    Cloud(Scheme, String, String),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Scheme {
    S3,
    Gcs,
    Azure,
}

impl Address {
    fn parse(text: &str) -> Result<Self, Fault> {
        let wrong = |what: &str| {
            Fault::new(
                FaultKind::Event,
                format!(
                    "`{text}` {what}; a store is `s3://BUCKET/PREFIX`, `gs://BUCKET/PREFIX`, \
                     `az://CONTAINER/PREFIX` or a folder"
                ),
            )
        };
        let Some((scheme, rest)) = text.split_once("://") else {
            return match text {
                "" => Err(wrong("names nothing")),
                path => Ok(Self::Folder(path.into())),
            };
        };
        let scheme = match scheme {
            "s3" => Scheme::S3,
            "gs" => Scheme::Gcs,
            "az" => Scheme::Azure,
            "file" if rest.starts_with('/') => return Ok(Self::Folder(rest.into())),
            "file" => return Err(wrong("has no path from the root on")),
            _ => return Err(wrong("is no store that is known here")),
        };
        let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if name.is_empty() {
            return Err(wrong("names no bucket"));
        }
        let prefix = prefix.trim_end_matches('/');
        let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
        if !prefix.is_empty() && !prefix.split('/').all(plain) {
            return Err(wrong("has empty parts, `.` or `..` in it"));
        }
        Ok(Self::Cloud(scheme, name.to_owned(), prefix.to_owned()))
    }
}

fn patient() -> RetryConfig {
    RetryConfig {
        retry_timeout: PATIENCE,
        max_retries: 12,
        ..RetryConfig::default()
    }
}

fn client() -> ClientOptions {
    use_ring();
    let options = ClientOptions::new()
        .with_allow_http(true)
        .with_connect_timeout(Duration::from_secs(5))
        .with_timeout(Duration::from_secs(120));
    let content = |options: ClientOptions, (ending, kind): &(&str, &str)| {
        options.with_content_type_for_suffix(*ending, *kind)
    };
    CONTENT.iter().fold(options, content)
}

fn unusable(name: &str) -> impl Fn(object_store::Error) -> Fault {
    move |error| Fault::tool(format!("cannot use the bucket `{name}`"), &error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_stores() {
        let cloud = |scheme, name: &str, prefix: &str| {
            Address::Cloud(scheme, name.to_owned(), prefix.to_owned())
        };
        for (text, named) in [
            ("s3://films", cloud(Scheme::S3, "films", "")),
            ("s3://films/a/b/", cloud(Scheme::S3, "films", "a/b")),
            ("gs://films/a", cloud(Scheme::Gcs, "films", "a")),
            ("az://films/a", cloud(Scheme::Azure, "films", "a")),
            ("file:///srv/job", Address::Folder("/srv/job".into())),
            ("out/job", Address::Folder("out/job".into())),
        ] {
            assert_eq!(Address::parse(text).unwrap(), named);
        }
    }

    #[test]
    fn other_addresses_are_refused_with_what_there_is() {
        for (text, told) in [
            ("", "`` names nothing; a store is `s3://BUCKET/PREFIX`"),
            ("ftp://x/y", "`ftp://x/y` is no store that is known here"),
            ("s3:///x", "`s3:///x` names no bucket"),
            ("s3://x/a/../b", "`s3://x/a/../b` has empty parts"),
            ("gs://x/a//b", "`gs://x/a//b` has empty parts"),
            ("file://x", "`file://x` has no path from the root on"),
        ] {
            let fault = Address::parse(text).unwrap_err().text();
            assert!(fault.starts_with(told), "{fault}");
        }
    }
}
