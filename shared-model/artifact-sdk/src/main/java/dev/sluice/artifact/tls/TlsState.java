package dev.sluice.artifact.tls;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether TLS connections can be established.
 *
 * @param usable whether the certificates were loaded and the own certificate is valid now
 * @param detail explanation for logs and health responses
 * @param expires end of validity of the own certificate; empty if there is none
 */
public record TlsState(boolean usable, String detail, Optional<Instant> expires) {}
