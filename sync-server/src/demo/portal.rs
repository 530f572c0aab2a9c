//! What the town writes for families: how its portal is set up, news, règlement, tariffs, two weeks of menus.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use chrono_tz::Europe::Paris;
use shared::ids::TextId;
use shared::operation::{Body, Dish, MenuRecord, PortalRecord, TextKind, TextRecord};
use shared::time::UtcMs;

use super::calendar::is_open;
use super::dice::{Dice, id};
use super::places::{SITES, site_id};
use crate::record::menu_id;

/// Days of menus, from the Monday of the town's week.
const MENU_DAYS: u64 = 12;
/// The site whose children get dishes of their own on Thursdays.
const NURSERY: usize = 1;

/// Starters, main dishes, what goes with them, dairy, desserts: name, allergens of annex II, signs.
type Course = [(&'static str, &'static [u8], u8)];
const STARTERS: &Course = &[
    ("Betteraves râpées", &[10, 12], 0b11),
    ("Salade de lentilles", &[10], 0b10),
    ("Carottes au citron", &[], 0b11),
    ("Potage de potiron", &[7], 0b1_0010),
    ("Œuf mimosa", &[3, 10], 0b1_0000),
    ("Chou blanc aux pommes", &[10, 12], 0b10),
];
const MAINS: &Course = &[
    ("Sauté de dinde", &[], 0b100),
    ("Gratin de pâtes aux légumes", &[1, 7], 0b1_1000),
    ("Filet de colin", &[4], 0b100),
    ("Omelette aux fines herbes", &[3, 7], 0b1000),
    ("Bœuf aux carottes", &[9], 0b110),
    ("Dahl de lentilles corail", &[], 0b1001),
];
const SIDES: &Course = &[
    ("Haricots verts", &[], 0b1),
    ("Riz", &[], 0b1),
    ("Purée de pommes de terre", &[7], 0b1_0000),
    ("Semoule", &[1], 0),
    ("Poêlée de courges", &[], 0b11),
];
const DAIRY: &Course = &[
    ("Yaourt nature", &[7], 0b11),
    ("Tomme", &[7], 0b110),
    ("Fromage blanc", &[7], 0b1),
];
const DESSERTS: &Course = &[
    ("Pomme", &[], 0b11),
    ("Compote de poires", &[], 0b1_0001),
    ("Clémentine", &[], 0b1),
    ("Gâteau au chocolat", &[1, 3, 7], 0b1_0000),
    ("Crème à la vanille", &[3, 7], 0b1_0000),
];

const RULES: &str = "Le conseil municipal a adopté ce règlement. Il vaut pour la cantine, l’accueil du matin et du soir, l’étude et les mercredis.

# Inscription
Un dossier complet est nécessaire avant le premier jour. Il se renouvelle chaque année.

# Réservations et annulations
- Cantine : jusqu’à 10 h le jour ouvré précédent. Au-delà, appelez l’accueil.
- Matin et soir : jusqu’à 48 h ouvrées avant. Au-delà, l’accueil coûte **4,00 €** le matin et **10,00 €** le soir.
- Étude : jusqu’au vendredi midi pour la semaine suivante.
- Mercredi : jusqu’au jeudi midi de la semaine précédente ; vacances : d’abord la période d’inscription.
- Une absence pour maladie est signalée le matin même, avant 9 h 30.

# Retards
L’accueil du soir ferme à 18 h 30. Après trois retards, la famille est reçue par la direction.

# Santé
Aucun médicament n’est donné sans projet d’accueil individualisé (PAI).

# Vie en collectivité
Chaque enfant respecte les autres, les adultes et le matériel.";

const TARIFFS: &str = "Les tarifs dépendent du quotient familial (QF) de la CAF. Sans attestation, le tarif le plus haut s’applique.

# Cantine
- QF jusqu’à 500 : **1,00 €**
- QF de 501 à 900 : **2,40 €**
- QF de 901 à 1 300 : **3,60 €**
- QF au-delà de 1 300 : **4,80 €**
- Panier apporté (PAI) : **0,80 €**

# Accueil du matin et du soir
- Le matin : **0,90 €**
- Le soir, goûter compris : **1,80 €**

# Mercredi
- La journée avec repas : de **6,00 €** à **14,00 €**
- La matinée sans repas : de **3,00 €** à **7,00 €**

Les familles qui habitent hors de la commune paient le tarif le plus haut.";

