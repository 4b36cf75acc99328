use std::{net::IpAddr, path::PathBuf};

use clap::Args;

use super::{ProjectArgs, duration};

/// A render service.
#[derive(Args, Debug)]
pub struct ServeArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// The port; 0 takes one that is free
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    pub port: u16,

    /// The address to listen on; one that others reach needs a token
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: IpAddr,

    /// How the service is reached from outside, which links to films begin with
    /// (default: as each request says)
    #[arg(long, value_name = "URL", value_parser = address)]
    pub public_url: Option<String>,

    /// A file that holds the token that requests must bring as `Authorization: Bearer TOKEN`
    /// (default: KINORA_SERVE_TOKEN)
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,

    /// Let everybody in who reaches the address
    #[arg(long, conflicts_with = "token_file")]
    pub no_token: bool,

    /// A site whose pages may ask, as https://example.com; may be given more than once; * for
    /// all
    #[arg(long = "allow-origin", value_name = "ORIGIN", value_parser = origin)]
    pub allow_origins: Vec<String>,

    /// The folder that films are kept in while they can be fetched; made if absent
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,

    /// How long films can be fetched
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = duration)]
    pub keep: f64,

    /// Films that are rendered at once
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: u16,

    /// Worker threads of each (default: one for each processor)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub workers: Option<u16>,

    /// Films that may wait; further ones are refused
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub queue: u16,

    /// How long one film may take (default: any time)
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub max_time: Option<f64>,
}

/// The start of URLs.
fn address(text: &str) -> Result<String, String> {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    match rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(['?', '#', ' '])) {
        true => Ok(text.to_owned()),
        false => {
            Err("it is not the beginning of a URL, such as https://render.example.com".to_owned())
        }
    }
}

pub fn origin(text: &str) -> Result<String, String> {
    if text == "*" {
        return Ok(text.to_owned());
    }
    let text =
        address(text).map_err(|_| "it is not a site, such as https://example.com".to_owned())?;
    match text.matches('/').count() {
        2 => Ok(text),
        _ => Err("a site has no path, as in https://example.com".to_owned()),
    }
}
