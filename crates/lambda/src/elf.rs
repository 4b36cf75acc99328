//! What a program for Linux needs, read from its file (the System V ABI's chapters on
//! object files and dynamic linking).

/// What a program needs of where it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// `x86_64` or `arm64`, as Lambda names them.
    pub architecture: &'static str,
    /// The shared libraries.
    pub libraries: Vec<String>,
    /// The newest version 2.x of glibc that it was linked with.
    pub glibc: Option<u32>,
}

const LOAD: u32 = 1;
const DYNAMIC: u32 = 2;
const NEEDED: u64 = 1;
const STRINGS: u64 = 5;
const VERSIONS_NEEDED: u64 = 0x6fff_fffe;

/// A stretch of the file that is loaded into memory.
struct Loaded {
    address: u64,
    offset: u64,
    size: u64,
}

impl Program {
    /// Reads a program of 64 bits, little endian; none if it is another, or damaged.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.get(..6)? != b"\x7fELF\x02\x01" {
            return None;
        }
        let architecture = match number(bytes, 18, 2)? {
            62 => "x86_64",
            183 => "arm64",
            _ => return None,
        };
        let (start, size, count) = (
            number(bytes, 32, 8)?,
            number(bytes, 54, 2)?,
            number(bytes, 56, 2)?,
        );
        let (mut loaded, mut dynamic) = (Vec::new(), None);
        for index in 0..count {
            let at = start.checked_add(index * size)?;
            let (offset, length) = (number(bytes, at + 8, 8)?, number(bytes, at + 32, 8)?);
            match number(bytes, at, 4)? as u32 {
                LOAD => loaded.push(Loaded {
                    address: number(bytes, at + 16, 8)?,
                    offset,
                    size: length,
                }),
                DYNAMIC => dynamic = Some((offset, length)),
                _ => {}
            }
        }
        let mut program = Self {
            architecture,
            libraries: Vec::new(),
            glibc: None,
        };
        if let Some((offset, length)) = dynamic {
            program.link(bytes, &loaded, offset, length)?;
        }
        Some(program)
    }

    /// Reads what the dynamic section names.
    fn link(&mut self, bytes: &[u8], loaded: &[Loaded], offset: u64, length: u64) -> Option<()> {
        let (mut needed, mut strings, mut versions) = (Vec::new(), None, None);
        for index in 0..length / 16 {
            let at = offset + index * 16;
            let value = number(bytes, at + 8, 8)?;
            match number(bytes, at, 8)? {
                0 => break,
                NEEDED => needed.push(value),
                STRINGS => strings = place(loaded, value),
                VERSIONS_NEEDED => versions = place(loaded, value),
                _ => {}
            }
        }
        let strings = strings?;
        for name in needed {
            self.libraries.push(text(bytes, strings + name)?.to_owned());
        }
        self.glibc = versions.and_then(|versions| newest_glibc(bytes, strings, versions));
        Some(())
    }
}

/// The newest `GLIBC_2.x` of the versions that are needed, a linked list of linked lists.
fn newest_glibc(bytes: &[u8], strings: u64, versions: u64) -> Option<u32> {
    let (mut newest, mut file) = (None, versions);
    loop {
        let mut version = file + number(bytes, file + 8, 4)?;
        for _ in 0..number(bytes, file + 2, 2)? {
            let name = text(bytes, strings + number(bytes, version + 8, 4)?)?;
            let minor = name
                .strip_prefix("GLIBC_2.")
                .and_then(|rest| rest.split('.').next()?.parse().ok());
            newest = newest.max(minor);
            version += number(bytes, version + 12, 4)?;
        }
        match number(bytes, file + 12, 4)? {
            0 => return newest,
            next => file += next,
        }
    }
}

/// Where in the file an address lies.
fn place(loaded: &[Loaded], address: u64) -> Option<u64> {
    let within =
        |one: &&Loaded| (one.address..one.address.saturating_add(one.size)).contains(&address);
    let one = loaded.iter().find(within)?;
    Some(address - one.address + one.offset)
}

fn number(bytes: &[u8], at: u64, length: usize) -> Option<u64> {
    let at = usize::try_from(at).ok()?;
    let field = bytes.get(at..at.checked_add(length)?)?;
    Some(
        field
            .iter()
            .rev()
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
    )
}

fn text(bytes: &[u8], at: u64) -> Option<&str> {
    let rest = bytes.get(usize::try_from(at).ok()?..)?;
    let end = rest.iter().position(|byte| *byte == 0)?;
    std::str::from_utf8(&rest[..end]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_test_s_own_program_is_read() {
        let bytes = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let program = Program::read(&bytes).unwrap();
        let here = if cfg!(target_arch = "aarch64") {
            "arm64"
        } else {
            "x86_64"
        };
        assert_eq!(program.architecture, here);
        assert!(
            program
                .libraries
                .iter()
                .any(|name| name.starts_with("libc.so")),
            "{program:?}"
        );
        assert!(
            program.glibc.is_some_and(|minor| (17..99).contains(&minor)),
            "{program:?}"
        );
    }

    #[test]
    fn what_is_no_program_is_refused() {
        let bytes = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        assert_eq!(Program::read(b"#!/bin/sh"), None);
        assert_eq!(Program::read(&bytes[..60]), None);
        assert_eq!(Program::read(&bytes[..100]), None);
        let mut other = bytes[..64].to_vec();
        other[18] = 3;
        assert_eq!(Program::read(&other), None);
    }
}
