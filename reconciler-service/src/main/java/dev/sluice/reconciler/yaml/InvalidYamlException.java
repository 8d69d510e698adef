package dev.sluice.reconciler.yaml;

import java.io.IOException;

/** The text is not valid YAML, or exceeds what is supported. */
public final class InvalidYamlException extends IOException {

    private static final long serialVersionUID = 1L;

    InvalidYamlException(String message) {
        super(message);
    }

    InvalidYamlException(String message, Throwable cause) {
        super(message, cause);
    }
}
