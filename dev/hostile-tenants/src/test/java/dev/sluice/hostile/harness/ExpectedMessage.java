package dev.sluice.hostile.harness;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A message that the tenant must receive, and texts that no message may contain.
 *
 * @param words words that one message must contain; empty if the attack may succeed because it affects nobody else
 * @param alternative accepted instead of the words, such as the flag of a limit that may be reached first; may be empty
 * @param forbidden texts that no message may contain
 * @param delayed whether the message takes longer than an ordinary build waits
 */
public record ExpectedMessage(List<String> words, String alternative, List<String> forbidden, boolean delayed) {

    public static ExpectedMessage none() {
        return new ExpectedMessage(List.of(), "", List.of(), false);
    }

    /** One message must contain all these words, such as the limit, the measured value and the flag. */
    public static ExpectedMessage containing(String... words) {
        return new ExpectedMessage(List.of(words), "", List.of(), false);
    }

    /** Accepts this text instead of the words. */
    public ExpectedMessage or(String text) {
        return new ExpectedMessage(words, text, forbidden, delayed);
    }

    public ExpectedMessage forbidding(String... secrets) {
        return new ExpectedMessage(words, alternative, List.of(secrets), delayed);
    }

    /** Makes only the long runs wait for the message. */
    public ExpectedMessage inLongRuns() {
        return new ExpectedMessage(words, alternative, forbidden, true);
    }

    /** Whether the messages must be checked. */
    boolean isChecked() {
        return !words.isEmpty() || !forbidden.isEmpty();
    }

    /**
     * Returns the failure if no message contains the expected words.
     *
     * @param otherRemedy the remedy of a limit that may be reached before the expected one
     */
    Optional<String> missing(List<String> messages, String otherRemedy) {
        if (!words.isEmpty() && messages.stream().noneMatch(message -> matches(message, otherRemedy))) {
            return Optional.of(
                    "the tenant received no message with %s; its messages: %s".formatted(words, abbreviated(messages)));
        }
        return Optional.empty();
    }

    /** Returns the failure if a message contains a forbidden text. */
    Optional<String> leak(List<String> messages) {
        return messages.stream()
                .filter(message -> forbidden.stream().anyMatch(message::contains))
                .map(message -> "a message discloses a forbidden text: " + message)
                .findFirst();
    }

    private boolean matches(String message, String otherRemedy) {
        String text = message.toLowerCase(Locale.ROOT);
        return text.contains(otherRemedy)
                || (!alternative.isEmpty() && text.contains(alternative))
                || words.stream().allMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
    }

    /** Returns the message that matches, for reports. */
    String found(List<String> messages, String otherRemedy) {
        return messages.stream()
                .filter(message -> matches(message, otherRemedy))
                .filter(message -> !words.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static List<String> abbreviated(List<String> messages) {
        return messages.stream()
                .distinct()
                .limit(6)
                .map(message -> message.length() > 400 ? message.substring(0, 400) + "…" : message)
                .toList();
    }
}
