use std::{cell::RefCell, rc::Rc};

/// Memory that is used again: getting megabytes from the system at every frame
/// takes longer than filling them.
#[derive(Clone, Default)]
pub(crate) struct Pool(Rc<RefCell<Kept>>);

#[derive(Default)]
struct Kept {
    bytes: Vec<Vec<u8>>,
    words: Vec<Vec<u16>>,
}

impl Pool {
    /// An empty list with room for about `length` bytes.
    pub fn bytes(&self, length: usize) -> Vec<u8> {
        take(&mut self.0.borrow_mut().bytes, length)
    }

    /// An empty list with room for about `length` numbers.
    pub fn words(&self, length: usize) -> Vec<u16> {
        take(&mut self.0.borrow_mut().words, length)
    }

    /// Keeps memory that nobody needs any more.
    pub fn keep_bytes(&self, memory: Vec<u8>) {
        keep(&mut self.0.borrow_mut().bytes, memory);
    }

    /// Keeps memory that nobody needs any more.
    pub fn keep_words(&self, memory: Vec<u16>) {
        keep(&mut self.0.borrow_mut().words, memory);
    }
}

/// Less than this, in bytes, is at hand without asking the system.
const LEAST: usize = 1 << 17;
/// How many pieces are kept.
const MOST: usize = 4;

fn take<T>(kept: &mut Vec<Vec<T>>, length: usize) -> Vec<T> {
    let fits = kept.iter().position(|memory| memory.capacity() >= length);
    match fits {
        Some(index) if length * size_of::<T>() >= LEAST => kept.swap_remove(index),
        _ => Vec::with_capacity(length),
    }
}

fn keep<T>(kept: &mut Vec<Vec<T>>, mut memory: Vec<T>) {
    if memory.capacity() * size_of::<T>() >= LEAST && kept.len() < MOST {
        memory.clear();
        kept.push(memory);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_memory_comes_back_empty() {
        let pool = Pool::default();
        let memory = vec![7; LEAST];
        let place = memory.as_ptr();
        pool.keep_bytes(memory);
        assert_eq!(pool.bytes(10).capacity(), 10);
        let again = pool.bytes(LEAST);
        assert!(again.is_empty());
        assert_eq!(again.as_ptr(), place);
        let another = pool.bytes(LEAST);
        assert_ne!(another.as_ptr(), place);
    }

    #[test]
    fn only_a_few_pieces_are_kept() {
        let pool = Pool::default();
        for _ in 0..MOST + 3 {
            pool.keep_words(Vec::with_capacity(LEAST));
        }
        assert_eq!(pool.0.borrow().words.len(), MOST);
    }
}
