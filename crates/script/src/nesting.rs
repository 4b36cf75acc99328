//! Stack for the compiler: it descends into a source by recursion, without a limit of
//! its own, and a stack that overflows ends the process.
//!
//! What a text is depends on what is around it, so nothing here tries to tell code
//! from strings: every bracket is taken for one that lies in all the others, every
//! word and sign for one more link of a chain. Room that is not used costs nothing.

use std::thread;

use super::Fault;

/// Brackets that may lie within one another.
const DEEPEST: usize = 2000;
/// Bytes of stack for a bracket; 3000 in the worst case that was measured.
const BRACKET: usize = 3600;
/// Bytes of stack for a word or sign; 500 in the worst case that was measured.
const TOKEN: usize = 600;
/// Bytes of stack for everything else.
const BASE: usize = 512 << 10;
/// What any thread has left.
const ORDINARY: usize = 1 << 20;
/// What no source should need: some five megabytes of dense code do.
const MOST: usize = 2 << 30;

/// Compiles a source with as much stack as it may need.
///
/// # Errors
/// When it is nested too deeply or too long, or what `compile` fails with.
pub fn within_limits<T: Send>(
    source: &str,
    compile: impl FnOnce() -> Result<T, Vec<Fault>> + Send,
) -> Result<T, Vec<Fault>> {
    let fault = |message: String, offset: Option<usize>| {
        vec![Fault {
            message,
            offset: offset.map(|offset| offset as u32),
            help: offset
                .map(|_| "keep data in files of its own: JSON, or text with `?raw`".to_owned()),
        }]
    };
    let found = measure(source);
    if let Some(place) = found.too_deep {
        let what = format!("more than {DEEPEST} brackets lie within one another");
        return Err(fault(what, Some(place)));
    }
    let stack = BASE + found.brackets * BRACKET + found.tokens * TOKEN;
    if stack > MOST {
        let what = format!("a source of {} words and signs is too long", found.tokens);
        return Err(fault(what, Some(0)));
    }
    if stack <= ORDINARY {
        return compile();
    }
    thread::scope(|scope| {
        thread::Builder::new()
            .stack_size(stack)
            .spawn_scoped(scope, compile)
            .map_err(|cause| fault(format!("no thread to compile on: {cause}"), None))?
            .join()
            .unwrap_or_else(|_| Err(fault("the compiler broke down".to_owned(), None)))
    })
}

#[derive(Debug, Default)]
struct Found {
    brackets: usize,
    tokens: usize,
    /// Where there are more brackets open than may be.
    too_deep: Option<usize>,
}

fn measure(source: &str) -> Found {
    let mut found = Found::default();
    let mut open = Vec::new();
    let mut in_word = false;
    for (at, byte) in source.bytes().enumerate() {
        let is_word = byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 128;
        found.tokens += usize::from(!(byte.is_ascii_whitespace() || is_word && in_word));
        in_word = is_word;
        match byte {
            b'(' | b'[' | b'{' => {
                found.brackets += 1;
                open.push(byte);
                if open.len() > DEEPEST {
                    found.too_deep = found.too_deep.or(Some(at));
                }
            }
            // of templates, types and elements, which end in many ways
            b'`' | b'<' => found.brackets += 1,
            b')' => close(&mut open, b'('),
            b']' => close(&mut open, b'['),
            b'}' => close(&mut open, b'{'),
            _ => {}
        }
    }
    found
}

/// Leaves the innermost bracket of a kind, and with it those that miss their partner,
/// as they do in texts and patterns.
fn close(open: &mut Vec<u8>, kind: u8) {
    if let Some(place) = open.iter().rposition(|&it| it == kind) {
        open.truncate(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_are_counted() {
        let found = measure("const größe = [1.5, 'a b'];\n");
        assert_eq!((found.tokens, found.brackets), (14, 1));
        assert!(found.too_deep.is_none());
    }

    #[test]
    fn deep_brackets_are_found_and_odd_ones_are_not() {
        assert_eq!(measure(&"[".repeat(2500)).too_deep, Some(2000));
        let odd = "f(function () { a = /\\(/; b = '[('; c(':('); }); ".repeat(5000);
        assert!(measure(&odd).too_deep.is_none());
    }

    #[test]
    fn what_needs_more_stack_has_it() {
        let deep = format!("{}{}", "[".repeat(1900), "]".repeat(1900));
        let done = within_limits(&deep, || Ok(thread::current().name().map(str::to_owned)));
        assert_eq!(done.unwrap(), None);
        let long = "!".repeat(4 << 20);
        let fault = within_limits(&long, || Ok(())).unwrap_err();
        assert_eq!(
            fault[0].message,
            "a source of 4194304 words and signs is too long"
        );
    }
}
