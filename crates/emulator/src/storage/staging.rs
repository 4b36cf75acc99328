use std::path::{Path, PathBuf};

use http_body_util::BodyExt;
use hyper::HeaderMap;
use s3s::checksum::ChecksumHasher;
use s3s::crypto::{Checksum as _, Md5};
use s3s::dto::StreamingBlob;
use s3s::{Body, S3Result, TrailingHeaders, s3_error};
use tokio::io::AsyncWriteExt;

use crate::signature::hex;
use crate::storage::object::Sums;

/// A body in a file of its own, which goes with the value unless it is taken.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    pub size: u64,
    pub md5: [u8; 16],
    pub sums: Sums,
}

impl Staged {
    pub fn empty(path: PathBuf) -> Self {
        Self {
            path,
            size: 0,
            md5: Md5::new().finalize(),
            sums: Sums::default(),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn etag(&self) -> String {
        hex(&self.md5)
    }

    /// Moves the file to its place.
    pub fn take(mut self, place: &Path) -> std::io::Result<()> {
        std::fs::rename(&self.path, place)?;
        self.path = PathBuf::new();
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// What a client says that a body sums up to.
#[derive(Debug, Default)]
pub struct Expected {
    /// In base64.
    pub md5: Option<String>,
    pub sums: Sums,
    /// A sum that is wanted or will follow the body.
    pub algorithm: Option<String>,
    pub length: Option<u64>,
}

/// The sums in a request that carries them.
macro_rules! expected {
    ($request:expr) => {{
        let trailer = $request
            .headers
            .get("x-amz-trailer")
            .and_then(|value| value.to_str().ok());
        let algorithm = $request
            .input
            .checksum_algorithm
            .as_ref()
            .map(|algorithm| algorithm.as_str().to_owned());
        let input = &mut $request.input;
        $crate::storage::staging::Expected {
            md5: input.content_md5.take(),
            sums: $crate::storage::object::Sums {
                crc32: input.checksum_crc32.take(),
                crc32c: input.checksum_crc32c.take(),
                crc64nvme: input.checksum_crc64nvme.take(),
                sha1: input.checksum_sha1.take(),
                sha256: input.checksum_sha256.take(),
            },
            algorithm: trailer.map(str::to_owned).or(algorithm),
            length: input
                .content_length
                .and_then(|length| u64::try_from(length).ok()),
        }
    }};
}
pub(crate) use expected;

impl Expected {
    fn hasher(&self) -> ChecksumHasher {
        let name = self.algorithm.as_deref().unwrap_or("").to_lowercase();
        let named = |known: &str| name.strip_prefix("x-amz-checksum-").unwrap_or(&name) == known;
        let mut hasher = ChecksumHasher::default();
        if self.sums.crc32.is_some() || named("crc32") {
            hasher.crc32 = Some(Default::default());
        }
        if self.sums.crc32c.is_some() || named("crc32c") {
            hasher.crc32c = Some(Default::default());
        }
        if self.sums.crc64nvme.is_some() || named("crc64nvme") {
            hasher.crc64nvme = Some(Default::default());
        }
        if self.sums.sha1.is_some() || named("sha1") {
            hasher.sha1 = Some(Default::default());
        }
        if self.sums.sha256.is_some() || named("sha256") {
            hasher.sha256 = Some(Default::default());
        }
        hasher
    }

    /// Takes the sums that came behind the body.
    fn add(&mut self, trailers: &HeaderMap) {
        let get = |name: &str| {
            trailers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        let sums = &mut self.sums;
        for (sum, name) in [
            (&mut sums.crc32, "x-amz-checksum-crc32"),
            (&mut sums.crc32c, "x-amz-checksum-crc32c"),
            (&mut sums.crc64nvme, "x-amz-checksum-crc64nvme"),
            (&mut sums.sha1, "x-amz-checksum-sha1"),
            (&mut sums.sha256, "x-amz-checksum-sha256"),
        ] {
            *sum = get(name).or(sum.take());
        }
    }

    fn check(&self, staged: &Staged) -> S3Result<()> {
        if self.length.is_some_and(|length| length != staged.size) {
            return Err(s3_error!(
                IncompleteBody,
                "You did not provide the number of bytes specified by the Content-Length HTTP header"
            ));
        }
        if let Some(md5) = &self.md5 {
            let given = base64_simd::STANDARD.decode_to_vec(md5).map_err(|_| {
                s3_error!(InvalidDigest, "The Content-MD5 you specified was invalid.")
            })?;
            if given != staged.md5 {
                return Err(s3_error!(
                    BadDigest,
                    "The Content-MD5 you specified did not match what we received."
                ));
            }
        }
        let (given, made) = (&self.sums, &staged.sums);
        for (name, given, made) in [
            ("CRC32", &given.crc32, &made.crc32),
            ("CRC32C", &given.crc32c, &made.crc32c),
            ("CRC64NVME", &given.crc64nvme, &made.crc64nvme),
            ("SHA1", &given.sha1, &made.sha1),
            ("SHA256", &given.sha256, &made.sha256),
        ] {
            if given.is_some() && given != made {
                return Err(s3_error!(
                    BadDigest,
                    "The {name} you specified did not match the calculated checksum."
                ));
            }
        }
        Ok(())
    }
}

/// Writes a body to the file; keeps it only if it is what the client says.
pub async fn stage(
    path: PathBuf,
    body: Option<StreamingBlob>,
    trailers: Option<TrailingHeaders>,
    mut expected: Expected,
) -> S3Result<Staged> {
    let mut file = tokio::fs::File::create(&path)
        .await
        .map_err(s3s::S3Error::internal_error)?;
    let mut staged = Staged::empty(path);
    let (mut md5, mut hasher) = (Md5::new(), expected.hasher());
    let mut body = body.map_or_else(Body::empty, Body::from);
    while let Some(frame) = body.frame().await {
        let frame = frame
            .map_err(|error| s3s::S3Error::with_source(s3s::S3ErrorCode::IncompleteBody, error))?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        md5.update(&data);
        hasher.update(&data);
        staged.size += data.len() as u64;
        file.write_all(&data)
            .await
            .map_err(s3s::S3Error::internal_error)?;
    }
    file.flush().await.map_err(s3s::S3Error::internal_error)?;
    staged.md5 = md5.finalize();
    staged.sums = hasher.finalize().into();
    if let Some(trailers) = trailers.and_then(|trailers| trailers.take()) {
        expected.add(&trailers);
    }
    expected.check(&staged)?;
    Ok(staged)
}
