//! Makes a story that goes wrong shorter, as long as it goes wrong.

use super::{Case, Wrong, play};

/// Stories tried at most.
const TRIES: usize = 600;

/// The shortest story found that still goes wrong in the same way, and how it does. Steps are left out in runs, long ones first.
pub fn shrink(case: &Case, wrong: &Wrong) -> (Case, Wrong) {
    let (mut case, mut wrong) = (case.clone(), wrong.clone());
    if let Some(at) = wrong.at {
        case.steps.truncate(at + 1);
    }
    let mut tries = 0;
    let mut run = case.steps.len().div_ceil(2);
    while run > 0 && tries < TRIES {
        let mut from = 0;
        let mut shorter = false;
        while from < case.steps.len() && tries < TRIES {
            let mut fewer = case.clone();
            let to = (from + run).min(fewer.steps.len());
            fewer.steps.drain(from..to);
            tries += 1;
            match play(&fewer) {
                Err(still) if still.kind() == wrong.kind() => {
                    (case, wrong) = (fewer, still);
                    shorter = true;
                }
                Ok(_) | Err(_) => from = to,
            }
        }
        if !(shorter && run == 1) {
            run /= 2;
        }
    }
    (case, wrong)
}
