//! Trying rules out: what they would answer one family, a month of one child, and last year's reservations.

use leptos::prelude::*;
use shared::booking::{Cell, Judged, Sentence, sentence};
use shared::money::Cents;
use shared::operation::{Entrance, Priced};
use shared::time::UtcMs;
use shared::words::{Words, date_time, day, money};

use super::word::Word;
use crate::desk::form::{
    Address, Choice, Column, Field, FormState, FormView, Select, filters, heading, pager, sorted_head,
};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// Lines of a page of the replay.
pub const REPLAY_SIZE: usize = 50;

/// The page on which a set is tried out.
#[derive(Clone, Debug)]
pub struct TryPage {
    /// Who looks.
    pub bar: Bar,
    /// The list of sets, then the set.
    pub under: [String; 2],
    /// The set's name.
    pub name: String,
    /// The set is live itself.
    pub live: bool,
    /// What is asked.
    pub address: Address,
    /// What stands in the form.
    pub form: FormState,
    /// Children that the name fits, where there are several; none: it fits nobody.
    pub children: Option<Vec<Choice>>,
    /// The child that was chosen.
    pub child: Option<String>,
    /// Its households, where there are several.
    pub households: Vec<Choice>,
    /// The set's activities.
    pub activities: Vec<Choice>,
    /// Formulas of the activity.
    pub formulas: Vec<Choice>,
    /// Sites of the activity.
    pub sites: Vec<Choice>,
    /// The answers.
    pub answers: Vec<AnswerRow>,
    /// The month.
    pub month: Option<Month>,
}

/// An answer by both rules.
#[derive(Clone, Debug)]
pub struct AnswerRow {
    /// What is asked.
    pub asked: Asking,
    /// By the set that is tried.
    pub tried: Answer,
    /// By what is live.
    pub live: Answer,
}

/// What may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// To book.
    Add,
    /// To cancel.
    Cancel,
}

/// An answer in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// A shape's name.
    pub state: &'static str,
    /// The answer.
    pub words: String,
    /// What belongs to it, a sentence each.
    pub more: Vec<String>,
}

/// A month of a child.
#[derive(Clone, Debug)]
pub struct Month {
    /// « novembre 2026 », in digits.
    pub title: String,
    /// Columns.
    pub activities: Vec<String>,
    /// Rows.
    pub days: Vec<MonthDay>,
    /// The month before and the month after.
    pub around: [String; 2],
}

/// A day of a month.
#[derive(Clone, Debug)]
pub struct MonthDay {
    /// « lundi 23 novembre ».
    pub day: String,
    /// For each activity: by the set that is tried, and by what is live where that differs.
    pub cells: Vec<(Answer, Option<Answer>)>,
}

/// What a judgement says.
pub fn answer(judged: &Judged, words: &Words, zone: chrono_tz::Tz, phone: Option<&str>) -> Answer {
    let price = |priced: &Priced, more: &mut Vec<String>| match priced.base {
        None if priced.total == Cents::ZERO => more.push(t("desk-rules-answer-no-price")),
        _ => {
            more.push(t1("desk-rules-answer-price", "money", money(priced.total)));
            if priced.surcharge != Cents::ZERO {
                more.push(t1(
                    "desk-rules-answer-surcharge",
                    "money",
                    money(priced.more_than_in_time()),
                ));
            }
        }
    };
    let mut more = Vec::new();
    let (state, said) = match &judged.sentence {
        Sentence::Book { priced, due_at } => {
            price(priced, &mut more);
            if let Some(due) = due_at {
                more.push(t1("desk-rules-answer-pay-by", "at", date_time(*due, zone)));
            }
            ("present", t("desk-rules-answer-book"))
        }
        Sentence::Request { priced, reason } => {
            more.push(sentence(reason, words, zone, phone));
            price(priced, &mut more);
            ("expected", t("desk-rules-answer-request"))
        }
        Sentence::Wait { priced, rank } => {
            price(priced, &mut more);
            ("expected", t1("desk-rules-answer-wait", "rank", *rank))
        }
        Sentence::Cancel {
            due,
            credited,
            excused_within_days,
        } => {
            if *due > Cents::ZERO {
                more.push(t1("desk-rules-answer-due", "money", money(*due)));
                if let Some(days) = excused_within_days {
                    more.push(t1("desk-rules-answer-excused", "days", *days));
                }
            } else {
                more.push(t("desk-rules-answer-nothing-due"));
            }
            if *credited > Cents::ZERO {
                more.push(t1("desk-rules-answer-credited", "money", money(*credited)));
            }
            ("present", t("desk-rules-answer-cancel"))
        }
        Sentence::RequestCancel { due, reason } => {
            more.push(sentence(reason, words, zone, phone));
            if *due > Cents::ZERO {
                more.push(t1("desk-rules-answer-due", "money", money(*due)));
            }
            ("expected", t("desk-rules-answer-request"))
        }
        Sentence::Refuse(reason) => {
            more.push(sentence(reason, words, zone, phone));
            ("absent", t("desk-rules-answer-refuse"))
        }
    };
    if let Some(until) = judged.until {
        more.push(t1("desk-rules-answer-until", "at", date_time(until, zone)));
    }
    if let Some(rule) = &judged.rule {
        more.push(t1("desk-rules-answer-rule", "rule", rule.as_str()));
    }
    Answer {
        state,
        words: said,
        more,
    }
}

