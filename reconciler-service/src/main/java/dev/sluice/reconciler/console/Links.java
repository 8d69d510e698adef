package dev.sluice.reconciler.console;

import dev.sluice.toolkit.meta.ObjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The addresses of pages. Every name is encoded. */
final class Links {

    private Links() {}

    static String generator(ObjectKey key) {
        return "/generators/" + path(key);
    }

    static String preview(ObjectKey key) {
        return generator(key) + "/preview";
    }

    static String artifact(ObjectKey key) {
        return "/artifacts/" + path(key);
    }

    static String files(ObjectKey key, String revision) {
        return artifact(key) + "/files?revision=" + encode(revision);
    }

    static String file(ObjectKey key, String revision, String path) {
        return artifact(key) + "/file?revision=" + encode(revision) + "&path=" + encode(path);
    }

    /** The file as a download. */
    static String content(ObjectKey key, String revision, String path) {
        return artifact(key) + "/content?revision=" + encode(revision) + "&path=" + encode(path);
    }

    static String download(ObjectKey key, String revision) {
        return artifact(key) + "/download?revision=" + encode(revision);
    }

    static String diff(ObjectKey key, String from, String to) {
        return artifact(key) + "/diff?from=" + encode(from) + "&to=" + encode(to);
    }

    /** @param find text in the rows to show; empty for all */
    static String provenance(ObjectKey key, String find) {
        return artifact(key) + "/provenance" + (find.isEmpty() ? "" : "?find=" + encode(find));
    }

    private static String path(ObjectKey key) {
        return encode(key.namespace()) + "/" + encode(key.name());
    }

    /** Encodes a component of a path or the value of a parameter. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
