use std::fs::{File, TryLockError};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::cloud::Cloud;
use crate::deployment::Deployment;
use crate::fault::{Faults, Traffics};
use crate::functions::Functions;
use crate::keyring::Keyring;
use crate::lambda::Lambda;
use crate::machine::Machine;
use crate::s3::S3;
use crate::shared::Shared;
use crate::stacks::Stacks;
use crate::storage::Storage;
use crate::{EmulatorError, EmulatorOptions, Endpoints, InjectedFault, Record, api, http};

/// How long a lock that another holds is asked for.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);
/// How often unused sandboxes are looked for.
const SWEEP: Duration = Duration::from_secs(5);
/// How long open connections get when the emulator stops.
const FAREWELL: Duration = Duration::from_secs(1);

/// Lambda and S3 on loopback. Everything that it started ends with it.
pub struct Emulator {
    endpoints: Endpoints,
    cloud: Arc<Cloud>,
    warnings: Vec<String>,
    data: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    /// Held for as long as the folder is in use.
    _lock: File,
    /// The temporary data folder, which goes last.
    _folder: Option<TempDir>,
}

impl Emulator {
    /// Starts listening; returns when requests are answered.
    pub fn start(options: EmulatorOptions) -> Result<Self, EmulatorError> {
        options.check()?;
        for bucket in &options.buckets {
            bucket.check()?;
        }
        let (data, lock, folder) = data_folder(&options)?;
        let (lambda_listener, lambda_address) = listen(options.listen)?;
        let (s3_listener, s3_address) = listen(options.s3_listen)?;
        let endpoints = Endpoints {
            lambda: lambda_address,
            s3: s3_address,
            region: options.region.clone(),
            access_key: options.credentials.0.clone(),
            secret_key: options.credentials.1.clone(),
            function: options.function.name.clone(),
        };
        let keyring = Arc::new(Keyring::new(&options.credentials, options.seed));
        let s3_folder = data.join("s3");
        let storage = Storage::open(&s3_folder, &options.buckets).map_err(|source| {
            EmulatorError::Folder {
                path: s3_folder,
                source,
            }
        })?;
        let faults = Arc::new(Faults::new(options.faults.clone(), options.seed));
        let traffics = Arc::new(Traffics::default());
        let s3 = S3::new(
            storage.clone(),
            keyring.clone(),
            (&options.region, &options.account),
            faults.clone(),
            traffics.clone(),
        );
        let machine = Machine::find(&options)?;
        let warnings = machine.warnings.clone();
        let base = deployment(&options, &data, &endpoints, machine);
        let shared = Arc::new(Shared::new(keyring, faults, traffics, &options));
        let cloud = Arc::new(cloud(base, shared, storage, &options));

        let (stop, stopped) = oneshot::channel();
        let (ready, is_ready) = mpsc::channel();
        let serving = Serving {
            cloud: cloud.clone(),
            s3,
            lambda_listener,
            s3_listener,
        };
        let thread = std::thread::Builder::new()
            .name("emulator".to_owned())
            .spawn(move || serving.run(&ready, stopped))
            .map_err(EmulatorError::Threads)?;
        let mut emulator = Self {
            endpoints,
            cloud,
            warnings,
            data,
            stop: Some(stop),
            thread: Some(thread),
            _lock: lock,
            _folder: folder,
        };
        match is_ready.recv() {
            Ok(Ok(())) => Ok(emulator),
            Ok(Err(error)) => {
                emulator.shut();
                Err(EmulatorError::Threads(error))
            }
            Err(_) => Err(EmulatorError::Threads(std::io::Error::other(
                "the emulator's thread ended",
            ))),
        }
    }

    /// Where it listens, and as whom to call.
    pub fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    /// The variables that send AWS's SDKs and tools here.
    pub fn environment(&self) -> Vec<(String, String)> {
        self.endpoints.environment()
    }

    /// The deliveries that have ended so far, in the order of their ends.
    pub fn records(&self) -> Vec<Record> {
        self.cloud.shared.ledger.records()
    }

    /// The faults that were injected so far.
    pub fn faults(&self) -> Vec<InjectedFault> {
        self.cloud.shared.faults.injected()
    }

    /// What the account's user has asked for so far, also by CloudFormation in its name, as
    /// policies name it: `lambda:InvokeFunction`.
    pub fn actions(&self) -> Vec<String> {
        self.cloud.shared.faults.asked()
    }

    /// The buckets that there are.
    pub fn buckets(&self) -> Vec<String> {
        self.cloud.storage.state().shelves.keys().cloned().collect()
    }

    /// The names of the functions that there are.
    pub fn functions(&self) -> Vec<String> {
        let functions = self.cloud.functions.all();
        let name = |lambda: &Arc<Lambda>| lambda.deployment.function.name.clone();
        functions.iter().map(name).collect()
    }

    /// The keys in a bucket with their objects' sizes, in order.
    pub fn objects(&self, bucket: &str) -> Vec<(String, u64)> {
        self.cloud.storage.objects(bucket)
    }

    /// The keys of a bucket's uploads in parts that are neither complete nor aborted.
    pub fn uploads(&self, bucket: &str) -> Vec<String> {
        self.cloud.storage.uploads(bucket)
    }

