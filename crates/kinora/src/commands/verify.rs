use std::sync::Arc;

use kinora_farm::Progress;
use kinora_project::Voice as _;
use kinora_session::Verification;
use serde_json::json;

use crate::{args::VerifyArgs, failure::Failure, interrupt, project, show::Terminal};

/// `kinora verify`.
pub fn command(args: &VerifyArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    let terminal = Terminal::new();
    let session = project::open(&args.project, true, &terminal, &progress)?;
    let told = session.verify(&args.finished, args.psnr);
    let told = told.map_err(|error| Failure::from(error).or_interrupted(&progress))?;
    match args.json {
        true => terminal.tell(&facts(&told)),
        false => terminal.print(&lines(args, &told)),
    }
    match told.faults.len() {
        0 => Ok(()),
        _ => Err(Failure::Exit(1)),
    }
}

fn facts(told: &Verification) -> serde_json::Value {
    // JSON has no infinity.
    let decibels = |psnr: f64| psnr.is_finite().then_some(psnr);
    json!({
        "ok": told.faults.is_empty(),
        "frames": told.frames,
        "soundSeconds": told.sound,
        "compared": told.compared,
        "worst": told.worst.map(|(frame, psnr)| json!({"frame": frame, "psnr": decibels(psnr)})),
        "faults": told.faults,
    })
}

fn lines(args: &VerifyArgs, told: &Verification) -> String {
    let worst = match told.worst {
        Some((frame, psnr)) if psnr.is_finite() => {
            format!("; the least alike is frame {frame} with {psnr:.1} dB")
        }
        _ => String::new(),
    };
    let file = args.finished.display();
    let compared = told.compared.len();
    let (frames, faults) = (told.frames, &told.faults);
    match faults.is_empty() {
        true => format!(
            "`{file}` is the project's film: {frames} pictures, {compared} of them drawn anew{worst}"
        ),
        false => format!(
            "`{file}` is not the project's film ({compared} pictures drawn anew{worst}):\n  {}",
            faults.join("\n  ")
        ),
    }
}
