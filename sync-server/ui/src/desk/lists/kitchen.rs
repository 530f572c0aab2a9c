//! What the kitchen prepares for a site and day.

use leptos::prelude::*;

use crate::words::{t, t1};

/// Meals to order, derived from the day's lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kitchen {
    /// Meals.
    pub meals: usize,
    /// Of these, how many with each diet, allergy or PAI, as the badges say.
    pub of_which: Vec<(String, usize)>,
    /// Meals that families bring.
    pub baskets: usize,
    /// Picnics.
    pub picnics: usize,
    /// Children who may come to a free session with a meal.
    pub free: usize,
}

impl Kitchen {
    /// A diet that nobody named.
    pub fn diet() -> String {
        t("desk-lists-kitchen-diet")
    }

    /// An allergy, as the cook reads it.
    pub fn allergy(text: &str) -> String {
        if text.is_empty() {
            t("desk-lists-kitchen-allergy")
        } else {
            t1("desk-lists-kitchen-allergy-of", "text", text)
        }
    }

    /// A PAI, as the cook reads it.
    pub fn pai(text: &str) -> String {
        if text.is_empty() {
            t("desk-badge-pai")
        } else {
            t1("desk-badge-pai-of", "text", text)
        }
    }

    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// « À commander : 86 repas dont 7 sans porc, 2 paniers, 1 pique-nique. »
    pub(super) fn sentence(&self) -> String {
        let diets: Vec<String> = self
            .of_which
            .iter()
            .map(|(words, count)| format!("{count} {words}"))
            .collect();
        let mut parts = Vec::new();
        if self.meals > 0 {
            let meals = t1("desk-lists-meals", "count", self.meals);
            parts.push(if diets.is_empty() {
                meals
            } else {
                format!("{meals} {}", t1("desk-lists-of-which", "list", diets.join(", ")))
            });
        }
        if self.baskets > 0 {
            parts.push(t1("desk-lists-baskets", "count", self.baskets));
        }
        if self.picnics > 0 {
            parts.push(t1("desk-lists-picnics", "count", self.picnics));
        }
        if parts.is_empty() {
            t("desk-lists-no-meal")
        } else {
            t1("desk-lists-order", "list", parts.join("\u{a0}; "))
        }
    }
}

/// The box above the list.
pub(super) fn kitchen(view: &Kitchen) -> Option<AnyView> {
    if view.is_nothing() {
        return None;
    }
    let free = (view.free > 0)
        .then(|| view! { <p class="quiet">{t1("desk-lists-meals-free", "count", view.free)}</p> });
    Some(
        view! {
            <section class="kitchen" aria-labelledby="cuisine">
                <h2 id="cuisine">{t("desk-lists-kitchen")}</h2>
                <p class="order">{view.sentence()}</p>
                {free}
            </section>
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_reads_as_it_is_telephoned() {
        let order = Kitchen {
            meals: 86,
            of_which: vec![("sans porc".into(), 7), ("PAI arachide".into(), 1)],
            baskets: 2,
            picnics: 1,
            free: 0,
        };
        assert_eq!(
            order.sentence(),
            "À commander\u{a0}: 86 repas dont 7 sans porc, 1 PAI arachide\u{a0}; 2 paniers\u{a0}; 1 pique-nique."
        );
        assert_eq!(Kitchen::default().sentence(), "Aucun repas à commander.");
    }
}
