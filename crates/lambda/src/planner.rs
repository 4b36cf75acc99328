//! How many workers are taken: a choice without clock, network or disk.

use crate::{
    Aim, Deployed, Fault, FaultKind, MOST_WORKERS, Terms,
    forecast::Forecast,
    money::dollars,
    proposal::{Row, workers},
    work::Work,
};

/// Up to so many workers every number is looked at; beyond, each is a twentieth more than
/// the one before.
const EACH_UP_TO: u64 = 60;

/// Sizes of functions that are advised, in MB: one processor, what new accounts have at
/// most, and the most that two more of AWS's steps and AWS itself give.
const SIZES: [u64; 5] = [1769, 3008, 5307, 7076, 10_240];

/// As many workers as can have something to do.
pub fn most_workers(work: &Work) -> u64 {
    work.open().min(MOST_WORKERS)
}

/// What is taken for this aim: the number of workers that is named; else of those that meet
/// the deadline and the cost the cheapest if there is a deadline, and the fastest if there
/// is none. With neither it is the one whose seconds times dollars are least: beyond it,
/// time is dear.
///
/// # Errors
/// When the aim cannot be met; the fault says what comes nearest.
pub fn choose(work: &Work, terms: &Terms, aim: &Aim) -> Result<Forecast, Fault> {
    let candidates = match aim.workers {
        Some(workers) => vec![Forecast::of(work, workers, terms)],
        None => candidates(work, terms),
    };
    let least = |key: fn(&Forecast) -> f64| {
        let fits = candidates.iter().filter(|forecast| meets(forecast, aim));
        fits.min_by(|one, other| key(one).total_cmp(&key(other)))
    };
    let found = match (aim.deadline, aim.max_cost) {
        (Some(_), _) => least(|forecast| forecast.usd),
        (None, Some(_)) => least(|forecast| forecast.seconds),
        (None, None) => least(|forecast| forecast.usd * forecast.seconds),
    };
    match found {
        Some(found) => Ok(found.clone()),
        None => Err(unmet(work, terms, aim, &candidates)),
    }
}

/// Whether this is why an aim could not be met.
pub fn is_unmet(fault: &Fault) -> bool {
    let field = fault.field.as_deref();
    fault.kind == FaultKind::Event && matches!(field, Some("deadline" | "maxCost"))
}

/// What the same aim comes to with functions of other sizes; what cannot meet it is told
/// as it is at its fastest.
pub fn other_sizes(work: &Work, terms: &Terms, aim: &Aim) -> Vec<Row> {
    if work.open() == 0 {
        return Vec::new();
    }
    let own = terms.function.memory_mb;
    let others = SIZES.into_iter().filter(|memory| *memory != own);
    let row = |memory| {
        let terms = of_size(terms, memory);
        let found = choose(work, &terms, aim);
        let found = found
            .ok()
            .or_else(|| fastest(&candidates(work, &terms)).cloned());
        found.map(|forecast| Row {
            memory_mb: Some(memory),
            ..Row::from(&forecast)
        })
    };
    others.filter_map(row).collect()
}

fn of_size(terms: &Terms, memory_mb: u64) -> Terms {
    Terms {
        function: Deployed {
            memory_mb,
            ..terms.function.clone()
        },
        ..terms.clone()
    }
}

fn candidates(work: &Work, terms: &Terms) -> Vec<Forecast> {
    let most = most_workers(work).max(1);
    let mut counts: Vec<u64> = (1..=most.min(EACH_UP_TO)).collect();
    while let Some(last) = counts.last().copied().filter(|last| *last < most) {
        counts.push((last + last / 20).min(most));
    }
    counts
        .into_iter()
        .map(|count| Forecast::of(work, count, terms))
        .collect()
}

fn in_time(forecast: &Forecast, aim: &Aim) -> bool {
    aim.deadline
        .is_none_or(|deadline| forecast.seconds <= deadline)
}

fn affordable(forecast: &Forecast, aim: &Aim) -> bool {
    aim.max_cost.is_none_or(|most| forecast.usd <= most)
}

fn meets(forecast: &Forecast, aim: &Aim) -> bool {
    in_time(forecast, aim) && affordable(forecast, aim)
}

