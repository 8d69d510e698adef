package dev.sluice.launcher.cluster;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads Kubernetes objects from YAML. Splits multi-document files and expands objects of kind List. */
public final class Manifests {

    private static final int MAX_CODE_POINTS = 10 * 1024 * 1024;

    private Manifests() {}

    /**
     * Reads the objects of a file, or of all {@code .yaml} and {@code .yml} files in a directory.
     *
     * @throws ManifestException with a one-line message that names the file and the error
     */
    public static List<Map<String, Object>> read(Path path) throws ManifestException {
        try {
            if (!Files.isDirectory(path)) {
                return parse(path.toString(), Files.readString(path));
            }
            List<Map<String, Object>> objects = new ArrayList<>();
            for (Path file : yamlFiles(path)) {
                objects.addAll(parse(file.toString(), Files.readString(file)));
            }
            return objects;
        } catch (NoSuchFileException e) {
            throw new ManifestException("cannot read %s: no such file".formatted(path), e);
        } catch (MalformedInputException e) {
            throw new ManifestException("cannot read %s: not UTF-8 text".formatted(path), e);
        } catch (IOException e) {
            throw new ManifestException("cannot read %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static List<Path> yamlFiles(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Parses the objects of a YAML text.
     *
     * @param name name of the text, for messages
     */
    public static List<Map<String, Object>> parse(String name, String text) throws ManifestException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        options.setAllowDuplicateKeys(false);
        List<Map<String, Object>> objects = new ArrayList<>();
        try {
            for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
                if (document != null) {
                    add(name, document, objects);
                }
            }
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            String place = mark == null ? "" : ":%d:%d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
            throw new ManifestException("%s%s: invalid YAML: %s".formatted(name, place, e.getProblem()), e);
        } catch (YAMLException e) {
            throw new ManifestException("%s: invalid YAML: %s".formatted(name, firstLine(e)), e);
        }
        return objects;
    }

    private static void add(String name, Object document, List<Map<String, Object>> objects) throws ManifestException {
        if (!(document instanceof Map<?, ?> map) || map.get("kind") == null || map.get("apiVersion") == null) {
            throw new ManifestException(
                    "%s: every document must be a Kubernetes object with apiVersion and kind".formatted(name), null);
        }
        if (map.get("items") instanceof List<?> items
                && map.get("kind").toString().endsWith("List")) {
            for (Object item : items) {
                add(name, item, objects);
            }
            return;
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> object = (Map<String, Object>) map;
        objects.add(object);
    }

    private static String firstLine(YAMLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
