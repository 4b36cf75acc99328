use std::{
    fs::{self, File},
    io::Seek as _,
    path::Path,
};

use futures::{StreamExt as _, TryStreamExt as _, stream};
use kinora_project::{Bundle, BundleError};
use kinora_script::ScriptOptions;
use tokio::runtime::Handle;

use crate::{Bucket, Fault, FaultKind, keys};

/// Contents stored at once.
const ON_THE_WAY: usize = 8;

/// Stores a bundled project under a key: its list there, and of its contents those that
/// do not stand in the bucket already. How many those were, and their bytes.
///
/// # Errors
/// When a file cannot be read or the bucket not be written to.
pub async fn upload(bucket: &Bucket, key: &str, bundle: &Bundle) -> Result<(u64, u64), Fault> {
    let packing = |error| Fault::tool("cannot pack the project", &error);
    let sent = stream::iter(bundle.contents())
        .map(|id| async move {
            let stored = keys::content(id);
            if bucket.head(&stored).await?.is_some() {
                return Ok::<_, Fault>(0);
            }
            let bytes = bundle.content(id).map_err(packing)?;
            let length = bytes.len() as u64;
            bucket.put_large(&stored, bytes.into()).await?;
            Ok(length)
        })
        .buffer_unordered(ON_THE_WAY)
        .try_collect::<Vec<u64>>()
        .await?;
    let list = bundle
        .write(std::io::Cursor::new(Vec::new()), false)
        .map_err(packing)?;
    bucket.put(key, list.into_inner()).await?;
    let sent = sent.into_iter().filter(|length| *length > 0);
    Ok(sent.fold((0, 0), |(count, bytes), length| (count + 1, bytes + length)))
}

/// Brings a bundled project to this machine, below `scratch`; one that was brought by an
/// earlier call is taken as it is.
///
/// # Errors
/// When there is none of this key, it is damaged, or too new for this engine: faults of
/// the event's `project`.
pub async fn fetch(bucket: &Bucket, key: &str, scratch: &Path) -> Result<ScriptOptions, Fault> {
    let uri = bucket.uri(key);
    let wanted = uri.clone();
    let room = move |error| Fault {
        kind: FaultKind::Passing,
        ..Fault::tool(format!("there is no room for `{wanted}`"), &error)
    };
    let mut archive = tempfile::tempfile_in(scratch).map_err(&room)?;
    if !bucket.download(key, &mut archive).await? {
        return Err(Fault::field(
            "project",
            format!("names `{uri}`, which is not there"),
        ));
    }
    let name = hash(&mut archive).map_err(&room)?;
    let projects = scratch.join("kinora-projects");
    fs::create_dir_all(&projects).map_err(&room)?;
    let folder = projects.join(&name);
    let (bucket, runtime) = (bucket.clone(), Handle::current());
    let unpack = move || {
        let unfinished = tempfile::tempdir_in(&projects).map_err(&room)?;
        let mut unreached = None;
        let mut elsewhere = |id| {
            let key = keys::content(id);
            match runtime.block_on(bucket.get(&key)) {
                Ok(Some(bytes)) => Ok(bytes.to_vec()),
                Ok(None) => Err(format!("`{}` is not there", bucket.uri(&key))),
                Err(fault) => Err(unreached.insert(fault).text()),
            }
        };
        let script = Bundle::unpack(archive, unfinished.path(), &mut elsewhere);
        let script = script.map_err(|error| match (unreached, error) {
            (Some(fault), _) => fault,
            (None, BundleError::Write { source, .. }) => room(source),
            (None, error) => unusable(&uri, &error),
        })?;
        if !folder.exists() {
            fs::rename(unfinished.path(), &folder).map_err(&room)?;
        }
        prune(&projects, &folder);
        let moved = |path: &Path| match path.strip_prefix(unfinished.path()) {
            Ok(rest) => folder.join(rest),
            Err(_) => path.to_owned(),
        };
        Ok(ScriptOptions {
            root: moved(&script.root),
            project: moved(&script.project),
            ..script
        })
    };
    let unpacked = tokio::task::spawn_blocking(unpack).await;
    unpacked.map_err(|error| Fault::tool("unpacking broke off", &error))?
}

fn unusable(uri: &str, error: &BundleError) -> Fault {
    let what = format!("names `{uri}`, which cannot be used: {error}");
    Fault::field("project", what)
}

/// Projects that a warm sandbox keeps unpacked.
const KEPT: usize = 4;

/// Removes all but the projects that were unpacked last; `used` stays in any case. What
/// cannot be removed only takes room.
fn prune(projects: &Path, used: &Path) {
    let entries = fs::read_dir(projects).into_iter().flatten().flatten();
    let mut known: Vec<_> = entries
        .filter(|entry| entry.path() != used)
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    known.sort();
    let old = known.len().saturating_sub(KEPT - 1);
    for (_, path) in known.into_iter().take(old) {
        let _ = fs::remove_dir_all(path);
    }
}

fn hash(file: &mut File) -> std::io::Result<String> {
    file.rewind()?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(&mut *file)?;
    file.rewind()?;
    Ok(hasher.finalize().to_hex()[..32].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warm_sandbox_keeps_the_last_projects_and_the_one_in_use() {
        let projects = tempfile::tempdir().unwrap();
        let folder = |name: &str, age: u64| {
            let path = projects.path().join(name);
            fs::create_dir(&path).unwrap();
            fs::write(path.join("project.tsx"), "").unwrap();
            let then = std::time::SystemTime::now() - std::time::Duration::from_secs(age);
            File::open(&path).unwrap().set_modified(then).unwrap();
            path
        };
        let used = folder("used", 1000);
        for age in 1..10 {
            folder(&age.to_string(), age);
        }
        prune(projects.path(), &used);
        let names = fs::read_dir(projects.path()).unwrap();
        let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["1", "2", "3", "used"]);
    }
}
