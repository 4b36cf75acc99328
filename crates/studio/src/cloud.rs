use std::sync::Arc;

use kinora_lambda::{
    Account, Aim, Bucket, CloudJob, Coordinator, Fault, FaultKind, JobReport, LambdaFunction,
    MOST_WORKERS, Prices, Terms,
};
use kinora_session::{RenderOrder, Session};
use serde_json::{Map, Value, json};

/// The function's name as long as nobody has said another.
const FUNCTION: &str = "kinora";
/// Functions that share the work unless another number is given.
const WORKERS: u64 = 20;

/// A film that functions of AWS Lambda are to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudOrder {
    /// The function's name or ARN.
    pub function: String,
    /// The bucket that it uses.
    pub bucket: String,
    /// How many share the work.
    pub workers: u64,
}

impl CloudOrder {
    /// What `lambda` of a request says; none if it says nothing.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn take(asked: &mut Map<String, Value>) -> Result<Option<Self>, String> {
        let mut fields = match asked.remove("lambda") {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Object(fields)) => fields,
            Some(_) => return Err("`lambda` must be an object".to_owned()),
        };
        let mut name = |field: &str| {
            let name = fields.remove(field);
            let name = name.as_ref().and_then(Value::as_str).map(str::trim);
            let name = name.filter(|name| !name.is_empty()).map(str::to_owned);
            name.ok_or_else(|| format!("`{field}` is not given, which Lambda needs"))
        };
        let (function, bucket) = (name("function")?, name("bucket")?);
        let workers = fields.remove("workers").unwrap_or(json!(WORKERS));
        let workers = workers.as_u64().filter(|workers| *workers > 0);
        let workers = workers
            .filter(|workers| *workers <= MOST_WORKERS)
            .ok_or_else(|| format!("`workers` must be a number from 1 to {MOST_WORKERS}"))?;
        match fields.keys().next() {
            Some(name) => Err(format!("`lambda` has no field `{name}`")),
            None => Ok(Some(Self {
                function,
                bucket,
                workers,
            })),
        }
    }

    /// What is asked for unless somebody says something else: the bucket is the one that
    /// the environment names.
    pub fn usual() -> Value {
        let bucket = std::env::var("REVIDEO_BUCKET_NAME").unwrap_or_default();
        json!({"function": FUNCTION, "bucket": bucket, "workers": WORKERS})
    }

    /// Makes a session's film with functions; this machine records it and puts it together.
    ///
    /// # Errors
    /// When there are no credentials, or the project, a function or the bucket fails.
    pub fn render(&self, session: Session, order: &RenderOrder) -> Result<JobReport, Fault> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|error| Fault::tool("no threads to talk to AWS on", &error))?;
        if let Some(folder) = order.output.parent() {
            let fault = |error| {
                let message = format!("cannot make the folder `{}`", folder.display());
                Fault::tool(message, &error)
            };
            std::fs::create_dir_all(folder).map_err(fault)?;
        }
        let made = runtime.block_on(async {
            let account = Account::from_environment().await?;
            account.check().await?;
            let bucket = Bucket::open(&account, &self.bucket)?;
            let caller = Arc::new(LambdaFunction::new(&account, &self.function, None));
            let script = session.script();
            let aim = Aim::workers(self.workers);
            let job = CloudJob::new(script, order.record.recipe.clone(), &order.output, aim);
            let prices = Prices::from_environment()?;
            let job = CloudJob {
                terms: Terms::ask(&account, &prices, &self.function, None).await?,
                ..job
            };
            let coordinator = Coordinator {
                bucket,
                caller,
                session,
            };
            coordinator.make(job).await
        });
        // Calls that were given up are not waited for.
        runtime.shutdown_background();
        made
    }
}

/// Whether a failure is that somebody stopped it.
pub fn is_stopped(fault: &Fault) -> bool {
    fault.kind == FaultKind::Cancelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lambda_needs_is_asked_for() {
        let take = |lambda: Value| {
            let mut asked = Map::from_iter([("lambda".to_owned(), lambda)]);
            CloudOrder::take(&mut asked)
        };
        let order = take(json!({"function": " f ", "bucket": "b", "workers": 3}));
        let wanted = CloudOrder {
            function: "f".to_owned(),
            bucket: "b".to_owned(),
            workers: 3,
        };
        assert_eq!(order, Ok(Some(wanted)));
        assert_eq!(take(Value::Null), Ok(None));
        for (lambda, told) in [
            (json!({"function": "f", "bucket": " "}), "`bucket`"),
            (json!({"bucket": "b"}), "`function`"),
            (
                json!({"function": "f", "bucket": "b", "workers": 0}),
                "1 to",
            ),
            (
                json!({"function": "f", "bucket": "b", "worker": 1}),
                "`worker`",
            ),
            (json!(true), "object"),
        ] {
            let fault = take(lambda.clone()).unwrap_err();
            assert!(fault.contains(told), "{lambda}: {fault}");
        }
    }
}
