package dev.sluice.kubeapi.schema;

/** Field paths in messages. */
final class Paths {

    private Paths() {}

    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
