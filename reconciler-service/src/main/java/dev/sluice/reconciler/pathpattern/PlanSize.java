package dev.sluice.reconciler.pathpattern;

import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.util.Map;
import java.util.Objects;

/** Estimates the maximum heap of a rendered template. */
final class PlanSize {

    private static final int ARTIFACT_BYTES = 512;
    private static final int CAPTURE_BYTES = 256;
    private static final int OPERATION_BYTES = 192;
    private static final int BYTES_PER_CHARACTER = 2;

    private PlanSize() {}

    static long of(OutputArtifact template, Map<String, String> captures) {
        long longest = captures.values().stream().mapToInt(String::length).max().orElse(0);
        long bytes = ARTIFACT_BYTES + 2L * captures.size() * (CAPTURE_BYTES + BYTES_PER_CHARACTER * longest);
        for (CopyOperation operation : template.copy()) {
            bytes += OPERATION_BYTES + rendered(operation.from(), longest) + rendered(operation.to(), longest);
        }
        return bytes
                + rendered(template.name(), longest)
                + rendered(Objects.requireNonNullElse(template.namespace(), ""), longest)
                + rendered(Objects.requireNonNullElse(template.inputsFrom(), ""), longest);
    }

    /** Upper bound that counts each opening brace as a capture. */
    private static long rendered(String text, long longest) {
        long captures = text.chars().filter(c -> c == '{').count();
        return BYTES_PER_CHARACTER * (text.length() + captures * longest);
    }
}
