use kinora_emulator::{Emulator, EmulatorOptions, FunctionOptions, Limits};
use serde_json::Value;

use crate::client::{Client, Reply};

/// Options for the probe, with no limits.
pub fn options() -> EmulatorOptions {
    EmulatorOptions {
        function: FunctionOptions {
            name: "probe".to_owned(),
            command: env!("CARGO_BIN_EXE_kinora-emulator-probe").into(),
            ..Default::default()
        },
        limits: Limits::OFF,
        ..Default::default()
    }
}

pub fn start() -> Emulator {
    Emulator::start(options()).unwrap()
}

/// A client of Lambda's API.
pub fn lambda(emulator: &Emulator) -> Client {
    let endpoints = emulator.endpoints();
    Client {
        address: endpoints.lambda,
        service: "lambda",
        region: endpoints.region.clone(),
        access_key: endpoints.access_key.clone(),
        secret_key: endpoints.secret_key.clone(),
        token: None,
        skew: 0,
    }
}

/// A client of S3.
pub fn s3(emulator: &Emulator) -> Client {
    Client {
        address: emulator.endpoints().s3,
        service: "s3",
        ..lambda(emulator)
    }
}

/// Calls the function and waits.
pub fn invoke(emulator: &Emulator, event: &Value) -> Reply {
    invoke_with(emulator, event, &[])
}

pub fn invoke_with(emulator: &Emulator, event: &Value, headers: &[(&str, &str)]) -> Reply {
    lambda(emulator)
        .send(
            "POST",
            "/2015-03-31/functions/probe/invocations",
            headers,
            event.to_string().as_bytes(),
        )
        .unwrap()
}
