use std::ops::Range;

/// Cuts segments into at most `workers` runs of neighbours, so that the dearest run
/// is as cheap as it can be. `costs` are those of the segments, in order.
///
/// No run is empty: with more workers than segments, each segment is a run. Which
/// runs there are depends on costs and number alone.
pub fn shares(costs: &[u64], workers: usize) -> Vec<Range<u64>> {
    let workers = workers.clamp(1, costs.len().max(1));
    // A segment that is thought to cost nothing still has to be given to somebody.
    let costs: Vec<u64> = costs.iter().map(|cost| (*cost).max(1)).collect();
    let total = costs.iter().sum();
    let dearest = costs.iter().copied().max().unwrap_or(0);
    let (mut least, mut most) = (dearest, total);
    while least < most {
        let middle = least + (most - least) / 2;
        if runs_within(&costs, middle) <= workers {
            most = middle;
        } else {
            least = middle + 1;
        }
    }
    cut(&costs, least, workers)
}

/// How many runs are needed if none may cost more than `limit`.
fn runs_within(costs: &[u64], limit: u64) -> usize {
    let mut runs = 0;
    let mut left = 0;
    for cost in costs {
        if *cost > left {
            runs += 1;
            left = limit;
        }
        left -= cost;
    }
    runs
}

/// `workers` runs of at most `limit` each. A run ends where it has its even part of
/// what is left, so that the last ones are not left with crumbs.
fn cut(costs: &[u64], limit: u64, workers: usize) -> Vec<Range<u64>> {
    let mut runs = Vec::with_capacity(workers);
    let mut start = 0;
    let mut left: u64 = costs.iter().sum();
    for runs_left in (1..=workers).rev() {
        let even = left.div_ceil(runs_left as u64);
        let mut end = start;
        let mut sum = 0;
        while end < costs.len() {
            let next = sum + costs[end];
            let leaves_enough = costs.len() - end > runs_left - 1;
            let rest_fits = || runs_within(&costs[end..], limit) < runs_left;
            let full = next > limit || (end > start && next > even && rest_fits());
            if full || !leaves_enough {
                break;
            }
            sum = next;
            end += 1;
        }
        if end > start {
            runs.push(start as u64..end as u64);
        }
        left -= sum;
        start = end;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dearest(costs: &[u64], runs: &[Range<u64>]) -> u64 {
        let sum = |run: &Range<u64>| costs[run.start as usize..run.end as usize].iter().sum();
        runs.iter().map(sum).max().unwrap_or(0)
    }

    fn random_costs(seed: u64) -> Vec<u64> {
        let mut random = fastrand::Rng::with_seed(seed);
        (0..random.usize(1..60))
            .map(|_| random.u64(0..1000))
            .collect()
    }

    #[test]
    fn runs_meet_and_none_is_empty() {
        for seed in 0..300 {
            let costs = random_costs(seed);
            for workers in [1, 2, 3, 7, 30, 100] {
                let runs = shares(&costs, workers);
                assert_eq!(runs.len(), workers.min(costs.len()), "{costs:?} {workers}");
                let mut next = 0;
                for run in &runs {
                    assert_eq!(run.start, next);
                    assert!(run.end > run.start);
                    next = run.end;
                }
                assert_eq!(next, costs.len() as u64);
            }
        }
    }

    /// The least possible cost of the dearest of `workers` runs, by trying all cuts.
    fn best(costs: &[u64], workers: usize) -> u64 {
        if workers <= 1 {
            return costs.iter().sum();
        }
        (1..=costs.len())
            .map(|end| {
                let first: u64 = costs[..end].iter().sum();
                first.max(best(&costs[end..], workers - 1))
            })
            .min()
            .unwrap_or(0)
    }

    #[test]
    fn the_dearest_run_is_as_cheap_as_can_be() {
        for seed in 0..100 {
            let costs: Vec<u64> = random_costs(seed)
                .into_iter()
                .take(10)
                .map(|cost| cost + 1)
                .collect();
            for workers in 1..4 {
                let found = dearest(&costs, &shares(&costs, workers));
                assert_eq!(found, best(&costs, workers), "{costs:?} {workers}");
            }
        }
    }

    #[test]
    fn cost_is_balanced_not_number() {
        let costs = [10, 10, 10, 10, 1, 1, 1, 1, 1, 1, 1, 1];
        assert_eq!(shares(&costs, 2), [0..2, 2..12]);
        assert_eq!(shares(&[5; 15], 4), [0..3, 3..7, 7..11, 11..15]);
        assert_eq!(shares(&[], 3), []);
    }
}
