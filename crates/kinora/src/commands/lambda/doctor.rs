use anyhow::anyhow;
use kinora_lambda::{
    Bucket, Called, Caller as _, Fault, LambdaFunction,
    aws::{Aws, AwsError, DeployedFunction},
};
use kinora_project::Voice as _;
use serde_json::{Value, json};

use super::{aws, block_on};
use crate::{args::CloudDoctorArgs, failure::Failure, show::Terminal};

/// Seconds that a clock may be off until AWS refuses what it signs: five minutes, less a
/// little.
const SKEW: f64 = 240.0;
/// MB that come with one processor.
const PROCESSOR_MB: u64 = 1769;
/// Calls at once that a new account has.
const NEW_ACCOUNT: u64 = 10;
/// Seconds that a call may last where nobody has shortened it.
const LONGEST: u64 = 900;

/// `kinora lambda doctor`.
pub fn command(args: &CloudDoctorArgs) -> Result<(), Failure> {
    let findings = block_on(async { Ok(examine(args).await) })?;
    let terminal = Terminal::new();
    let wrong = findings
        .0
        .iter()
        .filter(|finding| finding.state == State::Wrong)
        .count();
    match args.json {
        true => terminal.tell(&json!({"checks": findings.to_json(), "wrong": wrong})),
        false => terminal.print(&findings.text()),
    }
    match wrong {
        0 => Ok(()),
        count => Err(Failure::Tool(anyhow!(
            "{count} of these are in the way of rendering"
        ))),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Good,
    /// It could be better, or cannot be told.
    Note,
    Wrong,
}

struct Finding {
    what: &'static str,
    state: State,
    text: String,
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, what: &'static str, state: State, text: impl Into<String>) {
        self.0.push(Finding {
            what,
            state,
            text: text.into(),
        });
    }

    fn good(&mut self, what: &'static str, text: impl Into<String>) {
        self.add(what, State::Good, text);
    }

    fn note(&mut self, what: &'static str, text: impl Into<String>) {
        self.add(what, State::Note, text);
    }

    fn wrong(&mut self, what: &'static str, text: impl Into<String>) {
        self.add(what, State::Wrong, text);
    }

    /// What cannot be told is a note if it is only not allowed to be asked.
    fn refused(&mut self, what: &'static str, error: AwsError) {
        let state = match &error {
            AwsError::Refused(refusal) if refusal.is_denial() => State::Note,
            _ => State::Wrong,
        };
        self.add(what, state, Fault::from(error).text());
    }

    fn to_json(&self) -> Value {
        let row = |finding: &Finding| {
            let state = word(finding.state);
            json!({"what": finding.what, "state": state, "text": finding.text})
        };
        self.0.iter().map(row).collect()
    }

    fn text(&self) -> String {
        let line = |finding: &Finding| {
            format!(
                "{:5} {:12} {}",
                word(finding.state),
                finding.what,
                finding.text
            )
        };
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn word(state: State) -> &'static str {
    match state {
        State::Good => "good",
        State::Note => "note",
        State::Wrong => "wrong",
    }
}

/// Looks at one thing after another, as far as what comes before allows.
async fn examine(args: &CloudDoctorArgs) -> Findings {
    let mut findings = Findings::default();
    let aws = match aws(args.region.as_deref()).await {
        Ok(aws) => aws,
        Err(failure) => {
            findings.wrong("region", failure.message());
            return findings;
        }
    };
    findings.good("region", aws.region());
    if let Err(fault) = aws.account().check().await {
        findings.wrong("credentials", fault.text());
        return findings;
    }
    match aws.identity().await {
        Ok(identity) => {
            findings.good(
                "credentials",
                format!("account {}, {}", identity.account, identity.arn),
            );
            clock(identity.clock_ahead, &mut findings);
        }
        Err(error) => {
            findings.wrong("credentials", Fault::from(error).text());
            return findings;
        }
    }
    let function = function(&aws, args, &mut findings).await;
    quota(&aws, &mut findings).await;
    if function.is_some() && !args.no_call {
        version(&aws, &args.function, &mut findings).await;
    }
    let used = function.and_then(|function| function.bucket);
    bucket(&aws, args.bucket.as_deref(), used.as_deref(), &mut findings).await;
    findings
}

fn clock(ahead: Option<f64>, findings: &mut Findings) {
    let Some(ahead) = ahead else {
        return;
    };
    let way = if ahead < 0.0 { "behind" } else { "ahead of" };
    let text = format!("{} s {way} AWS's", ahead.abs());
    match ahead.abs() {
        off if off > SKEW => findings.wrong(
            "clock",
            format!("{text}: set it (`timedatectl set-ntp true`)"),
        ),
        off if off > 30.0 => findings.note(
            "clock",
            format!("{text}; from 300 s on AWS refuses every request"),
        ),
        _ => findings.good("clock", text),
    }
}

async fn function(
    aws: &Aws,
    args: &CloudDoctorArgs,
    findings: &mut Findings,
) -> Option<DeployedFunction> {
    let (name, region) = (&args.function, aws.region());
    let function = match aws.function(name).await {
        Ok(Some(function)) => function,
        Ok(None) => {
            findings.wrong(
                "function",
                format!(
                    "there is no function `{name}` in `{region}`: `kinora lambda deploy --stack {name}` makes it; \
                     `--region` and `--function` name another"
                ),
            );
            return None;
        }
        Err(error) => {
            findings.refused("function", error);
            return None;
        }
    };
    match function.state.as_str() {
        "Active" => findings.good(
            "function",
            format!("`{name}` ({}, {})", function.package, function.architecture),
        ),
        state => findings.wrong(
            "function",
            format!("`{name}` cannot be called yet ({state}): wait, or deploy again"),
        ),
    }
    let memory = format!("{} MB", function.memory_mb);
    match function.memory_mb {
        little if little < PROCESSOR_MB => findings.note(
            "memory",
            format!("{memory} are less than one processor: `kinora lambda deploy --memory 3008` (the price of a film \
                     stays about the same)"),
        ),
        _ => findings.good("memory", memory),
    }
    let timeout = format!("a call may last {} s", function.timeout);
    match function.timeout {
        short if short < LONGEST => findings.note(
            "time",
            format!("{timeout}; AWS allows {LONGEST}: `kinora lambda deploy`"),
        ),
        _ => findings.good("time", timeout),
    }
    Some(function)
}

async fn quota(aws: &Aws, findings: &mut Findings) {
    match aws.quota().await {
        Ok(quota) if quota.unreserved <= NEW_ACCOUNT => findings.note(
            "concurrency",
            format!(
                "{} calls at once, as in a new account: `--workers 8` does without waiting; more are had for the asking \
                 (Service Quotas, AWS Lambda, Concurrent executions)",
                quota.unreserved
            ),
        ),
        Ok(quota) => findings.good("concurrency", format!("{} calls at once", quota.unreserved)),
        Err(error) => findings.refused("concurrency", error),
    }
}

/// Asks the function which version it is.
async fn version(aws: &Aws, name: &str, findings: &mut Findings) {
    let caller = LambdaFunction::new(aws.account(), name, None);
    let own = kinora_worker::engine();
    let again = "deploy again with this version (`kinora lambda deploy`)";
    let answer = match caller.call(&json!({"jobType": "about"})).await {
        Called::Answered(answer, _) => answer,
        Called::Throttled => {
            return findings.note("version", "cannot be asked: too many calls are under way");
        }
        Called::Failed(fault, _) => return findings.wrong("version", fault.text()),
    };
    let body: Value = answer["body"]
        .as_str()
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    match (body["version"].as_str(), body["engine"].as_str()) {
        (Some(version), Some(engine)) if engine == own => {
            findings.good("version", format!("{version}, as here"))
        }
        (Some(version), Some(_)) => findings.wrong(
            "version",
            format!(
                "the function's engine ({version}) is not this one ({}): {again}",
                env!("CARGO_PKG_VERSION")
            ),
        ),
        _ => findings.wrong(
            "version",
            format!("the function is another version, which does not tell its own: {again}"),
        ),
    }
}

async fn bucket(aws: &Aws, named: Option<&str>, used: Option<&str>, findings: &mut Findings) {
    let set = std::env::var("REVIDEO_BUCKET_NAME")
        .ok()
        .filter(|name| !name.is_empty());
    let Some(name) = named.or(set.as_deref()).or(used) else {
        return findings.wrong(
            "bucket",
            "none is known: set REVIDEO_BUCKET_NAME, or say `--bucket`",
        );
    };
    if let Some(used) = used.filter(|used| *used != name) {
        let text = format!(
            "`{name}` is meant here, but the function uses `{used}`: export REVIDEO_BUCKET_NAME={used}"
        );
        return findings.wrong("bucket", text);
    }
    match try_bucket(aws, name).await {
        Ok(()) => findings.good(
            "bucket",
            format!("`{name}` can be written, read and listed"),
        ),
        Err(fault) => return findings.wrong("bucket", fault.text()),
    }
    let rules = match aws.lifecycle_rules(name).await {
        Ok(rules) => rules,
        Err(error) => return findings.refused("lifecycle", error),
    };
    let days = |prefix: &str| {
        let rule = rules.iter().find(|rule| rule.prefix == prefix);
        rule.and_then(|rule| rule.days)
    };
    match (days("kinora/jobs/"), days("kinora/assets/")) {
        (Some(jobs), Some(assets)) => {
            let all = days("").map(|days| format!(", everything after {days}"));
            let text = format!("jobs' parts go after {jobs} days, films' files after {assets}{}", all.unwrap_or_default());
            findings.good("lifecycle", text);
        }
        _ => findings.note(
            "lifecycle",
            "nothing removes what stays below `kinora/jobs/` and `kinora/assets/`: `kinora lambda deploy` makes a bucket \
             that does",
        ),
    }
}

/// Does with the bucket what rendering does.
async fn try_bucket(aws: &Aws, name: &str) -> Result<(), Fault> {
    let bucket = Bucket::open(aws.account(), name)?;
    let key = "kinora/jobs/doctor";
    bucket.put(key, "kinora lambda doctor").await?;
    bucket.get(key).await?;
    bucket.list("kinora/jobs/doctor").await?;
    bucket.delete(vec![key.to_owned()]).await
}
