//! What has to do with AWS Lambda; one command a file.

mod ask;
mod cost;
mod deploy;
mod destroy;
mod doctor;
mod emulate;
mod jobs;
mod link;
mod logs;
mod policy;
mod render;

use std::future::Future;

use anyhow::{Context as _, anyhow};
use kinora_lambda::{Account, Bucket, Fault, FaultKind, aws::Aws};
use kinora_project::Voice as _;
use serde_json::Value;

use crate::{args::LambdaCommand, failure::Failure, show::Terminal};

/// Does what the command line asks for.
///
/// # Errors
/// When it cannot be done.
pub fn run(command: LambdaCommand) -> Result<(), Failure> {
    match command {
        LambdaCommand::Deploy(args) => deploy::command(&args),
        LambdaCommand::Destroy(args) => destroy::command(&args),
        LambdaCommand::Doctor(args) => doctor::command(&args),
        LambdaCommand::Link(args) => link::command(&args),
        LambdaCommand::Logs(args) => logs::command(&args),
        LambdaCommand::Cost(args) => cost::command(&args),
        LambdaCommand::Policy(args) => policy::command(&args),
        LambdaCommand::Render(args) => render::command(&args),
        LambdaCommand::Status(args) => jobs::status(&args),
        LambdaCommand::Cancel(args) => jobs::cancel(&args),
        LambdaCommand::Schema => {
            Terminal::new().print(kinora_lambda::SCHEMA.trim_end());
            Ok(())
        }
        LambdaCommand::Emulate(args) => emulate::command(&args),
        LambdaCommand::Serve => Ok(kinora_lambda::serve()?),
    }
}

/// Runs what talks to AWS.
pub fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("no threads to talk to AWS on")?
        .block_on(work)
}

/// What answers in the region that is meant.
pub async fn aws(region: Option<&str>) -> Result<Aws, Failure> {
    Ok(Aws::new(&Account::in_region(region).await?)?)
}

/// The bucket named by the command line, else by the environment.
pub async fn bucket(account: &Account, named: Option<&str>) -> Result<Bucket, Failure> {
    let set = std::env::var("REVIDEO_BUCKET_NAME").ok();
    let name = named.or(set.as_deref().filter(|name| !name.is_empty()));
    let name = name.ok_or_else(|| {
        Failure::Tool(anyhow!(
            "no bucket: neither --bucket nor REVIDEO_BUCKET_NAME is given"
        ))
    })?;
    account.check().await?;
    Ok(Bucket::open(account, name)?)
}

/// How far a job is, which there has to be.
pub async fn progress(bucket: &Bucket, job: &str) -> Result<Value, Failure> {
    let told = kinora_lambda::status(bucket, job).await?;
    told.ok_or_else(|| {
        let name = bucket.name();
        Failure::Tool(anyhow!("there is no job `{job}` in the bucket `{name}`"))
    })
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault.kind {
            FaultKind::Project | FaultKind::Event => Self::Project(fault_error(fault)),
            // Who has pressed Ctrl-C is told that instead (`or_interrupted`).
            FaultKind::Cancelled
            | FaultKind::Passing
            | FaultKind::Tool
            | FaultKind::OutOfTime
            | FaultKind::OverBudget
            | FaultKind::Taken => Self::Tool(fault_error(fault)),
        }
    }
}

/// The fault as an error with its causes behind it, outermost first.
fn fault_error(mut fault: Fault) -> anyhow::Error {
    let mut causes = std::mem::take(&mut fault.causes);
    let message = fault.text();
    let error = match causes.pop() {
        None => return anyhow!(message),
        Some(innermost) => anyhow!(innermost),
    };
    let error = causes.into_iter().rev().fold(error, anyhow::Error::context);
    error.context(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_s_causes_follow_its_message() {
        let mut fault = Fault::new(FaultKind::Tool, "cannot store the film");
        fault.causes = vec!["the bucket refuses it".to_owned(), "403".to_owned()];
        let Failure::Tool(error) = Failure::from(fault) else {
            panic!("the tool is at fault");
        };
        let told: Vec<String> = error.chain().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["cannot store the film", "the bucket refuses it", "403"]
        );
    }
}
