import { expect } from "@jest/globals";
import { extend } from "greenlets-plugin/testing";

extend(expect);
