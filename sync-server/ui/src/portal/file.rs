//! Mon dossier.

use leptos::prelude::*;
use shared::day_list::{Badge, BadgeKind, Symbol};
use shared::ids::ChildId;
use shared::operation::Authority;

use super::frame::{Frame, page};
use super::home::{symbol, tel};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct FilePage {
    /// What stands around it.
    pub frame: Frame,
    /// The name on the household's file.
    pub household: String,
    /// Its guardians.
    pub guardians: Vec<GuardianView>,
    /// Its children, the eldest first.
    pub children: Vec<ChildView>,
    /// Whoever looks may ask for a change.
    pub asks: bool,
    /// The telephone that families call.
    pub phone: Option<String>,
}

/// A guardian.
#[derive(Clone, Debug)]
pub struct GuardianView {
    /// It is who looks.
    pub is_own: bool,
    /// Name.
    pub name: String,
    /// Authority, as its own file says.
    pub authority: Authority,
    /// Telephone.
    pub phone: Option<String>,
    /// Contact e-mail, of who looks alone.
    pub email: Option<String>,
}

/// A child.
#[derive(Clone, Debug)]
pub struct ChildView {
    /// Its id.
    pub id: ChildId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The colour and symbol it knows as its own.
    pub symbol: Symbol,
    /// School.
    pub school: Option<String>,
    /// Class.
    pub class: Option<String>,
    /// The day it left, where it has.
    pub left: Option<String>,
    /// Authority over it of who looks.
    pub authority: Authority,
    /// How its weeks are shared.
    pub custody: Option<CustodyView>,
    /// Its file; `None` for whoever has no right to it.
    pub file: Option<ChildFile>,
}

/// How weeks are shared.
#[derive(Clone, Debug)]
pub struct CustodyView {
    /// « vendredi »: the weekday on which the child changes households.
    pub changes_on: String,
    /// School holidays are shared by halves.
    pub holidays_halved: bool,
}

/// What only those with authority see.
#[derive(Clone, Debug)]
pub struct ChildFile {
    /// « dimanche 4 mars 2018 ».
    pub born: String,
    /// Its number in another register.
    pub reference: Option<String>,
    /// The number to call first.
    pub phone: Option<String>,
    /// What is shown on its row.
    pub badges: Vec<Badge>,
    /// What staff must know and do.
    pub must_know: Option<String>,
    /// Health details.
    pub health: Option<String>,
}

/// Draws it.
pub fn file_page(view: &FilePage) -> String {
    let title = t("portal-place-file");
    page(&view.frame, &title.clone(), || {
        let guardians: Vec<_> = view.guardians.iter().map(guardian).collect();
        let children: Vec<_> = view.children.iter().map(|one| child(view, one)).collect();
        view! {
            <h1>{title}</h1>
            {(!view.asks).then(|| view.phone.as_deref().map(|phone| view! {
                <p class="home-call">{t("portal-home-change-by-phone")}" "{tel(phone)}</p>
            }))}
            <section class="file-home" aria-labelledby="foyer">
                <h2 id="foyer">{t1("portal-home-household", "name", view.household.as_str())}</h2>
                <ul class="file-people" role="list">{guardians}</ul>
                {change(view, None, t("portal-home-change-home"))}
            </section>
            <div class="home-children">{children}</div>
        }
        .into_any()
    })
}

/// Where a change is asked for.
fn change(view: &FilePage, child: Option<ChildId>, words: String) -> Option<AnyView> {
    let child = child.map(|id| format!("&enfant={id}")).unwrap_or_default();
    let href = view.frame.at(&format!("/demandes/nouvelle?sujet=file{child}"));
    view.asks
        .then(|| view! { <p class="no-print"><a class="button" href=href>{words}</a></p> }.into_any())
}

fn guardian(one: &GuardianView) -> AnyView {
    let authority = match one.authority {
        Authority::Full => t("portal-home-authority-full"),
        Authority::None => t("portal-home-authority-none"),
        Authority::ByJudgment => t("portal-home-authority-judgment"),
    };
    let ways: Vec<_> = one
        .phone
        .iter()
        .map(|phone| tel(phone))
        .chain(
            one.email
                .clone()
                .map(|email| view! { <span>{email}</span> }.into_any()),
        )
        .map(|way| view! { <li>{way}</li> }.into_any())
        .collect();
    let none = ways.is_empty();
    view! {
        <li>
            <p>
                <strong>{one.name.clone()}</strong>
                {one.is_own.then(|| view! { " "<span class="badge">{t("portal-home-you")}</span> })}
            </p>
            <p class="home-when">{authority}</p>
            <ul role="list">{ways}</ul>
            {none.then(|| view! { <p class="home-quiet">{t("portal-home-no-way")}</p> })}
        </li>
    }
    .into_any()
}

