//! First and last names of the invented people. Any likeness of a combination is chance.

#[rustfmt::skip]
pub(super) const GIRLS: &[&str] = &[
    "Adèle", "Agathe", "Aïcha", "Alba", "Alice", "Alma", "Ambre", "Aminata", "Anaïs", "Anissa", "Apolline",
    "Assia", "Awa", "Camille", "Capucine", "Célia", "Charlotte", "Chloé", "Clara", "Clémence", "Constance",
    "Dalia", "Diane", "Éléonore", "Elif", "Élise", "Ella", "Éloïse", "Emma", "Esther", "Fatou", "Fatoumata",
    "Flora", "Gabrielle", "Giulia", "Hanaé", "Hawa", "Inaya", "Inès", "Iris", "Jade", "Jeanne", "Julia",
    "Juliette", "Kadiatou", "Khadija", "Kim", "Léa", "Leïla", "Léna", "Léonie", "Lilou", "Lina", "Linh",
    "Lise", "Lola", "Louise", "Lucie", "Lya", "Maëlys", "Manon", "Margaux", "Mariam", "Marion", "Maryam",
    "Mathilde", "Maya", "Mila", "Myriam", "Naïla", "Nina", "Noémie", "Nour", "Olivia", "Ornella", "Pauline",
    "Rachel", "Rania", "Romane", "Romy", "Rose", "Salomé", "Sara", "Sarah", "Selma", "Sibylle", "Sofia",
    "Suzanne", "Thaïs", "Valentine", "Victoire", "Yasmine", "Yuna", "Zélie", "Zoé",
];

#[rustfmt::skip]
pub(super) const BOYS: &[&str] = &[
    "Aaron", "Abdoulaye", "Achille", "Adam", "Adrien", "Ali", "Amir", "Anatole", "Andrea", "Antoine",
    "Armand", "Arthur", "Auguste", "Augustin", "Axel", "Ayoub", "Basile", "Baptiste", "Bilal", "Camil",
    "Célestin", "Clément", "Côme", "Daniel", "David", "Diego", "Eden", "Élias", "Élie", "Émile", "Enzo",
    "Ethan", "Eyden", "Félix", "Gabin", "Gabriel", "Gaspard", "Georges", "Hamza", "Hector", "Hugo",
    "Ibrahim", "Idriss", "Ilyès", "Imran", "Isaac", "Ismaël", "Issa", "Jules", "Joseph", "Kaïs", "Kenzo",
    "Lamine", "Léandre", "Léo", "Léon", "Liam", "Lorenzo", "Louis", "Lucas", "Maé", "Maël", "Malo",
    "Mamadou", "Marceau", "Marius", "Mathis", "Maxence", "Mehdi", "Minh", "Mohamed", "Moussa",
    "Naël", "Naïm", "Nathan", "Nino", "Noa", "Noé", "Nolan", "Octave", "Oscar", "Ousmane", "Paul", "Rafael",
    "Raphaël", "Rayan", "Robin", "Sacha", "Samuel", "Simon", "Sohan", "Soan", "Théo", "Thiago", "Tiago",
    "Timéo", "Tom", "Ulysse", "Valentin", "Victor", "Virgile", "Yanis", "Younès", "Youssef", "Zacharie",
];

#[rustfmt::skip]
pub(super) const WOMEN: &[&str] = &[
    "Adeline", "Agnès", "Alexandra", "Amandine", "Amélie", "Amina", "Ana", "Anne-Sophie", "Audrey",
    "Aurélie", "Aurore", "Aya", "Bintou", "Blandine", "Carine", "Caroline", "Catarina", "Cécile", "Céline",
    "Charlène", "Claire", "Delphine", "Djamila", "Dounia", "Élodie", "Émilie", "Estelle", "Fanny", "Farida",
    "Fatima", "Florence", "Gaëlle", "Géraldine", "Hélène", "Houria", "Ingrid", "Isabelle", "Jennifer",
    "Jessica", "Julie", "Karima", "Kelly", "Khady", "Laetitia", "Laure", "Laurence", "Leyla", "Lucia",
    "Lydie", "Magali", "Marie", "Marina", "Mélanie", "Mireille", "Nadège", "Nadia", "Naïma", "Nathalie",
    "Ndeye", "Ophélie", "Patricia", "Perrine", "Rachida", "Rama", "Sabrina", "Samia", "Sandrine",
    "Séverine", "Sonia", "Sophie", "Stéphanie", "Sylvie", "Thi Mai", "Valérie", "Vanessa", "Virginie",
    "Yamina", "Zeynep",
];

