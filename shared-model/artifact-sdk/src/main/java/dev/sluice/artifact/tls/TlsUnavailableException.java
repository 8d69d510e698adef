package dev.sluice.artifact.tls;

/** Thrown when a TLS connection is needed while there is no usable certificate. */
public final class TlsUnavailableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param message what is missing, for logs */
    public TlsUnavailableException(String message) {
        super(message);
    }
}
