use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::process::Command;
use tokio::sync::watch;

use crate::log::Log;

/// What a sandbox's process is started with.
pub struct Launch<'a> {
    pub command: &'a Path,
    pub arguments: &'a [String],
    pub env: &'a BTreeMap<String, String>,
    pub directory: &'a Path,
    /// The program that binds the process's life to ours, if there is one.
    pub setpriv: Option<&'a PathBuf>,
}

/// The process of a sandbox and all that it started; it ends with the value.
pub struct Process {
    group: Pid,
    exit: watch::Receiver<Option<ExitStatus>>,
}

impl Process {
    pub fn start(launch: &Launch, log: &Log) -> std::io::Result<Self> {
        let mut command = match launch.setpriv {
            Some(setpriv) => {
                let mut command = Command::new(setpriv);
                command
                    .args(["--pdeathsig", "KILL", "--"])
                    .arg(launch.command);
                command
            }
            None => Command::new(launch.command),
        };
        let mut child = command
            .args(launch.arguments)
            .env_clear()
            .envs(launch.env)
            .current_dir(launch.directory)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()?;
        log.follow(child.stdout.take().expect("stdout is piped"));
        log.follow(child.stderr.take().expect("stderr is piped"));
        let group = child
            .id()
            .and_then(|id| Pid::from_raw(id as i32))
            .ok_or_else(|| std::io::Error::other("the process has no id"))?;
        let (sender, exit) = watch::channel(None);
        tokio::spawn(async move {
            let status = child.wait().await.unwrap_or(ExitStatus::from_raw(0));
            let _ = sender.send(Some(status));
        });
        Ok(Self { group, exit })
    }

    /// Waits for its end.
    pub async fn exited(&self) -> ExitStatus {
        let mut exit = self.exit.clone();
        match exit.wait_for(Option::is_some).await {
            Ok(status) => status.unwrap_or(ExitStatus::from_raw(0)),
            Err(_) => ExitStatus::from_raw(0),
        }
    }

    pub fn is_running(&self) -> bool {
        self.exit.borrow().is_none()
    }

    /// Sends the signal to the process and all that it started.
    pub fn signal(&self, signal: Signal) {
        // It may have gone meanwhile.
        let _ = kill_process_group(self.group, signal);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.signal(Signal::KILL);
    }
}

/// As Lambda words it; without words for a process that just ended.
pub fn exit_words(status: ExitStatus) -> Option<String> {
    // A shell-like parent tells a signal by 128 and its number.
    let signal = status.signal().or_else(|| {
        status
            .code()
            .filter(|code| *code > 128)
            .map(|code| code - 128)
    });
    let name = match signal {
        Some(4) => "illegal instruction",
        Some(6) => "aborted",
        Some(7) => "bus error",
        Some(8) => "floating point exception",
        Some(9) => "killed",
        Some(11) => "segmentation fault",
        Some(15) => "terminated",
        Some(other) => return Some(format!("signal {other}")),
        None => {
            let code = status.code().unwrap_or(0);
            return (code != 0).then(|| format!("exit status {code}"));
        }
    };
    Some(format!("signal: {name}"))
}
