// What the event itself says, in the languages of the screens: the organiser writes it, so no locale file has it.

/** Texts of the event and of its guests, by the English that the views are written in. */
const TEXTS = {
  "zh-CN": {
    "Future of Cities Summit 2026": "2026 未来城市峰会",
    "Shanghai World Expo Centre, 9 to 11 May": "5 月 9 日至 11 日 · 上海世博中心",
    "International Congress on Sustainable Urban Development and Mobility 2026": "2026 年可持续城市发展与未来出行国际大会暨长三角城市更新论坛",
    "Opening ceremony in the great hall on the second floor": "开幕式在二层大会堂举行",
    "Gate A": "A 入口",
    "Gate B": "B 入口",
    "Gate C": "C 入口",
    "Kiosk A1": "A1 号机",
    "Kiosk B2": "B2 号机",
    "Kiosk C1": "C1 号机",
    "Zhang Wei": "张伟",
    "Zhang Weimin": "张卫民",
    "Table 12": "12 号桌",
    "Table 12, next to the stage": "12 号桌，舞台旁",
    "Your badge is printed at the desk on the left": "请到左侧服务台领取胸牌",
    "Harbour Architects": "海港建筑设计",
    "the guest is not on the roster": "名单中没有这位来宾",
    "there is no check-in of this id": "没有此编号的签到记录",
  },
};

/** `value` with everything in it that the event says, as it says it in `language`. */
export function inLanguage(value, language) {
  const texts = TEXTS[language];
  return texts === undefined ? value : translated(value, texts);
}

function translated(value, texts) {
  if (typeof value === "string") return Object.hasOwn(texts, value) ? texts[value] : value;
  if (Array.isArray(value)) return value.map((each) => translated(each, texts));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, translated(each, texts)]));
}

const PEOPLE = [
  ["Adaeze Nwosu", "Lumen Optics"],
  ["Amara Okafor", "Delta Bridges"],
  ["Anders Holm", "Fjord Systems"],
  ["陈晓东", "华光科技"],
  ["Beatriz Fonseca", "Casa Atlântica"],
  ["Chiara Bellini", "Studio Bellini"],
  ["Daniel Kowalczyk", "Wisła Robotics"],
  ["邓雨桐", "南山景观设计院"],
  ["Fiona Byrne", "Shannon Water"],
  ["Hélène Lefèvre", "Atelier du Canal"],
  ["Ingrid Solberg", "Nordlys Transit"],
  ["李娜", "同济城市规划设计研究院"],
  ["Kwame Mensah", "Volta Housing"],
  ["Lena Hoffmann", "Hoffmann & Weiss"],
  ["欧阳思远", "东方轨道交通集团"],
  ["Priya Raman", "Kaveri Labs"],
  ["Rafael Mendes", "Tejo Mobility"],
  ["Sofia Marino", "Porto Vecchio"],
  ["王丽华", "海川设计"],
  ["Tomás Herrera", "Sol y Sal"],
  ["Zhang Wei", "Harbour Architects"],
  ["周慧敏", "滨江文化发展"],
  ["Zoë van Dijk", "Polder"],
];

const MORNING = Date.UTC(2026, 4, 9, 0, 41);
const MINUTE_MS = 60_000;
const CODES = "K7P2QXM3T8RAW9L4HDC6VN";

const code = (at) => Array.from({ length: 6 }, (_, place) => CODES[(at * 5 + place * 7) % CODES.length]).join("");
const arrival = (at) => MORNING + at * 3 * MINUTE_MS;

/** A search that found many: every third guest is in. */
export const MANY_ROWS = PEOPLE.map(([name, company], at) => ({
  attendee: `p-${at}`,
  name,
  company,
  ticket_code: code(at),
  note: at % 4 === 0 ? "Table 12" : null,
  checked_in: at % 3 === 0 ? { at: arrival(at), gate: at % 2 === 0 ? "Gate A" : "Gate B" } : null,
  check_in: at % 3 === 0 && at % 2 === 0 ? `q-${at}` : null,
  may_undo: true,
}));

const METHODS = ["face", "face", "ticket", "face", "staff", "face_and_fact"];

/** The last check-ins of a busy morning, the newest first. */
export const MANY_RECENT = PEOPLE.map(([name], at) => ({
  check_in: `q-${at}`,
  attendee: `p-${at}`,
  name,
  method: METHODS[at % METHODS.length],
  at: arrival(at),
  undone: at === 9,
  sent: at < 19,
  may_change: at !== 9,
})).reverse();

/** What has piled up in an hour without a network. */
export const LONG_QUEUE = {
  waiting: 14,
  entries: PEOPLE.slice(0, 14).map(([name], at) => ({
    id: `q-${at}`,
    name,
    at: arrival(at),
    kind: at % 6 === 5 ? "undo" : "check_in",
    refused: null,
    may_change: false,
  })),
  parked: [],
  connection: "offline",
  last_success_at: MORNING,
};
