use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::anyhow;
use kinora_lambda::aws::{Aws, LogLine};
use kinora_project::Voice as _;
use serde_json::json;

use super::{aws, block_on};
use crate::{args::LogsArgs, failure::Failure, show::Terminal};

/// How far back is read when nothing is said, in seconds.
const LATELY: f64 = 600.0;
/// The same for a job.
const A_DAY: f64 = 24.0 * 3600.0;
/// How often new lines are asked for.
const TICK: Duration = Duration::from_secs(2);
/// AWS tells lines of different sandboxes not in the order in which they were written.
const OVERLAP_MS: u64 = 10_000;

/// `kinora lambda logs`.
pub fn command(args: &LogsArgs) -> Result<(), Failure> {
    block_on(async {
        let aws = aws(args.region.as_deref()).await?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now_ms = now.map_or(0, |time| time.as_millis() as u64);
        let usual = if args.job.is_some() { A_DAY } else { LATELY };
        let back = args.since.unwrap_or(usual) * 1000.0;
        let mut reader = Reader {
            aws,
            group: format!("/aws/lambda/{}", args.function),
            from_ms: now_ms.saturating_sub(back as u64),
            seen: BTreeSet::new(),
            calls: Calls {
                job: args.job.clone(),
                open: BTreeMap::new(),
            },
        };
        let terminal = Terminal::new();
        let mut told = 0;
        loop {
            for line in reader.news().await? {
                told += 1;
                terminal.print(&match args.json {
                    true => json!(line).to_string(),
                    false => shown(&line),
                });
            }
            if !args.follow {
                break;
            }
            tokio::time::sleep(TICK).await;
        }
        if told == 0 {
            terminal.say("no lines: `--since` reads from longer ago");
        }
        Ok(())
    })
}

/// Reads a log on.
struct Reader {
    aws: Aws,
    group: String,
    from_ms: u64,
    /// The lines that were read, as far as they may come once more.
    seen: BTreeSet<String>,
    calls: Calls,
}

impl Reader {
    /// Lines that were not read yet.
    async fn news(&mut self) -> Result<Vec<LogLine>, Failure> {
        let mut lines = Vec::new();
        let mut page = None;
        loop {
            let asked = self.aws.log(&self.group, self.from_ms, "", page.as_deref());
            let found = asked.await.map_err(kinora_lambda::Fault::from)?.ok_or_else(|| {
                let (group, region) = (&self.group, self.aws.region());
                Failure::Tool(anyhow!(
                    "there is no log `{group}` in `{region}`: `--function` or `--region` name another"
                ))
            })?;
            lines.extend(found.lines);
            page = found.next;
            if page.is_none() {
                break;
            }
        }
        lines.retain(|line| self.seen.insert(line.id.clone()));
        lines.sort_by_key(|line| line.at_ms);
        if let Some(last) = lines.last() {
            self.from_ms = self.from_ms.max(last.at_ms.saturating_sub(OVERLAP_MS));
        }
        Ok(self.calls.of_job(lines))
    }
}

/// Finds the calls of a job: what a sandbox writes from one `START` to the `REPORT`.
struct Calls {
    job: Option<String>,
    /// The lines of the call that each sandbox is at.
    open: BTreeMap<String, Vec<LogLine>>,
}

impl Calls {
    /// The lines that are the job's; all if no job is meant.
    fn of_job(&mut self, lines: Vec<LogLine>) -> Vec<LogLine> {
        let Some(job) = &self.job else {
            return lines;
        };
        let mark = format!("job {job}: ");
        let mut found = Vec::new();
        for line in lines {
            let call = self.open.entry(line.stream.clone()).or_default();
            if line.text.starts_with("START ") {
                call.clear();
            }
            let is_end = line.text.starts_with("REPORT ");
            call.push(line);
            if is_end {
                let call = std::mem::take(call);
                if call.iter().any(|line| line.text.contains(&mark)) {
                    found.extend(call);
                }
            }
        }
        found
    }
}

/// A line with the time of day (UTC) and the sandbox.
fn shown(line: &LogLine) -> String {
    let ms = line.at_ms % 86_400_000;
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    let sandbox = line.stream.rsplit(']').next().unwrap_or_default();
    let sandbox: String = sandbox.chars().take(8).collect();
    format!(
        "{hours:02}:{minutes:02}:{seconds:02}.{:03} {sandbox} {}",
        ms % 1000,
        line.text
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(stream: &str, text: &str) -> LogLine {
        LogLine {
            id: String::new(),
            at_ms: 3_723_004,
            stream: stream.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_job_s_calls_are_told_from_others() {
        let mut calls = Calls {
            job: Some("first".to_owned()),
            open: BTreeMap::new(),
        };
        let lines = [
            line("a", "START 1"),
            line("b", "START 2"),
            line("a", "job first: the whole film"),
            line("b", "job first-2: the whole film"),
            line("b", "REPORT 2"),
            line("a", "error: x"),
        ];
        assert_eq!(calls.of_job(lines.to_vec()), []);
        let rest = [
            line("a", "REPORT 1"),
            line("b", "START 3"),
            line("b", "REPORT 3"),
        ];
        let found = calls.of_job(rest.to_vec());
        let texts: Vec<&str> = found.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "START 1",
                "job first: the whole film",
                "error: x",
                "REPORT 1"
            ]
        );
    }

    #[test]
    fn lines_have_a_time_and_a_sandbox() {
        let stream = "2026/11/29/[$LATEST]0123456789abcdef";
        assert_eq!(shown(&line(stream, "END")), "01:02:03.004 01234567 END");
    }
}
