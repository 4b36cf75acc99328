use std::{sync::Arc, time::Instant};

use kinora_farm::{Assembled, CopyPlan, DispatchPolicy, RecordedFilm};

use crate::{
    Fault, FaultKind,
    job::{JobRun, LOOK},
    workforce::Workforce,
};

/// Puts a film together that shows nothing but videos as they are, without any worker; none if
/// it has to be rendered.
///
/// # Errors
/// When the film cannot be stored, the job is cancelled, or time runs out.
pub(crate) async fn copied(
    run: &mut JobRun,
    film: &Arc<RecordedFilm>,
) -> Result<Option<(Workforce, Assembled)>, Fault> {
    if !film.recipe().copy {
        return Ok(None);
    }
    let broke = |error| Fault::tool("copying broke off", &error);
    let (of, library) = (film.clone(), run.session.library().clone());
    let plan = tokio::task::spawn_blocking(move || CopyPlan::of(&of, &*library));
    let Some(plan) = plan.await.map_err(broke)? else {
        return Ok(None);
    };
    let sink = run.sink(film)?;
    let (of, library) = (film.clone(), run.session.library().clone());
    let progress = run.session.progress().clone();
    let copy = move || plan.assemble(&of, &*library, sink, &progress);
    let mut copying = tokio::task::spawn_blocking(copy);
    loop {
        tokio::select! {
            done = &mut copying => {
                let assembled = done.map_err(broke)?;
                let late = run.clock.is_out_of_time();
                let assembled = assembled.map_err(|error| match late {
                    true => run.clock.out_of_time("the videos were still being copied"),
                    false => error.into(),
                })?;
                let policy = DispatchPolicy::default();
                let all = Vec::new();
                let force = Workforce::new(film.segments(), all, Vec::new(), policy, Instant::now());
                return Ok(Some((force, assembled)));
            }
            () = tokio::time::sleep(LOOK) => {
                let cancelled = run.is_cancelled().await;
                if cancelled || run.clock.is_out_of_time() {
                    // Copying stops at its next piece.
                    run.session.progress().cancel();
                }
                if cancelled {
                    let _ = copying.await;
                    return Err(Fault::new(FaultKind::Cancelled, "the job was cancelled"));
                }
            }
        }
    }
}
