//! Where letters leave: whether a mail server is named, and lets us in.

use super::Notes;
use crate::letters::{self, SmtpAddress};

pub(super) fn look(server: Option<&SmtpAddress>, notes: &mut Notes) {
    let Some(server) = server else {
        notes.setting("smtp", "aucun");
        notes.info(
            "Aucun serveur de courrier n’est donné à cette commande.",
            "Donnez à « serve » et à « doctor » le même --smtp (ou PREAU_SMTP) : sans lui, les courriels attendent.",
        );
        return;
    };
    notes.setting("smtp", server);
    if let Err(why) = letters::knock(server) {
        notes.error(
            format!("Le serveur de courrier {server} ne laisse pas entrer : {why}"),
            "Tant qu’il ne répond pas, les courriels attendent ; le serveur reprend seul l’envoi ensuite.",
        );
    }
}
