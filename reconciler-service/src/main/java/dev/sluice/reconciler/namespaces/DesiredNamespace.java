package dev.sluice.reconciler.namespaces;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.toolkit.meta.Immutable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A namespace with the labels and annotations that its generator wants it to have. */
public record DesiredNamespace(String name, Map<String, String> labels, Map<String, String> annotations) {

    public DesiredNamespace {
        labels = Immutable.map(labels);
        annotations = Immutable.map(annotations);
    }

    NamespaceControls controls() {
        return NamespaceControls.of(labels, annotations);
    }

    /** Returns the digest for the inventory; the reference computes the same one. */
    public String digest() {
        return digest(labels, annotations);
    }

    static String digest(Map<String, String> labels, Map<String, String> annotations) {
        List<byte[]> lines = Stream.concat(lines("label", labels), lines("annotation", annotations))
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .sorted(Arrays::compareUnsigned)
                .toList();
        String text = lines.stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .collect(Collectors.joining("|"));
        return Digest.ofBytes(DigestAlgorithm.SHA256, text.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static Stream<String> lines(String type, Map<String, String> entries) {
        return entries.entrySet().stream().map(entry -> "%s:%s=%s".formatted(type, entry.getKey(), entry.getValue()));
    }
}