/// What a square of the families' grid says.
pub fn square(cell: &Cell, words: &Words, zone: chrono_tz::Tz, phone: Option<&str>) -> Answer {
    let until = |until: &Option<UtcMs>| {
        until
            .iter()
            .map(|until| t1("desk-rules-answer-until", "at", date_time(*until, zone)))
            .collect()
    };
    let why = |reason| vec![sentence(reason, words, zone, phone)];
    let (state, said, more) = match cell {
        Cell::Bookable { choices, until: at } => {
            let request = choices.iter().all(|choice| choice.request.is_some());
            let word = if request {
                t("desk-rules-answer-request")
            } else {
                t("desk-rules-square-bookable")
            };
            let mut more: Vec<String> = choices
                .iter()
                .filter(|choice| choice.priced.base.is_some())
                .map(|choice| money(choice.priced.total))
                .take(1)
                .collect();
            let deadline: Vec<String> = until(at);
            more.extend(deadline);
            ("expected", word, more)
        }
        Cell::Booked { until: at, .. } => ("present", t("desk-rules-square-booked"), until(at)),
        Cell::BookedFixed { reason, .. } => ("present", t("desk-rules-square-fixed"), why(reason)),
        Cell::NotBookable { reason } => ("absent", t("desk-rules-square-not"), why(reason)),
        Cell::AddRequested { .. } | Cell::CancelRequested { .. } => {
            ("expected", t("desk-rules-square-asked"), Vec::new())
        }
        Cell::Refused { words, .. } => (
            "absent",
            t("desk-rules-answer-refuse"),
            words.iter().cloned().collect(),
        ),
        Cell::Waiting { .. } => ("expected", t("desk-rules-square-waits"), Vec::new()),
        Cell::WaitPossible { until: at, .. } => ("expected", t("desk-rules-square-may-wait"), until(at)),
        Cell::Closed { reason, .. } => ("absent", t("desk-rules-square-closed"), why(reason)),
        Cell::Elsewhere { name, .. } => (
            "present",
            t("desk-rules-square-elsewhere"),
            name.iter().cloned().collect(),
        ),
        Cell::OtherHousehold { .. } => ("present", t("desk-rules-square-other"), Vec::new()),
    };
    Answer {
        state,
        words: said,
        more,
    }
}

fn answer_view(answer: &Answer) -> AnyView {
    let more: Vec<_> = answer
        .more
        .iter()
        .map(|one| view! { <span class="rules-more">{one.clone()}</span> }.into_any())
        .collect();
    view! {
        <span class="mark" data-state=answer.state>{shape(answer.state)}<span class="word">{answer.words.clone()}</span></span>
        {more}
    }
    .into_any()
}

/// Draws the page on which a set is tried out.
pub fn try_page(view: &TryPage) -> String {
    let title = t1("desk-rules-try-title", "name", view.name.as_str());
    page(Head::titled(title.clone()), &view.bar, || {
        let under = [
            (t("desk-rules-title"), view.under[0].clone()),
            (view.name.clone(), view.under[1].clone()),
        ];
        let doing = view! {
            <a class="button" href=format!("{}/rejouer", view.under[1])>{t("desk-rules-replay")}</a>
        };
        view! {
            {heading(title, &under, Some(doing.into_any()))}
            <p class="lead">{t("desk-rules-try-lead")}</p>
            {fields(view)}
            {view.children.as_ref().map(|children| found(view, children))}
            {(!view.answers.is_empty()).then(|| answers(view))}
            {view.month.as_ref().map(month)}
        }
        .into_any()
    })
}