    /// Calls `tell` after every delivery, from one of the emulator's threads.
    pub fn on_record(&self, tell: impl Fn(&Record) + Send + 'static) {
        self.cloud.shared.ledger.listen(tell);
    }

    /// The limits that do not hold on this machine, and why.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The folder with the buckets' files (`s3`), the sandboxes' (`sandboxes`) and
    /// their logs (`logs`).
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Ends the sandboxes and stops listening.
    pub fn stop(mut self) {
        self.shut();
    }

    fn shut(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.shut();
    }
}

/// What the emulator's thread takes with it.
struct Serving {
    cloud: Arc<Cloud>,
    s3: S3,
    lambda_listener: TcpListener,
    s3_listener: TcpListener,
}

impl Serving {
    fn run(self, ready: &mpsc::Sender<std::io::Result<()>>, stopped: oneshot::Receiver<()>) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("emulator")
            .enable_all()
            .build();
        let runtime = match runtime {
            Ok(runtime) => runtime,
            Err(error) => {
                let _ = ready.send(Err(error));
                return;
            }
        };
        let cloud = self.cloud.clone();
        runtime.block_on(async move {
            let listening = self.listen();
            let _ = ready.send(listening);
            let sweeper = tokio::spawn(sweep(cloud.clone()));
            let _ = stopped.await;
            sweeper.abort();
            for lambda in cloud.functions.all() {
                lambda.close();
            }
        });
        runtime.shutdown_timeout(FAREWELL);
    }

    fn listen(self) -> std::io::Result<()> {
        let cloud = self.cloud;
        http::serve(
            tokio::net::TcpListener::from_std(self.lambda_listener)?,
            move |request| api::answer(cloud.clone(), request),
        );
        let s3 = self.s3;
        http::serve(
            tokio::net::TcpListener::from_std(self.s3_listener)?,
            move |request| s3.clone().answer(request),
        );
        Ok(())
    }
}

async fn sweep(cloud: Arc<Cloud>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        for lambda in cloud.functions.all() {
            lambda.sweep();
        }
    }
}

fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), EmulatorError> {
    let listen = || {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    };
    listen().map_err(|source| EmulatorError::Listen { address, source })
}

/// The data folder with all that is expected in it.
fn data_folder(
    options: &EmulatorOptions,
) -> Result<(PathBuf, File, Option<TempDir>), EmulatorError> {
    let failed = |path: &Path, source| EmulatorError::Folder {
        path: path.to_owned(),
        source,
    };
    let (data, folder) = match &options.data {
        Some(data) => {
            std::fs::create_dir_all(data).map_err(|source| failed(data, source))?;
            (data.clone(), None)
        }
        None => {
            let folder = tempfile::Builder::new()
                .prefix("kinora-emulator-")
                .tempdir()
                .map_err(|source| failed(&std::env::temp_dir(), source))?;
            (folder.path().to_owned(), Some(folder))
        }
    };
    let lock = lock(&data)?;
    // What is left there of sandboxes belongs to nobody.
    let _ = std::fs::remove_dir_all(data.join("sandboxes"));
    let _ = std::fs::remove_dir_all(data.join("functions"));
    for path in ["sandboxes", "logs", "s3"].map(|name| data.join(name)) {
        std::fs::create_dir_all(&path).map_err(|source| failed(&path, source))?;
    }
    let data = data
        .canonicalize()
        .map_err(|source| failed(&data, source))?;
    Ok((data, lock, folder))
}

/// Keeps other emulators out of the folder while the file is open.
fn lock(data: &Path) -> Result<File, EmulatorError> {
    let path = data.join("lock");
    let failed = |source| EmulatorError::Folder {
        path: data.to_owned(),
        source,
    };
    let file = File::create(path).map_err(failed)?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            // A process that an emulator just stopped was starting holds its lock until it
            // runs a program of its own.
            Err(TryLockError::WouldBlock) if start.elapsed() < LOCK_PATIENCE => {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(TryLockError::WouldBlock) => return Err(EmulatorError::InUse(data.to_owned())),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
    }
}

/// The account with what is deployed from the start.
fn cloud(
    base: Deployment,
    shared: Arc<Shared>,
    storage: Storage,
    options: &EmulatorOptions,
) -> Cloud {
    let functions = Functions::default();
    if options.deployed {
        shared.logs.make(&base.log_group());
        let lambda = Lambda::new(base.clone(), shared.clone(), options.concurrency, None);
        functions.put(Arc::new(lambda));
    }
    Cloud {
        shared,
        functions,
        storage,
        stacks: Stacks::default(),
        base,
        concurrency: options.concurrency,
        most_memory_mb: options.most_memory_mb,
    }
}

fn deployment(
    options: &EmulatorOptions,
    data: &Path,
    endpoints: &Endpoints,
    machine: Machine,
) -> Deployment {
    let mut function = options.function.clone();
    if let Ok(command) = function.command.canonicalize() {
        function.command = command;
    }
    let task_root = function
        .command
        .parent()
        .unwrap_or(Path::new("/"))
        .to_owned();
    Deployment {
        function,
        region: options.region.clone(),
        account: options.account.clone(),
        data: data.to_owned(),
        task_root,
        lambda_url: endpoints.lambda_url(),
        s3_url: endpoints.s3_url(),
        machine: Arc::new(machine),
        package: "Image",
    }
}
