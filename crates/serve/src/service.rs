use std::{
    ffi::OsString,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::{Arc, Mutex, mpsc},
    thread::JoinHandle,
    time::Duration,
};

use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use kinora_http::Origins;
use kinora_project::{Access, WebhookSecret};
use serde_json::{Map, Value};
use tokio::{sync::oneshot, task::JoinSet};

use crate::{
    ServiceError,
    api::{self, House},
    child::Renderer,
    door::Door,
    jobs::Jobs,
};

/// How long the head of a request may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a service that ends waits for what it still has to tell.
const FAREWELL: Duration = Duration::from_millis(500);

/// What a service renders, for whom, and how much at once.
pub struct ServiceOptions {
    /// Where it listens.
    pub address: SocketAddr,
    /// The command that renders.
    pub program: PathBuf,
    /// Its first arguments: `render`, the project, and what holds for all jobs, values as
    /// `--name=value`.
    pub words: Vec<OsString>,
    /// Variables of all jobs.
    pub variables: Map<String, Value>,
    /// Names of the environment that jobs do not see.
    pub hidden: Vec<&'static str>,
    /// Where films are kept while they can be fetched; made if absent.
    pub folder: PathBuf,
    /// How long an ended job and its film stay.
    pub keep: Duration,
    /// Jobs that are rendered at once, at least 1.
    pub jobs: usize,
    /// Jobs that may wait.
    pub queue: usize,
    /// How long a job may take.
    pub time: Option<Duration>,
    /// What requests have to bring as `Authorization: Bearer`.
    pub token: Option<String>,
    /// Sites whose pages may ask; `*` are all.
    pub origins: Origins,
    /// How it is reached from outside, as `https://render.example.com`.
    pub public: Option<String>,
    /// What webhooks may reach.
    pub access: Access,
    /// What webhooks are signed with.
    pub secret: Option<WebhookSecret>,
}

/// A render service that is open. It ends when this value goes: jobs are stopped, and films
/// that nobody would remove later are removed.
pub struct RenderService {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
}

impl RenderService {
    /// Opens a service; returns when it can be asked.
    ///
    /// # Errors
    /// When the address is taken, the folder cannot be made, or the system gives no threads.
    pub fn start(options: ServiceOptions) -> Result<Self, ServiceError> {
        let folder = options.folder.clone();
        std::fs::create_dir_all(&folder)
            .map_err(|source| ServiceError::Folder { folder, source })?;
        let address = options.address;
        let refused = |source| ServiceError::Listen { address, source };
        let listener = TcpListener::bind(address).map_err(refused)?;
        listener.set_nonblocking(true).map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let (stop, stopped) = oneshot::channel();
        let (ready, is_ready) = mpsc::channel();
        let serve = move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build();
            let opened = runtime.and_then(|runtime| {
                let listener = {
                    let _inside = runtime.enter();
                    tokio::net::TcpListener::from_std(listener)?
                };
                Ok((runtime, listener))
            });
            match opened {
                Ok((runtime, listener)) => {
                    // Who waits for it has not gone.
                    let _ = ready.send(Ok(()));
                    runtime.block_on(run(options, address, listener, stopped));
                    runtime.shutdown_timeout(FAREWELL);
                }
                Err(error) => _ = ready.send(Err(error)),
            }
        };
        let thread = std::thread::Builder::new().name("service".to_owned());
        let serving = thread.spawn(serve).map_err(ServiceError::System)?;
        match is_ready.recv() {
            Ok(Ok(())) => Ok(Self {
                address,
                stop: Some(stop),
                serving: Some(serving),
            }),
            Ok(Err(error)) => Err(ServiceError::System(error)),
            Err(_) => Err(ServiceError::System(std::io::Error::other(
                "the service's thread ended",
            ))),
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until [`RenderService::closer`]'s function is called.
    pub fn wait(mut self) {
        if let Some(serving) = self.serving.take() {
            // A service that broke down has ended.
            let _ = serving.join();
        }
    }

    /// A function that ends the service, from any thread.
    pub fn closer(&mut self) -> impl Fn() + Send + Sync + 'static {
        let stop = Mutex::new(self.stop.take());
        move || {
            let stop = stop.lock().ok().and_then(|mut stop| stop.take());
            if let Some(stop) = stop {
                // A service that is gone needs no word.
                let _ = stop.send(());
            }
        }
    }
}

impl Drop for RenderService {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(serving) = self.serving.take() {
            // What broke down has ended.
            let _ = serving.join();
        }
    }
}

/// Answers requests and renders until `stopped` says so.
async fn run(
    options: ServiceOptions,
    address: SocketAddr,
    listener: tokio::net::TcpListener,
    mut stopped: oneshot::Receiver<()>,
) {
    let renderer = Renderer {
        program: options.program,
        words: options.words,
        variables: options.variables,
        hidden: options.hidden,
        time: options.time,
    };
    let jobs = Arc::new(Jobs::new(
        renderer,
        options.folder,
        options.queue,
        options.keep,
    ));
    let mut workers = JoinSet::new();
    for _ in 0..options.jobs.max(1) {
        workers.spawn(jobs.clone().work());
    }
    let house = Arc::new(House {
        door: Door {
            token: options.token,
            origins: options.origins,
            public: options.public,
            is_local: address.ip().is_loopback(),
        },
        jobs: jobs.clone(),
        access: options.access,
        secret: options.secret,
    });
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(_) => {
                    // The system is short of something; in a moment it may not be.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = &mut stopped => break,
        };
        let house = house.clone();
        let answer = service_fn(move |request: hyper::Request<Incoming>| {
            let house = house.clone();
            async move { Ok::<_, std::convert::Infallible>(api::answer(&house, request).await) }
        });
        let mut server = http1::Builder::new();
        server
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE);
        tokio::spawn(async move {
            // Whoever asked has gone.
            let _ = server.serve_connection(TokioIo::new(stream), answer).await;
        });
    }
    jobs.close();
    while workers.join_next().await.is_some() {}
    jobs.clear();
}
