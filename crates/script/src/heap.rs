use std::{
    cell::Cell,
    ptr,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use rquickjs::allocator::{Allocator, RustAllocator};

/// Counts the bytes of a script's heap and refuses those beyond a limit.
///
/// Once it has refused any it gives a little more, so that the engine can say what
/// happened and where. Once the script has to end it gives no large blocks any more:
/// what the engine does without looking at the clock, such as a text that grows, ends
/// by that.
#[derive(Clone, Debug)]
pub struct Heap(Rc<State>);

#[derive(Debug)]
struct State {
    used: Cell<usize>,
    limit: usize,
    exhausted: Cell<bool>,
    /// How much was used after what nobody can reach was last cleared away.
    kept: Cell<usize>,
    /// Whether the script has to end.
    alarm: Arc<AtomicBool>,
}

/// Bytes beyond the limit for telling of its end.
const RESERVE: usize = 1 << 20;
/// Bytes of a block that a script which has to end does not get.
const LARGE: usize = 64 << 10;

impl Heap {
    /// An empty heap of at most `limit` bytes, and of no large blocks after `alarm`.
    pub fn new(limit: usize, alarm: Arc<AtomicBool>) -> Self {
        Self(Rc::new(State {
            used: Cell::new(0),
            limit,
            exhausted: Cell::new(false),
            kept: Cell::new(0),
            alarm,
        }))
    }

    /// Whether the script wanted more than there is.
    pub fn is_exhausted(&self) -> bool {
        self.0.exhausted.get()
    }

    /// Whether so much has been added that what nobody can reach should be cleared
    /// away before the engine does so by itself: the limit would come first.
    pub fn is_filling(&self) -> bool {
        let State { limit, .. } = *self.0;
        let used = self.0.used.get();
        used > limit / 2 && used - self.0.kept.get().min(used) > limit / 8
    }

    /// Notes that what nobody can reach has been cleared away.
    pub fn cleared(&self) {
        self.0.kept.set(self.0.used.get());
    }

    /// Whether `more` bytes are to be had.
    fn grants(&self, more: usize) -> bool {
        if more >= LARGE && self.0.alarm.load(Relaxed) {
            return false;
        }
        let reserve = if self.is_exhausted() { RESERVE } else { 0 };
        let granted = self.0.used.get().saturating_add(more) <= self.0.limit + reserve;
        if !granted {
            self.0.exhausted.set(true);
        }
        granted
    }

    fn add(&self, bytes: usize) {
        self.0.used.set(self.0.used.get().saturating_add(bytes));
    }

    fn subtract(&self, bytes: usize) {
        self.0.used.set(self.0.used.get().saturating_sub(bytes));
    }
}

/// The size of what was allocated.
#[allow(unsafe_code)]
fn size_of(block: *mut u8) -> usize {
    if block.is_null() {
        return 0;
    }
    // SAFETY: every block of this heap is one of `RustAllocator`.
    unsafe { RustAllocator::usable_size(block) }
}

// SAFETY: all memory is `RustAllocator`'s, whose contract is the same; this only
// counts, and gives a null pointer where the contract allows it.
#[allow(unsafe_code)]
unsafe impl Allocator for Heap {
    fn alloc(&mut self, size: usize) -> *mut u8 {
        if !self.grants(size) {
            return ptr::null_mut();
        }
        let block = RustAllocator.alloc(size);
        self.add(size_of(block));
        block
    }

    fn calloc(&mut self, count: usize, size: usize) -> *mut u8 {
        match count.checked_mul(size) {
            Some(bytes) if bytes > 0 && self.grants(bytes) => {
                let block = RustAllocator.calloc(count, size);
                self.add(size_of(block));
                block
            }
            _ => ptr::null_mut(),
        }
    }

    unsafe fn dealloc(&mut self, block: *mut u8) {
        if !block.is_null() {
            self.subtract(size_of(block));
            // SAFETY: the caller says that the block is this heap's.
            unsafe { RustAllocator.dealloc(block) }
        }
    }

    unsafe fn realloc(&mut self, block: *mut u8, size: usize) -> *mut u8 {
        if block.is_null() {
            return self.alloc(size);
        }
        let before = size_of(block);
        if size > before && !self.grants(size - before) {
            return ptr::null_mut();
        }
        // SAFETY: the caller says that the block is this heap's.
        let moved = unsafe { RustAllocator.realloc(block, size) };
        if !moved.is_null() {
            self.subtract(before);
            self.add(size_of(moved));
        }
        moved
    }

    unsafe fn usable_size(block: *mut u8) -> usize {
        size_of(block)
    }
}
