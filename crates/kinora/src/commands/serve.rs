use std::{net::SocketAddr, time::Duration};

use anyhow::{Context as _, anyhow};
use kinora_http::Origins;
use kinora_project::{Voice as _, WebhookSecret};
use kinora_serve::{RenderService, ServiceOptions};

use crate::{args::ServeArgs, failure::Failure, project, show::Terminal};

const TOKEN: &str = "KINORA_SERVE_TOKEN";
const SECRET: &str = "KINORA_WEBHOOK_SECRET";

/// `kinora serve`: answers requests until it is interrupted.
pub fn command(args: &ServeArgs) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let variables = project::options(&args.project)?.variables;
    let token = token(args)?;
    let secret = match std::env::var(SECRET) {
        Ok(text) => Some(
            text.parse::<WebhookSecret>()
                .map_err(|fault| anyhow!("{SECRET}: {fault}"))?,
        ),
        Err(_) => None,
    };
    let mut words = vec!["render".into()];
    if let Some(workers) = args.workers {
        words.push(format!("--workers={workers}").into());
    }
    words.extend(args.project.words());
    let seconds = |seconds: f64| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX);
    let mut service = RenderService::start(ServiceOptions {
        address: SocketAddr::new(args.host, args.port),
        program: std::env::current_exe().context("the program's own file is gone")?,
        words,
        variables: match variables {
            Some(serde_json::Value::Object(variables)) => variables,
            _ => serde_json::Map::new(),
        },
        hidden: vec![TOKEN, SECRET],
        folder: std::path::absolute(&args.output).context("the working folder is gone")?,
        keep: seconds(args.keep),
        jobs: usize::from(args.jobs),
        queue: usize::from(args.queue),
        time: args.max_time.map(seconds),
        token,
        origins: Origins(args.allow_origins.clone()),
        public: args.public_url.clone(),
        access: project::access(&args.project),
        secret,
    })
    .map_err(|error| Failure::Tool(error.into()))?;
    ctrlc::set_handler(service.closer()).context("cannot listen for Ctrl-C")?;
    terminal.print(&format!("http://{}", service.address()));
    service.wait();
    Ok(())
}

/// What requests have to bring.
fn token(args: &ServeArgs) -> anyhow::Result<Option<String>> {
    let token = match &args.token_file {
        Some(file) => {
            let text = std::fs::read_to_string(file);
            Some(text.with_context(|| format!("cannot read `{}`", file.display()))?)
        }
        None => std::env::var(TOKEN).ok().filter(|_| !args.no_token),
    };
    let token = token.map(|token| token.trim().to_owned());
    match token {
        Some(token) if token.len() < 16 || token.bytes().any(|byte| !byte.is_ascii_graphic()) => {
            Err(anyhow!(
                "a token is 16 letters, figures and signs at least, without spaces, such as \
                 `openssl rand -hex 32` prints"
            ))
        }
        None if !args.host.is_loopback() && !args.no_token => Err(anyhow!(
            "others can reach `{}`: name a token by --token-file or {TOKEN}, or say --no-token",
            args.host
        )),
        token => Ok(token),
    }
}