#[rustfmt::skip]
pub(super) const MEN: &[&str] = &[
    "Abdel", "Adama", "Ahmed", "Alexandre", "Amadou", "Anthony", "Arnaud", "Benjamin", "Benoît", "Boubacar",
    "Bruno", "Cédric", "Charles", "Christophe", "Cyril", "Damien", "Daouda", "David", "Denis", "Dimitri",
    "Emmanuel", "Éric", "Fabien", "Farid", "Florian", "François", "Frédéric", "Gaël", "Gilles", "Grégory",
    "Guillaume", "Hakim", "Hervé", "Hicham", "Jérémie", "Jérôme", "João", "Jonathan", "Julien", "Karim",
    "Kévin", "Khalid", "Laurent", "Ludovic", "Malik", "Marc", "Mathieu", "Mehmet", "Mickaël", "Mourad",
    "Nabil", "Nicolas", "Olivier", "Pascal", "Paulo", "Philippe", "Pierre", "Quentin", "Rachid", "Reda",
    "Rémi", "Richard", "Romain", "Samir", "Sébastien", "Serge", "Stéphane", "Steven", "Sylvain", "Tarik",
    "Thierry", "Thomas", "Tony", "Van Long", "Vincent", "Xavier", "Yacine", "Yann", "Yves", "Youssouf",
];

#[rustfmt::skip]
pub(super) const LAST: &[&str] = &[
    "Abdallah", "Adjovi", "Aïssaoui", "Almeida", "Amrani", "Andriamana", "Aubert", "Aydin",
    "Azevedo", "Ba", "Bakayoko", "Barbier", "Barry", "Baudry", "Belkacem", "Benali", "Bensaïd",
    "Bernard", "Berthelot", "Bianchi", "Blanchard", "Bonnet", "Bouazza", "Bouchet", "Boudjemaa",
    "Boulanger", "Bourgeois", "Boyer", "Breton", "Brunet", "Camara", "Carlier", "Caron", "Carpentier",
    "Carvalho", "Charpentier", "Chauvin", "Chen", "Chevallier", "Cissé", "Colas", "Collet", "Cordier",
    "Costa", "Coulibaly", "Cousin", "Da Silva", "De Oliveira", "Delattre", "Delaunay",
    "Demir", "Deschamps", "Diabaté", "Diallo", "Diarra", "Dias", "Diop", "Do", "Dos Santos",
    "Doucouré", "Dubois", "Dufour", "Dumas", "Dumont", "Dupuis", "Durand", "El Amrani", "El Khoury",
    "Esteves", "Étienne", "Evrard", "Fabre", "Faure", "Faye", "Fernandes", "Ferreira", "Fleury", "Fofana",
    "Fontaine", "Fournier", "Gaillard", "Garcia", "Garnier", "Gauthier", "Gérard", "Gomes", "Gonçalves",
    "Gueye", "Guérin", "Guillet", "Haddad", "Hamdi", "Hamel", "Henry", "Hernandez", "Hoarau", "Huet",
    "Ibrahimi", "Jacob", "Jacquet", "Jean-Baptiste", "Joly", "Kaya", "Keita", "Khelifi", "Konaté", "Koné",
    "Kouassi", "Kovacs", "Lacroix", "Lambert", "Le Corre", "Le Gall", "Lebrun", "Leclerc",
    "Lefèvre", "Leroux", "Leroy", "Lopes", "Lopez", "Mahé", "Maillard", "Marchand", "Marin",
    "Martin", "Martinez", "Masson", "Mbaye", "Mendes", "Mercier", "Meunier", "Meyer", "Michaud",
    "Moreau", "Morel", "Morin", "Mokrani", "Moulin", "Moura", "Müller", "Ndiaye", "Nguyen", "Noël", "Nowak",
    "Ouattara", "Öztürk", "Parent", "Payet", "Pereira", "Perrin", "Perrot", "Petit", "Pham",
    "Picard", "Pinto", "Popescu", "Prévost", "Rahmani", "Ramos", "Renard", "Renault", "Rey",
    "Ribeiro", "Rivière", "Robert", "Roche", "Rodrigues", "Rossi", "Rousseau", "Roux", "Roy",
    "Russo", "Sahraoui", "Saïdi", "Sanchez", "Sarr", "Schmitt", "Sidibé", "Soares", "Sow", "Sy",
    "Tavares", "Tessier", "Touré", "Tran", "Traoré", "Vasseur", "Vidal", "Vu",
    "Wagner", "Weber", "Yildiz", "Zerrouki", "Ziani", "Zidi",
];

/// Words without accents that make passwords a person can read over the telephone.
#[rustfmt::skip]
pub(super) const WORDS: &[&str] = &[
    "abri", "ananas", "ardoise", "balai", "ballon", "banc", "bateau", "bille", "bois", "botte", "brume",
    "cabane", "cahier", "canard", "cerise", "cible", "citron", "colline", "craie", "dune", "feutre",
    "figue", "flaque", "fleur", "foin", "galet", "gomme", "grive", "hibou", "jardin", "lampe", "lapin",
    "lune", "mare", "marelle", "melon", "merle", "miel", "moulin", "nuage", "olive", "orage", "panier",
    "pastel", "piano", "plume", "poire", "pomme", "pont", "prune", "radis", "renard", "roche", "ruban",
    "sable", "savon", "tigre", "toupie", "train", "tulipe", "vague", "velo", "voile", "wagon",
];
