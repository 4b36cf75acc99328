use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::value::RawValue;

use crate::{Call, Fault, FaultKind, Function, function::instant_of};

/// Is the function: asks Lambda's Runtime API for events and answers them, as long as
/// the process lives.
///
/// # Errors
/// When the environment does not describe a function, or the Runtime API is gone.
pub fn serve() -> Result<(), Fault> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Fault::tool("no threads to serve on", &error))?
        .block_on(answer())
}

async fn answer() -> Result<(), Fault> {
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        return Err(Fault::new(
            FaultKind::Tool,
            "AWS_LAMBDA_RUNTIME_API is not set: this program is started by AWS Lambda or by `kinora lambda emulate`",
        ));
    }
    let function = &Function::from_environment().await?;
    let handler = async |event: LambdaEvent<Box<RawValue>>| {
        let call = Call {
            deadline: instant_of(event.context.deadline),
        };
        Ok::<_, std::convert::Infallible>(function.handle(event.payload.get(), call).await)
    };
    lambda_runtime::run(service_fn(handler))
        .await
        .map_err(|error| Fault::tool("Lambda's runtime is gone", &*error))
}
