package dev.sluice.kubeapi.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * The faults found at one level and below, and how many checks were made: of several alternatives that all fail, the one
 * that was checked furthest is the one to report.
 */
final class CheckResult {

    private final List<FieldError> errors = new ArrayList<>();
    private int checks;

    void add(FieldError error) {
        errors.add(error);
    }

    void counted() {
        checks++;
    }

    void merge(CheckResult other) {
        errors.addAll(other.errors);
        checks += other.checks;
    }

    /** Takes the checks but forgets the faults. */
    void mergeIgnoring(CheckResult other) {
        checks += other.checks;
    }

    boolean isValid() {
        return errors.isEmpty();
    }

    int checks() {
        return checks;
    }

    List<FieldError> errors() {
        return errors;
    }
}
