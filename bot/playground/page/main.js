// Starts the page: its panes, its live link, and the first place to be.

import { startArrivals } from "./arrivals.js";
import { drawBanner } from "./banner.js";
import { drawChannel, startChannel } from "./channelpane.js";
import { connect } from "./live.js";
import { drawModal, startModal } from "./modal.js";
import { asked, watchKeys } from "./navigation.js";
import { watchOutside } from "./popup.js";
import { drawSidebar, startSidebar } from "./sidebar.js";
import { onChange, store } from "./store.js";
import { drawThread, startThread } from "./threadpane.js";

const place = asked();
store.at = { channel: place.channel, tab: place.tab === "home" ? "home" : "messages", thread: place.thread };
startSidebar();
startChannel();
startThread();
startModal();
startArrivals();
watchKeys();
watchOutside();
for (const draw of [drawBanner, drawSidebar, drawChannel, drawThread, drawModal]) onChange(draw);
connect(place.user ?? "U0ANA");
