//! What staff must know of a child: health, diet, who may collect it.

use shared::day_list::{Badge, BadgeKind};

use super::dice::Dice;
use super::names;
use super::places::CM1;

/// What a child's file says to staff.
#[derive(Default)]
pub(super) struct Care {
    pub(super) badges: Vec<Badge>,
    pub(super) must_know: Option<String>,
    /// What only those who must act read, after their PIN.
    pub(super) health: Option<String>,
    /// The family brings the meal.
    pub(super) own_meal: bool,
    pub(super) leaves_alone: bool,
}

/// A care plan: the badges, what to do, and whether the family brings the meal.
struct Plan {
    badges: &'static [(BadgeKind, &'static str)],
    must_know: &'static str,
    /// Treatment and dose, who prescribed it, where it is kept.
    health: &'static str,
    own_meal: bool,
}

const PLANS: [Plan; 9] = [
    Plan {
        badges: &[(BadgeKind::Pai, ""), (BadgeKind::Allergy, "arachide")],
        must_know: "Allergie arachide\u{a0}: panier-repas de la famille seulement, stylo Anapen dans \
                    l’armoire à pharmacie, appeler le 15",
        health: "PAI alimentaire, revu à la rentrée. Adrénaline Anapen 150 µg, cuisse, tenir 10 secondes\u{a0}; seconde dose après 10 minutes. Trousse nominative, armoire à pharmacie. Allergologue\u{a0}: Dr Vernet",
        own_meal: true,
    },
    Plan {
        badges: &[(BadgeKind::Pai, "asthme")],
        must_know: "Asthme\u{a0}: 2 bouffées de Ventoline avec la chambre d’inhalation (trousse rouge), \
                    appeler le 15 si pas de mieux en 10 minutes",
        health: "PAI asthme. Salbutamol 100 µg, 2 bouffées, à répéter après 10 minutes\u{a0}; avant le sport, 1 bouffée. Trousse rouge, bureau de la direction",
        own_meal: false,
    },
    Plan {
        badges: &[(BadgeKind::Pai, ""), (BadgeKind::Allergy, "fruits à coque")],
        must_know: "Allergie fruits à coque\u{a0}: antihistaminique si plaques, stylo Anapen si gêne pour \
                    respirer, appeler le 15",
        health: "PAI alimentaire. Cétirizine 5 mg pour des plaques\u{a0}; adrénaline Anapen 150 µg si gêne pour respirer. Trousse nominative, armoire à pharmacie",
        own_meal: false,
    },
    Plan {
        badges: &[(BadgeKind::Allergy, "œuf")],
        must_know: "Allergie œuf\u{a0}: ni gâteau ni crêpe au goûter\u{a0}; si plaques, appeler les parents",
        health: "Œuf cuit toléré en petite quantité, œuf cru interdit. Cétirizine 5 mg, ordonnance dans la trousse",
        own_meal: false,
    },
    Plan {
        badges: &[(BadgeKind::Pai, "diabète")],
        must_know: "Diabète\u{a0}: glycémie avant le repas\u{a0}; si pâleur ou malaise, 3 sucres\u{a0}; si perte \
                    de connaissance, appeler le 15",
        health: "Diabète de type 1, pompe à insuline. Glycémie à 11\u{a0}h\u{a0}45\u{a0}; sous 0,70 g/L, 3 sucres puis contrôle à 15 minutes. Glucagon au réfrigérateur de l’infirmerie. Infirmière\u{a0}: appeler la famille",
        own_meal: false,
    },
    Plan {
        badges: &[(BadgeKind::Pai, ""), (BadgeKind::Allergy, "lait de vache")],
        must_know: "Allergie lait de vache\u{a0}: panier-repas de la famille seulement, stylo Anapen dans \
                    l’armoire à pharmacie, appeler le 15",
        health: "PAI alimentaire. Adrénaline Anapen 150 µg\u{a0}; lire chaque étiquette, traces comprises. Trousse nominative, armoire à pharmacie",
        own_meal: true,
    },
    Plan {
        badges: &[(BadgeKind::Pai, "épilepsie")],
        must_know: "Épilepsie\u{a0}: noter l’heure, allonger sur le côté\u{a0}; crise de plus de 5 minutes, \
                    Buccolam (trousse bleue) et appeler le 15",
        health: "Épilepsie, dernière crise l’an passé. Buccolam 5 mg entre joue et gencive après 5 minutes de crise. Prévenir toujours la famille",
        own_meal: false,
    },
    Plan {
        badges: &[
            (BadgeKind::Pai, "maladie cœliaque"),
            (BadgeKind::Diet, "sans gluten"),
        ],
        must_know: "Sans gluten\u{a0}: panier-repas de la famille seulement, couverts à part, aucune miette de pain",
        health: "Maladie cœliaque\u{a0}: aucun traitement d’urgence. Pâte à modeler sans gluten\u{a0}; goûters d’anniversaire fournis par la famille",
        own_meal: true,
    },
    Plan {
        badges: &[(BadgeKind::Allergy, "guêpe et abeille")],
        must_know: "Allergie piqûres de guêpe et d’abeille\u{a0}: stylo Anapen dans le sac de sortie, appeler le 15",
        health: "Adrénaline Anapen 150 µg dès la piqûre s’il y a gonflement du visage. Deux stylos, dates contrôlées chaque trimestre",
        own_meal: false,
    },
];

fn badge(kind: BadgeKind, text: impl Into<String>) -> Badge {
    Badge {
        kind,
        text: text.into(),
    }
}

/// What is said of one child; `one_parent` if a single adult is on its file.
pub(super) fn care(dice: &mut Dice, level: usize, one_parent: bool) -> Care {
    let mut care = Care::default();
    if dice.percent(6) {
        let plan = &PLANS[dice.below(PLANS.len())];
        care.badges
            .extend(plan.badges.iter().map(|(kind, text)| badge(*kind, *text)));
        care.must_know = Some(plan.must_know.to_owned());
        care.own_meal = plan.own_meal;
        care.health = Some(plan.health.to_owned());
    }
    if !care.own_meal && dice.percent(13) {
        let diet = dice.pick(&[
            "sans porc",
            "sans porc",
            "sans porc",
            "sans viande",
            "sans viande",
            "sans gluten",
        ]);
        care.badges.push(badge(BadgeKind::Diet, diet));
    }
    if level >= CM1 && dice.percent(18) {
        care.badges.push(badge(BadgeKind::LeavesAlone, ""));
        care.leaves_alone = true;
    }
    if one_parent && dice.percent(5) {
        let barred = format!("{} {}", dice.pick(names::MEN), dice.pick(names::LAST));
        let rule = format!(
            "Ne pas remettre à M.\u{a0}{barred} (jugement)\u{a0}: prévenir la direction, appeler le 17 s’il insiste"
        );
        care.badges
            .push(badge(BadgeKind::ForbiddenCollector, format!("M.\u{a0}{barred}")));
        care.must_know = Some(match care.must_know {
            Some(plan) => format!("{plan}. {rule}"),
            None => rule,
        });
    }
    care
}