fn fields(view: &TryPage) -> AnyView {
    let form = FormView::of_filters(&view.form);
    let entrances = Entrance::choices();
    let inside = view! {
        {form.field(Field::search("q", t("desk-rules-try-child")))}
        {(view.households.len() > 1).then(|| form.select(
            Select::new("foyer", t("desk-rules-try-household"), &view.households),
        ))}
        {form.select(Select::new("activite", t("desk-rules-try-activity"), &view.activities))}
        {(!view.formulas.is_empty()).then(|| form.select(
            Select::new("formule", t("desk-rules-try-formula"), &view.formulas),
        ))}
        {(view.sites.len() > 1).then(|| form.select(Select::new("site", t("desk-rules-try-site"), &view.sites)))}
        {form.field(Field::date("date", t("desk-rules-try-date")))}
        {form.field(Field::date("le", t("desk-rules-try-now-day")))}
        {form.field(Field::time("heure", t("desk-rules-try-now-hour")))}
        {form.select(Select::new("par", t("desk-rules-try-entrance"), &entrances))}
    };
    filters(&view.address, &["enfant"], inside.into_any())
}

/// Several children, or nobody.
fn found(view: &TryPage, children: &[Choice]) -> AnyView {
    if children.is_empty() {
        return view! { <p class="notice">{t("desk-rules-try-nobody")}</p> }.into_any();
    }
    let items: Vec<_> = children
        .iter()
        .map(|child| {
            let address = view.address.without("q").with("enfant", &child.value).to_string();
            view! { <li><a class="button" href=address>{child.label.clone()}</a></li> }.into_any()
        })
        .collect();
    view! {
        <p>{t("desk-rules-try-which")}</p>
        <ul class="rules-who" role="list">{items}</ul>
    }
    .into_any()
}

