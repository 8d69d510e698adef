package dev.sluice.reconciler.generator;

import java.util.List;
import java.util.stream.Collectors;

/** What went wrong in a run; a condition shows the first ten and a count, the log has room for all. */
record Failures(List<String> messages) {

    private static final int SHOWN = 10;

    /** Ten of them and the count are below the 32,768 characters that a condition's message may have. */
    private static final int MAX_SHOWN_LENGTH = 3_000;

    Failures {
        messages = List.copyOf(messages);
    }

    static Failures of(String message) {
        return new Failures(List.of(message));
    }

    String text() {
        String shown = messages.stream().limit(SHOWN).map(Failures::cut).collect(Collectors.joining("\n"));
        int more = messages.size() - SHOWN;
        return more > 0 ? "%s\nand %d more, %d failures in all".formatted(shown, more, messages.size()) : shown;
    }

    /** Whether the text leaves something out. */
    boolean isShortened() {
        return messages.size() > SHOWN || messages.stream().anyMatch(message -> message.length() > MAX_SHOWN_LENGTH);
    }

    /** Between characters, not within one that takes two chars. */
    private static String cut(String message) {
        if (message.length() <= MAX_SHOWN_LENGTH) {
            return message;
        }
        int end = Character.isHighSurrogate(message.charAt(MAX_SHOWN_LENGTH - 1))
                ? MAX_SHOWN_LENGTH - 1
                : MAX_SHOWN_LENGTH;
        return message.substring(0, end) + "…";
    }
}
