use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard},
};

use futures::{StreamExt as _, TryStreamExt as _, stream};
use kinora_farm::RecordedSegment;

use crate::{Bucket, Fault, keys};

/// Results copied at once.
const ON_THE_WAY: usize = 16;

/// Where results stand that films of the same batch have made, by what names them: a film
/// that has a segment in common with an earlier one is spared rendering it.
#[derive(Default)]
pub struct Known(Mutex<HashMap<String, String>>);

impl Known {
    fn places(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.0.lock().expect("no holder of the lock panics")
    }

    /// All results of a film stand in its folder.
    pub(crate) fn learn(&self, segments: &[RecordedSegment], folder: &str) {
        let place = |(number, segment): (u64, &RecordedSegment)| {
            (segment.key.clone(), keys::rendered(folder, number))
        };
        self.places().extend((0..).zip(segments).map(place));
    }

    /// Copies what is known of a film's segments into its folder, inside of the bucket.
    /// Returns the segments that stand by that; one whose result is gone does not.
    pub(crate) async fn bring(
        &self,
        bucket: &Bucket,
        segments: &[RecordedSegment],
        folder: &str,
        stood: &[u64],
    ) -> Result<Vec<u64>, Fault> {
        let copies: Vec<(u64, String)> = {
            let places = self.places();
            let copy = |(number, segment): (u64, &RecordedSegment)| {
                let place = places.get(&segment.key)?;
                (!stood.contains(&number)).then(|| (number, place.clone()))
            };
            (0..).zip(segments).filter_map(copy).collect()
        };
        let brought = stream::iter(copies).map(|(number, from)| async move {
            let copied = bucket.copy(&from, &keys::rendered(folder, number)).await?;
            Ok::<_, Fault>(copied.then_some(number))
        });
        let brought: Vec<Option<u64>> = brought.buffer_unordered(ON_THE_WAY).try_collect().await?;
        Ok(brought.into_iter().flatten().collect())
    }
}
