//! What every backend does alike, whoever renders: threads of this process, functions in
//! the cloud, or workers in simulated time. One list of checks, run by each backend's own
//! tests.

/// What goes wrong in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing.
    None,
    /// So many attempts at a segment fail for a reason that may pass.
    Passing {
        /// The segment.
        segment: u64,
        /// How many attempts.
        times: u32,
    },
    /// Attempts at a segment fail for a reason that will not pass.
    Lasting {
        /// The segment.
        segment: u64,
    },
    /// The first worker that has a segment is never heard of again.
    Lost {
        /// The segment.
        segment: u64,
    },
    /// The first worker that has a segment is much slower than the others.
    Slow {
        /// The segment.
        segment: u64,
    },
    /// A segment is given to two workers at once by mistake.
    Twice {
        /// The segment.
        segment: u64,
    },
    /// A finished result is damaged before it is used.
    Damaged {
        /// The segment.
        segment: u64,
    },
    /// The results of all segments but one stand from an earlier run.
    Standing {
        /// The one that does not.
        but: u64,
    },
    /// The job is stopped while it runs.
    Cancelled,
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The film was made: its bytes.
    Film(Vec<u8>),
    /// It failed: what was said.
    Failed(String),
    /// It was stopped.
    Cancelled,
}

/// A way to render the segments of one film.
pub trait Backend {
    /// Frames of each segment.
    fn segment_frames(&self) -> u64;

    /// Renders [`SEGMENTS`] segments by [`WORKERS`] workers while this goes wrong. Also
    /// how often each segment was rendered, where that is known. None if this cannot go
    /// wrong here.
    fn run(&mut self, trouble: &Trouble) -> Option<(Ending, Option<Vec<u32>>)>;

    /// Whether something stands under the film's final name.
    fn film_stands(&self) -> bool;
}

/// Segments of the film.
pub const SEGMENTS: u64 = 4;
/// Workers that render it.
pub const WORKERS: usize = 4;
/// Attempts at a segment.
pub const ATTEMPTS: u32 = 3;

/// Runs all checks; returns how many cases there were.
///
/// # Panics
/// When the backend does not do as all others do.
pub fn check(backend: &mut dyn Backend) -> usize {
    let whole = film(backend, &Trouble::None, Some(vec![1; SEGMENTS as usize]));
    let mut cases = 1;
    let finished = [
        (
            Trouble::Passing {
                segment: 1,
                times: 1,
            },
            Some(vec![1, 1, 1, 1]),
        ),
        (
            Trouble::Passing {
                segment: 2,
                times: ATTEMPTS - 1,
            },
            Some(vec![1, 1, 1, 1]),
        ),
        (Trouble::Lost { segment: 0 }, None),
        (Trouble::Slow { segment: 3 }, None),
        (Trouble::Twice { segment: 1 }, None),
        (Trouble::Damaged { segment: 2 }, Some(vec![0, 0, 1, 0])),
        (Trouble::Standing { but: 1 }, Some(vec![0, 1, 0, 0])),
    ];
    for (trouble, renders) in finished {
        if let Some(made) = film(backend, &trouble, renders) {
            assert!(Some(&made) == whole.as_ref(), "{trouble:?}: another film");
            cases += 1;
        }
    }
    let failed = [
        Trouble::Passing {
            segment: 1,
            times: 99,
        },
        Trouble::Lasting { segment: 1 },
    ];
    for trouble in failed {
        let Some((ending, _)) = backend.run(&trouble) else {
            continue;
        };
        let length = backend.segment_frames();
        let frames = format!("{}..{}", length, 2 * length);
        assert!(
            matches!(&ending, Ending::Failed(told) if told.contains(&frames)),
            "{trouble:?}: {} and not the frames {frames}",
            shown(&ending)
        );
        assert!(!backend.film_stands(), "{trouble:?}: a film stands");
        cases += 1;
    }
    if let Some((ending, _)) = backend.run(&Trouble::Cancelled) {
        assert_eq!(shown(&ending), "cancelled");
        assert!(!backend.film_stands(), "cancelled: a film stands");
        cases += 1;
    }
    cases
}

/// The film that is made in spite of the trouble.
fn film(backend: &mut dyn Backend, trouble: &Trouble, wanted: Option<Vec<u32>>) -> Option<Vec<u8>> {
    let (ending, renders) = backend.run(trouble)?;
    let Ending::Film(bytes) = ending else {
        panic!("{trouble:?}: {} and no film", shown(&ending));
    };
    if let (Some(renders), Some(wanted)) = (renders, wanted) {
        assert_eq!(
            renders, wanted,
            "{trouble:?}: how often segments were rendered"
        );
    }
    assert!(backend.film_stands(), "{trouble:?}: no film stands");
    Some(bytes)
}

fn shown(ending: &Ending) -> String {
    match ending {
        Ending::Film(bytes) => format!("a film of {} bytes", bytes.len()),
        Ending::Failed(told) => format!("`{told}`"),
        Ending::Cancelled => "cancelled".to_owned(),
    }
}