fn fastest(candidates: &[Forecast]) -> Option<&Forecast> {
    candidates
        .iter()
        .min_by(|one, other| one.seconds.total_cmp(&other.seconds))
}

fn cheapest(candidates: &[Forecast]) -> Option<&Forecast> {
    candidates
        .iter()
        .min_by(|one, other| one.usd.total_cmp(&other.usd))
}

/// Why an aim cannot be met, and what comes nearest.
fn unmet(work: &Work, terms: &Terms, aim: &Aim, candidates: &[Forecast]) -> Fault {
    let (Some(fastest), Some(cheapest)) = (fastest(candidates), cheapest(candidates)) else {
        return Fault::field("deadline", "cannot be met: there is nothing to choose from");
    };
    let seconds = |seconds: f64| format!("{seconds} s");
    let deadline = aim.deadline.map(seconds).unwrap_or_default();
    let cost = aim.max_cost.map(dollars).unwrap_or_default();
    let (field, mut what) = if !in_time(fastest, aim) {
        let what = format!("of {deadline} cannot be met: {}", took(fastest, terms));
        ("deadline", what)
    } else if !affordable(cheapest, aim) {
        let what = format!("of {cost} cannot be met: {}", took(cheapest, terms));
        ("maxCost", what)
    } else {
        let both = candidates.iter();
        let in_time: Vec<Forecast> = both
            .clone()
            .filter(|one| in_time(one, aim))
            .cloned()
            .collect();
        let paid: Vec<Forecast> = both.filter(|one| affordable(one, aim)).cloned().collect();
        let near = |found: Option<&Forecast>| found.map(|one| took(one, terms)).unwrap_or_default();
        let what = format!(
            "of {deadline} cannot be met for the `maxCost` of {cost}: {}; {}",
            near(self::cheapest(&in_time)),
            near(self::fastest(&paid)),
        );
        ("deadline", what)
    };
    if let Some(better) = better(work, terms, aim) {
        what.push_str("; ");
        what.push_str(&better);
    }
    Fault::field(field, what)
}

/// What would meet the aim: another number of workers, or a function of another size.
fn better(work: &Work, terms: &Terms, aim: &Aim) -> Option<String> {
    let free = Aim {
        workers: None,
        ..*aim
    };
    let own = terms.function.memory_mb;
    let sizes = std::iter::once(own).chain(SIZES.into_iter().filter(|size| *size != own));
    for size in sizes {
        let terms = of_size(terms, size);
        let found = candidates(work, &terms);
        if found.iter().any(|forecast| meets(forecast, aim)) {
            let found = choose(work, &terms, &free).ok()?;
            let told = took(&found, &terms);
            return Some(if size == own {
                told
            } else {
                format!("with {size} MB, {told}")
            });
        }
    }
    None
}

