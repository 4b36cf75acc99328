use std::{
    collections::BTreeSet,
    fmt::Write as _,
    time::{Duration, Instant},
};

use kinora_farm::CopyPlan;
use kinora_media::Preset;
use kinora_session::{RecordOrder, Session};
use kinora_worker::Recipe;
use serde::{Deserialize, Serialize};

use crate::{
    Aim, Fault, Terms, forecast::Forecast, money::dollars, planner, report::round, work::Work,
};

/// Numbers of workers that a plan always shows, as far as there are segments for them.
const SHOWN: [u64; 12] = [1, 2, 3, 5, 8, 15, 30, 60, 120, 240, 480, 900];

/// What a job will come to, by how many workers, and which number is taken.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// What is taken.
    #[serde(flatten)]
    pub chosen: Row,
    /// The faster preset that is taken, if one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<Preset>,
    /// Memory of the function.
    pub memory_mb: u64,
    /// Calls that may run at once.
    pub at_once: u64,
    /// Seconds that recording and measuring take, which are part of all others here.
    pub before_seconds: f64,
    /// Seconds of one processor that rendering takes.
    pub processor_seconds: f64,
    /// The film's segments.
    pub segments: u64,
    /// The film's frames.
    pub frames: u64,
    /// Frames that were rendered to measure; without any, the recording alone tells.
    pub measured_frames: u64,
    /// Whose prices these are, and when they were.
    pub prices: String,
    /// Other numbers of workers.
    pub table: Vec<Row>,
    /// What other sizes of the function would come to: that is its deployment's business.
    pub other_memory: Vec<Row>,
    /// What could not be learned, and what is reckoned with instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// What a number of workers comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Workers that are called.
    pub workers: u64,
    /// In so many rounds.
    pub waves: u64,
    /// Seconds from the job's start to the film.
    pub seconds: f64,
    /// US dollars.
    pub usd: f64,
    /// Gigabytes times seconds that all calls are billed for.
    pub gb_seconds: f64,
    /// The function's memory, where it is another than what is deployed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_mb: Option<u64>,
}

impl From<&Forecast> for Row {
    fn from(forecast: &Forecast) -> Self {
        Self {
            workers: forecast.workers,
            waves: forecast.waves,
            seconds: round(forecast.seconds),
            usd: forecast.usd,
            gb_seconds: round(forecast.gb_seconds),
            memory_mb: None,
        }
    }
}

impl Proposal {
    /// Records the session's project, renders a little of it to measure, and plans. Blocks
    /// meanwhile. What [`Terms::before`] says is replaced by what that took. Where the aim
    /// cannot be met the recipes of `faster` are tried in turn.
    ///
    /// # Errors
    /// When the project is at fault, the session's progress is cancelled, or what is aimed
    /// at cannot be met.
    pub fn of(
        session: &Session,
        record: &RecordOrder,
        faster: Vec<(Preset, Recipe)>,
        aim: &Aim,
        terms: Terms,
    ) -> Result<Self, Fault> {
        let begun = Instant::now();
        let mut record = record.clone();
        let mut faster = faster.into_iter();
        let mut preset = None;
        loop {
            let terms = terms.clone();
            match Self::by_recipe(session, &record, aim, terms, begun) {
                Err(fault) if planner::is_unmet(&fault) => {
                    let Some((next, recipe)) = faster.next() else {
                        return Err(fault);
                    };
                    record.recipe = recipe;
                    preset = Some(next);
                }
                done => return done.map(|plan| Self { preset, ..plan }),
            }
        }
    }

    fn by_recipe(
        session: &Session,
        record: &RecordOrder,
        aim: &Aim,
        mut terms: Terms,
        begun: Instant,
    ) -> Result<Self, Fault> {
        let film = session.record(record)?.film;
        let mut work = Work::seen(&film, &[]);
        if film.recipe().copy && CopyPlan::of(&film, &**session.library()).is_some() {
            // No function is called.
            work.costs.fill(0);
        }
        work.measure(session, &film, patience(aim))?;
        terms.before = begun.elapsed().as_secs_f64();
        let chosen = planner::choose(&work, &terms, aim)?;
        Ok(Self::new(&work, &terms, aim, &chosen))
    }

