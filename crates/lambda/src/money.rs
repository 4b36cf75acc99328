//! What a job costs at given prices.

use crate::{Deployed, Rates, Requests};

impl Rates {
    /// US dollars for a gigabyte of a function's memory during a second, its `/tmp`
    /// included.
    pub fn gb_second(&self, function: &Deployed) -> f64 {
        let memory = match function.arm {
            true => self.arm64,
            false => self.x86_64,
        };
        let tmp = function.tmp_mb.saturating_sub(512) as f64;
        memory + self.tmp_gb_second * tmp / function.memory_mb as f64
    }

    /// US dollars for a second of a call.
    pub fn second(&self, function: &Deployed) -> f64 {
        self.gb_second(function) * function.gb()
    }

    /// US dollars for so much work of a function, to a millionth; what is stored and
    /// transferred is not in it.
    pub fn cost(
        &self,
        function: &Deployed,
        gb_seconds: f64,
        calls: u64,
        requests: Requests,
    ) -> f64 {
        let sum = gb_seconds * self.gb_second(function)
            + calls as f64 * self.call
            + requests.writes as f64 * self.put
            + requests.reads as f64 * self.get;
        to_millionths(sum)
    }
}

/// To a millionth.
pub fn to_millionths(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}

/// An amount as people read it: cents and parts of them where there is little else.
pub fn dollars(usd: f64) -> String {
    match usd {
        usd if usd >= 1.0 => format!("${usd:.2}"),
        usd if usd >= 0.001 || usd == 0.0 => format!("${usd:.4}"),
        usd => format!("${usd:.6}"),
    }
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
        let (rates, intel) = (
            Rates::default(),
            Deployed {
                arm: false,
                ..Deployed::default()
            },
        );
        let sum = rates.cost(&intel, 5.0 * 60.0 * 3.0, 5, requests);
        assert!((sum - 0.015_901).abs() < 2e-6, "{sum}");
        let none = Requests::default();
        let arm = Deployed {
            arm: true,
            ..intel.clone()
        };
        assert!(rates.cost(&arm, 100.0, 0, none) < rates.cost(&intel, 100.0, 0, none));
        let large = Deployed {
            tmp_mb: 10_240,
            ..intel.clone()
        };
        assert!(rates.cost(&large, 100.0, 0, none) > rates.cost(&intel, 100.0, 0, none));
    }

    #[test]
    fn small_amounts_keep_their_digits() {
        let told = [2.5, 0.0134, 0.000_412, 0.0].map(dollars);
        assert_eq!(told, ["$2.50", "$0.0134", "$0.000412", "$0.0000"]);
    }
}
