//! How the vocabulary is written into columns: ids and closed enums as their serde name, bodies as JSON.

use portico_types::Reason;
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, Value, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value whose serde form is one string: an id, or an enum without fields. Stored as that very text.
pub(crate) struct Named<T>(pub T);

/// A value with structure, stored as JSON text.
pub(crate) struct Json<T>(pub T);

/// Why something was refused: as JSON if it has a name, else as its very words, which is how all were stored once.
pub(crate) struct Told<T>(pub T);

fn unwritable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}

fn unreadable(error: serde_json::Error) -> FromSqlError {
    FromSqlError::Other(error.into())
}

impl<T: Serialize> ToSql for Named<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match serde_json::to_value(&self.0).map_err(unwritable)? {
            serde_json::Value::String(text) => Ok(ToSqlOutput::Owned(Value::Text(text))),
            _ => Err(rusqlite::Error::ToSqlConversionFailure("not a plain name".into())),
        }
    }
}

impl<T: DeserializeOwned> FromSql for Named<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = serde_json::Value::String(value.as_str()?.to_owned());
        serde_json::from_value(text).map(Self).map_err(unreadable)
    }
}

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0).map_err(unwritable)?;
        Ok(ToSqlOutput::Owned(Value::Text(text)))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(unreadable)
    }
}

impl ToSql for Told<&Reason> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self.0.code {
            Some(_) => {
                Ok(ToSqlOutput::Owned(Value::Text(serde_json::to_string(self.0).map_err(unwritable)?)))
            }
            None => self.0.text.to_sql(),
        }
    }
}

impl FromSql for Told<Reason> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        let named = serde_json::from_str(text).ok().filter(|reason: &Reason| reason.code.is_some());
        Ok(Self(named.unwrap_or_else(|| text.into())))
    }
}

#[cfg(test)]
mod tests {
    use portico_types::Method;

    use super::*;

    #[test]
    fn an_enum_is_stored_as_the_name_that_people_can_read_in_a_dump() {
        let stored = Named(Method::FaceAndFact);
        assert_eq!(stored.to_sql().unwrap(), ToSqlOutput::Owned(Value::Text("face_and_fact".into())));
        let Named(back) = Named::<Method>::column_result(ValueRef::Text(b"face_and_fact")).unwrap();
        assert_eq!(back, Method::FaceAndFact);
    }

    #[test]
    fn a_name_that_nobody_knows_is_an_error_and_not_a_guess() {
        assert!(Named::<Method>::column_result(ValueRef::Text(b"magic")).is_err());
    }

    #[test]
    fn a_reason_comes_back_with_its_name_and_words_alone_as_they_are() {
        let back = |reason: &Reason| {
            let told = Told(reason);
            let ToSqlOutput::Owned(Value::Text(stored)) = told.to_sql().unwrap() else {
                return Told::column_result(ValueRef::Text(reason.text.as_bytes())).unwrap().0;
            };
            Told::column_result(ValueRef::Text(stored.as_bytes())).unwrap().0
        };
        let named = Reason::new("other_backend", &"made for a", &[("backend", &"a")]);
        assert_eq!(back(&named), named);
        for words in
            ["not on the roster", "", "{}", "\"made for a\"", r#"{"code":null,"values":{},"text":"a"}"#]
        {
            assert_eq!(back(&words.into()), words.into(), "{words}");
        }
    }
}
