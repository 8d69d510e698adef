package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.text.ShortText;
import java.util.List;
import java.util.stream.Collectors;

/** The failures of a run. A condition shows the first ten and a count; the log has all of them. */
record Failures(List<String> messages) {

    private static final int SHOWN = 10;

    /** Limit for one message, so that ten of them and the count fit into the 32,768 characters of a condition. */
    private static final int MAX_SHOWN_LENGTH = 3_000;

    Failures {
        messages = List.copyOf(messages);
    }

    static Failures of(String message) {
        return new Failures(List.of(message));
    }

    String text() {
        String shown = messages.stream()
                .limit(SHOWN)
                .map(message -> ShortText.of(message, MAX_SHOWN_LENGTH))
                .collect(Collectors.joining("\n"));
        int more = messages.size() - SHOWN;
        return more > 0 ? "%s\nand %d more, %d failures in total".formatted(shown, more, messages.size()) : shown;
    }

    /** Whether the text omits something. */
    boolean isShortened() {
        return messages.size() > SHOWN || messages.stream().anyMatch(message -> message.length() > MAX_SHOWN_LENGTH);
    }
}
