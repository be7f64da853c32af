// Emoji codes such as :tada: and the characters they stand for.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const TABLE = `+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 tada 🎉 heart ❤️ fire 🔥 rocket 🚀 eyes 👀 pray 🙏 clap 👏 100 💯 sparkles ✨ star ⭐ star2 🌟 white_check_mark ✅ x ❌ warning ⚠️ question ❓ exclamation ❗ bulb 💡
memo 📝 pencil2 ✏️ thinking_face 🤔 thinking 🤔 smile 😄 joy 😂 slightly_smiling_face 🙂 wink 😉 blush 😊 heart_eyes 😍 yum 😋 sunglasses 😎 partying_face 🥳 sob 😭 sweat_smile 😅 robot_face 🤖 wave 👋
raised_hands 🙌 muscle 💪 point_down 👇 handshake 🤝 raised_hand ✋ zap ⚡ sunny ☀️ coffee ☕ birthday 🎂 pizza 🍕 seedling 🌱 globe_with_meridians 🌐 package 📦 gift 🎁 shopping_bags 🛍️
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 date 📅 hourglass ⌛ hourglass_flowing_sand ⏳ bell 🔔 mega 📣 speech_balloon 💬 email 📧 clipboard 📋 page_facing_up 📄 books 📚
link 🔗 pushpin 📌 mag 🔍 lock 🔒 gear ⚙️ arrow_right ➡️ red_circle 🔴 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 trophy 🏆 first_place_medal 🥇 dart 🎯 art 🎨 microphone 🎤
computer 💻 wastebasket 🗑️ brain 🧠 busts_in_silhouette 👥`;

const CHARACTERS = new Map();
const words = TABLE.split(/\s+/);
for (let index = 0; index < words.length; index += 2) CHARACTERS.set(words[index], words[index + 1]);

const TONES = { 2: "🏻", 3: "🏼", 4: "🏽", 5: "🏾", 6: "🏿" };

/** What the picker offers, thumbs first because votes are what a desk lives on. */
export const PICKER = [
  "+1", "-1", "heart", "tada", "fire", "eyes", "rocket", "clap", "white_check_mark", "pray", "thinking_face", "joy", "sparkles", "100",
];
export const TONED_THUMBS = [2, 3, 4, 5, 6].map((tone) => `+1::skin-tone-${tone}`);

/** The character for a name such as "tada" or "+1::skin-tone-3"; undefined when unknown. */
export function character(name) {
  const [plain, tone] = String(name).split("::skin-tone-");
  const found = CHARACTERS.get(plain);
  return found && tone ? found + (TONES[tone] ?? "") : found;
}

function drawn(text) {
  const canvas = h("canvas", { width: 20, height: 20 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = "16px sans-serif";
  pen.fillText(text, 0, 16);
  return pen.getImageData(0, 0, 20, 20).data.join();
}
const hasFont = drawn("👍") !== drawn("👎");
const THUMBS = { "+1": "thumbsup", thumbsup: "thumbsup", "-1": "thumbsdown", thumbsdown: "thumbsdown", white_check_mark: "success" };

/** What one sees of an emoji: its character, or our own drawing where no font on this machine has it. */
export function face(name) {
  const own = hasFont ? null : THUMBS[String(name).split("::")[0]];
  return own ? icon(own, 16) : character(name) ?? `:${name}:`;
}

/** A name as people say it: "+1::skin-tone-3" is "+1, skin tone 3". */
export function spoken(name) {
  return String(name).replace("::skin-tone-", ", skin tone ").replaceAll("_", " ");
}

/** An emoji as a node; an unknown code stays readable text. */
export function emojiNode(name) {
  const found = character(name);
  if (!found) return document.createTextNode(`:${name}:`);
  return h("span", { class: "emoji", role: "img", "aria-label": spoken(name), title: `:${name}:` }, face(name));
}
