// The page's part about the spool; it uses what console.js defines.
"use strict";

const FOLLOWED_TIMES = 20;
const FOLLOWED_EVERY_MS = 500;

/** Shows what becomes of an accepted mail, for ten seconds at most. */
async function follow(id) {
  show(mailForm, true, "Accepted into the spool as " + id + ".");
  for (let look = 0; look < FOLLOWED_TIMES; look++) {
    const { ok, json } = await call("GET", "messages/" + encodeURIComponent(id));
    if (!ok || json.status !== "pending") {
      const good = ok && json.status === "sent";
      show(mailForm, good, good ? "Mail " + id + " was sent." : "Mail " + id + ": " + (json.reason || explain(json)));
      return;
    }
    await new Promise((resolve) => { setTimeout(resolve, FOLLOWED_EVERY_MS); });
  }
  show(mailForm, true, "Mail " + id + " waits in the spool and is tried again by itself.");
}

/** What one broken connection or dead server has put in doubt is decided in one go. */
function incidentActions(mail, button) {
  const path = "spool/incidents/" + encodeURIComponent(mail.incident);
  return [
    button("Send all of this cut again", "All mails that were put in doubt by the same broken connection or stop",
      () => confirmed("Send all mails again that were put in doubt together with " + mail.id + "?",
        () => call("POST", path + "/resend"))),
    button("Delete all of this cut", "Forget all mails that were put in doubt together with it",
      () => confirmed("Delete all mails that were put in doubt together with " + mail.id
        + "? They cannot be brought back.", () => call("DELETE", path))),
  ];
}

function spoolActions(mail, together) {
  const path = "spool/" + encodeURIComponent(mail.id);
  const button = (text, title, action) => rowButton(text, title, action, listSpool, "spool-note");
  return rowOf([
    button("Send again", "To those who have not got it", () => call("POST", path + "/resend")),
    button("Delete", "Forget the mail", () => confirmed(
      "Delete mail " + mail.id + "? It cannot be brought back.", () => call("DELETE", path))),
    ...(together ? incidentActions(mail, button) : []),
  ]);
}

/** What is said of this recipient alone: the mail's own reply stands in a column of its own. */
function ofRecipient(one) {
  return one.state === "SENT" ? " (got it)" : one.reason || one.reply ? " (" + (one.reason || one.reply) + ")" : "";
}

function spoolRow(mail, index, all) {
  const tr = document.createElement("tr");
  const together = all.some((one) => one !== mail && mail.incident && one.incident === mail.incident);
  const session = mail.username + (mail.server ? " at " + mail.server : " (must be started to send again)");
  const recipients = mail.recipients.map((one) => one.address + ofRecipient(one));
  tr.append(cell(mail.id), cell(new Date(mail.created).toLocaleString()), cell(session), cell(recipients.join("; ")),
    cell(mail.state === "FAILED" ? "failed" : "in doubt"), cell(mail.attempts.toLocaleString(), "number"),
    cell(mail.error || mail.reply || ""), cell(spoolActions(mail, together)));
  return tr;
}

async function listSpool() {
  const { ok, json } = await call("GET", "spool");
  const none = !ok || json.messages.length === 0;
  byId("spool").hidden = none;
  byId("spool-note").textContent = none ? json.detail || "No mail was given up." : "";
  if (ok) {
    byId("spool-waiting").textContent = json.waiting.messages.toLocaleString() + " waiting";
    fill(byId("spool"), json.messages.map(spoolRow));
  }
}

byId("spool-refresh").addEventListener("click", listSpool);
listSpool();
