use std::{
    collections::{BTreeMap, HashSet},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
};

/// Bytes of a block, but for a file's last one.
pub const BLOCK: u64 = 1 << 16;

/// Blocks that are fetched at once at most, where they are read one after the other.
const MOST_AHEAD: u64 = 16;

/// Places in a file that one reader follows at a time: pictures and sound of a film may
/// lie apart.
const PLACES: usize = 4;

/// Bytes of blocks that are held in memory, of all files together.
const MEMORY: u64 = 128 << 20;

/// A file that can be read from any place, wherever it is.
pub trait ByteSource: Send + Sync {
    /// The name by which the user knows it; for messages.
    fn name(&self) -> &str;

    /// Its length in bytes.
    fn length(&self) -> u64;

    /// Fills `buffer` with what begins at `offset`: whole blocks of [`BLOCK`] bytes from a
    /// multiple of that on, the file's last one as far as it goes.
    ///
    /// # Errors
    /// When the bytes cannot be had, in words that tell the user what to do. One of
    /// [`io::ErrorKind::TimedOut`] may pass; others last.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()>;
}

/// A [`ByteSource`] read in blocks, those used last held in memory.
///
/// All readers of a file share its blocks. What all files hold together is bounded; what
/// was used least recently goes.
pub struct Blocks {
    source: Box<dyn ByteSource>,
    name: PathBuf,
    length: u64,
    /// Tells its blocks from other files' in the pool.
    number: u64,
    pool: &'static Pool,
    coming: Mutex<HashSet<u64>>,
    arrived: Condvar,
    /// Bytes asked of the source.
    fetched: AtomicU64,
    /// How often the source was asked.
    requests: AtomicU64,
    /// Bytes that may be asked of it in all.
    most: AtomicU64,
    /// Whether more was wanted.
    exceeded: AtomicBool,
}

impl Blocks {
    /// The blocks of a file; nothing is read yet.
    pub fn new(source: Box<dyn ByteSource>) -> Self {
        Self::within(source, &POOL)
    }

    fn within(source: Box<dyn ByteSource>, pool: &'static Pool) -> Self {
        Self {
            name: PathBuf::from(source.name()),
            length: source.length(),
            source,
            number: pool.next.fetch_add(1, Relaxed),
            pool,
            coming: Mutex::default(),
            arrived: Condvar::new(),
            fetched: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            most: AtomicU64::new(u64::MAX),
            exceeded: AtomicBool::new(false),
        }
    }

    /// The name by which messages speak of the file.
    pub fn name(&self) -> &Path {
        &self.name
    }

    /// The file's length in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Bytes that were asked of the source so far.
    pub fn fetched(&self) -> u64 {
        self.fetched.load(Relaxed)
    }

    /// How often the source was asked so far.
    pub fn requests(&self) -> u64 {
        self.requests.load(Relaxed)
    }

    /// From now on at most `bytes` more are asked of the source; reading fails where that
    /// does not do.
    pub fn allow(&self, bytes: u64) {
        let most = self.fetched().saturating_add(bytes);
        self.most.store(most, Relaxed);
        self.exceeded.store(false, Relaxed);
    }

    /// Whether reading failed because of what [`Blocks::allow`] said.
    pub fn exceeded(&self) -> bool {
        self.exceeded.load(Relaxed)
    }

    /// Fills `buffer` with what begins at `offset`.
    ///
    /// # Errors
    /// When the source cannot be read, or has no so many bytes there.
    pub fn read_at(self: &Arc<Self>, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let mut cursor = Cursor::new(self.clone());
        cursor.seek(SeekFrom::Start(offset))?;
        cursor.read_exact(buffer)
    }

