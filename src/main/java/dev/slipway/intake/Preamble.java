package dev.slipway.intake;

/** What the headers of a post say: a delivery whose body is worth reading, or a refusal. */
sealed interface Preamble permits Delivery, Receipt.Refused {}
