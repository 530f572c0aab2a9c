//! Both engines take every statement, and PostgreSQL with the types that cross the seam.

use postgres::types::Type;
use rusqlite::Connection;

use super::portable::{Statement, none};
use super::*;
use crate::store::{Kind, Schema, Sqlite};

#[test]
fn sqlite_prepares_every_statement() {
    let place = Place::on(Kind::Sqlite);
    let [commune, control] = [Schema::Commune, Schema::Control].map(|schema| {
        let file = place.folder().join(format!("{schema:?}.db"));
        drop(Sqlite::open(&file, schema).unwrap());
        Connection::open(file).unwrap()
    });
    let mut offences = Vec::new();
    for statement in Statement::all().iter().filter(|s| s.is_for("sqlite")) {
        let connection = match statement.schema() {
            Schema::Commune => &commune,
            Schema::Control => &control,
        };
        if let Err(why) = connection.prepare(&statement.sql) {
            offences.push(format!("{}: {why}", statement.place));
        }
    }
    none(&offences);
}

#[test]
fn postgresql_prepares_every_statement_with_the_types_of_the_seam() {
    let allowed = |given: &Type| [Type::TEXT, Type::INT8, Type::BYTEA].contains(given);
    let place = Place::on(Kind::Postgres);
    let mut client = place.database().client();
    let mut offences = Vec::new();
    for statement in Statement::all().iter().filter(|s| s.is_for("postgres")) {
        let schema = match statement.schema() {
            Schema::Commune => "commune_ville",
            Schema::Control => "preau",
        };
        client
            .batch_execute(&format!("set search_path to {schema}"))
            .unwrap();
        let prepared = match client.prepare(&statement.sql.replace('?', "$")) {
            Ok(prepared) => prepared,
            Err(why) => {
                offences.push(format!("{}: {:?}", statement.place, why.as_db_error()));
                continue;
            }
        };
        if !statement.is_for("sqlite") {
            continue;
        }
        for (i, given) in prepared
            .params()
            .iter()
            .enumerate()
            .filter(|(_, given)| !allowed(given))
        {
            offences.push(format!("{}: ?{} is taken for {given}", statement.place, i + 1));
        }
        for column in prepared
            .columns()
            .iter()
            .filter(|column| !allowed(column.type_()))
        {
            offences.push(format!(
                "{}: {} is a {}",
                statement.place,
                column.name(),
                column.type_()
            ));
        }
    }
    none(&offences);
}

/// An index or a comparison by a language's order would find other rows than a file does.
#[test]
fn postgresql_keeps_all_text_in_the_order_of_its_bytes() {
    let place = Place::on(Kind::Postgres);
    let sql = "select table_schema || '.' || table_name || '.' || column_name from information_schema.columns \
               where table_schema in ('commune_ville', 'preau') and table_name <> 'refinery_schema_history' \
                   and (data_type = 'text' and collation_name is distinct from 'C' \
                        or data_type not in ('text', 'bigint', 'bytea'))";
    let rows = place.database().client().query(sql, &[]).unwrap();
    none(&rows.iter().map(|row| row.get(0)).collect::<Vec<String>>());
}
