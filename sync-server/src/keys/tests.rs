use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use shared::codec::Hash32;
use shared::slug::Slug;
use shared::snapshot::Head;
use shared::time::UtcMs;

use super::{Imported, KeyError, Keys, fingerprint, import, path, rotate};

const NOON: UtcMs = UtcMs(1_795_431_600_000);

fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

fn typed(text: &str) -> Result<Keys, KeyError> {
    Keys::parse(text, &slug("ville"), Path::new("la fiche"))
}

#[track_caller]
fn faults(text: &str) -> Vec<String> {
    match typed(text) {
        Err(KeyError::Sheet(faults)) => faults,
        other => panic!("{other:?}"),
    }
}

/// The line of the sheet that begins with `name`, changed.
fn with_line(sheet: &str, name: &str, change: impl Fn(&str) -> String) -> String {
    let lines = sheet.lines().map(|line| {
        if line.trim_start().starts_with(name) {
            change(line)
        } else {
            line.to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn keys_come_back_and_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (slug("a"), slug("b"));
    assert!(matches!(
        Keys::load(folder.path(), &a),
        Err(KeyError::Missing { .. })
    ));
    let keys = Keys::create(folder.path(), &a).unwrap();
    let mode = fs::metadata(path(folder.path(), &a))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(
        Keys::create(folder.path(), &a).unwrap().signing.public(),
        keys.signing.public()
    );
    fs::copy(path(folder.path(), &a), path(folder.path(), &b)).unwrap();
    assert!(matches!(
        Keys::load(folder.path(), &b),
        Err(KeyError::Another { .. })
    ));
    fs::write(path(folder.path(), &b), "{").unwrap();
    assert!(matches!(
        Keys::load(folder.path(), &b),
        Err(KeyError::Unreadable { .. })
    ));
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        2,
        "nothing is left over"
    );
}

#[test]
fn a_key_file_of_the_first_form_is_read_for_ever() {
    let seed = |n: u8| data_encoding::BASE64.encode(&[n; 32]);
    let text = format!(
        r#"{{"version":1,"commune":"ville","signing":"{}","shipping":"{}","notes":"{}"}}"#,
        seed(1),
        seed(2),
        seed(3)
    );
    let keys = typed(&text).unwrap();
    assert_eq!((keys.shipping, keys.notes), (Hash32([2; 32]), Hash32([3; 32])));
    assert!(keys.retired.is_empty());
    let newer = text.replace("\"version\":1", "\"version\":3");
    assert!(matches!(typed(&newer), Err(KeyError::Unreadable { why, .. }) if why.contains("plus récente")));
}

#[test]
fn a_changed_shipping_key_still_opens_what_it_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let ville = slug("ville");
    let first = Keys::create(folder.path(), &ville).unwrap();
    let second = rotate(folder.path(), &ville, NOON).unwrap();
    let third = rotate(folder.path(), &ville, NOON).unwrap();
    assert_eq!(third.retired, [second.shipping, first.shipping]);
    assert_eq!(third.signing.public(), first.signing.public(), "tablets trust it");
    assert_eq!(third.notes, first.notes);
    let all: BTreeSet<_> = third.shipping_keys().collect();
    assert_eq!(all.len(), 3, "each is another");
    for keys in [&first, &second, &third] {
        let named = Head::fingerprint(&keys.shipping);
        assert_eq!(third.opening(&named).unwrap(), &keys.shipping);
    }
    let error = first
        .opening(&Head::fingerprint(&third.shipping))
        .unwrap_err()
        .to_string();
    assert!(error.contains(&fingerprint(&third.shipping)), "which: {error}");
    assert!(error.contains("ville.key"), "where it was looked for: {error}");
    assert!(
        error.contains(&fingerprint(&first.shipping)),
        "what is there: {error}"
    );
    // On paper too.
    let again = typed(&third.recovery_sheet()).unwrap();
    assert_eq!(again.retired, third.retired);
    assert_eq!(again.shipping, third.shipping);
    assert!(matches!(
        rotate(folder.path(), &slug("autre"), NOON),
        Err(KeyError::Missing { .. })
    ));
    assert!(matches!(
        rotate(&folder.path().join("nowhere"), &ville, NOON),
        Err(KeyError::Missing { .. })
    ));
}

#[test]
fn a_sheet_typed_by_hand_is_read_as_it_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::create(folder.path(), &slug("ville")).unwrap();
    let sheet = keys.recovery_sheet();
    let lines: Vec<&str> = sheet.lines().filter(|line| line.contains("contrôle")).collect();
    assert_eq!(lines.len(), 3);
    let bare = lines.join("\n");
    let typings: [String; 7] = [
        sheet.clone(),
        sheet.to_lowercase(),
        sheet.to_uppercase(),
        bare.replace(' ', "  ").replace("contrôle", "controle :"),
        bare.replace("contrôle", "").replace('é', "e"),
        with_line(&bare, "signature", |line| {
            format!(" - {line}").replacen(" - ", "", 1)
        }),
        lines
            .iter()
            .map(|line| {
                let (name, letters) = line.trim().split_once(' ').unwrap();
                let letters = letters.replace('O', "0").replace('I', "1").replace('B', "8");
                format!("{name} {letters}")
            })
            .rev()
            .collect::<Vec<_>>()
            .join("\n\n"),
    ];
    for text in typings {
        let again = typed(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert!(again.is_same(&keys), "{text}");
    }
}

#[test]
fn a_fault_on_a_typed_sheet_is_told_by_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::create(folder.path(), &slug("ville")).unwrap();
    let sheet = keys.recovery_sheet();
    let number = 1 + sheet
        .lines()
        .position(|line| line.trim_start().starts_with("sauvegardes"))
        .unwrap();
    // The third group's second letter: behind two spaces, the name and two spaces more.
    let at = 2 + "sauvegardes".len() + 2 + 2 * 5 + 1;
    let wrong = with_line(&sheet, "sauvegardes", |line| {
        let letter = if &line[at..=at] == "A" { "C" } else { "A" };
        format!("{}{letter}{}", &line[..at], &line[at + 1..])
    });
    let told = faults(&wrong);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains(&format!("Ligne {number} ")), "{told:?}");
    assert!(told[0].contains("3ᵉ groupe"), "{told:?}");

    let short = with_line(&sheet, "mémos", |line| line.replacen(&line[16..21], "", 1));
    assert!(faults(&short)[0].contains("48 lettres"), "{:?}", faults(&short));
    let odd = with_line(&sheet, "mémos", |line| line.replacen(&line[16..17], "9", 1));
    assert!(faults(&odd)[0].contains("« 9 »"), "{:?}", faults(&odd));
    let missing = with_line(&sheet, "mémos", |_| String::new());
    assert_eq!(faults(&missing), ["Il manque la ligne « mémos »."]);
    let both = with_line(&wrong, "mémos", |line| line.replacen(&line[16..17], "9", 1));
    assert_eq!(faults(&both).len(), 2, "all faults at once");
    assert_eq!(faults("").len(), 3);
    let other = sheet.replace("— ville", "— autre");
    assert!(matches!(typed(&other), Err(KeyError::Another { other, .. }) if other == "autre"));
}

