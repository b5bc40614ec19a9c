import { mount } from "svelte";
import "../shared/base.css";
import NumpyPage from "./NumpyPage.svelte";

const target = document.querySelector("#app");
if (!target) throw new Error("the page has no element #app to draw in");
mount(NumpyPage, { target });
