package dev.sluice.kubeapi.store;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.object.StoreKey;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An object at a revision. Immutable: copy {@link #tree()} before modification. Thread-safe. */
public final class StoredObject {

    /** A served form and its JSON, cached because lists and hundreds of watches need it repeatedly. */
    private static final class Rendering {

        private final Object form;
        private final ObjectNode tree;
        private final byte[] json;

        Rendering(Object form, ObjectNode tree) {
            this.form = form;
            this.tree = tree;
            this.json = Json.bytes(tree);
        }
    }

    private final StoreKey key;
    private final ObjectNode tree;
    private final long revision;
    private volatile @Nullable Rendering rendering;

    StoredObject(StoreKey key, ObjectNode tree, long revision) {
        this.key = key;
        this.tree = tree;
        this.revision = revision;
    }

    public StoreKey key() {
        return key;
    }

    /** The object in its storage version. */
    public ObjectNode tree() {
        return tree;
    }

    public long revision() {
        return revision;
    }

    public ObjectMeta meta() {
        return ObjectMeta.view(tree);
    }

    /** Returns the same content at a later revision, for watches whose selection the object has left. */
    public StoredObject at(long later) {
        ObjectNode copy = tree.deepCopy();
        ObjectMeta.of(copy).set("resourceVersion", Long.toString(later));
        return new StoredObject(key, copy, later);
    }

    /** Returns the object in a served form; {@code form} identifies {@code convert} and is compared by identity. */
    public ObjectNode treeAs(Object form, Function<ObjectNode, ObjectNode> convert) {
        return rendered(form, convert).tree;
    }

    /** Returns the JSON of {@link #treeAs}; callers must not modify the array. */
    public byte[] jsonAs(Object form, Function<ObjectNode, ObjectNode> convert) {
        return rendered(form, convert).json;
    }

    private Rendering rendered(Object form, Function<ObjectNode, ObjectNode> convert) {
        Rendering known = rendering;
        if (known == null || known.form != form) {
            known = new Rendering(form, convert.apply(tree));
            rendering = known;
        }
        return known;
    }
}
