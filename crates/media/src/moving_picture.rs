use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom};

use crate::{MediaSource, source::Bytes};

/// Whether a GIF or PNG file holds more than one picture. Nothing is decoded.
pub(crate) fn moves(source: &MediaSource) -> io::Result<bool> {
    let mut file = BufReader::new(source.open()?);
    let mut head = [0; 8];
    let answer = match file.read_exact(&mut head) {
        Ok(()) if &head == b"\x89PNG\r\n\x1a\n" => png_moves(&mut file),
        Ok(()) if head.starts_with(b"GIF8") => gif_moves(&mut file),
        _ => Ok(false),
    };
    match answer {
        // A file cut short is told of when it is decoded.
        Err(fault) if fault.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        answer => answer,
    }
}

/// Whether the chunk that announces an animation, and more than one picture, comes
/// before the pixels.
fn png_moves(file: &mut BufReader<Bytes>) -> io::Result<bool> {
    loop {
        let length = u32::from_be_bytes(bytes(file)?);
        match &bytes::<4>(file)? {
            b"acTL" => return Ok(u32::from_be_bytes(bytes(file)?) > 1),
            b"IDAT" | b"IEND" => return Ok(false),
            _ => file.seek_relative(i64::from(length) + 4)?,
        };
    }
}

/// Whether there is a second picture. The file's first eight bytes have been read.
fn gif_moves(file: &mut BufReader<Bytes>) -> io::Result<bool> {
    file.seek(SeekFrom::Start(10))?;
    let [flags, _, _] = bytes(file)?;
    skip_colors(file, flags)?;
    let mut pictures = 0;
    loop {
        match bytes(file)? {
            [b','] => {
                pictures += 1;
                if pictures > 1 {
                    return Ok(true);
                }
                let place: [u8; 9] = bytes(file)?;
                skip_colors(file, place[8])?;
                let [_code_size] = bytes(file)?;
                skip_blocks(file)?;
            }
            [b'!'] => {
                let [_label] = bytes(file)?;
                skip_blocks(file)?;
            }
            _ => return Ok(false),
        }
    }
}

/// Passes over a table of colours, if the flags say that there is one.
fn skip_colors(file: &mut BufReader<Bytes>, flags: u8) -> io::Result<()> {
    if flags & 0x80 == 0 {
        return Ok(());
    }
    file.seek_relative(3 << ((flags & 7) + 1))
}

/// Passes over blocks, each told by its length, up to an empty one.
fn skip_blocks(file: &mut BufReader<Bytes>) -> io::Result<()> {
    loop {
        match bytes(file)? {
            [0] => return Ok(()),
            [length] => file.seek_relative(i64::from(length))?,
        }
    }
}

fn bytes<const N: usize>(file: &mut BufReader<Bytes>) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}