fn answers(view: &TryPage) -> AnyView {
    let rows: Vec<_> = view
        .answers
        .iter()
        .map(|row| {
            let asked = match row.asked {
                Asking::Add => t("desk-rules-try-add"),
                Asking::Cancel => t("desk-rules-try-cancel"),
            };
            view! {
                <tr>
                    <th scope="row">{asked}</th>
                    <td>{answer_view(&row.tried)}</td>
                    <td>{answer_view(&row.live)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let child = view.child.clone().unwrap_or_default();
    view! {
        <section aria-labelledby="reponse">
            <h2 id="reponse">{t1("desk-rules-try-answer", "child", child)}</h2>
            <table class="records rules-answers rules-both">
                <thead><tr>
                    <th scope="col">{t("desk-rules-try-asked")}</th>
                    <th scope="col">{t("desk-rules-try-these")}</th>
                    <th scope="col">{t("desk-rules-try-live")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn month(month: &Month) -> AnyView {
    let heads: Vec<_> = month
        .activities
        .iter()
        .map(|name| view! { <th scope="col">{name.clone()}</th> }.into_any())
        .collect();
    let rows: Vec<_> = month
        .days
        .iter()
        .map(|one| {
            let cells: Vec<_> = one
                .cells
                .iter()
                .map(|(tried, live)| {
                    view! {
                        <td data-differs=live.is_some().then_some("true")>
                            {answer_view(tried)}
                            {live.as_ref().map(|live| view! {
                                <span class="rules-otherwise">
                                    <span class="rules-more">{t("desk-rules-try-otherwise")}</span>{answer_view(live)}
                                </span>
                            })}
                        </td>
                    }
                    .into_any()
                })
                .collect();
            view! { <tr><th scope="row">{one.day.clone()}</th>{cells}</tr> }.into_any()
        })
        .collect();
    let [before, after] = month.around.clone();
    view! {
        <section>
            <h2 id="mois">{t1("desk-rules-try-month", "month", month.title.as_str())}</h2>
            <p class="hint">{t("desk-rules-try-month-hint")}</p>
            <p class="pager no-print">
                <a class="button" href=before>{shape("before")}{t("desk-rules-try-month-before")}</a>
                <a class="button" href=after>{t("desk-rules-try-month-after")}{shape("after")}</a>
            </p>
            <div class="rules-wide" role="group" tabindex="0" aria-labelledby="mois">
                <table class="records rules-answers">
                    <thead><tr><th scope="col">{t("desk-rules-try-date")}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// Last year's reservations, judged again.
#[derive(Clone, Debug)]
pub struct ReplayPage {
    /// Who looks.
    pub bar: Bar,
    /// The list of sets, then the set.
    pub under: [String; 2],
    /// The set's name.
    pub name: String,
    /// What is asked.
    pub address: Address,
    /// What stands in the form.
    pub form: FormState,
    /// The first and the last date.
    pub span: [chrono::NaiveDate; 2],
    /// How many there are of each kind.
    pub tally: ReplayTally,
    /// The lines of this page.
    pub lines: Vec<ReplayLine>,
    /// Which page.
    pub page: usize,
}

/// How many reservations came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReplayTally {
    /// Booked as in time.
    pub same: usize,
    /// Booked with a surcharge.
    pub surcharged: usize,
    /// The town hall would have decided.
    pub requested: usize,
    /// Not booked.
    pub refused: usize,
    /// Of which nobody knows when they were made.
    pub unknown: usize,
    /// What was agreed, or what live rules ask.
    pub before: Cents,
    /// What the tried rules ask.
    pub after: Cents,
}

impl ReplayTally {
    /// Those that come out otherwise.
    pub fn otherwise(&self) -> usize {
        self.surcharged + self.requested + self.refused
    }
}

/// A reservation that would have come out otherwise.
#[derive(Clone, Debug)]
pub struct ReplayLine {
    /// The child's name.
    pub child: String,
    /// The activity.
    pub activity: String,
    /// Its date.
    pub date: chrono::NaiveDate,
    /// When it was made.
    pub made: String,
    /// What would have become of it.
    pub answer: Answer,
}

/// Draws it.
pub fn replay_page(view: &ReplayPage) -> String {
    let title = t1("desk-rules-replay-title", "name", view.name.as_str());
    page(Head::titled(title.clone()), &view.bar, || {
        let under = [
            (t("desk-rules-title"), view.under[0].clone()),
            (view.name.clone(), view.under[1].clone()),
        ];
        let form = FormView::of_filters(&view.form);
        let entrances = Entrance::choices();
        let inside = view! {
            {form.field(Field::date("du", t("desk-rules-from")))}
            {form.field(Field::date("au", t("desk-rules-until")))}
            {form.select(Select::new("par", t("desk-rules-try-entrance"), &entrances))}
        };
        let tally = view.tally;
        let difference = tally.after - tally.before;
        let count = |key: String, number: usize| {
            view! { <div><dt>{key}</dt><dd class="number">{number.to_string()}</dd></div> }.into_any()
        };
        let [from, until] = view.span.map(|date| date.format("%d/%m/%Y").to_string());
        let sums = with(
            "desk-rules-replay-sums",
            &[
                ("before", &money(tally.before)),
                ("after", &money(tally.after)),
                ("difference", &money(difference)),
            ],
        );
        view! {
            {heading(title, &under, None)}
            <p class="lead">{with("desk-rules-replay-lead", &[("from", &from), ("until", &until)])}</p>
            {filters(&view.address, &[], inside.into_any())}
            <dl class="rules-tally">
                {count(t("desk-rules-replay-same"), tally.same)}
                {count(t("desk-rules-replay-surcharged"), tally.surcharged)}
                {count(t("desk-rules-replay-requested"), tally.requested)}
                {count(t("desk-rules-replay-refused"), tally.refused)}
                {(tally.unknown > 0).then(|| count(t("desk-rules-replay-unknown"), tally.unknown))}
            </dl>
            <p>{sums}</p>
            <p class="hint">{t("desk-rules-replay-hint")}</p>
            {replayed(view)}
            {pager(&view.address, view.page, REPLAY_SIZE, tally.otherwise())}
        }
        .into_any()
    })
}

fn replayed(view: &ReplayPage) -> AnyView {
    if view.lines.is_empty() {
        return view! { <p class="notice">{t("desk-rules-replay-none")}</p> }.into_any();
    }
    let rows: Vec<_> = view
        .lines
        .iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row">{line.child.clone()}</th>
                    <td>{line.activity.clone()}</td>
                    <td>{day(line.date)}</td>
                    <td>{line.made.clone()}</td>
                    <td>{answer_view(&line.answer)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let columns = vec![
        Column::plain(t("desk-rules-replay-child")),
        Column::plain(t("desk-rules-try-activity")),
        Column::plain(t("desk-rules-try-date")),
        Column::plain(t("desk-rules-replay-made")),
        Column::plain(t("desk-rules-replay-answer")),
    ];
    view! {
        <div class="rules-wide" role="region" tabindex="0" aria-label=t("desk-rules-replay-otherwise")>
            <table class="records rules-answers">{sorted_head(columns, &view.address, "")}<tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}
