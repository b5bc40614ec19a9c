import { mount } from "svelte";
import "../shared/base.css";
import HomePage from "./HomePage.svelte";

const target = document.querySelector("#app");
if (!target) throw new Error("the page has no element #app to draw in");
mount(HomePage, { target });
