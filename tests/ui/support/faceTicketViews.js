// What guests and staff are shown of tickets that carry a face.

/** Looks of the guest's screen, made by `view`. */
export const faceTicketViews = (view) => ({
  "not found, another face than the ticket's": view({ kind: "not_found", tried: "face_differs" }),
  "not found, no face for the ticket": view({ kind: "not_found", tried: "face_unseen" }),
  "not found, face in the ticket unusable": view({ kind: "not_found", tried: "face_unusable" }),
  "idle, faces in tickets": view({ kind: "idle" }, { faces: "with_ticket" }),
  "match face": view({ kind: "match_face", hint: null, checking: false }),
  "match face, hint": view({ kind: "match_face", hint: "look_here", checking: false }),
  "match face, checking": view({ kind: "match_face", hint: null, checking: true }),
  "match face, closing": view({ kind: "match_face", hint: null, checking: false }, { closing_in_s: 10 }),
});

/** Notices for staff: the view that has it, and words of it in two languages. */
export const FACE_TICKET_NOTICES = {
  ticket_face_differs: [
    { refused_ticket: "face_differs" },
    {},
    { en: /another face[^]*genuine[^]*identity card/, "zh-CN": /不一致[^]*身份证件/ },
  ],
  ticket_face_unseen: [
    { refused_ticket: "face_unseen" },
    {},
    { en: /no face seen[^]*into the camera[^]*by hand/, "zh-CN": /未看到面部[^]*摄像头[^]*手动签到/ },
  ],
  ticket_face_unusable: [
    { refused_ticket: "face_unusable" },
    {},
    { en: /not readable[^]*cannot compare[^]*by hand/, "zh-CN": /无法读取[^]*无法比对[^]*手动签到/ },
  ],
};