    fn coming(&self) -> MutexGuard<'_, HashSet<u64>> {
        self.coming.lock().expect("no holder of the lock panics")
    }

    /// Block number `index`. If it has to be fetched, those after it are too, `count` in
    /// all, as far as they are not at hand.
    fn block(&self, index: u64, count: u64) -> io::Result<Arc<[u8]>> {
        let mut coming = self.coming();
        loop {
            if let Some(block) = self.pool.get((self.number, index)) {
                return Ok(block);
            }
            if !coming.contains(&index) {
                break;
            }
            coming = self
                .arrived
                .wait(coming)
                .expect("no holder of the lock panics");
        }
        let last = (self.length - 1) / BLOCK;
        let absent = |other: &u64| {
            *other == index || !coming.contains(other) && !self.pool.holds((self.number, *other))
        };
        let end = (index..(index + count).min(last + 1)).take_while(absent);
        let end = end.last().unwrap_or(index) + 1;
        coming.extend(index..end);
        drop(coming);
        let wait = Arriving {
            blocks: self,
            range: index..end,
        };
        let fetched = self.fetch(index, end);
        drop(wait);
        fetched
    }

    /// Fetches a run of blocks; the first one.
    fn fetch(&self, start: u64, end: u64) -> io::Result<Arc<[u8]>> {
        let bytes = (end * BLOCK).min(self.length) - start * BLOCK;
        if self.fetched().saturating_add(bytes) > self.most.load(Relaxed) {
            self.exceeded.store(true, Relaxed);
            return Err(io::Error::other(
                "more of it is needed than may be read now",
            ));
        }
        let mut run = vec![0; bytes as usize];
        self.fetched.fetch_add(bytes, Relaxed);
        self.requests.fetch_add(1, Relaxed);
        self.source.read_at(start * BLOCK, &mut run)?;
        let mut first = None;
        for (index, block) in (start..).zip(run.chunks(BLOCK as usize)) {
            let block: Arc<[u8]> = block.into();
            first.get_or_insert_with(|| block.clone());
            self.pool.put((self.number, index), block);
        }
        Ok(first.expect("a run has a first block"))
    }
}

impl Drop for Blocks {
    fn drop(&mut self) {
        self.pool.forget(self.number);
    }
}

impl std::fmt::Debug for Blocks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Blocks")
            .field("name", &self.name)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// Blocks that are on their way, until this is dropped.
struct Arriving<'a> {
    blocks: &'a Blocks,
    range: std::ops::Range<u64>,
}

impl Drop for Arriving<'_> {
    fn drop(&mut self) {
        let range = self.range.clone();
        self.blocks.coming().retain(|index| !range.contains(index));
        self.blocks.arrived.notify_all();
    }
}

/// The blocks of all files.
static POOL: Pool = Pool::new(MEMORY);

/// A file and a block of it.
type Place = (u64, u64);

/// Blocks in memory, of many files.
struct Pool {
    limit: u64,
    next: AtomicU64,
    held: Mutex<Holding>,
}

struct Holding {
    blocks: BTreeMap<Place, (u64, Arc<[u8]>)>,
    bytes: u64,
    /// Counts uses.
    clock: u64,
}