/// How long ago, in days; pinned; the sites it is for; title; text.
type Piece = (u64, bool, &'static [usize], &'static str, &'static str);

const NEWS: [Piece; 4] = [
    (
        2,
        true,
        &[],
        "Le portail des familles est ouvert",
        "Vous pouvez suivre les réservations de vos enfants, lire les menus et nous écrire.

- Vous avez reçu un **courriel** : ouvrez son lien.
- Vous avez reçu une **lettre** : tapez ses deux codes.

Rien reçu ? Appelez l’accueil.",
    ),
    (
        4,
        false,
        &[],
        "Semaine du goût à la cantine",
        "Toute la semaine, les cuisines proposent un légume que l’on connaît peu.

# Au programme
1. lundi : le panais
2. mardi : le chou-rave
3. jeudi : la courge spaghetti
4. vendredi : le topinambour",
    ),
    (
        9,
        false,
        &[NURSERY],
        "Les Tilleuls : entrée par la cour",
        "Pendant les travaux du porche, l’entrée se fait par la cour, rue des Tilleuls. Les poussettes passent aussi par là.",
    ),
    (
        20,
        false,
        &[],
        "Vacances d’hiver : les inscriptions",
        "Les places du centre de loisirs sont ouvertes aux familles de la commune d’abord, puis à toutes.",
    ),
];

fn at(day: NaiveDate) -> UtcMs {
    let eight = NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default();
    UtcMs::at_civil(day, eight, Paris)
}

/// Adds all of it, for the town's today.
pub(super) fn put_portal(seed: u64, today: NaiveDate, bodies: &mut Vec<Body>) {
    bodies.push(Body::PutPortal { portal: portal() });
    let text = |n: usize, kind: TextKind, title: &str, words: &str| TextRecord {
        id: TextId(id(seed, "text", &[n as u64])),
        kind,
        title: title.to_owned(),
        text: words.to_owned(),
        from: None,
        until: None,
        pinned: false,
        edition: 1,
        sites: Vec::new(),
    };
    for (n, (days, pinned, sites, title, words)) in NEWS.into_iter().enumerate() {
        let text = TextRecord {
            from: Some(at(today - Days::new(days))),
            pinned,
            sites: sites.iter().map(|site| site_id(seed, *site)).collect(),
            ..text(n, TextKind::News, title, words)
        };
        bodies.push(Body::PutText { text });
    }
    let since = Some(at(today - Days::new(80)));
    let lasting = [
        (TextKind::Rules, "Règlement intérieur des accueils", RULES),
        (TextKind::Tariffs, "Tarifs de l’année scolaire", TARIFFS),
    ];
    for (n, (kind, title, words)) in lasting.into_iter().enumerate() {
        let text = TextRecord {
            from: since,
            ..text(100 + n, kind, title, words)
        };
        bodies.push(Body::PutText { text });
    }
    bodies.push(Body::PutMenus {
        menus: menus(seed, today),
    });
}

fn portal() -> PortalRecord {
    PortalRecord {
        accent: Some("#7a3b69".into()),
        welcome: "Cantine, accueil du matin et du soir, étude, mercredis et vacances : tout est ici.".into(),
        // A range reserved for fiction.
        phone: Some("01 99 00 10 00".into()),
        email: Some("accueil@demo.example".into()),
        hours: vec![
            "Espace famille, 1 place du Préau".into(),
            "Du lundi au vendredi, de 8 h 30 à 12 h et de 13 h 30 à 17 h 30".into(),
        ],
        registration: true,
        child_left: true,
        ..PortalRecord::default()
    }
}

fn menus(seed: u64, today: NaiveDate) -> Vec<MenuRecord> {
    let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
    let mut menus = Vec::new();
    for nth in 0..MENU_DAYS {
        let date = monday + Days::new(nth);
        if !is_open(date) {
            continue;
        }
        let mut dice = Dice::of(seed, "menu", &[nth]);
        let dishes = [STARTERS, MAINS, SIDES, DAIRY, DESSERTS].map(|course| {
            let (name, allergens, signs) = course[dice.below(course.len())];
            Dish {
                name: name.to_owned(),
                allergens: allergens.to_vec(),
                signs,
            }
        });
        let thursday = date.weekday() == chrono::Weekday::Thu;
        let nursery = SITES
            .get(NURSERY)
            .map(|_| site_id(seed, NURSERY))
            .filter(|_| thursday);
        if let Some(site) = nursery {
            menus.push(MenuRecord {
                id: menu_id(date, Some(site)),
                date,
                sites: vec![site],
                dishes: dishes.iter().skip(1).cloned().collect(),
                note: "Sans entrée pour les plus petits.".into(),
            });
        }
        menus.push(MenuRecord {
            id: menu_id(date, None),
            date,
            sites: Vec::new(),
            dishes: dishes.into(),
            note: String::new(),
        });
    }
    menus
}
