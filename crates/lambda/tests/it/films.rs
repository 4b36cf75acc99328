//! What a full render gives.

use kinora_media::Preset;
use serde_json::json;

use crate::cloud::{Cloud, Studio, options};

#[test]
fn any_number_of_workers_gives_the_bytes_of_a_local_render() {
    let studio = Studio::new();
    let cloud = Cloud::start(options(&studio));
    let variables = json!({"seconds": 9});
    let local = studio.render(variables.clone(), Preset::default());
    for workers in [1, 2, 3, 30] {
        let job = format!("job-{workers}");
        let body = cloud.render(&job, workers, variables.clone());
        let film = cloud.get(&format!("{job}.mp4")).unwrap();
        assert!(
            film == local,
            "{workers} workers: {} and {} bytes",
            film.len(),
            local.len()
        );
        assert_eq!(body["frames"], 271, "{body:#}");
        assert_eq!(body["workers"], workers.min(5));
    }
}
