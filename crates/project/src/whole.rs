use std::{
    fs::{self, File, Permissions},
    io::{self, BufWriter, Write as _},
    os::unix::fs::{FileTypeExt as _, PermissionsExt as _},
    path::Path,
};

/// Writes a file that stands under its name whole or not at all: another one beside it
/// takes the name when it is finished. A link of this name is replaced, not followed, so
/// a folder that a stranger has made cannot have anything written elsewhere. Devices
/// and pipes are written to as they are. The file's folder is made if absent.
///
/// # Errors
/// What the system says, or `fill`.
pub fn write_whole(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<()>,
) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    if is_stream(path) {
        let mut file = File::options().write(true).open(path)?;
        let mut writer = BufWriter::new(&mut file);
        return fill(&mut writer).and_then(|()| writer.flush());
    }
    // as any new file: what the user lets others read, others may
    let mut file = tempfile::Builder::new()
        .prefix(".unfinished-")
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(folder)?;
    let mut writer = BufWriter::new(file.as_file_mut());
    fill(&mut writer)?;
    writer.flush()?;
    drop(writer);
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn is_stream(path: &Path) -> bool {
    let kind = fs::symlink_metadata(path).map(|data| data.file_type());
    let is_device = kind.is_ok_and(|kind| {
        kind.is_fifo() || kind.is_char_device() || kind.is_block_device() || kind.is_socket()
    });
    is_device || path.starts_with("/dev")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn write(path: &Path, text: &str) -> io::Result<()> {
        write_whole(path, |file| file.write_all(text.as_bytes()))
    }

    #[test]
    fn links_are_replaced_and_not_followed() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        fs::write(at("victim"), "keep").unwrap();
        symlink(at("victim"), at("link")).unwrap();
        symlink(at("nowhere"), at("dead")).unwrap();
        for name in ["link", "dead", "new", "deep/er"] {
            write(&at(name), name).unwrap();
            assert!(!at(name).is_symlink());
            assert_eq!(fs::read_to_string(at(name)).unwrap(), name);
        }
        assert_eq!(fs::read_to_string(at("victim")).unwrap(), "keep");
        assert!(!at("nowhere").exists());
    }

    #[test]
    fn what_fails_leaves_what_was_there() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("file");
        fs::write(&path, "old").unwrap();
        let failed = write_whole(&path, |file| {
            file.write_all(b"half")?;
            Err(io::Error::other("no more"))
        });
        assert_eq!(failed.unwrap_err().to_string(), "no more");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
        write(Path::new("/dev/null"), "nothing").unwrap();
        assert!(is_stream(Path::new("/dev/null")));
    }
}
