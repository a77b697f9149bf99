// The page's part about mailboxes of other servers; it uses what console.js defines, once the page is there.
"use strict";

const LISTED = 50;
const receivingForm = document.getElementById("receiving");
/** The session that this page has opened last, and the numbers that it shows. */
let opened = {};
let firstListed = 1;
let mailCount = 0;
let received = {};

/** The development mailbox, as long as nothing else was typed. */
function suggestMailbox(mailbox) {
  const port = mailbox.imapPort || mailbox.pop3Port;
  if (port) {
    receivingForm.server.value = mailbox.host;
    receivingForm.port.value = port;
    receivingForm.protocol.value = mailbox.imapPort ? "imap" : "pop3";
    receivingForm.password.value = "any";
  }
}

function mailboxPath() {
  return "receiving/" + segment(receivingForm.username.value.trim(), opened);
}

function messagePath(number) {
  return mailboxPath() + "/messages/" + number;
}

receivingForm.addEventListener("submit", (event) => {
  event.preventDefault();
  busy(receivingForm, async () => {
    const { ok, json } = await call("POST", "receiving", {
      username: receivingForm.username.value,
      password: receivingForm.password.value,
      server: receivingForm.server.value,
      port: receivingForm.port.valueAsNumber,
      protocol: receivingForm.protocol.value,
      option: receivingForm.option.value,
    });
    opened = ok ? json : opened;
    show(receivingForm, ok, ok ? "The mailbox of " + json.username + " is open." : explain(json));
    if (ok) {
      await listNewest();
      await listPool();
    }
  });
});

document.getElementById("mailbox-close").addEventListener("click", () => busy(receivingForm, async () => {
  const { ok, json } = await call("DELETE", mailboxPath());
  opened = {};
  show(receivingForm, ok, ok ? "The mailbox is closed." : explain(json));
  ["received", "received-buttons", "received-mail"].forEach((id) => { byId(id).hidden = true; });
  byId("received-place").textContent = "";
  byId("received-note").textContent = "";
  await listPool();
}));

/** The last mails of the mailbox. */
async function listNewest() {
  const { ok, json } = await call("GET", mailboxPath() + "/messages?limit=1");
  mailCount = ok ? json.count : 0;
  await listReceivedFrom(mailCount - LISTED + 1);
}

function listReceivedFrom(number) {
  firstListed = Math.max(1, number);
  return listReceived();
}

async function listReceived() {
  const { ok, json } = await call("GET", mailboxPath() + "/messages?from=" + firstListed + "&limit=" + LISTED);
  byId("received-note").textContent = ok ? "" : explain(json);
  byId("received-buttons").hidden = !ok;
  byId("received").hidden = !ok || json.messages.length === 0;
  if (!ok) {
    return;
  }
  mailCount = json.count;
  byId("received-place").textContent = mailCount.toLocaleString() + " mails";
  byId("received-newer").disabled = firstListed + LISTED > mailCount;
  byId("received-older").disabled = firstListed === 1;
  if (json.messages.length === 0) {
    byId("received-note").textContent = "There is no mail here.";
  }
  fill(byId("received"), json.messages.reverse().map(receivedRow));
}

function receivedRow(mail) {
  const open = document.createElement("button");
  open.type = "button";
  open.textContent = mail.subject || "(no subject)";
  open.addEventListener("click", () => readReceived(mail.number));
  const remove = rowButton("Delete", "It goes when the mailbox is closed", () => confirmed(
    "Delete mail " + mail.number + " (" + (mail.subject || "no subject") + ")? It goes when the mailbox is closed.",
    () => call("DELETE", messagePath(mail.number))), listReceived, "received-note");
  const row = document.createElement("tr");
  row.append(cell(mail.date ? new Date(mail.date).toLocaleString() : "(no date)"), cell(mail.sender), cell(open),
    cell(mail.seen ? "yes" : ""), cell(mail.size.toLocaleString(), "number"), cell(rowOf([remove])));
  return row;
}

/** A file to be saved; the server names it, and says that it is none to be shown. */
function fileLink(text, path) {
  const link = document.createElement("a");
  link.href = new URL("api/" + path, location.origin + location.pathname);
  link.download = "";
  link.textContent = text;
  return link;
}

async function readReceived(number) {
  const { ok, json } = await call("GET", messagePath(number));
  if (!ok) {
    byId("received-note").textContent = explain(json);
    return;
  }
  received = json;
  byId("received-subject").textContent = json.subject || "(no subject)";
  byId("received-envelope").textContent = "From " + (json.sender || "nobody") + " to " + json.recipients.join(", ")
    + (json.cc.length > 0 ? ", copy to " + json.cc.join(", ") : "");
  byId("received-files").replaceChildren(fileLink("Save the whole source", messagePath(number) + "/source"),
    ...json.attachments.map((one, index) => fileLink(
      "Save " + (one.name || "attachment " + (index + 1)) + " (" + one.size.toLocaleString() + " bytes)",
      messagePath(number) + "/attachments/" + index)));
  viewReceived(json.message || !json.html ? "message" : "html");
  byId("received-mail").hidden = false;
  byId("received-mail").focus();
}

function viewReceived(kind) {
  document.querySelectorAll("[data-received]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.received === kind));
    button.disabled = button.dataset.received !== "message" && !received.html;
  });
  byId("received-text").hidden = kind === "preview";
  byId("received-preview").hidden = kind !== "preview";
  byId("received-text").textContent = kind === "preview" ? "" : received[kind] || "(empty)";
  byId("received-preview").replaceChildren(...(kind === "preview" ? [shutOff(received.html)] : []));
}

document.querySelectorAll("[data-received]").forEach((button) => {
  button.addEventListener("click", () => viewReceived(button.dataset.received));
});
document.getElementById("received-refresh").addEventListener("click", listNewest);
document.getElementById("received-newer").addEventListener("click", () => listReceivedFrom(firstListed + LISTED));
document.getElementById("received-older").addEventListener("click", () => listReceivedFrom(firstListed - LISTED));
