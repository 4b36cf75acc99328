use std::{path::Path, time::Duration};

use anyhow::Context as _;
use kinora_farm::Report;
use kinora_media::WholeFile;
use kinora_script::Recording;
use serde_json::{Value, json};

use crate::show::round;

/// Figures about a render.
pub struct Stats<'a> {
    pub report: &'a Report,
    pub recording: &'a Recording,
    pub workers: usize,
    pub elapsed: Duration,
}

impl Stats<'_> {
    /// The figures as JSON. Seconds of decode, raster and encode are those of
    /// all workers together.
    pub fn json(&self) -> Value {
        let Self {
            report, recording, ..
        } = self;
        let seconds = |time: Duration| round(time.as_secs_f64());
        json!({
            "frames": report.frames,
            "segments": report.segments,
            "cacheHits": report.cached_segments,
            "copied": report.copied,
            "workers": self.workers,
            "bytes": report.bytes,
            "seconds": {
                "total": seconds(self.elapsed),
                "script": round(recording.script_seconds),
                "stage": round(recording.stage_seconds),
                "decode": seconds(report.timings.decode),
                "raster": seconds(report.timings.raster),
                "encode": seconds(report.timings.encode),
                "sound": seconds(report.sound),
                "assemble": seconds(report.assemble),
            },
            "peakMemoryBytes": peak_memory(),
        })
    }

    /// Writes the figures to a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        let text = format!("{:#}\n", self.json());
        WholeFile::write(path, text.as_bytes())
            .with_context(|| format!("cannot write `{}`", path.display()))
    }
}

/// The most memory that the process has held at once, in bytes, if the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_peak_of_memory_is_known() {
        assert!(super::peak_memory().is_some_and(|bytes| bytes > 100_000));
    }
}
