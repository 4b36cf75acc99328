//! `kinora mcp`: the command as tools of the Model Context Protocol.
//!
//! A tool runs this program again, so that what it answers is what the command prints, and a
//! script that runs wild ends its own process only.

mod tools;

use std::{fs::File, os::fd::AsFd as _, path::PathBuf, process::Stdio};

use anyhow::{Context as _, anyhow};
use rmcp::{
    ErrorData, RoleServer, ServerHandler, ServiceExt as _,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
        ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig,
    },
    service::RequestContext,
};
use tools::Call;

use crate::failure::Failure;

/// What an agent is told first.
const INSTRUCTIONS: &str = "Kinora renders videos written in TSX against the Revideo API, without \
a browser. Write a project, look at it with `sheet` and `frame`, find mistakes with `check`, see \
where nodes are with `inspect`, and make the file with `render`. `docs` has the manual.";

/// `kinora mcp`: answers on standard output what standard input asks, until that ends.
pub fn command() -> Result<(), Failure> {
    let program = std::env::current_exe().context("cannot find this program's own file")?;
    let open = |stream: std::os::fd::BorrowedFd<'_>| -> anyhow::Result<tokio::fs::File> {
        let own = stream
            .try_clone_to_owned()
            .context("standard input or output is closed")?;
        Ok(tokio::fs::File::from_std(File::from(own)))
    };
    let streams = (
        open(std::io::stdin().as_fd())?,
        open(std::io::stdout().as_fd())?,
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("cannot start the server's threads")?;
    let done = runtime.block_on(async {
        let serving = Agent { program }.serve(streams).await?;
        anyhow::Ok(serving.waiting().await?)
    });
    // A read of standard input that waits would be waited for.
    runtime.shutdown_background();
    match done {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::Tool(anyhow!("the protocol ended: {error}"))),
    }
}

/// What answers.
struct Agent {
    program: PathBuf,
}

impl ServerHandler for Agent {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("kinora", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools::all()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let answer = match tools::call(&request.name, &arguments) {
            Ok(Call::Text(text)) => CallToolResult::success(vec![ContentBlock::text(text)]),
            Ok(Call::Run(words)) => self.run(words).await,
            Err(fault) => refusal(fault),
        };
        Ok(answer.into())
    }
}

impl Agent {
    /// Runs the command; `{picture}` among its words is a file whose content is shown.
    async fn run(&self, words: Vec<String>) -> CallToolResult {
        let Ok(folder) = tempfile::tempdir() else {
            return refusal("there is no place for temporary files".to_owned());
        };
        let picture = folder.path().join("picture.png");
        let words = words.into_iter().map(|word| match word.as_str() {
            "{picture}" => picture.display().to_string(),
            _ => word,
        });
        let done = tokio::process::Command::new(&self.program)
            .args(words)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output()
            .await;
        let done = match done {
            Ok(done) => done,
            Err(error) => {
                return refusal(format!("cannot run `{}`: {error}", self.program.display()));
            }
        };
        let (out, said) = (text(&done.stdout), text(&done.stderr));
        let mut content = Vec::new();
        if !out.is_empty() {
            content.push(ContentBlock::text(out));
        }
        if let Ok(bytes) = std::fs::read(&picture) {
            let bytes = base64_simd::STANDARD.encode_to_string(bytes);
            content.push(ContentBlock::image(bytes, "image/png"));
        }
        if !said.is_empty() || content.is_empty() {
            content.push(ContentBlock::text(match said.is_empty() {
                true => "done".to_owned(),
                false => said,
            }));
        }
        match done.status.success() {
            true => CallToolResult::success(content),
            false => CallToolResult::error(content),
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}

fn refusal(fault: String) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(fault)])
}
