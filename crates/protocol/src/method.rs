//! How a guest was recognised, as it is written on the wire.

use portico_types::Method;

/// `face`, `face_and_fact`, `ticket`, `name_and_fact` or `staff`.
pub const fn method_name(method: Method) -> &'static str {
    match method {
        Method::Face => "face",
        Method::FaceAndFact => "face_and_fact",
        Method::Ticket => "ticket",
        Method::NameAndFact => "name_and_fact",
        Method::Staff => "staff",
    }
}

/// The method of this name; none for one of a later version.
pub fn method_named(name: &str) -> Option<Method> {
    [Method::Face, Method::FaceAndFact, Method::Ticket, Method::NameAndFact, Method::Staff]
        .into_iter()
        .find(|method| method_name(*method) == name)
}
