package dev.sluice.reconciler.namespaces;

import dev.sluice.controller.apply.OwnedMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a namespace came to its generator, as an annotation on it says, whose value is the UID of the generator. Only the
 * controller's own annotation proves that it created the namespace: a status could have been written by a tenant.
 */
enum NamespaceOrigin {
    CREATED("sluice.dev/created-by"),
    /** It existed before a generator managed it, or somebody else has written the annotation. */
    ADOPTED("sluice.dev/adopted-by"),
    /** Without an annotation: the reference has created or adopted it. */
    UNKNOWN("");

    /** The keys of the annotations; nobody else may set them. */
    static final Set<String> KEYS = Set.of(CREATED.key, ADOPTED.key);

    private final String key;

    NamespaceOrigin(String key) {
        this.key = key;
    }

    /**
     * Reads the origin of a namespace.
     *
     * @param uid the UID of the generator that manages it
     */
    static NamespaceOrigin of(NamespaceState namespace, String uid, String fieldManager) {
        Map<String, String> annotations = namespace.annotations();
        if (annotations.containsKey(ADOPTED.key)) {
            return ADOPTED;
        }
        String creator = annotations.get(CREATED.key);
        if (creator == null) {
            return UNKNOWN;
        }
        return creator.equals(uid) && own(namespace, fieldManager).contains(CREATED.key) ? CREATED : ADOPTED;
    }

    /** The UID in the annotation that the controller has written; empty if there is none. */
    static Optional<String> generatorUid(NamespaceState namespace, String fieldManager) {
        Set<String> own = own(namespace, fieldManager);
        return Stream.of(CREATED, ADOPTED)
                .filter(origin -> own.contains(origin.key))
                .flatMap(origin -> Optional.ofNullable(namespace.annotations().get(origin.key)).stream())
                .findFirst();
    }

    private static Set<String> own(NamespaceState namespace, String fieldManager) {
        return OwnedMetadata.of(namespace.metadata(), fieldManager).annotations();
    }

    /** Returns the namespace with the annotation for a generator. */
    DesiredNamespace mark(DesiredNamespace wanted, String uid) {
        if (this == UNKNOWN) {
            return wanted;
        }
        Map<String, String> annotations = new LinkedHashMap<>(wanted.annotations());
        annotations.put(key, uid);
        return new DesiredNamespace(wanted.name(), wanted.labels(), annotations);
    }
}
