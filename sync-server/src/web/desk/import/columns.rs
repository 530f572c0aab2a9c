//! What each column says, and what is chosen for the whole file.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Choice, Flaw, FormState};
use server_ui::desk::import::{ColumnLine, ColumnsPage, columns_page};

use super::draft::{self, Draft};
use crate::import::{self, Choices, Field, Mapping, Table};
use crate::record;
use crate::web::WebError;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page, see_other};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// How many things of a column are shown.
const SAMPLES: usize = 3;
/// Longest of them, in characters.
const SAMPLE_CHARS: usize = 40;

fn name_of(column: usize) -> String {
    format!("colonne-{column}")
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::Import)?;
    let (draft, schools) = draft::with(&desk, with_schools).await?;
    if draft.chosen.report.is_some() {
        return Ok(see_other(&draft.at(&desk, "/rapport")));
    }
    let form = state_of(&draft);
    Ok(draw(&desk, &draft, schools, form, StatusCode::OK))
}

fn with_schools(commune: &crate::commune::Commune, draft: Draft) -> Result<(Draft, Vec<Choice>), WebError> {
    let schools = commune.store.read(|tx| record::schools(tx))?;
    let schools = schools
        .into_iter()
        .filter(|(school, _)| !school.retired)
        .map(|(school, _)| Choice::new(school.id.to_string(), school.name));
    Ok((draft, schools.collect()))
}

fn state_of(draft: &Draft) -> FormState {
    let chosen = &draft.chosen;
    let columns = chosen.mapping.0.iter().enumerate();
    let form = columns
        .filter_map(|(column, field)| Some((column, (*field)?)))
        .fold(FormState::default(), |form, (column, field)| {
            form.with(name_of(column), field.as_str())
        });
    let ticked = |yes: bool| yes.then_some("oui");
    form.with_maybe("ecole", chosen.choices.school.map(|school| school.to_string()))
        .with_maybe("creer_classes", ticked(chosen.choices.make_classes))
        .with_maybe("creer_homonymes", ticked(chosen.choices.make_homonyms))
}

fn draw(desk: &Desk, draft: &Draft, schools: Vec<Choice>, form: FormState, status: StatusCode) -> Response {
    let fields = Field::all().map(|field| Choice::new(field.as_str(), import::field_word(field)));
    let view = ColumnsPage {
        bar: desk.bar(),
        form,
        home: desk.at(""),
        action: draft.at(desk, "/colonnes"),
        abandon: draft.at(desk, "/abandon"),
        file: draft.file.clone(),
        lines: draft.table.lines.len(),
        columns: (0..draft.table.headers.len())
            .map(|column| column_line(&draft.table, column))
            .collect(),
        fields: fields.collect(),
        schools,
    };
    page(status, columns_page(&view))
}

fn column_line(table: &Table, column: usize) -> ColumnLine {
    let mut samples: Vec<String> = Vec::new();
    for line in &table.lines {
        let sample: String = line.cells[column].chars().take(SAMPLE_CHARS).collect();
        if !sample.is_empty() && !samples.contains(&sample) {
            samples.push(sample);
        }
        if samples.len() == SAMPLES {
            break;
        }
    }
    ColumnLine {
        name: name_of(column),
        header: table.headers[column].clone(),
        samples,
    }
}

pub(super) async fn choose(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::Import)?;
    let (mut draft, schools) = draft::with(&desk, with_schools).await?;
    if draft.chosen.report.is_some() {
        return Ok(see_other(&draft.at(&desk, "/rapport")));
    }
    let columns = 0..draft.table.headers.len();
    let mapping = Mapping(
        columns
            .map(|column| form.maybe_choice(&name_of(column), Field::parse))
            .collect(),
    );
    let known = |word: &str| schools.iter().any(|school| school.value == word);
    let choices = Choices {
        school: form.maybe_choice("ecole", |word| word.parse().ok().filter(|_| known(word))),
        make_classes: form.has("creer_classes"),
        make_homonyms: form.has("creer_homonymes"),
    };
    for wrong in wrong_with(&mapping) {
        form.flaw(&wrong.0, Flaw::Words(wrong.1));
    }
    if form.is_flawed() {
        return Ok(draw(
            &desk,
            &draft,
            schools,
            form,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    draft.chosen.mapping = mapping;
    draft.chosen.choices = choices;
    draft.chosen.settled = true;
    let next = draft.at(&desk, "");
    draft::with(&desk, move |commune, there| {
        // Confirmed meanwhile in another window: what came of it stands.
        if there.chosen.report.is_none() {
            draft::choose(commune, &draft)?;
        }
        Ok(())
    })
    .await?;
    Ok(see_other(&next))
}

/// What is wrong with a mapping: the field of the form and the sentence.
fn wrong_with(mapping: &Mapping) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    let first = name_of(0);
    if !mapping.has(Field::LastName) && !mapping.has(Field::UsageName) {
        wrong.push((first.clone(), import::needs_words(Field::LastName)));
    }
    if !mapping.has(Field::FirstName) {
        wrong.push((first, import::needs_words(Field::FirstName)));
    }
    if let Some(field) = mapping.nameless() {
        let part = mapping.0.iter().position(|said| {
            matches!(
                (said, field),
                (Some(Field::One(_)), Field::One(_)) | (Some(Field::Two(_)), Field::Two(_))
            )
        });
        wrong.push((name_of(part.unwrap_or(0)), import::needs_words(field)));
    }
    if let Some(field) = mapping.twice() {
        let second = mapping.columns(field).nth(1).unwrap_or(0);
        wrong.push((name_of(second), import::twice_words(field)));
    }
    wrong
}
