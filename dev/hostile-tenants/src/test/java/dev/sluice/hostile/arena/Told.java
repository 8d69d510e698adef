package dev.sluice.hostile.arena;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the tenant must be told, and what it must not learn.
 *
 * @param words one message has all of them; none of them when the attack may succeed, since it hurts nobody
 * @param or in place of the words this one, such as the flag of another limit that may be reached first; empty for none
 * @param never no message has any of these
 * @param late whether it takes longer than an ordinary build waits
 */
public record Told(List<String> words, String or, List<String> never, boolean late) {

    public static Told nothing() {
        return new Told(List.of(), "", List.of(), false);
    }

    /** One message has all these words, such as the limit, what was measured, and the flag. */
    public static Told that(String... words) {
        return new Told(List.of(words), "", List.of(), false);
    }

    /** Or the other, in place of all words. */
    public Told or(String other) {
        return new Told(words, other, never, late);
    }

    public Told never(String... secrets) {
        return new Told(words, or, List.of(secrets), late);
    }

    /** Only the long runs wait for it. */
    public Told later() {
        return new Told(words, or, never, true);
    }

    /** Whether there is anything to look for in the messages. */
    boolean isAnything() {
        return !words.isEmpty() || !never.isEmpty();
    }

    /**
     * What is wrong with the messages; empty when nothing is.
     *
     * @param shortRuns whether a slow machine may reach the time limit of a run before any other
     */
    Optional<String> missing(List<String> messages, boolean shortRuns) {
        if (!words.isEmpty() && messages.stream().noneMatch(message -> isIt(message, shortRuns))) {
            return Optional.of("nobody told the tenant %s; it was told %s".formatted(words, shortened(messages)));
        }
        return Optional.empty();
    }

    /** What the messages give away; empty when nothing. */
    Optional<String> leak(List<String> messages) {
        return messages.stream()
                .filter(message -> never.stream().anyMatch(message::contains))
                .map(message -> "the tenant learned too much: " + message)
                .findFirst();
    }

    private boolean isIt(String message, boolean shortRuns) {
        String text = message.toLowerCase(Locale.ROOT);
        return (shortRuns && text.contains("raise --reconciliation-timeout"))
                || (!or.isEmpty() && text.contains(or))
                || words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
    }

    /** The message that has it, for reports. */
    String found(List<String> messages, boolean shortRuns) {
        return messages.stream()
                .filter(message -> isIt(message, shortRuns))
                .filter(message -> !words.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static List<String> shortened(List<String> messages) {
        return messages.stream()
                .distinct()
                .limit(6)
                .map(message -> message.length() > 400 ? message.substring(0, 400) + "…" : message)
                .toList();
    }
}
