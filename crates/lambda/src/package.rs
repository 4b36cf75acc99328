use std::{
    io::{Cursor, Write as _},
    path::Path,
};

use bytes::Bytes;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{Fault, FaultKind, elf::Program};

/// The most bytes that Lambda unpacks of a zip.
const MOST_UNPACKED: u64 = 250 << 20;
/// The newest C library that Amazon Linux 2023 has: glibc 2.34.
const GLIBC: u32 = 34;
/// What Amazon Linux 2023 has of the libraries that a program may need.
const LIBRARIES: [&str; 6] = [
    "libc.so",
    "libm.so",
    "libpthread.so",
    "libdl.so",
    "librt.so",
    "libutil.so",
];
/// Starts the command as the function.
const BOOTSTRAP: &str = "#!/bin/sh\nexec \"${LAMBDA_TASK_ROOT:-/var/task}/kinora\" lambda serve\n";

/// The function as a zip for the runtime `provided.al2023`.
#[derive(Clone)]
pub struct Package {
    bytes: Bytes,
    /// `x86_64` or `arm64`, if it was made of a program that tells.
    architecture: Option<&'static str>,
}

impl Package {
    /// A zip that was made before, as by `deploy/build-zip`.
    ///
    /// # Errors
    /// When it cannot be read, is no zip, or has no `bootstrap`.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let bytes = read(path)?;
        let wrong =
            |what: &str| Fault::new(FaultKind::Tool, format!("`{}` {what}", path.display()));
        let mut archive =
            zip::ZipArchive::new(Cursor::new(&bytes)).map_err(|_| wrong("is not a zip"))?;
        if archive.by_name("bootstrap").is_err() {
            return Err(wrong(
                "has no `bootstrap`, which Lambda starts: deploy/build-zip makes one that has",
            ));
        }
        let mut unpacked = 0;
        for index in 0..archive.len() {
            unpacked += archive
                .by_index_raw(index)
                .map_err(|_| wrong("is damaged"))?
                .size();
        }
        if unpacked > MOST_UNPACKED {
            return Err(wrong(
                "has more than 250 MB unpacked, which Lambda does not take: deploy an image (`--image-uri`)",
            ));
        }
        Ok(Self {
            bytes: bytes.into(),
            architecture: None,
        })
    }

    /// A zip of a program that needs nothing which Amazon Linux 2023 has not: the function
    /// itself, or (with `is_command`) the command, which can be the function.
    ///
    /// # Errors
    /// When it cannot be read, or needs more.
    pub fn of_program(path: &Path, is_command: bool) -> Result<Self, Fault> {
        let bytes = read(path)?;
        let program = Program::read(&bytes);
        let lacks = match &program {
            Some(program) => lacks(program),
            None => Some("is not a program for Linux".to_owned()),
        };
        if let Some(lacks) = lacks {
            return Err(Fault::new(
                FaultKind::Tool,
                format!(
                    "`{}` {lacks}, so it cannot be the function as it is: take the npm package's program, make one with \
                     scripts/static-build, or name a zip (`--zip`, deploy/build-zip) or an image (`--image-uri`, \
                     deploy/push-image)",
                    path.display()
                ),
            ));
        }
        let files: Vec<(&str, &[u8])> = match is_command {
            true => vec![("bootstrap", BOOTSTRAP.as_bytes()), ("kinora", &bytes)],
            false => vec![("bootstrap", &bytes)],
        };
        let zipped = pack(&files).map_err(|error| Fault::tool("cannot make the zip", &error))?;
        Ok(Self {
            bytes: zipped.into(),
            architecture: program.map(|program| program.architecture),
        })
    }

    /// The zip.
    pub fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }

    /// What its program was built for, if that is known.
    pub fn architecture(&self) -> Option<&'static str> {
        self.architecture
    }

    /// Its key in the bucket, made of its content.
    pub fn key(&self) -> String {
        let hash = blake3::hash(&self.bytes).to_hex();
        format!("{CODE}/{}.zip", &hash[..32])
    }
}

/// Where the function's zips stand in its bucket.
pub const CODE: &str = "kinora/code";

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    std::fs::read(path)
        .map_err(|error| Fault::tool(format!("cannot read `{}`", path.display()), &error))
}

/// What Amazon Linux 2023 does not have of what a program needs.
fn lacks(program: &Program) -> Option<String> {
    let foreign = |name: &&String| {
        let known = LIBRARIES.iter().any(|known| name.starts_with(known));
        !known && !name.starts_with("ld-linux")
    };
    if let Some(library) = program.libraries.iter().find(foreign) {
        return Some(format!("needs `{library}`"));
    }
    let newest = program.glibc.filter(|minor| *minor > GLIBC)?;
    Some(format!(
        "needs glibc 2.{newest}, newer than Lambda's 2.{GLIBC}"
    ))
}

/// A zip in which equal files give equal bytes.
fn pack(files: &[(&str, &[u8])]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o755);
    for (name, bytes) in files {
        archive.start_file(*name, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(libraries: &[&str], glibc: u32) -> Program {
        Program {
            architecture: "x86_64",
            libraries: libraries.iter().map(|name| (*name).to_owned()).collect(),
            glibc: Some(glibc),
        }
    }

    #[test]
    fn a_program_has_to_stand_alone() {
        assert_eq!(
            lacks(&program(
                &["libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"],
                34
            )),
            None
        );
        let other = lacks(&program(&["libc.so.6", "libavcodec.so.61"], 34)).unwrap();
        assert!(other.contains("libavcodec.so.61"), "{other}");
        assert!(
            lacks(&program(&["libc.so.6"], 36))
                .unwrap()
                .contains("glibc 2.36")
        );
    }

    #[test]
    fn equal_files_give_equal_zips() {
        let files: [(&str, &[u8]); 1] = [("bootstrap", b"#!/bin/sh\n")];
        let one = pack(&files).unwrap();
        assert_eq!(one, pack(&files).unwrap());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        std::fs::write(&path, &one).unwrap();
        assert!(
            Package::read(&path)
                .unwrap()
                .key()
                .starts_with("kinora/code/")
        );
        std::fs::write(&path, pack(&[("other", b"")]).unwrap()).unwrap();
        assert!(
            Package::read(&path)
                .err()
                .unwrap()
                .message
                .contains("no `bootstrap`")
        );
        std::fs::write(&path, b"no zip").unwrap();
        assert!(
            Package::read(&path)
                .err()
                .unwrap()
                .message
                .contains("is not a zip")
        );
        assert!(
            Package::of_program(&path, false)
                .err()
                .unwrap()
                .message
                .contains("not a program for Linux")
        );
    }
}
