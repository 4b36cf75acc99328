//! Under which keys a job's objects stand.
//!
//! Everything of ours but results stands under `kinora/`: jobs and the files that films
//! use may be removed by the bucket's rules after some days.

use kinora_film::AssetId;
use kinora_media::Format;

/// What is above all of a job's own objects.
pub fn job_folder(job: &str) -> String {
    format!("kinora/jobs/{job}")
}

/// What a job was asked for, and when.
pub fn job(job: &str) -> String {
    format!("{}/job.json", job_folder(job))
}

/// How far a job is.
pub fn progress(job: &str) -> String {
    format!("{}/progress.json", job_folder(job))
}

/// An object that stops the job by being there.
pub fn cancel(job: &str) -> String {
    format!("{}/cancel", job_folder(job))
}

/// What a job made.
pub fn result(job: &str) -> String {
    format!("{}/result.json", job_folder(job))
}

/// What a film that waits for workers is divided into.
pub fn posted(job: &str) -> String {
    format!("{}/posted.json", job_folder(job))
}

/// The parts of one film of a job; another input is another film.
pub fn film_folder(job: &str, film: &str) -> String {
    format!("{}/{film}", job_folder(job))
}

/// What all workers need to know of a film.
pub fn plan(folder: &str) -> String {
    format!("{folder}/plan.json")
}

/// The recorded segments of a run.
pub fn pack(folder: &str, segments: &std::ops::Range<u64>) -> String {
    format!(
        "{folder}/recorded/{:06}-{:06}",
        segments.start, segments.end
    )
}

/// Where results of segments stand.
pub fn results(folder: &str) -> String {
    format!("{folder}/rendered")
}

/// The result of a segment.
pub fn rendered(folder: &str, segment: u64) -> String {
    format!("{}/{segment:06}", results(folder))
}

/// The segment whose result has this key.
pub fn segment_of(key: &str) -> Option<u64> {
    let (folder, name) = key.rsplit_once('/')?;
    let digits = name.len() >= 6 && name.bytes().all(|byte| byte.is_ascii_digit());
    (folder.ends_with("/rendered") && digits).then(|| name.parse().ok())?
}

/// A file that films use, by its content.
pub fn asset(id: AssetId) -> String {
    format!("kinora/assets/{id}")
}

/// A file of a bundled project, by its content; it stays until it is removed by hand.
pub fn content(id: AssetId) -> String {
    format!("kinora/contents/{id}")
}

/// The example's name of a worker's pictures; it ends as the format's files do.
pub fn part_video(job: &str, worker: u64, format: Option<&str>) -> String {
    format!("{job}-video-{worker}.{}", ending(format))
}

/// The example's name of a worker's sound.
pub fn part_audio(job: &str, worker: u64) -> String {
    format!("{job}-audio-{worker}.wav")
}

/// The example's name of a result; it ends as the format's files do.
pub fn output(job: &str, format: Option<&str>) -> String {
    format!("{job}.{}", ending(format))
}

/// The default keys of a film's pictures.
pub fn pictures(job: &str, format: Option<&str>) -> String {
    format!("{job}/%05d.{}", ending(Some(format.unwrap_or("png"))))
}

/// The default keys of a batch's films, a pattern of rows.
pub fn row_output(job: &str, format: Option<&str>) -> String {
    format!("{job}/{{row}}.{}", ending(format))
}

/// The play list by which a film can be looked at while it is made.
pub fn stream(output: &str) -> String {
    format!("{}.m3u8", stem(output))
}

/// The play list of signed URLs beside another one.
pub fn signed_list(list: &str) -> String {
    format!("{}-signed.m3u8", stem(list))
}

/// An object that stands beside another one.
pub fn beside(key: &str, name: &str) -> String {
    match key.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

/// A key without its ending.
fn stem(key: &str) -> &str {
    match key.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => stem,
        _ => key,
    }
}

/// How names of a format's files end.
fn ending(format: Option<&str>) -> &str {
    let format = format.unwrap_or("mp4");
    Format::endings(format).first().copied().unwrap_or(format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_stand_beside_their_film() {
        assert_eq!(stream("a/film.mp4"), "a/film.m3u8");
        assert_eq!(stream("a.b/film"), "a.b/film.m3u8");
        assert_eq!(signed_list("film.m3u8"), "film-signed.m3u8");
        assert_eq!(beside("a/film.m3u8", "film-init.mp4"), "a/film-init.mp4");
        assert_eq!(beside("film.m3u8", "film-init.mp4"), "film-init.mp4");
    }

    #[test]
    fn a_segment_is_found_by_its_result_s_key() {
        let folder = film_folder("12345", "abc");
        for segment in [0, 7, 999_999, 1_234_567] {
            assert_eq!(segment_of(&rendered(&folder, segment)), Some(segment));
        }
        assert_eq!(segment_of(&plan(&folder)), None);
        assert_eq!(segment_of(&pack(&folder, &(0..7))), None);
    }
}
