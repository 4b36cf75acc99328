//! The function of AWS Lambda: one binary on the custom runtime.

use std::process::ExitCode;

use kinora_lambda::{Call, Function, instant_of};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::value::RawValue;

fn main() -> ExitCode {
    kinora_media::return_large_blocks();
    let done = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(Error::from)
        .and_then(|runtime| runtime.block_on(serve()));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), Error> {
    let function = Function::from_environment().await?;
    let function = &function;
    lambda_runtime::run(service_fn(async |event: LambdaEvent<Box<RawValue>>| {
        let call = Call {
            deadline: instant_of(event.context.deadline),
        };
        Ok::<_, Error>(function.handle(event.payload.get(), call).await)
    }))
    .await
}
