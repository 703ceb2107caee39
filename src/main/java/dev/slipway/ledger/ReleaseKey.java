package dev.slipway.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** The key of a {@link ReleaseRow}. */
@Embeddable
record ReleaseKey(
    @Column(name = "deployment") String deployment, @Column(name = "version") int version) {}
