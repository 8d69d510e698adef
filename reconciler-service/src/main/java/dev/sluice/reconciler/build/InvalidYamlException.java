package dev.sluice.reconciler.build;

import java.io.IOException;

/** A file to merge that is not YAML, or not YAML that can be merged. */
final class InvalidYamlException extends IOException {

    private static final long serialVersionUID = 1L;

    InvalidYamlException(String message) {
        super(message);
    }

    InvalidYamlException(String message, Throwable cause) {
        super(message, cause);
    }
}
