use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    thread::JoinHandle,
};

/// How the server treats a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Manner {
    /// Gives the file, or a part of it where one is asked for.
    Good,
    /// Breaks off each answer after this many bytes, but gives parts.
    BreaksOff(usize),
    /// Breaks off once, and gives only whole files.
    BreaksOffOnceWithoutParts,
    /// Gives only whole files.
    WithoutParts,
    /// Answers with this status.
    Status(u16),
    /// Accepts and says nothing.
    Silent,
    /// Gives a byte of the file every tenth of a second.
    Drips,
    /// Gives parts, but its ETags name no bytes.
    WeakTags,
    /// Gives parts, and their ETag changes after so many answers.
    ChangesAfter(usize),
    /// Gives parts, and answers 403 after so many answers.
    ExpiresAfter(usize),
    /// Gives parts, and the whole file after so many answers.
    WithoutPartsAfter(usize),
    /// Says of each part that the file is a byte longer than it is, after so many answers.
    LongerAfter(usize),
}

/// A small web server on this machine.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    files: Mutex<HashMap<String, Served>>,
    manner: Mutex<Manner>,
    requests: Mutex<Vec<Request>>,
    /// Answers since the manner was set.
    answers: AtomicUsize,
    /// Bytes of files sent.
    sent: AtomicU64,
    stopped: AtomicBool,
}

/// A file, and how often it was replaced.
#[derive(Clone)]
struct Served {
    bytes: Arc<Vec<u8>>,
    version: u32,
}

/// What was asked for, and the status answered.
#[derive(Clone, Debug)]
pub struct Request {
    pub headers: HashMap<String, String>,
    pub status: u16,
}

impl Server {
    /// Serves these files (by path, with a leading slash).
    pub fn start(files: &[(&str, Vec<u8>)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let served = |bytes: &Vec<u8>| Served {
            bytes: Arc::new(bytes.clone()),
            version: 0,
        };
        let files = files
            .iter()
            .map(|(path, bytes)| ((*path).to_owned(), served(bytes)));
        let shared = Arc::new(Shared {
            files: Mutex::new(files.collect()),
            manner: Mutex::new(Manner::Good),
            requests: Mutex::default(),
            answers: AtomicUsize::new(0),
            sent: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
        });
        let serving = shared.clone();
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if serving.stopped.load(Relaxed) {
                    break;
                }
                let serving = serving.clone();
                // A client that goes away is no fault of the server's.
                std::thread::spawn(move || serving.answer(stream.unwrap()).ok());
            }
        });
        Self {
            address,
            shared,
            thread: Some(thread),
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn behave(&self, manner: Manner) {
        self.shared.answers.store(0, Relaxed);
        *self.shared.manner.lock().unwrap() = manner;
    }

    /// Serves other bytes at a path from now on.
    pub fn replace(&self, path: &str, bytes: Vec<u8>) {
        let mut files = self.shared.files.lock().unwrap();
        let file = files.get_mut(path).unwrap();
        file.bytes = Arc::new(bytes);
        file.version += 1;
    }

    /// Bytes of files that were sent since the last call.
    pub fn sent(&self) -> u64 {
        self.shared.sent.swap(0, Relaxed)
    }

    /// The requests since the last call.
    pub fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.shared.requests.lock().unwrap())
    }

    /// Stops listening: from now on connections are refused.
    pub fn stop(&mut self) {
        if let Some(thread) = self.thread.take() {
            self.shared.stopped.store(true, Relaxed);
            drop(TcpStream::connect(self.address));
            thread.join().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut headers = HashMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            match line.trim().split_once(": ") {
                Some((name, value)) => headers.insert(name.to_lowercase(), value.to_owned()),
                None => break,
            };
        }
        let manner = *self.manner.lock().unwrap();
        let note = |status| {
            let headers = headers.clone();
            let request = Request { headers, status };
            self.requests.lock().unwrap().push(request);
        };
        let head = |status: u16, more: &str| {
            format!("HTTP/1.1 {status} Whatever\r\nconnection: close\r\n{more}\r\n")
        };
        if manner == Manner::Silent {
            std::thread::sleep(std::time::Duration::from_secs(20));
            return Ok(());
        }
        if let Some(target) = path.strip_prefix("/moved") {
            note(302);
            let more = format!("location: {target}\r\ncontent-length: 0\r\n");
            return stream.write_all(head(302, &more).as_bytes());
        }
        let answers = self.answers.fetch_add(1, Relaxed);
        let file = self.files.lock().unwrap();
        let plain = path.split('?').next().unwrap();
        let file = file.get(&path).or_else(|| file.get(plain)).cloned();
        let status = match (manner, &file) {
            (Manner::Status(status), _) => Some(status),
            (Manner::ExpiresAfter(count), _) if answers >= count => Some(403),
            (_, None) => Some(404),
            _ => None,
        };
        if let Some(status) = status {
            note(status);
            return stream.write_all(head(status, "content-length: 0\r\n").as_bytes());
        }
        let Served { bytes, mut version } = file.unwrap();
        match manner {
            Manner::ChangesAfter(count) if answers >= count => version += 1,
            _ => {}
        }
        let weak = if manner == Manner::WeakTags { "W/" } else { "" };
        let etag = format!("{weak}\"{:x}-{version}\"", bytes.len());
        if headers.get("if-none-match") == Some(&etag) {
            note(304);
            return stream.write_all(head(304, &format!("etag: {etag}\r\n")).as_bytes());
        }
        let asked = headers.get("range").and_then(|range| {
            let (from, last) = range.strip_prefix("bytes=")?.split_once('-')?;
            let last = last.parse().unwrap_or(usize::MAX).min(bytes.len() - 1);
            Some((from.parse::<usize>().ok()?, last))
        });
        let whole = match manner {
            Manner::BreaksOffOnceWithoutParts | Manner::WithoutParts => true,
            Manner::WithoutPartsAfter(count) => answers >= count,
            _ => headers.get("if-range").is_some_and(|tag| *tag != etag),
        };
        let asked = asked.filter(|_| !whole);
        let (from, last) = asked.unwrap_or((0, bytes.len() - 1));
        let part = &bytes[from..=last];
        let mut more = format!("etag: {etag}\r\ncontent-length: {}\r\n", part.len());
        if asked.is_some() {
            let longer = matches!(manner, Manner::LongerAfter(count) if answers >= count);
            more.push_str(&format!(
                "content-range: bytes {from}-{last}/{}\r\n",
                bytes.len() + usize::from(longer)
            ));
        }
        let status = if asked.is_some() { 206 } else { 200 };
        note(status);
        stream.write_all(head(status, &more).as_bytes())?;
        if manner == Manner::Drips {
            for byte in part {
                std::thread::sleep(std::time::Duration::from_millis(100));
                stream.write_all(&[*byte])?;
            }
            return Ok(());
        }
        let end = match manner {
            Manner::BreaksOff(after) => after.min(part.len()),
            Manner::BreaksOffOnceWithoutParts => {
                *self.manner.lock().unwrap() = Manner::WithoutParts;
                part.len() / 2
            }
            _ => part.len(),
        };
        self.sent.fetch_add(end as u64, Relaxed);
        stream.write_all(&part[..end])
    }
}
