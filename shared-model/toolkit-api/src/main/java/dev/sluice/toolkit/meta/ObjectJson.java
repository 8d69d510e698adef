package dev.sluice.toolkit.meta;

import com.google.gson.Gson;
import java.util.ServiceLoader;

/**
 * The JSON of the objects that an {@link ApiType} reads and writes: that of {@code ToolkitJson}, which registers itself
 * as a service. Not for other use.
 */
public interface ObjectJson {

    /** Returns the Gson; always the same. */
    Gson gson();

    /** Returns the registered Gson. */
    static Gson find() {
        return ServiceLoader.load(ObjectJson.class, ObjectJson.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + ObjectJson.class.getName()
                        + " in META-INF/services; keep the service files of sluice-toolkit-api when you repackage it"))
                .gson();
    }
}
