use std::{ffi::OsString, path::PathBuf, process::Stdio, time::Duration};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Map, Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    process::{Child, ChildStderr, Command},
    time::{Instant, sleep_until, timeout},
};

use crate::job::{RenderJob, State};

/// How long a program that was asked to end has for it.
const FAREWELL: Duration = Duration::from_secs(10);
/// Bytes of a line that a program tells at most.
const LONGEST_LINE: u64 = 4 << 20;
/// More than a century, for a job whose time is not limited.
const AGES: Duration = Duration::from_secs(1 << 32);

/// The program that renders, and what is the same for all jobs.
pub struct Renderer {
    /// The command.
    pub program: PathBuf,
    /// Its first arguments: `render`, the project, limits. What a job says itself goes
    /// before those of the form `--name=value`.
    pub words: Vec<OsString>,
    /// Variables of all jobs.
    pub variables: Map<String, Value>,
    /// Names of the environment that it does not see: secrets of the service.
    pub hidden: Vec<&'static str>,
    /// How long a job may take.
    pub time: Option<Duration>,
}

impl Renderer {
    /// Renders a job. It leaves a file only where it says that it succeeded.
    pub async fn render(&self, job: &RenderJob) -> State {
        let state = self.run(job).await;
        if !matches!(state, State::Succeeded { .. }) {
            // What was never there cannot be removed.
            let _ = tokio::fs::remove_file(&job.file).await;
        }
        state
    }

    async fn run(&self, job: &RenderJob) -> State {
        let mut child = match self.command(job).spawn() {
            Ok(child) => child,
            Err(error) => return tool(format!("cannot start the renderer: {error}")),
        };
        let mut variables = self.variables.clone();
        variables.extend(job.order.variables.clone());
        if let Some(mut input) = child.stdin.take() {
            // One that has ended already says itself why.
            let _ = input
                .write_all(Value::Object(variables).to_string().as_bytes())
                .await;
        }
        let Some(lines) = child.stderr.take() else {
            return tool("the renderer has no standard error".to_owned());
        };
        let mut told = Told::default();
        let end = self.time.map(|time| Instant::now() + time);
        let mut stopping = job.stopping();
        let stopped = tokio::select! {
            () = told.listen(lines, job) => None,
            _ = stopping.wait_for(|stop| *stop) => Some(State::Cancelled),
            () = sleep_until(end.unwrap_or_else(|| Instant::now() + AGES)) => {
                let seconds = self.time.unwrap_or_default().as_secs_f64();
                let message = format!("the job took longer than {seconds} s, which is all that \
                                       this service gives it (--max-time)");
                Some(State::Failed(json!({"kind": "time", "message": message, "diagnostics": []})))
            }
        };
        let status = end_of(child, stopped.is_some()).await;
        if let Some(state) = stopped {
            return state;
        }
        let bytes = tokio::fs::metadata(&job.file).await.map(|file| file.len());
        match (told.error, told.stats, bytes) {
            (Some(error), ..) => State::Failed(error),
            (None, Some(stats), Ok(bytes)) if status.is_some_and(|status| status.success()) => {
                State::Succeeded { bytes, stats }
            }
            _ => {
                let how = status.map_or("was lost".to_owned(), |status| status.to_string());
                let last = told.stray.map_or(String::new(), |line| format!(": {line}"));
                tool(format!("the renderer broke down ({how}){last}"))
            }
        }
    }

    fn command(&self, job: &RenderJob) -> Command {
        let mut command = Command::new(&self.program);
        let name = |word: &str| word.split_once('=').map(|(name, _)| name.to_owned());
        let own: Vec<String> = job
            .order
            .words
            .iter()
            .filter_map(|word| name(word))
            .collect();
        let general = self.words.iter().filter(|word| {
            let name = word.to_str().and_then(name);
            name.is_none_or(|name| !own.contains(&name))
        });
        command
            .args(general)
            .args(&job.order.words)
            .args(["--events", "--variables", "-", "--output"])
            .arg(&job.file)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        for name in &self.hidden {
            command.env_remove(name);
        }
        command
    }
}

/// What a program told.
#[derive(Default)]
struct Told {
    error: Option<Value>,
    stats: Option<Value>,
    /// The last line that was no event.
    stray: Option<String>,
}

impl Told {
    /// Reads events until there are no more.
    async fn listen(&mut self, lines: ChildStderr, job: &RenderJob) {
        let mut lines = BufReader::new(lines);
        let mut line = Vec::new();
        loop {
            line.clear();
            let mut limited = (&mut lines).take(LONGEST_LINE);
            let read = limited.read_until(b'\n', &mut line).await;
            if read.is_ok_and(|bytes| bytes > 0) {
                self.hear(&line, job);
            } else {
                return;
            }
        }
    }

    fn hear(&mut self, line: &[u8], job: &RenderJob) {
        let Ok(Value::Object(mut event)) = serde_json::from_slice(line) else {
            let text = String::from_utf8_lossy(line).trim().to_owned();
            self.stray = Some(text)
                .filter(|text| !text.is_empty())
                .or(self.stray.take());
            return;
        };
        let kind = event.remove("event");
        match kind.as_ref().and_then(Value::as_str) {
            Some("progress") => job.advance(Value::Object(event)),
            Some("warning") => {
                if let Some(message) = event["message"].as_str() {
                    job.warn(message.to_owned());
                }
            }
            Some("error") => {
                event.remove("exitCode");
                event.entry("diagnostics").or_insert_with(|| json!([]));
                self.error = Some(Value::Object(event));
            }
            Some("done") => self.stats = Some(Value::Object(event)),
            _ => {}
        }
    }
}

/// Waits for a program's end; one that is to end is asked, and ended if it does not.
async fn end_of(mut child: Child, ask: bool) -> Option<std::process::ExitStatus> {
    if ask && let Some(id) = child.id().and_then(|id| Pid::from_raw(id as i32)) {
        // One that has ended is waited for all the same.
        let _ = kill_process(id, Signal::TERM);
    }
    match ask {
        false => child.wait().await.ok(),
        true => match timeout(FAREWELL, child.wait()).await {
            Ok(status) => status.ok(),
            Err(_) => {
                // It is waited for when the value goes.
                let _ = child.kill().await;
                None
            }
        },
    }
}

fn tool(message: String) -> State {
    State::Failed(json!({"kind": "tool", "message": message, "diagnostics": []}))
}
