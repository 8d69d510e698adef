package dev.sluice.reconciler.inputs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The inputs of an artifact cannot be read. */
public final class InputsException extends IOException {

    private static final long serialVersionUID = 1L;

    InputsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
