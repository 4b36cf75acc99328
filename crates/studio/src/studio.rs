use std::{
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
    sync::{Arc, mpsc},
    thread::JoinHandle,
    time::Duration,
};

use hyper::{
    Request, StatusCode, body::Incoming, header::ORIGIN, server::conn::http1, service::service_fn,
};
use hyper_util::rt::TokioIo;
use kinora_http::{Answer, Origins};
use kinora_project::{Access, CacheFolder};
use kinora_script::ScriptOptions;
use tokio::sync::oneshot;

use crate::{
    StudioError,
    apart::STACK,
    api,
    desk::Desk,
    gate::Gate,
    page::{self, Page},
    painting, recorder,
    refusal::refusal,
    renders, watch,
};

/// Threads that draw, encode and mix at once at most.
const MOST_WORK: usize = 16;
/// How long open connections get when the studio ends.
const FAREWELL: Duration = Duration::from_millis(300);

/// What a studio shows, and where.
pub struct StudioOptions {
    /// The project and what replaces its settings.
    pub script: ScriptOptions,
    /// What the project may reach.
    pub access: Access,
    /// Where downloads and results are kept.
    pub cache: CacheFolder,
    /// A folder for temporary files.
    pub scratch: PathBuf,
    /// The port on loopback; 0 takes one that is free.
    pub port: u16,
    /// Other sites whose pages may look at the film.
    pub origins: Origins,
    /// The words by which a command renders the same, for copying; variables are added.
    pub command: Vec<String>,
}

/// A studio that is open. It ends when this value goes.
pub struct Studio {
    url: String,
    desk: Arc<Desk>,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
    working: Vec<JoinHandle<()>>,
}

impl Studio {
    /// Opens a studio; returns when its page is served. The recording has begun then.
    ///
    /// # Errors
    /// When the port is taken, or the system gives no threads.
    pub fn start(options: StudioOptions) -> Result<Self, StudioError> {
        let port = options.port;
        let page = Page::new()?;
        let refused = |source| StudioError::Listen { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(refused)?;
        listener.set_nonblocking(true).map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        let gate = Gate::new(port, options.origins.clone()).map_err(StudioError::System)?;
        let url = gate.url();
        let desk = Arc::new(Desk::new(options));
        let mut studio = Self {
            url,
            desk: desk.clone(),
            stop: None,
            serving: None,
            working: Vec::new(),
        };
        for (name, work) in [
            ("recorder", recorder::work as fn(&Arc<Desk>)),
            ("watcher", watch::work),
            ("renderer", renders::work),
            ("painter", painting::work),
            ("painter aside", painting::work_aside),
            ("teller", renders::tell),
        ] {
            let desk = desk.clone();
            let thread = std::thread::Builder::new().name(name.to_owned());
            let thread = thread
                .spawn(move || work(&desk))
                .map_err(StudioError::System)?;
            studio.working.push(thread);
        }
        let (stop, stopped) = oneshot::channel();
        let (ready, is_ready) = mpsc::channel();
        let house = Arc::new(House { desk, gate, page });
        let serve = move || house.open(listener, &ready, stopped);
        let thread = std::thread::Builder::new().name("studio".to_owned());
        studio.serving = Some(thread.spawn(serve).map_err(StudioError::System)?);
        studio.stop = Some(stop);
        match is_ready.recv() {
            Ok(Ok(())) => Ok(studio),
            Ok(Err(error)) => Err(StudioError::System(error)),
            Err(_) => Err(StudioError::System(std::io::Error::other(
                "the server's thread ended",
            ))),
        }
    }

    /// The page's address, which holds the token.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Waits until [`Studio::closer`]'s function is called.
    pub fn wait(mut self) {
        if let Some(serving) = self.serving.take() {
            // A server that broke down has ended.
            let _ = serving.join();
        }
    }

    /// A function that ends the studio, from any thread.
    pub fn closer(&mut self) -> impl Fn() + Send + Sync + 'static {
        let (desk, stop) = (self.desk.clone(), std::sync::Mutex::new(self.stop.take()));
        move || {
            desk.end();
            let stop = stop.lock().ok().and_then(|mut stop| stop.take());
            if let Some(stop) = stop {
                // A server that is gone needs no word.
                let _ = stop.send(());
            }
        }
    }
}

impl Drop for Studio {
    fn drop(&mut self) {
        self.desk.end();
        self.stop.take();
        self.desk.ring();
        for thread in self
            .serving
            .take()
            .into_iter()
            .chain(self.working.drain(..))
        {
            // What broke down has ended.
            let _ = thread.join();
        }
    }
}

struct House {
    desk: Arc<Desk>,
    gate: Gate,
    page: Page,
}

impl House {
    fn open(
        self: &Arc<Self>,
        listener: TcpListener,
        ready: &mpsc::Sender<std::io::Result<()>>,
        stopped: oneshot::Receiver<()>,
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(MOST_WORK)
            .thread_stack_size(STACK)
            .enable_all()
            .build();
        let runtime = match runtime {
            Ok(runtime) => runtime,
            Err(error) => {
                // Who waits is told; who does not is gone.
                let _ = ready.send(Err(error));
                return;
            }
        };
        runtime.block_on(async {
            let listener = match tokio::net::TcpListener::from_std(listener) {
                Ok(listener) => listener,
                Err(error) => {
                    let _ = ready.send(Err(error));
                    return;
                }
            };
            let _ = ready.send(Ok(()));
            tokio::select! {
                _ = self.clone().serve(listener) => {}
                _ = stopped => {}
            }
        });
        runtime.shutdown_timeout(FAREWELL);
    }

    async fn serve(self: Arc<Self>, listener: tokio::net::TcpListener) {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                // Too many files are open, say; others are about to be closed.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            // Only slower without.
            let _ = stream.set_nodelay(true);
            let house = self.clone();
            tokio::spawn(async move {
                let answer = |request| {
                    let house = house.clone();
                    async move { Ok::<_, std::convert::Infallible>(house.answer(request).await) }
                };
                // A broken connection is the browser's business.
                let _ = http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service_fn(answer))
                    .await;
            });
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> Answer {
        let origin = request.headers().get(ORIGIN).cloned();
        let admitted = self.gate.admit(&request).map(str::to_owned);
        let mut answer = match admitted {
            Err((status, message)) => refusal(status, message),
            Ok(path) => match path.strip_prefix("api/") {
                Some(name) => api::answer(&self.desk, name, request).await,
                None if request.method() == hyper::Method::GET => match path.is_empty() {
                    true => self.page.index(&self.desk.to_json()),
                    false => self.page.file(&path),
                },
                None => refusal(StatusCode::METHOD_NOT_ALLOWED, "the page is only read"),
            },
        };
        page::protect(&mut answer);
        if let Some(origin) = origin {
            self.gate.allow(&origin, &mut answer);
        }
        answer
    }
}
