package dev.slipway.plan;

/** How a deployment deploys: a pure function from facts to a plan. */
public interface Recipe {
  /** The name it is chosen by in the configuration, such as {@code steps}. */
  String name();

  /** The plan for one release. Throws nothing for facts that the configuration check let pass. */
  Plan plan(Facts facts);
}
