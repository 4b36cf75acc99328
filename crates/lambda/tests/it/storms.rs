//! Faults by the dozen, seeded: the film is the local render's, or there is a clear error
//! and nothing left behind. Never a wrong film.
//!
//! `KINORA_STORMS` says how many runs there are of each fault, and four times as many of
//! all mixed; two where it says nothing.

use std::time::Duration;

use kinora_emulator::{
    CallFault, CallRule, Enforce, FaultPlan, Loss, Moment, Refusal, RequestFault, RequestRule,
    Sender,
};
use kinora_media::Preset;
use serde_json::json;

use crate::cloud::{BUCKET, Cloud, Studio, options};

fn runs() -> u64 {
    let set = std::env::var("KINORA_STORMS").ok();
    set.map_or(2, |text| text.parse().expect("KINORA_STORMS is a number"))
}

/// How many of the runs gave a film.
fn storm(name: &str, count: u64, plan: impl Fn(&mut fastrand::Rng) -> FaultPlan) -> u64 {
    let studio = Studio::new();
    let variables = json!({"seconds": 5});
    let local = studio.render(variables.clone(), Some(Preset::Ultrafast));
    let mut films = 0;
    let mut hit = 0;
    for seed in 0..count {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut options = options(&studio);
        options.faults = plan(&mut random);
        options.seed = seed;
        options.limits.files = Enforce::WherePossible;
        options.function.timeout = Duration::from_secs(60);
        let told = format!("{name}, seed {seed}: {:?}", options.faults);
        let cloud = Cloud::start(options);
        let (status, body) = cloud.ask(json!({
            "jobId": "film", "numWorkers": 3, "variables": variables,
            "settings": {"preset": "ultrafast"},
        }));
        hit += u64::from(!cloud.emulator.faults().is_empty());
        match status {
            200 => {
                assert!(
                    cloud.get("film.mp4").as_ref() == Some(&local),
                    "{told}: another film"
                );
                films += 1;
            }
            500 => {
                let error = body["error"].as_str().unwrap_or_default();
                assert!(error.len() > 20, "{told}: {body:#}");
                assert!(body["fault"]["kind"].is_string(), "{told}: {body:#}");
                assert_eq!(cloud.get("film.mp4"), None, "{told}: {error}");
            }
            _ => panic!("{told}: {status} {body:#}"),
        }
        let objects = cloud.emulator.objects(BUCKET);
        let own = |(key, _): &(String, u64)| key == "film.mp4" || key.starts_with("kinora/");
        assert!(objects.iter().all(own), "{told}: {objects:?}");
        assert_eq!(cloud.emulator.uploads(BUCKET), [""; 0], "{told}");
    }
    println!("{name}: {films} films of {count}, faults in {hit}");
    assert!(
        hit * 3 >= count,
        "{name}: faults in {hit} of {count} runs only"
    );
    films
}

/// A rule for one of the workers.
fn worker(random: &mut fastrand::Rng, fault: CallFault) -> CallRule {
    CallRule::from(fault)
        .event("/workerId", random.u64(0..3))
        .times(random.u32(1..3))
}

fn moment(random: &mut fastrand::Rng) -> Moment {
    match random.u8(0..4) {
        0 => Moment::After(Duration::from_millis(random.u64(20..600))),
        1 => Moment::BeforeRequest(random.u32(1..6)),
        2 => Moment::AfterRequest(random.u32(1..6)),
        _ => Moment::AfterBytes(random.u64(1..20_000)),
    }
}

/// The faults of calls, each made at random.
fn call_fault(kind: usize, random: &mut fastrand::Rng) -> FaultPlan {
    let fault = match kind {
        0 => CallFault::Kill(moment(random)),
        1 => CallFault::OutOfMemory(moment(random)),
        2 => CallFault::LoseAnswer(if random.bool() {
            Loss::Closed
        } else {
            Loss::Status(504)
        }),
        3 => CallFault::Duplicate,
        4 => CallFault::ExpiredCredentials(random.u32(0..5)),
        _ => CallFault::Refuse(if random.bool() {
            Refusal::Throttled
        } else {
            Refusal::ServiceError
        }),
    };
    FaultPlan::default().call(worker(random, fault))
}

/// The faults of the store, each made at random.
fn request_fault(kind: usize, random: &mut fastrand::Rng) -> FaultPlan {
    let fault = match kind {
        0 => RequestFault::InternalError,
        1 => RequestFault::SlowDown,
        _ => RequestFault::Reset(random.f64()),
    };
    let chance = random.f64() * 0.4 + 0.05;
    FaultPlan::default().request(
        RequestRule::from(fault)
            .sender(Sender::Function)
            .chance(chance),
    )
}

#[test]
fn each_fault_of_a_call_is_survived() {
    let names = [
        "kill",
        "out of memory",
        "lost answer",
        "twice",
        "expired credentials",
        "refused",
    ];
    for (kind, name) in names.iter().enumerate() {
        let films = storm(name, runs(), |random| call_fault(kind, random));
        assert!(
            films * 10 >= runs() * 9,
            "{name}: {films} films of {}",
            runs()
        );
    }
}

#[test]
fn each_fault_of_the_store_is_survived() {
    for (kind, name) in ["500", "503", "reset"].iter().enumerate() {
        let films = storm(name, runs(), |random| request_fault(kind, random));
        assert!(
            films * 10 >= runs() * 9,
            "{name}: {films} films of {}",
            runs()
        );
    }
}

#[test]
fn slow_workers_are_not_waited_for() {
    let films = storm("slow", runs(), |random| {
        let rule = CallRule::from(CallFault::Slow(20.0)).event("/workerId", random.u64(0..3));
        FaultPlan::default().call(rule.times(1))
    });
    assert_eq!(films, runs());
}

#[test]
fn full_disks_are_told_or_avoided() {
    storm("full /tmp", runs(), |random| {
        let bytes = random.u64(0..200_000);
        FaultPlan::default().call(worker(random, CallFault::FullTmp(bytes)))
    });
}

#[test]
fn all_faults_mixed_never_make_a_wrong_film() {
    storm("mixed", 4 * runs(), |random| {
        let mut plan = FaultPlan::default();
        for _ in 0..random.usize(1..4) {
            let more = match random.bool() {
                true => call_fault(random.usize(0..6), random),
                false => request_fault(random.usize(0..3), random),
            };
            plan.calls.extend(more.calls);
            plan.requests.extend(more.requests);
        }
        plan
    });
}
