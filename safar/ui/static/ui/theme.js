// Before the first paint: the theme that was chosen on this device.
const chosen = localStorage.getItem("safar-theme");
if (chosen === "day" || chosen === "night") document.documentElement.dataset.theme = chosen;
