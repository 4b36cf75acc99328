use std::{path::Path, time::Duration};

use anyhow::{Context as _, anyhow};
use kinora_lambda::{Account, Bucket};
use kinora_project::Voice as _;

use super::{block_on, bucket};
use crate::{args::LinkArgs, failure::Failure, show::Terminal};

/// The longest that AWS lets a URL be good, in seconds: a week.
const LONGEST: f64 = 7.0 * 24.0 * 3600.0;

/// `kinora lambda link`: a URL by which anybody can play a film for a while.
pub fn command(args: &LinkArgs) -> Result<(), Failure> {
    if args.expires > LONGEST {
        return Err(Failure::Tool(anyhow!(
            "`--expires` may be a week at most (168h)"
        )));
    }
    block_on(async {
        let account = Account::from_environment().await?;
        let bucket = bucket(&account, args.bucket.as_deref()).await?;
        let file = Path::new(&args.film);
        let key = match file.is_file() {
            true => stored(&bucket, file).await?,
            false => args.film.clone(),
        };
        if bucket.head(&key).await?.is_none() {
            let message = anyhow!(
                "there is neither a file `{key}` here nor a film of this key in the bucket `{}`",
                bucket.name()
            );
            return Err(Failure::Tool(message));
        }
        let url = bucket
            .presign(&key, Duration::from_secs_f64(args.expires))
            .await?;
        Terminal::new().print(&url);
        Ok(())
    })
}

/// Puts a file of this machine into the bucket, unless it stands there; its key.
async fn stored(bucket: &Bucket, file: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let hash = blake3::hash(&bytes).to_hex();
    // Another film of the same name is another object.
    let key = format!("links/{}/{name}", &hash[..16]);
    if bucket.head(&key).await?.is_none() {
        bucket.put_large(&key, bytes.into()).await?;
    }
    Ok(key)
}
