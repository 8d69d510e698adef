package dev.sluice.toolkit.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.sluice.toolkit.meta.ApiType;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Generates GraalVM's reachability metadata for records that {@link ToolkitJson} reads and writes. The
 * jar of this library contains its metadata; put the metadata of your own records into {@code
 * META-INF/native-image/<group>/<artifact>/}.
 *
 * <p>Models of the Kubernetes client, such as {@code V1ObjectMeta}, are not included: they need the metadata of the client.
 */
public final class ReachabilityMetadata {

    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private ReachabilityMetadata() {}

    /** Returns the content of {@code reachability-metadata.json} for the records of these kinds. */
    public static String of(ApiType<?, ?>... types) {
        SortedMap<String, Class<?>> found = new TreeMap<>();
        for (ApiType<?, ?> type : types) {
            add(type.objectClass(), found);
            add(type.listClass(), found);
        }
        return json(found.values(), List.of());
    }

    /**
     * Writes the metadata of all records in a directory of classes, for a build.
     *
     * @param arguments the directory of classes, the file, and globs of resources
     */
    public static void main(String... arguments) throws IOException {
        Path classes = Path.of(arguments[0]);
        SortedMap<String, Class<?>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .map(ReachabilityMetadata::load)
                    .forEach(type -> add(type, found));
        }
        Path file = Path.of(arguments[1]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        List<String> globs = List.of(arguments).subList(2, arguments.length);
        Files.writeString(file, json(found.values(), globs));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("cannot load class '" + name + "' of the directory of classes", e);
        }
    }

    /** Adds a record and those of its components. */
    private static void add(Type type, SortedMap<String, Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            add(generic.getRawType(), found);
            for (Type argument : generic.getActualTypeArguments()) {
                add(argument, found);
            }
        } else if (type instanceof Class<?> raw && raw.isRecord() && found.put(raw.getName(), raw) == null) {
            for (RecordComponent component : raw.getRecordComponents()) {
                add(component.getGenericType(), found);
            }
        }
    }

    private static String json(Collection<Class<?>> records, List<String> globs) {
        List<Map<String, Object>> reflection = records.stream()
                .map(type -> Map.<String, Object>of(
                        "type", type.getName(), "allDeclaredConstructors", true, "allDeclaredMethods", true))
                .<Map<String, Object>>map(TreeMap::new)
                .toList();
        List<Map<String, String>> resources =
                globs.stream().map(glob -> Map.of("glob", glob)).toList();
        return PRETTY.toJson(new TreeMap<>(Map.of("reflection", reflection, "resources", resources))) + "\n";
    }
}
