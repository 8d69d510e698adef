package dev.sluice.reconciler.generator;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The observed sources of a generator by alias, and their digest for the status. */
record ObservedSources(SortedMap<String, ObservedSource> byAlias) {

    ObservedSources {
        byAlias = Collections.unmodifiableSortedMap(new TreeMap<>(byAlias));
    }

    static ObservedSources of(Map<String, ObservedSource> byAlias) {
        return new ObservedSources(new TreeMap<>(byAlias));
    }

    /** The digest of the same text as in the reference, so that a migration between the controllers causes no drift. */
    String digest() {
        String text = byAlias.entrySet().stream()
                .map(e -> "%s=[digest=%s,revision=%s,url=%s]"
                        .formatted(
                                e.getKey(),
                                e.getValue().digest(),
                                e.getValue().revision(),
                                e.getValue().url()))
                .sorted()
                .collect(Collectors.joining("|"));
        return Digest.ofBytes(DigestAlgorithm.SHA256, text.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** The source of this alias. */
    Optional<ObservedSource> find(String alias) {
        return Optional.ofNullable(byAlias.get(alias));
    }
}
