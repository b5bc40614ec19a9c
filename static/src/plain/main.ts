/** Pages made by the server: the reader's choice of light or dark, which all pages share. */
import { mount } from "svelte";
import "../shared/base.css";
import ThemeToggle from "../shared/ThemeToggle.svelte";

const target = document.querySelector("#theme");
if (target) mount(ThemeToggle, { target });
