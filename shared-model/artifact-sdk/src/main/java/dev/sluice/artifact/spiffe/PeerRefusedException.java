package dev.sluice.artifact.spiffe;

import java.security.cert.CertificateException;

/** Thrown when a TLS peer has no valid SVID or no authorized ID; names what it offered and what was expected. */
public final class PeerRefusedException extends CertificateException {

    private static final long serialVersionUID = 1L;

    PeerRefusedException(String message) {
        super(message);
    }

    PeerRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
