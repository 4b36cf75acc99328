use crate::EmulatorError;

/// A bucket that there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Whether anybody may write to it or delete from it.
    pub writable: bool,
    /// Its region, if it is another one than the emulator's: requests are then
    /// redirected there, as S3 does.
    pub region: Option<String>,
}

impl Bucket {
    /// A writable bucket in the emulator's region.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            writable: true,
            region: None,
        }
    }

    pub(crate) fn check(&self) -> Result<(), EmulatorError> {
        if s3s::path::check_bucket_name(&self.name) {
            return Ok(());
        }
        Err(EmulatorError::BucketName(self.name.clone()))
    }
}
