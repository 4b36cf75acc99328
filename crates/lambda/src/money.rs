//! What a job costs at AWS's list prices (us-east-1, November 2026).

use crate::Requests;

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

/// To a millionth.
pub fn to_millionths(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

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
