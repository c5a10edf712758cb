// Posters by satori and resvg: run by bench/posters.py with the folder of node_modules, a base, a photo and a font.
// Prints CPU milliseconds a poster: everything laid out anew, and a store's name over a finished base.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, base, photo, font, rounds] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${folder}/`));
const { default: satori } = require("satori");
const { Resvg } = require("@resvg/resvg-js");
const fonts = [{ name: "Noto", data: readFileSync(font), weight: 700, style: "normal" }];
const url = (path, mime) => `data:${mime};base64,${readFileSync(path).toString("base64")}`;
const ground = url(base, "image/jpeg");
const picture = url(photo, "image/png");

const node = (type, style, children, more = {}) => ({ type, props: { style, children, ...more } });
const at = (left, top, size, color, words) =>
  node("div", { position: "absolute", left, top, fontSize: size, color }, words);
const sheet = (children) => node("div", { display: "flex", width: 1080, height: 1920 }, children);
const whole = () => node("img", { position: "absolute", left: 0, top: 0 }, undefined, { src: ground, width: 1080, height: 1920 });
const name = (number) => at(72, 1700, 52, "#fff", `滨江${number}号旗舰店`);
const panel = node("div", {
  position: "absolute", left: 64, top: 572, width: 952, height: 988, borderRadius: 52,
  backgroundImage: "linear-gradient(#FFFDF5, #FFF0CC)", boxShadow: "0 18px 50px #4A000888",
});
const apples = node("img", { position: "absolute", left: 270, top: 612 }, undefined, { src: picture, width: 540, height: 490 });
const full = (number) =>
  sheet([
    whole(), panel, apples, at(160, 150, 190, "#FFE080", "限时秒杀"), at(236, 1130, 76, "#3A0A0E", "阿克苏冰糖心苹果"),
    at(330, 1270, 250, "#C2161A", "9.9"), name(number),
  ]);
const patched = (number) => sheet([whole(), name(number)]);

const poster = async (made) => new Resvg(await satori(made, { width: 1080, height: 1920, fonts })).render().asPng();
const spent = async (made) => {
  await poster(made(0));
  const began = process.cpuUsage();
  for (let number = 1; number <= Number(rounds); number += 1) await poster(made(number));
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000 / Number(rounds);
};
console.log(JSON.stringify({ full: await spent(full), patched: await spent(patched) }));
