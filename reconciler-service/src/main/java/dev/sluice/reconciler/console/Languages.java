package dev.sluice.reconciler.console;

import java.util.Locale;
import java.util.Map;

/** The syntax of files by their names, in the names of highlight.js. */
final class Languages {

    private static final Map<String, String> BY_EXTENSION = Map.ofEntries(
            Map.entry("yaml", "yaml"),
            Map.entry("yml", "yaml"),
            Map.entry("json", "json"),
            Map.entry("toml", "ini"),
            Map.entry("ini", "ini"),
            Map.entry("conf", "ini"),
            Map.entry("env", "ini"),
            Map.entry("properties", "ini"),
            Map.entry("xml", "xml"),
            Map.entry("html", "xml"),
            Map.entry("svg", "xml"),
            Map.entry("css", "css"),
            Map.entry("js", "javascript"),
            Map.entry("mjs", "javascript"),
            Map.entry("ts", "typescript"),
            Map.entry("md", "markdown"),
            Map.entry("sh", "bash"),
            Map.entry("bash", "bash"),
            Map.entry("py", "python"),
            Map.entry("rb", "ruby"),
            Map.entry("go", "go"),
            Map.entry("java", "java"),
            Map.entry("kt", "kotlin"),
            Map.entry("rs", "rust"),
            Map.entry("lua", "lua"),
            Map.entry("sql", "sql"),
            Map.entry("graphql", "graphql"),
            Map.entry("diff", "diff"),
            Map.entry("patch", "diff"),
            Map.entry("mk", "makefile"));

    private Languages() {}

    /** Empty if the name does not identify the syntax. */
    static String of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (name.equals("makefile")) {
            return "makefile";
        }
        return BY_EXTENSION.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
    }
}
