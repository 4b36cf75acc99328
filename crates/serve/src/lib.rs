//! A render service: requests bring variables and settings, and each becomes a job, which
//! waits its turn, is rendered by a program of its own, and leaves a file to be fetched.
//!
//! It answers in two shapes: the one that Revideo's `revideo serve` has (`POST /render`,
//! `/download`), and jobs with states, events, cancelling and signed webhooks (`/v1/jobs`),
//! described by `/openapi.json`. A job is a process: a film that breaks the renderer down,
//! or takes all its memory, ends that job and no other.

mod api;
mod child;
mod door;
mod download;
mod error;
mod job;
mod jobs;
mod order;
mod refusal;
mod service;
mod telling;

pub use error::ServiceError;
pub use service::{RenderService, ServiceOptions};