#[test]
fn a_key_that_is_there_is_never_overwritten_by_another() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ville = slug("ville");
    let ours = Keys::create(here.path(), &ville).unwrap();
    let theirs = Keys::create(there.path(), &ville).unwrap();
    let before = fs::read(path(here.path(), &ville)).unwrap();
    assert!(matches!(
        import(here.path(), &theirs),
        Err(KeyError::Taken { .. })
    ));
    assert_eq!(fs::read(path(here.path(), &ville)).unwrap(), before);
    assert_eq!(import(here.path(), &ours).unwrap().1, Imported::Same);

    let to: PathBuf = there.path().join("copie.key");
    ours.export(&to).unwrap();
    assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(matches!(theirs.export(&to), Err(KeyError::Unwritable { .. })));
    assert!(Keys::read(&to, &ville).unwrap().is_same(&ours), "it is as it was");

    let nowhere = there.path().join("new/keys");
    assert_eq!(import(&nowhere, &ours).unwrap().1, Imported::New);
    assert!(Keys::load(&nowhere, &ville).unwrap().is_same(&ours));
}

#[test]
fn two_copies_of_a_key_that_was_changed_are_united() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ville = slug("ville");
    let first = Keys::create(here.path(), &ville).unwrap();
    import(there.path(), &first).unwrap();
    let second = rotate(here.path(), &ville, NOON).unwrap();
    // An old copy, or an old sheet, takes nothing away.
    let (kept, how) = import(here.path(), &first).unwrap();
    assert_eq!((kept.shipping, how), (second.shipping, Imported::Same));
    // A later one is taken over.
    let (kept, how) = import(there.path(), &second).unwrap();
    assert_eq!((kept.shipping, how), (second.shipping, Imported::Completed));
    // Where both went on apart, each keeps its own and can open what the other sealed.
    let ours = rotate(here.path(), &ville, NOON).unwrap();
    let theirs = rotate(there.path(), &ville, NOON).unwrap();
    let (kept, how) = import(here.path(), &theirs).unwrap();
    assert_eq!((kept.shipping, how), (ours.shipping, Imported::Completed));
    let all: BTreeSet<_> = kept.shipping_keys().copied().collect();
    let wanted = [first.shipping, second.shipping, ours.shipping, theirs.shipping];
    assert_eq!(all, BTreeSet::from(wanted));
}
