use std::{fs::File, io, os::unix::fs::FileExt, path::Path};

/// Blobs in one unnamed temporary file: nothing is left behind, however the
/// process ends, and memory stays flat.
#[derive(Debug)]
pub struct Spool {
    file: File,
    end: u64,
    places: Vec<Option<(u64, usize)>>,
}

impl Spool {
    /// An empty spool in a folder.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn new_in(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            file: tempfile::tempfile_in(folder)?,
            end: 0,
            places: Vec::new(),
        })
    }

    /// Stores blob number `index`; a later one of the same number counts.
    ///
    /// # Errors
    /// When the disk is full or broken.
    pub fn put(&mut self, index: u64, blob: &[u8]) -> io::Result<()> {
        self.file.write_all_at(blob, self.end)?;
        let index = index as usize;
        if self.places.len() <= index {
            self.places.resize(index + 1, None);
        }
        self.places[index] = Some((self.end, blob.len()));
        self.end += blob.len() as u64;
        Ok(())
    }

    /// Blob number `index`, if one was stored.
    ///
    /// # Errors
    /// When the disk is broken.
    pub fn get(&self, index: u64) -> io::Result<Option<Vec<u8>>> {
        let Some(Some((start, length))) = self.places.get(index as usize) else {
            return Ok(None);
        };
        let mut blob = vec![0; *length];
        self.file.read_exact_at(&mut blob, *start)?;
        Ok(Some(blob))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_comes_back_in_any_order() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::new_in(folder.path()).unwrap();
        for index in [3, 0, 1] {
            spool
                .put(index, &vec![index as u8; 10 + index as usize])
                .unwrap();
        }
        assert_eq!(spool.get(1).unwrap(), Some(vec![1; 11]));
        assert_eq!(spool.get(3).unwrap(), Some(vec![3; 13]));
        assert_eq!(spool.get(2).unwrap(), None);
        assert_eq!(spool.get(9).unwrap(), None);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