/// What workers take, in words.
fn took(forecast: &Forecast, terms: &Terms) -> String {
    let waves = match forecast.waves {
        0 | 1 => String::new(),
        waves => format!(" in {waves} waves of {}", terms.function.at_once),
    };
    let before = match terms.before {
        before if before > forecast.seconds / 5.0 => {
            format!(" ({before:.1} s of it before the first call)")
        }
        _ => String::new(),
    };
    let verb = if forecast.workers == 1 {
        "takes"
    } else {
        "take"
    };
    format!(
        "{}{waves} {verb} {:.1} s{before} for {}",
        workers(forecast.workers),
        forecast.seconds,
        dollars(forecast.usd)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::tests::{even, plain};

    fn aim(deadline: Option<f64>, max_cost: Option<f64>) -> Aim {
        Aim {
            deadline,
            max_cost,
            ..Aim::default()
        }
    }

    /// Functions that take half a second to start.
    fn terms() -> Terms {
        let mut terms = plain();
        terms.rates.model.start_seconds = 0.5;
        terms.rates.model.join_seconds = 1.0;
        terms
    }

    fn chosen(aim: Aim) -> Forecast {
        choose(&even(60), &terms(), &aim).unwrap()
    }

    fn refused(terms: &Terms, aim: Aim) -> Fault {
        choose(&even(60), terms, &aim).unwrap_err()
    }

    #[test]
    fn a_deadline_is_met_by_the_cheapest_and_a_cost_by_the_fastest() {
        let all = candidates(&even(60), &terms());
        assert_eq!(all.len(), 60);
        let timely = chosen(aim(Some(6.0), None));
        assert!(timely.seconds <= 6.0);
        for one in &all {
            assert!(one.seconds > 6.0 || one.usd >= timely.usd, "{one:?}");
        }
        let most = 0.0026;
        let thrifty = chosen(aim(None, Some(most)));
        assert!(thrifty.usd <= most && thrifty.workers > 1, "{thrifty:?}");
        for one in &all {
            assert!(one.usd > most || one.seconds >= thrifty.seconds, "{one:?}");
        }
        assert_eq!(chosen(aim(Some(6.0), Some(most))).workers, timely.workers);
        assert_eq!(chosen(Aim::workers(7)).workers, 7);
    }

    #[test]
    fn without_an_aim_it_is_where_seconds_times_dollars_are_least() {
        let knee = chosen(Aim::default());
        let product = |one: &Forecast| one.seconds * one.usd;
        let all = candidates(&even(60), &terms());
        assert!(all.iter().all(|one| product(one) >= product(&knee)));
        assert!((8..60).contains(&knee.workers), "{knee:?}");
    }

    #[test]
    fn what_cannot_be_met_is_told_with_what_can() {
        let late = refused(&terms(), aim(Some(1.0), None));
        assert_eq!(
            (late.field.as_deref(), late.status()),
            (Some("deadline"), 400)
        );
        assert!(is_unmet(&late) && !is_unmet(&Fault::field("numWorkers", "is missing")));
        let told = late.text();
        assert!(
            told.starts_with("`deadline` of 1 s cannot be met: 30 workers take 2.5 s for $0."),
            "{told}"
        );
        let dear = refused(&terms(), aim(None, Some(0.0005)));
        assert_eq!(dear.field.as_deref(), Some("maxCost"));
        assert!(
            dear.text()
                .starts_with("`maxCost` of $0.000500 cannot be met: "),
            "{dear}"
        );
        let both = refused(&terms(), aim(Some(3.0), Some(0.0024)));
        let told = both.text();
        assert!(
            told.starts_with("`deadline` of 3 s cannot be met for the `maxCost` of $0.0024: "),
            "{told}"
        );
        assert_eq!(told.matches(" workers take ").count(), 2, "{told}");
    }

    #[test]
    fn another_number_or_another_size_is_advised() {
        let few = Aim {
            workers: Some(2),
            ..aim(Some(6.0), None)
        };
        let told = refused(&terms(), few).text();
        assert!(
            told.starts_with("`deadline` of 6 s cannot be met: 2 workers take 16.5 s"),
            "{told}"
        );
        let timely = chosen(aim(Some(6.0), None)).workers;
        assert!(
            told.contains(&format!("; {timely} workers take ")),
            "{told}"
        );
        // Where only few calls run at once, larger functions take less time.
        let mut small = terms();
        small.function.memory_mb = 1504;
        small.function.at_once = 10;
        let told = refused(&small, aim(Some(7.0), None)).text();
        assert!(
            told.contains(" in ") || told.contains("10 workers"),
            "{told}"
        );
        assert!(told.contains("; with "), "{told}");
    }

    #[test]
    fn time_before_the_first_call_is_told_where_it_matters() {
        let mut terms = terms();
        terms.before = 4.0;
        let told = refused(&terms, aim(Some(5.0), None)).text();
        assert!(
            told.contains("6.5 s (4.0 s of it before the first call)"),
            "{told}"
        );
    }

    #[test]
    fn long_films_are_planned_with_few_looks() {
        let counts: Vec<u64> = candidates(&even(1000), &terms())
            .iter()
            .map(|forecast| forecast.workers)
            .collect();
        assert_eq!(counts.last(), Some(&MOST_WORKERS));
        assert!(counts.len() < 130 && counts.is_sorted(), "{counts:?}");
        assert_eq!(most_workers(&even(3)), 3);
    }
}
