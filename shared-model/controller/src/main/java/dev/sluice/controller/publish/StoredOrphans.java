package dev.sluice.controller.publish;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StoredDirectories;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes stored directories of objects that do not exist any more, for example because their finalizer was removed by
 * hand, or the volume was restored. Thread-safe.
 *
 * <p>If the volume holds many directories and none of their objects exists, it is assumed to belong to another cluster,
 * and nothing is removed.
 */
public final class StoredOrphans {

    private static final Logger LOG = LoggerFactory.getLogger(StoredOrphans.class);

    /** From this number on, a volume without any known directory is assumed to be foreign. */
    private static final int MANY = 10;

    private final ArtifactStorage storage;
    private final StoredDirectories directories;
    private final String kind;

    /** Asks the API server whether an object exists now. */
    @FunctionalInterface
    public interface Existence {

        /** Whether the object exists. If this fails, nothing more is removed. */
        boolean exists(ObjectKey key) throws IOException;
    }

    /**
     * Creates the removal for one kind of directories.
     *
     * @param kind the first part of their paths; no other controller and no other cluster may store artifacts under it
     */
    public StoredOrphans(ArtifactStorage storage, StoredDirectories directories, String kind) {
        this.storage = storage;
        this.directories = directories;
        this.kind = kind;
    }

    /**
     * Removes the directories of objects that are not listed, and that do not exist either when asked one by one.
     *
     * @param namespace the only namespace to look at, because objects of others are not watched; empty for all
     * @param listed the objects of a complete list
     * @return the objects whose directories were removed
     */
    public List<ObjectKey> remove(String namespace, Set<ObjectKey> listed, Existence existence) throws IOException {
        List<ObjectKey> present = present(namespace);
        if (present.size() >= MANY && present.stream().noneMatch(listed::contains)) {
            LOG.atWarn()
                    .addKeyValue("kind", kind)
                    .addKeyValue("directories", present.size())
                    .log("no object of this cluster has a directory on this volume; nothing is removed;"
                            + " check whether another cluster writes to it");
            return List.of();
        }
        List<ObjectKey> removed = new ArrayList<>();
        for (ObjectKey key : present) {
            if (!listed.contains(key) && !existence.exists(key)) {
                storage.removeAll(kind, key.namespace(), key.name());
                removed.add(key);
                LOG.atInfo()
                        .addKeyValue("kind", kind)
                        .addKeyValue("object", key)
                        .log("removed orphaned directory");
            }
        }
        return removed;
    }

    private List<ObjectKey> present(String namespace) throws IOException {
        List<ObjectKey> present = new ArrayList<>();
        for (String each : namespace.isEmpty() ? directories.namespaces(kind) : List.of(namespace)) {
            for (String name : directories.names(kind, each)) {
                present.add(new ObjectKey(each, name));
            }
        }
        return present;
    }
}
