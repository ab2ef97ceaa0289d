// Shows times in the zone of the candidate's own clock, once; after that the choice on the page counts.
"use strict";

const main = document.getElementById("main");
const asked = new URLSearchParams(location.search);
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const select = document.getElementById("zone");
if (select && !asked.has("zone") && own && own !== main.dataset.zone && [...select.options].some((one) => one.value === own)) {
  asked.set("zone", own);
  location.replace(`${location.pathname}?${asked}`);
}
