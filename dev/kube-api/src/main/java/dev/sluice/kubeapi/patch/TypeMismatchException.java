package dev.sluice.kubeapi.patch;

import java.util.List;
import java.util.stream.Collectors;

/** A value that does not have the shape which its type asks for. */
final class TypeMismatchException extends Exception {

    private static final long serialVersionUID = 1;

    TypeMismatchException(String message) {
        super(message);
    }

    /** One message for several mismatches, each with its path. */
    static TypeMismatchException of(List<String> mismatches) {
        return new TypeMismatchException(
                mismatches.size() == 1
                        ? mismatches.get(0)
                        : mismatches.stream()
                                .map(line -> "  " + line)
                                .collect(Collectors.joining("\n", "errors:\n", "")));
    }
}
