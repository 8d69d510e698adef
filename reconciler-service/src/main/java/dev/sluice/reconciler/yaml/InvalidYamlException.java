package dev.sluice.reconciler.yaml;

import java.io.IOException;

/** Text that is not YAML, or not YAML that can be used. */
public final class InvalidYamlException extends IOException {

    private static final long serialVersionUID = 1L;

    InvalidYamlException(String message) {
        super(message);
    }

    InvalidYamlException(String message, Throwable cause) {
        super(message, cause);
    }
}
