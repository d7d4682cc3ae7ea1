// What a guest is asked to agree to, as the kiosk answers with it: the longest profile's text, in every language.

const inLanguage = (language, { title, paragraphs, statement }) => ({
  version: "eu/1",
  language,
  title,
  paragraphs,
  statement,
  separate: true,
});

export const CONSENTS = {
  en: inLanguage("en", {
    title: "Next time, just look here",
    paragraphs: [
      "If you like, this kiosk takes three pictures of your face and turns them into a list of numbers. Next time you come to a door of this event, the camera compares your face with these numbers, and you can walk in.",
      "The pictures are discarded at once. The numbers are biometric data. They are used for nothing but your entry, are not passed on, and are erased after 2 days at the latest.",
      "Future of Cities Summit Ltd is responsible for them. You may ask to see them, and you may complain to a data protection authority.",
      "You need not do this. Your ticket works just as well at every door, and so does asking our staff. Nobody minds if you decline.",
      "You can take this back at any time, here or with our staff: show your ticket and choose “Remove my face data”. What happened before stays lawful.",
    ],
    statement: "I agree that Future of Cities Summit Ltd uses my face to let me in, as described here.",
  }),
  de: inLanguage("de", {
    title: "Nächstes Mal genügt ein Blick",
    paragraphs: [
      "Wenn Sie möchten, nimmt dieses Gerät drei Bilder Ihres Gesichts auf und macht daraus eine Liste von Zahlen. Kommen Sie wieder an eine Tür dieser Veranstaltung, vergleicht die Kamera Ihr Gesicht mit diesen Zahlen, und Sie können eintreten.",
      "Die Bilder werden sofort verworfen. Die Zahlen sind biometrische Daten. Sie dienen nur Ihrem Einlass, werden nicht weitergegeben und spätestens nach 2 Tagen gelöscht.",
      "Verantwortlich ist Future of Cities Summit Ltd. Sie können Auskunft verlangen und sich bei einer Datenschutzbehörde beschweren.",
      "Sie müssen das nicht tun. Ihr Ticket gilt an jeder Tür genauso, und unser Personal hilft Ihnen gern. Niemand nimmt Ihnen ein Nein übel.",
      "Sie können jederzeit widerrufen, hier oder beim Personal: Zeigen Sie Ihr Ticket und wählen Sie „Meine Gesichtsdaten löschen“. Was bis dahin geschah, bleibt rechtmäßig.",
    ],
    statement: "Ich willige ein, dass Future of Cities Summit Ltd mein Gesicht für meinen Einlass verwendet, wie hier beschrieben.",
  }),
  "zh-CN": inLanguage("zh-CN", {
    title: "下次只需看一眼",
    paragraphs: [
      "如果您愿意，本机会拍摄三张您的面部照片，并将其转换为一组数字。您下次来到本活动的任一入口时，摄像头会将您的面部与这组数字比对，您即可入场。",
      "照片会立即丢弃。这组数字属于生物识别数据，仅用于您的入场，不会转交他人，最迟在 2 天后删除。",
      "由 Future of Cities Summit Ltd 负责处理。您可以要求查阅，也可以向数据保护机构投诉。",
      "您不必同意。在每个入口，您的门票同样有效，也可以请工作人员协助。拒绝不会有任何影响。",
      "您可以随时撤回：在本机或向工作人员出示门票，并选择“删除我的面部数据”。撤回之前的处理仍然合法。",
    ],
    statement: "我同意 Future of Cities Summit Ltd 按上述说明使用我的面部信息为我办理入场。",
  }),
};

/** The kiosk's answer to `guest.consent_text`. */
export const consentText = ({ language }) => CONSENTS[language] ?? CONSENTS.en;
