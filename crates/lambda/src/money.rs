//! What a job costs, and will cost, at AWS's list prices.

use crate::Requests;

/// Whose prices these are, and when they were.
pub const PRICES: &str = "AWS us-east-1, November 2026";

/// US dollars for a gigabyte of memory during a second.
fn gb_second(arch: &str) -> f64 {
    match arch {
        "aarch64" => 0.000_013_333_4,
        _ => 0.000_016_666_7,
    }
}

/// US dollars for a call of a function.
const CALL: f64 = 0.20 / 1e6;
/// US dollars for storing an object or listing.
const WRITE: f64 = 0.005 / 1e3;
/// US dollars for reading an object.
const READ: f64 = 0.0004 / 1e3;

/// US dollars for so much work, to a millionth; what is stored and transferred is not
/// in it.
pub fn cost(gb_seconds: f64, calls: u64, requests: Requests, arch: &str) -> f64 {
    let sum = gb_seconds * gb_second(arch)
        + calls as f64 * CALL
        + requests.writes as f64 * WRITE
        + requests.reads as f64 * READ;
    to_millionths(sum)
}

/// MB of memory that come with one processor.
const PROCESSOR_MB: f64 = 1769.0;
/// MB of the functions that are reckoned with.
const FUNCTION_MB: f64 = 3008.0;
/// Seconds in which a function starts and fetches its files.
const START: f64 = 0.5;
/// Seconds in which a film is put together.
const JOIN: f64 = 1.0;

/// What a job will come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foreseen {
    /// US dollars.
    pub usd: f64,
    /// Seconds from its start to its end.
    pub seconds: f64,
}

/// What a job will come to that takes so many seconds of one processor, if this machine
/// coordinates it; docs/cloud.md says how that is reckoned.
pub fn foresee(processor_seconds: f64, segments: u64, workers: u64) -> Foreseen {
    let workers = workers.min(segments);
    if workers == 0 {
        return Foreseen {
            usd: 0.0,
            seconds: JOIN,
        };
    }
    let gb = FUNCTION_MB / 1024.0;
    let share = segments.div_ceil(workers) as f64 / segments as f64;
    let seconds = START + processor_seconds * share * PROCESSOR_MB / FUNCTION_MB + JOIN;
    let rendering = processor_seconds * PROCESSOR_MB / 1024.0;
    let requests = Requests {
        // Results, packs, the plan and what tells of the job; the bucket listed each second.
        writes: segments + workers + 10 + seconds.ceil() as u64,
        // What workers fetch, and the results.
        reads: segments + 3 * workers + 10,
    };
    let usd = cost(
        rendering + workers as f64 * START * gb,
        workers,
        requests,
        "x86_64",
    );
    Foreseen { usd, seconds }
}

/// To a millionth.
pub fn to_millionths(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_foreseen_is_what_the_manual_says() {
        // docs/cloud.md: the hello project, by `kinora lambda render`.
        for (workers, seconds, usd) in [
            (1, 21.8, 0.0012),
            (3, 8.3, 0.0013),
            (5, 5.6, 0.0013),
            (15, 2.9, 0.0016),
        ] {
            let foreseen = foresee(34.5, 15, workers);
            assert!((foreseen.seconds - seconds).abs() < 0.06, "{foreseen:?}");
            assert!((foreseen.usd - usd).abs() < 0.0001, "{foreseen:?}");
        }
        // More workers than segments have nothing to do.
        assert_eq!(foresee(34.5, 15, 100), foresee(34.5, 15, 15));
        assert_eq!(foresee(0.0, 15, 0).usd, 0.0);
    }

    #[test]
    fn a_minute_of_five_large_functions_costs_a_cent_and_a_half() {
        let requests = Requests {
            writes: 100,
            reads: 1000,
        };
        let sum = cost(5.0 * 60.0 * 3.0, 5, requests, "x86_64");
        assert!((sum - 0.015_901).abs() < 2e-6, "{sum}");
        assert!(
            cost(100.0, 0, Requests::default(), "aarch64")
                < cost(100.0, 0, Requests::default(), "x86_64")
        );
    }
}
