use std::{os::unix::process::CommandExt as _, process::Command, sync::Arc};

use lambda_runtime::{LambdaEvent, Runtime, service_fn, tower::util::MapResponseLayer};
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
    let function = Arc::new(Function::from_environment().await?);
    let served = function.clone();
    let handler = async |event: LambdaEvent<Box<RawValue>>| {
        let call = Call {
            deadline: instant_of(event.context.deadline),
        };
        Ok::<_, std::convert::Infallible>(served.handle(event.payload.get(), call).await)
    };
    let answered = move |()| {
        if function.is_stuck() {
            begin_anew();
        }
    };
    Runtime::new(service_fn(handler))
        .layer(MapResponseLayer::new(answered))
        .run()
        .await
        .map_err(|error| Fault::tool("Lambda's runtime is gone", &*error))
}

/// Puts the program's beginning in the place of its present state, threads and all: after
/// an answer has been given, so that no event is lost.
fn begin_anew() {
    eprintln!("the function begins anew, because a script in it does not end");
    let fault = Command::new("/proc/self/exe")
        .args(std::env::args_os().skip(1))
        .exec();
    eprintln!("error: the function cannot begin anew: {fault}");
    std::process::exit(1);
}
