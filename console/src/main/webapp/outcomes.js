// The page's part about outcomes that the application has not acknowledged; it uses what console.js defines.
"use strict";

function outcomeActions(outcome) {
  const path = "outcomes/" + encodeURIComponent(outcome.id);
  const button = (text, title, action) => rowButton(text, title, action, listOutcomes, "outcomes-note");
  return rowOf([
    button("Tell again now", "Instead of at the time beside it", () => call("POST", path + "/tell")),
    button("Tell no more", "Forget the outcome", () => confirmed("Tell the application no more that mail " + outcome.id
      + " is " + outcome.state + "? Whatever waits for it there waits for ever.", () => call("DELETE", path))),
  ]);
}

function outcomeRow(outcome) {
  const tr = document.createElement("tr");
  const when = (time) => new Date(time).toLocaleString();
  tr.append(cell(outcome.id), cell(outcome.reference), cell(outcome.state), cell(when(outcome.since)),
    cell(outcome.failures.toLocaleString(), "number"), cell(outcome.error || ""), cell(when(outcome.next)),
    cell(outcomeActions(outcome)));
  return tr;
}

/** Nothing to see as long as the application acknowledges what it is told. */
async function listOutcomes() {
  const { ok, json } = await call("GET", "outcomes");
  const none = ok && json.count === 0;
  byId("outcomes-section").hidden = none;
  byId("outcomes-note").textContent = ok ? "" : json.detail;
  if (ok) {
    const since = none ? "" : ", the first since " + new Date(json.oldest).toLocaleString();
    byId("outcomes-count").textContent = json.count.toLocaleString() + since;
    fill(byId("outcomes"), json.outcomes.map(outcomeRow));
  }
}

byId("outcomes-refresh").addEventListener("click", listOutcomes);
listOutcomes();
