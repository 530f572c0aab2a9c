//! The target over a server that speaks S3.

use std::io::Read;

use sync_server::offsite::{Access, Put, Target, TargetError};
use system_tests::ObjectStore;
use system_tests::object_store::Mood;

#[test]
fn a_bucket_keeps_the_promises_of_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let store = ObjectStore::start(folder.path());
    let target = Target::open_with(&store.target("preau"), &store.access()).unwrap();
    target.reach().unwrap();
    assert_eq!(
        target.put_new("ville/journal/b/1", b"one".to_vec()),
        Ok(Put::Written)
    );
    assert_eq!(
        target.put_new("ville/journal/b/1", b"two".to_vec()),
        Ok(Put::Exists)
    );
    assert_eq!(
        std::fs::read(store.files("preau/ville/journal/b/1")).unwrap(),
        b"one"
    );
    assert_eq!(target.get("ville/journal/b/1", 3), Ok(Some(b"one".to_vec())));
    assert!(matches!(
        target.get("ville/journal/b/1", 2),
        Err(TargetError::TooLarge { bytes: 3, .. })
    ));
    assert_eq!(target.get("ville/journal/b/2", 3), Ok(None));
    target.put_over("ville/addresses", b"new".to_vec()).unwrap();
    target.put_over("ville/addresses", b"newer".to_vec()).unwrap();
    assert_eq!(target.size("ville/addresses"), Ok(Some(5)));
    target.put_new("ville/journal/b/2", b"x".to_vec()).unwrap();
    let names = |after: Option<&str>| -> Vec<String> {
        let listed = target.list("ville/journal", after).unwrap();
        listed.into_iter().map(|object| object.path).collect()
    };
    assert_eq!(names(None), ["ville/journal/b/1", "ville/journal/b/2"]);
    assert_eq!(names(Some("ville/journal/b/1")), ["ville/journal/b/2"]);
    target.delete("ville/journal/b/1").unwrap();
    target.delete("ville/journal/b/1").unwrap();
    assert_eq!(names(None), ["ville/journal/b/2"]);
    assert_eq!(target.list("autre", None), Ok(Vec::new()));
}

#[test]
fn a_large_object_goes_in_pieces_and_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = ObjectStore::start(folder.path());
    let target = Target::open_with(&store.target(""), &store.access()).unwrap();
    let bytes: Vec<u8> = (0..20_000_000_u32).map(|n| (n / 7) as u8).collect();
    assert_eq!(target.put_stream("ville/large", &bytes[..]), Ok(Put::Written));
    assert_eq!(target.put_stream("ville/large", &bytes[1..]), Ok(Put::Exists));
    let mut read = Vec::new();
    let mut reader = target.reader("ville/large").unwrap().unwrap();
    reader.read_to_end(&mut read).unwrap();
    assert!(read == bytes);
}

#[test]
fn a_bucket_that_does_not_answer_is_told_by_what_is_to_be_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = ObjectStore::start(folder.path());
    let target = Target::open_with(&store.target("preau"), &store.access()).unwrap();
    store.be(Mood::Failing(503));
    let failed = target.put_new("ville/a", vec![1]).unwrap_err();
    assert!(matches!(failed, TargetError::Unreachable { .. }), "{failed}");
    store.be(Mood::Well);
    assert_eq!(target.put_new("ville/a", vec![1]), Ok(Put::Written));
    let wrong = Access {
        secret: "another".into(),
        ..store.access()
    };
    let refused = Target::open_with(&store.target("preau"), &wrong)
        .unwrap()
        .reach()
        .unwrap_err();
    assert!(matches!(refused, TargetError::Denied { .. }), "{refused}");
    assert!(refused.to_string().contains("AWS_SECRET_ACCESS_KEY"));
    store.go_away();
    let gone = target.get("ville/a", 10).unwrap_err();
    assert!(gone.to_string().contains("ne répond pas"), "{gone}");
    store.come_back();
    assert_eq!(target.get("ville/a", 10), Ok(Some(vec![1])));
}

#[test]
fn a_bucket_that_hangs_is_left_as_soon_as_the_process_stops() {
    let folder = tempfile::tempdir().unwrap();
    let store = ObjectStore::start(folder.path());
    let target = Target::open_with(&store.target("preau"), &store.access()).unwrap();
    store.be(Mood::Hanging);
    std::thread::scope(|scope| {
        let put = scope.spawn(|| target.put_new("ville/a", vec![1]));
        system_tests::clock::wait_for("the put hangs", || (store.requests() > 0).then_some(()));
        target.stop();
        assert_eq!(put.join().unwrap(), Err(TargetError::Stopped));
    });
}
