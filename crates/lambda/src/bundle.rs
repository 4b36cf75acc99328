use std::path::Path;

use kinora_farm::Cache;
use kinora_script::ScriptOptions;

use crate::{Bucket, Fault};

/// Brings a bundled project to this machine.
///
/// # Errors
/// When there is none of this key.
pub async fn fetch(
    bucket: &Bucket,
    key: &str,
    _cache: &Cache,
    _scratch: &Path,
) -> Result<ScriptOptions, Fault> {
    Err(Fault::field(
        "project",
        format!("is not understood: `{}`", bucket.uri(key)),
    ))
}