    /// The plan in which this was chosen.
    pub fn new(work: &Work, terms: &Terms, aim: &Aim, chosen: &Forecast) -> Self {
        let most = planner::most_workers(work);
        let mut shown: BTreeSet<u64> = SHOWN.into_iter().filter(|count| *count <= most).collect();
        shown.extend(
            [chosen.workers, most]
                .into_iter()
                .filter(|count| *count > 0),
        );
        let row = |count| Row::from(&Forecast::of(work, count, terms));
        Self {
            chosen: chosen.into(),
            preset: None,
            memory_mb: terms.function.memory_mb,
            at_once: terms.function.at_once,
            before_seconds: round(terms.before),
            processor_seconds: round(work.processor_seconds()),
            segments: work.costs.len() as u64,
            frames: work.frames,
            measured_frames: work.measured_frames,
            prices: terms.rates.whose.clone(),
            table: shown.into_iter().map(row).collect(),
            other_memory: planner::other_sizes(work, terms, aim),
            notes: terms.function.notes.clone(),
        }
    }

    /// The plan as people read it.
    pub fn table(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:>7}  {:>9}  {:>9}", "workers", "seconds", "dollars");
        for row in &self.table {
            let taken = if row.workers == self.chosen.workers {
                "  <"
            } else {
                ""
            };
            let waves = match row.waves {
                0 | 1 => String::new(),
                waves => format!("  {waves} waves of {}", self.at_once),
            };
            let _ = writeln!(
                text,
                "{:>7}  {:>9.1}  {:>9}{taken}{waves}",
                row.workers,
                row.seconds,
                dollars(row.usd)
            );
        }
        for row in &self.other_memory {
            let memory = row.memory_mb.unwrap_or_default();
            let _ = writeln!(
                text,
                "with {memory} MB: {}, {:.1} s for {}",
                workers(row.workers),
                row.seconds,
                dollars(row.usd)
            );
        }
        let measured = match self.measured_frames {
            0 => "told from the recording".to_owned(),
            frames => format!("told from {frames} of {} frames", self.frames),
        };
        let _ = write!(
            text,
            "{:.1} s of processor time in {} segments, {measured}; {} MB each; {:.1} s before the first call; {}",
            self.processor_seconds, self.segments, self.memory_mb, self.before_seconds, self.prices
        );
        if let Some(preset) = self.preset {
            let _ = write!(
                text,
                "\nwith the preset `{preset}`, which changes the picture"
            );
        }
        for note in &self.notes {
            let _ = write!(text, "\n{note}");
        }
        text
    }
}

/// How much processor time may be taken to measure: an eighth of a deadline.
pub fn patience(aim: &Aim) -> Duration {
    let part = aim
        .deadline
        .map(|seconds| Duration::try_from_secs_f64(seconds / 8.0));
    part.and_then(Result::ok).unwrap_or(Duration::MAX)
}

/// So many workers, in words.
pub fn workers(count: u64) -> String {
    match count {
        1 => "1 worker".to_owned(),
        count => format!("{count} workers"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::tests::{even, plain};

    #[test]
    fn a_plan_shows_numbers_of_workers_up_to_the_segments() {
        let (work, mut terms) = (even(20), plain());
        terms.function.at_once = 10;
        let aim = Aim::workers(4);
        let chosen = planner::choose(&work, &terms, &aim).unwrap();
        let plan = Proposal::new(&work, &terms, &aim, &chosen);
        let shown: Vec<u64> = plan.table.iter().map(|row| row.workers).collect();
        assert_eq!(shown, [1, 2, 3, 4, 5, 8, 15, 20]);
        let text = plan.table();
        assert!(text.contains("  <\n"), "{text}");
        assert!(text.contains("  2 waves of 10\n"), "{text}");
        assert!(text.contains("with 10240 MB: "), "{text}");
        assert!(text.contains("told from 60 of 1200 frames"), "{text}");
        let told = serde_json::to_value(&plan).unwrap();
        assert_eq!(told["workers"], 4);
        assert_eq!(told["table"].as_array().unwrap().len(), 8);
        assert_eq!(told["table"][0]["memoryMb"], serde_json::Value::Null);
    }

    #[test]
    fn a_short_deadline_leaves_little_time_to_measure() {
        let aim = Aim {
            deadline: Some(8.0),
            ..Aim::default()
        };
        assert_eq!(patience(&aim), Duration::from_secs(1));
        assert_eq!(patience(&Aim::default()), Duration::MAX);
    }
}
