use crate::{
    Fault, FaultKind,
    money::{dollars, to_millionths},
};

/// Seconds in which a worker that is told to stop does so, at most.
const STOPPING: f64 = 2.0;

/// What a job may cost, and whether it is used up: a ledger without clock or network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    /// US dollars.
    pub most: f64,
    /// US dollars for a second of a call.
    pub second: f64,
    /// US dollars for a call, however short.
    pub call: f64,
}

/// A call under way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnderWay {
    /// Seconds since it began.
    pub elapsed: f64,
    /// Seconds that it was thought to take.
    pub foreseen: f64,
}

/// How far a job got with its money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Got {
    /// US dollars spent so far, calls under way included.
    pub spent: f64,
    /// Segments whose result stands.
    pub segments: u64,
    /// All of them.
    pub of: u64,
    /// The part of the work that stands, 0 to 1.
    pub part: f64,
}

impl Budget {
    /// What is bound to be paid: what was `spent` for calls that have ended, those under way
    /// at least until they could be stopped, and `next`, a further call of so many seconds.
    ///
    /// A call that keeps to what was foreseen is never counted for more than that, so that
    /// a job whose plan fits is not ended by caution; one that takes longer is counted as
    /// long as it has taken.
    fn bound(&self, spent: f64, under_way: &[UnderWay], next: Option<f64>) -> f64 {
        let seconds = |call: &UnderWay| {
            (call.elapsed + STOPPING)
                .min(call.foreseen)
                .max(call.elapsed)
        };
        let under_way: f64 = under_way.iter().map(seconds).sum();
        let next = next.map_or(0.0, |seconds| seconds * self.second + self.call);
        spent + under_way * self.second + next
    }

    /// Whether no further call may be made, or those under way have to end.
    pub fn is_exceeded(&self, spent: f64, under_way: &[UnderWay], next: Option<f64>) -> bool {
        to_millionths(self.bound(spent, under_way, next)) > to_millionths(self.most)
    }

    /// The failure of a job whose money is used up.
    pub fn used_up(&self, got: Got) -> Fault {
        let rest = match got.part {
            part if part > 0.0 => {
                format!("the whole film takes about {}", dollars(got.spent / part))
            }
            _ => "nothing is finished that could tell what the film takes".to_owned(),
        };
        let message = format!(
            "the most that the job may cost, {}, is used up: {} spent, {} of {} segments stand; {rest}; the same job again with more goes on with what is finished",
            dollars(self.most),
            dollars(got.spent),
            got.segments,
            got.of,
        );
        Fault::new(FaultKind::OverBudget, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: Budget = Budget {
        most: 10.0,
        second: 1.0,
        call: 0.5,
    };

    fn calls(seconds: &[(f64, f64)]) -> Vec<UnderWay> {
        let call = |(elapsed, foreseen): &(f64, f64)| UnderWay {
            elapsed: *elapsed,
            foreseen: *foreseen,
        };
        seconds.iter().map(call).collect()
    }

    #[test]
    fn a_job_that_keeps_to_its_plan_is_not_ended() {
        // Two calls of three seconds each, for six of ten dollars.
        for elapsed in [0.0, 1.0, 2.9, 3.0] {
            let under_way = calls(&[(elapsed, 3.0), (elapsed, 3.0)]);
            assert!(!BUDGET.is_exceeded(4.0, &under_way, None), "{elapsed}");
        }
    }

    #[test]
    fn calls_that_take_longer_are_ended_when_the_money_is_gone() {
        assert!(!BUDGET.is_exceeded(4.0, &calls(&[(6.0, 3.0)]), None));
        assert!(BUDGET.is_exceeded(4.0, &calls(&[(6.1, 3.0)]), None));
        // One that is far from done has to be stopped before.
        assert!(!BUDGET.is_exceeded(4.0, &calls(&[(4.0, 60.0)]), None));
        assert!(BUDGET.is_exceeded(4.0, &calls(&[(4.1, 60.0)]), None));
    }

    #[test]
    fn no_call_is_made_that_cannot_be_paid() {
        assert!(!BUDGET.is_exceeded(7.0, &[], Some(2.5)));
        assert!(BUDGET.is_exceeded(7.0, &[], Some(2.6)));
        assert!(BUDGET.is_exceeded(5.0, &calls(&[(1.0, 3.0)]), Some(2.5)));
    }

    #[test]
    fn the_fault_says_how_far_it_got_and_what_it_takes() {
        let got = Got {
            spent: 10.2,
            segments: 7,
            of: 15,
            part: 0.5,
        };
        let fault = BUDGET.used_up(got);
        assert_eq!(fault.kind, FaultKind::OverBudget);
        assert_eq!(
            fault.text(),
            "the most that the job may cost, $10.00, is used up: $10.20 spent, 7 of 15 segments stand; the whole film takes about $20.40; the same job again with more goes on with what is finished"
        );
        let got = Got {
            segments: 0,
            part: 0.0,
            ..got
        };
        assert!(
            BUDGET
                .used_up(got)
                .text()
                .contains("; nothing is finished that could tell")
        );
    }
}
