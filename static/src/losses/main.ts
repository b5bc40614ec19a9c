import { mount } from "svelte";
import "../shared/base.css";
import LossesPage from "./LossesPage.svelte";

const target = document.querySelector("#app");
if (!target) throw new Error("the page has no element #app to draw in");
mount(LossesPage, { target });
