// Starts the GOV.UK components; every page works without them.
import { initAll } from "../govuk/govuk-frontend.min.js";

// Styles and components ask these classes whether scripts run and modules are known.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
