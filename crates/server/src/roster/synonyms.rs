//! What the columns of a roster are called, in English, Chinese and German.

use unicode_normalization::UnicodeNormalization as _;

/// A column that counts rows (`Nr.`, `序号`) is no id: it changes with the file.
#[rustfmt::skip]
const ID: &[&str] = &[
    "guestid", "attendeeid", "participantid", "registrationid", "externalid", "编号", "嘉宾编号",
    "报名编号", "会员编号", "人员编号", "編號", "kennung", "gastid", "gästenummer", "teilnehmerid",
    "teilnehmernummer",
];

#[rustfmt::skip]
const NAME: &[&str] = &[
    "fullname", "guest", "guestname", "attendee", "attendeename", "participant", "displayname", "姓名",
    "名字", "嘉宾", "嘉宾姓名", "来宾姓名", "参会人", "参会人姓名", "客人姓名", "參會人", "來賓姓名",
    "gast", "gastname", "teilnehmer", "teilnehmername", "vollständigername", "vorundnachname",
];

#[rustfmt::skip]
const GIVEN_NAME: &[&str] = &[
    "given", "givennames", "firstname", "forename", "名", "vorname", "vornamen", "rufname",
];

#[rustfmt::skip]
const FAMILY_NAME: &[&str] = &[
    "family", "lastname", "surname", "姓", "姓氏", "nachname", "familienname", "zuname",
];

#[rustfmt::skip]
const COMPANY: &[&str] = &[
    "companyname", "organisation", "organization", "employer", "affiliation", "group", "公司", "公司名称",
    "单位", "单位名称", "工作单位", "企业", "机构", "公司名稱", "單位", "機構", "firma", "firmenname",
    "unternehmen", "institution", "arbeitgeber", "gruppe",
];

#[rustfmt::skip]
const TICKET_CODE: &[&str] = &[
    "ticket", "code", "ticketnumber", "ticketno", "ticketid", "barcode", "qrcode", "bookingcode",
    "confirmationcode", "票码", "票号", "门票", "门票号", "门票码", "电子票码", "入场码", "签到码",
    "二维码", "票碼", "票號", "ticketnummer", "ticketnr", "kartennummer", "buchungscode", "eintrittscode",
    "strichcode",
];

#[rustfmt::skip]
const PHONE: &[&str] = &[
    "phonenumber", "phoneno", "mobile", "mobilephone", "mobilenumber", "cell", "cellphone", "telephone",
    "tel", "手机", "手机号", "手机号码", "电话", "电话号码", "联系电话", "移动电话", "手機", "手機號碼",
    "電話", "telefon", "telefonnummer", "handy", "handynummer", "mobil", "mobiltelefon", "mobilnummer",
    "rufnummer",
];

#[rustfmt::skip]
const NOTE: &[&str] = &[
    "notes", "remark", "remarks", "comment", "comments", "备注", "说明", "備註", "notiz", "notizen",
    "bemerkung", "bemerkungen", "anmerkung", "hinweis", "kommentar",
];

#[rustfmt::skip]
const PHOTO: &[&str] = &[
    "picture", "image", "portrait", "photofile", "photoname", "picturefile", "照片", "照片文件",
    "照片文件名", "头像", "相片", "图片", "頭像", "foto", "bild", "bilddatei", "fotodatei", "passbild",
];

/// A column that we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Id,
    Name,
    GivenName,
    FamilyName,
    Company,
    TicketCode,
    Phone,
    Note,
    Photo,
}

impl Column {
    pub(super) const ALL: [Self; 9] = [
        Self::Id,
        Self::Name,
        Self::GivenName,
        Self::FamilyName,
        Self::Company,
        Self::TicketCode,
        Self::Phone,
        Self::Note,
        Self::Photo,
    ];

    /// What we call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::Company => "company",
            Self::TicketCode => "ticket_code",
            Self::Phone => "phone",
            Self::Note => "note",
            Self::Photo => "photo",
        }
    }

    /// The column that we call so.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = folded(name);
        Self::ALL.into_iter().find(|column| folded(column.name()) == name)
    }

    /// Whether a title, folded, means this column.
    pub(super) fn is_meant_by(self, folded_title: &str) -> bool {
        self.synonyms().contains(&folded_title)
    }

    /// What others call it, folded.
    const fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Id => ID,
            Self::Name => NAME,
            Self::GivenName => GIVEN_NAME,
            Self::FamilyName => FAMILY_NAME,
            Self::Company => COMPANY,
            Self::TicketCode => TICKET_CODE,
            Self::Phone => PHONE,
            Self::Note => NOTE,
            Self::Photo => PHOTO,
        }
    }
}

/// A title without case, width, brackets and all that is no letter or digit: `Ticket-Code (required)` is `ticketcode`.
pub(super) fn folded(title: &str) -> String {
    let wide: String = title.nfkc().collect();
    let bare = wide.split(['(', '[', '【']).next().unwrap_or_default();
    // A title that is all bracket is taken as it is.
    let bare = if bare.chars().any(char::is_alphanumeric) { bare } else { &wide };
    bare.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn titles_are_known_whatever_their_case_and_brackets() {
        for (title, column) in [
            ("Ticket-Code (required)", Column::TicketCode),
            ("手机号（必填）", Column::Phone),
            ("ＮＡＭＥ", Column::Name),
            ("Straße", Column::Company),
        ] {
            let known = Column::ALL
                .into_iter()
                .find(|c| folded(c.name()) == folded(title) || c.is_meant_by(&folded(title)));
            assert_eq!(known, (title != "Straße").then_some(column), "{title}");
        }
        assert_eq!(folded("(Name)"), "name");
    }

    #[test]
    fn every_synonym_is_folded_and_means_one_column() {
        let mut seen = BTreeSet::new();
        for column in Column::ALL {
            assert!(seen.insert(folded(column.name())), "{}", column.name());
            for synonym in column.synonyms() {
                assert_eq!(&folded(synonym), synonym, "a synonym that is not folded is never found");
                assert!(seen.insert((*synonym).to_owned()), "{synonym} means two columns");
            }
        }
    }
}