fn child(view: &FilePage, child: &ChildView) -> AnyView {
    let title = format!("enfant-{}", child.id);
    let labelled = title.clone();
    let name = child.first_name.as_str();
    let place: Vec<&str> = [&child.class, &child.school]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let inside = match &child.file {
        Some(file) => view! {
            {rows(child, file)}
            {change(view, Some(child.id), t1("portal-home-change-child", "name", name))}
        }
        .into_any(),
        None => view! { <p class="home-quiet">{t1("portal-home-file-kept", "name", name)}</p> }.into_any(),
    };
    view! {
        <section class="home-child" aria-labelledby=labelled>
            <div class="home-child-head">
                {symbol(child.symbol)}
                <div>
                    <h2 id=title>{format!("{} {}", child.first_name, child.last_name)}</h2>
                    {(!place.is_empty()).then(|| view! { <p class="home-place">{place.join(" · ")}</p> })}
                </div>
            </div>
            {child.left.clone().map(|left| view! { <p class="home-quiet">{t1("portal-home-left", "date", left)}</p> })}
            {inside}
        </section>
    }
    .into_any()
}

fn rows(child: &ChildView, file: &ChildFile) -> AnyView {
    let row = |label: String, words: Option<String>| {
        words.map(|words| view! { <div><dt>{label}</dt><dd>{words}</dd></div> }.into_any())
    };
    let custody = child.custody.as_ref().map(|custody| {
        let weeks = t1("portal-home-custody-weeks", "day", custody.changes_on.as_str());
        if custody.holidays_halved {
            format!("{weeks} {}", t("portal-home-custody-halves"))
        } else {
            weeks
        }
    });
    let phone = file.phone.as_deref().map(|phone| {
        view! { <div><dt>{t("portal-home-file-phone")}</dt><dd>{tel(phone)}</dd></div> }.into_any()
    });
    let by_judgment = (child.authority == Authority::ByJudgment).then(|| t("portal-home-authority-judgment"));
    let badges: Vec<_> = file.badges.iter().map(badge).collect();
    let nothing_noted = badges.is_empty() && file.must_know.is_none() && file.health.is_none();
    view! {
        <dl class="file-rows">
            {row(t("portal-home-file-born"), Some(file.born.clone()))}
            {row(t("portal-home-file-reference"), file.reference.clone())}
            {row(t("portal-home-file-authority"), by_judgment)}
            {row(t("portal-home-file-custody"), custody)}
            {phone}
            {(!badges.is_empty()).then(|| view! {
                <div><dt>{t("portal-home-file-badges")}</dt><dd><ul class="file-badges" role="list">{badges}</ul></dd></div>
            })}
            {row(t("portal-home-file-must-know"), file.must_know.clone())}
            {row(t("portal-home-file-health"), file.health.clone())}
        </dl>
        {nothing_noted.then(|| view! { <p class="home-quiet">{t("portal-home-file-nothing")}</p> })}
    }
    .into_any()
}

fn badge(badge: &Badge) -> AnyView {
    let kind = match badge.kind {
        BadgeKind::Pai => t("portal-home-badge-pai"),
        BadgeKind::Allergy => t("portal-home-badge-allergy"),
        BadgeKind::Diet => t("portal-home-badge-diet"),
        BadgeKind::LeavesAlone => t("portal-home-badge-alone"),
        BadgeKind::ForbiddenCollector => t("portal-home-badge-forbidden"),
    };
    let grave = matches!(
        badge.kind,
        BadgeKind::Pai | BadgeKind::Allergy | BadgeKind::ForbiddenCollector
    );
    let words = match badge.text.trim() {
        "" => kind,
        text => format!("{kind} : {text}"),
    };
    view! { <li>{grave.then(|| shape("alert"))}<span>{words}</span></li> }.into_any()
}
