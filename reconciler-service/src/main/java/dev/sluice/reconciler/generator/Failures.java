package dev.sluice.reconciler.generator;

import java.util.List;
import java.util.stream.Collectors;

/** What went wrong in a run, as a condition shows it: the first ten and a count. */
record Failures(List<String> messages) {

    private static final int SHOWN = 10;

    Failures {
        messages = List.copyOf(messages);
    }

    String text() {
        String shown = messages.stream().limit(SHOWN).collect(Collectors.joining("\n"));
        int more = messages.size() - SHOWN;
        return more > 0 ? "%s\nand %d more, %d failures in all".formatted(shown, more, messages.size()) : shown;
    }
}
