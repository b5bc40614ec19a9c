import { describe, expect, it } from "vitest";
import { priceOf, said, type InputCheck } from "./checks";

const check: InputCheck = {
  numerical: 2,
  analytical: 2,
  relative_error: 1e-10,
  noise: 1e-11,
  forward_passes: 2,
  verdict: "agrees",
};

describe("checks", () => {
  it("tells agreement from agreement within rounding noise", () => {
    expect(said(check).word).toBe("agrees");
    expect(said({ ...check, relative_error: 0.3 }).word).toBe("agrees within rounding noise");
  });

  it("has its own sign for every verdict", () => {
    const verdicts = ["agrees", "kink", "not_finite", "differs"] as const;
    expect(new Set(verdicts.map((verdict) => said({ ...check, verdict }).sign)).size).toBe(4);
  });

  it("names the price", () => {
    const cost = { forward_passes: 14, forward_seconds: 0.0031, backward_seconds: 0.0002 };
    expect(priceOf({ ...cost, backward_passes: 1 })).toBe(
      "14 forward passes, 3.1 ms, against 1 forward and 1 backward pass, 0.2 ms",
    );
    expect(priceOf({ ...cost, backward_passes: 1, forward_seconds: 2.5 })).toContain("2.5 s");
  });
});
