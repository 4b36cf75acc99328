use std::sync::Arc;

use futures::{StreamExt as _, TryStreamExt as _, stream};
use kinora_farm::{RecordedFilm, Run, shares};
use kinora_project::Library;

use crate::{
    Bucket, Fault, assets, keys,
    plan::{Pack, Plan},
};

/// Objects stored at once.
const ON_THE_WAY: usize = 16;

/// The segments of a film whose results stand.
///
/// # Errors
/// When the bucket cannot be listed.
pub async fn standing(bucket: &Bucket, folder: &str) -> Result<Vec<u64>, Fault> {
    let found = bucket.list(&keys::results(folder)).await?;
    let segments = found.iter().filter_map(|(key, _)| keys::segment_of(key));
    Ok(segments.collect())
}

/// The runs of segments of these costs that workers share, each as dear as the others.
pub fn runs(costs: &[u64], workers: usize) -> Vec<Run> {
    let run = |segments: std::ops::Range<u64>| Run {
        cost: costs[segments.start as usize..segments.end as usize]
            .iter()
            .sum(),
        segments,
    };
    shares(costs, workers).into_iter().map(run).collect()
}

/// Stores all that workers need: files, the recorded segments of the runs that are not
/// done, and the plan. Files that workers can read from where they are stay there, unless
/// they are to be copied.
///
/// # Errors
/// When a file cannot be read or the bucket not be written to.
pub async fn publish(
    bucket: &Bucket,
    library: &Arc<Library>,
    film: &RecordedFilm,
    folder: &str,
    runs: &[Run],
    standing: &[u64],
    copy_sources: bool,
) -> Result<(), Fault> {
    let assets = assets::publish(bucket, library, &film.assets(), copy_sources).await?;
    let segments = film.segments().into_iter().map(Into::into);
    let plan = Plan::new(
        *film.header(),
        film.recipe().clone(),
        segments.collect(),
        assets,
    );
    let open = |run: &&Run| {
        let mut segments = run.segments.clone();
        segments.any(|segment| !standing.contains(&segment))
    };
    stream::iter(runs.iter().filter(open))
        .map(|run| async move {
            let segments = run.segments.clone().map(|segment| film.bytes(segment));
            let segments = segments.collect::<Result<Vec<_>, _>>()?;
            let key = keys::pack(folder, &run.segments);
            bucket.put(&key, Pack::to_bytes(&segments)).await
        })
        .buffer_unordered(ON_THE_WAY)
        .try_collect::<()>()
        .await?;
    bucket.put(&keys::plan(folder), plan.to_bytes()).await
}
