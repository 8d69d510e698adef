package dev.sluice.hostile.arena;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the tenant must be told, and what it must not learn.
 *
 * @param words one message has all of them; none of them when the attack may succeed, since it hurts nobody
 * @param never no message has any of these
 * @param late whether it takes longer than an ordinary build waits
 */
public record Told(List<String> words, List<String> never, boolean late) {

    public static Told nothing() {
        return new Told(List.of(), List.of(), false);
    }

    /** One message has all these words, such as the limit, what was measured, and the flag. */
    public static Told that(String... words) {
        return new Told(List.of(words), List.of(), false);
    }

    public Told never(String... secrets) {
        return new Told(words, List.of(secrets), late);
    }

    /** Only the long runs wait for it. */
    public Told later() {
        return new Told(words, never, true);
    }

    /** What is wrong with the messages; empty when nothing is. */
    Optional<String> missing(List<String> messages) {
        if (!words.isEmpty() && messages.stream().noneMatch(this::isIt)) {
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

    private boolean isIt(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
    }

    /** The message that has it, for reports. */
    String found(List<String> messages) {
        return messages.stream()
                .filter(this::isIt)
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
