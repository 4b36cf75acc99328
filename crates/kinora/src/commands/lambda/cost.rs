use kinora_lambda::Account;
use kinora_project::Voice as _;
use serde_json::{Value, json};

use super::{block_on, bucket, progress};
use crate::{args::CostArgs, failure::Failure, show::Terminal};

/// `kinora lambda cost`: what a job costs so far, or has cost.
pub fn command(args: &CostArgs) -> Result<(), Failure> {
    block_on(async {
        let account = Account::from_environment().await?;
        let bucket = bucket(&account, args.bucket.as_deref()).await?;
        let told = progress(&bucket, &args.job).await?;
        let result = kinora_lambda::result(&bucket, &args.job).await?;
        let facts = facts(&args.job, &told, result.as_ref());
        let terminal = Terminal::new();
        match args.json {
            true => terminal.tell(&facts),
            false => terminal.print(&table(&facts)),
        }
        Ok(())
    })
}

/// What is known of the cost: of a job that is done its result's, of another its progress's.
fn facts(job: &str, progress: &Value, result: Option<&Value>) -> Value {
    let stage = progress["stage"].as_str().unwrap_or_default();
    let result = result.filter(|_| stage == "done").unwrap_or(&Value::Null);
    let either = |of_result: &str, of_progress: &str| match &result[of_result] {
        Value::Null => progress[of_progress].clone(),
        known => known.clone(),
    };
    json!({
        "jobId": job,
        "stage": stage,
        "costUsd": either("estimatedCostUsd", "costSoFar"),
        "foreseenUsd": progress["estimatedCost"],
        "gbSeconds": result["billedGbSeconds"],
        "workers": match &result["workers"] {
            Value::Null => progress["workers"]["total"].clone(),
            known => known.clone(),
        },
        "retries": either("retries", "retries"),
        "hedges": result["hedges"],
        "throttled": either("throttled", "throttled"),
        "frames": either("frames", "frames"),
        "seconds": either("seconds", "elapsed"),
        "prices": result["prices"],
    })
}

/// The facts in lines.
fn table(facts: &Value) -> String {
    let usd = |value: &Value| value.as_f64().map(|sum| format!("${sum:.6}"));
    let plain = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let is_done = facts["stage"] == "done";
    let spent = if is_done { "cost" } else { "cost so far" };
    let length = if is_done {
        "film's seconds"
    } else {
        "seconds so far"
    };
    let rows = [
        ("job", plain(&facts["jobId"])),
        ("stage", plain(&facts["stage"])),
        (
            spent,
            usd(&facts["costUsd"]).or(Some("not told yet".to_owned())),
        ),
        ("foreseen", usd(&facts["foreseenUsd"])),
        ("GB-seconds", plain(&facts["gbSeconds"])),
        ("workers", plain(&facts["workers"])),
        ("calls repeated", plain(&facts["retries"])),
        ("calls doubled", plain(&facts["hedges"])),
        ("calls refused", plain(&facts["throttled"])),
        ("frames", plain(&facts["frames"])),
        (length, plain(&facts["seconds"])),
        (
            "prices",
            plain(&facts["prices"]).filter(|text| !text.is_empty()),
        ),
    ];
    let lines = rows
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name:15} {}", value?)));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_is_done_tells_its_result_s_cost() {
        let progress = json!({"stage": "done", "frames": 150, "costSoFar": 1.0, "retries": 9});
        let result = json!({"estimatedCostUsd": 0.0012, "billedGbSeconds": 60.5, "workers": 3, "retries": 1});
        let told = facts("a", &progress, Some(&result));
        assert_eq!(
            (&told["costUsd"], &told["retries"]),
            (&json!(0.0012), &json!(1))
        );
        let text = table(&told);
        assert!(text.contains("cost            $0.001200"), "{text}");
        assert!(text.contains("GB-seconds      60.5"), "{text}");
    }

    #[test]
    fn a_job_under_way_tells_what_it_has_cost_so_far() {
        let progress =
            json!({"stage": "render", "costSoFar": 0.0003, "estimatedCost": 0.001, "elapsed": 4.5});
        // The result is an earlier run's.
        let told = facts("a", &progress, Some(&json!({"estimatedCostUsd": 5.0})));
        assert_eq!(
            (&told["costUsd"], &told["foreseenUsd"]),
            (&json!(0.0003), &json!(0.001))
        );
        let text = table(&told);
        assert!(text.contains("cost so far     $0.000300"), "{text}");
        let unknown = table(&facts("a", &json!({"stage": "record"}), None));
        assert!(unknown.contains("not told yet"), "{unknown}");
    }
}