impl Pool {
    const fn new(limit: u64) -> Self {
        Self {
            limit,
            next: AtomicU64::new(0),
            held: Mutex::new(Holding {
                blocks: BTreeMap::new(),
                bytes: 0,
                clock: 0,
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Holding> {
        self.held.lock().expect("no holder of the lock panics")
    }

    fn holds(&self, place: Place) -> bool {
        self.lock().blocks.contains_key(&place)
    }

    fn get(&self, place: Place) -> Option<Arc<[u8]>> {
        let mut held = self.lock();
        held.clock += 1;
        let now = held.clock;
        let (used, block) = held.blocks.get_mut(&place)?;
        *used = now;
        Some(block.clone())
    }

    fn put(&self, place: Place, block: Arc<[u8]>) {
        let mut held = self.lock();
        held.clock += 1;
        let now = held.clock;
        held.bytes += block.len() as u64;
        if let Some((_, old)) = held.blocks.insert(place, (now, block)) {
            held.bytes -= old.len() as u64;
        }
        while held.bytes > self.limit {
            let oldest = held.blocks.iter().min_by_key(|(_, (used, _))| *used);
            let Some(oldest) = oldest.map(|(place, _)| *place) else {
                return;
            };
            held.remove(oldest);
        }
    }

    fn forget(&self, number: u64) {
        let mut held = self.lock();
        let own = held.blocks.range((number, 0)..=(number, u64::MAX));
        let own: Vec<Place> = own.map(|(place, _)| *place).collect();
        own.into_iter().for_each(|place| held.remove(place));
    }
}

impl Holding {
    fn remove(&mut self, place: Place) {
        if let Some((_, block)) = self.blocks.remove(&place) {
            self.bytes -= block.len() as u64;
        }
    }
}

/// Reads blocks as a file is read. Where it reads on, more and more is fetched at once.
pub(crate) struct Cursor {
    blocks: Arc<Blocks>,
    position: u64,
    /// The block at hand.
    current: Option<(u64, Arc<[u8]>)>,
    /// Places that are followed, the last one used first.
    places: Vec<Followed>,
}

/// A place at which a file is read on.
#[derive(Clone, Copy)]
struct Followed {
    /// The last block read.
    last: u64,
    /// Blocks to fetch at once if the next one is not at hand.
    count: u64,
}

impl Cursor {
    pub(crate) fn new(blocks: Arc<Blocks>) -> Self {
        Self {
            blocks,
            position: 0,
            current: None,
            places: Vec::new(),
        }
    }

    pub(crate) fn length(&self) -> u64 {
        self.blocks.length
    }

    /// Goes to a block; how many to fetch at once.
    fn follow(&mut self, index: u64) -> u64 {
        let near = |place: &Followed| (place.last..=place.last + 1).contains(&index);
        let place = match self.places.iter().position(near) {
            Some(found) => {
                let mut place = self.places.remove(found);
                if index > place.last {
                    place.count = (place.count * 2).min(MOST_AHEAD);
                }
                place.last = index;
                place
            }
            None => Followed {
                last: index,
                count: 1,
            },
        };
        self.places.insert(0, place);
        self.places.truncate(PLACES);
        place.count
    }
}

impl Read for Cursor {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.blocks.length || buffer.is_empty() {
            return Ok(0);
        }
        let index = self.position / BLOCK;
        let block = match &self.current {
            Some((current, block)) if *current == index => block,
            _ => {
                let count = self.follow(index);
                let block = self.blocks.block(index, count)?;
                &self.current.insert((index, block)).1
            }
        };
        let rest = &block[(self.position % BLOCK) as usize..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for Cursor {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
            SeekFrom::End(by) => self.blocks.length.checked_add_signed(by),
        };
        let before = || io::Error::new(io::ErrorKind::InvalidInput, "a place before the start");
        self.position = place.ok_or_else(before)?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file whose bytes tell where they are, and what was asked of it.
    #[derive(Clone)]
    struct Numbers {
        length: u64,
        asked: Arc<Mutex<Vec<(u64, usize)>>>,
        fails: Arc<AtomicBool>,
    }

    fn byte(place: u64) -> u8 {
        (place % 251) as u8 ^ (place / BLOCK) as u8
    }

    impl ByteSource for Numbers {
        fn name(&self) -> &str {
            "numbers"
        }

        fn length(&self) -> u64 {
            self.length
        }

        fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
            self.asked.lock().unwrap().push((offset, buffer.len()));
            if self.fails.load(Relaxed) {
                return Err(io::Error::other("not now"));
            }
            for (place, value) in (offset..).zip(buffer) {
                *value = byte(place);
            }
            Ok(())
        }
    }

    fn numbers(blocks: u64, rest: u64, pool: &'static Pool) -> (Arc<Blocks>, Numbers) {
        let numbers = Numbers {
            length: blocks * BLOCK + rest,
            asked: Arc::default(),
            fails: Arc::default(),
        };
        let blocks = Blocks::within(Box::new(numbers.clone()), pool);
        (Arc::new(blocks), numbers)
    }

    #[test]
    fn every_byte_comes_from_its_place_whatever_the_order() {
        static POOL: Pool = Pool::new(3 * BLOCK);
        let (blocks, _) = numbers(20, 77, &POOL);
        let mut state = 7_u64;
        for _ in 0..300 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let start = (state >> 20) % blocks.length();
            let count = ((state >> 8) % 200_000).min(blocks.length() - start);
            let mut got = vec![0; count as usize];
            blocks.read_at(start, &mut got).unwrap();
            let right = got
                .iter()
                .zip(start..)
                .all(|(got, place)| *got == byte(place));
            assert!(right, "{count} bytes at {start}");
            assert!(POOL.lock().bytes <= 3 * BLOCK);
        }
        let mut beyond = [0; 100];
        assert!(blocks.read_at(blocks.length() - 50, &mut beyond).is_err());
        drop(blocks);
        assert_eq!(POOL.lock().bytes, 0);
    }

    #[test]
    fn reading_on_asks_for_more_at_once_and_nothing_twice() {
        static POOL: Pool = Pool::new(1 << 30);
        let (blocks, numbers) = numbers(40, 1, &POOL);
        let mut all = Vec::new();
        Cursor::new(blocks.clone()).read_to_end(&mut all).unwrap();
        assert_eq!(all.len() as u64, blocks.length());
        let asked = numbers.asked.lock().unwrap().clone();
        let in_blocks: Vec<(u64, u64)> = asked
            .iter()
            .map(|(start, count)| (start / BLOCK, (*count as u64).div_ceil(BLOCK)))
            .collect();
        assert_eq!(
            in_blocks,
            [(0, 1), (1, 2), (3, 8), (11, 16), (27, 14)],
            "{asked:?}"
        );
        assert_eq!((blocks.fetched(), blocks.requests()), (blocks.length(), 5));
        // Two places in turns are followed side by side.
        let mut again = Vec::new();
        Cursor::new(blocks.clone()).read_to_end(&mut again).unwrap();
        assert_eq!(again, all);
        assert_eq!(blocks.requests(), 5);
    }

    #[test]
    fn two_places_are_followed_side_by_side() {
        static POOL: Pool = Pool::new(1 << 30);
        let (blocks, _) = numbers(64, 0, &POOL);
        let mut cursor = Cursor::new(blocks.clone());
        let mut block = vec![0; BLOCK as usize];
        for index in 0..32 {
            for half in [0, 32] {
                let start = SeekFrom::Start((index + half) * BLOCK);
                cursor.seek(start).unwrap();
                cursor.read_exact(&mut block).unwrap();
            }
        }
        assert_eq!(blocks.fetched(), blocks.length());
        assert!(blocks.requests() <= 14, "{}", blocks.requests());
    }

    #[test]
    fn what_was_used_least_recently_goes() {
        static POOL: Pool = Pool::new(2 * BLOCK);
        let (blocks, numbers) = numbers(8, 0, &POOL);
        let touch = |index: u64| blocks.read_at(index * BLOCK, &mut [0]).unwrap();
        for index in [0, 4, 0, 6, 0, 4] {
            touch(index);
        }
        let asked = numbers.asked.lock().unwrap().clone();
        let asked: Vec<u64> = asked.iter().map(|(start, _)| start / BLOCK).collect();
        assert_eq!(asked, [0, 4, 6, 4]);
    }

    #[test]
    fn a_fault_reaches_whoever_reads_and_may_pass() {
        static POOL: Pool = Pool::new(1 << 30);
        let (blocks, numbers) = numbers(4, 0, &POOL);
        numbers.fails.store(true, Relaxed);
        let fault = blocks.read_at(5, &mut [0; 9]).unwrap_err();
        assert_eq!(fault.to_string(), "not now");
        numbers.fails.store(false, Relaxed);
        blocks.read_at(5, &mut [0; 9]).unwrap();
    }

    #[test]
    fn no_more_is_read_than_is_allowed() {
        static POOL: Pool = Pool::new(1 << 30);
        let (blocks, _) = numbers(64, 0, &POOL);
        blocks.read_at(0, &mut [0]).unwrap();
        blocks.allow(2 * BLOCK);
        blocks.read_at(10 * BLOCK, &mut [0]).unwrap();
        blocks.read_at(20 * BLOCK, &mut [0]).unwrap();
        assert!(!blocks.exceeded());
        assert!(blocks.read_at(30 * BLOCK, &mut [0]).is_err());
        assert!(blocks.exceeded());
        // what is at hand is not asked for
        blocks.read_at(10 * BLOCK, &mut [0]).unwrap();
        blocks.allow(u64::MAX);
        blocks.read_at(30 * BLOCK, &mut [0]).unwrap();
    }

    #[test]
    fn many_threads_share_what_one_fetches() {
        static POOL: Pool = Pool::new(1 << 30);
        let (blocks, _) = numbers(32, 5, &POOL);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let mut all = Vec::new();
                    let mut cursor = Cursor::new(blocks.clone());
                    cursor.read_to_end(&mut all).unwrap();
                    assert!(all.iter().zip(0..).all(|(got, place)| *got == byte(place)));
                });
            }
        });
        assert_eq!(blocks.fetched(), blocks.length());
    }
}
