//! The common checks on real functions.

use kinora_emulator::{CallFault, CallRule, FaultPlan, Loss, Moment, RequestFault, RequestRule};
use kinora_farm::conformance::{Backend, Ending, SEGMENTS, Trouble, WORKERS, check};
use serde_json::{Value, json};

use crate::cloud::{Cloud, Studio, options};

/// Functions in the emulator, one for each segment.
struct Functions {
    studio: Studio,
    cloud: Option<Cloud>,
}

impl Functions {
    fn faults(trouble: &Trouble) -> FaultPlan {
        let plan = FaultPlan::default();
        let call = |segment: u64, fault| CallRule::from(fault).event("/workerId", segment);
        match *trouble {
            Trouble::Passing { segment, times } => {
                plan.call(call(segment, CallFault::Kill(Moment::BeforeRequest(3))).times(times))
            }
            Trouble::Lasting { segment } => plan.request(
                RequestRule::from(RequestFault::ExpiredToken)
                    .key(&format!("/rendered/{segment:06}")),
            ),
            Trouble::Lost { segment } => {
                plan.call(call(segment, CallFault::LoseAnswer(Loss::Closed)).times(1))
            }
            Trouble::Slow { segment } => plan.call(call(segment, CallFault::Slow(20.0)).times(1)),
            Trouble::Twice { segment } => plan.call(call(segment, CallFault::Duplicate)),
            _ => plan,
        }
    }

    fn render(cloud: &Cloud) -> (u64, Value) {
        cloud.ask(json!({
            "jobId": "film", "numWorkers": WORKERS, "keepParts": true,
            "variables": {"seconds": 7}, "settings": {"preset": "ultrafast"}, "retries": 2,
        }))
    }

    /// Removes the film and one of its results, or damages that.
    fn spoil(cloud: &Cloud, segment: u64, damage: bool) {
        let name = format!("/rendered/{segment:06}");
        let keys = cloud.keys("kinora/jobs/film");
        let key = keys.iter().find(|key| key.ends_with(&name)).unwrap();
        cloud.remove(&["film.mp4", key]);
        if damage {
            cloud.put(key, b"damaged".to_vec());
        }
    }

    fn cancelled(cloud: &Cloud) -> (u64, Value) {
        std::thread::scope(|scope| {
            let call = scope.spawn(|| {
                cloud.ask(json!({
                    "jobId": "film", "numWorkers": WORKERS, "variables": {"seconds": 40},
                    "settings": {"preset": "veryslow", "scale": 3},
                }))
            });
            cloud.wait_for("kinora/jobs/film/progress.json", |told| {
                told["stage"] == "render"
            });
            cloud.put("kinora/jobs/film/cancel", Vec::new());
            call.join().unwrap()
        })
    }
}

impl Backend for Functions {
    fn segment_frames(&self) -> u64 {
        60
    }

    fn run(&mut self, trouble: &Trouble) -> Option<(Ending, Option<Vec<u32>>)> {
        let mut options = options(&self.studio);
        options.faults = Self::faults(trouble);
        let cloud = Cloud::start(options);
        let (status, body) = match trouble {
            Trouble::Cancelled => Self::cancelled(&cloud),
            Trouble::Damaged { segment: at } | Trouble::Standing { but: at } => {
                let (status, body) = Self::render(&cloud);
                assert_eq!(status, 200, "{body:#}");
                Self::spoil(&cloud, *at, matches!(trouble, Trouble::Damaged { .. }));
                Self::render(&cloud)
            }
            _ => Self::render(&cloud),
        };
        let ending = match status {
            200 => Ending::Film(cloud.get("film.mp4").unwrap()),
            _ if body["fault"]["kind"] == "cancelled" => Ending::Cancelled,
            _ => Ending::Failed(body["error"].as_str().unwrap().to_owned()),
        };
        if let Trouble::Standing { .. } = trouble {
            assert_eq!(
                body["segments"],
                json!({"total": SEGMENTS, "rendered": 1, "cached": SEGMENTS - 1})
            );
        }
        self.cloud = Some(cloud);
        Some((ending, None))
    }

    fn film_stands(&self) -> bool {
        self.cloud
            .as_ref()
            .is_some_and(|cloud| cloud.get("film.mp4").is_some())
    }
}

#[test]
fn functions_do_as_every_backend_does() {
    let mut functions = Functions {
        studio: Studio::new(),
        cloud: None,
    };
    assert_eq!(check(&mut functions), 11);
}
