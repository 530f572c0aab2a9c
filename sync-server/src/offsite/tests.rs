//! A target of folders. One that speaks S3 is tried in `tests/tests/stories`.

use std::io::Read;

use super::{Put, Target, TargetAddress, TargetError};

fn folder() -> (tempfile::TempDir, Target) {
    let folder = tempfile::tempdir().unwrap();
    let target = Target::open(&TargetAddress::Folder(folder.path().to_owned())).unwrap();
    (folder, target)
}

#[test]
fn nothing_is_ever_put_over_what_is_there() {
    let (_folder, target) = folder();
    assert_eq!(target.put_new("ville/a", b"one".to_vec()), Ok(Put::Written));
    assert_eq!(target.put_new("ville/a", b"two".to_vec()), Ok(Put::Exists));
    assert_eq!(target.put_stream("ville/a", &b"three"[..]), Ok(Put::Exists));
    assert_eq!(target.get("ville/a", 100), Ok(Some(b"one".to_vec())));
    assert_eq!(target.put_over("ville/a", b"four".to_vec()), Ok(()));
    assert_eq!(target.get("ville/a", 100), Ok(Some(b"four".to_vec())));
    assert_eq!(target.get("ville/none", 100), Ok(None));
    assert_eq!(target.size("ville/a"), Ok(Some(4)));
    assert!(matches!(
        target.get("ville/a", 3),
        Err(TargetError::TooLarge { bytes: 4, .. })
    ));
}

#[test]
fn what_is_larger_than_a_piece_goes_and_comes_whole() {
    let (folder, target) = folder();
    let bytes: Vec<u8> = (0..20_000_000_u32).map(|n| (n / 7) as u8).collect();
    assert_eq!(target.put_stream("ville/large", &bytes[..]), Ok(Put::Written));
    assert_eq!(target.put_stream("ville/large", &bytes[1..]), Ok(Put::Exists));
    let mut read = Vec::new();
    target
        .reader("ville/large")
        .unwrap()
        .unwrap()
        .read_to_end(&mut read)
        .unwrap();
    assert!(read == bytes);
    assert!(target.reader("ville/none").unwrap().is_none());
    let left: Vec<_> = std::fs::read_dir(folder.path().join("ville")).unwrap().collect();
    assert_eq!(left.len(), 1, "no piece is left lying about");
}

#[test]
fn what_lies_there_is_listed_in_order_from_anywhere() {
    let (_folder, target) = folder();
    for name in ["b", "a", "c/d"] {
        target.put_new(&format!("ville/{name}"), vec![1; 3]).unwrap();
    }
    target.put_new("autre/x", Vec::new()).unwrap();
    let names = |below: &str, after: Option<&str>| -> Vec<String> {
        target
            .list(below, after)
            .unwrap()
            .into_iter()
            .map(|object| object.path)
            .collect()
    };
    assert_eq!(names("ville", None), ["ville/a", "ville/b", "ville/c/d"]);
    assert_eq!(names("ville", Some("ville/a")), ["ville/b", "ville/c/d"]);
    assert_eq!(names("nowhere", None), [""; 0]);
    target.delete("ville/a").unwrap();
    target.delete("ville/a").unwrap();
    assert_eq!(names("ville", None), ["ville/b", "ville/c/d"]);
}

#[test]
fn a_folder_that_is_not_there_is_told_and_never_made() {
    let (folder, target) = folder();
    target.reach().unwrap();
    let gone = folder.path().join("gone");
    let target = Target::open(&TargetAddress::Folder(gone.clone())).unwrap();
    for error in [
        target.reach().unwrap_err(),
        target.put_new("ville/a", vec![1]).unwrap_err(),
        target.list("ville", None).unwrap_err(),
    ] {
        assert!(matches!(error, TargetError::Unreachable { .. }), "{error}");
        assert!(error.to_string().contains("remontez le disque"));
    }
    assert!(!gone.exists());
}

#[test]
fn a_target_that_was_stopped_answers_at_once() {
    let (_folder, target) = folder();
    target.stop();
    assert_eq!(target.put_new("ville/a", vec![1]), Err(TargetError::Stopped));
}
